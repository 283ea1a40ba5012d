"""The browser: Playwright and Chromium's debugging protocol behind the `Env` protocol."""

from typing import Any

from envs.browser.browser import Browser
from envs.browser.options import BrowserOptions


def browser(**options: Any) -> Browser:
    """A browser by the names of its options: browser(url="https://...", headed=True)."""
    return Browser(BrowserOptions(**options))


__all__ = ["Browser", "BrowserOptions", "browser"]
