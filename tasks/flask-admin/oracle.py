"""What the shop has stored, read from its SQLite file and never through the web, and what the tasks should store.

A check takes the tables before and after a run and answers None, or a sentence that says why the run is wrong.
"""

from __future__ import annotations

from pathlib import Path

from tasks.tables import Row, Tables, added, changed, read, removed, wrong


class Oracle:
    """The truth about one folder of `app.py`."""

    def __init__(self, directory: Path) -> None:
        self.database = directory / "shop.sqlite3"

    def tables(self) -> Tables:
        return read(self.database)

    def customers(self) -> list[str]:
        return sorted(str(row["name"]) for row in self.tables().all("customer"))

    def product(self, name: str) -> Row:
        """All columns of the product; LookupError when there is none."""
        return self.tables().one("product", name=name)

    def order_statuses(self) -> dict[int, str]:
        """The status of each order by its number."""
        return {int(str(row["id"])): str(row["status"]) for row in self.tables().all("orders")}


# ── checks, by the names that the suite uses ──


def customer_added(before: Tables, after: Tables, **columns: object) -> str | None:
    """One more customer, with these columns."""
    return wrong(before, after, added("customer", **columns))


def customer_deleted(before: Tables, after: Tables, name: str) -> str | None:
    """The customer is gone."""
    return wrong(before, after, removed("customer", name=name))


def product_added(before: Tables, after: Tables, **columns: object) -> str | None:
    """One more product, with these columns."""
    return wrong(before, after, added("product", **columns))


def product_changed(before: Tables, after: Tables, name: str, **columns: object) -> str | None:
    """Just these columns of the product have changed."""
    return wrong(before, after, changed("product", {"name": name}, **columns))


def orders_changed(before: Tables, after: Tables, numbers: list[int], status: str) -> str | None:
    """These orders, and no others, have gone to this status."""
    return wrong(before, after, *(changed("orders", {"id": number}, status=status) for number in numbers))
