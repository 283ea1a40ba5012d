"""The browser as an environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import NoReturn

from playwright.sync_api import Error

from envs import action as acts
from envs import events
from envs.browser import early, navigation, scrollers
from envs.browser.actions import Hands
from envs.browser.dialogs import Answering, Dialogs, careful
from envs.browser.downloads import Downloads
from envs.browser.happened import Happened
from envs.browser.looking import Looking
from envs.browser.navigation import OPENING, Failure
from envs.browser.options import BrowserOptions
from envs.browser.panel import Panel
from envs.browser.picture import capture
from envs.browser.running import Running
from envs.browser.settle import Settler
from envs.browser.tab import Tab
from envs.browser.traffic import Traffic
from envs.browser.watch import Watcher
from envs.browser.windows import Windows
from envs.browser.wire import PATIENCE, MovedOn, Pending, TargetGone
from envs.clock import Clock, Deadline, SystemClock
from envs.deeds import Watched
from envs.env import Checkpoint, Until
from envs.errors import ActFailed, Crashed, Stale, Unavailable
from envs.observation import Element, Observation
from envs.origins import refusal
from envs.scrolling import Scroller

MOVES = acts.Open | acts.Switch | acts.Back | acts.Forward | acts.Reload | acts.Look
"""What leads on from any page, whatever it shows by now."""
AWAKE = 2.0
"""Seconds in which a page that did not answer once has to answer when it is asked again."""


class Browser:
    """Chromium over Playwright and its debugging protocol (an Env; Restorable, Scrollable and Watchable too).

    `dialogs` answers native dialogs: kind and message → accept or not, or the text of a prompt.
    """

    def __init__(self, options: BrowserOptions | None = None, clock: Clock | None = None) -> None:
        self.options = options or BrowserOptions()
        self.clock: Clock = clock or SystemClock()
        self.dialogs: Answering = careful
        self._agrees = False
        """The act that is under way, or was the last, says yes to questions."""
        self._running: Running | None = None
        self._happened = Happened(self.options.place, self.clock)
        self._downloads = Downloads(self.options.place, self.clock, self._happened.tell, lambda: None)
        self._hung: Tab | None = None
        """The tab that did not answer when it was asked last."""
        self._looks = count(1)
        self._numbers = count(1)

    # ── Env ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def reset(self) -> Observation:
        """A fresh tab at the start URL, without cookies (but those of `auth`); a profile keeps its own.

        Raises Unavailable with what is missing, Crashed.
        """
        why = refusal(self.options.url, self.options.origins)
        if why is not None:
            raise Unavailable(f"{self.options.url} may not be opened: {why}")
        if self._running is None or self._running.died:
            self._release()
            self._running = Running(self.options, self.clock, self._happened.tell)
        else:
            self._running.start_over()
        self._bind(self._running)
        self._windows.open()
        self._running.permit(self.active)
        self._happened.take()
        self._navigate(self.options.url, Unavailable)
        return self.settle(timeout=OPENING)

    def observe(self) -> Observation:
        """Look now."""
        self._opened()
        return self._looking.now()

    def act(self, action: acts.Action, found: Element | None = None) -> None:
        """One action as real input, after the element was checked in the page."""
        self._alive()
        self._usable(action)
        self._looking.leave()
        if not self._looking.stays() and not isinstance(action, MOVES):
            raise Stale("the page changed after it was looked at")
        self.traffic.mark()
        self._dialogs.mark()
        self._agrees = isinstance(action, acts.Click | acts.Press) and action.agrees
        try:
            match action:
                case acts.Open():
                    self._open(action.url)
                case acts.Switch():
                    self._windows.switch(action.to)
                case acts.Drag():
                    self._drag(action, found)
                case _:
                    self._hands.do(action, found)
        except (Error, TargetGone) as error:
            self._alive()
            line = str(error).splitlines()[0]
            raise ActFailed(f"the browser refused to {action.verb}: {line}", dispatched=True) from error
        except MovedOn as error:
            raise ActFailed("the page went away meanwhile", dispatched=True) from error
        except Crashed as error:
            if self._stopped_loading():
                raise ActFailed(f"no page has come for {PATIENCE:.0f} s", dispatched=True) from error
            self._unanswered()

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Look once the world is at rest, and with `until` once that holds, or `timeout` seconds (s) have passed.

        Where `until` holds on a page that was quiet for a frame, the next act or settling waits for the frame that
        shows whether it stays so; an act raises Stale where it does not.
        """
        self._opened()
        deadline = Deadline(timeout, self.clock)
        try:
            now = self._looking.settled(until, deadline)
        except Crashed:
            if not self._stopped_loading():
                self._unanswered()
            now = self.observe()
        if not self._looking.staying:  # else what it sends in this frame is still of the act
            self.traffic.unmark()
        self._looking.picture()
        return now

    def close(self) -> None:
        """Save the sign-in state if asked to, and leave nothing running that was started here."""
        if self._running is not None and self._hung is None:
            self._running.save_sign_in()
        self._release()

    # ── Restorable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def checkpoint(self) -> Checkpoint:
        tab = self.active
        here = navigation.here(tab)
        return Checkpoint(self.options.place, tab.url, tab.id, tab.document, inner=here)

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        """Back in the tab's history to the checkpoint's entry, or load its URL anew."""
        self._alive()
        self._looking.leave(acting=False)
        self.traffic.mark()
        tab = next((tab for tab in self._windows.tabs if tab.id == checkpoint.window), None)
        if by == "url":
            self._windows.activate(tab or self.active)
            self._navigate(checkpoint.url, ActFailed)
            return self.settle()
        if by != "history":
            raise ActFailed(f'there is no way back by "{by}"')
        if tab is None:
            raise ActFailed("the window of that moment was closed")
        self._windows.activate(tab)
        assert isinstance(checkpoint.inner, Pending), "this checkpoint is another world's"
        navigation.back(tab, checkpoint.inner)
        return self.settle()

    # ── Scrollable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        """What can be scrolled in the active tab, its frames included."""
        self._alive()
        loading = self._settler.pending() is not None
        return tuple(replace(one, loading=loading) for one in scrollers.scrollers(self.active, around))

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        """By script and at once; the requests that come of it are waited for as those of an act are."""
        self._alive()
        self._looking.leave(acting=False)
        self.traffic.mark()
        rolled = scrollers.roll(self.active, scroller, to)
        return replace(rolled, loading=self._settler.pending() is not None)

    # ── Watchable ────────────────────────────────────────────────────────────────────────────────────────────────────

    def watch(self, sink: Callable[[Watched], None]) -> Watcher:
        """While it is entered, a person acts and is watched."""
        return Watcher(self, sink)

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def active(self) -> Tab:
        """The tab that is looked at and acted on. Raises Crashed where there is none."""
        self._opened()
        if self._windows.active is None:
            raise Crashed(self._windows.why)
        return self._windows.active

    @property
    def tabs(self) -> list[Tab]:
        """In the order they came."""
        return self._windows.tabs

    def changing(self, seconds: float) -> Pending:
        """Done when the page has changed since the last look, or so many seconds are over. Raises MovedOn."""
        world = self.active.world
        return world.begin(world.context(), f"cua.change({self._looking.mutations},{max(1, int(seconds * 1000))})")

    def panel(self, press: Callable[[str, str], None]) -> Panel | None:
        """A small window with the buttons of a recorder; None where the browser can have none."""
        browser = self._running.launched.browser if self._running is not None else None
        return Panel(browser, press) if browser is not None else None

    def by_hand(self, on: bool) -> None:
        """A person uses the browser: they answer its dialogs and choose files themselves."""
        self._dialogs.by_hand = on
        self._windows.by_hand(on)

    def follow(self, window: str) -> bool:
        """Look at the tab that the person has gone to. False where it is closed."""
        tab = next((tab for tab in self._windows.tabs if tab.id == window), None)
        if tab is not None:
            self._windows.active = tab
        return tab is not None

    def tell(self, event: events.Event) -> None:
        """Have an event told at the next look."""
        self._happened.tell(event)

    def screenshot(self) -> bytes:
        """The visible area as PNG."""
        self._alive()
        return capture(self.active.wire)

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _drag(self, action: acts.Drag, found: Element | None) -> None:
        if found is None:
            raise ActFailed("drag needs an element")
        target = self._looking.last.get(action.to) if self._looking.last is not None else None
        if target is None:
            raise ActFailed(f"the element to drag to ({action.to}) is not on the page")
        self._hands.drag(found, target, action.at)

    def _open(self, url: str) -> None:
        why = refusal(url, self.options.origins)
        if why is not None:
            self._happened.tell(events.Blocked(at=self.clock.now(), url=url, why=why))
            raise ActFailed(f"{url} may not be opened: {why}")
        self._navigate(url, ActFailed)

    def _navigate(self, url: str, failure: Failure) -> None:
        guard = self._running.guard if self._running is not None else None
        self.traffic.forget()
        navigation.load(self.active, url, failure, guard, self._alive)

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────────────────────

    def _bind(self, running: Running) -> None:
        """Listen to the context of a browser that runs."""
        self._hung = None
        context = running.launched.context
        context.add_init_script(early.source())
        place, clock, tell = self.options.place, self.clock, self._happened.tell
        self._windows = windows = Windows(context, clock, tell, lambda: next(self._numbers), only_ours=running.attached)

        def wake() -> None:
            windows.wake()

        self.traffic = Traffic(context, place, clock, tell, wake)
        self.traffic.page_url = lambda: windows.active.url if windows.active else ""
        self._downloads.clear()
        self._downloads = Downloads(place, clock, tell, wake, self.options.downloads)
        self._downloads.stop = lambda guid: running.cancel(guid, self.active)
        self._settler = Settler(self, self._alive)
        windows.use(self._settler, self.traffic, self._downloads)
        self._hands = Hands(self._settler, self._downloads, clock, lambda: self.active)
        self._looking = Looking(
            self, place, self._settler, windows, self._happened, self._looks, self._alive, self._overdue
        )
        self._dialogs = Dialogs(clock, tell, self._answer, lambda dialog, why: windows.shut(dialog.page, why))
        running.begin(windows, self.options)
        context.on("dialog", self._dialogs.take)
        context.on("console", self._happened.console)
        context.on("weberror", self._happened.error)

    def _release(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.close()
            self._downloads.clear()

    def _opened(self) -> None:
        if self._running is None:
            raise Crashed("the browser is not open: reset it first")

    def _alive(self) -> None:
        if self._running is not None and self._running.died:
            raise Crashed(self._running.died)
        tab = self.active
        if tab.crashed:
            raise Crashed(tab.crashed)
        if tab is self._hung:
            tab.wire.send("Runtime.evaluate", {"expression": "1"}, timeout=AWAKE)
            self._hung = None

    def _stopped_loading(self) -> bool:
        """Whether the page answers again now that another one, which was asked for and does not come, is given up:
        Chromium lets a page wait with its answers for the one that is to replace it."""
        try:
            tab = self.active
            if self._settler.pending() is None:
                return False
            tab.wire.send("Page.stopLoading", timeout=AWAKE)
            tab.wire.send("Runtime.evaluate", {"expression": "1"}, timeout=AWAKE)
        except (Crashed, Error, TargetGone, MovedOn):
            return False
        return True

    def _unanswered(self) -> NoReturn:
        """Tell why nothing came back, in the words that fit best; called where Crashed was caught."""
        tab = self._windows.active
        if self._running is None:
            raise
        if not self._running.died and tab is not None and not tab.crashed:
            self._hung = tab
        else:
            self._alive()
        raise

    def _usable(self, action: acts.Action) -> None:
        """Raises ActFailed for an act upon the browser's own page about an error: it is no part of the application,
        and a button on it may lead past a certificate that nobody trusts."""
        aimed = action.aimed or isinstance(action, acts.Press | acts.Drag)
        if aimed and self.active.failed:
            raise ActFailed(f"this is the browser's own page of an error; {self.active.url} itself did not come")

    def _overdue(self) -> None:
        self.traffic.overdue()
        self._downloads.overdue()
        self._windows.overdue()

    def _answer(self, kind: str, message: str) -> bool | str:
        return (self._agrees and kind == "confirm") or self.dialogs(kind, message)
