"""Fields that only the text beside them names: which text labels which field, judged by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from envs.geometry import Box
from envs.observation import Element
from grounding.index import HEADLESS, labelled
from grounding.roles import TICKABLE
from grounding.scoring import right_to_left

if TYPE_CHECKING:
    from grounding.screen import Screen

LEFT, ABOVE, RIGHT = 320.0, 44.0, 60.0
"""CSS px between a field and the text that labels it: to its left, above it, to the right of a box to tick."""
INDENT = 48.0
"""CSS px by which a field below its label may be indented."""
OVER, UNDER = 60.0, 20.0
"""CSS px above the top and below the bottom of a field within which the middle of its label lies."""


class Labels:
    """Answers are worked out when asked, and only from the texts around."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._known: dict[str, str | None] = {}

    def get(self, ref: str) -> str | None:
        """The text that labels the field with this ref; None where it has a name of its own or nothing labels it."""
        if ref not in self._known:
            field = self._screen.observation.get(ref)
            labelled_ = field is not None and labelled(field) and self._screen.usable(field)
            self._known[ref] = self._of(field) if field is not None and labelled_ else None
        return self._known[ref]

    def _of(self, field: Element) -> str | None:
        best: tuple[float, str] | None = None
        cell = self._screen.cell(field)
        headed = cell is not None and "colheader" in cell.attributes
        low, high = field.box.y - OVER, field.box.bottom + UNDER
        for index in self._screen.indexes:
            texts = index.texts
            if not texts or texts[-1][0] < low or texts[0][0] >= high:
                continue
            for at in range(bisect_left(texts, (low, -1)), bisect_left(texts, (high, -1))):
                text = index.elements[texts[at][1]]
                if headed and text.role in HEADLESS:
                    continue
                cost = _labels(text, field)
                if cost is not None and (best is None or (cost, text.name) < best) and self._screen.usable(text):
                    best = cost, text.name
        return best[1] if best is not None else None

    @property
    def wanted(self) -> bool:
        """Whether there is any field that only a text beside it could name."""
        return bool(self._fields)

    @cached_property
    def _fields(self) -> tuple[tuple[Element, ...], ...]:
        return tuple(index.fields for index in self._screen.indexes if index.fields)

    def beside(self, text: Element) -> Iterator[Element]:
        """The fields that stand where this text may label them, though another may do so better."""
        middle = text.box.center.y
        for fields in self._fields:
            for field in fields:
                if field.box.y - OVER <= middle < field.box.bottom + UNDER and _labels(text, field) is not None:
                    yield field


def _labels(label: Element, field: Element) -> float | None:
    """How far a text is from where the label of a field stands; None where it stands elsewhere. Where people write from
    right to left, all stands the other way round."""
    text, box = label.box, field.box
    if right_to_left(label.name):
        text, box = _mirrored(text), _mirrored(box)
    if same_line(text, box):
        if field.role in TICKABLE and 0 <= text.x - box.right <= RIGHT:
            return (text.x - box.right) * 0.5
        if 0 <= box.x - text.right <= LEFT:
            return box.x - text.right + (100 if field.role in TICKABLE else 0)
        return None
    above = box.y - text.bottom
    aligned = text.x < box.right and abs(text.x - box.x) <= INDENT
    return above * 2 + 20 if -2 <= above <= ABOVE and aligned and field.role not in TICKABLE else None


def _mirrored(box: Box) -> Box:
    return Box(-box.right, box.y, box.width, box.height, box.space)


def same_line(a: Box, b: Box) -> bool:
    """Whether two boxes stand on one visual line: they share half the height of the lower one."""
    common = min(a.bottom, b.bottom) - max(a.y, b.y)
    return common > 0 and common >= 0.5 * min(a.height, b.height)
