"""Acting on a fake site as a person would: what may be done to an element, what it does of itself, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatchmethod

from envs.action import (
    Action,
    Back,
    Check,
    Clear,
    Click,
    Download,
    Drag,
    Forward,
    Hover,
    Look,
    Open,
    Press,
    Reload,
    Scroll,
    Secret,
    Select,
    Switch,
    Type,
    Upload,
)
from envs.errors import ActFailed, Stale, Unsupported
from envs.fake.effects import Goes
from envs.fake.page import BOXES, Node, Page
from envs.fake.play import Player
from envs.fake.stage import Stage, Tab
from envs.geometry import Box
from envs.observation import Element

PASSIVE = (Hover, Scroll, Look)
"""What may be done to a disabled element."""


@dataclass(frozen=True, slots=True)
class Did:
    """One act that reached the site."""

    action: Action
    element: Element | None = None
    at: float = 0.0

    def __str__(self) -> str:
        done = f"press {self.action.keys}" if isinstance(self.action, Press) else self.action.verb
        return f"{done} {self.element}" if self.element else done


class Hands:
    def __init__(self, player: Player) -> None:
        self.player = player
        self.log: list[Did] = []

    @property
    def stage(self) -> Stage:
        return self.player.stage

    @property
    def tab(self) -> Tab:
        return self.stage.front

    @property
    def page(self) -> Page:
        return self.tab.page

    def act(self, action: Action, found: Element | None) -> None:
        node = self._reach(action, found)
        self._allow(action, node)
        page = self.page
        self.log.append(Did(action, found, self.stage.now))
        try:
            self._do(action, node)
        except ActFailed as failed:
            if not failed.dispatched:
                self.log.pop()
            raise
        except (Stale, Unsupported):
            self.log.pop()
            raise
        finally:
            page.touch()

    # ── before ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _reach(self, action: Action, found: Element | None) -> Node | None:
        """The live node of what was seen. Raises Stale where it is not that any more."""
        if found is None:
            if action.aimed:
                raise ActFailed(f"{action.verb} needs an element")
            return None
        if found.window != self.tab.id:
            raise Stale(f"{found} belongs to window {found.window}; window {self.tab.id} is in front")
        node = self.page.node(found.ref)
        if node is None:
            raise Stale(f"{found} is not there any more")
        if (node.item.role, node.name) != (found.role, found.name):
            raise Stale(f"{found} is now {node}")
        for held in action.holding if isinstance(action, Click) else ():
            there = self.page.node(held.ref)
            if there is None or (there.shown, "checked" in there.states) != (held.value, held.checked):
                raise Stale(f"{there or 'a field'} holds something else now")
        box = self.page.boxes()[node.ref]
        if not any(_same(found.box, box, offset) for offset in self.page.scrolled):
            raise Stale(f"{found} has moved")
        return node

    def _allow(self, action: Action, node: Node | None) -> None:
        if node is None:
            return
        if "hidden" in node.states:
            raise ActFailed(f"{node} is not visible")
        if self.page.covered(node):
            raise ActFailed(f"{node} is covered by {self.page.modal()}")
        if not isinstance(action, PASSIVE) and any("disabled" in above.states for above in node.chain()):
            raise ActFailed(f"{node} is disabled")

    def _trigger(self, node: Node, trigger: str) -> None:
        self.player.play(node.item.triggers.get(trigger, ()), self.page, node)

    # ── each action ──────────────────────────────────────────────────────────────────────────────────────────────────

    @singledispatchmethod
    def _do(self, action: Action, node: Node | None) -> None:
        raise Unsupported(f"a fake site cannot {action.verb}")

    @_do.register
    def _(self, action: Open, node: Node | None) -> None:
        name = self.stage.site.screen_at(action.url)
        if name is None:
            there = ", ".join(self.stage.site.url(name) for name in self.stage.site.screens)
            raise ActFailed(f"nothing answers at {action.url}; there are: {there}")
        self.stage.go(self.tab, Goes(name))

    @_do.register
    def _(self, action: Click, node: Node) -> None:
        if action.button != "left":
            self._trigger(node, "right_click" if action.button == "right" else f"{action.button}_click")
        elif action.count == 2 and "double_click" in node.item.triggers:
            self._trigger(node, "double_click")
        else:
            page = self.page
            for _ in range(action.count):
                if self.page is page and page.node(node.ref):
                    self._click(node)

    def _click(self, node: Node) -> None:
        self.page.focus = node
        if node.item.role == "radio":
            self._tick(node, True)
        elif node.item.role in BOXES:
            self._tick(node, "checked" not in node.states)
        self._trigger(node, "click")

    def _tick(self, node: Node, on: bool) -> None:
        if node.item.role == "radio":
            for other in node.parent.children if node.parent else self.page.roots:
                if other.item.role == "radio":
                    other.states.discard("checked")
        (node.states.add if on else node.states.discard)("checked")
        node.states.discard("mixed")
        self._trigger(node, "check")

    @_do.register
    def _(self, action: Hover, node: Node) -> None:
        self._trigger(node, "hover")

    @_do.register
    def _(self, action: Drag, node: Node) -> None:
        goal = self.page.node(action.to)
        if goal is None:
            raise Stale(f"what {node} should be dropped on is not there any more")
        self._trigger(node, "drag")
        self._trigger(goal, "drop")

    @_do.register
    def _(self, action: Type, node: Node) -> None:
        if isinstance(action.text, Secret):
            raise ActFailed(f"the secret {action.text.name} came without its value")
        self._write(node, (node.value or "") + action.text if action.append else action.text)

    @_do.register
    def _(self, action: Clear, node: Node) -> None:
        self._write(node, "")

    def _write(self, node: Node, value: str) -> None:
        if not node.writable:
            raise ActFailed(f"{node} takes no text")
        if "readonly" in node.states:
            raise ActFailed(f"{node} is read-only")
        self.page.focus = node
        limit = node.item.attributes.get("maxlength")
        node.value = value[: int(limit)] if limit else value
        self._trigger(node, "type")

    @_do.register
    def _(self, action: Press, node: Node | None) -> None:
        if node is not None:
            self.page.focus = node
        focus = self.page.focus
        if focus is not None and f"press {action.keys}" in focus.item.triggers:
            self._trigger(focus, f"press {action.keys}")
        elif action.keys in self.page.screen.keys:
            self.player.play(self.page.screen.keys[action.keys], self.page, focus)
        elif action.keys in ("Tab", "Shift+Tab"):
            self._next(focus, -1 if action.keys.startswith("Shift") else 1)
        elif focus is not None and action.keys == "Enter":
            self._enter(focus)
        elif focus is not None and focus.writable and len(action.keys) == 1:
            self._write(focus, (focus.value or "") + action.keys)

    def _enter(self, focus: Node) -> None:
        """A button or link is clicked; a field submits its form by the form's first button."""
        if focus.item.role in ("button", "link"):
            self._click(focus)
            return
        around = next((above for above in focus.chain() if above.item.role == "form"), None)
        if around is not None:
            inside = [node for node in self.page.nodes() if node.item.role == "button" and around in node.chain()]
            if inside and "disabled" not in inside[0].states:
                self._click(inside[0])

    def _next(self, focus: Node | None, by: int) -> None:
        stops = [
            node
            for node in self.page.nodes()
            if (node.writable or node.item.options or node.item.role in BOXES | {"button", "link"})
            and "disabled" not in node.states
        ]
        if stops:
            start = stops.index(focus) if focus in stops else -1 if by > 0 else 0
            self.page.focus = stops[(start + by) % len(stops)]

    @_do.register
    def _(self, action: Select, node: Node) -> None:
        if not node.item.options:
            raise ActFailed(f"{node} has no options")
        if action.option not in node.item.options:
            raise ActFailed(f'{node} has no option "{action.option}"; it has: {", ".join(node.item.options)}')
        self.page.focus = node
        node.value = action.option
        self._trigger(node, "select")

    @_do.register
    def _(self, action: Check, node: Node) -> None:
        if node.item.role not in BOXES:
            raise ActFailed(f"{node} cannot be checked")
        if action.on is ("checked" in node.states):
            self.log.pop()  # nothing was done
            return
        if node.item.role == "radio" and not action.on:
            raise ActFailed(f"{node} is unchecked by checking another")
        self.page.focus = node
        self._tick(node, action.on)
        self._trigger(node, "click")

    @_do.register
    def _(self, action: Upload, node: Node) -> None:
        if node.item.attributes.get("type") != "file":
            raise ActFailed(f"{node} takes no files")
        missing = [str(path) for path in action.paths if not path.is_file()]
        if missing:
            raise ActFailed(f"no such file: {', '.join(missing)}")
        node.value = ", ".join(path.name for path in action.paths)
        self._trigger(node, "upload")

    @_do.register
    def _(self, action: Download, node: Node) -> None:
        self.player.files.clear()
        self._click(node)
        if not self.player.files:
            raise ActFailed(f"{node} sent no file", dispatched=True)
        action.to.parent.mkdir(parents=True, exist_ok=True)
        action.to.write_bytes(self.player.files[-1].content)

    @_do.register
    def _(self, action: Scroll, node: Node | None) -> None:
        height = self.stage.site.viewport[1]
        goals = {"top": 0.0, "bottom": float("inf")}
        self.page.scroll_to(goals.get(action.to or "", self.page.scroll + action.dy), height)

    @_do.register
    def _(self, action: Back, node: Node | None) -> None:
        if not self.stage.travel(self.tab, -1):
            raise ActFailed("there is no page to go back to")

    @_do.register
    def _(self, action: Forward, node: Node | None) -> None:
        if not self.stage.travel(self.tab, 1):
            raise ActFailed("there is no page to go forward to")

    @_do.register
    def _(self, action: Reload, node: Node | None) -> None:
        self.stage.reload(self.tab)

    @_do.register
    def _(self, action: Look, node: Node | None) -> None:
        pass

    @_do.register
    def _(self, action: Switch, node: Node | None) -> None:
        tabs = self.stage.tabs
        if action.to == "new":
            self.stage.front = tabs[-1]
            return
        if action.to.isdecimal() and 0 < int(action.to) <= len(tabs):
            self.stage.front = tabs[int(action.to) - 1]
            return
        fits = [tab for tab in tabs if action.to in (tab.id, tab.page.screen.title, tab.page.url)]
        fits = fits or [
            tab for tab in tabs if action.to.casefold() in f"{tab.page.screen.title} {tab.page.url}".casefold()
        ]
        if len(fits) != 1:
            there = ", ".join(f'{n} "{tab.page.screen.title}"' for n, tab in enumerate(tabs, 1))
            raise ActFailed(
                f'{"no" if not fits else "more than one"} window is called "{action.to}"; there are: {there}'
            )
        self.stage.front = fits[0]


def _same(seen: Box, box: Box, offset: float) -> bool:
    """Whether what is at `box` in the page was seen there when the page was scrolled by `offset`."""
    return (seen.x, seen.y + offset, seen.width, seen.height) == (box.x, box.y, box.width, box.height)
