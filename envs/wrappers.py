"""Small wrappers over an Env, each with one concern; put together they are still an Env that keeps the contract.

    env = Ordered(Limited(Recorded(inner, sink), acts=200, seconds=600))

A wrapper is Restorable, Forkable, Watchable or Scrollable (by `isinstance` too) exactly when what it wraps is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from envs.action import Action
from envs.clock import Clock, SystemClock
from envs.deeds import Watched
from envs.env import Checkpoint, Env, Forkable, Restorable, Until, Watchable, Watching
from envs.errors import EnvError, Exhausted, OutOfOrder
from envs.observation import Element, Observation
from envs.scrolling import Scrollable, Scroller

OPTIONAL: dict[Any, tuple[str, ...]] = {
    Restorable: ("checkpoint", "restore"),
    Forkable: ("fork",),
    Watchable: ("watch",),
    Scrollable: ("scrollers", "roll"),
}
"""The optional protocols and their methods; a wrapper changes one by defining its name with an underscore before it."""


class Wrapper:
    """Passes everything on. Subclasses change what they are for."""

    def __init__(self, inner: Env) -> None:
        self.inner = inner
        for protocol, names in OPTIONAL.items():
            if isinstance(inner, protocol):
                # In the instance: isinstance must say no where the inner environment cannot.
                vars(self).update({name: getattr(self, f"_{name}") for name in names})

    def reset(self) -> Observation:
        return self.inner.reset()

    def observe(self) -> Observation:
        return self.inner.observe()

    def act(self, action: Action, found: Element | None = None) -> None:
        self.inner.act(action, found)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self.inner.settle(until, timeout)

    def close(self) -> None:
        self.inner.close()

    def _checkpoint(self) -> Checkpoint:
        return cast(Restorable, self.inner).checkpoint()

    def _restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        return cast(Restorable, self.inner).restore(checkpoint, by)

    def _fork(self) -> Env:
        return cast(Forkable, self.inner).fork()

    def _watch(self, sink: Callable[[Watched], None]) -> Watching:
        return cast(Watchable, self.inner).watch(sink)

    def _scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        return cast(Scrollable, self.inner).scrollers(around)

    def _roll(self, scroller: Scroller, to: float | None) -> Scroller:
        return cast(Scrollable, self.inner).roll(scroller, to)


class Ordered(Wrapper):
    """reset comes first, and nothing comes after close: raises OutOfOrder before the inner environment is asked."""

    def __init__(self, inner: Env) -> None:
        super().__init__(inner)
        self._open = self._closed = False

    def reset(self) -> Observation:
        if self._closed:
            raise OutOfOrder("this environment is closed: make a new one")
        start = self.inner.reset()
        self._open = True
        return start

    def observe(self) -> Observation:
        self._ready("observe")
        return self.inner.observe()

    def act(self, action: Action, found: Element | None = None) -> None:
        self._ready(action.verb)
        self.inner.act(action, found)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        self._ready("settle")
        return self.inner.settle(until, timeout)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.inner.close()

    def _checkpoint(self) -> Checkpoint:
        self._ready("checkpoint")
        return super()._checkpoint()

    def _restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        self._ready("restore")
        return super()._restore(checkpoint, by)

    def _fork(self) -> Env:
        self._ready("fork")
        return super()._fork()

    def _watch(self, sink: Callable[[Watched], None]) -> Watching:
        self._ready("watch")
        return super()._watch(sink)

    def _scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        self._ready("scrollers")
        return super()._scrollers(around)

    def _roll(self, scroller: Scroller, to: float | None) -> Scroller:
        self._ready("roll")
        return super()._roll(scroller, to)

    def _ready(self, what: str) -> None:
        if self._closed:
            raise OutOfOrder(f"{what} after close: make a new environment")
        if not self._open:
            raise OutOfOrder(f"{what} before reset: call reset first")


class Limited(Wrapper):
    """At most so many acts, for at most so many seconds since reset; then acts raise Exhausted.

    Looking is always allowed; waiting ends when the time does.
    """

    def __init__(
        self, inner: Env, *, acts: int | None = None, seconds: float | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__(inner)
        self.acts, self.seconds = acts, seconds
        self._clock = clock or SystemClock()
        self._done = 0
        self._began = self._clock.now()

    @property
    def left(self) -> float:
        """Seconds; infinite where there is no limit."""
        return float("inf") if self.seconds is None else max(0.0, self._began + self.seconds - self._clock.now())

    def reset(self) -> Observation:
        self._done, self._began = 0, self._clock.now()
        return self.inner.reset()

    def act(self, action: Action, found: Element | None = None) -> None:
        if self.acts is not None and self._done >= self.acts:
            raise Exhausted(f"{action.verb} would be act {self._done + 1}, and {self.acts} are granted")
        if self.left == 0:
            raise Exhausted(f"{action.verb} comes after the {self.seconds:g} seconds that are granted")
        self._done += 1
        self.inner.act(action, found)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self.inner.settle(until, min(timeout, self.left))


@dataclass(frozen=True, slots=True)
class Acted:
    """One act and what came of it. `before` and `after` are the seq of the looks around it; 0: there was none."""

    action: Action
    element: Element | None
    before: int
    after: int = 0
    error: str = ""
    """Why it raised, with the kind of the error first; "" if it did not."""


class Recorded(Wrapper):
    """Hands every act to `sink`: with the next look, at once if it raised, earlier if another act or the end comes."""

    def __init__(self, inner: Env, sink: Callable[[Acted], None]) -> None:
        super().__init__(inner)
        self._sink = sink
        self._seq = 0
        self._open: tuple[Action, Element | None, int] | None = None

    def reset(self) -> Observation:
        self._hand_over()
        return self._seen(self.inner.reset())

    def observe(self) -> Observation:
        return self._seen(self.inner.observe())

    def act(self, action: Action, found: Element | None = None) -> None:
        self._hand_over()
        try:
            self.inner.act(action, found)
        except EnvError as failed:
            self._sink(Acted(action, found, self._seq, error=f"{type(failed).__name__}: {failed.why}"))
            raise
        self._open = (action, found, self._seq)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        return self._seen(self.inner.settle(until, timeout))

    def close(self) -> None:
        self._hand_over()
        self.inner.close()

    def _restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        self._hand_over()
        return self._seen(super()._restore(checkpoint, by))

    def _seen(self, now: Observation) -> Observation:
        self._seq = now.seq
        self._hand_over(now.seq)
        return now

    def _hand_over(self, after: int = 0) -> None:
        if self._open is not None:
            action, element, before = self._open
            self._open = None
            self._sink(Acted(action, element, before, after))
