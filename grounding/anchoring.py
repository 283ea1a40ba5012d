"""Recording a target: its traits, and those around it that it could be taken for."""

from __future__ import annotations

from collections.abc import Iterator

from envs.observation import Element, Observation
from grounding.anchors import OTHERS, Anchor, Other
from grounding.traits import NAMED, Page, Traits, made_up, page_of
from grounding.weighing import ALIKE, same_row, same_texts, shared

LOOKED_AT = 60
"""Of so many of one name it is looked at what tells them apart."""
NAMESAKES = 4
"""So many of the others may be of the same name."""
WEAK = frozenset({"type", "action", "autocomplete", "title"})
"""Attributes that many share: not what an element is known by."""


def anchor(element: Element, observation: Observation) -> Anchor:
    """What is kept of an element of this observation so that `resolve` finds it again. Values are not kept."""
    page = page_of(observation)
    traits = page.traits(element)
    named = [other.ref for other in page.namesakes(element)]
    nth = named.index(element.ref) + 1 if element.ref in named else 1
    common = {kind: count for kind, value in traits.keys.items() if (count := page.keys[kind, value]) > 1}
    common |= _as_well(element, traits, page)
    return Anchor(traits, nth, max(1, len(named)), common, tuple(_others(element, page)))


def _as_well(element: Element, traits: Traits, page: Page) -> dict[str, int]:
    """How many of its name stand in such a context (itself among them): where that is more than one, it tells none apart."""
    others = [page.traits(other) for other in page.namesakes(element)[:LOOKED_AT] if other.ref != element.ref]
    counts = {
        "row": sum(same_row(traits, other, page) >= ALIKE for other in others) if traits.row else 0,
        "near": sum(same_texts(traits, other) >= ALIKE for other in others) if traits.before or traits.after else 0,
        "within": sum(shared(traits.within, other.within) >= ALIKE for other in others) if traits.within else 0,
    }
    return {kind: 1 + count for kind, count in counts.items() if count}


def key_of(keys: dict[str, str]) -> str:
    """The attribute by which an element is known best."""
    return next((f"{kind}={keys[kind]}" for kind in NAMED if kind in keys and kind not in WEAK and not made_up(keys[kind])), "")


def _others(element: Element, page: Page) -> Iterator[Other]:
    """Some of the same name, then the nearest controls on both sides."""
    same = [other for other in page.namesakes(element) if other.ref != element.ref]
    at = page.places.get(element.ref)
    if at is None:
        at = sum(page.screen.order[e.ref] < page.screen.order[element.ref] for e in page.candidates)
    same.sort(key=lambda other: abs(page.places[other.ref] - at))
    given = {element.ref}
    chosen = same[:NAMESAKES]
    for distance in range(1, len(page.candidates) + 1):
        if len(chosen) >= OTHERS:
            break
        for place in (at - distance, at + distance):
            if 0 <= place < len(page.candidates):
                other = page.candidates[place]
                if other not in same and other.ref not in given:
                    chosen.append(other)
    for other in chosen[:OTHERS]:
        told = page.traits(other)
        yield Other(told.role, told.name, key_of(dict(told.keys))[:150])
