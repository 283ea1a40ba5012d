"""Which way back to try first: what each has cost on this application, after acts of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from cua.tracker.routes import Route
from envs.clock import Clock

FIRST: Mapping[str, float] = {"nothing": 0.0, "inverse": 100.0, "history": 500.0, "url": 1000.0}
"""Milliseconds that a route is taken to cost before anything is known of it."""


class Costs(Protocol):
    def costs(self, kind: str) -> Mapping[str, tuple[int, float]]: ...

    def returned(self, kind: str, route: str, ms: float, *, ok: bool) -> None: ...


class Tries:
    """The routes, the cheapest first by what they can be expected to cost after an act of this kind. Asking for the
    next one says that the last did not lead back.

    To look comes first whatever it has cost: it takes nothing away.
    """

    def __init__(self, routes: Iterable[Route], kind: str, costs: Costs, clock: Clock) -> None:
        self._routes = list(routes)
        self._kind = kind
        self._costs = costs
        self._clock = clock
        self._last: tuple[str, float] | None = None

    def __iter__(self) -> Iterator[Route]:
        yield from self._routes[:1]
        known = self._costs.costs(self._kind) if len(self._routes) > 2 else {}
        for route in sorted(self._routes[1:], key=lambda one: expected(one.name, *known.get(one.name, (0, 0.0)))):
            self._last = (route.name, self._clock.now())
            yield route
            self._say(ok=False)

    def led_back(self) -> None:
        """The route that was asked for last did."""
        self._say(ok=True)

    def _say(self, *, ok: bool) -> None:
        if self._last is not None:
            route, since = self._last
            self._costs.returned(self._kind, route, (self._clock.now() - since) * 1000, ok=ok)


def expected(route: str, ok: int, ms: float) -> float:
    """All milliseconds spent on a route, for each time that it led back; its first guess counts as one time."""
    return (FIRST.get(route, 0.0) + ms) / (1 + ok)
