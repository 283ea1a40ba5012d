"""What a stretch of a screen can be asked for, kept with its parts: what did not change is never looked at again."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from functools import cached_property

from envs.observation import Element
from envs.parts import Part
from grounding.roles import CELLS, DIALOGS, TICKABLE, editable, interactive
from grounding.sieve import Texts
from grounding.vocabulary import of_symbol

KEY = "grounding"
"""Under which an index lies in a part's memo."""
STRETCH, LONGEST = 16, 256
"""Of so many parts one begins a new stretch, on average; elements of a stretch of more than one part."""
TEXTUAL = frozenset({"text", "label", "legend"})
"""Roles of plain text that may label a field beside it."""
HEADLESS = frozenset({"cell", "gridcell", "rowheader", "term"})
"""Roles of what labels the field beside it in a layout table, which has no heads of columns."""
LABELLING = TEXTUAL | HEADLESS
TOLD = ("alt", "title", "testid", "name", "id")
"""Attributes that controls are called by when names say nothing."""


class Index:
    """The visible elements of a stretch, by what they are called and what they are. Numbers are places within it."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        self.roles: dict[str, list[int]] = {}
        self.nameless: list[int] = []
        self._shown: dict[str, list[int]] = {}
        for at, element in enumerate(elements):
            states = element.states
            if states and "hidden" in states:
                continue
            role, name = element.role, element.name
            self.roles.setdefault(role, []).append(at)
            if name and not name.isspace():
                self._shown.setdefault(name, []).append(at)
            else:
                self.nameless.append(at)
            if name and not name[0].isalnum():
                for word in spoken(element):
                    self._shown.setdefault(word, []).append(at)
            if "placeholder" in element.attributes:
                self._shown.setdefault(element.attributes["placeholder"], []).append(at)
            if role == "button" and element.value:
                self._shown.setdefault(element.value, []).append(at)

    @cached_property
    def places(self) -> dict[str, int]:
        """By ref."""
        return {element.ref: at for at, element in enumerate(self.elements)}

    @cached_property
    def visible(self) -> tuple[int, ...]:
        return tuple(at for at, element in enumerate(self.elements) if "hidden" not in element.states)

    def having(self, state: str) -> tuple[int, ...]:
        """What can be seen and is in this state."""
        return self._states.get(state, ())

    @cached_property
    def _states(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for at in self.visible:
            for state in self.elements[at].states:
                found.setdefault(state, []).append(at)
        return {state: tuple(places) for state, places in found.items()}

    @cached_property
    def files(self) -> tuple[int, ...]:
        return tuple(at for at in self.visible if self.elements[at].attributes.get("type") == "file")

    def of_role(self, *roles: str) -> Iterator[Element]:
        for role in roles:
            for at in self.roles.get(role, ()):
                yield self.elements[at]

    @cached_property
    def dialogs(self) -> tuple[Element, ...]:
        return tuple(sorted(self.of_role(*DIALOGS), key=lambda e: self.places[e.ref]))

    @cached_property
    def headings(self) -> tuple[Element, ...]:
        return tuple(self.of_role("heading"))

    @cached_property
    def in_view(self) -> tuple[Element, ...]:
        """Controls that are to be seen without scrolling."""
        return tuple(e for at in self.visible if interactive(e := self.elements[at]) and "offscreen" not in e.states)

    # ------------------------------------------------------------------------------------------ by what it is called

    @cached_property
    def shown(self) -> Texts:
        """Names, what stands on buttons and in empty fields, heads of the cells around what has no name."""
        holders = {text: list(places) for text, places in self._shown.items()}
        for at, heads in self._headed.items():
            for head in heads:
                holders.setdefault(head, []).append(at)
        return Texts(holders)

    @cached_property
    def columns(self) -> Texts:
        """Cells by the heads of their columns."""
        return self._texts(
            (at, head)
            for role in CELLS - {"columnheader"}
            for at in self.roles.get(role, ())
            if (head := self.elements[at].attributes.get("colheader"))
        )

    @cached_property
    def held(self) -> Texts:
        """Fields by what is entered in them, but for passwords."""
        return self._texts(
            (at, e.value)
            for at in self.visible
            if (e := self.elements[at]).value and (editable(e) or e.role == "combobox") and not e.is_("password")
        )

    @cached_property
    def called(self) -> Texts:
        """Controls and pictures by their attributes."""
        return self._texts(
            (at, text)
            for at in self.visible
            if (e := self.elements[at]).attributes and (interactive(e) or e.role in {"img", "image"})
            for key in TOLD
            if (text := e.attributes.get(key))
        )

    @staticmethod
    def _texts(pairs: Iterator[tuple[int, str]]) -> Texts:
        holders: dict[str, list[int]] = {}
        for at, text in pairs:
            holders.setdefault(text, []).append(at)
        return Texts(holders)

    # ------------------------------------------------------------------------------------------ what has no name

    @cached_property
    def fields(self) -> tuple[Element, ...]:
        """Fields without a name, which a text beside them may label."""
        return tuple(e for at in self.nameless if labelled(e := self.elements[at]))

    @cached_property
    def texts(self) -> tuple[tuple[float, int], ...]:
        """Plain text and what else may label a field: the height of its middle and its place, from the top down."""
        around = {element.parent for element in self.elements if interactive(element)}
        return tuple(
            sorted(
                (e.box.center.y, self.places[e.ref])
                for e in self.of_role(*LABELLING)
                if e.name and e.box.area and e.ref not in around and may_label(e)
            )
        )

    @cached_property
    def _headed(self) -> dict[int, tuple[str, ...]]:
        """The heads of the table cell around (or that is) each nameless thing, as far as this stretch knows them."""
        return self._cells[0]

    @cached_property
    def outside(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Nameless things whose cell, if they are in one, lies outside: by the ref to go on from."""
        return tuple((ref, tuple(places)) for ref, places in self._cells[1].items())

    @cached_property
    def _cells(self) -> tuple[dict[int, tuple[str, ...]], dict[str, list[int]]]:
        heads: dict[int, tuple[str, ...]] = {}
        open_: dict[str, list[int]] = {}
        for at in self.nameless:
            element = self.elements[at]
            if not (interactive(element) or element.role in CELLS):
                continue
            cell: Element | None = element
            above: str | None = None
            while cell is not None and cell.role not in CELLS:
                above = cell.parent
                place = self.places.get(above) if above is not None else None
                cell = self.elements[place] if place is not None else None
            own = [element.attributes.get(key) for key in ("colheader", "rowheader")]
            held = [cell.attributes.get(key) for key in ("colheader", "rowheader")] if cell is not None else []
            heads[at] = tuple(head for head in (*own, *held) if head)
            if cell is None and above is not None:
                open_.setdefault(above, []).append(at)
        return heads, open_


