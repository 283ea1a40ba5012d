"""Ctrl-C and termination signals: the step that is under way is proved, then the run ends, resumable.

A signal only leaves a note; it is read where nothing is in doubt: before a step is dispatched, and while waiting. An
exception out of the handler would tear Playwright's event loop apart, and the browser could not be closed any more.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

from cua.errors import Interrupted
from cua.policy import ALLOWED, Decision
from cua.step import Step
from envs.action import Action, Look
from envs.clock import Clock, SystemClock
from envs.env import Env, Until
from envs.observation import Element, Observation
from envs.wrappers import Wrapper

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPING = "Stopping: the step under way is finished first. Once more: at once."
GRACE = 5.0
"""Seconds that a step which was already sent is given to be proved."""
PATIENCE = 15.0
"""Seconds after which a run that does not come to a place where it can stop is ended all the same."""
EXIT = 130


class Interrupts:
    """Catches the signals while it is entered (main thread only; elsewhere it does nothing).

    The first one asks; the second one, or PATIENCE without an end, ends the process: the journal on disk then says how
    far the run came, and the browser goes with us.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        leave: Callable[[int], object] = os._exit,
        signals: Sequence[signal.Signals] = SIGNALS,
        notice: str = STOPPING,
    ) -> None:
        self._signals = signals
        self._notice = notice
        self._clock = clock or SystemClock()
        self._leave = leave
        self._at: float | None = None
        self._name = ""
        self._direct = False
        self._before: dict[int, Any] = {}
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {one: signal.signal(one, self._caught) for one in self._signals}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for one, handler in self._before.items():
            signal.signal(one, handler)

    @property
    def caught(self) -> bool:
        return self._at is not None

    def check(self, grace: float = 0.0) -> None:
        """Raises Interrupted once a signal has come, `grace` seconds later."""
        if self._at is not None and self._clock.now() - self._at >= grace:
            raise Interrupted(f"stopped by {self._name}")

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While a question is open at the terminal nothing else is under way, and a signal answers it at once."""
        self.check()
        self._direct = True
        try:
            yield
        finally:
            self._direct = False

    def decide(self, step: Step, found: Element | None, before: Observation) -> Decision:
        """The rule of the policy that is asked before every act."""
        self.check()
        return ALLOWED

    def _caught(self, number: int, frame: FrameType | None) -> None:
        if self._at is not None:
            self._leave(EXIT)
        self._at, self._name = self._clock.now(), signal.Signals(number).name
        self._timer = threading.Timer(PATIENCE, self._leave, (EXIT,))
        self._timer.daemon = True
        self._timer.start()
        if self._direct:
            self.check()
        if number != signal.SIGHUP:
            _say(f"\n{self._notice}\n")


def _say(text: str) -> None:
    """Past all buffers, for the handler may have come in the middle of a write."""
    try:
        os.write(sys.stderr.fileno(), text.encode())
    except (OSError, ValueError):
        return  # the terminal is gone


class Interruptible(Wrapper):
    """A world in which waiting ends when a signal has come. What was sent is given its time to be proved."""

    def __init__(self, inner: Env, interrupts: Interrupts) -> None:
        super().__init__(inner)
        self._interrupts = interrupts
        self._sent = self._judged = False
        """Whether something was sent and not waited for; whether it was, and may be looked at once more."""

    def reset(self) -> Observation:
        self._interrupts.check()
        return self.inner.reset()

    def observe(self) -> Observation:
        self._interrupts.check()
        return self.inner.observe()

    def act(self, action: Action, found: Element | None = None) -> None:
        self._sent, self._judged = self._sent or not isinstance(action, Look), False  # nothing comes of looking
        self.inner.act(action, found)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        firm = until is None and self._judged
        grace = GRACE if self._sent or firm else 0.0
        self._interrupts.check(grace)

        def holds(now: Observation) -> bool:
            done = until is None or until(now)
            if not done:
                self._interrupts.check(grace)
            return done

        now = self.inner.settle(holds if until is not None else None, timeout)
        self._sent, self._judged = False, self._sent and until is not None
        return now
