"""All pairs of the screens of an application: are those of one label merged, and those of different labels kept
apart?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cua.tracker import State, state_of
from tests.identity.walk import Fit, Situation


@dataclass(frozen=True, slots=True)
class Miss:
    one: Situation
    other: Situation
    why: str

    def __str__(self) -> str:
        one, other = (f"{seen.label}{f' ({seen.note})' if seen.note else ''}" for seen in (self.one, self.other))
        return f"{self.why}: {one} | {other}"


@dataclass(frozen=True, slots=True)
class Figures:
    """`near` are the different pairs at addresses that go together: those that an address does not tell apart."""

    name: str
    fit: Fit
    same: int
    merged: int
    different: int
    apart: int
    near: int
    near_apart: int
    misses: tuple[Miss, ...]


def figures(name: str, seen: Sequence[Situation], fit: Fit = Fit.DEVELOPED) -> Figures:
    """Every pair of these screens."""
    states = [(one, state_of(one.screen)) for one in seen]
    same = merged = different = apart = near = near_apart = 0
    misses = []
    for (one, ours), (other, theirs) in combinations(states, 2):
        found = ours.same(theirs)
        if one.label == other.label:
            same += 1
            merged += found
            if not found:
                misses.append(Miss(one, other, f"split ({ours.apart(theirs)})"))
            continue
        different += 1
        apart += not found
        if _near(ours, theirs):
            near += 1
            near_apart += not found
        if found:
            misses.append(Miss(one, other, f"merged ({ours.like(theirs):.2f})"))
    return Figures(name, fit, same, merged, different, apart, near, near_apart, tuple(misses))


def _near(one: State, other: State) -> bool:
    return one.like(other) > 0


def total(name: str, some: Sequence[Figures]) -> Figures:
    return Figures(
        name,
        Fit.DEVELOPED,
        sum(one.same for one in some),
        sum(one.merged for one in some),
        sum(one.different for one in some),
        sum(one.apart for one in some),
        sum(one.near for one in some),
        sum(one.near_apart for one in some),
        tuple(miss for one in some for miss in one.misses),
    )


def table(found: Sequence[Figures]) -> str:
    """Markdown, a line an application, and all of them."""
    lines = [
        "| application | same screen, other data: merged | different: kept apart | of these, at one address |",
        "| --- | --- | --- | --- |",
    ]
    rows = list(found)
    for fit in Fit:
        rows += [total(f"all: {fit}", some)] if (some := [one for one in found if one.fit is fit]) else []
    for one in [*rows, total("all", found)]:
        name = one.name if one.fit is Fit.DEVELOPED else f"{one.name} ({one.fit})"
        lines.append(
            f"| {name} | {_share(one.merged, one.same)} | {_share(one.apart, one.different)} | "
            f"{_share(one.near_apart, one.near)} |"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / whole:.1f}%)" if whole else "–"
