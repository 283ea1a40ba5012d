"""Pictures: what is masked is gone, what is not masked is kept, and a picture knows its own scale."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from cua.pictures import digest, encode, measure
from envs.frames import PngFrame
from envs.geometry import Box
from envs.observation import Frame


def screen(width: int = 120, height: int = 80) -> NDArray[np.uint8]:
    """A page: white, with a few lines of black, nowhere near 0 elsewhere."""
    pixels = np.full((height, width, 3), 250, np.uint8)
    pixels[10:12, 10:100] = 90
    return pixels


def decoded(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def test_a_screen_is_kept_without_loss() -> None:
    assert (decoded(encode(Frame(screen()))) == screen()).all()


@settings(deadline=None)
@given(
    st.floats(-50, 150),
    st.floats(-50, 100),
    st.floats(0, 200),
    st.floats(0, 200),
    st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0]),
)
def test_every_px_the_box_touches_is_black_and_no_other(x: float, y: float, w: float, h: float, scale: float) -> None:
    shown = decoded(encode(Frame(screen(), scale), [Box(x, y, w, h)]))
    rows, columns = np.mgrid[0:80, 0:120]
    left, right, top, bottom = x * scale, (x + w) * scale, y * scale, (y + h) * scale
    touched = (columns + 1 > left) & (columns < right) & (rows + 1 > top) & (rows < bottom)
    assert (shown[touched] == 0).all()
    near = (columns + 2 > left) & (columns - 1 < right) & (rows + 2 > top) & (rows - 1 < bottom)
    assert (shown[~near] == screen()[~near]).all()


def test_the_frame_itself_is_not_touched() -> None:
    pixels = screen()
    encode(Frame(pixels), [Box(0, 0, 50, 50)])
    assert (pixels == screen()).all()


def test_equal_frames_have_equal_digests() -> None:
    one = Frame(screen())
    assert digest(one) == digest(Frame(screen().copy()))
    assert encode(one) == encode(Frame(screen().copy()))
    assert len(digest(one)) == 64
    others = [digest(one, [Box(0, 0, 5, 5)]), digest(Frame(screen(), 2.0)), digest(Frame(screen(80, 120)))]
    assert len({digest(one), *others}) == 4


def test_a_png_is_decoded_only_when_its_pixels_are_asked_for() -> None:
    out = io.BytesIO()
    Image.fromarray(screen()).save(out, "PNG")
    frame = PngFrame(out.getvalue(), css_width=60)
    assert frame.scale == 2.0
    assert digest(frame) == digest(PngFrame(out.getvalue(), css_width=60))
    assert "_pixels" not in vars(frame)
    assert (decoded(encode(frame)) == screen()).all()
    assert measure(encode(frame)).scale == 2.0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("height", [80, 17_000])
def test_a_picture_knows_its_scale(scale: float, height: int) -> None:
    picture = measure(encode(Frame(screen(20, height), scale)))
    assert (picture.width, picture.height, picture.scale) == (20, height, scale)
    assert picture.media == ("image/webp" if height == 80 else "image/png")


def test_a_photograph_is_small_as_well() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (360, 640, 3), dtype=np.uint8)
    assert len(encode(Frame(noise))) < noise.nbytes / 2


@pytest.mark.parametrize("data", [b"", b"RIFF", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        measure(data)
