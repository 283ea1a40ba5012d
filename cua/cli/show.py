"""`cua show`: the report of a run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given

if TYPE_CHECKING:
    from cua.journal import Entry, Journal


def show(
    run: given.Run = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in your browser.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the runs, the newest first.")] = False,
    as_json: given.Json = False,
    runs: given.Runs = None,
) -> int:
    """Write the report of a run (steps, pictures, why, timings) and print where it is.

    --json prints the run's result, as `cua run --json` does.
    """
    from cua import folders
    from cua.cli.ending import out
    from cua.report import as_json as result_json
    from cua.report import write
    from cua.tracker.chart import names

    folder = folders.runs(runs)
    journal = folders.journal(folder)
    try:
        if listed:
            return _list(journal, as_json=as_json)
        found, _ = journal.load(run)
        row = journal.db.execute("select started from runs where id = ?", (found.id,)).fetchone()
        began = datetime.fromtimestamp(row[0], UTC)
        path = write(found, journal.picture, folders.report_of(folder, found.id), states=names(journal), started=began)
    finally:
        journal.close()
    out(result_json(found) if as_json else str(path))
    if open_it:
        typer.launch(path.resolve().as_uri())
    return 0


def _list(journal: Journal, *, as_json: bool) -> int:
    from cua.cli.ending import out
    from cua.visible import one_line

    entries = journal.entries(1000)
    if as_json:
        out(json.dumps([_entry(entry) for entry in entries]))
        return 0
    for entry in entries:
        when = datetime.fromtimestamp(entry.started, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        out(f"{entry.id}  {when}  {entry.outcome or 'not finished':<14}  {one_line(entry.words, 60)}")
    return 0


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "run": entry.id,
        "started": datetime.fromtimestamp(entry.started, UTC).isoformat(timespec="seconds"),
        "goal": entry.words,
        "outcome": str(entry.outcome) if entry.outcome else None,
        "why": entry.why,
    }
