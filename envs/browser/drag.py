"""Drag and drop as a person does it: press, move in steps, hold at an edge until it scrolls, let go.

What the page makes of it decides the protocol: as long as it only hears of the pointer, the mouse is moved; once it
starts an HTML drag (a `dragstart` that is not cancelled) the drag is taken over from the browser
(Input.setInterceptDrags), since no mouse event reaches the page then, and told to the page as drag events.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from envs.browser import pointer
from envs.browser.aim import Aim, outwards, take
from envs.browser.pointer import PATIENCE
from envs.browser.settle import Settler
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock, Deadline
from envs.errors import ActFailed, Stale
from envs.observation import Element

SCROLLING = 8.0
"""Seconds that a list may take to scroll under a drag that is held at its edge."""
STARTING = 2.0
"""Seconds that the browser may take to hand over a drag that the page has started."""
RESTING = 1.0
"""Seconds that the things which make room for a drag may move before it is dropped."""
STEPS = 10
_FIRST = (3.0, 6.0, 10.0)
"""CSS px of the first moves: small enough to stay on the thing, and beyond the 3 to 5 px at which drags start."""

Point = tuple[float, float]


class Drags:
    def __init__(self, settler: Settler, clock: Clock) -> None:
        self._settler, self._clock = settler, clock
        self._heard: WeakSet[Tab] = WeakSet()
        self._data: dict[str, Any] | None = None
        self._at = ""

    def drag(self, tab: Tab, source: Element, target: Element, at: str = "") -> None:
        """Press on one element, move to the other in steps, release there: in its middle, or in this part of it.

        Raises Stale and ActFailed; ActFailed too where the page refused the drop, or could not be scrolled to it.
        """
        start = take(tab, source)
        end = take(tab, target, enabled=False)
        start = take(tab, source)  # scrolling to the second may have moved the first
        self._listen(tab)
        self._at = at
        tab.wire.send("Input.setInterceptDrags", {"enabled": True})
        try:
            self._carry(start, end)
        except (MovedOn, TargetGone) as error:
            raise ActFailed(f"{source}: its page went away while it was dragged", dispatched=True) from error
        finally:
            tab.wire.begin("Input.setInterceptDrags", {"enabled": False})

    def _listen(self, tab: Tab) -> None:
        self._data = None
        if tab not in self._heard:
            self._heard.add(tab)
            tab.wire.on("Input.dragIntercepted", self._intercepted)

    def _intercepted(self, event: dict[str, Any]) -> None:
        self._data = event["data"]

    def _carry(self, start: Aim, end: Aim) -> None:
        wire, at = start.tab.wire, (start.x, start.y)
        start.ask("dragWatch")
        goal = self._spot(end).at
        pointer.move(wire, *at)
        pointer.press(wire, *at)
        load = _Load(start.tab, at)
        try:
            for far in _FIRST:
                load.to(_towards((start.x, start.y), goal, far))
                if load.data is None and start.ask("dragStarted"):
                    load.data = self._taken(start)
                    load.send("dragEnter")
            self._bring(load, end)
            if load.data is not None:
                end.ask("dropWatch")
        except BaseException:
            load.cancel()
            raise
        load.drop()
        if load.data is not None and not end.ask("dropped"):
            raise ActFailed(f"{start.found}: {end.found} did not take the drop", dispatched=True)

    def _taken(self, start: Aim) -> dict[str, Any]:
        deadline = Deadline(STARTING, self._clock)
        while self._data is None:
            if deadline.passed:
                raise ActFailed(f"{start.found}: the browser did not start the drag", dispatched=True)
            self._settler.change(-1, min(0.05, deadline.left))
        return self._data

    def _bring(self, load: _Load, end: Aim) -> None:
        """Move over the end, holding at the edge of what has to scroll until it is to be seen."""
        spot = self._spot(end)
        if spot.off:
            spot = self._scrolled(load, end, spot)
        goal = spot.at
        x, y = load.at
        for step in range(1, STEPS + 1):
            load.to((x + (goal[0] - x) * step / STEPS, y + (goal[1] - y) * step / STEPS))
        self._settler.rest(Deadline(RESTING, self._clock))  # what moves out of the way takes no drop meanwhile
        load.to((goal[0] + 1, goal[1]))
        load.to(goal)

    def _scrolled(self, load: _Load, end: Aim, spot: _Spot) -> _Spot:
        """Hold at the edge until it is in view, and well inside if it can be: an edge goes on scrolling."""
        deadline, still = Deadline(SCROLLING, self._clock), 0
        while spot.off or (spot.shy and still < 5):
            if deadline.passed:
                raise ActFailed(f"{end.found}: it did not scroll into view under the drag", dispatched=True)
            load.to(spot.hold)
            load.to((spot.hold[0] + 1, spot.hold[1]))
            self._settler.change(-1, 0.03)
            before, spot = spot, self._spot(end)
            still = still + 1 if spot.at == before.at else 0
        return spot

    def _spot(self, end: Aim) -> _Spot:
        said = json.loads(end.ask("spot", self._at))
        if said is None:
            raise Stale(f"{end.found}: it is gone from the page")
        x, y, _ = outwards(end, said["x"], said["y"])
        hx, hy, _ = outwards(end, said["hx"], said["hy"])
        return _Spot((x, y), (hx, hy), said["off"], said["shy"])


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where to drop, in CSS px of the top viewport, and where to hold until that is to be seen."""

    at: Point
    hold: Point
    off: bool
    shy: bool


def _towards(start: Point, goal: Point, far: float) -> Point:
    """A point `far` px from the start on the way to the goal, so that lists that look at the direction see it."""
    dx, dy = goal[0] - start[0], goal[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1.0)
    return start[0] + dx / length * min(far, length), start[1] + dy / length * min(far, length)


class _Load:
    """What is under way: by the mouse, or (`data`) as an HTML drag."""

    def __init__(self, tab: Tab, at: Point) -> None:
        self._tab, self.at = tab, at
        self.data: dict[str, Any] | None = None

    def to(self, point: Point) -> None:
        self.at = point
        if self.data is None:
            pointer.draw(self._tab.wire, *point)
        else:
            self.send("dragOver")

    def drop(self) -> None:
        if self.data is not None:
            self.send("drop")
        pointer.release(self._tab.wire, *self.at)

    def cancel(self) -> None:
        """Let go without dropping, as far as the page can be told."""
        quiet: list[Callable[[], None]] = [lambda: pointer.release(self._tab.wire, *self.at)]
        if self.data is not None:
            quiet.insert(0, lambda: self.send("dragCancel"))
        for call in quiet:
            try:
                call()
            except (MovedOn, TargetGone):
                return  # nothing is left to be told

    def send(self, kind: str) -> None:
        x, y = self.at
        event = {"type": kind, "x": x, "y": y, "data": self.data}
        self._tab.wire.send("Input.dispatchDragEvent", event, timeout=PATIENCE)
