"""The protocol of a world: five methods. What only some worlds can do is an optional protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from envs.action import Action
from envs.deeds import Watched
from envs.observation import Element, Observation

Until = Callable[[Observation], bool]
"""A predicate to wait for; it is called with fresh observations and must not act."""


@runtime_checkable
class Env(Protocol):
    """A world that can be looked at and acted on. One thread, one owner.

    The order is reset, then observe / act / settle as often as needed, then close; close is always allowed, twice
    too. `envs.contract` holds an implementation to these words.
    """

    def reset(self) -> Observation:
        """Open the world at its start. Raises Unavailable with what is missing and the command that mends it."""
        ...

    def observe(self) -> Observation:
        """Look now, without waiting. Events are handed out once. Raises Crashed."""
        ...

    def act(self, action: Action, found: Element | None = None) -> None:
        """Do it as real input to `found`, after checking that it is still the element that was seen: the same node, of
        the same role and name, at the place where it would receive the input.

        Raises Stale (nothing dispatched), ActFailed (`dispatched` says), Unsupported, Crashed.
        """
        ...

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Look once the world has come to rest after the last act, and, with `until`, once that holds or `timeout`
        seconds have passed: the last observation is returned either way, and all events since the last one with it.

        Rest: documents loaded, the requests the act caused answered, the tree quiet. By events, never by sleeping.
        Where `until` holds, an environment may leave the last moment of it to whatever comes next: settling once more
        returns the same look when the world has stayed as it was, and an act raises Stale when it has not.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What it takes to return to a moment: a URL (browser), and values only the environment understands."""

    place: str
    url: str
    window: str = ""
    document: str = ""
    inner: object = field(default=None, repr=False, compare=False)


@runtime_checkable
class Restorable(Protocol):
    def checkpoint(self) -> Checkpoint: ...

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        """Return by "history" (go back until the document is the checkpoint's) or by "url" (load it anew).

        Returns what is there afterwards; the caller verifies it. Raises ActFailed where the way does not exist.
        """
        ...


@runtime_checkable
class Forkable(Protocol):
    def fork(self) -> Env:
        """A second window on the same world (same sign-in) that can be closed without a trace in this one."""
        ...


class Watching(Protocol):
    """A person acts, and is watched while this is entered."""

    @property
    def over(self) -> bool:
        """The person has closed the world."""
        ...

    def look(self, seconds: float) -> Observation | None:
        """Look once something has changed and come to rest, or so many seconds are over; what the person did meanwhile
        is in the sink. None while there is nothing to look at."""
        ...

    def follow(self, window: str) -> bool:
        """Look at the window that the person has gone to. False where it is closed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@runtime_checkable
class Watchable(Protocol):
    def watch(self, sink: Callable[[Watched], None]) -> Watching:
        """Have what a person does put into `sink`, as it happens."""
        ...
