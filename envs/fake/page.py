"""A page of a fake site while it is open: live nodes, where they are, and what an observer sees of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from envs.fake.site import Each, Item, Screen
from envs.geometry import Box
from envs.observation import Element, Source

LINE, INDENT, WIDTH, HEIGHT = 30.0, 20.0, 200.0, 24.0
"""CSS px: from line to line, from parent to child, and the size of an element."""
FIELDS = frozenset({"textbox", "searchbox", "spinbutton", "combobox", "listbox", "slider"})
BOXES = frozenset({"checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio"})
ACROSS = frozenset({"row", "tablist", "menubar", "toolbar"})


@dataclass(frozen=True, slots=True)
class Record:
    """What the server was given: the fields of a page by their keys."""

    kind: str
    fields: Mapping[str, str]
    at: float = 0.0

    def fill(self, words: str) -> str:
        for key, value in self.fields.items():
            words = words.replace(f"{{{key}}}", value)
        return words


@dataclass(eq=False, slots=True)
class Node:
    ref: str
    item: Item
    name: str
    value: str | None
    states: set[str]
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    record: Record | None = None
    dx: float = 0.0
    dy: float = 0.0

    @property
    def writable(self) -> bool:
        """Whether text can be typed into it, readonly or not."""
        return "editable" in self.states or (self.item.role in FIELDS - {"slider", "listbox"} and not self.item.options)

    @property
    def shown(self) -> str | None:
        """Its value as everybody may see it."""
        return "•" * len(self.value) if self.value and "password" in self.states else self.value

    @property
    def attributes(self) -> Mapping[str, str]:
        options = {"options": "\n".join(self.item.options)} if self.item.options else {}
        return {**self.item.attributes, **options}

    @property
    def held(self) -> str:
        """What a form sends of it."""
        return ("on" if "checked" in self.states else "") if self.item.role in BOXES else self.value or ""

    def chain(self) -> Iterator[Node]:
        """Itself and what it is in, upwards."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def __str__(self) -> str:
        return f'{self.item.role} "{self.name}"' if self.name else self.item.role


