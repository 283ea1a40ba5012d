"""Pointing at elements: what is under the pointer lights up, a click tells which node it was.

The browser does both by itself (CDP Overlay.setInspectMode): the light is drawn over the page, not in it, and the
pointer's events end there, so that the page neither sees them nor changes by them.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Error

from envs.browser.browser import Browser
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import World
from envs.clock import Deadline
from envs.errors import Crashed

LIGHT = {
    "showInfo": True,
    "showAccessibilityInfo": True,
    "contentColor": {"r": 33, "g": 118, "b": 255, "a": 0.28},
    "paddingColor": {"r": 33, "g": 118, "b": 255, "a": 0.28},
    "borderColor": {"r": 33, "g": 118, "b": 255, "a": 0.9},
}
LOOK = 0.25
"""Seconds after which new tabs and frames are lit too."""

_PATH = """function() {
  if (this.ownerDocument !== document) return null;
  const above = Object.getOwnPropertyDescriptor(Node.prototype, 'parentNode').get;
  const host = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'host').get;
  const refs = [];
  for (let node = this; node && node !== document;) {
    if (node instanceof ShadowRoot) { node = host.call(node); continue; }
    refs.push(cua.id(node));
    node = above.call(node);
  }
  return refs;
}"""


class Inspector:
    """While it is entered, the person at the browser points instead of acting."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._picked: list[tuple[World, int]] = []
        self._lit: dict[World, Tab] = {}
        self.over = False
        """The person has ended it: Escape, or the window was closed."""

    def __enter__(self) -> Self:
        self._light()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for world in self._lit:
            try:
                world.wire.send("Overlay.setInspectMode", {"mode": "none", "highlightConfig": {}})
                world.wire.send("Overlay.disable")
            except (Error, MovedOn, TargetGone, Crashed):
                continue  # it went away, and the light with it

    def next(self, seconds: float) -> tuple[str, ...]:
        """The refs of the node that was clicked and of all above it, inside out; empty when nothing was clicked for so
        many seconds, or it is `over`. A ref need not be one of an element: not every node is read as one."""
        deadline = Deadline(seconds, self._browser.clock)
        while not self.over:
            while self._picked:
                world, node = self._picked.pop(0)
                if path := self._path(world, node):
                    return path
            if deadline.passed:
                return ()
            self._wait(min(LOOK, deadline.left))
        return ()

    def _wait(self, seconds: float) -> None:
        try:
            self._light()
            world = self._browser.active.world
            world.run(world.context(), f"cua.change(cua.mutations,{max(1, int(seconds * 1000))})")
        except (MovedOn, TargetGone):
            self.over = self._gone()  # or another page is coming
        except Crashed:
            if not self._gone():
                raise
            self.over = True

    def _gone(self) -> bool:
        """Whether the person has closed the window (which is no crash)."""
        try:
            return self._browser.active.page.is_closed()
        except Crashed:
            return True

    def _light(self) -> None:
        tab = self._browser.active
        for world in tab.worlds():
            if world not in self._lit:
                self._listen(world, tab)

    def _listen(self, world: World, tab: Tab) -> None:
        try:
            world.wire.send("DOM.enable")
            world.wire.send("Overlay.enable")
            world.wire.send("Overlay.setInspectMode", {"mode": "searchForNode", "highlightConfig": LIGHT})
        except (Error, MovedOn, TargetGone):
            return  # a frame that goes away
        world.wire.on("Overlay.inspectNodeRequested", lambda event: self._clicked(world, event))
        world.wire.on("Overlay.inspectModeCanceled", lambda _: self._cancelled(world))
        self._lit[world] = tab

    def _clicked(self, world: World, event: dict[str, Any]) -> None:
        self._picked.append((world, event["backendNodeId"]))
        self._wake(world)

    def _cancelled(self, world: World) -> None:
        self.over = True
        self._wake(world)

    def _wake(self, world: World) -> None:
        tab = self._lit.get(world)
        if tab is None:
            return
        try:
            tab.world.ask(tab.world.context(), "wake", timeout=5.0)
        except (MovedOn, TargetGone, Crashed):
            return  # then the wait has ended by itself

    def _path(self, world: World, node: int) -> tuple[str, ...]:
        """The refs from a node outwards, within its document; empty where it is gone already."""
        for frame in (world.main, *world.parents):
            try:
                context = world.context(frame)
                found = world.wire.send(
                    "DOM.resolveNode", {"backendNodeId": node, "executionContextId": context.number}
                )
                said = world.wire.send(
                    "Runtime.callFunctionOn",
                    {"objectId": found["object"]["objectId"], "functionDeclaration": _PATH, "returnByValue": True},
                )
            except (Error, MovedOn, TargetGone):
                continue  # it belongs to another document
            if refs := said["result"].get("value"):
                return tuple(map(str, refs))
        return ()
