"""A picture of an answer: the screen with its candidates drawn over it, numbered, each with its confidence.

Green and filled: the one that is meant. Amber: those between which nothing decides. Blue, thin: the others. What is
not in view is told in a strip below the picture, with the way there.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from envs.geometry import Box
from envs.observation import Observation
from grounding.choice import tied
from grounding.grounding import Candidate, Grounding

MOST = 24
"""Candidates that are drawn; more would hide the screen."""
TEXT, LINE = 13, 18
"""Size of letters and height of lines, CSS px."""
WRITTEN = 10.0
"""What it costs to cover something, in px² of a candidate for each step of grey that the screen varies there."""
_PAPER, _INK, _WHITE = (24, 27, 32), (235, 238, 242), (255, 255, 255)
_PLACES = ((0, -1), (0, 1), (1, 0), (-1, 0), (0, 0))
"""Where a label is tried around its box, in sizes of itself: above, below, right, left, inside."""

Rectangle = tuple[float, float, float, float]


class Standing(Enum):
    """How a candidate came out: colour, width of its line and how opaque it is filled (0..255)."""

    MEANT = ((17, 138, 60), 4, 46)
    TIED = ((196, 92, 0), 3, 30)
    OTHER = ((30, 96, 200), 2, 0)

    @property
    def colour(self) -> tuple[int, int, int]:
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Mark:
    """One candidate on the picture; `number` as in the list that is printed beside it, from 1."""

    number: int
    candidate: Candidate
    standing: Standing

    @property
    def label(self) -> str:
        return f"{self.number}  {self.candidate.confidence:.2f}"


def painted(answer: Grounding, observation: Observation, mask: Sequence[Box] = ()) -> bytes:
    """The screen with the candidates of an answer about it, as PNG; the boxes of `mask` (CSS or screen px) are black.

    Raises LookupError where the observation has no picture.
    """
    frame = observation.frame()
    scale = frame.scale
    image = Image.fromarray(frame.pixels).convert("RGB")
    _black_out(image, mask, scale)
    drawn = marks(answer)
    shown = [mark for mark in drawn if in_view(mark.candidate, observation)]
    away = [mark for mark in drawn if not in_view(mark.candidate, observation)]
    _draw(image, shown, scale)
    image = _with_strip(image, _told(answer, away, observation), scale)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def marks(answer: Grounding) -> tuple[Mark, ...]:
    """The candidates of an answer as they are drawn and numbered, from the best down."""
    close = {c.element.ref for c in tied(answer.candidates, answer.margin)} if answer.found else set()
    out = []
    for number, candidate in enumerate(answer.candidates[:MOST], 1):
        standing = Standing.TIED if candidate.element.ref in close else Standing.OTHER
        out.append(Mark(number, candidate, Standing.MEANT if answer.sure and number == 1 else standing))
    return tuple(out)


def in_view(candidate: Candidate, observation: Observation) -> bool:
    """Whether some of it can be seen without scrolling."""
    element = candidate.element
    return element.visible and "offscreen" not in element.states and _seen(element.box, observation.viewport)


def _seen(box: Box, view: Box) -> bool:
    return box.x < view.right and box.y < view.bottom and box.right > view.x and box.bottom > view.y


def _black_out(image: Image.Image, mask: Sequence[Box], scale: float) -> None:
    pen = ImageDraw.Draw(image)
    for box in mask:
        left, top = math.floor(box.x * scale), math.floor(box.y * scale)
        right, bottom = math.ceil(box.right * scale), math.ceil(box.bottom * scale)
        if right > left and bottom > top:
            pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))


def _draw(image: Image.Image, shown: Sequence[Mark], scale: float) -> None:
    """Boxes from the worst up, so that the best lies on top; labels from the best down, which gets its place first."""
    for mark in reversed(shown):
        _outline(image, mark, scale)
    font = _font(scale)
    pen = ImageDraw.Draw(image)
    boxes = [_rectangle(mark.candidate.element.box, scale) for mark in shown]
    taken: list[Rectangle] = []
    grey = np.asarray(image.convert("L"))
    for mark, box in zip(shown, boxes, strict=True):
        size = _size(mark.label, font, scale)
        place = _free(box, size, grey, taken, boxes)
        taken.append(place)
        pen.rectangle(place, fill=mark.standing.colour, outline=_WHITE)
        pen.text((place[0] + 5 * scale, place[1] + 1 * scale), mark.label, fill=_WHITE, font=font)


def _outline(image: Image.Image, mark: Mark, scale: float) -> None:
    colour, width, opacity = mark.standing.value
    left, top, right, bottom = _rectangle(mark.candidate.element.box, scale)
    line = max(1, round(width * scale))
    around = (left - line, top - line, right + line - 1, bottom + line - 1)
    if opacity:
        inside = (
            max(0, round(left)),
            max(0, round(top)),
            min(image.width, round(right)),
            min(image.height, round(bottom)),
        )
        if inside[2] > inside[0] and inside[3] > inside[1]:
            part = image.crop(inside)
            image.paste(Image.blend(part, Image.new("RGB", part.size, colour), opacity / 255), inside[:2])
    pen = ImageDraw.Draw(image)
    pen.rectangle((around[0] - 1, around[1] - 1, around[2] + 1, around[3] + 1), outline=_WHITE, width=line + 1)
    pen.rectangle(around, outline=colour, width=line)


def _free(
    box: Rectangle, size: tuple[float, float], grey: NDArray[np.uint8], taken: Sequence[Rectangle],
    boxes: Sequence[Rectangle],
) -> Rectangle:  # fmt: skip
    """Where a label fits best: on the picture, off other labels, on as little of any candidate and of what is written
    on the screen as can be."""
    width, height = size
    left, top, right, bottom = box
    most = grey.shape[1] - width - 1, grey.shape[0] - height - 1
    places: list[tuple[float, Rectangle]] = []
    for rank, (dx, dy) in enumerate(_PLACES):
        x = right + 4 if dx > 0 else left - width - 4 if dx < 0 else left
        y = top - height - 4 if dy < 0 else bottom + 4 if dy > 0 else top
        x, y = min(max(0.0, x), most[0]), min(max(0.0, y), most[1])
        place = (x, y, x + width, y + height)
        cost = 1000 * sum(_common(place, other) for other in taken) + sum(_common(place, other) for other in boxes)
        written = float(grey[int(y) : int(y + height), int(x) : int(x + width)].std())
        places.append((cost + WRITTEN * written + rank, place))
    return min(places)[1]


def _common(a: Rectangle, b: Rectangle) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _rectangle(box: Box, scale: float) -> Rectangle:
    return box.x * scale, box.y * scale, box.right * scale, box.bottom * scale


def _told(answer: Grounding, away: Sequence[Mark], observation: Observation) -> list[str]:
    """What the picture itself cannot show."""
    lines = [
        f"{mark.label}  {mark.candidate.element.role}: {whereabouts(mark.candidate, observation)}" for mark in away
    ]
    more = len(answer.candidates) - MOST
    if more > 0:
        lines.append(f"and {more} more that are not drawn")
    if not answer.candidates:
        lines.append("nothing here is like it")
    return lines


def whereabouts(candidate: Candidate, observation: Observation) -> str:
    """Which way a candidate lies that is not in view, and how far, CSS px."""
    box, view = candidate.element.box, observation.viewport
    ways = (
        ("below", box.y - view.bottom),
        ("above", view.y - box.bottom),
        ("to the right", box.x - view.right),
        ("to the left", view.x - box.right),
    )
    said = [f"{max(1, round(far))} px {way}" for way, far in ways if far >= 0]
    return f"not in view, {' and '.join(said)}" if said else "not in view, inside something that scrolls"


def _with_strip(image: Image.Image, lines: Sequence[str], scale: float) -> Image.Image:
    if not lines:
        return image
    font = _font(scale)
    height = round((LINE * len(lines) + 12) * scale)
    out = Image.new("RGB", (image.width, image.height + height), _PAPER)
    out.paste(image, (0, 0))
    pen = ImageDraw.Draw(out)
    for number, line in enumerate(lines):
        pen.text((10 * scale, image.height + (6 + number * LINE) * scale), line, fill=_INK, font=font)
    return out


def _font(scale: float) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(TEXT * scale)


def _size(text: str, font: ImageFont.ImageFont | ImageFont.FreeTypeFont, scale: float) -> tuple[float, float]:
    return font.getlength(text) + 10 * scale, LINE * scale
