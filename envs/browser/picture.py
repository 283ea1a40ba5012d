"""The pixels of a tab."""

from __future__ import annotations

import base64
from collections.abc import Callable

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.errors import Crashed
from envs.frames import PngFrame
from envs.observation import Frame

_PNG = {"format": "png", "optimizeForSpeed": True}
"""Fast rather than small."""


def capture(wire: Wire) -> bytes:
    """The visible area as PNG."""
    return base64.b64decode(wire.send("Page.captureScreenshot", _PNG)["data"])


class Shot:
    """A picture that is on its way, and how much the page had changed when it was there."""

    def __init__(self, tab: Tab) -> None:
        """Raises MovedOn or TargetGone where another page is coming: its picture is taken once it is there."""
        context = tab.world.context()
        self._data = tab.wire.begin("Page.captureScreenshot", _PNG)
        self._stood = tab.world.begin(context, "cua.stoodAt()", after=self._data)

    def answer(self) -> tuple[bytes, int] | None:
        """The PNG and that number; None where the page went away on the way: whoever asks for the picture finds out
        what has become of it."""
        try:
            return base64.b64decode(self._data.answer()["data"]), int(self._stood.answer()["result"]["value"])
        except (MovedOn, TargetGone, Crashed, Error):
            return None


def shoot(tab: Tab) -> Shot | None:
    """Have a picture taken; None where another page is coming."""
    try:
        return Shot(tab)
    except (MovedOn, TargetGone, Error):
        return None


class Exposure:
    """The picture of one look at a tab, taken when it is asked for, or before that while others think (`begin`).

    One that was begun is not waited for. When it is there, the page is asked how much it has changed by then: the
    number that the look found (`mutations`) means that nothing has, from the look to the picture. All that a page
    reports counts: tree, input, scrolling, loading, ends of animations. Any other number: it is taken once more.
    """

    def __init__(
        self, tab: Tab, mutations: int, width: float, asked: Callable[[], None], shot: Shot | None = None
    ) -> None:
        """`width`: of the viewport, CSS px; `asked` is called when somebody wants the picture, and may raise; `shot`:
        begun just before the look."""
        self._tab, self._mutations, self._width, self._asked = tab, mutations, width, asked
        self._document = tab.document
        self._shot = shot
        self._png = b""

    def begin(self) -> None:
        """Have it taken."""
        self._shot = shoot(self._tab)

    @property
    def pending(self) -> bool:
        """Whether it was begun and nobody has waited for it yet, or it is there."""
        return self._shot is not None or self._png != b""

    def finish(self) -> None:
        """Wait until it is taken, if it was begun: before anything is done to the page."""
        shot, self._shot = self._shot, None
        taken = shot.answer() if shot is not None else None
        if taken is not None and taken[1] == self._mutations and self._document == self._tab.document:
            self._png = taken[0]

    def frame(self) -> Frame:
        """Raises Crashed."""
        self._asked()
        self.finish()
        return PngFrame(self._png or capture(self._tab.wire), self._width)
