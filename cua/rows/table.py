"""Reading rows: CSV (RFC 4180; comma, semicolon or tab) and JSON (a list of objects), UTF-8 both.

What makes the whole file unreadable is BadInput with its line. What is wrong with one row only is said in that row.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from cua.errors import BadInput

MOST_BYTES = 32 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 500
_DELIMITERS = ",;\t"
_SPACE = " \t\r\n"
_BINARY = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 without the header; `line` is where it begins. `problem` says why it is no row at all;
    `values` are texts (CSV) or JSON values, by column."""

    number: int
    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are those of the header (CSV) or all that any object has (JSON), each with the line where it stands
    first."""

    path: Path
    columns: Mapping[str, int]
    rows: tuple[Row, ...]


def read(path: Path) -> Table:
    """The rows of a file. Raises BadInput."""
    if path.suffix.lower() in _BINARY:
        raise BadInput(f"--data does not read {path.suffix.lower()} files; save the sheet as CSV (UTF-8)", file=path)
    text = _text(path)
    table = _json(path, text) if path.suffix.lower() == ".json" else _csv(path, text)
    if not table.rows:
        raise BadInput("--data: there is no row in it", file=path)
    return table


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"--data: the file has more than {MOST_BYTES // 2**20} MiB; divide it", file=path)
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"--data: the file cannot be read: {error.strerror}", file=path) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("--data: this is not UTF-8; save it as UTF-8", file=path, line=line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadInput("--data: there is a NUL character in it; this is no text file", file=path, line=line)
    return text


def _csv(path: Path, text: str) -> Table:
    columns: list[str] = []
    rows: list[Row] = []
    head = 0
    for line, cells in _records(path, text):
        if not columns:
            columns, head = _header(path, line, cells), line
            continue
        if len(rows) == MOST_ROWS:
            raise BadInput(f"--data: there are more than {MOST_ROWS:,} rows; divide the file", file=path, line=line)
        problem = ""
        if len(cells) != len(columns):
            problem = f"it has {len(cells)} {'cell' if len(cells) == 1 else 'cells'}, the header has {len(columns)}"
        rows.append(Row(len(rows) + 1, line, dict(zip(columns, cells, strict=False)), problem))
    if not columns:
        raise BadInput("--data: the file is empty; its first line names the params", file=path)
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


def _header(path: Path, line: int, cells: list[str]) -> list[str]:
    columns = [cell.strip() for cell in cells]
    if len(columns) > MOST_COLUMNS:
        raise BadInput(f"--data: there are more than {MOST_COLUMNS} columns", file=path, line=line)
    for number, name in enumerate(columns, 1):
        if not name:
            why = f"--data: column {number} has no name; the first line names the params"
            raise BadInput(why, file=path, line=line)
    _once(path, line, columns, "column")
    return columns


def _once(path: Path, line: int, names: list[str], kind: str) -> None:
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise BadInput(f'--data: the {kind} "{twice}" is there twice', file=path, line=line)


def _json(path: Path, text: str) -> Table:
    columns: dict[str, int] = {}
    rows: list[Row] = []
    for line, value in _values(path, text):
        if len(rows) == MOST_ROWS:
            raise BadInput(f"--data: there are more than {MOST_ROWS:,} rows; divide the file", file=path, line=line)
        if not isinstance(value, _Pairs):
            rows.append(Row(len(rows) + 1, line, problem="it is no object"))
            continue
        names = [name for name, _ in value]
        _once(path, line, names, "key")
        if len(columns.keys() | set(names)) > MOST_COLUMNS:
            raise BadInput(f"--data: there are more than {MOST_COLUMNS} columns", file=path, line=line)
        for name in names:
            columns.setdefault(name, line)
        rows.append(Row(len(rows) + 1, line, {name: _plain(one) for name, one in value}))
    return Table(path, columns, tuple(rows))


class _Pairs(list[tuple[str, object]]):
    """An object as it was written: a key may be there twice."""


def _plain(value: object) -> object:
    if isinstance(value, _Pairs):
        return {name: _plain(one) for name, one in value}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _values(path: Path, text: str) -> Iterator[tuple[int, object]]:
    """The values of the list, each with the line where it begins."""
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_constant=_constant)
    at, line, counted = _skip(text, 0), 1, 0

    def wrong(why: str, where: int) -> BadInput:
        return BadInput(f"--data: {why}", file=path, line=text.count("\n", 0, where) + 1)

    if text[at : at + 1] != "[":
        raise wrong("this is no list of objects: [{…}, {…}]", at)
    at = _skip(text, at + 1)
    more = text[at : at + 1] != "]"
    while more:
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise wrong(f"this is no JSON: {error.msg}", error.pos) from None
        except (ValueError, RecursionError) as error:
            raise wrong(f"this is no JSON: {error}", at) from None
        yield line, value
        at = _skip(text, end)
        if text[at : at + 1] not in (",", "]"):
            raise wrong("this is no JSON: a comma or ] has to follow", at)
        more = text[at] == ","
        at = _skip(text, at + 1) if more else at
    rest = _skip(text, at + 1)
    if rest < len(text):
        raise wrong("this is no JSON: something follows the list", rest)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
