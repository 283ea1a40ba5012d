"""When a run has gone on for too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cua.errors import LimitReached
from cua.run import Run
from envs.clock import Clock, SystemClock

LOOKED_BACK = 12
"""Steps of the longest circle that is noticed."""


@dataclass(slots=True)
class Limits:
    """At most so many tried steps, seconds, rollbacks, tries of one step, and rounds in a circle: the same acts on
    screens that look the same to the pixel (0: a circle may be meant, as in a file that says `repeat`). Raises
    LimitReached by `check`."""

    steps: int = 10_000
    seconds: float = 4 * 3600.0
    rollbacks: int = 50
    same: int = 5
    circles: int = 0
    clock: Clock = field(default_factory=SystemClock)
    _start: float | None = None

    def check(self, run: Run, shows: Callable[[str], str] = str) -> None:
        """`shows`: the same for pictures (names) that show the same."""
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
        if self.circles and last is not None and all(last.pictures):
            self._circle(run, shows)

    def _circle(self, run: Run, shows: Callable[[str], str]) -> None:
        recent = run.done[-LOOKED_BACK * self.circles :]
        scenes = [(done.step.words, *map(shows, done.pictures)) for done in recent]
        rounds = [at for at, scene in enumerate(scenes) if scene == scenes[-1]]
        if len(rounds) > self.circles:
            words = [done.step.words for done in recent[rounds[-2] + 1 :]]
            raise LimitReached(f"the run goes in a circle, {self.circles} times now: {', then '.join(words)}")
