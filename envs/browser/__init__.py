"""The browser: Playwright and Chromium's debugging protocol behind the `Env` protocol."""

from envs.browser.browser import Browser
from envs.browser.options import BrowserOptions

__all__ = ["Browser", "BrowserOptions"]
