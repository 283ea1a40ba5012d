"""When the world has come to rest after an act: by events, never by sleeping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.traffic import Traffic
from envs.browser.wire import MovedOn, Pending, TargetGone
from envs.clock import Clock, Deadline
from envs.errors import Crashed

BUSY = 0.6
"""Seconds after which a page that never stops changing (a ticker, a spinner) counts as being at rest."""
SOON = 0.15
"""Seconds in which a page shows that it is at rest, where what it looks like then was read already."""
LOOK = 0.25
"""Seconds between two looks at a page that reports no change: `.value` and style sheets change without a word."""
POPUP = 3.0
"""Seconds that a window the page has opened may take to come up."""


class Scene(Protocol):
    """What settling needs to know of the browser."""

    traffic: Traffic
    clock: Clock

    @property
    def active(self) -> Tab: ...


@dataclass(frozen=True, slots=True)
class Resting:
    """The question, under way, whether a page is at rest."""

    tab: Tab
    pending: Pending


class Settler:
    def __init__(self, scene: Scene, alive: Callable[[], None]) -> None:
        self._scene = scene
        self._alive = alive
        """Raises Crashed."""
        self._waiting: Tab | None = None
        self._woken = False

    def wake(self) -> None:
        """Something happened that the page itself cannot tell: end the wait that is under way."""
        self._woken = True
        tab, self._waiting = self._waiting, None
        if tab is None:
            return
        try:
            world = tab.world
            world.ask(world.context(), "wake", timeout=5.0)
        except (MovedOn, TargetGone, Crashed):
            return  # the wait has ended, or will say so itself: nothing may be raised while an event is handed out

    def pending(self) -> str | None:
        """What is under way because of the last act, in words."""
        tab = self._scene.active
        if tab.navigating():
            return "a page is loading"
        if tab.popups > 0:
            return "a window is opening"
        return self._scene.traffic.pending()

    def over(self, deadline: Deadline) -> bool:
        """Return when what the act caused is over, or at the deadline; whether it had to be waited for. Raises
        Crashed."""
        waited = False
        popup = Deadline(POPUP, self._scene.clock)
        while not deadline.passed:
            self._alive()
            if popup.passed:
                self._scene.active.popups = 0
            if self.pending() is None:
                break
            waited = True
            self.change(-1, min(LOOK, deadline.left))
        return waited

    def rest(self, deadline: Deadline) -> None:
        """Return when what the act caused is over and the page is at rest, or at the deadline. Raises Crashed."""
        busy = Deadline(BUSY, self._scene.clock)
        while not deadline.passed:
            if self.over(deadline):
                busy = Deadline(BUSY, self._scene.clock)
            tab = self._scene.active
            verdict = self._wait(tab, "rest", int(1000 * min(busy.left, deadline.left)))
            if self._scene.active is not tab or self.pending() is not None:
                continue
            if verdict.startswith(("still", "rest", "busy")) or busy.passed:
                return

    def resting(self, deadline: Deadline, how: str = "rest") -> Resting | None:
        """Begin to watch whether the page is at rest, once what the act caused is over. None where it is going away.

        `how`: "quiet" is the first half of it and "stay" the second.
        """
        self.over(deadline)
        tab = self._scene.active
        milliseconds = int(1000 * min(SOON, deadline.left))
        try:
            return Resting(tab, tab.world.begin(tab.world.context(), f"cua.{how}({milliseconds})"))
        except (MovedOn, TargetGone, Error):
            return None

    def rested(self, resting: Resting, mutations: int) -> str:
        """What came of it: "still" where the page was at rest and is as it was when its `mutations` were read, "quiet"
        where it has been so for a frame (of what was begun as that), else "". Raises Crashed."""
        try:
            said = str(resting.pending.answer()["result"].get("value", ""))
        except (MovedOn, TargetGone, Error):
            return ""
        how, _, stood_at = said.partition(" ")
        as_it_was = stood_at == str(mutations) and resting.tab is self._scene.active and self.pending() is None
        return how if as_it_was and how in ("still", "quiet") else ""

    def change(self, seen: int, seconds: float) -> None:
        """Return when the page has changed since its `mutations` stood at `seen` (-1: do not compare), or navigated, a
        request ended, or the time is over."""
        tab = self._scene.active
        if self._woken:
            self._woken = False
            return
        if seen < 0:
            self._wait(tab, "change(cua.mutations," + str(max(1, int(seconds * 1000))) + ")", None)
        else:
            self._wait(tab, f"change({seen},{max(1, int(seconds * 1000))})", None)

    def _wait(self, tab: Tab, call: str, milliseconds: int | None) -> str:
        """Ask the page for a promise; "gone" where its document went away before it was kept."""
        expression = f"cua.{call}" if milliseconds is None else f"cua.{call}({milliseconds})"
        self._woken = False
        try:
            context = tab.world.context()
            if self._woken:
                return "woken"
            self._waiting = tab
            return str(tab.world.run(context, expression))
        except MovedOn:
            return "gone"
        except TargetGone:
            self._alive()
            return "gone"
        finally:
            self._waiting = None
            self._woken = False
