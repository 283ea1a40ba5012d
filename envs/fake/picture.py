"""A picture of a fake screen: white, with a grey box where each element is, so that pictures can be compared."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from envs.geometry import Box
from envs.observation import Element, Frame


def draw(elements: tuple[Element, ...], view: Box) -> Frame:
    """One picture px a CSS px. An element's shade follows from its role, name, value and states."""
    pixels = np.full((int(view.height), int(view.width), 3), 255, dtype=np.uint8)
    for element in elements:
        shown = view.intersection(element.box)
        if shown is None or not element.visible:
            continue
        looks = f"{element.role}|{element.name}|{element.value}|{sorted(element.states)}"
        shade = 100 + crc32(looks.encode()) % 120
        pixels[int(shown.y) : int(shown.bottom), int(shown.x) : int(shown.right)] = shade
    return Frame(pixels)
