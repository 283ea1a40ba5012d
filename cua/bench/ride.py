"""Riding the drift benchmark on one page: record targets, change the page, look, change it back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from envs.browser import Browser
from envs.browser.drift import AT_TARGETS, PAGE_WIDE, STRENGTHS, Drift, Drifted
from envs.observation import Element, Observation
from grounding.roles import interactive

GROUP, AMONG = 3, 12
"""Changes that are made to targets alone are made to so many at a time, and to no more than one of so many controls: it
saves looks, and the page around each stays what it was."""
QUIET = 4.0
"""Seconds that a page may take to come to rest after a change."""


class Restless(Exception):
    """The page does not come back to what it was after a change was taken back, not even loaded anew."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page after one change. `truth`: number of each target that this change is a case for → the ref of the node that
    it is now, None where it is gone."""

    kind: str
    strength: int
    truth: Mapping[int, str | None]
    observation: Observation


def targets(observation: Observation, most: int, seed: int) -> list[Element]:
    """What a person would use on a page: visible controls of the top frame, of every role some, chosen by seed."""
    chance = random.Random(seed)
    by_role: dict[str, list[Element]] = {}
    frames = {e.frame for e in observation.elements[:1]}
    for element in observation.elements:
        if usable(element) and element.frame in frames:
            by_role.setdefault(element.role, []).append(element)
    pools = [by_role[role] for role in sorted(by_role)]
    for pool in pools:
        chance.shuffle(pool)
    chosen: list[Element] = []
    while len(chosen) < most and any(pools):
        chosen += [pool.pop() for pool in pools if pool]
    return chosen[:most]


def usable(element: Element) -> bool:
    """Whether a person could aim at it: a control with an area that can be seen."""
    states = element.states
    own = element.role not in {"generic", "cell", "gridcell"} or bool(element.name)
    return own and interactive(element) and not states & {"hidden", "covered", "disabled"} and element.box.area > 0


def looks(
    browser: Browser,
    chosen: Sequence[Element],
    seed: int,
    again: Callable[[], Observation],
    kinds: Sequence[str] = PAGE_WIDE + AT_TARGETS,
    strengths: Sequence[int] = STRENGTHS,
) -> Iterator[Look]:
    """The page after each kind of change at each strength. `again` loads it anew, which is done where it does not come
    back by itself. Raises Restless."""
    drift = Drift(browser)
    before = browser.observe()
    places = [_place(before, element.ref) for element in chosen]
    first = _digest(before)
    refs = [element.ref for element in chosen]
    for kind in kinds:
        for strength in strengths:
            for group in _groups(kind, len(refs), len(first)):
                drifted = drift.mutate(kind, strength, seed, refs, [refs[at] for at in group])
                now = browser.settle(timeout=QUIET)
                asked = _asked(kind, drifted, refs, chosen, now)
                yield Look(kind, strength, {at: drifted.now[refs[at]] for at in asked}, now)
                drift.undo()
                if _digest(browser.settle(timeout=QUIET)) != first:
                    fresh = again()
                    if len(fresh.elements) != len(before.elements) or _called(fresh) != _called(before):
                        raise Restless(f"the page is not what it was after {kind} {strength}")
                    first = _digest(fresh)
                    refs = [fresh.elements[place].ref for place in places]


def _asked(
    kind: str, drifted: Drifted, refs: Sequence[str], chosen: Sequence[Element], now: Observation
) -> Iterable[int]:
    """The numbers of the targets that a change is a case for. A decoy that reads as the target did is none."""
    if kind not in (*AT_TARGETS, "text"):
        return range(len(refs))
    numbers = [refs.index(ref) for ref in drifted.chosen]
    if kind != "decoy":
        return numbers
    stand = [now.get(ref) for ref in drifted.decoys]
    return [at for at, other in zip(numbers, stand, strict=True) if other is not None and other.name != chosen[at].name]


def _groups(kind: str, count: int, controls: int) -> list[range]:
    """The targets that are changed together, by number."""
    if kind in AT_TARGETS:
        size = -(-count // max(1, min(GROUP, controls // AMONG)))
        return [range(at, count, size) for at in range(size)]
    if kind == "text" and count > 1:
        return [range(0, count, 2), range(1, count, 2)]
    return [range(count)]


def _place(observation: Observation, ref: str) -> int:
    return next(at for at, element in enumerate(observation.elements) if element.ref == ref)


def _digest(observation: Observation) -> list[tuple[str, str, str]]:
    return [(e.ref, e.role, e.name) for e in observation.elements if interactive(e)]


def _called(observation: Observation) -> list[tuple[str, str]]:
    return [(e.role, e.name) for e in observation.elements if interactive(e)]
