"""The tabs and pop-ups of a run: which there are, which one is looked at, which were opened, closed or crashed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Error, Page

from envs import events
from envs.browser.downloads import Downloads
from envs.browser.settle import Settler
from envs.browser.tab import Tab, Tell
from envs.browser.traffic import Traffic
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock
from envs.errors import ActFailed
from envs.observation import Window


class Windows:
    """Listens to a browser context. A window that the page opens becomes the active one.

    `only_ours`: the browser is a person's own, and tabs that they open in it are none of our business.
    """

    def __init__(
        self, context: BrowserContext, clock: Clock, tell: Tell, numbers: Callable[[], int], *, only_ours: bool
    ) -> None:
        self._context, self._clock, self._tell, self._numbers = context, clock, tell, numbers
        self._only_ours = only_ours
        self._opening = False
        self._tabs: dict[Page, Tab] = {}
        self.active: Tab | None = None
        self.wake: Callable[[], None] = lambda: None
        self.downloads: Downloads | None = None
        self.traffic: Traffic | None = None
        context.on("page", self._page)

    @property
    def tabs(self) -> list[Tab]:
        """In the order they came."""
        return list(self._tabs.values())

    def use(self, settler: Settler, traffic: Traffic, downloads: Downloads) -> None:
        self.wake, self.traffic, self.downloads = settler.wake, traffic, downloads

    def open(self) -> Tab:
        """A new, empty tab, which is the active one from now on."""
        self._opening = True
        try:
            return self._adopt(self._context.new_page())
        finally:
            self._opening = False

    def close(self) -> None:
        """Close our tabs, without a word."""
        tabs, self._tabs, self.active = self.tabs, {}, None
        for tab in tabs:
            try:
                tab.page.close()
            except Error:
                continue  # it is gone already

    def activate(self, tab: Tab) -> None:
        if self.active is not tab:
            self.active = tab
            tab.page.bring_to_front()

    def switch(self, to: str) -> None:
        """To the tab of this title, URL, number (from 1) or "new". Raises ActFailed with those there are."""
        tabs = self.tabs
        wanted: list[Tab] = []
        if to == "new":
            wanted = tabs[-1:]
        elif to.isdigit() and int(to) > 0:
            wanted = tabs[int(to) - 1 : int(to)]
        if not wanted:
            titles = {tab.id: tab.page.title() for tab in tabs}
            wanted = [tab for tab in tabs if to in (tab.id, tab.url, titles[tab.id])]
            wanted = wanted or [tab for tab in tabs if to.casefold() in titles[tab.id].casefold() or to in tab.url]
            if len(wanted) != 1:
                listed = ", ".join(f'{number}: "{titles[tab.id]}" {tab.url}' for number, tab in enumerate(tabs, 1))
                raise ActFailed(f'{"several windows are" if wanted else "no window is"} "{to}"; there are {listed}')
        self.activate(wanted[0])

    def listed(self, url: str, title: str) -> tuple[Window, ...]:
        """All of them; `url` and `title` are those of the active one, just read."""
        out = []
        for tab in self.tabs:
            if tab is self.active:
                out.append(Window(tab.id, title, url, active=True))
                continue
            try:
                info = tab.wire.send("Target.getTargetInfo")["targetInfo"]
            except (Error, TargetGone, MovedOn):
                continue  # it is being closed
            out.append(Window(tab.id, info["title"], info["url"]))
        return tuple(out)

    # ── what Playwright tells ────────────────────────────────────────────────────────────────────────────────────────

    def _page(self, page: Page) -> None:
        if self._opening:
            return
        if self._only_ours:
            opener = page.opener()
            if opener is None or opener not in self._tabs:
                return
        before = self.active
        try:
            tab = self._adopt(page)
        except (Error, TargetGone, MovedOn):
            return  # it was closed before it could be looked at
        finally:
            if before is not None:
                before.popups = max(0, before.popups - 1)
            self.wake()
        self._tell(events.WindowOpened(at=self._clock.now(), window=tab.id, url=page.url))

    def _adopt(self, page: Page) -> Tab:
        tab = Tab(f"w{self._numbers()}", page, self._context, self._clock, self._tell, lambda: self.wake())
        self._tabs[page] = tab
        page.on("close", self._closed)
        page.on("crash", self._crashed)
        if self.downloads is not None:
            page.on("download", self.downloads.take)
        if self.traffic is not None:
            traffic = self.traffic
            page.on("websocket", lambda socket: traffic.socket(socket, tab.url))
        self.active = tab
        return tab

    def _closed(self, page: Page) -> None:
        tab = self._tabs.get(page)
        if tab is None or (tab.crashed and tab is self.active):
            return  # a crash stays what is told until the next reset
        del self._tabs[page]
        self._tell(events.WindowClosed(at=self._clock.now(), window=tab.id))
        if self.active is tab:
            self.active = next(reversed(self._tabs.values()), None)
        self.wake()

    def _crashed(self, page: Page) -> None:
        tab = self._tabs.get(page)
        if tab is None:
            return
        tab.crashed = True
        try:
            page.close()  # what is being asked of it would never be answered
        except Error:
            return  # it is gone altogether
