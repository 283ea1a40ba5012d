"""The pixels of a tab."""

from __future__ import annotations

import base64

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.errors import Crashed

_PNG = {"format": "png", "optimizeForSpeed": True}
"""Fast rather than small."""
_STOOD_AT = """document.getAnimations().some(one => one.playState === 'running' &&
Number.isFinite(one.effect?.getComputedTiming().endTime)) ? -1 : cua.mutations"""
"""How much the page has changed; -1 while something moves to where it will stay (scripted moves end in silence)."""


def capture(wire: Wire) -> bytes:
    """The visible area as PNG."""
    return base64.b64decode(wire.send("Page.captureScreenshot", _PNG)["data"])


class Shot:
    """A picture that is taken while the world settles, and what shows afterwards that it is of the right moment.

    The page is asked how much it has changed, then for the picture, without waiting for either. When a later look finds
    the same number, nothing has changed from the question to the look, and the picture, taken between the two, shows
    what was read. All that a page reports counts: tree, input, scrolling, loading, ends of animations.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab, self._document = tab, tab.document
        context = tab.world.context()
        self._count = tab.wire.begin(
            "Runtime.evaluate",
            {"expression": _STOOD_AT, "uniqueContextId": context.unique, "returnByValue": True},
        )
        self._data = tab.wire.begin("Page.captureScreenshot", _PNG)

    def of(self, tab: Tab, mutations: int) -> bytes | None:
        """The picture as PNG, if it is of the moment of a look at this tab that found this number."""
        if tab is not self._tab or tab.document != self._document:
            return None
        try:
            if self._count.answer()["result"].get("value") != mutations:
                return None
            return base64.b64decode(self._data.answer()["data"])
        except (MovedOn, TargetGone, Crashed, Error):
            return None  # it went away on the way; whoever asks for the picture finds out what has become of the tab
