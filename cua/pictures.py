"""Pictures of a run: secrets blacked out, small."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from envs.frames import PngFrame
from envs.geometry import Box
from envs.observation import Frame

_LOSSLESS_LIMIT = 0.3
"""Bytes a pixel. Screens of text and controls stay far below it without loss; photographs do not."""
_X_RESOLUTION, _RESOLUTION_UNIT, _INCH = 0x011A, 0x0128, 2
_CSS_DPI = 96.0
_LONGEST = 16383
"""The most px a WebP may have on a side."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the bytes of a picture say of themselves: its size in picture px, `scale` picture px a CSS (or screen)
    px."""

    width: int
    height: int
    scale: float
    media: str
    """The media type, "image/webp"."""


def encode(frame: Frame, mask: Sequence[Box] = ()) -> bytes:
    """The frame as WebP, with the boxes of `mask` (CSS or screen px, like the frame's elements) painted black.

    A box is widened to whole picture px, so that no edge of what it hides shows. Equal frames give equal bytes. Screens
    are kept without loss (1280 x 720: 10-15 ms, 4-40 kB), photographs lose a little (150 ms at worst). A frame longer
    than WebP can hold becomes a PNG.
    """
    image = Image.fromarray(_masked(frame, mask))
    if max(image.size) > _LONGEST:
        return _saved(image, "PNG", dpi=(frame.scale * _CSS_DPI, frame.scale * _CSS_DPI))
    exif = _resolution(frame.scale)
    lossless = _saved(image, "WEBP", lossless=True, method=1, quality=25, exif=exif)
    if len(lossless) <= _LOSSLESS_LIMIT * image.width * image.height:
        return lossless
    return _saved(image, "WEBP", quality=80, method=1, exif=exif)


def digest(frame: Frame, mask: Sequence[Box] = ()) -> str:
    """SHA-256 of what the picture of this frame is made of, as 64 hexadecimal digits.

    Known without decoding or encoding anything; equal frames with equal masks have equal digests.
    """
    made_of = frame.png if isinstance(frame, PngFrame) else np.ascontiguousarray(frame.pixels).tobytes()
    shape = () if isinstance(frame, PngFrame) else frame.pixels.shape
    about = f"{shape} {frame.scale} {[(box.x, box.y, box.width, box.height) for box in mask]}"
    return hashlib.sha256(made_of + about.encode()).hexdigest()


def measure(data: bytes) -> Picture:
    """Reads size, scale and type from the header; nothing is decoded. Raises ValueError if it is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            dpi = image.info.get("dpi", (0, 0))[0] or image.getexif().get(_X_RESOLUTION, 0)
            scale = float(dpi) / _CSS_DPI if dpi and image.format in {"WEBP", "PNG"} else 1.0
            return Picture(image.width, image.height, round(scale, 3) or 1.0, Image.MIME[image.format or ""])
    except (UnidentifiedImageError, OSError, KeyError, SyntaxError) as error:
        raise ValueError("these bytes are no picture") from error


def _masked(frame: Frame, mask: Sequence[Box]) -> NDArray[np.uint8]:
    if not mask:
        return frame.pixels
    pixels = frame.pixels.copy()
    for box in mask:
        left, top = max(0, math.floor(box.x * frame.scale)), max(0, math.floor(box.y * frame.scale))
        right, bottom = max(0, math.ceil(box.right * frame.scale)), max(0, math.ceil(box.bottom * frame.scale))
        pixels[top:bottom, left:right] = 0
    return pixels


def _resolution(scale: float) -> bytes:
    """The scale as EXIF resolution; nothing for scale 1, which is what no resolution means."""
    if scale == 1.0:
        return b""
    exif = Image.Exif()
    exif[_X_RESOLUTION] = scale * _CSS_DPI
    exif[_RESOLUTION_UNIT] = _INCH
    return exif.tobytes()


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
