"""The debugging protocol of one target, with errors that say what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import CDPSession, Error
from playwright.sync_api import TimeoutError as OutOfTime

from envs.errors import Crashed

Params = Mapping[str, Any]
"""A CDP message: the protocol's own JSON, parsed where it is received."""

PATIENCE = 30.0
"""Seconds after which a page that answers nothing counts as hung."""

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


class Wire:
    """Sends and listens to one CDP session."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def send(self, method: str, params: Params | None = None, timeout: float = PATIENCE) -> dict[str, Any]:
        """The result of a command; seconds.

        Raises MovedOn, TargetGone, Crashed; Playwright's Error where the command was refused.
        """
        try:
            return self._session.send(method, dict(params or {}), timeout=timeout * 1000)
        except OutOfTime as error:
            raise Crashed(f"the page has not answered for {timeout:.0f} s ({method})") from error
        except Error as error:
            text = error.message
            if "Target crashed" in text or "Page crashed" in text:
                raise Crashed("the tab crashed") from error
            if any(words in text for words in _MOVED_ON):
                raise MovedOn(text) from error
            if any(words in text for words in _CLOSED):
                raise TargetGone(text) from error
            raise

    def on(self, event: str, handler: Callable[[dict[str, Any]], None]) -> None:
        self._session.on(event, handler)

    def detach(self) -> None:
        try:
            self._session.detach()
        except Error:
            return  # it went away by itself
