"""What really happened, kept by the application itself: every request, every write, what was stored and what twice."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field

from .injector import Injector
from .routes import find
from .store import Store
from .web import Answer, Request


@dataclass(slots=True)
class Entry:
    """One request: seconds since the start, what was asked, how it was answered (a status, "dropped", "cut in half",
    "pending"), how many writes it stored, and which faults had a hand in it."""

    at: float
    method: str
    path: str
    name: str
    answer: int | str = "pending"
    stored: int = 0
    fault: str = ""


@dataclass(slots=True)
class Books:
    entries: list[Entry] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def clear(self) -> None:
        with self._lock:
            self.entries.clear()

    def asked(self, request: Request) -> Entry:
        """A request has come."""
        found = find(request.method, request.path)
        at = round(time.monotonic() - self._began, 3)
        entry = Entry(at, request.method, request.path, found[0].name if found else "")
        with self._lock:
            self.entries.append(entry)
        return entry

    def answered(self, entry: Entry, answer: Answer) -> None:
        """What it is about to be given."""
        entry.answer, entry.fault = answer.told, answer.by

    def as_json(self, store: Store, injector: Injector) -> dict[str, object]:
        """`stored_twice` counts what was stored more than once with the same content: 0 is what anybody wants."""
        with self._lock:
            entries = tuple(self.entries)
        stored = store.stored()
        return {
            "requests": [asdict(entry) for entry in entries],
            "writes": Counter(entry.name for entry in entries if entry.method == "POST"),
            "stored": Counter(row["kind"] for row in stored),
            "stored_twice": twice(stored),
            "log": stored,
            "armed": [str(one) for one in injector.armed],
            "fired": [{"fault": name, "at": moment} for name, moment in injector.fired],
            "chances": injector.chances,
        }


def twice(stored: list[dict[str, str]]) -> int:
    """How many of these were there already."""
    counts = Counter(tuple(row.values()) for row in stored)
    return sum(count - 1 for count in counts.values())
