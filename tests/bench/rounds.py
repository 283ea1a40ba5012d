"""Interleaved rounds: A, B, A, B ... in one run, so that what disturbs the machine disturbs all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Times:
    """What one contender took, in ms, round by round."""

    ms: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.ms)

    @property
    def least(self) -> float:
        return min(self.ms)

    def said(self) -> str:
        """Median and minimum, as they stand in a cell."""
        return f"{_short(self.median)} ({_short(self.least)})"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def interleaved(contenders: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Times]:
    """Every contender once a round, in turn; each returns its own ms, so that what prepares it does not count."""
    found = {name: Times() for name in contenders}
    for _ in range(rounds):
        for name, once in contenders.items():
            found[name].ms.append(once())
    return found


def _short(ms: float) -> str:
    return f"{ms:.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 1 else f"{ms:.2f}"
