"""When a run has gone on for too long."""

from __future__ import annotations

from dataclasses import dataclass, field

from cua.errors import LimitReached
from cua.run import Run
from envs.clock import Clock, SystemClock


@dataclass(slots=True)
class Limits:
    """At most so many tried steps, seconds, rollbacks and tries of one step. Raises LimitReached by `check`."""

    steps: int = 10_000
    seconds: float = 4 * 3600.0
    rollbacks: int = 50
    same: int = 5
    clock: Clock = field(default_factory=SystemClock)
    _start: float | None = None

    def check(self, run: Run) -> None:
        now = self.clock.now()
        self._start = now if self._start is None else self._start
        if len(run.done) >= self.steps:
            raise LimitReached(f"{self.steps} steps were tried without reaching the goal")
        if now - self._start >= self.seconds:
            raise LimitReached(f"{self.seconds:g} s have passed without reaching the goal")
        if len(run.rollbacks) >= self.rollbacks:
            raise LimitReached(f"{self.rollbacks} rollbacks and no way to the goal")
        last = run.last
        if last is not None and not last.proved and run.failures.get(last.step.id, 0) >= self.same:
            raise LimitReached(f"{last.step.words} failed {self.same} times: {last.verdict.why}")
