"""What could not be carried from one format to another, in words, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Loss:
    """`at` is the place in the file that was read: "line 12", "steps[3]"; "" where it is about the whole of it."""

    at: str
    what: str

    def __str__(self) -> str:
        return f"{self.at}: {self.what}" if self.at else self.what


@dataclass(slots=True)
class Losses:
    """Collects what is lost; the same thing at the same place is told once. `notes` lose nothing, and are
    worth a look."""

    found: list[Loss] = field(default_factory=list)
    notes: list[Loss] = field(default_factory=list)

    def add(self, at: str, what: str) -> None:
        loss = Loss(at, " ".join(what.split()))
        if loss not in self.found:
            self.found.append(loss)

    def note(self, at: str, what: str) -> None:
        note = Loss(at, " ".join(what.split()))
        if note not in self.notes:
            self.notes.append(note)


class CannotSay(Exception):
    """A format has no words for this; the message says for what. Always caught: it becomes a loss."""
