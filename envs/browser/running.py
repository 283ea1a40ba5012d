"""A browser that runs: what was launched, the session of the whole browser, and what is decided there."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error

from envs import events
from envs.browser import permissions, printing
from envs.browser.guard import Guard
from envs.browser.launch import launch
from envs.browser.options import BrowserOptions
from envs.browser.tab import Tab
from envs.browser.windows import Windows
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.clock import Clock
from envs.origins import origin_of


class Running:
    """Started, or attached to, by being made. `died` is why it went away, "" while it is there.

    Raises Unavailable with what is missing.
    """

    def __init__(self, options: BrowserOptions, clock: Clock, tell: Callable[[events.Event], None]) -> None:
        self._options = options
        self.died = ""
        self.launched = launch(options)
        self.windows: Windows | None = None
        """Of the context that is open now."""
        self.guard: Guard | None = None
        self._wire: Wire | None = None
        if self.launched.browser is not None:
            self.launched.browser.on("disconnected", self._disconnected)
            self._wire = Wire(self.launched.browser.new_browser_cdp_session())
            if not self.attached and options.headed:
                printing.cancel_previews(self._wire)
            if not self.attached or options.origins is not None:
                self.guard = Guard(self._wire, clock, options.place, tell, self._ours)
        if not self.attached:
            for page in self.launched.context.pages:  # a profile opens with a tab of its own
                page.close()

    @property
    def attached(self) -> bool:
        """It was running before, and is a person's."""
        return self.launched.attached

    def begin(self, windows: Windows, options: BrowserOptions) -> None:
        """A context begins, with these windows; from now on these options say what it may do."""
        self.windows, self._options = windows, options
        if self.guard is not None:
            self.guard.allow(self._options.origins, self._options.credentials)

    def start_over(self) -> None:
        """A context as new as on the first day, where there may be one; else its windows are let go."""
        if self.windows is not None:
            if self.launched.renew is None:
                self.windows.close()
            else:
                self.windows.forget()
        self.launched.start_over()

    def permit(self, tab: Tab) -> None:
        """What pages of the context of this tab may do without asking."""
        if self._wire is None or self.attached:
            return
        own = (self._options.url,) if self._options.origins is None else self._options.origins
        origins = [origin for url in own if (origin := origin_of(url)) is not None]
        permissions.settle(self._wire, _context(tab), self._options.permissions, origins)

    def cancel(self, download: str, tab: Tab) -> None:
        """Cancel a download (its id) of the context of this tab."""
        if self._wire is not None:
            context = _context(tab)
            where = {} if context is None else {"browserContextId": context}
            self._wire.send("Browser.cancelDownload", {"guid": download, **where})

    def close(self) -> None:
        """Leave nothing running that was started here."""
        if self.attached and self.windows is not None:
            self.windows.close()
        self.launched.close()

    def save_sign_in(self) -> None:
        """To the file of `auth`, where there is one. What was saved last stays where the browser died before."""
        auth = self._options.auth
        if auth is None or self.died:
            return
        try:
            auth.parent.mkdir(parents=True, exist_ok=True)
            auth.touch(mode=0o600)
            self.launched.context.storage_state(path=str(auth))
            auth.chmod(0o600)
        except Error:
            return  # it died before us

    def _ours(self, frame: str) -> bool:
        """Whether a frame (its id) is ours. In a person's own browser the tabs that they opened are not."""
        if not self.attached or self._wire is None or self.windows is None or self.windows.holds(frame):
            return True
        try:
            opener = self._wire.send("Target.getTargetInfo", {"targetId": frame})["targetInfo"].get("openerId")
        except (Error, TargetGone, MovedOn):
            return True  # a frame inside a page; whose it is cannot be said
        return opener is not None and self.windows.holds(opener)

    def _disconnected(self, _: object) -> None:
        if self.launched.open:
            self.died = "the browser went away"


def _context(tab: Tab) -> str | None:
    """The protocol's name of the browser context of a tab."""
    told = tab.wire.send("Target.getTargetInfo")["targetInfo"].get("browserContextId")
    return str(told) if told else None