class Page:
    """One document of one window. `entry` numbers its place in the history; `scroll` is in CSS px."""

    def __init__(self, name: str, screen: Screen, url: str, document: str, entry: int) -> None:
        self.name, self.screen, self.url, self.document, self.entry = name, screen, url, document, entry
        self.roots: list[Node] = []
        self.focus: Node | None = None
        self.scroll = 0.0
        self.scrolled = {0.0}
        """Every offset the page has had: a box seen at one of them has not moved."""
        self._seen: tuple[Element, ...] | None = None

    def nodes(self) -> Iterator[Node]:
        """All of them in document order."""
        yield from _walk(self.roots)

    def node(self, ref: str) -> Node | None:
        return next((node for node in self.nodes() if node.ref == ref), None)

    def find(self, key: str) -> Node | None:
        """The first with this key (or, if it was renamed, this name)."""
        return next((node for node in self.nodes() if key in (node.item.key, node.name)), None)

    def fields(self) -> dict[str, str]:
        """What a form of this page sends."""
        return {node.item.key: node.held for node in self.nodes() if node.item.role in FIELDS | BOXES}

    def modal(self) -> Node | None:
        """The topmost element that takes all input for itself."""
        return next((node for node in reversed(list(self.nodes())) if "modal" in node.states), None)

    def covered(self, node: Node) -> bool:
        modal = self.modal()
        return modal is not None and modal not in node.chain()

    def insert(self, nodes: Iterable[Node], into: Node | None = None, before: Node | None = None) -> None:
        parent = before.parent if before else into
        siblings = parent.children if parent else self.roots
        start = siblings.index(before) if before else len(siblings)
        for offset, node in enumerate(nodes):
            node.parent = parent
            siblings.insert(start + offset, node)
        self.touch()

    def remove(self, node: Node) -> None:
        (node.parent.children if node.parent else self.roots).remove(node)
        if self.focus is not None and node in self.focus.chain():
            self.focus = None
        self.touch()

    def touch(self) -> None:
        """Something changed: the next look reads the page again."""
        self._seen = None

    def scroll_to(self, offset: float, height: float) -> None:
        bottom = max((box.bottom for box in self.boxes().values()), default=0.0)
        self.scroll = max(0.0, min(offset, bottom - height))
        self.scrolled.add(self.scroll)
        self.touch()

    def boxes(self) -> dict[str, Box]:
        """Where every node is, by its ref, in CSS px of the whole page."""
        found: dict[str, Box] = {}
        _lay_out(self.roots, 10.0, 10.0, False, found)
        return found

    def elements(self, place: str, window: str, origin: str, view: Box) -> tuple[Element, ...]:
        """What is seen; the same objects as the last time while nothing has changed."""
        if self._seen is None:
            boxes, modal = self.boxes(), self.modal()
            seen = []
            for node in self.nodes():
                box = _shifted(boxes[node.ref], 0, -self.scroll)
                states = self._states(node)
                if view.intersection(box) is None:
                    states.add("offscreen")
                if modal is not None and modal not in node.chain():
                    states.add("covered")
                seen.append(
                    Element(
                        ref=node.ref,
                        role=node.item.role,
                        name=node.name,
                        box=box,
                        value=node.shown,
                        states=frozenset(states),
                        parent=node.parent.ref if node.parent else None,
                        place=place,
                        window=window,
                        origin=origin,
                        source=Source.FAKE,
                        attributes=node.attributes,
                    )
                )
            self._seen = tuple(seen)
        return self._seen

    def _states(self, node: Node) -> set[str]:
        states = set(node.states)
        if node is self.focus:
            states.add("focused")
        if node.writable and not states & {"disabled", "readonly"}:
            states.add("editable")
        return states


def grow(items: Iterable[Item | Each], records: Sequence[Record], refs: Iterator[int]) -> Iterator[Node]:
    """Live nodes of these items; `Each` becomes one a record."""
    for entry in items:
        if isinstance(entry, Item):
            yield _node(entry, None, records, refs)
        else:
            for record in records:
                if record.kind == entry.kind:
                    yield _node(entry.item, record, records, refs)


def _node(item: Item, record: Record | None, records: Sequence[Record], refs: Iterator[int]) -> Node:
    if record is not None:
        item = replace(item, name=record.fill(item.name), label=record.fill(item.label))
    node = Node(f"e{next(refs)}", item, item.name, item.value, set(item.states), record=record)
    if record is None:
        node.children = list(grow(item.children, records, refs))
    else:
        node.children = [_node(child, record, records, refs) for child in item.children if isinstance(child, Item)]
    for child in node.children:
        child.parent = node
    return node


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _shifted(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x + dx, box.y + dy, box.width, box.height)


def _lay_out(nodes: Iterable[Node], x: float, y: float, across: bool, found: dict[str, Box]) -> tuple[float, float]:
    """Puts the nodes below (or beside) one another from x, y on; returns where the next one would start."""
    for node in nodes:
        right, bottom = x, y
        if node.children:
            inner = x if across or node.item.role in ACROSS else x + INDENT
            right, bottom = _lay_out(node.children, inner, y, node.item.role in ACROSS, found)
            below = [found[child.ref] for child in node.children]
            box = Box(x, y, max(b.right for b in below) - x, max(b.bottom for b in below) - y)
            right, bottom = box.right + 10, max(bottom, box.bottom + LINE - HEIGHT)
        else:
            box = Box(x, y, WIDTH, HEIGHT)
            right, bottom = x + WIDTH + 10, y + LINE
        free = node.item.box
        found[node.ref] = _shifted(free or box, node.dx, node.dy)
        if free is None:
            x, y = (right, y) if across else (x, bottom)
    return x, y
