"""What has happened and was not told yet: it goes onto the next look."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import ConsoleMessage, WebError

from envs.clock import Clock
from envs.events import ConsoleError, Event

NOISE = 100
"""Messages of the console that are told of one look."""


class Happened:
    """`place` is that of the environment, for events that name none."""

    def __init__(self, place: str, clock: Clock) -> None:
        self._place = place
        self._clock = clock
        self._events: list[Event] = []
        self._noise = 0

    def __bool__(self) -> bool:
        return bool(self._events)

    def tell(self, event: Event) -> None:
        self._events.append(event if event.place else replace(event, place=self._place))

    def take(self) -> tuple[Event, ...]:
        """All of it, in the order in which it came; it is told now."""
        events, self._events, self._noise = tuple(self._events), [], 0
        return events

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(message.text)

    def error(self, error: WebError) -> None:
        """One that no script caught."""
        self._complain(str(error.error))

    def _complain(self, text: str) -> None:
        self._noise += 1
        if self._noise <= NOISE:
            self.tell(ConsoleError(at=self._clock.now(), text=text))
