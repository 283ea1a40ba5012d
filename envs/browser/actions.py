"""Actions as real input events."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

from playwright.sync_api import Error

from envs import action as act
from envs.browser import pointer
from envs.browser.aim import Aim, take
from envs.browser.downloads import Downloads
from envs.browser.keys import MODIFIERS, chord
from envs.browser.settle import Settler
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock, Deadline
from envs.errors import ActFailed, Stale, Unsupported
from envs.observation import Element

OPENING = 30.0
"""Seconds that a server may take to answer a navigation."""
ARRIVING = 60.0
"""Seconds that a download may take."""
OFFERING = 3.0
"""Seconds that a custom list may take to show its options."""


class Hands:
    """What can be done in the active tab. Everything raises Stale or ActFailed; `dispatched` is told truthfully."""

    def __init__(self, settler: Settler, downloads: Downloads, clock: Clock, active: Callable[[], Tab]) -> None:
        self._settler, self._downloads, self._clock, self._active = settler, downloads, clock, active

    def do(self, action: act.Action, found: Element | None) -> None:
        """One action. Open, Switch and what needs more than a tab are the browser's own."""
        tab = self._active()
        if action.aimed and found is None:
            raise ActFailed(f"{action.verb} needs an element")
        match action:
            case act.Press():
                self._press(tab, action, found)
            case act.Scroll():
                self._scroll(tab, action, found)
            case act.Back():
                self._history(tab, -1)
            case act.Forward():
                self._history(tab, +1)
            case act.Reload():
                self._reload(tab)
            case act.Look():
                pass
            case _ if found is not None:
                self._aimed(tab, action, found)
            case _:
                raise Unsupported(f"a browser cannot {action.verb}")

    def _aimed(self, tab: Tab, action: act.Action, found: Element) -> None:
        match action:
            case act.Click():
                self._click(self._hovered(tab, found), action)
            case act.Hover():
                aim = take(tab, found, enabled=False)
                pointer.move(tab.wire, aim.x, aim.y)
            case act.Drag():
                raise Unsupported("drag needs both elements: the browser resolves them")
            case act.Type():
                self._type(tab, action, found)
            case act.Clear():
                self._type(tab, act.Type(""), found)
            case act.Select():
                self._select(tab, action, found)
            case act.Check():
                aim = take(tab, found, fit="check" if action.on else "uncheck")
                if aim.mixed or aim.checked != action.on:
                    self._click(self._hovered(tab, found), act.Click())
            case act.Upload():
                self._upload(tab, action, found)
            case act.Download():
                self._download(tab, action, found)
            case _:
                raise Unsupported(f"a browser cannot {action.verb}")

    # ── mouse ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _hovered(self, tab: Tab, found: Element) -> Aim:
        """Move the pointer there and check once more: what only comes under the pointer (a cover, another button) is
        noticed before anything is pressed. Raises Stale or ActFailed."""
        aim = take(tab, found)
        pointer.move(tab.wire, aim.x, aim.y)
        return take(tab, found)

    def _click(self, aim: Aim, how: act.Click) -> None:
        keyboard = aim.tab.page.keyboard
        held = [chord(key)[-1] for key in how.modifiers]
        if how.button not in ("left", "right", "middle") or any(key not in MODIFIERS for key in held):
            raise ActFailed(f"there is no such click: {how}")
        try:
            for key in held:
                keyboard.down(key)
            pointer.click(aim.tab.wire, aim.x, aim.y, button=how.button, count=how.count, modifiers=held)
        finally:
            for key in reversed(held):
                keyboard.up(key)

    def drag(self, source: Element, target: Element) -> None:
        """Press on one element, move to the other in steps, release."""
        tab = self._active()
        start = take(tab, source)
        end = take(tab, target, enabled=False)
        start = take(tab, source)  # scrolling to the second may have moved the first
        mouse = tab.page.mouse
        mouse.move(start.x, start.y)
        mouse.down()
        try:
            mouse.move(start.x + (5 if end.x >= start.x else -5), start.y + (5 if end.y >= start.y else -5), steps=2)
            mouse.move(end.x, end.y, steps=12)
            mouse.move(end.x, end.y)
        finally:
            mouse.up()

    def _scroll(self, tab: Tab, action: act.Scroll, found: Element | None) -> None:
        world, context, node = tab.world, tab.world.context(), 0
        if found is not None:
            aim = take(tab, found, to="node", enabled=False)
            world, context, node = aim.world, aim.context, aim.node
        try:
            world.ask(context, "scroll", node, action.dx, action.dy, action.to)
            spot = json.loads(world.ask(context, "middle", node))
        except (MovedOn, TargetGone) as error:
            raise Stale("its page has gone") from error
        if action.dx or action.dy:
            tab.page.mouse.move(spot["x"], spot["y"])
            tab.page.mouse.wheel(action.dx, action.dy)

    # ── keyboard ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _press(self, tab: Tab, action: act.Press, found: Element | None) -> None:
        keys = "+".join(chord(action.keys))
        if found is not None:
            aim = take(tab, found)
            if not aim.focused and not aim.ask("focus"):
                self._click(aim, act.Click())
        try:
            tab.page.keyboard.press(keys)
        except Error as error:
            if "Unknown key" in error.message:
                raise ActFailed(f'there is no key "{action.keys}"') from error
            raise

    def _type(self, tab: Tab, action: act.Type, found: Element) -> None:
        if isinstance(action.text, act.Secret):
            raise ActFailed(f"the secret {action.text.name} was not put in")
        aim = take(tab, found, fit="type")
        if not aim.focused:
            self._click(aim, act.Click())
        how = aim.ask("ready", not action.append)
        keyboard = tab.page.keyboard
        if how in ("gone", "unfocused"):
            raise ActFailed(f"{found}: it does not take the focus", dispatched=True)
        if how == "no field":
            raise ActFailed(f"{found}: it takes no text", dispatched=True)
        if how == "set":
            why = aim.ask("put", action.text)
            if why:
                raise ActFailed(f"{found}: {why}", dispatched=True)
            return
        if not action.text:
            if how == "text" and not action.append:
                keyboard.press("Delete")
            return
        # Most of it at once; the last character by a real key, for those who listen to keys.
        head, last = action.text[:-1], action.text[-1]
        if last.isprintable() and last.isascii():
            if head:
                _insert(tab, head)
            keyboard.type(last)
        else:
            _insert(tab, action.text)

    # ── lists, files ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _select(self, tab: Tab, action: act.Select, found: Element) -> None:
        native = found.attributes.get("tag") == "select"
        aim = take(tab, found, fit="select")
        if native:
            said = json.loads(aim.ask("choose", action.option))
            if "stale" in said:
                raise Stale(f"{found}: {said['stale']}")
            if "failed" in said:
                raise ActFailed(f"{found}: {said['failed']}; it has: {', '.join(said['options']) or 'none'}")
            return
        clicked = False
        if "listbox" not in found.role or not json.loads(aim.ask("offered")):
            self._click(aim, act.Click())
            clicked = True
        option = self._offered(aim, action.option)
        if option is None and "editable" in found.states:
            aim.ask("ready", True)
            _insert(tab, action.option)
            option = self._offered(aim, action.option)
        if option is None:
            names = [name for _, name in json.loads(aim.ask("offered"))]
            raise ActFailed(
                f'{found}: it has no option "{action.option}"; it has: {", ".join(names) or "none"}', dispatched=clicked
            )
        said = json.loads(aim.world.ask(aim.context, "point", option))
        if "x" not in said:
            raise ActFailed(
                f'{found}: its option "{action.option}" cannot be clicked: {said["failed"]}', dispatched=clicked
            )
        pointer.click(tab.wire, said["x"], said["y"])

    def _offered(self, aim: Aim, wanted: str) -> int | None:
        """The node of the option with this label, once it is shown."""
        deadline = Deadline(OFFERING, self._clock)
        while True:
            offers = json.loads(aim.ask("offered"))
            for same in (str.__eq__, lambda a, b: a.casefold() == b.casefold()):
                for node, name in offers:
                    if same(name, wanted):
                        return int(node)
            if deadline.passed or (offers and deadline.left < OFFERING - 0.5):
                return None
            self._settler.change(-1, min(0.1, deadline.left))

    def _upload(self, tab: Tab, action: act.Upload, found: Element) -> None:
        for path in action.paths:
            if not path.is_file():
                raise ActFailed(f"there is no file {path}")
        paths = [str(path.absolute()) for path in action.paths]
        if found.attributes.get("tag") == "input" and found.attributes.get("type") == "file":
            aim = take(tab, found, to="node")
            try:
                handle = aim.world.handle(aim.context, aim.node)
                aim.world.wire.send("DOM.setFileInputFiles", {"files": paths, "objectId": handle})
            except (MovedOn, TargetGone) as error:
                raise Stale(f"{found}: its page has gone") from error
            return
        aim = take(tab, found)
        try:
            with tab.page.expect_file_chooser(timeout=OFFERING * 1000) as chooser:
                self._click(aim, act.Click())
            chooser.value.set_files(paths)
        except Error as error:
            raise ActFailed(
                f"{found}: it opened no file chooser ({error.message.splitlines()[0]})", dispatched=True
            ) from error

    def _download(self, tab: Tab, action: act.Download, found: Element) -> None:
        before = len(self._downloads.finished)
        self._click(take(tab, found), act.Click())
        deadline = Deadline(ARRIVING, self._clock)
        while len(self._downloads.finished) == before:
            if deadline.passed:
                raise ActFailed(f"{found}: no file came within {ARRIVING:.0f} s", dispatched=True)
            self._settler.change(-1, min(1.0, deadline.left))
        got = self._downloads.finished[before]
        if got.path is None:
            raise ActFailed(f"{found}: the file did not arrive ({got.failure})", dispatched=True)
        to = action.to / got.name if action.to.is_dir() else action.to
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(got.path, to)

    # ── history ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _history(self, tab: Tab, step: int) -> None:
        said = tab.wire.send("Page.getNavigationHistory")
        index = said["currentIndex"] + step
        if not 0 <= index < len(said["entries"]):
            raise ActFailed("there is no page to go back to" if step < 0 else "there is no page to go forward to")
        tab.wire.send("Page.navigateToHistoryEntry", {"entryId": said["entries"][index]["id"]})

    def _reload(self, tab: Tab) -> None:
        tab.wire.send("Page.reload")


def _insert(tab: Tab, text: str) -> None:
    tab.wire.send("Input.insertText", {"text": text}, timeout=pointer.PATIENCE)
