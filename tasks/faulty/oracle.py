"""What the depot has stored, read from its SQLite file and never through the web, and what the tasks should store.

    python -m tasks.faulty.oracle add-item DIR        the same from the command line: exit 0 right, 1 wrong, and why

A check takes the tables before and after a run and answers None, or a sentence that says why the run is wrong. How
often something was stored is in the log of writes, `stored_twice`: an edit that was made twice shows in no row.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tasks.faulty.depot.books import twice
from tasks.faulty.depot.server import DATABASE
from tasks.faulty.depot.store import Store
from tasks.tables import Change, Tables, added, changed, read, removed, wrong


class Oracle:
    """The truth about one folder of `app.py`."""

    def __init__(self, directory: Path) -> None:
        self.database = directory / DATABASE

    def tables(self) -> Tables:
        """Everything but the log of writes."""
        return read(self.database, {"stored"})

    def stored(self) -> list[dict[str, str]]:
        """Every write that was stored, oldest first."""
        rows = read(self.database).all("stored")
        return [{name: str(row[name]) for name in ("kind", "subject", "content")} for row in rows]

    def stored_twice(self) -> int:
        """How often something was stored that had been stored just so before."""
        return twice(self.stored())


def at_first() -> Tables:
    """The tables as every fresh folder has them."""
    with tempfile.TemporaryDirectory() as scratch:
        Store(Path(scratch) / DATABASE).close()
        return Oracle(Path(scratch)).tables()


SETTINGS = {"display_name": "Clara", "alerts": "", "report": "1", "language": "German", "start": "Items"}

WISHES: Mapping[str, tuple[Change, ...]] = {
    "add-item": (
        added("item", name="Standing desk", quantity=1500, category="Furniture", note="From the Ghent fair", fragile=1),
    ),
    "edit-item": (changed("item", {"name": "Office chair"}, quantity=1250, note="Counted in May"),),
    "delete-item": (removed("item", name="Toaster"),),
    "book-transfer": (added("transfer", item="Folding chair", quantity=125, place="Lisbon", day="2026-06-15"),),
    "pay-invoice": (added("payment", invoice_id=3, cents=812000, method="Direct debit", reference="CL-2026-118"),),
    "change-settings": tuple(changed("setting", {"name": name}, value=value) for name, value in SETTINGS.items()),
    "attach-file": (added("file", item_id=1, name="delivery-note.txt", size=38),),
    "restock-two": (
        changed("item", {"name": "Stapler"}, quantity=195),
        changed("item", {"name": "Ladder"}, quantity=28),
    ),
    "copy-amount": (changed("item", {"name": "Pendant light"}, note="1,299.00"),),
    "mark-fragile": (changed("item", {"name": "Stapler"}, fragile=1),),
}
"""What each task file, with its params as they are, should come to."""


def check(task: str, before: Tables, after: Tables) -> str | None:
    """None when the tables differ by what the task asks for, and by nothing else."""
    return wrong(before, after, *WISHES[task])


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tasks.faulty.oracle", description="did a run do what was asked?")
    options.add_argument("task", choices=sorted(WISHES))
    options.add_argument("dir", type=Path, metavar="DIR", help="the folder that app.py was started with")
    given = options.parse_args()
    oracle = Oracle(given.dir)
    if not oracle.database.is_file():
        options.error(f"{oracle.database} is not there: name the folder that app.py was started with (--dir)")
    why = check(given.task, at_first(), oracle.tables())
    double = oracle.stored_twice()
    print(why or "Stored as it was asked for, and nothing else.")
    print(f"Stored twice: {double}")
    return 1 if why or double else 0


if __name__ == "__main__":
    sys.exit(main())
