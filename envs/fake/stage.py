"""What is behind the screen of a fake site: its windows, its server, what is due when, what happened."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from envs.clock import ManualClock
from envs.errors import Crashed
from envs.events import Answer, Event, Failure, Navigated, Request, WindowClosed, WindowOpened
from envs.fake.effects import Effects, Goes, Sends
from envs.fake.page import Node, Page, Record, grow
from envs.fake.site import FakeSite, Screen


@dataclass
class Server:
    """What outlives the program in front of it. `saved` only grows; `records` is what is held now."""

    saved: list[Record] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def keep(self, record: Record) -> None:
        self.saved.append(record)
        self.records.append(record)


@dataclass(eq=False)
class Tab:
    id: str
    pages: list[Page] = field(default_factory=list)
    at: int = -1
    coming: int = 0
    """The number of the navigation that is under way; one that is overtaken is canceled."""

    @property
    def page(self) -> Page:
        return self.pages[self.at]


@dataclass(order=True)
class Due:
    at: float
    number: int
    run: Callable[[], None] = field(compare=False)
    load: bool = field(compare=False)


Play = Callable[[Effects, Page, Node | None], None]


class Stage:
    """`play` is called with the effects of a page; it belongs to whoever knows what effects mean. `numbers` makes every
    ref, window, document and request of one fake unique."""

    def __init__(
        self, site: FakeSite, clock: ManualClock, server: Server, place: str, play: Play, numbers: Iterator[int]
    ) -> None:
        self.site, self.clock, self.server, self.place, self.play = site, clock, server, place, play
        self.numbers = numbers
        self.tabs: list[Tab] = []
        self.front: Tab = Tab("")
        self.events: list[Event] = []
        self.crashed = ""
        self.now = clock.now()
        self._due: list[Due] = []

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def after(self, seconds: float, run: Callable[[], None], load: bool = False) -> None:
        """Do it then; at once if `seconds` is 0. A `load` keeps the world from being at rest."""
        if seconds <= 0:
            run()
        else:
            heapq.heappush(self._due, Due(self.now + seconds, next(self.numbers), run, load))

    @property
    def next_at(self) -> float | None:
        return self._due[0].at if self._due else None

    @property
    def loading(self) -> bool:
        return any(due.load for due in self._due)

    def catch_up(self) -> None:
        """Everything that is due by the clock happens, in its order and at its own time."""
        while self._due and self._due[0].at <= self.clock.now():
            due = heapq.heappop(self._due)
            self.now = due.at
            due.run()
        self.now = self.clock.now()

    def advance_to(self, at: float) -> None:
        self.clock.advance(max(0.0, at - self.clock.now()))
        self.catch_up()

    def later(self, seconds: float, then: Effects, page: Page, node: Node | None, load: bool = False) -> None:
        """Effects of a page, which nobody sees if it has been left by then."""

        def run() -> None:
            if self.shown(page):
                self.play(then, page, node)

        self.after(seconds, run, load)

    # ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def emit(self, event: Event) -> None:
        self.events.append(replace(event, at=self.now, place=self.place))

    def shown(self, page: Page) -> bool:
        return any(tab.page is page for tab in self.tabs)

    def tab_of(self, page: Page) -> Tab:
        return next((tab for tab in self.tabs if page in tab.pages), self.front)

    def open(self, name: str) -> Tab:
        """A new window with this screen; the first one comes to the front."""
        tab = Tab(f"w{next(self.numbers)}")
        self.tabs.append(tab)
        if len(self.tabs) == 1:
            self.front = tab
        else:
            self.emit(WindowOpened(window=tab.id, url=self.site.url(name)))
        self._enter(tab, self._page(name))
        return tab

    def close(self, tab: Tab) -> None:
        self.tabs.remove(tab)
        self.emit(WindowClosed(window=tab.id))
        if not self.tabs:
            self.crashed = "the last window was closed"
            raise Crashed(self.crashed)
        if tab is self.front:
            self.front = self.tabs[-1]

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def go(self, tab: Tab, where: Goes) -> None:
        """Load a screen in this window. What it replaces stays in use until the answer is there."""
        if where.same_document:
            self._enter(tab, self._page(where.screen, document=tab.page.document), same=True)
        else:
            self._load(tab, where, lambda: self._enter(tab, self._page(where.screen)))

    def reload(self, tab: Tab) -> None:
        self._load(tab, Goes(tab.page.name), lambda: self._renew(tab, tab.at))

    def travel(self, tab: Tab, by: int) -> bool:
        """Along the history; False where it ends."""
        to = tab.at + by
        if not 0 <= to < len(tab.pages):
            return False
        left, page = tab.page, tab.pages[to]
        if page.screen.kept:
            tab.at, tab.coming = to, 0
            self.emit(Navigated(url=page.url, same_document=page.document == left.document))
        else:
            self._load(tab, Goes(page.name), lambda: self._renew(tab, to))
        return True

    def _load(self, tab: Tab, where: Goes, arrive: Callable[[], None]) -> None:
        number = tab.coming = next(self.numbers)
        url, id_ = self.site.url(where.screen), f"r{number}"
        takes = self.site.screens[where.screen].takes if where.takes is None else where.takes
        self.emit(Request(id=id_, method="GET", url=url, kind="document"))

        def run() -> None:
            if tab.coming != number or tab not in self.tabs:
                why = "another page was asked for"
                self.emit(Failure(id=id_, method="GET", url=url, why=why, kind="document", canceled=True))
                return
            self.emit(Answer(id=id_, method="GET", url=url, status=where.status, kind="document"))
            arrive()

        self.after(takes, run, load=True)

    def _page(self, name: str, document: str = "", entry: int = 0) -> Page:
        shown: Screen = self.site.screens[name]
        number = next(self.numbers)
        page = Page(name, shown, self.site.url(name), document or f"d{number}", entry or number)
        page.insert(grow(shown.items, self.server.records, self.numbers))
        return page

    def _enter(self, tab: Tab, page: Page, same: bool = False) -> None:
        del tab.pages[tab.at + 1 :]
        tab.pages.append(page)
        tab.at, tab.coming = tab.at + 1, 0
        self._show(page, same)

    def _renew(self, tab: Tab, at: int) -> None:
        old = tab.pages[at]
        tab.pages[at] = self._page(old.name, entry=old.entry)
        tab.at, tab.coming = at, 0
        self._show(tab.page)

    def _show(self, page: Page, same: bool = False) -> None:
        self.emit(Navigated(url=page.url, same_document=same))
        self.play(page.screen.then, page, None)

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, what: Sends, page: Page, node: Node | None) -> None:
        """The request leaves now; the answer, and what the page makes of it, come when they come."""
        id_ = f"r{next(self.numbers)}"
        url = self.site.absolute(what.url) if what.url else page.url
        self.emit(Request(id=id_, method=what.method, url=url, kind=what.kind))

        def run() -> None:
            if what.lost:
                self.emit(Failure(id=id_, method=what.method, url=url, why=what.lost, kind=what.kind))
            else:
                self.emit(
                    Answer(
                        id=id_, method=what.method, url=url, status=what.status, kind=what.kind, refusal=what.refusal
                    )
                )
            if self.shown(page):
                self.play(what.then if what.accepted and not what.lost else what.otherwise, page, node)

        self.after(what.takes, run, load=True)
