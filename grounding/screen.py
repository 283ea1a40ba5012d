"""One observation as the experts ask about it: what is called so, rows, sections, open dialogs, labels by layout.

Everything is worked out when first asked, and from the indexes of the observation's parts (index.py), so that what an
answer costs grows with what it finds and not with the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from envs.geometry import Box
from envs.observation import Element, Observation
from grounding.index import Index, indexes_of, may_label
from grounding.labels import Labels, same_line
from grounding.roles import CELLS, CONTAINERS, FIELDS, ROWS, TICKABLE, answering, editable, interactive
from grounding.sieve import Sieve

__all__ = ["Screen", "level", "same_column", "same_line", "screen_of"]

_SECTIONS = CONTAINERS - {"rowgroup", "document", "main", "application", "list"}


Placed = Sequence[tuple[int, Element]]
"""Elements with their places in the document, in its order. Whether they can be used is not looked at."""


class _Order:
    """Document order by ref; asked for the few elements that an answer is about."""

    def __init__(self, indexes: Sequence[Index], offsets: Sequence[int]) -> None:
        self._indexes = indexes
        self._offsets = offsets
        self.known: dict[str, int] = {}

    def __getitem__(self, ref: str) -> int:
        at = self.known.get(ref)
        if at is None:
            for offset, index in zip(self._offsets, self._indexes, strict=True):
                if (place := index.places.get(ref)) is not None:
                    at = self.known[ref] = offset + place
                    break
            else:
                raise KeyError(ref)
        return at

    def get(self, ref: str, otherwise: int) -> int:
        if (at := self.known.get(ref)) is not None:
            return at
        try:
            return self[ref]
        except KeyError:
            return otherwise


class Screen:
    """Questions about one observation that the experts ask again and again. Never changes; made once an observation."""

    def __init__(self, observation: Observation) -> None:
        self.observation = observation
        self.indexes = indexes_of(observation.parts)
        sizes = list(accumulate((len(index.elements) for index in self.indexes), initial=0))
        self.size = sizes.pop()
        self.order = _Order(self.indexes, sizes)
        self.labels = Labels(self)
        self.memo: dict[Any, Any] = {}
        """For the experts, to keep what they have worked out of this screen."""
        self._offsets = sizes
        self._reacting: dict[str | None, Element | None] = {None: None}
        self._rows: dict[str | None, Element | None] = {None: None}
        self._cells: dict[str | None, Element | None] = {None: None}
        self._alone: dict[str, dict[str, int]] = {}

    @cached_property
    def origin(self) -> str:
        """The origin of the page itself: that of its first element in the top frame, or of its first element at all."""
        url = self.observation.url
        if url.startswith(("http://", "https://")):
            return "/".join(url.split("/", 3)[:3])
        everything = (element for index in self.indexes for element in index.elements)
        first = next(everything, None)
        if first is None or not first.frame:
            return first.origin if first else ""
        return next((element.origin for element in everything if not element.frame), first.origin)

    # ------------------------------------------------------------------------------------------ what may be meant

    def called(self, sieve: Sieve, slipped: bool = False, held: bool = False, columns: bool = False) -> Placed:
        """What bears a text that could be like the wanted words: by name, by what is shown as one, by the text beside
        it. `slipped`: words spelled wrong, too. `held`: fields by their contents. `columns`: cells by their columns."""
        kinds = ["shown"] + ["held"] * held + ["columns"] * columns
        found = self._placed(
            lambda index: (at for kind in kinds for at in getattr(index, kind).holders(sieve, slipped))
        )
        beside = {
            self.order[field.ref]: field
            for _, text in (found if self.labels.wanted else ())
            if may_label(text)
            for field in self.labels.beside(text)
        }
        others = {**self._headed_outside, **beside}
        return found if not others else sorted({**others, **dict(found)}.items())

    def attributed(self, sieve: Sieve, slipped: bool = False) -> Placed:
        """Controls and pictures that an attribute calls like the wanted words."""
        return self._placed(lambda index: index.called.holders(sieve, slipped))

    def answering(self, role: str) -> Placed:
        """What a person may mean by a role word."""
        roles, states = answering(role)

        def places(index: Index) -> Iterator[int]:
            for name in roles:
                yield from index.roles.get(name, ())
            for state in states:
                yield from index.files if state == "file" else index.having(state)

        return self._placed(places)

    def everything(self) -> Placed:
        return self._placed(lambda index: index.visible)

    def _placed(self, places: Callable[[Index], Iterable[int]]) -> list[tuple[int, Element]]:
        found: list[tuple[int, Element]] = []
        for offset, index in zip(self._offsets, self.indexes, strict=True):
            chosen = places(index)
            elements = index.elements
            found += [(offset + at, elements[at]) for at in sorted({*chosen})]
        return found

    @cached_property
    def _headed_outside(self) -> dict[int, Element]:
        """Nameless things in a table cell with heads that lies in another part than they."""
        found: dict[int, Element] = {}
        for offset, index in zip(self._offsets, self.indexes, strict=True):
            for ref, places in index.outside:
                above = self.observation.get(ref)
                cell = self.cell(above) if above is not None else None
                if cell is not None and not {"colheader", "rowheader"}.isdisjoint(cell.attributes):
                    found |= {offset + at: index.elements[at] for at in places}
        return found

    # ------------------------------------------------------------------------------------------ what can be used

    def usable(self, element: Element) -> bool:
        """Whether it can be seen and, while a modal dialog is open, lies inside it."""
        if "hidden" in element.states:
            return False
        modal = self.modal
        return modal is None or element.ref == modal.ref or self.within(element, modal)

    def _usable(self, elements: list[Element]) -> list[Element]:
        return elements if self.modal is None else [e for e in elements if self.usable(e)]

    @cached_property
    def visible(self) -> tuple[Element, ...]:
        """Everything that can be used; asked for by hints alone."""
        return tuple(self._usable(list(self.seen)))

    @cached_property
    def seen(self) -> tuple[Element, ...]:
        """What can be seen, behind an open dialog too."""
        return tuple(index.elements[at] for index in self.indexes for at in index.visible)

    @cached_property
    def modal(self) -> Element | None:
        """The topmost open dialog that keeps the rest of the page from being used, if there is one."""
        for index in reversed(self.indexes):
            for dialog in reversed(index.dialogs):
                if "modal" in dialog.states or self._blocks(dialog):
                    return dialog
        return None

    def _blocks(self, dialog: Element) -> bool:
        """Whether a dialog that does not say that it is modal covers what is outside of it."""
        outside = [e for index in self.indexes for e in index.in_view if not self.within(e, dialog)]
        return bool(outside) and sum(e.is_("covered") for e in outside) >= 0.8 * len(outside)

    @cached_property
    def veiled(self) -> bool:
        """Whether something lies over most of the controls in view, as a backdrop does and a banner does not."""
        shown = self._usable([e for index in self.indexes for e in index.in_view])
        return sum(e.is_("covered") for e in shown) * 2 >= len(shown) > 1

    # ------------------------------------------------------------------------------------------ how it lies

    def within(self, element: Element, container: Element) -> bool:
        """Whether the element lies below the container in the tree."""
        return any(above.ref == container.ref for above in self.observation.ancestors(element))

    def row(self, element: Element) -> Element | None:
        """The innermost row, list item or card that holds the element (or that it is)."""
        return self._nearest(element, _is_row, self._rows)

    def cell(self, element: Element) -> Element | None:
        """The innermost table cell that holds the element (or that it is)."""
        return self._nearest(element, _is_cell, self._cells)

    def reacting(self, element: Element) -> Element | None:
        """The innermost control that holds the element (or that it is): a click on it reaches that."""
        return self._nearest(element, interactive, self._reacting)

    def _nearest(
        self, element: Element, fits: Callable[[Element], bool], known: dict[str | None, Element | None]
    ) -> Element | None:
        path: list[str] = []
        at: Element | None = element
        found: Element | None = None
        while at is not None:
            if at.ref in known:
                found = known[at.ref]
                break
            path.append(at.ref)
            if fits(at):
                found = at
                break
            at = self.observation.get(at.parent) if at.parent is not None else None
        for ref in path:
            known[ref] = found
        return found

    def rows_around(self, element: Element) -> Iterator[Element]:
        """All rows, list items and cards that hold it, from the innermost outwards."""
        row = self.row(element)
        while row is not None:
            yield row
            above = self.observation.get(row.parent) if row.parent is not None else None
            row = self.row(above) if above is not None else None

    @cached_property
    def headings(self) -> tuple[Element, ...]:
        return tuple(self._usable([e for index in self.indexes for e in index.headings]))

    @cached_property
    def _heading_places(self) -> list[int]:
        return [self.order[heading.ref] for heading in self.headings]

    def sections(self, heading: Element) -> tuple[int, int]:
        """The document order that a heading heads, as a half-open range: up to the next of its rank, or its
        container's end."""
        start, rank = self.order[heading.ref], level(heading)
        after = range(bisect_right(self._heading_places, start), len(self.headings))
        end = next((self._heading_places[at] for at in after if level(self.headings[at]) <= rank), self.size)
        holder = next((a for a in self.observation.ancestors(heading) if a.role in _SECTIONS), None)
        return start, min(end, self.end(holder)) if holder is not None else end

    def end(self, container: Element) -> int:
        """The document order behind the last element in a container."""
        last, inner = container, self.observation.children(container)
        while inner:
            last = inner[-1]
            inner = self.observation.children(last)
        return self.order[last.ref] + 1

    def heading(self, element: Element) -> Element | None:
        """The nearest heading above the element, in document order, whose section it lies in."""
        at = self.order[element.ref]
        for heading in reversed(self.headings[: bisect_left(self._heading_places, at)]):
            start, end = self.sections(heading)
            if start < at < end:
                return heading
        return None

    def only_field(self, element: Element) -> bool:
        """Whether no other field of its kind (to write in, to choose from, to tick) stands in its row."""
        row = self.row(element)
        return row is not None and self._fields(row).get(_kind(element)) == 1

    def _fields(self, row: Element) -> dict[str, int]:
        """By kind of field: how many of it the row holds."""
        counts = self._alone.get(row.ref)
        if counts is None:
            counts = self._alone[row.ref] = {}
            for element in (row, *self.observation.inside(row)):
                counted = editable(element) or element.role in FIELDS | TICKABLE
                if counted and self.usable(element) and (own := self.row(element)) is not None and own.ref == row.ref:
                    counts[_kind(element)] = counts.get(_kind(element), 0) + 1
        return counts


_recent: list[Screen] = []


def screen_of(observation: Observation) -> Screen:
    """The index of an observation; the last few are kept, since experts, hints and readings ask for the same one."""
    for known in _recent:
        if known.observation is observation:
            return known
    screen = Screen(observation)
    _recent[:] = [screen, *_recent[:2]]
    return screen


def _is_row(element: Element) -> bool:
    return element.role in ROWS


def _is_cell(element: Element) -> bool:
    return element.role in CELLS


def _kind(element: Element) -> str:
    return element.role if element.role in TICKABLE else "field"


def level(heading: Element) -> int:
    """The rank of a heading, 1 the highest; 2 where it does not say."""
    value = heading.attributes.get("level", "")
    return int(value) if value.isascii() and value.isdigit() else 2


def same_column(a: Box, b: Box) -> bool:
    """Whether two boxes stand one above the other: they share half the width of the narrower one."""
    common = min(a.right, b.right) - max(a.x, b.x)
    return common > 0 and common >= 0.5 * min(a.width, b.width)
