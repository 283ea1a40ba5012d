"""The ledger of writes: what the application was asked to store during the run, and how each was answered.

A page may say "saved" before the server has answered. The ledger is read at the end: a write that was refused, and
that no later write to the same address made good, is a goal not reached, whatever the screen says.

Pages also send by themselves (heartbeats, polls, logs). What a page sends before anything was done on it is a habit:
when the same address is answered the same way later, that is no news, neither for a step nor against it. What it sends
while somebody types (autosave, suggestions) is no sign of a later click either; its refusals count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cua.run import Effect
from envs.events import Answer, Dialog, Downloaded, Event, Failure, Navigated, Request

Write = Request | Answer | Failure
Address = tuple[str, str]
"""Method and URL without its query."""

_TELEMETRY = re.compile(r"(^|/)(analytics|telemetry|beacon|sentry|rum|csp-?reports?)(/|$)", re.IGNORECASE)
REMEMBERED = 8192
"""Events that are known to have been entered: far more than any step has."""
_LONG_LIVED = frozenset({"ping", "websocket", "eventsource"})


def weighs(event: Write) -> bool:
    """Whether this is a write of the application itself: not another party's, not telemetry."""
    return (
        event.writes
        and event.first_party
        and event.kind not in _LONG_LIVED
        and not _TELEMETRY.search(urlsplit(event.url).path)
    )


@dataclass(frozen=True, slots=True)
class Habits:
    """What pages do by themselves: the addresses they ask, and those of them that had refused before."""

    asked: frozenset[Address] = frozenset()
    refusing: frozenset[Address] = frozenset()

    def asks(self, event: Write) -> bool:
        """Whether pages ask this address by themselves."""
        return _address(event) in self.asked

    def cover(self, event: Event) -> bool:
        """Whether this event is no news."""
        match event:
            case Request():
                return event.kind != "document" and self.asks(event)
            case Answer(refused=False):
                return event.kind != "document" and self.asks(event)
            case Answer() | Failure():
                return _address(event) in self.refusing
        return False


@dataclass(slots=True)
class Ledger:
    _open: dict[str, Request] = field(default_factory=dict)
    _refused: dict[Address, str] = field(default_factory=dict)
    _entered: dict[Event, None] = field(default_factory=dict)
    """The latest that were entered."""
    _touched: float | None = None
    """When something was first done on the document of now; None before that."""
    _presses: bool = False
    """Whether the act of now is one that asks the application to do something."""
    _own: set[str] = field(default_factory=set)
    """Ids of requests that a page sent before anything was done on it."""
    _habits: set[Address] = field(default_factory=set)
    _beside: set[Address] = field(default_factory=set)
    """Addresses asked while nothing was pressed."""
    _refusing: set[Address] = field(default_factory=set)

    def touch(self, at: float, presses: bool = True) -> None:
        """An act is about to be done: what is sent from now on may be its doing, until another document is there.

        `presses`: it asks the application to do something, as a click does and filling in a field does not.
        """
        self._touched = at if self._touched is None else self._touched
        self._presses = presses

    @property
    def habits(self) -> Habits:
        return Habits(frozenset(self._habits | self._beside), frozenset(self._refusing))

    def enter(self, events: Iterable[Event]) -> None:
        """Take these events down, each once, in their order."""
        for event in events:
            if event in self._entered or not isinstance(event, Request | Answer | Failure | Navigated):
                continue
            self._entered[event] = None
            if len(self._entered) > REMEMBERED:
                del self._entered[next(iter(self._entered))]
            if isinstance(event, Navigated):
                self._touched = self._touched if event.same_document else None
                continue
            self._observe(event)
            if weighs(event):
                self._enter(event)

    def _observe(self, event: Write) -> None:
        """Is it a habit in the making?"""
        if isinstance(event, Request):
            if event.kind != "document" and (self._touched is None or event.at < self._touched):
                self._own.add(event.id)
                self._habits.add(_address(event))
            elif event.kind != "document" and not self._presses:
                self._beside.add(_address(event))
            return
        if event.id in self._own and (isinstance(event, Failure) or event.refused):
            self._refusing.add(_address(event))

    def _enter(self, event: Write) -> None:
        address = _address(event)
        said = f"{address[0]} {urlsplit(event.url).path}"
        if isinstance(event, Request):
            if event.id not in self._own:
                self._open[event.id] = event
            return
        self._open.pop(event.id, None)
        if address in (self._habits if isinstance(event, Answer) and not event.refused else self._refusing):
            return
        match event:
            case Answer(refused=True):
                self._refused[address] = f"the server refused {said}: {event.refusal or event.status}"
            case Failure(canceled=False):
                self._refused[address] = f"{said} got no answer: {event.why}"
            case Answer():
                self._refused.pop(address, None)

    def forgive(self, events: Iterable[Event]) -> None:
        """What these were refused is known to have happened all the same."""
        for event in events:
            if isinstance(event, Request | Answer | Failure):
                self._refused.pop(_address(event), None)
                self._open.pop(event.id, None)

    def waits(self, at: float) -> bool:
        """Whether a write that was sent by then waits for its answer."""
        return any(write.at <= at for write in self._open.values())

    @property
    def refused(self) -> str:
        """The refusals that nothing made good, in words; empty when there is none."""
        return "; ".join(self._refused.values())


def _address(event: Write) -> Address:
    return event.method.upper(), event.url.partition("?")[0].partition("#")[0]


def effects_of(events: Iterable[Event]) -> tuple[Effect, ...]:
    """What the events of a step left behind in the world; a write that nobody has answered yet among it."""
    found = []
    events = tuple(events)
    ended = {event.id for event in events if isinstance(event, Answer | Failure)}
    for event in events:
        match event:
            case Request() if weighs(event) and event.id not in ended:
                found.append(Effect("write", f"{event.method} {event.url} without an answer"))
            case Answer() if event.writes and event.first_party:
                said = f"{event.method} {event.url} answered {event.status}"
                found.append(Effect("write", said, undone=400 <= event.status < 500))  # refused: nothing is left of it
            case Failure() if event.writes and event.first_party:
                found.append(Effect("write", f"{event.method} {event.url} without an answer"))
            case Downloaded(failure=None):
                found.append(Effect("file", event.name))
            case Dialog(kind="confirm" | "prompt"):
                answer = "accepted" if event.accepted else "dismissed"
                found.append(Effect("dialog", f'{event.kind} "{event.message}" {answer}'))
    return tuple(found)