def may_label(element: Element) -> bool:
    """Whether it is text that may say what the field beside it is; a cell only where the table has no heads."""
    role = element.role
    return role in TEXTUAL or (role in HEADLESS and "colheader" not in element.attributes)


def labelled(element: Element) -> bool:
    """Whether it is a field without a name: one that a text beside it may label."""
    if element.name.strip():
        return False
    return editable(element) or element.role in TICKABLE or element.role == "listbox"


def spoken(element: Element) -> tuple[str, ...]:
    """What something that shows only a symbol is called: by the symbol, and by the title that explains it."""
    if not element.name or any(map(str.isalnum, element.name)) or not interactive(element):
        return ()
    title = element.attributes.get("title", "")
    return (*of_symbol(element.name), *((title,) if title else ()))


def indexes_of(parts: Sequence[Part]) -> tuple[Index, ...]:
    """The indexes of an observation's parts, a stretch of neighbouring ones each, in document order.

    Parts are small (a row of a table), so that asking each would cost more than what is found; a stretch is as long as
    is cheap to index anew when one of its parts has changed. Where a stretch begins is a matter of the part that it
    begins with, so that one that is put in or taken out moves no other.
    """
    collecting = gc.isenabled()
    gc.disable()  # many small objects that all stay: collecting on the way doubles the time
    try:
        return tuple(_index(stretch) for stretch in _stretches(parts))
    finally:
        if collecting:
            gc.enable()


def _stretches(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    start, size = 0, 0
    for at, part in enumerate(parts):
        if size and (size + part.size > LONGEST or _begins(part)):
            yield tuple(parts[start:at])
            start, size = at, 0
        size += part.size
    if start < len(parts):
        yield tuple(parts[start:])


def _begins(part: Part) -> bool:
    return (id(part) * 2_654_435_761 >> 16) % STRETCH == 0


def _index(parts: tuple[Part, ...]) -> Index:
    """Kept with the first of its parts, as long as all of them are what they were."""
    known = parts[0].memo.get(KEY)
    if known is None or known[0] != parts:
        known = parts[0].memo[KEY] = (parts, Index([element for part in parts for element in part.elements]))
    index: Index = known[1]
    return index
