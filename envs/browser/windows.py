"""The tabs and pop-ups of a run: which there are, which one is looked at, which were opened, closed or crashed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Error, FileChooser, Page

from envs import events
from envs.browser import printing
from envs.browser.downloads import Downloads
from envs.browser.settle import Settler
from envs.browser.tab import Tab, Tell
from envs.browser.traffic import Traffic
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock
from envs.errors import ActFailed, Crashed
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
        self._by_hand = False
        self._tabs: dict[Page, Tab] = {}
        self.active: Tab | None = None
        self.why = "all tabs were closed"
        """Why there is none, in words."""
        self.wake: Callable[[], None] = lambda: None
        self.downloads: Downloads | None = None
        self.traffic: Traffic | None = None
        context.on("page", self._page)

    @property
    def tabs(self) -> list[Tab]:
        """In the order they came."""
        return list(self._tabs.values())

    def use(self, settler: Settler, traffic: Traffic, downloads: Downloads) -> None:
        self.traffic, self.downloads = traffic, downloads

        def wake() -> None:
            try:
                settler.wake()
            except (Crashed, Error):
                return  # a page that answers nothing: the wait that is under way finds out by itself

        self.wake = wake

    def open(self) -> Tab:
        """A new, empty tab, which is the active one from now on."""
        self._opening = True
        try:
            return self._adopt(self._context.new_page())
        finally:
            self._opening = False

    def by_hand(self, on: bool) -> None:
        """A person chooses the files that pages ask for."""
        if on is self._by_hand:
            return
        self._by_hand = on
        for page in self._tabs:
            if on:
                page.remove_listener("filechooser", self._chooser)
            else:
                page.on("filechooser", self._chooser)

    def close(self) -> None:
        """Close our tabs, without a word."""
        for tab in self.forget():
            try:
                tab.page.close()
            except Error:
                continue  # it is gone already

    def forget(self) -> list[Tab]:
        """Nothing of our tabs is told any more: their context is closed as a whole."""
        tabs, self._tabs, self.active = self.tabs, {}, None
        return tabs

    def activate(self, tab: Tab) -> None:
        if self.active is not tab:
            self.active = tab
            tab.wire.begin("Page.bringToFront")

    def switch(self, to: str) -> None:
        """To the tab of this title, URL, number (from 1) or "new". Raises ActFailed with those there are."""
        tabs = self.tabs
        wanted: list[Tab] = []
        if to == "new":
            wanted = tabs[-1:]
        elif to.isdigit() and int(to) > 0:
            wanted = tabs[int(to) - 1 : int(to)]
        if not wanted:
            titles = {tab.id: self._info(tab).title for tab in tabs}
            wanted = [tab for tab in tabs if to in (tab.id, tab.url, titles[tab.id])]
            wanted = wanted or [tab for tab in tabs if to.casefold() in titles[tab.id].casefold() or to in tab.url]
            if len(wanted) != 1:
                listed = ", ".join(f'{number}: "{titles[tab.id]}" {tab.url}' for number, tab in enumerate(tabs, 1))
                raise ActFailed(f'{"several windows are" if wanted else "no window is"} "{to}"; there are {listed}')
        self.activate(wanted[0])

    def listed(self, url: str, title: str) -> tuple[Window, ...]:
        """All of them; `url` and `title` are those of the active one, just read."""
        return tuple(
            Window(tab.id, title, url, active=True) if tab is self.active else self._info(tab) for tab in self.tabs
        )

    def _info(self, tab: Tab) -> Window:
        """Title and URL as the browser knows them: a page that hangs is not asked."""
        try:
            info = tab.wire.send("Target.getTargetInfo")["targetInfo"]
        except (Error, TargetGone, MovedOn):
            return Window(tab.id, "", tab.url)  # it is being closed
        return Window(tab.id, info["title"], info["url"])

    def holds(self, frame: str) -> bool:
        """Whether a frame (its id) is known as one of ours, or as one of a window that one of ours opened."""
        return any(frame == world.main or frame in world.parents for tab in self.tabs for world in tab.worlds())

    # ── what Playwright tells ────────────────────────────────────────────────────────────────────────────────────────

    def _page(self, page: Page) -> None:
        if self._opening:
            return
        if self._only_ours:
            parent = page.opener()
            if parent is None or parent not in self._tabs:
                return
        before = self.active
        opener = self._opener(page)
        try:
            tab = self._adopt(page)
        except (Error, TargetGone, MovedOn):
            return  # it was closed before it could be looked at
        finally:
            if opener is not None:
                opener.arrived(page.url)
            self.wake()
        if opener is not None and before is not None and opener is not before and before in self.tabs:
            self.activate(before)  # a page in the background does not take the screen
        self._tell(events.WindowOpened(at=self._clock.now(), window=tab.id, url=tab.url or page.url))

    def _opener(self, page: Page) -> Tab | None:
        """The tab that opened this page; one without a tie to it (noopener) is known by having announced it."""
        try:
            parent = page.opener()
        except Error:
            parent = None
        if parent is not None and parent in self._tabs:
            return self._tabs[parent]
        waiting = [tab for tab in self.tabs if tab.popups]
        return waiting[0] if waiting and self.active not in waiting else self.active

    def overdue(self) -> None:
        """Tell of windows that pages wanted to open and that did not come: the browser lets one in for each click."""
        for tab in self.tabs:
            wanted, why = tab.unopened(), "the browser let this window not in: a page may open one at a click"
            if wanted:
                more = f" (and {len(wanted) - 1} more)" if len(wanted) > 1 else ""
                self._tell(events.Blocked(at=self._clock.now(), url=wanted[0], why=why + more))

    def shut(self, page: Page | None, why: str) -> None:
        """Close a page that nothing can be done with; what is asked of it is answered with `why`."""
        tab = self._tabs.get(page) if page is not None else None
        if tab is None or tab.crashed:
            return
        tab.crashed = why
        try:
            tab.page.close()  # what is being asked of it would never be answered
        except Error:
            return  # it is gone altogether

    def _adopt(self, page: Page) -> Tab:
        tab = Tab(f"w{self._numbers()}", page, self._context, self._clock, self._tell, lambda: self.wake())
        self._tabs[page] = tab
        page.on("close", self._closed)
        page.on("crash", self._crashed)
        if not self._by_hand:
            page.on("filechooser", self._chooser)
        if self.downloads is not None:
            page.on("download", self.downloads.take)
            self.downloads.watch(tab.wire)
        printing.listen(tab.wire, self._clock, self._tell)
        if self.traffic is not None:
            traffic = self.traffic
            page.on("websocket", lambda socket: traffic.socket(socket, tab.url))
        self.active = tab
        return tab

    def _chooser(self, chooser: FileChooser) -> None:
        """Nobody is there to choose: the page gets no file, and waits for none."""
        many = "files" if chooser.is_multiple() else "a file"
        self._tell(events.Asked(at=self._clock.now(), kind="file", what=f"the page asks for {many}"))

    def _closed(self, page: Page) -> None:
        tab = self._tabs.get(page)
        if tab is None or (tab.crashed and tab is self.active):
            return  # a crash stays what is told until the next reset
        del self._tabs[page]
        self._tell(events.WindowClosed(at=self._clock.now(), window=tab.id, why=tab.crashed))
        if self.active is tab:
            self.active = next(reversed(self._tabs.values()), None)
            if self.active is not None:
                self.active.wire.begin("Page.bringToFront")
        self.wake()

    def _crashed(self, page: Page) -> None:
        self.shut(page, "the tab crashed")
