"""One observation as anchors ask about it: its controls, how common is what tells them, and the traits of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from envs.observation import Element, Observation
from grounding.index import labelled
from grounding.roles import CELLS, CONTAINERS, DIALOGS, ROWS, interactive
from grounding.scoring import normal
from grounding.screen import Screen, screen_of
from grounding.traits import NAMED, Spot, Traits, address, cut, hand, loose

TEXTS, DEPTH, NEAR = 8, 8, 3
"""Texts of a row that are kept; steps of a path; texts before and after."""
FAR = 1_000_000
"""CSS px; nobody scrolls further."""
RECORD = 40
"""A row, item or card of more elements is a part of the page and no record."""
LEAVES = frozenset({"text", "heading", "label", "legend", "caption", "img", "image", "paragraph"}) | CELLS


@dataclass(frozen=True, slots=True)
class Sketch:
    """An element at a glance: what decides whether it is worth a full look. `called`: its name as names are compared
    (of what has none, its role in brackets); `loosely`: without decoration and numbers."""

    element: Element
    called: str
    loosely: str
    keys: Mapping[str, str]
    kind: str


class Page:
    """One observation as anchors ask about it; worked out when asked, and once."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.observation = screen.observation
        self._siblings: dict[str | None, dict[str, list[str]]] = {}
        self._traits: dict[str, Traits] = {}
        self._names: dict[str, str] = {}

    @cached_property
    def candidates(self) -> tuple[Element, ...]:
        """Controls that can be used, in document order; those behind an open dialog, too, and boxes and file fields
        that only their labels show."""
        return tuple(
            e
            for e in self.observation.elements
            if interactive(e) and ("hidden" not in e.states or hand(e) in {"tick", "file"})
        )

    @cached_property
    def sketches(self) -> tuple[Sketch, ...]:
        """The candidates at a glance, in their order."""
        return tuple(map(self.sketch, self.candidates))

    def sketch(self, element: Element) -> Sketch:
        name = cut(self.name(element))
        called = normal(name) or f"<{element.role}>"
        return Sketch(element, called, loose(name) if name else "", self.keys_of(element), hand(element))

    @cached_property
    def places(self) -> dict[str, int]:
        return {element.ref: at for at, element in enumerate(self.candidates)}

    def of_role(self, role: str) -> tuple[Sketch, ...]:
        """Those of a role that is no control's."""
        return tuple(self.sketch(e) for e in self.observation.elements if e.role == role and "hidden" not in e.states)

    # ------------------------------------------------------------------------------------------ how common

    @cached_property
    def names(self) -> Counter[str]:
        """How many controls are called so (`called`)."""
        return Counter(sketch.called for sketch in self.sketches)

    @cached_property
    def bares(self) -> Counter[str]:
        """The same, without decoration and numbers."""
        return Counter(sketch.loosely for sketch in self.sketches)

    def called(self, element: Element) -> str:
        """The name as names are compared; of what has none, its role in brackets."""
        return normal(cut(self.name(element))) or f"<{element.role}>"

    @cached_property
    def roles(self) -> Counter[str]:
        return Counter(element.role for element in self.candidates)

    @cached_property
    def keys(self) -> Counter[tuple[str, str]]:
        return Counter(pair for sketch in self.sketches for pair in sketch.keys.items())

    @cached_property
    def texts(self) -> Counter[str]:
        """How often each text is written anywhere."""
        return Counter(normal(cut(e.name)) for e in self.observation.elements if e.name and "hidden" not in e.states)

    # ------------------------------------------------------------------------------------------ of one element

    def traits(self, element: Element) -> Traits:
        known = self._traits.get(element.ref)
        if known is None:
            known = self._traits[element.ref] = self._read(element)
        return known

    def _read(self, element: Element) -> Traits:
        before, after = self.near(element)
        origin = element.origin if element.origin and element.origin != self.screen.origin else ""
        return Traits(
            role=element.role,
            name=cut(self.name(element)),
            beside=not element.name and bool(self.name(element)),
            kind=hand(element),
            keys=self.keys_of(element),
            row=self.row(element),
            within=self.within(element),
            before=before,
            after=after,
            path=self.path(element),
            spot=self.spot(element),
            order=(self.places[element.ref] + 1, len(self.candidates)) if element.ref in self.places else (0, 0),
            frame=self._frame(element),
            origin=origin,
            place=element.place if element.place != self.observation.place else "",
        )

    def name(self, element: Element) -> str:
        """What it is called; what is nameless by the text beside it, or by the heads of the cell that it stands in."""
        if element.name:
            return element.name
        known = self._names.get(element.ref)
        if known is None:
            beside = self.screen.labels.get(element.ref) if labelled(element) else None
            known = self._names[element.ref] = beside or self._heads(element)
        return known

    def _heads(self, element: Element) -> str:
        cell = self.screen.cell(element)
        heads = [cell.attributes.get(key, "") for key in ("rowheader", "colheader")] if cell is not None else []
        return " ".join(head for head in heads if head)

    def keys_of(self, element: Element) -> dict[str, str]:
        found = {}
        for key in NAMED:
            value = element.attributes.get(key)
            if value:
                found[key] = address(value, self.observation.url) if key in {"href", "action"} else cut(value)
        return found

    def row(self, element: Element) -> tuple[str, ...]:
        """The texts of the innermost record around it, its own and those of controls that stand in other records too
        left out."""
        for row in self.screen.rows_around(element):
            if row.ref == element.ref:
                continue
            texts = self._record(row)
            if texts is None:
                return ()
            own = normal(cut(self.name(element)))
            told = tuple(text for text in texts if normal(text) != own)
            if told:
                return told[:TEXTS]
        return ()

    def _record(self, row: Element) -> tuple[str, ...] | None:
        known = self.screen.memo.setdefault("records", {})
        if row.ref not in known:
            texts: list[str] = []
            size = 0
            for inner in self.observation.inside(row):
                size += 1
                if size > RECORD:
                    break
                text = cut(inner.name)
                if not text or inner.role in CONTAINERS or "hidden" in inner.states or text in texts:
                    continue
                if inner.role in LEAVES or self.names[normal(text)] == 1:
                    texts.append(text)
            known[row.ref] = tuple(texts) if size <= RECORD else None
        found: tuple[str, ...] | None = known[row.ref]
        return found

    @cached_property
    def rows_with(self) -> Counter[str]:
        """In how many records each text stands."""
        found: Counter[str] = Counter()
        for element in self.observation.elements:
            if element.role in ROWS:
                found.update({normal(text) for text in self._record(element) or ()})
        return found

    def within(self, element: Element) -> tuple[str, ...]:
        held = [
            f"{above.role} {cut(above.name)}".strip()
            for above in self.observation.ancestors(element)
            if above.role in DIALOGS or (above.name and above.role in CONTAINERS)
        ]
        heading = self._heading(element)
        return (*held[:4], *((f"heading {cut(heading.name)}",) if heading is not None and heading.name else ()))

    def _heading(self, element: Element) -> Element | None:
        known = self.screen.memo.setdefault("heads", {})
        if element.ref not in known:
            known[element.ref] = self.screen.heading(element)
        found: Element | None = known[element.ref]
        return found

    @cached_property
    def _written(self) -> tuple[tuple[str, ...], dict[str, int], tuple[Element, ...]]:
        """What stands on the page in document order, by place."""
        shown = [
            e for e in self.observation.elements
            if e.name and "hidden" not in e.states and (e.role in LEAVES or interactive(e))
        ]  # fmt: skip
        return tuple(cut(e.name) for e in shown), {e.ref: at for at, e in enumerate(shown)}, tuple(shown)

    def near(self, element: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The texts before and after it, the nearest first, without those in it and those that hold it."""
        texts, places, shown = self._written
        at = places.get(element.ref)
        if at is None:
            order = self.screen.order[element.ref]
            at = next((n for n, other in enumerate(shown) if self.screen.order[other.ref] >= order), len(shown))
            around = (at - 1, at)
        else:
            around = (at - 1, at + 1)
        own = normal(self.name(element))
        before = self._pick(texts, shown, range(around[0], max(-1, around[0] - 9), -1), element, own)
        after = self._pick(texts, shown, range(around[1], min(len(texts), around[1] + 9)), element, own)
        return before, after

    def _pick(
        self, texts: tuple[str, ...], shown: tuple[Element, ...], places: range, element: Element, own: str
    ) -> tuple[str, ...]:
        found: list[str] = []
        for at in places:
            other = shown[at]
            if other.parent == element.ref or element.parent == other.ref or normal(texts[at]) == own:
                continue
            if texts[at] not in found:
                found.append(texts[at])
            if len(found) == NEAR:
                break
        return tuple(found)

    def path(self, element: Element) -> tuple[str, ...]:
        steps: list[str] = []
        at: Element | None = element
        while at is not None and len(steps) < DEPTH:
            alike = self._like(at)
            steps.append(f"{at.role} {alike.index(at.ref) + 1}/{len(alike)}")
            at = self.observation.get(at.parent) if at.parent is not None else None
        return tuple(steps)

    def _like(self, element: Element) -> list[str]:
        """The refs of its siblings of the same role, itself among them."""
        known = self._siblings.get(element.parent)
        if known is None:
            above = self.observation.get(element.parent) if element.parent is not None else None
            known = self._siblings[element.parent] = {}
            for child in self.observation.children(above):
                known.setdefault(child.role, []).append(child.ref)
        return known.get(element.role, [element.ref])

    @cached_property
    def top(self) -> float:
        """Where the page begins, CSS px; above the window when it is scrolled."""
        return min((e.box.y for e in self.observation.elements if e.box.area), default=0.0)

    def spot(self, element: Element) -> Spot | None:
        box = element.box
        if not box.area:
            return None
        numbers = (box.x, box.y - self.top, box.width, box.height, self.observation.viewport.width)
        return Spot(*(round(max(-FAR, min(FAR, number))) for number in numbers))

    def _frame(self, element: Element) -> str:
        holder = self.observation.get(element.frame) if element.frame else None
        return cut(holder.name or holder.attributes.get("id", "frame")) if holder is not None else ""

    def namesakes(self, element: Element) -> tuple[Element, ...]:
        """All that are called as it is, itself among them, in document order."""
        own = self.called(element)
        return tuple(sketch.element for sketch in self.sketches if sketch.called == own)


def page_of(observation: Observation) -> Page:
    """The page of an observation; kept with its index."""
    memo = screen_of(observation).memo
    if "page" not in memo:
        memo["page"] = Page(screen_of(observation))
    page: Page = memo["page"]
    return page
