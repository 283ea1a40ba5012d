"""The pixels of a tab."""

from __future__ import annotations

import base64

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.errors import Crashed

_PNG = {"format": "png", "optimizeForSpeed": True}
"""Fast rather than small."""


def capture(wire: Wire) -> bytes:
    """The visible area as PNG."""
    return base64.b64decode(wire.send("Page.captureScreenshot", _PNG)["data"])


class Shot:
    """A picture that is taken while what was read is thought about, and what shows that it is of the same moment.

    It is begun just before a look and not waited for. When it is there, the page is asked how much it has changed by
    then: the number that the look found means that nothing has, from the look to the picture. All that a page reports
    counts: tree, input, scrolling, loading, ends of animations.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab, self._document = tab, tab.document
        self._context = tab.world.context()
        self._data = tab.wire.begin("Page.captureScreenshot", _PNG)
        self._png = b""
        self._stood_at: int | None = None

    def finish(self) -> None:
        """Wait until it is taken: before anything is done to the page."""
        if self._stood_at is not None:
            return
        self._stood_at = -1
        try:
            data = self._data.answer()["data"]
            self._stood_at = int(self._tab.world.ask(self._context, "stoodAt"))
        except (MovedOn, TargetGone, Crashed, Error):
            return  # it went away on the way; whoever asks for the picture finds out what has become of the tab
        self._png = base64.b64decode(data)

    def disturbed(self, mutations: int) -> bool:
        """Whether the page has changed between the look that found this number and the picture."""
        self.finish()
        return self._png != b"" and self._stood_at not in (mutations, -1)

    def of(self, tab: Tab, mutations: int) -> bytes | None:
        """The picture as PNG, if it is of the moment of a look at this tab that found this number."""
        if tab is not self._tab or tab.document != self._document:
            return None
        self.finish()
        return self._png if self._png and self._stood_at == mutations else None
