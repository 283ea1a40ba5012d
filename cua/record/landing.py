"""Where something that was dragged has come to lie: in which list, and beside what.

A list makes room while something is dragged over it, so that what lies under the pointer when it is let go is the thing
itself, or the list. What the person wanted is what can be seen then: it lies below this one, or above that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from envs.observation import Element, Observation
from grounding.roles import ROWS

ITEMS = ROWS | {"option", "tab", "button", "menuitem", "img"}
"""What lists that are put in order consist of."""
LEVELS = 3
"""How far above what was pressed the item may be."""

Words = Callable[[Element, Observation], str | None]
"""The shortest words for an element on a screen; None where there are none."""


@dataclass(frozen=True, slots=True)
class Landing:
    """`onto` is what it was dragged to, as it is called on the screen before, and `at` the side of it; `proofs` are
    targets that are there afterwards, the best first."""

    onto: str
    at: str
    proofs: tuple[str, ...]


def landing(source: Element, before: Observation, after: Observation, words: Words) -> Landing | None:
    """None where nothing was put in another order, or it cannot be told in words."""
    found = _moved(source, before, after)
    if found is None:
        return None
    item, now = found
    beside = _beside(item, now, before, after)
    for other, at in beside:
        onto = next((said for one in _names(other, before) if (said := words(one, before)) is not None), None)
        if onto is None:
            continue
        relation = {"bottom": "below", "top": "above", "right": "right of", "left": "left of"}[at]
        called, neighbour = words(source, after), _said(other, after, words)
        proofs = [f"{called} {relation} {neighbour}"] if called is not None and neighbour is not None else []
        holder = after.get(now.parent) if now.parent is not None and now.parent != item.parent else None
        if called is not None and holder is not None and (place := words(holder, after)) is not None:
            proofs.insert(0, f"{called} in {place}")
        return Landing(onto, at, tuple(proofs))
    return None


def _said(element: Element, screen: Observation, words: Words) -> str | None:
    now = screen.get(element.ref)
    return (
        next((said for one in _names(now, screen) if (said := words(one, screen)) is not None), None) if now else None
    )


def _names(element: Element, screen: Observation) -> Iterator[Element]:
    """It, and the texts in it: what it is called by where it has no name of its own."""
    texts = (one for one in islice(screen.inside(element), 8) if one.name)
    yield from (element, *texts) if element.name else (*texts, element)


def _moved(source: Element, before: Observation, after: Observation) -> tuple[Element, Element] | None:
    """The item that was dragged, as it was and as it is: it, or what holds it."""
    for one in islice((source, *before.ancestors(source)), LEVELS):
        now = after.get(one.ref)
        if now is None:
            continue
        if now.parent != one.parent:
            if one.role in ITEMS:
                return one, now
        elif _order(one, before, after) != _order(now, after, before):
            return one, now
    return None


def _order(element: Element, screen: Observation, other: Observation) -> list[str]:
    """Its like around it, in their order: those that are on the other screen, too."""
    return [one.ref for one in _siblings(element, screen) if other.get(one.ref) is not None]


def _siblings(element: Element, screen: Observation) -> list[Element]:
    holder = screen.get(element.parent) if element.parent is not None else None
    return [one for one in screen.children(holder) if one.role == element.role and one.visible]


def _beside(item: Element, now: Element, before: Observation, after: Observation) -> list[tuple[Element, str]]:
    """What it lies beside now, as it was before, and on which side of that: the one that it was carried past first."""
    there = _siblings(now, after)
    at = [one.ref for one in there].index(now.ref) if now in there else -1
    if at < 0:
        return []
    last = there[at - 1] if at > 0 else None
    following = there[at + 1] if at + 1 < len(there) else None
    found = [(one, side) for one, side in ((last, True), (following, False)) if one is not None]
    if now.parent == item.parent and now.ref in (order := _order(now, after, before)):
        forward = order.index(now.ref) > _order(item, before, after).index(item.ref)
        found.sort(key=lambda one: one[1] is not forward)
    return [(old, _side(one, now, behind=behind)) for one, behind in found if (old := before.get(one.ref)) is not None]


def _side(one: Element, now: Element, *, behind: bool) -> str:
    across = one.box.y < now.box.center.y < one.box.bottom
    if across:
        return "right" if behind else "left"
    return "bottom" if behind else "top"
