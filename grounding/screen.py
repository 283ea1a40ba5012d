"""An index of one observation: rows, sections, open dialogs, labels by layout. Everything is worked out when first
asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from envs.geometry import Box
from envs.observation import Element, Observation
from grounding.roles import CELLS, CONTAINERS, DIALOGS, FIELDS, ROWS, TICKABLE, editable, interactive

_SECTIONS = CONTAINERS - {"rowgroup", "document", "main", "application", "list"}
_LABEL_LEFT, _LABEL_ABOVE, _LABEL_RIGHT = 320.0, 44.0, 60.0
"""CSS px between a field and the text that labels it: to its left, above it, to the right of a box to tick."""


class Screen:
    """Questions about one observation that the experts ask again and again. Never changes; made once an observation."""

    def __init__(self, observation: Observation) -> None:
        self.observation = observation
        self.origin = _main_origin(observation)
        self.order = {element.ref: at for at, element in enumerate(observation.elements)}
        self._rows: dict[str | None, Element | None] = {None: None}
        self._cells: dict[str | None, Element | None] = {None: None}

    @cached_property
    def visible(self) -> tuple[Element, ...]:
        """What can be seen and, while a modal dialog is open, lies inside it."""
        modal = self.modal
        if modal is None:
            return self.seen
        return tuple(e for e in self.seen if e.ref == modal.ref or self.within(e, modal))

    @cached_property
    def seen(self) -> tuple[Element, ...]:
        """What can be seen, behind an open dialog too."""
        return tuple(e for e in self.observation.elements if e.visible)

    @cached_property
    def modal(self) -> Element | None:
        """The topmost open dialog that keeps the rest of the page from being used, if there is one."""
        dialogs = [e for e in self.seen if e.role in DIALOGS]
        for dialog in reversed(dialogs):
            if "modal" in dialog.states or self._blocks(dialog):
                return dialog
        return None

    def _blocks(self, dialog: Element) -> bool:
        """Whether a dialog that does not say that it is modal covers what is outside of it."""
        outside = [e for e in self.seen if interactive(e) and not e.is_("offscreen") and not self.within(e, dialog)]
        return bool(outside) and sum(e.is_("covered") for e in outside) >= 0.8 * len(outside)

    @cached_property
    def veiled(self) -> bool:
        """Whether something lies over most of the controls in view, as a backdrop does and a banner does not."""
        shown = [e for e in self.visible if interactive(e) and not e.is_("offscreen")]
        return sum(e.is_("covered") for e in shown) * 2 >= len(shown) > 1

    def within(self, element: Element, container: Element) -> bool:
        """Whether the element lies below the container in the tree."""
        return any(above.ref == container.ref for above in self.observation.ancestors(element))

    def row(self, element: Element) -> Element | None:
        """The innermost row, list item or card that holds the element (or that it is)."""
        return self._nearest(element, ROWS, self._rows)

    def cell(self, element: Element) -> Element | None:
        """The innermost table cell that holds the element (or that it is)."""
        return self._nearest(element, CELLS, self._cells)

    def _nearest(
        self, element: Element, roles: frozenset[str], known: dict[str | None, Element | None]
    ) -> Element | None:
        path: list[str] = []
        at: Element | None = element
        found: Element | None = None
        while at is not None:
            if at.ref in known:
                found = known[at.ref]
                break
            path.append(at.ref)
            if at.role in roles:
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
        return tuple(e for e in self.visible if e.role == "heading")

    def sections(self, heading: Element) -> tuple[int, int]:
        """The document order that a heading heads, as a half-open range: up to the next of its rank, or its
        container's end."""
        start = self.order[heading.ref]
        ranks = [self.order[h.ref] for h in self.headings if level(h) <= level(heading) and self.order[h.ref] > start]
        end = ranks[0] if ranks else len(self.observation.elements)
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
        places = [self.order[h.ref] for h in self.headings]
        for heading in reversed(self.headings[: bisect_left(places, at)]):
            start, end = self.sections(heading)
            if start < at < end:
                return heading
        return None

    @cached_property
    def texts(self) -> tuple[Element, ...]:
        """Plain text that can be seen, from the top down."""
        found = [e for e in self.visible if e.role in {"text", "label", "legend"} and e.name and e.box.area]
        return tuple(sorted(found, key=lambda e: e.box.center.y))

    @cached_property
    def labels(self) -> dict[str, str]:
        """By ref: the text that labels a field which has no name of its own, judged by where they stand."""
        nameless = [
            e for e in self.visible if not e.name.strip() and (editable(e) or e.role in TICKABLE or e.role == "listbox")
        ]
        middles = [text.box.center.y for text in self.texts]
        found: dict[str, str] = {}
        for field in nameless:
            low = bisect_left(middles, field.box.y - 60)
            high = bisect_left(middles, field.box.bottom + 20)
            options = [(cost, t.name) for t in self.texts[low:high] if (cost := _labels(t.box, field)) is not None]
            if options:
                found[field.ref] = min(options)[1]
        return found

    @cached_property
    def _fields(self) -> dict[tuple[str, str], int]:
        """By row and kind of field: how many of it the row holds."""
        counts: dict[tuple[str, str], int] = {}
        for element in self.visible:
            if (editable(element) or element.role in FIELDS | TICKABLE) and (row := self.row(element)) is not None:
                key = (row.ref, _kind(element))
                counts[key] = counts.get(key, 0) + 1
        return counts

    def only_field(self, element: Element) -> bool:
        """Whether no other field of its kind (to write in, to choose from, to tick) stands in its row."""
        row = self.row(element)
        return row is not None and self._fields.get((row.ref, _kind(element))) == 1


