"""What a section of the bench yields: tables, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

Cell = str | int | float


class Section(Protocol):
    """A module in `tests/bench/sections`: it is found by its name and needs no registration."""

    NAME: str
    """What it is called on the command line."""
    ABOUT: str
    """One sentence: what is measured."""

    def run(self, quick: bool) -> Sequence[Table]:
        """Measure. `quick`: the smallest sizes and few rounds, to see that it works; such figures say nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """`notes` are lines below it: what was compared with what, what was left out and why."""

    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    title: str = ""
    notes: Sequence[str] = field(default_factory=tuple)

    def markdown(self) -> str:
        lines = [_line(self.head), _line(["---"] * len(self.head)), *map(_line, self.rows)]
        title = [f"**{self.title}**", ""] if self.title else []
        notes = ["", *(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n".join([*title, *lines, *notes])


def _line(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(map(_said, cells)) + " |"


def _said(cell: Cell) -> str:
    """Numbers with three digits that count."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if abs(cell) >= 100 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
    return str(cell).replace("|", "\\|")


def times(ratio: float) -> str:
    """A ratio in words: "1/23" where it is small, "1.4 x" otherwise."""
    return f"1/{1 / ratio:.0f}" if 0 < ratio < 0.1 else f"1/{1 / ratio:.1f}" if 0 < ratio < 0.5 else f"{ratio:.2f} x"
