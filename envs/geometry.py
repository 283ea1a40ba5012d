"""Points and boxes that carry their space. This is the only place that converts between spaces.

Spaces: CSS px are measured from the top left corner of the page's visible area (the layout viewport of the top
frame, whatever frame the element lives in); screen px from the top left of the whole desktop; model px of the picture
that a model was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Space(StrEnum):
    CSS = "css"
    SCREEN = "screen"
    MODEL = "model"


class MixedSpaces(TypeError):
    """Two values of different spaces were combined: a bug of the caller."""


def _same(a: Space, b: Space) -> None:
    if a is not b:
        raise MixedSpaces(f"{a} px combined with {b} px")


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    space: Space = Space.CSS

    def distance(self, other: Point) -> float:
        """Euclidean distance in px of the common space. Raises MixedSpaces."""
        _same(self.space, other.space)
        return float(((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5)


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-aligned rectangle; width and height are never negative."""

    x: float
    y: float
    width: float
    height: float
    space: Space = Space.CSS

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise ValueError(f"a box has no negative size: {self.width} x {self.height}")

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2, self.space)

    def contains(self, point: Point) -> bool:
        """Half open, so that boxes side by side share no point. Raises MixedSpaces."""
        _same(self.space, point.space)
        return self.x <= point.x < self.right and self.y <= point.y < self.bottom

    def intersection(self, other: Box) -> Box | None:
        """The common part, None where there is none. Raises MixedSpaces."""
        _same(self.space, other.space)
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, right - x, bottom - y, self.space) if right > x and bottom > y else None

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0..1."""
        common = self.intersection(other)
        if common is None:
            return 0.0
        return common.area / (self.area + other.area - common.area)

    def gap(self, other: Box) -> float:
        """The shortest distance between the two rectangles in px; 0 where they touch. Raises MixedSpaces."""
        _same(self.space, other.space)
        dx = max(0.0, other.x - self.right, self.x - other.right)
        dy = max(0.0, other.y - self.bottom, self.y - other.bottom)
        return float((dx * dx + dy * dy) ** 0.5)

    def to(self, space: Space, scale: float, origin: Point | None = None) -> Box:
        """This box in another space: `scale` px of the new space a px of this one, shifted by `origin` (new space)."""
        dx, dy = (origin.x, origin.y) if origin else (0.0, 0.0)
        if origin is not None:
            _same(origin.space, space)
        return Box(self.x * scale + dx, self.y * scale + dy, self.width * scale, self.height * scale, space)
