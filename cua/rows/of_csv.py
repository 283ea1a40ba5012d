"""Rows of CSV (RFC 4180): comma, semicolon or tab, whichever the first line has most of."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from cua.errors import BadInput
from cua.rows.table import Row, Table, empty, header, room, unlike

_DELIMITERS = ",;\t"


def table(path: Path, text: str) -> Table:
    """The table of a text. Raises BadInput."""
    columns: list[str] = []
    rows: list[Row] = []
    head = 0
    for line, cells in _records(path, text):
        if not columns:
            columns, head = header(path, line, cells), line
            continue
        room(path, line, len(rows))
        problem = unlike(len(cells), len(columns)) if len(cells) != len(columns) else ""
        rows.append(Row(len(rows) + 1, line, dict(zip(columns, cells, strict=False)), problem))
    if not columns:
        raise empty(path)
    return Table(path, dict.fromkeys(columns, head), tuple(rows))


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, each with where it begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    began = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) or len(cells) == 1:  # one empty cell in quotes is a cell
                yield began, cells
            began = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"--data: this is no CSV from here on: {error}", file=path, line=began) from None
