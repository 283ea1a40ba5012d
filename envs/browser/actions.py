"""Actions as real input events."""

from __future__ import annotations

import json
from collections.abc import Callable

from envs import action as act
from envs.browser import fields, files, pointer
from envs.browser.aim import outwards, take
from envs.browser.downloads import Downloads
from envs.browser.drag import Drags
from envs.browser.lists import Lists
from envs.browser.settle import Settler
from envs.browser.strike import strike
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock
from envs.errors import ActFailed, Stale, Unsupported
from envs.observation import Element


class Hands:
    """What can be done in the active tab. Everything raises Stale or ActFailed; `dispatched` is told truthfully."""

    def __init__(self, settler: Settler, downloads: Downloads, clock: Clock, active: Callable[[], Tab]) -> None:
        self._settler, self._downloads, self._clock, self._active = settler, downloads, clock, active
        self._drags, self._lists = Drags(settler, clock), Lists(settler, clock)

    def do(self, action: act.Action, found: Element | None) -> None:
        """One action. Open, Switch and what needs more than a tab are the browser's own."""
        tab = self._active()
        if action.aimed and found is None:
            raise ActFailed(f"{action.verb} needs an element")
        match action:
            case act.Press():
                fields.press(tab, action, found)
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
                fields.click(take(tab, found, armed=True, holding=action.holding), action)
            case act.Hover():
                self._hover(tab, found)
            case act.Drag():
                raise Unsupported("drag needs both elements: the browser resolves them")
            case act.Type():
                fields.type_text(tab, action, found)
            case act.Clear():
                fields.clear(tab, found)
            case act.Select():
                self._lists.select(tab, found, action.option)
            case act.Check():
                aim = take(tab, found, to="node", fit="check" if action.on else "uncheck")
                if aim.mixed or aim.checked != action.on:
                    strike(take(tab, found, armed=True))
            case act.Upload():
                files.upload(tab, action, found)
            case act.Download():
                files.download(tab, action, found, self._downloads, self._settler, self._clock)
            case _:
                raise Unsupported(f"a browser cannot {action.verb}")

    # ── mouse ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def drag(self, source: Element, target: Element, at: str = "") -> None:
        """Press on one element, move to the other in steps, release. Raises Stale, ActFailed."""
        self._drags.drag(self._active(), source, target, at)

    def _hover(self, tab: Tab, found: Element) -> None:
        """Two moves: menus tell a pointer that came from a page that moved below it by the second."""
        aim = take(tab, found, enabled=False)
        pointer.move(tab.wire, aim.x - 1, aim.y)
        pointer.move(tab.wire, aim.x, aim.y)

    def _scroll(self, tab: Tab, action: act.Scroll, found: Element | None) -> None:
        """To an end at once, or by the wheel over the middle of the element (or of the page)."""
        aim = take(tab, found, to="node", enabled=False) if found is not None else None
        world, context, node = (aim.world, aim.context, aim.node) if aim else (tab.world, tab.world.context(), 0)
        try:
            world.ask(context, "scroll", node, action.dx, action.dy, action.to)
            spot = json.loads(world.ask(context, "middle", node))
            x, y = spot["x"], spot["y"]
            if aim is not None:
                x, y, _ = outwards(aim, x, y)
        except (MovedOn, TargetGone) as error:
            raise Stale("its page has gone") from error
        if action.dx or action.dy:
            pointer.wheel(tab.wire, x, y, action.dx, action.dy)

    # ── history ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _history(self, tab: Tab, step: int) -> None:
        said = tab.wire.send("Page.getNavigationHistory")
        index = said["currentIndex"] + step
        if not 0 <= index < len(said["entries"]):
            raise ActFailed("there is no page to go back to" if step < 0 else "there is no page to go forward to")
        tab.wire.send("Page.navigateToHistoryEntry", {"entryId": said["entries"][index]["id"]})

    def _reload(self, tab: Tab) -> None:
        tab.wire.send("Page.reload")
