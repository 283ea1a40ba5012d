"""Frames that came as a file and need not be decoded to be kept."""

from __future__ import annotations

import io
import struct
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from envs.observation import Frame


class PngFrame(Frame):
    """A frame whose pixels are decoded when they are first asked for (1280 x 800: 5 ms). `png` is what they come
    from."""

    png: bytes

    def __init__(self, png: bytes, css_width: float = 0.0) -> None:
        """`css_width`: how many CSS px the picture is wide; 0 where a CSS px is a picture px."""
        object.__setattr__(self, "png", png)
        object.__setattr__(self, "scale", _width(png) / css_width if css_width else 1.0)
        object.__setattr__(self, "dirty", ())

    def __getattr__(self, name: str) -> Any:
        if name != "pixels":
            raise AttributeError(name)
        return self._pixels

    @cached_property
    def _pixels(self) -> NDArray[np.uint8]:
        with Image.open(io.BytesIO(self.png)) as image:
            return np.asarray(image.convert("RGB"))


def _width(png: bytes) -> int:
    """From the header chunk, which comes first (PNG specification, section 11.2.2)."""
    return int(struct.unpack(">I", png[16:20])[0])
