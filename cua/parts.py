"""Screens by their parts: what was worked out of a part is kept with it, so that work follows what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from envs.observation import Element, Observation
from envs.parts import Part

T = TypeVar("T")


def of_content(part: Part, key: object, work: Callable[[Sequence[Element]], T]) -> T:
    """`work(part.elements)`, done once as long as the part at most moves. `key` names the work, which looks at no box
    and keeps no element."""
    memo = part.content
    if key not in memo:
        memo[key] = work(part.elements)
    return cast(T, memo[key])


def picked(
    screen: Observation,
    key: object,
    work: Callable[[Sequence[Element]], Sequence[tuple[int, T]]],
    fits: Callable[[T], bool] = lambda value: True,
) -> Iterator[tuple[Element, T]]:
    """The elements whose value fits, each with it. `work` gives places within the part and values, and looks at no box:
    only where one fits are elements made."""
    for part in screen.parts:
        for at, value in of_content(part, key, work):
            if fits(value):
                yield part.elements[at], value


def each_content(screen: Observation, key: object, work: Callable[[Sequence[Element]], Sequence[T]]) -> Iterator[T]:
    """What `work`, which looks at no box and keeps no element, finds in the parts of a screen, one after the other."""
    for part in screen.parts:
        yield from of_content(part, key, work)


def differing(before: Observation, after: Observation) -> tuple[list[Part], list[Part]]:
    """The parts that only the one screen has, and those that only the other has."""
    return _differing(before, after, id)


def differing_content(before: Observation, after: Observation) -> tuple[list[Part], list[Part]]:
    """The same, where parts that have only moved count as the same."""
    return _differing(before, after, lambda part: id(part.content))


def _differing(before: Observation, after: Observation, of: Callable[[Part], int]) -> tuple[list[Part], list[Part]]:
    old, new = {of(part): part for part in before.parts}, {of(part): part for part in after.parts}
    return [part for key, part in old.items() if key not in new], [part for key, part in new.items() if key not in old]


def same(one: Observation, other: Observation) -> bool:
    """Whether two screens hold equal elements, part by part."""
    ours, theirs = differing(one, other)
    return len(ours) == len(theirs) and all(a.elements == b.elements for a, b in zip(ours, theirs, strict=True))
