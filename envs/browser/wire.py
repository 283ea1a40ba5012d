"""The debugging protocol of one target, with errors that say what happened to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from playwright.sync_api import CDPSession, Error
from playwright.sync_api import TimeoutError as OutOfTime

from envs.errors import Crashed

Params = Mapping[str, Any]
"""A CDP message: the protocol's own JSON, parsed where it is received."""

PATIENCE = 30.0
"""Seconds after which a page that answers nothing counts as hung."""

CLOSES = "Page.handleJavaScriptDialog"
"""What is answered while a dialog is open."""

_MOVED_ON = (
    "Cannot find context",
    "uniqueContextId not found",
    "context was destroyed",
    "navigated or closed",
    "Cannot find default execution context",
    "Promise was collected",
    "No frame for given id",
    "No frame with given id",
    "Frame with the given id",
    "Frame corresponding to",
    "Frame not found",
    "Not attached to an active page",
)
_CLOSED = (
    "Target closed",
    "Session closed",
    "has been closed",
    "session closed",
    "Session with given id not found",
    "Connection closed",
)


class MovedOn(Exception):
    """The document that was asked is not there any more: it navigated, or its frame went away. Look again."""


class TargetGone(Exception):
    """The tab or frame that this session belongs to was closed."""


class Pending:
    """A command that was sent and not waited for.

    Playwright's sync API can only wait; its client underneath can have several commands under way. This is the one
    place that reaches below the API.
    """

    def __init__(
        self, session: CDPSession, method: str, params: dict[str, Any], timeout: float, after: Pending | None = None
    ) -> None:
        self._session, self._method, self._timeout = session, method, timeout
        self._held: asyncio.Event | None = None
        self._task = session._loop.create_task(self._ask(params, after))

    async def _ask(self, params: dict[str, Any], after: Pending | None) -> dict[str, Any] | Error:
        if after is not None:
            await asyncio.wait({after.task})
        try:
            answer: dict[str, Any] = await self._session._impl_obj.send(
                method=self._method, params=params, timeout=self._timeout * 1000
            )
        except Error as error:
            return error
        return answer

    @property
    def task(self) -> asyncio.Task[dict[str, Any] | Error]:
        return self._task

    @property
    def done(self) -> bool:
        return self._task.done()

    def unless(self, held: asyncio.Event) -> Pending:
        """The same, not waited for while this is set: `answer` raises MovedOn."""
        self._held = held
        return self

    def answer(self) -> dict[str, Any]:
        """The result, waited for if need be. Raises what `Wire.send` does."""
        if not self._task.done():
            self._wait()
        answer = self._task.result()
        if isinstance(answer, OutOfTime):
            raise Crashed(f"the page has not answered for {self._timeout:.0f} s ({self._method})") from answer
        if isinstance(answer, Error):
            _refused(answer)
        return answer

    def _wait(self) -> None:
        if self._held is None:
            self._session._sync(asyncio.wait({self._task}))
            return
        held = self._session._loop.create_task(self._held.wait())
        self._session._sync(asyncio.wait({self._task, held}, return_when=asyncio.FIRST_COMPLETED))
        held.cancel()
        if not self._task.done():
            raise MovedOn(f"a dialog is open, and the page answers nothing before it is closed ({self._method})")


class Bell:
    """Rung by whoever knows that something has happened that others wait for."""

    def __init__(self, wire: Wire) -> None:
        self._session = wire.session
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def wait(self, seconds: float, pending: Pending | None = None) -> None:
        """Until it is rung (or was since the last wait), the pending command is done, or so many seconds are over.
        Events are handed out meanwhile."""
        ringing = self._session._loop.create_task(self._rung.wait())
        tasks = {ringing} if pending is None else {ringing, pending.task}
        self._session._sync(asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED))
        ringing.cancel()
        self._rung.clear()


def _refused(error: Error) -> NoReturn:
    """Raise what a refused command means: the tab crashed, its document or it went away; else the error itself."""
    text = error.message
    if "Target crashed" in text or "Page crashed" in text:
        raise Crashed("the tab crashed") from error
    if any(words in text for words in _MOVED_ON):
        raise MovedOn(text) from error
    if any(words in text for words in _CLOSED):
        raise TargetGone(text) from error
    raise error


class Wire:
    """Sends and listens to one CDP session."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._held: asyncio.Event | None = None

    def by_hand(self, on: bool) -> None:
        """A person answers the page's dialogs: what is asked while one is open raises MovedOn and does not wait."""
        self._held = asyncio.Event() if on else None

    def hold(self, on: bool) -> None:
        """A dialog was opened, or closed."""
        if self._held is not None:
            (self._held.set if on else self._held.clear)()

    @property
    def session(self) -> CDPSession:
        return self._session

    def send(self, method: str, params: Params | None = None, timeout: float = PATIENCE) -> dict[str, Any]:
        """The result of a command; seconds.

        Raises MovedOn, TargetGone, Crashed; Playwright's Error where the command was refused.
        """
        if self._held is not None and method != CLOSES:
            return self.begin(method, params, timeout).answer()
        try:
            return self._session.send(method, dict(params or {}), timeout=timeout * 1000)
        except OutOfTime as error:
            raise Crashed(f"the page has not answered for {timeout:.0f} s ({method})") from error
        except Error as error:
            _refused(error)

    def begin(
        self, method: str, params: Params | None = None, timeout: float = PATIENCE, *, after: Pending | None = None
    ) -> Pending:
        """Send a command and go on; it is on its way, before all later ones, when the next one is sent (`after`: once
        that one has been answered).

        Nothing is raised here: what becomes of it is told by the `Pending`.
        """
        pending = Pending(self._session, method, dict(params or {}), timeout, after)
        return pending if self._held is None else pending.unless(self._held)

    def on(self, event: str, handler: Callable[[dict[str, Any]], None]) -> None:
        self._session.on(event, handler)

    def detach(self) -> None:
        try:
            self._session.detach()
        except Error:
            return  # it went away by itself
