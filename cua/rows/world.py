"""One browser for many runs. Each of them begins in a fresh context (no cookies, no pages), as `reset` promises."""

from __future__ import annotations

from contextlib import suppress

from envs.browser import Browser
from envs.browser.options import BrowserOptions
from envs.env import Env
from envs.errors import CuaError
from envs.wrappers import Wrapper


class Browsers:
    """Opens browsers, and keeps them open until `close`. One with a profile, a sign-in file or a life of its own
    (`cdp_url`) is opened anew for each run: what it keeps is written when it is closed."""

    def __init__(self) -> None:
        self._kept: dict[BrowserOptions, Browser] = {}

    def open(self, how: BrowserOptions) -> Env:
        if how.auth is not None or how.profile is not None or how.cdp_url is not None:
            return Browser(how)
        browser = self._kept.get(how)
        if browser is None:
            browser = self._kept[how] = Browser(how)
        return _Lent(browser)

    def close(self) -> None:
        for browser in self._kept.values():
            with suppress(CuaError):  # it died before us
                browser.close()
        self._kept.clear()


class _Lent(Wrapper):
    """A run that is over leaves the browser to the next one, which resets it."""

    def close(self) -> None:
        """Nothing: whoever keeps it closes it."""
