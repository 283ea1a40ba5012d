"""Time as a dependency: deadlines are read from a clock that a test can replace."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Monotonic seconds."""
        ...


class SystemClock:
    def now(self) -> float:
        return time.monotonic()


@dataclass(slots=True)
class ManualClock:
    """A clock that moves only when it is told to."""

    at: float = 0.0

    def now(self) -> float:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += seconds


@dataclass(slots=True)
class Deadline:
    """A point in time; `left` never goes below 0."""

    seconds: float
    clock: Clock = field(default_factory=SystemClock)
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = self.clock.now() + self.seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - self.clock.now())

    @property
    def passed(self) -> bool:
        return self.left == 0.0
