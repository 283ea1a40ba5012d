"""What the depot holds, in one SQLite file, and a line for every write that was stored.

It does not protect itself: names need not be unique, an invoice can be paid again, and what is submitted twice is
stored twice. An agent that repeats blindly is found out here.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CATEGORIES = ("Furniture", "Kitchen", "Lighting", "Office", "Tools")
PLACES = ("Berlin", "Ghent", "Lisbon", "Oslo")
METHODS = ("Bank transfer", "Card", "Direct debit")
LANGUAGES = ("English", "French", "German", "Portuguese")
STARTS = ("Home", "Invoices", "Items")

TABLES = """
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, quantity INTEGER, category TEXT, note TEXT, fragile INTEGER);
CREATE TABLE file (id INTEGER PRIMARY KEY, item_id INTEGER, name TEXT, size INTEGER);
CREATE TABLE transfer (id INTEGER PRIMARY KEY, item TEXT, quantity INTEGER, place TEXT, day TEXT);
CREATE TABLE invoice (id INTEGER PRIMARY KEY, supplier TEXT, cents INTEGER);
CREATE TABLE payment (id INTEGER PRIMARY KEY, invoice_id INTEGER, cents INTEGER, method TEXT, reference TEXT);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE stored (id INTEGER PRIMARY KEY, kind TEXT, subject TEXT, content TEXT);
"""

ITEMS = (
    ("Desk lamp", 120, "Lighting"), ("Floor lamp", 35, "Lighting"), ("Office chair", 48, "Furniture"),
    ("Folding chair", 210, "Furniture"), ("Whiteboard", 14, "Office"), ("Notebook A5", 2400, "Office"),
    ("Stapler", 95, "Office"), ("Cordless drill", 22, "Tools"), ("Claw hammer", 61, "Tools"),
    ("Tape measure", 140, "Tools"), ("Water kettle", 18, "Kitchen"), ("Coffee maker", 9, "Kitchen"),
    ("Paper shredder", 7, "Office"), ("Bookshelf", 26, "Furniture"), ("Work bench", 5, "Tools"),
    ("Pendant light", 44, "Lighting"), ("Toaster", 16, "Kitchen"), ("Filing cabinet", 12, "Furniture"),
    ("Ladder", 8, "Tools"), ("Wine glass", 360, "Kitchen"), ("Laser printer", 6, "Office"),
    ("Meeting table", 4, "Furniture"), ("Light bulb", 900, "Lighting"),
)  # fmt: skip
INVOICES = (
    ("Abbott Lighting", 129900), ("Baker & Sons", 47550), ("Cruz Logistics", 812000), ("Drake Office", 9925),
    ("Ek Timber", 233075),
)  # fmt: skip
SETTINGS = {
    "display_name": "Clerk",
    "alerts": "1",
    "report": "",
    "language": "English",
    "start": "Home",
}


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    name: str
    quantity: int
    category: str
    note: str
    fragile: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    id: int
    item: str
    quantity: int
    place: str
    day: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """`paid`: how often it was paid."""

    id: int
    supplier: str
    cents: int
    paid: int

    @property
    def amount(self) -> str:
        return money(self.cents)


@dataclass(frozen=True, slots=True)
class Payment:
    id: int
    invoice_id: int
    cents: int
    method: str
    reference: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists show, at one moment; the newest first."""

    items: tuple[Item, ...]
    transfers: tuple[Transfer, ...]
    invoices: tuple[Invoice, ...]


def money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02}"


class Writer(Protocol):
    """Whose writes are counted."""

    stored: int


