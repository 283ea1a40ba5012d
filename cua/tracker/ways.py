"""Ways that were gone and can be gone again; the cheapest known path from state to state."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import count

from cua.codec import encode
from cua.run import Done
from cua.sealed import seal
from cua.step import Step
from envs.action import Click, Hover, Open

GOOD = 0.5
"""A way that works less often than this is not planned with."""
LEAST = 1.0
"""Milliseconds that a step costs at least."""
_MASKED = "‹"


@dataclass(frozen=True, slots=True)
class Way:
    """A step that led from one state to another. `left`, `led`: the full addresses before and after it; `rate`: how
    often it has led there of late, 0..1; `ms`: the mean of what it took."""

    before: str
    step: Step
    after: str
    left: str = ""
    led: str = ""
    rate: float = 1.0
    ms: float = 0.0

    @property
    def cost(self) -> float:
        """Milliseconds to be expected until it has led there."""
        return max(self.ms, LEAST) / max(self.rate, 0.01)

    @property
    def closable(self) -> tuple[str, str]:
        """By what it is known that it is closed: where it begins, and its words."""
        return self.before, self.step.words


def kept(done: Done) -> str:
    """What it takes to do a step again, sealed; "" for one that is not to be done again by itself: what types, what
    commits, what brings something home, what left something behind or names a secret."""
    step = done.step
    if not isinstance(step.action, Click | Hover | Open) or step.commit or step.keep or step.ask or done.effects:
        return ""
    act = seal(encode(Step("", step.action, step.words, step.target, timeout=step.timeout)))
    return "" if _MASKED in act else act


def alike(one: Step, other: Step) -> bool:
    """Whether two steps do the same to the same."""
    return (one.words, one.action, one.target) == (other.words, other.action, other.target)


def path(
    ways: Iterable[Way], start: str, goal: str, most: int, closed: Collection[tuple[str, str]] = ()
) -> tuple[Way, ...] | None:
    """The cheapest path of at most so many ways that are good and not closed; None where there is none (Dijkstra, over
    states and the steps taken to them)."""
    out: dict[str, list[Way]] = {}
    for way in ways:
        if way.rate >= GOOD and way.before != way.after and way.closable not in closed:
            out.setdefault(way.before, []).append(way)
    number = count()  # of two that cost the same the one that was found first
    waiting: list[tuple[float, int, str, tuple[Way, ...]]] = [(0.0, next(number), start, ())]
    fewest: dict[str, int] = {}
    while waiting:
        cost, _, here, taken = heapq.heappop(waiting)
        if here == goal:
            return taken
        if len(taken) >= min(most, fewest.get(here, most + 1)):
            continue  # it was reached as cheaply, in no more steps
        fewest[here] = len(taken)
        for way in out.get(here, ()):
            heapq.heappush(waiting, (cost + way.cost, next(number), way.after, (*taken, way)))
    return None
