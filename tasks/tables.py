"""The whole content of a SQLite file, and whether two readings of it differ by what was asked and by nothing else.

What the oracles of the applications are made of. The program itself never imports this: it must not be able to look.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Row = Mapping[str, object]

ANYTHING: object = object()
"""Wanted of a column whose new value nobody can foretell, such as the hash of a password."""


@dataclass(frozen=True)
class Tables:
    """One reading: every row of every table by its row number."""

    rows: Mapping[str, Mapping[int, Row]]

    def all(self, table: str) -> list[Row]:
        """Every row, in the order of the row numbers."""
        return list(self.rows[table].values())

    def where(self, table: str, **columns: object) -> list[Row]:
        """The rows that hold these values."""
        return [row for row in self.all(table) if _fits(row, columns)]

    def one(self, table: str, **columns: object) -> Row:
        """The only row that holds these values; LookupError when there are more, or none."""
        found = self.where(table, **columns)
        if len(found) != 1:
            raise LookupError(f"{len(found)} rows of {table} hold {columns}")
        return found[0]


@dataclass(frozen=True)
class Change:
    """A row that came into being (`old` is None), went (`new` is None), or holds something else.

    As a wish, `old` and `new` need to hold only the columns that matter; but a row that was there before and after must
    differ in just the columns of `new`.
    """

    table: str
    old: Row | None
    new: Row | None

    def __str__(self) -> str:
        if self.old is None:
            return f"a new row of {self.table}, {self.new}"
        if self.new is None:
            return f"a row of {self.table} gone, {self.old}"
        return f"a row of {self.table} changed, {self.old} to {self.new}"

    def is_wanted_by(self, wish: Change) -> bool:
        """Is this, as it was seen, what the wish asks for?"""
        if self.table != wish.table or (self.old is None, self.new is None) != (wish.old is None, wish.new is None):
            return False
        if not _fits(self.old or {}, wish.old or {}) or not _fits(self.new or {}, wish.new or {}):
            return False
        if self.old is None or self.new is None or wish.new is None:
            return True
        return {name for name in self.new if self.new[name] != self.old[name]} == set(wish.new)


def added(table: str, **columns: object) -> Change:
    """A wish: one more row, with these values in it."""
    return Change(table, None, columns)


def removed(table: str, **columns: object) -> Change:
    """A wish: the row with these values is gone."""
    return Change(table, columns, None)


def changed(table: str, key: Row, **columns: object) -> Change:
    """A wish: in the row that held the values of `key`, just these columns have changed, to these values."""
    return Change(table, key, columns)


def read(database: Path, leave_out: Collection[str] = ()) -> Tables:
    """Read all tables, at one moment and without writing. `leave_out` names tables and columns ("user.last_login")."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        names = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return Tables({name: dict(_rows(connection, name, leave_out)) for name in names if name not in leave_out})


def differences(before: Tables, after: Tables) -> list[Change]:
    """Every row that is not the same in both readings, table by table."""
    return [
        Change(table, old, new)
        for table, rows in after.rows.items()
        for number in sorted({*before.rows[table], *rows})
        if (old := before.rows[table].get(number)) != (new := rows.get(number))
    ]


def wrong(before: Tables, after: Tables, *wishes: Change) -> str | None:
    """None when the readings differ by exactly these wishes, each of them once; else a sentence that says why not."""
    missing = list(wishes)
    for change in differences(before, after):
        wish = next((wish for wish in missing if change.is_wanted_by(wish)), None)
        if wish is None:
            return f"Nobody asked for {change}."
        missing.remove(wish)
    return f"It did not come to {missing[0]}." if missing else None


def _rows(connection: sqlite3.Connection, table: str, leave_out: Collection[str]) -> Iterator[tuple[int, Row]]:
    for number, *values in (rows := connection.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')):
        names = [column[0] for column in rows.description[1:]]
        yield number, {n: v for n, v in zip(names, values, strict=True) if f"{table}.{n}" not in leave_out}


def _fits(row: Row, columns: Row) -> bool:
    return all(name in row and (value is ANYTHING or row[name] == value) for name, value in columns.items())