_recent: list[Screen] = []


def screen_of(observation: Observation) -> Screen:
    """The index of an observation; the last few are kept, since experts, hints and readings ask for the same one."""
    for known in _recent:
        if known.observation is observation:
            return known
    screen = Screen(observation)
    _recent[:] = [screen, *_recent[:2]]
    return screen


def _main_origin(observation: Observation) -> str:
    """The origin of the page itself: that of its first element in the top frame, or of its first element at all."""
    top = next((e for e in observation.elements if not e.frame), None)
    first = top or next(iter(observation.elements), None)
    if observation.url.startswith(("http://", "https://")):
        return "/".join(observation.url.split("/", 3)[:3])
    return first.origin if first else ""


def _kind(element: Element) -> str:
    return element.role if element.role in TICKABLE else "field"


def level(heading: Element) -> int:
    """The rank of a heading, 1 the highest; 2 where it does not say."""
    value = heading.attributes.get("level", "")
    return int(value) if value.isascii() and value.isdigit() else 2


def _labels(text: Box, field: Element) -> float | None:
    """How far a text is from where the label of a field stands; None where it stands elsewhere."""
    box = field.box
    if same_line(text, box):
        if field.role in TICKABLE and 0 <= text.x - box.right <= _LABEL_RIGHT:
            return (text.x - box.right) * 0.5
        if 0 <= box.x - text.right <= _LABEL_LEFT:
            return box.x - text.right + (100 if field.role in TICKABLE else 0)
        return None
    above = box.y - text.bottom
    aligned = text.x < box.right and abs(text.x - box.x) <= 24
    return above * 2 + 20 if -2 <= above <= _LABEL_ABOVE and aligned and field.role not in TICKABLE else None


def same_line(a: Box, b: Box) -> bool:
    """Whether two boxes stand on one visual line: they share half the height of the lower one."""
    common = min(a.bottom, b.bottom) - max(a.y, b.y)
    return common > 0 and common >= 0.5 * min(a.height, b.height)


def same_column(a: Box, b: Box) -> bool:
    """Whether two boxes stand one above the other: they share half the width of the narrower one."""
    common = min(a.right, b.right) - max(a.x, b.x)
    return common > 0 and common >= 0.5 * min(a.width, b.width)
