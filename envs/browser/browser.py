"""The browser as an environment."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, WebError
from playwright.sync_api import Dialog as PlaywrightDialog

from envs import action as acts
from envs import events
from envs.browser.actions import OPENING, Hands
from envs.browser.dialogs import Answering, careful
from envs.browser.downloads import Downloads
from envs.browser.guard import Guard
from envs.browser.launch import Launched, launch
from envs.browser.options import BrowserOptions
from envs.browser.picture import capture
from envs.browser.reader import Look, look
from envs.browser.settle import LOOK, Settler
from envs.browser.tab import Tab
from envs.browser.traffic import Traffic
from envs.browser.windows import Windows
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.clock import Clock, Deadline, SystemClock
from envs.env import Checkpoint, Until
from envs.errors import ActFailed, Crashed, Unavailable
from envs.geometry import Box
from envs.observation import Element, Frame, Observation
from envs.origins import refusal

NAVIGATING = 15.0
"""Seconds that `observe` waits for a document to exist while pages replace each other."""


class Browser:
    """Chromium over Playwright and its debugging protocol (an Env; Restorable too).

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
        self._events: list[events.Event] = []
        self._looks = count(1)
        self._numbers = count(1)
        self._mutations = 0
        self._last: Observation | None = None

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
            self._windows.close()
            self._launched.start_over()
            self._bind(self._launched)
        self._windows.open()
        self._events.clear()
        self._navigate(self.options.url, Unavailable)
        return self.settle(timeout=OPENING)

    def observe(self) -> Observation:
        """Look now."""
        tab, seen = self._look()
        self.traffic.overdue()
        happened, self._events = tuple(self._events), []
        self._mutations = seen.mutations
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
            picture=lambda: self._picture(tab),
        )
        return self._last

    def act(self, action: acts.Action, found: Element | None = None) -> None:
        """One action as real input, after the element was checked in the page."""
        self._alive()
        self.traffic.mark()
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

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Look once the world is at rest, and with `until` once that holds, or `timeout` seconds (s) have passed."""
        deadline = Deadline(timeout, self.clock)
        self._settler.rest(deadline)
        now = self.observe()
        if until is not None:
            now = self._last = self._wait_for(until, now, deadline)
        self.traffic.unmark()
        return now

    def _wait_for(self, until: Until, now: Observation, deadline: Deadline) -> Observation:
        """Look again at every change until `until` holds; the events of all looks are on the one returned."""
        gathered = now.events
        holds = until(now)
        while not holds and not deadline.passed:
            self._settler.change(self._mutations, min(LOOK, deadline.left))
            now = self.observe()
            gathered += now.events
            now = replace(now, events=gathered)
            holds = until(now)
            if holds:  # what was seen may have been on its way to something else
                self._settler.rest(Deadline(min(1.0, deadline.left), self.clock))
                now = self.observe()
                gathered += now.events
                now = replace(now, events=gathered)
                holds = until(now)
        return now

    def close(self) -> None:
        """Save the sign-in state if asked to, and leave nothing running that was started here."""
        auth = self.options.auth
        if self._launched is not None and auth is not None and not self._dead:
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
        said = tab.wire.send("Page.getNavigationHistory")
        entry = said["entries"][said["currentIndex"]]["id"]
        return Checkpoint(self.options.place, tab.url, tab.id, tab.document, inner=entry)

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
        said = tab.wire.send("Page.getNavigationHistory")
        ids = [entry["id"] for entry in said["entries"]]
        if checkpoint.inner not in ids:
            raise ActFailed("that page is not in the tab's history any more")
        if ids[said["currentIndex"]] != checkpoint.inner:
            tab.wire.send("Page.navigateToHistoryEntry", {"entryId": checkpoint.inner})
        return self.settle()

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def active(self) -> Tab:
        """The tab that is looked at and acted on. Raises Crashed where there is none."""
        if self._launched is None:
            raise Crashed("the browser is not open: reset it first")
        if self._windows.active is None:
            raise Crashed("all tabs were closed")
        return self._windows.active

    def screenshot(self) -> bytes:
        """The visible area as PNG."""
        self._alive()
        return capture(self.active.wire)

    def _look(self) -> tuple[Tab, Look]:
        deadline = Deadline(NAVIGATING, self.clock)
        while True:
            self._alive()
            tab = self.active
            try:
                return tab, look(tab, self.options.place)
            except (MovedOn, TargetGone) as error:
                self._alive()
                if deadline.passed:
                    raise Crashed("no page comes to rest here") from error

    def _picture(self, tab: Tab) -> Frame:
        self._alive()
        with Image.open(io.BytesIO(capture(tab.wire))) as image:
            pixels = np.asarray(image.convert("RGB"))
        width = self._last.viewport.width if self._last else 0.0
        return Frame(pixels, scale=pixels.shape[1] / width if width else 1.0)

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _drag(self, action: acts.Drag, found: Element | None) -> None:
        if found is None:
            raise ActFailed("drag needs an element")
        target = self._last.get(action.to) if self._last is not None else None
        if target is None:
            raise ActFailed(f"the element to drag to ({action.to}) is not on the page")
        self._hands.drag(found, target)

    def _open(self, url: str) -> None:
        why = refusal(url, self.options.origins)
        if why is not None:
            self._tell(events.Blocked(at=self.clock.now(), url=url, why=why))
            raise ActFailed(f"{url} may not be opened: {why}")
        self._navigate(url, ActFailed)

    def _navigate(self, url: str, failure: Callable[[str], Exception]) -> None:
        tab = self.active
        self.traffic.forget()
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
        if why and not said.get("isDownload") and why != "net::ERR_ABORTED":
            raise failure(f"nothing answers at {url} ({_NETWORK.get(why, why)})")

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self._dead = ""
        self._launched = launched = launch(self.options)
        self._settler = Settler(self, self._alive)
        if launched.browser is not None:
            launched.browser.on("disconnected", self._disconnected)
            if self.options.origins is not None:
                wire = Wire(launched.browser.new_browser_cdp_session())
                self._guard = Guard(wire, self.options.origins, self.clock, self.options.place, self._tell)
        if not launched.attached:
            for page in launched.context.pages:  # a profile opens with a tab of its own
                page.close()
        self._bind(launched)

    def _bind(self, launched: Launched) -> None:
        """Listen to the context of a launched browser."""
        context: BrowserContext = launched.context
        place, clock, tell, wake = self.options.place, self.clock, self._tell, self._settler.wake
        self._windows = windows = Windows(
            context, clock, tell, lambda: next(self._numbers), only_ours=launched.attached
        )
        self.traffic = Traffic(context, place, clock, tell, wake)
        self.traffic.page_url = lambda: windows.active.url if windows.active else ""
        self._downloads = Downloads(place, clock, tell, wake)
        windows.use(self._settler, self.traffic, self._downloads)
        self._hands = Hands(self._settler, self._downloads, clock, lambda: self.active)
        context.on("dialog", self._dialog)
        context.on("console", self._console)
        context.on("weberror", self._weberror)

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
        if self.active.crashed:
            raise Crashed("the tab crashed")

    # ── what happened ────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, event: events.Event) -> None:
        self._events.append(event if event.place else replace(event, place=self.options.place))

    def _disconnected(self, _: object) -> None:
        if self._launched is not None and self._launched.open:
            self._dead = "the browser went away"

    def _dialog(self, dialog: PlaywrightDialog) -> None:
        agreed = self._agrees and dialog.type == "confirm"
        answer = agreed or self.dialogs(dialog.type, dialog.message)
        accepted = answer is not False
        self._tell(events.Dialog(at=self.clock.now(), kind=dialog.type, message=dialog.message, accepted=accepted))
        try:
            if not accepted:
                dialog.dismiss()
            elif isinstance(answer, str):
                dialog.accept(answer)
            else:
                dialog.accept()
        except Error:
            return  # its page went away, and the dialog with it

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._tell(events.ConsoleError(at=self.clock.now(), text=message.text))

    def _weberror(self, error: WebError) -> None:
        self._tell(events.ConsoleError(at=self.clock.now(), text=str(error.error)))


_NETWORK = {
    "net::ERR_CONNECTION_REFUSED": "connection refused",
    "net::ERR_NAME_NOT_RESOLVED": "no such host",
    "net::ERR_CONNECTION_TIMED_OUT": "it timed out",
    "net::ERR_ADDRESS_UNREACHABLE": "unreachable",
    "net::ERR_INTERNET_DISCONNECTED": "there is no network",
    "net::ERR_FILE_NOT_FOUND": "there is no such file",
    "net::ERR_EMPTY_RESPONSE": "it closed the connection without an answer",
    "net::ERR_BLOCKED_BY_CLIENT": "its origin was not allowed",
}
