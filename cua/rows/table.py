"""A table of rows, and what holds for it in every format: how large it may be, and what its first line may say.

What makes the whole file unreadable is BadInput with its line. What is wrong with one row only is said in that row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cua.errors import BadInput

MOST_BYTES = 32 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 without the header; `line` is where it begins (in a sheet its row number). `problem` says
    why it is no row at all; `values` are texts (CSV, sheets) or JSON values, by column."""

    number: int
    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are those of the header (CSV, sheets) or all that any object has (JSON), each with the line where it
    stands first."""

    path: Path
    columns: Mapping[str, int]
    rows: tuple[Row, ...]


def header(path: Path, line: int, cells: list[str]) -> list[str]:
    """The names of the columns. Raises BadInput for too many, one without a name, two of one name."""
    columns = [cell.strip() for cell in cells]
    few(path, line, len(columns))
    for number, name in enumerate(columns, 1):
        if not name:
            why = f"--data: column {number} has no name; the first line names the params"
            raise BadInput(why, file=path, line=line)
    once(path, line, columns, "column")
    return columns


def once(path: Path, line: int, names: list[str], kind: str) -> None:
    """Raises BadInput where a name is there twice."""
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise BadInput(f'--data: the {kind} "{twice}" is there twice', file=path, line=line)


def few(path: Path, line: int, columns: int) -> None:
    """Raises BadInput where there are too many columns."""
    if columns > MOST_COLUMNS:
        raise BadInput(f"--data: there are more than {MOST_COLUMNS} columns", file=path, line=line)


def room(path: Path, line: int, rows: int) -> None:
    """Raises BadInput where no row may follow these."""
    if rows >= MOST_ROWS:
        raise BadInput(f"--data: there are more than {MOST_ROWS:,} rows; divide the file", file=path, line=line)


def unlike(cells: int, columns: int) -> str:
    """What is wrong with a row that has another number of cells than the header."""
    return f"it has {cells} {'cell' if cells == 1 else 'cells'}, the header has {columns}"


def empty(path: Path) -> BadInput:
    """A file without a header."""
    return BadInput("--data: the file is empty; its first line names the params", file=path)
