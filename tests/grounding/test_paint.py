"""The picture of an answer: what is meant stands out, what must not be seen is black, what is out of view is told."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from envs.geometry import Box
from envs.observation import Frame, Observation
from grounding import Grounder
from grounding.paint import MOST, Standing, in_view, marks, painted, whereabouts
from tests.grounding.screens import Page, save_row

GROUNDER = Grounder()


def screen(page: Page, scale: float = 1.0) -> Observation:
    """The page on white paper."""
    seen = page.seen()
    size = (round(seen.viewport.height * scale), round(seen.viewport.width * scale), 3)
    frame = Frame(np.full(size, 255, np.uint8), scale)
    return replace(seen, picture=lambda: frame)


def picture(target: str, seen: Observation, mask: tuple[Box, ...] = ()) -> NDArray[np.uint8]:
    data = painted(GROUNDER.ground(target, seen), seen, mask)
    assert data.startswith(b"\x89PNG")
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def colours(pixels: NDArray[np.uint8], box: Box, scale: float = 1.0) -> set[tuple[int, ...]]:
    """Those just outside of a box, to the left of its middle."""
    y, x = round(box.center.y * scale), round(box.x * scale)
    return {tuple(map(int, pixels[y, at])) for at in range(x - 8, x)}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_one_that_is_meant_is_green_and_the_others_blue(scale: float) -> None:
    page = Page()
    page.line(x=60)
    save = page.put("button", "Save")
    page.line(x=60, gap=80)
    other = page.put("button", "Save and close")
    seen = screen(page, scale)
    pixels = picture("Save", seen)
    assert pixels.shape[:2] == (720 * scale, 1280 * scale)
    assert Standing.MEANT.colour in colours(pixels, save.box, scale)
    assert Standing.OTHER.colour in colours(pixels, other.box, scale)


def test_those_that_cannot_be_told_apart_are_amber_and_none_is_green() -> None:
    page = Page()
    page.line(x=60)
    one = page.put("button", "Add")
    page.line(x=60, gap=80)
    two = page.put("button", "Add")
    pixels = picture("Add", screen(page))
    for box in (one.box, two.box):
        assert Standing.TIED.colour in colours(pixels, box)
    assert not (pixels == Standing.MEANT.colour).all(axis=2).any()


def test_what_is_masked_is_black_before_anything_is_drawn() -> None:
    page = Page()
    page.line(x=60)
    field = page.put("textbox", "Password", "editable", "password", value="hunter2")
    seen = screen(page)
    inside = field.box
    pixels = picture("Password", seen, (inside,))
    part = pixels[int(inside.y) + 2 : int(inside.bottom) - 2, int(inside.x) + 2 : int(inside.right) - 2]
    assert part.max() < 60  # black, under the light fill of what is meant


def test_labels_lie_on_the_picture_and_not_on_each_other() -> None:
    page = Page()
    for _ in range(3):
        page.put("button", "Add", at=(0, 0, 60, 20))
    page.put("button", "Add", at=(1230, 700, 60, 20))
    pixels = picture("Add", screen(page))
    assert pixels.shape[:2] == (720, 1280)
    labels = (pixels == Standing.TIED.colour).all(axis=2).sum()
    assert labels > 4 * 15 * 30  # four labels' worth of ground


def test_what_is_out_of_view_is_told_below_the_picture() -> None:
    page = Page()
    page.put("button", "Save", at=(40, 2000, 60, 20))
    page.put("button", "Save draft", "offscreen", at=(40, 300, 60, 20))
    page.put("button", "Save all", at=(-300, 300, 60, 20))
    seen = screen(page)
    answer = GROUNDER.ground("Save", seen)
    said = {c.element.name: whereabouts(c, seen) for c in answer.candidates if not in_view(c, seen)}
    assert said["Save"] == "not in view, 1280 px below"
    assert said["Save draft"] == "not in view, inside something that scrolls"
    assert said["Save all"] == "not in view, 240 px to the left"
    assert picture("Save", seen).shape[0] == 720 + 12 + 18 * len(answer.candidates)
    assert picture("Nothing of the kind", seen).shape[0] == 720 + 12 + 18


def test_hundreds_of_candidates_are_not_all_drawn() -> None:
    page = Page()
    for at in range(200):
        page.put("button", "Delete", at=(20 + at % 10 * 100, 20 + at // 10 * 30, 60, 20))
    seen = screen(page)
    assert len(marks(GROUNDER.ground("Delete", seen))) == MOST
    assert picture("Delete", seen).shape[0] == 720 + 12 + 18


def test_a_moment_without_a_picture_is_an_error() -> None:
    seen = save_row()
    with pytest.raises(LookupError):
        painted(GROUNDER.ground("Save", seen), seen)
