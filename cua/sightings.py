"""What is seen of a scroll container while it is scrolled through: what is new, what has gone, who may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cua.parts import each_content
from envs.observation import Element, Observation
from envs.scrolling import Scroller
from grounding.grounding import Candidate, Grounding

NEAR = 0.15
"""Of what is to be seen at once: a look shares a fifth with the one before, so what lies nearer together than this was
seen together. Two sightings that are, and not by one look, are of one thing."""
ROWS = frozenset({"row", "listitem", "option", "treeitem", "article", "menuitem"})

Trait = tuple[str, str, str, bool]
"""Role, words, number of the row, and whether it can be seen without scrolling."""


@dataclass(slots=True)
class Sighting:
    """A candidate, and where: `spot` is its middle along the axis, counted from where the content begins; `at` how far
    the container was scrolled. Px."""

    candidate: Candidate
    spot: float
    at: float
    look: int


@dataclass(slots=True)
class Sightings:
    """Of one scroll container, look by look."""

    all: list[Sighting] = field(default_factory=list)
    virtual: bool = False
    """Something that was seen is not there any more: it draws only a part of what it has."""
    _looks: int = 0
    _known: set[tuple[str, str, str]] = field(default_factory=set)
    _now: frozenset[Trait] = frozenset()

    def new(self, screen: Observation) -> bool:
        """Whether this screen shows something that no look has."""
        return any(trait[:3] not in self._known for trait in _traits(screen))

    def moved(self, screen: Observation) -> bool:
        """Whether something is in view on it that was not at the last look."""
        return any(trait[3] and trait not in self._now for trait in _traits(screen))

    def take(self, screen: Observation, answer: Grounding, spot: Scroller) -> bool:
        """Take down one look: whether it shows something new."""
        now = _traits(screen)
        names = {trait[:3] for trait in now}
        new = not names <= self._known
        self.virtual = self.virtual or any(trait[:3] not in names for trait in self._now)
        self._known |= names
        self._now = now
        self._looks += 1
        for candidate in answer.candidates:
            if candidate.confidence >= answer.floor - answer.margin:
                self._sight(candidate, spot)
        return new

    def _sight(self, candidate: Candidate, spot: Scroller) -> None:
        box = candidate.element.box
        middle = spot.at - spot.start + (box.y + box.height / 2 if spot.axis == "y" else box.x + box.width / 2)
        near = [s for s in self.all if s.look < self._looks and abs(s.spot - middle) <= NEAR * spot.part]
        fresh = Sighting(candidate, middle, spot.at, self._looks)
        if near:
            same = min(near, key=lambda sighting: abs(sighting.spot - middle))
            self.all.remove(same)
            if same.candidate.confidence > candidate.confidence:
                fresh = replace(same, look=self._looks)
        self.all.append(fresh)

    def answer(self, one: Grounding) -> Grounding:
        """All candidates as those of one screen would be; `one` is the answer of any look."""
        ranked = sorted((s.candidate for s in self.all), key=lambda candidate: -candidate.confidence)
        return replace(one, candidates=tuple(ranked), hinter=None)

    @property
    def best(self) -> Sighting:
        return max(self.all, key=lambda sighting: sighting.candidate.confidence)

    @property
    def told(self) -> str:
        """How much was seen: "412 rows seen"."""
        rows = sum(role in ROWS for role, _, _ in self._known)
        return f"{rows} rows seen" if rows else f"{len(self._known)} things seen"


def _traits(screen: Observation) -> frozenset[Trait]:
    return frozenset(each_content(screen, "seeking.traits", _part))


def _part(elements: Sequence[Element]) -> tuple[Trait, ...]:  # of a part, worked out once
    inner: dict[str | None, list[str]] = {}
    for element in elements:
        inner.setdefault(element.parent, []).append(element.name)
    found = set()
    for element in elements:
        words = element.name or (" ".join(inner.get(element.ref, ())) if element.role in ROWS else "")
        number = element.attributes.get("rowindex", "")
        if words or number:
            found.add((element.role, words, number, not element.states & {"offscreen", "hidden"}))
    return tuple(found)
