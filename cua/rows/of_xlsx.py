"""Rows of a sheet, in the texts that a CSV of it would hold.

Numbers are those that are stored, not the way they are shown: 1234.5, whatever its currency. But a date is ISO 8601, a
percentage has its sign, and zeros in front stay (0042) where the format asks for them.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from cua.errors import BadInput
from cua.rows.table import Row, Table, empty, header, room, unlike
from cua.rows.workbook import Cell, cells

_PERCENT = re.compile(r'^(?:[^";%]|"[^"]*")*%')
_ZEROS = re.compile("0{2,}")
_SHORT = 10**21
"""Numbers from here on are written with an exponent."""


class _Wrong(ValueError):
    """A cell without a value that could be typed."""


def table(path: Path, data: bytes) -> Table:
    """The table of the first visible sheet of a workbook. Raises BadInput."""
    columns: list[str] = []
    rows: list[Row] = []
    head = 0
    for line, found in cells(path, data):
        texts, wrong = _texts(found)
        if not wrong and not any(text.strip() for text in texts):
            continue
        if not columns:
            if wrong:
                raise BadInput(f"--data: {wrong[0]}; the first line names the params", file=path, line=line)
            columns, head = header(path, line, texts), line
            continue
        room(path, line, len(rows))
        if len(texts) > len(columns):
            wrong = [unlike(len(texts), len(columns))]
        texts += [""] * (len(columns) - len(texts))
        rows.append(Row(len(rows) + 1, line, dict(zip(columns, texts, strict=False)), "; ".join(wrong)))
    if not columns:
        raise empty(path)
    return Table(path, dict.fromkeys(columns, head), tuple(rows))


def _texts(found: list[Cell]) -> tuple[list[str], list[str]]:
    """The texts from the first column to the last one that says anything, and what is wrong with cells."""
    texts: dict[int, str] = {}
    wrong: list[str] = []
    for cell in found:
        try:
            text = _text(cell)
        except _Wrong as error:
            wrong.append(f"the cell {cell.name} {error}")
            text = str(cell.value or "")
        if text:
            texts[cell.column] = text
    last = max(texts, default=0)
    return [texts.get(column, "") for column in range(1, last + 1)], wrong


def _text(cell: Cell) -> str:
    """Raises _Wrong."""
    match cell.value:
        case None if cell.formula and cell.kind != "str":
            raise _Wrong("is a formula without a value; calculate and save the sheet in a spreadsheet program")
        case None:
            return ""
        case _ if cell.kind == "e":
            raise _Wrong(f"is an error: {str(cell.value)[:20]}")
        case bool(value):
            return "true" if value else "false"
        case int(value):
            return _number(Decimal(value), cell.shown)
        case float(value) if math.isfinite(value):
            return _number(Decimal(f"{value:.15g}"), cell.shown)  # what a spreadsheet program shows of it
        case float():
            raise _Wrong("is no number")
        case datetime() as value if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time() as value:
            return value.isoformat()
        case timedelta() as value:
            return _hours(value)
        case value:
            return str(value)


def _number(number: Decimal, shown: str) -> str:
    if _PERCENT.match(shown):
        return f"{_plain(number * 100)}%"
    text = _plain(number)
    return text.zfill(len(shown)) if _ZEROS.fullmatch(shown) and text.isdigit() else text


def _plain(number: Decimal) -> str:
    if abs(number) >= _SHORT:
        return f"{float(number):.15g}"
    text = f"{number:f}" if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hours(span: timedelta) -> str:
    """36:30:00, as a sheet shows a span that is longer than a day."""
    seconds = round(span.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
