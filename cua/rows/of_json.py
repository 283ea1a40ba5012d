"""Rows of JSON: a list of objects, each with the line where it begins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from cua.errors import BadInput
from cua.rows.table import Row, Table, few, once, room

_SPACE = " \t\r\n"


def table(path: Path, text: str) -> Table:
    """The table of a text. Raises BadInput."""
    columns: dict[str, int] = {}
    rows: list[Row] = []
    for line, value in _values(path, text):
        room(path, line, len(rows))
        if not isinstance(value, _Pairs):
            rows.append(Row(len(rows) + 1, line, problem="it is no object"))
            continue
        names = [name for name, _ in value]
        once(path, line, names, "key")
        few(path, line, len(columns.keys() | set(names)))
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
