"""The browser as an environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any, NoReturn

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, WebError

from envs import action as acts
from envs import events
from envs.browser import early, permissions, printing, scrollers
from envs.browser.actions import OPENING, Hands
from envs.browser.dialogs import Answering, Dialogs, careful
from envs.browser.downloads import Downloads
from envs.browser.guard import Guard
from envs.browser.launch import Launched, launch
from envs.browser.options import BrowserOptions
from envs.browser.panel import Panel
from envs.browser.picture import Shot, capture
from envs.browser.reader import Look, look
from envs.browser.settle import LOOK, Settler
from envs.browser.tab import Tab
from envs.browser.traffic import INTERNAL, NETWORK, Traffic
from envs.browser.watch import Watcher
from envs.browser.windows import Windows
from envs.browser.wire import MovedOn, Pending, TargetGone, Wire
from envs.clock import Clock, Deadline, SystemClock
from envs.deeds import Watched
from envs.env import Checkpoint, Until
from envs.errors import ActFailed, Crashed, Unavailable
from envs.frames import PngFrame
from envs.geometry import Box
from envs.observation import Element, Frame, Observation
from envs.origins import origin_of, refusal
from envs.scrolling import Scroller

NAVIGATING = 15.0
"""Seconds that `observe` waits for a document to exist while pages replace each other."""
AWAKE = 2.0
"""Seconds in which a page that did not answer once has to answer when it is asked again."""
NOISE = 100
"""Messages of the console that are told of one look."""


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
        self._launched: Launched | None = None
        self._dead = ""
        self._wire: Wire | None = None
        """The session of the whole browser."""
        self._guard: Guard | None = None
        self._downloads = Downloads(self.options.place, self.clock, self._tell, lambda: None)
        self._hung: Tab | None = None
        """The tab that did not answer when it was asked last."""
        self._noise = 0
        self._events: list[events.Event] = []
        self._looks = count(1)
        self._numbers = count(1)
        self._mutations = 0
        self._last: Observation | None = None
        self._shot: Shot | None = None
        """The picture of the last look, while it is taken."""
        self._pictured = self._picturing = False
        """Whether somebody wanted a picture since the last act; since the one before it, and so will want the next."""

    # ── Env ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def reset(self) -> Observation:
        """A fresh tab at the start URL, without cookies (but those of `auth`); a profile keeps its own.

        Raises Unavailable with what is missing, Crashed.
        """
        why = refusal(self.options.url, self.options.origins)
        if why is not None:
            raise Unavailable(f"{self.options.url} may not be opened: {why}")
        if self._launched is None or self._dead:
            self._release()
            self._start()
        else:
            if self._launched.renew is None:
                self._windows.close()
            else:
                self._windows.forget()
            self._launched.start_over()
            self._bind(self._launched)
        self._windows.open()
        self._permit()
        self._events.clear()
        self._shot, self._pictured, self._picturing = None, False, False
        self._navigate(self.options.url, Unavailable)
        return self.settle(timeout=OPENING)

    def observe(self) -> Observation:
        """Look now."""
        return self._observed()

    def _observed(self, *, listen: bool = False, pictured: bool = False) -> Observation:
        """Look now; `listen`: also for what came since the last time and listens for clicks; `pictured`: and have a
        picture taken meanwhile, where one will be wanted."""
        self._shot = self._begun_picture() if pictured else None
        tab, seen = self._look(listen)
        self.traffic.overdue()
        self._downloads.overdue()
        self._windows.overdue()
        self._noise = 0
        happened, self._events = tuple(self._events), []
        shot, self._mutations = self._shot, seen.mutations
        self._last = Observation(
            seq=next(self._looks),
            place=self.options.place,
            url=seen.url,
            title=seen.title,
            elements=seen.elements,
            events=happened,
            document=tab.document,
            windows=self._windows.listed(seen.url, seen.title),
            window=tab.id,
            viewport=Box(0, 0, seen.width, seen.height),
            at=self.clock.now(),
            picture=lambda: self._picture(tab, shot, seen),
        )
        tab.seen = self._last
        return self._last

    def act(self, action: acts.Action, found: Element | None = None) -> None:
        """One action as real input, after the element was checked in the page."""
        self._alive()
        self._usable(action)
        if self._shot is not None:
            self._shot.finish()
        self.traffic.mark()
        self._dialogs.mark()
        self._shot, self._pictured, self._picturing = None, False, self._pictured
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
        except Crashed:
            self._unanswered()

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Look once the world is at rest, and with `until` once that holds, or `timeout` seconds (s) have passed."""
        deadline = Deadline(timeout, self.clock)
        try:
            now, holds = self._at_rest(until, deadline)
            if until is not None and not holds:
                now = self._last = self._wait_for(until, now, deadline)
        except Crashed:
            self._unanswered()
        self.traffic.unmark()
        return now

    def _at_rest(self, until: Until | None, deadline: Deadline) -> tuple[Observation, bool]:
        """The look at a world at rest, and whether `until` holds then.

        A page that was quiet for a frame mostly stays so: it is looked at, and thought about, while that shows.
        """
        earlier: tuple[events.Event, ...] = ()
        if self._settler.quiet(deadline):
            staying = self._settler.staying(deadline)
            now = self._observed(listen=True, pictured=True)
            holds = until is None or until(now)
            stayed = self._settler.stayed(staying, self._mutations)
            if stayed and not (self._shot is not None and self._shot.disturbed(self._mutations)):
                return now, holds
            earlier = now.events
            self._settler.rest(deadline)
        now = self._observed(listen=True, pictured=True)
        now = self._last = replace(now, events=earlier + now.events)
        return now, until is None or until(now)

    def _wait_for(self, until: Until, now: Observation, deadline: Deadline) -> Observation:
        """Look again at every change until `until` holds, which it does not yet. The events of all looks are on the
        one returned."""
        gathered = now.events
        holds = False
        while not holds and not deadline.passed:
            self._settler.change(self._mutations, min(LOOK, deadline.left))
            now = self.observe()
            gathered += now.events
            now = replace(now, events=gathered)
            holds = until(now)
            if holds:  # what was seen may have been on its way to something else
                self._settler.rest(Deadline(min(1.0, deadline.left), self.clock))
                now = self._observed(pictured=True)
                gathered += now.events
                now = replace(now, events=gathered)
                holds = until(now)
        return now

    def close(self) -> None:
        """Save the sign-in state if asked to, and leave nothing running that was started here."""
        auth = self.options.auth
        if self._launched is not None and auth is not None and not self._dead and self._hung is None:
            try:
                auth.parent.mkdir(parents=True, exist_ok=True)
                auth.touch(mode=0o600)
                self._launched.context.storage_state(path=str(auth))
                auth.chmod(0o600)
            except Error:
                pass  # it died before us: the state saved last stays
        self._release()

    # ── Restorable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def checkpoint(self) -> Checkpoint:
        tab = self.active
        here = tab.wire.begin("Page.getNavigationHistory")  # asked now, before any later act; read when it is needed
        return Checkpoint(self.options.place, tab.url, tab.id, tab.document, inner=here)

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        """Back in the tab's history to the checkpoint's entry, or load its URL anew."""
        self._alive()
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
        try:
            wanted = _entry(checkpoint.inner.answer())
        except (MovedOn, TargetGone, Error) as error:
            raise ActFailed("where that page was in the tab's history is not known") from error
        said = tab.wire.send("Page.getNavigationHistory")
        if wanted not in [entry["id"] for entry in said["entries"]]:
            raise ActFailed("that page is not in the tab's history any more")
        if _entry(said) != wanted:
            tab.wire.send("Page.navigateToHistoryEntry", {"entryId": wanted})
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
        if self._launched is None:
            raise Crashed("the browser is not open: reset it first")
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
        return world.begin(world.context(), f"cua.change({self._mutations},{max(1, int(seconds * 1000))})")

    def panel(self, press: Callable[[str, str], None]) -> Panel | None:
        """A small window with the buttons of a recorder; None where the browser can have none."""
        browser = self._launched.browser if self._launched is not None else None
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
        self._tell(event)

    def screenshot(self) -> bytes:
        """The visible area as PNG."""
        self._alive()
        return capture(self.active.wire)

    def _look(self, listen: bool) -> tuple[Tab, Look]:
        deadline = Deadline(NAVIGATING, self.clock)
        while True:
            self._alive()
            tab = self.active
            try:
                return tab, look(tab, self.options.place, listen=listen)
            except (MovedOn, TargetGone) as error:
                self._alive()
                if deadline.passed:
                    raise Crashed("no page comes to rest here") from error

    def _begun_picture(self) -> Shot | None:
        if not self._picturing:
            return None
        try:
            return Shot(self.active)
        except (MovedOn, TargetGone, Error):
            return None  # another page is coming: its picture is taken once it is there

    def _picture(self, tab: Tab, shot: Shot | None, seen: Look) -> Frame:
        self._alive()
        self._pictured = True
        early = shot.of(tab, seen.mutations) if shot is not None else None
        return PngFrame(early or capture(tab.wire), seen.width)

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _drag(self, action: acts.Drag, found: Element | None) -> None:
        if found is None:
            raise ActFailed("drag needs an element")
        target = self._last.get(action.to) if self._last is not None else None
        if target is None:
            raise ActFailed(f"the element to drag to ({action.to}) is not on the page")
        self._hands.drag(found, target, action.at)

    def _open(self, url: str) -> None:
        why = refusal(url, self.options.origins)
        if why is not None:
            self._tell(events.Blocked(at=self.clock.now(), url=url, why=why))
            raise ActFailed(f"{url} may not be opened: {why}")
        self._navigate(url, ActFailed)

    def _navigate(self, url: str, failure: Callable[[str], Exception]) -> None:
        tab = self.active
        scheme = url.partition(":")[0].lower()
        if scheme == "javascript" or not (scheme in NETWORK | INTERNAL or scheme.startswith("chrome")):
            raise failure(f"{url} is no page: {scheme}: addresses are not opened")
        self.traffic.forget()
        if self._guard is not None:
            self._guard.refused.clear()
        try:
            said = tab.wire.send("Page.navigate", {"url": url}, timeout=OPENING)
        except MovedOn:
            return  # another navigation overtook it
        except Crashed as error:
            self._alive()
            raise failure(f"{url} did not answer within {OPENING:.0f} s") from error
        except Error as error:
            raise failure(f"{url} is no address that the browser can open") from error
        why = said.get("errorText")
        asked = self._guard.refused.get(tab.world.main) if self._guard is not None else None
        if asked is not None:
            raise failure(f"{url} was not opened: {asked}")
        if why == "net::ERR_HTTP_RESPONSE_CODE_FAILURE":
            raise failure(f"{url} was answered with an error and no page")
        if why and not said.get("isDownload") and why != "net::ERR_ABORTED":
            raise failure(f"nothing answers at {url} ({_NETWORK.get(why, why)})")

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self._dead, self._hung = "", None
        self._launched = launched = launch(self.options)
        self._settler = Settler(self, self._alive)
        self._guard, self._wire = None, None
        if launched.browser is not None:
            launched.browser.on("disconnected", self._disconnected)
            self._wire = Wire(launched.browser.new_browser_cdp_session())
            if not launched.attached and self.options.headed:
                printing.cancel_previews(self._wire)
            if not launched.attached or self.options.origins is not None:
                self._guard = Guard(self._wire, self.clock, self.options.place, self._tell, self._ours)
        if not launched.attached:
            for page in launched.context.pages:  # a profile opens with a tab of its own
                page.close()
        self._bind(launched)

    def _bind(self, launched: Launched) -> None:
        """Listen to the context of a launched browser."""
        self._hung = None
        context: BrowserContext = launched.context
        context.add_init_script(early.source())
        place, clock, tell = self.options.place, self.clock, self._tell
        self._windows = windows = Windows(
            context, clock, tell, lambda: next(self._numbers), only_ours=launched.attached
        )

        def wake() -> None:
            windows.wake()

        self.traffic = Traffic(context, place, clock, tell, wake)
        self.traffic.page_url = lambda: windows.active.url if windows.active else ""
        self._downloads.clear()
        self._downloads = Downloads(place, clock, tell, wake, self.options.downloads)
        self._downloads.stop = self._stop
        windows.use(self._settler, self.traffic, self._downloads)
        self._hands = Hands(self._settler, self._downloads, clock, lambda: self.active)
        self._dialogs = Dialogs(clock, tell, self._answer, lambda dialog, why: windows.shut(dialog.page, why))
        if self._guard is not None:
            self._guard.allow(self.options.origins, self.options.credentials)
        context.on("dialog", self._dialogs.take)
        context.on("console", self._console)
        context.on("weberror", self._weberror)

    def _permit(self) -> None:
        """What pages of this context may do without asking."""
        if self._wire is None or self._launched is None or self._launched.attached:
            return
        own = (self.options.url,) if self.options.origins is None else self.options.origins
        origins = [origin for url in own if (origin := origin_of(url)) is not None]
        permissions.settle(self._wire, self._context_id(), self.options.permissions, origins)

    def _context_id(self) -> str | None:
        """The protocol's name of our browser context."""
        told = self.active.wire.send("Target.getTargetInfo")["targetInfo"].get("browserContextId")
        return str(told) if told else None

    def _stop(self, guid: str) -> None:
        """Cancel a download."""
        if self._wire is not None:
            context = self._context_id()
            where = {} if context is None else {"browserContextId": context}
            self._wire.send("Browser.cancelDownload", {"guid": guid, **where})

    def _ours(self, frame: str) -> bool:
        """Whether a frame (its id) is ours. In a person's own browser the tabs that they opened are not."""
        if self._launched is None or not self._launched.attached or self._windows.holds(frame) or self._wire is None:
            return True
        try:
            opener = self._wire.send("Target.getTargetInfo", {"targetId": frame})["targetInfo"].get("openerId")
        except (Error, TargetGone, MovedOn):
            return True  # a frame inside a page; whose it is cannot be said
        return opener is not None and self._windows.holds(opener)

    def _release(self) -> None:
        launched, self._launched = self._launched, None
        if launched is None:
            return
        if launched.attached:
            self._windows.close()
        launched.close()
        self._downloads.clear()
        self._dead = ""

    def _alive(self) -> None:
        if self._dead and self._launched is not None:
            raise Crashed(self._dead)
        tab = self.active
        if tab.crashed:
            raise Crashed(tab.crashed)
        if tab is self._hung:
            tab.wire.send("Runtime.evaluate", {"expression": "1"}, timeout=AWAKE)
            self._hung = None

    def _unanswered(self) -> NoReturn:
        """Tell why nothing came back, in the words that fit best; called where Crashed was caught."""
        tab = self._windows.active
        if not self._dead and tab is not None and not tab.crashed:
            self._hung = tab
        elif self._launched is not None:
            self._alive()
        raise

    def _usable(self, action: acts.Action) -> None:
        """Raises ActFailed for an act upon the browser's own page about an error: it is no part of the application,
        and a button on it may lead past a certificate that nobody trusts."""
        aimed = action.aimed or isinstance(action, acts.Press | acts.Drag)
        if aimed and self.active.failed:
            raise ActFailed(f"this is the browser's own page of an error; {self.active.url} itself did not come")

    # ── what happened ────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, event: events.Event) -> None:
        self._events.append(event if event.place else replace(event, place=self.options.place))

    def _disconnected(self, _: object) -> None:
        if self._launched is not None and self._launched.open:
            self._dead = "the browser went away"

    def _answer(self, kind: str, message: str) -> bool | str:
        return (self._agrees and kind == "confirm") or self.dialogs(kind, message)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(message.text)

    def _weberror(self, error: WebError) -> None:
        self._complain(str(error.error))

    def _complain(self, text: str) -> None:
        self._noise += 1
        if self._noise <= NOISE:
            self._tell(events.ConsoleError(at=self.clock.now(), text=text))


