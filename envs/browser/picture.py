"""The pixels of a tab."""

from __future__ import annotations

import base64
from collections.abc import Callable

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, Pending, TargetGone, Wire
from envs.errors import Crashed
from envs.frames import PngFrame
from envs.observation import Frame

_PNG = {"format": "png", "optimizeForSpeed": True}
"""Fast rather than small."""


def capture(wire: Wire) -> bytes:
    """The visible area as PNG."""
    return base64.b64decode(wire.send("Page.captureScreenshot", _PNG)["data"])


class Exposure:
    """The picture of one look at a tab, taken when it is asked for, or before that while others think (`begin`).

    One that was begun is not waited for. When it is there, the page is asked how much it has changed by then: the
    number that the look found (`mutations`) means that nothing has, from the look to the picture. All that a page
    reports counts: tree, input, scrolling, loading, ends of animations. Any other number: it is taken once more.
    """

    def __init__(self, tab: Tab, mutations: int, width: float, asked: Callable[[], None]) -> None:
        """`width`: of the viewport, CSS px; `asked` is called when somebody wants the picture, and may raise."""
        self._tab, self._mutations, self._width, self._asked = tab, mutations, width, asked
        self._document = tab.document
        self._data: Pending | None = None
        self._stood: Pending | None = None
        self._png = b""

    def begin(self) -> None:
        """Have it taken."""
        try:
            context = self._tab.world.context()
        except (MovedOn, TargetGone, Error):
            return  # another page is coming: its picture is taken once it is there
        self._data = self._tab.wire.begin("Page.captureScreenshot", _PNG)
        self._stood = self._tab.world.begin(context, "cua.stoodAt()", after=self._data)

    @property
    def pending(self) -> bool:
        """Whether it was begun and nobody has waited for it yet, or it is there."""
        return self._data is not None or self._png != b""

    def finish(self) -> None:
        """Wait until it is taken, if it was begun: before anything is done to the page."""
        data, stood, self._data, self._stood = self._data, self._stood, None, None
        if data is None or stood is None:
            return
        try:
            png, stood_at = data.answer()["data"], stood.answer()["result"]["value"]
        except (MovedOn, TargetGone, Crashed, Error):
            return  # it went away on the way; whoever asks for the picture finds out what has become of the tab
        if stood_at == self._mutations and self._document == self._tab.document:
            self._png = base64.b64decode(png)

    def frame(self) -> Frame:
        """Raises Crashed."""
        self._asked()
        self.finish()
        return PngFrame(self._png or capture(self._tab.wire), self._width)
