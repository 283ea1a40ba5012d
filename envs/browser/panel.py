"""The panel of somebody who records: a small window of the same browser, in a context that is not watched."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import BrowserContext, Error, Page

from envs.browser.wire import MovedOn, TargetGone, Wire

SIZE = (500, 260)
"""Screen px; Chromium makes no window narrower."""


class Panel:
    """`press` is called with what was pressed (pause, go, stop, commit, check, param) and the text beside it."""

    def __init__(self, browser: PlaywrightBrowser, press: Callable[[str, str], None]) -> None:
        self._context: BrowserContext | None = None
        self.page: Page | None = None
        try:
            self._context = browser.new_context(no_viewport=True)
            self.page = page = self._context.new_page()
            page.expose_function("cuaPanel", lambda kind, text: press(str(kind), str(text)))
            page.set_content((resources.files("envs.browser") / "panel.html").read_text(encoding="utf-8"))
            wire = Wire(self._context.new_cdp_session(page))
            window = wire.send("Browser.getWindowForTarget")["windowId"]
            width, height = SIZE
            across, down = page.evaluate("[screen.availWidth, screen.availHeight]")
            corner = {"left": max(0, across - width), "top": max(0, down - height), "width": width, "height": height}
            wire.send("Browser.setWindowBounds", {"windowId": window, "bounds": corner})
        except (Error, MovedOn, TargetGone):
            self.close()  # a browser without windows: it goes without

    def close(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            try:
                context.close()
            except Error:
                return  # it was closed by hand
