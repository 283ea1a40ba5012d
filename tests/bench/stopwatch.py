"""Where the time goes: a few methods of the product are wrapped while a bench runs, and each one's own time is
counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Part = tuple[Any, str]
"""A class or module, and the name of a function in it."""


@dataclass(slots=True)
class Stopwatch:
    """ms by part, what a part calls of another left out. A call costs it 1 µs or two."""

    ms: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    laps: dict[str, list[float]] = field(default_factory=dict)
    """What `lap` has put away."""
    running: bool = False
    _inner: list[float] = field(default_factory=list)
    """For every call under way, the ms that it spent in other parts."""

    @contextmanager
    def watching(self, parts: Mapping[str, tuple[Part, ...]]) -> Iterator[Stopwatch]:
        """Count these functions as long as the block lasts and `running` is set."""
        before = [(owner, name, getattr(owner, name)) for many in parts.values() for owner, name in many]
        try:
            for label, many in parts.items():
                self.ms[label], self.calls[label] = 0.0, 0
                for owner, name in many:
                    setattr(owner, name, self._counted(label, getattr(owner, name)))
            yield self
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)

    def lap(self) -> None:
        """Put away what has been counted since the last lap, and begin at 0."""
        for label, ms in self.ms.items():
            self.laps.setdefault(label, []).append(ms)
            self.ms[label] = 0.0

    def _counted(self, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            if not self.running:
                return function(*args, **kwargs)
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                whole = (time.perf_counter() - start) * 1000
                self.ms[label] += whole - self._inner.pop()
                self.calls[label] += 1
                if self._inner:
                    self._inner[-1] += whole

        return counted
