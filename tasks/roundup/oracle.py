"""What Roundup has stored, read from its SQLite file and never through the web, and what the tasks should store.

A check takes the tables before and after a run and answers None, or a sentence that says why the run is wrong. The
journals are part of what is compared: something submitted twice is noticed there.
"""

from __future__ import annotations

from pathlib import Path

from tasks.tables import Row, Tables, added, changed, read, wrong

# Logins, tokens of forms, counters and the index for searching; who touched an item last, and which issues point at it,
# is in the journal of the issue too.
NOISE = {"sessions", "otks", "ids", "__textids", "__words"}
NOISE |= {f"__fts{part}" for part in ("", "_data", "_idx", "_content", "_docsize", "_config")}
NOISE |= {f"_{kind}.{column}" for kind in ("issue", "user", "keyword") for column in ("_activity", "_actor")}
NOISE |= {f"{kind}__journal" for kind in ("user", "priority", "status", "keyword")}


class Oracle:
    """The truth about one folder of `app.py`."""

    def __init__(self, directory: Path) -> None:
        self.database = directory / "db" / "db"

    def tables(self) -> Tables:
        """Everything but the noise."""
        return read(self.database, NOISE)

    def issues(self) -> list[str]:
        """The titles, oldest first."""
        return [str(row["_title"]) for row in self.tables().where("_issue", __retired__=0)]

    def issue(self, title: str) -> dict[str, str | None]:
        """Priority, status and who is assigned, by name; LookupError when there is no such issue, or several."""
        tables = self.tables()
        row = tables.one("_issue", _title=title)
        return {
            "priority": name_of(tables, "priority", row),
            "status": name_of(tables, "status", row),
            "assignedto": name_of(tables, "assignedto", row),
        }


def name_of(tables: Tables, column: str, issue: Row) -> str | None:
    """What the number in this column of the issue stands for."""
    number = issue[f"_{column}"]
    if number is None:
        return None
    if column == "assignedto":
        return str(tables.one("_user", id=number)["_username"])
    return str(tables.one(f"_{column}", id=number)["_name"])


def numbers_of(tables: Tables, columns: dict[str, str]) -> dict[str, object]:
    """The columns of an issue as they are stored: numbers for the names of priority, status and assignedto."""
    stored: dict[str, object] = {}
    for column, name in columns.items():
        if column == "assignedto":
            stored["_assignedto"] = tables.one("_user", _username=name)["id"]
        elif column in ("priority", "status"):
            stored[f"_{column}"] = tables.one(f"_{column}", _name=name)["id"]
        else:
            stored[f"_{column}"] = name
    return stored


# ── checks, by the names that the suite uses ──


def issue_added(before: Tables, after: Tables, **columns: str) -> str | None:
    """One more issue, with these columns, reported once."""
    wish = added("_issue", **numbers_of(before, columns), __retired__=0)
    return wrong(before, after, wish, added("issue__journal", action="create"))


def issue_changed(before: Tables, after: Tables, title: str, **columns: str) -> str | None:
    """Just these columns of the issue have changed, in one submission."""
    number = before.one("_issue", _title=title)["id"]
    wish = changed("_issue", {"id": number}, **numbers_of(before, columns))
    return wrong(before, after, wish, added("issue__journal", nodeid=number, action="set"))
