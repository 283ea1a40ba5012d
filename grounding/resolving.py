"""Finding a recorded target again: all that could be it is weighed; a margin decides, or it is refused."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence

from envs.observation import Element, Observation
from grounding.anchors import Anchor
from grounding.choice import leads_on, ranked
from grounding.grounding import Candidate, Grounding, Vote
from grounding.page import Page, page_of
from grounding.scoring import normal
from grounding.target import Target
from grounding.traits import loose
from grounding.weighing import Scales, Weighed

EXPERT = "anchor"
FLOOR, MARGIN = 0.5, 0.25
"""What the best must reach, and how far the next must stay behind."""
NEEDED = 2.0
"""Nats of evidence at which "it is there" and "it is gone" are even."""
OWN, CHANGES = 1.5, 1.0
"""How sharply its own evidence (name, attributes) tells an element from what took its place; nats by which a change of
words is likelier than such a replacement."""
STAYS = 0.5
"""Nats by which one of several that are called so is likelier to be still there than to be gone."""
TRANSLATED = 1.5
"""Nats more where the whole page is worded otherwise."""
TEMPER = 1.2
"""Evidence is not quite independent: so much is it overstated."""
LOOKED_AT = 40
"""So many elements are weighed in full: those that agree in what is rare on the page, then those that are near."""
MENTIONED = 8


class Resolved(Grounding):
    """Confidences are shares of one whole (somewhere on the page, gone, replaced): of two that are alike each has half,
    and the target is found though neither is sure."""

    @property
    def found(self) -> bool:
        close = [c.confidence for c in self.candidates if self.candidates[0].confidence - c.confidence < self.margin]
        return sum(close) >= self.floor

    @property
    def sure(self) -> bool:
        return self.best is not None and self.best.confidence >= self.floor and self.lead >= self.margin


def resolve(anchor: Anchor, observation: Observation) -> Grounding:
    """The recorded target on this page. `.require()` of the answer raises NotFound (gone, or something else in its
    place) or Ambiguous. Confidence is the posterior of the element being the one that was recorded."""
    page = page_of(observation)
    scales = Scales(anchor, page)
    weighed = [(element, scales.weigh(page.traits(element))) for element in promising(anchor, page)]
    odds = [math.exp(min(60.0, (one.total - NEEDED) / TEMPER)) for _, one in weighed]
    whole = 1.0 + sum(odds)
    candidates = []
    for at, shared in _one_by_one([element for element, _ in weighed], odds, page):
        element, one = weighed[at]
        sure = shared / whole / (1 + replaced(one, scales.reworded))
        candidates.append(Candidate(element, sure, (Vote(EXPERT, sure, tuple(map(str, one.evidence))),)))
    best = ranked(candidates, page.screen)[:MENTIONED]
    said = anchor.traits.name or str(anchor)
    return Resolved(Target(anchor.traits.name, anchor.traits.role, text=f"{said} (recorded)"), best, FLOOR, MARGIN)


def replaced(one: Weighed, reworded: float) -> float:
    """How likely it is that this is something else in the place of the target, or another of its name, for each time
    that it is the target. What took its place has its role and its neighbours too, so that only what is its own can
    tell; of those of one name, all but the name."""
    other = -OWN * (one.own + CHANGES + TRANSLATED * reworded)
    namesake = -OWN * (one.apart + STAYS)
    return math.exp(min(60.0, max(-60.0, other))) + math.exp(min(60.0, max(-60.0, namesake)))


def _one_by_one(elements: Sequence[Element], odds: Sequence[float], page: Page) -> Iterator[tuple[int, float]]:
    """Places and odds; links of one name to one address are one thing, and stand as the likeliest of them."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, element in enumerate(elements):
        href = element.attributes.get("href", "")
        twin = element.role == "link" and leads_on(href)
        groups.setdefault((element.frame, href, page.called(element)) if twin else (element.ref,), []).append(at)
    for group in groups.values():
        yield max(group, key=lambda at: odds[at]), sum(odds[at] for at in group)


def promising(anchor: Anchor, page: Page) -> Iterator[Element]:
    """The elements that are worth a full look, at most LOOKED_AT: agreement on what few share counts most."""
    was = anchor.traits
    everything = page.sketches if was.kind else page.of_role(was.role)
    if len(everything) <= LOOKED_AT:
        yield from (sketch.element for sketch in everything)
        return
    own, own_loosely = normal(was.name) or f"<{was.role}>", loose(was.name) if was.name else ""
    size = len(everything)
    worth = {kind: math.log(size / max(1, page.keys[kind, value])) + 0.5 for kind, value in was.keys.items()}
    equal = math.log(size / max(1, page.names[own])) + 1 if was.name else 0.5
    top = page.top

    def promise(at: int) -> float:
        sketch = everything[at]
        element = sketch.element
        points = 1.0 if element.role == was.role else 0.0
        if sketch.called == own:
            points += equal
        elif sketch.loosely and sketch.loosely == own_loosely:
            points += 1.0
        for kind, weight in worth.items():
            if sketch.keys.get(kind) == was.keys[kind]:
                points += weight
        if was.spot is not None:
            points += 2.0 / (1.0 + (abs(element.box.x - was.spot.x) + abs(element.box.y - top - was.spot.y)) / 50)
        points += 1.0 / (1.0 + abs(at + 1 - was.order[0]) / 3)
        return points if sketch.kind == was.kind else points - 1.0

    for at in heapq.nlargest(LOOKED_AT, range(size), key=promise):
        yield everything[at].element