class Store:
    """One open file; usable from several threads."""

    def __init__(self, database: Path) -> None:
        new = not database.exists()
        self._lock = threading.RLock()
        self._writer = threading.local()
        self._sql = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
        self._sql.execute("PRAGMA synchronous = OFF")
        if new:
            self._sql.executescript(TABLES)
            self._sql.executemany(
                "INSERT INTO item (name, quantity, category, note, fragile) VALUES (?, ?, ?, '', 0)", ITEMS
            )
            self._sql.executemany("INSERT INTO invoice (supplier, cents) VALUES (?, ?)", INVOICES)
            self._sql.executemany("INSERT INTO setting VALUES (?, ?)", SETTINGS.items())

    def close(self) -> None:
        with self._lock:
            self._sql.close()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written in here is forgotten at its end."""
        writer: Writer | None = getattr(self._writer, "now", None)
        with self._lock:
            so_far = writer.stored if writer is not None else 0
            self._sql.execute("BEGIN")
            try:
                yield
            finally:
                self._sql.execute("ROLLBACK")
                if writer is not None:
                    writer.stored = so_far

    @contextmanager
    def told(self, writer: Writer) -> Iterator[None]:
        """What this thread stores in here is counted in `writer.stored`, at once."""
        self._writer.now = writer
        try:
            yield
        finally:
            self._writer.now = None

    # ── reading ──

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._sql.execute(query, values).fetchall()

    def lists(self) -> Lists:
        with self._lock:
            return Lists(tuple(self.items()), tuple(self.transfers()), tuple(self.invoices()))

    def items(self) -> list[Item]:
        return [_item(row) for row in self._rows("SELECT * FROM item ORDER BY id DESC")]

    def item(self, number: int) -> Item | None:
        rows = self._rows("SELECT * FROM item WHERE id = ?", number)
        return _item(rows[0]) if rows else None

    def files(self, item: int) -> list[str]:
        return [str(row[0]) for row in self._rows("SELECT name FROM file WHERE item_id = ? ORDER BY id", item)]

    def transfers(self) -> list[Transfer]:
        rows = self._rows("SELECT * FROM transfer ORDER BY id DESC")
        return [Transfer(*row) for row in rows]  # type: ignore[arg-type]

    def invoices(self) -> list[Invoice]:
        paid = "(SELECT COUNT(*) FROM payment WHERE invoice_id = invoice.id)"
        rows = self._rows(f"SELECT id, supplier, cents, {paid} FROM invoice ORDER BY id")
        return [Invoice(*row) for row in rows]  # type: ignore[arg-type]

    def invoice(self, number: int) -> Invoice | None:
        return next((one for one in self.invoices() if one.id == number), None)

    def payments(self, invoice: int) -> list[Payment]:
        rows = self._rows("SELECT * FROM payment WHERE invoice_id = ? ORDER BY id", invoice)
        return [Payment(*row) for row in rows]  # type: ignore[arg-type]

    def settings(self) -> dict[str, str]:
        return {str(name): str(value) for name, value in self._rows("SELECT name, value FROM setting")}

    def stored(self) -> list[dict[str, str]]:
        """Every write that was stored, oldest first: kind, subject, content."""
        rows = self._rows("SELECT kind, subject, content FROM stored ORDER BY id")
        return [dict(zip(("kind", "subject", "content"), map(str, row), strict=True)) for row in rows]

    def tables(self) -> dict[str, list[dict[str, object]]]:
        """Every row of every table but the log of writes."""
        with self._lock:
            names = [str(row[0]) for row in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: self._table(name) for name in names if name != "stored"}

    def _table(self, name: str) -> list[dict[str, object]]:
        rows = self._sql.execute(f'SELECT * FROM "{name}"')
        columns = [column[0] for column in rows.description]
        return [dict(zip(columns, row, strict=True)) for row in rows]

    # ── writing ──

    def _write(self, kind: str, subject: object, content: Mapping[str, object], query: str, *values: object) -> int:
        with self._lock:
            done = self._sql.execute(query, values)
            words = json.dumps(content, sort_keys=True, ensure_ascii=False)
            self._sql.execute(
                "INSERT INTO stored (kind, subject, content) VALUES (?, ?, ?)", (kind, str(subject), words)
            )
            writer: Writer | None = getattr(self._writer, "now", None)
            if writer is not None:
                writer.stored += 1
            return done.lastrowid or 0

    def add_item(self, values: Mapping[str, object]) -> int:
        query = "INSERT INTO item (name, quantity, category, note, fragile) VALUES (?, ?, ?, ?, ?)"
        return self._write("item-new", values["name"], values, query, *_columns(values))

    def change_item(self, number: int, values: Mapping[str, object]) -> None:
        query = "UPDATE item SET name = ?, quantity = ?, category = ?, note = ?, fragile = ? WHERE id = ?"
        self._write("item-edit", number, values, query, *_columns(values), number)

    def delete_item(self, number: int) -> None:
        self._write("item-delete", number, {}, "DELETE FROM item WHERE id = ?", number)

    def attach(self, item: int, name: str, size: int) -> None:
        content = {"name": name, "size": size}
        self._write("item-file", item, content, "INSERT INTO file VALUES (NULL, ?, ?, ?)", item, name, size)

    def add_transfer(self, item: str, quantity: int, place: str, day: str) -> int:
        content = {"item": item, "quantity": quantity, "place": place, "day": day}
        query = "INSERT INTO transfer VALUES (NULL, ?, ?, ?, ?)"
        return self._write("transfer", item, content, query, item, quantity, place, day)

    def pay(self, invoice: Invoice, method: str, reference: str) -> None:
        content = {"cents": invoice.cents, "method": method, "reference": reference}
        query = "INSERT INTO payment VALUES (NULL, ?, ?, ?, ?)"
        self._write("payment", invoice.id, content, query, invoice.id, invoice.cents, method, reference)

    def raise_amount(self, invoice: int, cents: int) -> None:
        """Not a write of the user's: the supplier has changed its mind."""
        with self._lock:
            self._sql.execute("UPDATE invoice SET cents = cents + ? WHERE id = ?", (cents, invoice))

    def set_settings(self, values: Mapping[str, str]) -> None:
        with self._lock:
            self._sql.executemany("UPDATE setting SET value = ? WHERE name = ?", [(v, n) for n, v in values.items()])
            self._write("settings", "settings", values, "SELECT 1")


def _item(row: tuple[object, ...]) -> Item:
    number, name, quantity, category, note, fragile = row
    return Item(int(str(number)), str(name), int(str(quantity)), str(category), str(note), bool(fragile))


def _columns(values: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(values[name] for name in ("name", "quantity", "category", "note", "fragile"))
