"""One moment of a world: where we are, what is on the screen, what happened since the last look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from envs.events import Event
from envs.geometry import Box
from envs.parts import Elements, Part


class Source(StrEnum):
    DOM = "dom"
    AX = "ax"
    ATSPI = "atspi"
    OCR = "ocr"
    VISUAL = "visual"
    FAKE = "fake"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the screen.

    `ref` names the live node and nothing else: it stays the same as long as that node lives and is never given to
    another. `box` is in CSS px of the visible area (browser) or screen px (desktop).

    `states` holds the ARIA states that are true, of: checked, mixed, selected, pressed, expanded, collapsed,
    disabled, focused, required, invalid, readonly, editable, multiline, multiselectable, modal, busy, current,
    haspopup, password, hidden (in the tree and not to be seen), offscreen (to be seen after scrolling), covered
    (another element would take the click), listens (only scripts make it clickable), renamed (its accessible name
    differs from what is rendered).

    `attributes` are what the world itself calls it, where it says so: tag, id, name, type, placeholder, title,
    href, autocomplete, testid, action (the URL its form posts to), level, options (a select's, joined by newlines),
    min, max, pattern, rowheader, colheader, colindex, rowindex, labelled ("1": its name comes from a label),
    download.
    """

    ref: str
    role: str
    name: str
    box: Box
    value: str | None = None
    states: frozenset[str] = frozenset()
    parent: str | None = None
    """The ref of the nearest ancestor that is an element too; None at the top of a window."""
    place: str = "web"
    window: str = ""
    frame: str = ""
    origin: str = ""
    """scheme://host:port of the frame that owns it ("null" where opaque); the program's name on a desktop."""
    source: Source = Source.DOM
    attributes: Mapping[str, str] = field(default_factory=dict)

    def is_(self, *states: str) -> bool:
        """Whether all these states are true of it."""
        return self.states.issuperset(states)

    @property
    def visible(self) -> bool:
        return "hidden" not in self.states

    def __str__(self) -> str:
        return f'{self.role} "{self.name}"' if self.name else self.role


@dataclass(frozen=True)
class Frame:
    """Pixels of a moment: `pixels` has shape (height, width, 3), RGB, uint8; `dirty` are the rectangles that differ
    from the frame before it (empty: not known). `scale` is picture px a CSS (or screen) px."""

    pixels: NDArray[np.uint8]
    scale: float = 1.0
    dirty: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A tab, a pop-up or a desktop window."""

    id: str
    title: str
    url: str = ""
    active: bool = False


def _no_frame() -> Frame:
    raise LookupError("this observation has no picture")


def _no() -> bool:
    return False


@dataclass(frozen=True)
class Observation:
    """One moment.

    `elements` are in document order and made when they are asked for; text that is no control is an element of role
    "text", one a block, with the text of its inline parts joined. `seq` grows by one a look. `document` changes when
    another document is loaded and not when the page changes itself. `events` are those since the observation before.
    """

    seq: int
    place: str
    url: str
    title: str
    elements: Sequence[Element] = ()
    events: tuple[Event, ...] = ()
    document: str = ""
    windows: tuple[Window, ...] = ()
    window: str = ""
    viewport: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    at: float = 0.0
    picture: Callable[[], Frame] = field(default=_no_frame, repr=False, compare=False)
    pending: Callable[[], bool] = field(default=_no, repr=False, compare=False)
    """Whether its picture is on its way: asked for later it will still be of this moment."""

    @cached_property
    def _kept(self) -> Elements:
        return Elements.of(self.elements)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The elements in runs; what did not change since another look is the same object in both."""
        return self._kept.parts

    def get(self, ref: str) -> Element | None:
        return self._kept.get(ref)

    def children(self, element: Element | None) -> tuple[Element, ...]:
        """The elements right below this one; None asks for the roots."""
        return self._kept.children(element.ref if element else None)

    def ancestors(self, element: Element) -> Iterator[Element]:
        """From the parent upwards."""
        parent = element.parent
        while parent is not None and (above := self._kept.get(parent)) is not None:
            yield above
            parent = above.parent

    def inside(self, element: Element) -> Iterator[Element]:
        """All elements below this one, in document order."""
        for child in self.children(element):
            yield child
            yield from self.inside(child)

    @property
    def pictured(self) -> bool:
        """Whether it has pixels."""
        return self.picture is not _no_frame

    def frame(self) -> Frame:
        """The pixels of this moment, taken when first asked for. Raises LookupError where there are none."""
        return self._frame

    @cached_property
    def _frame(self) -> Frame:
        return self.picture()
