"""Recording a target: its traits, and those around it that it could be taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from envs.observation import Element, Observation
from grounding.anchors import OTHERS, Anchor, Other
from grounding.choice import leads_on
from grounding.comparing import ALIKE, SAME_ROW, agreed, same_row, same_texts, shared
from grounding.page import Page, page_of
from grounding.traits import NAMED, Traits, made_up
from grounding.weighing import CONTENT

LOOKED_AT = 60
"""Of so many of one name it is looked at what tells them apart."""
NAMESAKES = 4
"""So many of the others may be of the same name."""
SHARING = 3
"""So many may share an address or a key with it."""
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


def confirmed(kept: Anchor, element: Element, observation: Observation) -> Anchor:
    """The anchor after a replay in which this element was the target, and the step was proved: which kinds of evidence
    were as recorded is counted, and `resolve` weighs them by it."""
    return kept.counted(agreed(kept.traits, page_of(observation).traits(element)))


def _as_well(element: Element, traits: Traits, page: Page) -> dict[str, int]:
    """How many of its name stand in such a context, itself among them; where it is more than one. Where it has no name
    of its own: of those of its role that have none either ("alike": how many they are)."""
    unnamed = not element.name
    alike = (
        [e for e in page.candidates if e.role == element.role and not e.name] if unnamed else page.namesakes(element)
    )
    others = [page.traits(other) for other in alike[:LOOKED_AT] if other.ref != element.ref]
    counts = {
        "row": sum(same_row(traits, other, page) >= SAME_ROW for other in others) if traits.row else 0,
        "near": sum(same_texts(traits, other) >= ALIKE for other in others) if traits.before or traits.after else 0,
        "within": sum(shared(traits.within, other.within) >= ALIKE for other in others) if traits.within else 0,
        "alike": len(others) if unnamed else 0,
    }
    return {kind: 1 + count for kind, count in counts.items() if count}


def key_of(keys: Mapping[str, str]) -> str:
    """The attribute by which an element is known best, as "id=save"; "" where there is none."""
    for kind in NAMED:
        value = keys.get(kind, "")
        if value and kind not in WEAK and not made_up(value) and (kind != "href" or leads_on(value)):
            return f"{kind}={value}"
    return ""


def _others(element: Element, page: Page) -> Iterator[Other]:
    """Some of the same name, some of the same address or key, then the nearest controls on both sides."""
    at = page.places.get(element.ref)
    if at is None:
        order = page.screen.order[element.ref]
        at = sum(page.screen.order[other.ref] < order for other in page.candidates)
    by_distance = sorted(range(len(page.candidates)), key=lambda place: abs(place - at))
    around = [page.candidates[place] for place in by_distance if page.candidates[place].ref != element.ref]
    called, keys = page.called(element), _telling(page.keys_of(element))
    same = [other for other in around if page.called(other) == called][:NAMESAKES]
    keyed = [other for other in around if keys & _telling(page.keys_of(other)) and other not in same][:SHARING]
    rest = [
        other
        for other in around[: 3 * OTHERS]
        if other not in same and other not in keyed and page.called(other) != called
    ]
    for other in (same + keyed + rest)[:OTHERS]:
        told = page.traits(other)
        yield Other(told.role, told.name, key_of(told.keys)[:150])


def _telling(keys: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for pair in keys.items() if pair[0] not in WEAK | CONTENT)
