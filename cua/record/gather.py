"""From deeds to acts: what belongs together is one act, as a person would tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from cua.record.tape import Act, Tape
from envs.deeds import Deed, Watched

SOON = 1.0
"""Seconds in which a click may have led to a page that the browser calls a way back or anew."""
BROWSERS = frozenset(
    {"Control+L", "Control+T", "Control+W", "Control+N", "Control+Tab", "Control+R", "Control+F", "Control+D",
     "Control+H", "Control+J", "Control+Shift+T", "Control+Shift+R", "Control+Shift+Tab", "Control++", "Control+-",
     "Control+0", "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+D", "Alt+Home", "F1", "F3", "F5", "F6", "F11", "F12"}
)  # fmt: skip
"""What the browser itself does at these keys is told by what comes of it."""
EDITS = frozenset({"Control+A", "Control+C", "Control+X", "Control+V", "Control+Z", "Control+Y", "Control+Shift+Z"})
CARET = frozenset({"ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", " "})
SETTERS = frozenset({"select", "check", "uncheck", "type", "upload"})


def gather(tape: Tape) -> list[Act]:
    """The acts on a tape, in their order, without screens."""
    gatherer = _Gatherer()
    for at, entry in enumerate(tape.entries):
        if isinstance(entry, Watched):
            gatherer.take(entry.deed, at)
    return gatherer.end()


@dataclass(slots=True)
class _Gatherer:
    acts: list[Act] = field(default_factory=list)
    _down: tuple[Deed, int] | None = None
    """The pointer went down there, and no click has come of it yet."""
    _up: Deed | None = None
    _drag: tuple[Deed, int] | None = None
    _gesture: int = 0
    """Where the pointer or key went down that the last act came of."""
    _chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, deed: Deed, at: int) -> None:
        rules: dict[str, Callable[[Deed, int], None]] = {
            "down": self._on_down, "up": self._on_up, "click": self._on_click, "double": self._on_double,
            "menu": self._on_menu, "drag": self._on_drag, "drop": self._on_drop, "type": self._on_type,
            "choose": self._on_choose, "check": self._on_check, "files": self._on_files, "key": self._on_key,
            "open": self._browsed, "back": self._browsed, "forward": self._browsed, "reload": self._browsed,
            "download": self._on_download,
        }  # fmt: skip
        if deed.kind in rules:
            rules[deed.kind](deed, at)

    def end(self) -> list[Act]:
        self._let_go()
        pressed = [act for act in self.acts if not (act.verb == "press" and act.text == "Space")]
        return sorted(pressed, key=lambda act: act.first)

    def _act(self, verb: str, deed: Deed, first: int, last: int, **more: Any) -> Act:
        return replace(Act(verb, deed.path, first, last, deed.at, deed.window), **more)

    def _last(self) -> Act | None:
        return self.acts[-1] if self.acts else None

    # ── the pointer ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _let_go(self) -> None:
        """A press that no click came of: it was dragged, or what was pressed went away at once."""
        if self._down is not None and self._drag is None:
            deed, at = self._down
            if self._up is not None and _head(self._up) != _head(deed):
                self.acts.append(self._act("drag", deed, at, at, to=_onto(self._up, deed)))
            elif deed.button == 0:
                self.acts.append(self._act("click", deed, at, at, modifiers=deed.keys))
        self._down = self._up = None

    def _on_down(self, deed: Deed, at: int) -> None:
        self._let_go()
        self._down, self._drag, self._gesture = (deed, at), None, at

    def _on_up(self, deed: Deed, at: int) -> None:
        self._up = deed

    def _on_click(self, deed: Deed, at: int) -> None:
        if deed.count == 0:
            self._by_key(deed, at)
            return
        if self._down is None:
            return  # of a label, at its field: that says itself what became of it
        start, first = self._down
        self._down, up, self._up = None, self._up, None
        if up is not None and _head(up) != _head(start):
            self.acts.append(self._act("drag", start, first, at, to=_onto(up, start)))
            return
        modifiers = (*deed.keys, "Control") if deed.button == 1 and "Control" not in deed.keys else deed.keys
        self.acts.append(self._act("click", start, first, at, modifiers=modifiers))

    def _by_key(self, deed: Deed, at: int) -> None:
        """Enter or the space bar on a button; what Enter in a field presses by itself does not count."""
        last = self._last()
        if last is not None and last.verb == "press" and last.text in {"Enter", "Space"} and _same(last, deed):
            self.acts[-1] = replace(last, verb="click", text="", modifiers=(), last=at)

    def _on_double(self, deed: Deed, at: int) -> None:
        first = at
        while (last := self._last()) is not None and last.verb == "click" and _same(last, deed) and at - first < 12:
            first = self.acts.pop().first
        self.acts.append(self._act("double_click", deed, first, at))

    def _on_menu(self, deed: Deed, at: int) -> None:
        first = self._down[1] if self._down is not None else at
        self._down = None
        self.acts.append(self._act("right_click", deed, first, at))

    def _on_drag(self, deed: Deed, at: int) -> None:
        first = self._down[1] if self._down is not None else at
        self._drag, self._down, self._up = (deed, first), None, None

    def _on_drop(self, deed: Deed, at: int) -> None:
        if deed.files:
            self.acts.append(self._act("upload", deed, at, at, files=deed.files))
        elif self._drag is not None:
            start, first = self._drag
            self.acts.append(self._act("drag", start, first, at, to=deed.path))
        self._drag = None

    # ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _set(self, verb: str, deed: Deed, at: int, **more: Any) -> None:
        """What a field became, in place of the clicks and keys by which it came to it."""
        last, first = self._last(), at
        beside: tuple[str, ...] = ()
        if self._down is not None and (verb != "type" or _head(self._down[0]) == _head(deed)):
            first, self._down = self._down[1], None  # a list that was opened, a slider that was moved
        while last is not None and last.verb in {"click", "press", "drag"} and self._led(last, deed, verb):
            first = last.first
            beside = last.path if last.verb == "click" else beside
            self.acts.pop()
            last = self._last()
        if last is not None and verb == last.verb == "select" and _same(last, deed) and not deed.multiple:
            first = self.acts.pop().first
        self.acts.append(self._act(verb, deed, first, at, beside=beside, **more))

    def _led(self, act: Act, deed: Deed, verb: str) -> bool:
        own = bool(act.path) and bool(deed.path) and (_same(act, deed) or deed.path[0] in act.path)
        return own or (verb in {"check", "upload"} and act.verb == "click" and act.first == self._gesture)

    def _on_type(self, deed: Deed, at: int) -> None:
        last = self._last()
        if last is not None and last.verb == "type" and _same(last, deed):
            self.acts[-1] = replace(last, text=deed.value, secret=last.secret or deed.secret, last=at)
            return
        self._set("type", deed, at, text=deed.value, secret=deed.secret)

    def _on_choose(self, deed: Deed, at: int) -> None:
        before = self._chosen.get(deed.path[0], ()) if deed.path else ()
        if deed.path:
            self._chosen[deed.path[0]] = deed.options
        new = tuple(option for option in deed.options if option not in before) if deed.multiple else deed.options
        self._set("select", deed, at, options=new)

    def _on_check(self, deed: Deed, at: int) -> None:
        self._set("check" if deed.checked else "uncheck", deed, at)

    def _on_files(self, deed: Deed, at: int) -> None:
        self._set("upload", deed, at, files=deed.files)

    def _on_download(self, deed: Deed, at: int) -> None:
        """What was pressed sends a file."""
        self._let_go()
        last = self._last()
        if last is not None and last.verb == "click" and not last.modifiers:
            self.acts[-1] = replace(last, verb="download", text=deed.value)

    # ── keys, and the browser itself ─────────────────────────────────────────────────────────────────────────────────

    def _on_key(self, deed: Deed, at: int) -> None:
        key = {" ": "Space"}.get(deed.key, deed.key.upper() if len(deed.key) == 1 else deed.key)
        held = tuple(name for name in deed.keys if name != "Shift" or len(deed.key) > 1 or len(deed.keys) > 1)
        keys = "+".join((*held, key))
        if keys in BROWSERS or key == "Tab":
            return
        if deed.editing and (keys in EDITS or key in {"Delete", "Backspace"} or (deed.lines and keys == "Enter")):
            return
        if deed.editing and not (deed.widget and key.startswith("Arrow")) and deed.key in CARET:
            return
        self._gesture = at
        self.acts.append(self._act("press", deed, at, at, text=keys))

    def _browsed(self, deed: Deed, at: int) -> None:
        last = self._last()
        if deed.kind != "open" and last is not None and last.window == deed.window and deed.at - last.at < SOON:
            return  # the page itself went there
        self.acts.append(self._act(deed.kind, deed, at, at, text=deed.value))


def _onto(up: Deed, down: Deed) -> tuple[str, ...]:
    """What something was dropped on: not itself, which lies under the pointer."""
    return tuple(ref for ref in up.path if ref not in down.path[:2])


def _head(deed: Deed) -> str:
    return deed.path[0] if deed.path else ""


def _same(act: Act, deed: Deed) -> bool:
    return bool(act.path) and bool(deed.path) and act.path[0] == deed.path[0]