def _entry(history: dict[str, Any]) -> int:
    """The id of where a tab is in its history (the answer to Page.getNavigationHistory)."""
    return int(history["entries"][history["currentIndex"]]["id"])


_NETWORK = {
    "net::ERR_CONNECTION_REFUSED": "connection refused",
    "net::ERR_NAME_NOT_RESOLVED": "no such host",
    "net::ERR_CONNECTION_TIMED_OUT": "it timed out",
    "net::ERR_ADDRESS_UNREACHABLE": "unreachable",
    "net::ERR_INTERNET_DISCONNECTED": "there is no network",
    "net::ERR_FILE_NOT_FOUND": "there is no such file",
    "net::ERR_EMPTY_RESPONSE": "it closed the connection without an answer",
    "net::ERR_CONNECTION_RESET": "it closed the connection",
    "net::ERR_TOO_MANY_REDIRECTS": "it redirects without end",
    "net::ERR_INVALID_AUTH_CREDENTIALS": "it wants a name and a password",
    "net::ERR_PROXY_CONNECTION_FAILED": "the proxy does not answer",
    "net::ERR_TUNNEL_CONNECTION_FAILED": "the proxy does not let it through",
    "net::ERR_UNSAFE_PORT": "browsers do not use this port",
    "net::ERR_CERT_AUTHORITY_INVALID": "its certificate is self-signed, or of an authority that is not trusted",
    "net::ERR_CERT_COMMON_NAME_INVALID": "its certificate is for another host",
    "net::ERR_CERT_DATE_INVALID": "its certificate has expired, or is not valid yet",
    "net::ERR_CERT_REVOKED": "its certificate was revoked",
    "net::ERR_CERT_INVALID": "its certificate is not valid",
    "net::ERR_CERT_WEAK_SIGNATURE_ALGORITHM": "its certificate is signed weakly",
    "net::ERR_SSL_PROTOCOL_ERROR": "it does not speak TLS",
    "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH": "it speaks no TLS that is safe",
    "net::ERR_BLOCKED_BY_CLIENT": "its origin was not allowed",
}
