"""The cheapest known path, and the ways back in the order of what they cost."""

from __future__ import annotations

import itertools
import random

import pytest

from cua.step import Step
from cua.tracker.costs import Tries
from cua.tracker.routes import Route
from cua.tracker.ways import GOOD, Walk, Way, path
from envs.action import Click
from envs.clock import ManualClock
from envs.observation import Observation
from grounding.target import Target
from tests.cua.world import NoMap


def way(before: str, after: str, ms: float = 10.0, rate: float = 1.0) -> Way:
    words = f"{before} to {after}"
    return Way(before, Step("", Click(), words, Target(words)), after, Walk(), rate, ms)


def steps(found: tuple[Way, ...] | None) -> list[str] | None:
    return None if found is None else [one.step.words for one in found]


def test_the_cheapest_path_is_taken_not_the_shortest() -> None:
    ways = [way("a", "d", 100), way("a", "b"), way("b", "c"), way("c", "d")]
    assert steps(path(ways, "a", "d", 4)) == ["a to b", "b to c", "c to d"]
    assert steps(path(ways, "a", "d", 2)) == ["a to d"]
    assert path(ways, "d", "a", 4) is None
    assert path(ways, "a", "a", 4) == ()


def test_what_rarely_works_costs_more_or_is_left_out() -> None:
    ways = [way("a", "d", 10, 0.6), way("a", "b", 5), way("b", "d", 5)]
    assert steps(path(ways, "a", "d", 4)) == ["a to b", "b to d"]
    assert path([way("a", "d", 10, GOOD - 0.01)], "a", "d", 4) is None


def test_closed_ways_are_left_out() -> None:
    ways = [way("a", "d"), way("a", "b"), way("b", "d")]
    assert steps(path(ways, "a", "d", 4, {("a", "a to d")})) == ["a to b", "b to d"]
    assert path(ways, "a", "d", 4, {("a", "a to d"), ("b", "b to d")}) is None


@pytest.mark.parametrize("seed", range(20))
def test_no_path_of_so_many_steps_is_cheaper(seed: int) -> None:
    dice = random.Random(seed)
    places = "abcdef"
    pairs = [dice.sample(places, 2) for _ in range(14)]
    ways = [way(before, after, dice.randint(1, 50), dice.choice([0.5, 0.8, 1.0])) for before, after in pairs]
    found = path(ways, "a", "f", 3)
    costs = [
        sum(one.cost for one in taken)
        for length in (1, 2, 3)
        for taken in itertools.permutations(ways, length)
        if taken[0].before == "a"
        and taken[-1].after == "f"
        and all(one.after == two.before for one, two in itertools.pairwise(taken))
    ]
    assert (sum(one.cost for one in found) if found is not None else None) == (min(costs) if costs else None)


class Learned(NoMap):
    def __init__(self) -> None:
        self.tried: dict[str, list[tuple[float, bool]]] = {}

    def costs(self, kind: str) -> dict[str, tuple[int, float]]:
        return {route: (sum(ok for _, ok in all_), sum(ms for ms, _ in all_)) for route, all_ in self.tried.items()}

    def returned(self, kind: str, route: str, ms: float, *, ok: bool) -> None:
        self.tried.setdefault(route, []).append((ms, ok))


SCREEN = Observation(1, "web", "http://a/", "", ())
ROUTES = [Route(name, lambda: SCREEN) for name in ("nothing", "inverse", "history", "url")]


def roll_back(learned: Learned, works: str) -> list[str]:
    """The names of the routes that were tried until this one led back; each takes 100 ms."""
    clock = ManualClock()
    tries = Tries(ROUTES, "click", learned, clock)
    names = []
    for route in tries:
        names.append(route.name)
        clock.advance(0.1)
        if route.name == works:
            tries.led_back()
            break
    return names


def test_unknown_routes_come_in_their_order() -> None:
    assert roll_back(Learned(), "url") == ["nothing", "inverse", "history", "url"]
    assert roll_back(Learned(), "none") == ["nothing", "inverse", "history", "url"]


def test_what_leads_back_comes_first_by_and_by_and_to_look_always() -> None:
    learned = Learned()
    orders = [roll_back(learned, "url") for _ in range(12)]
    assert orders[-1] == ["nothing", "url"]
    assert [len(order) for order in orders] == sorted((len(order) for order in orders), reverse=True)
