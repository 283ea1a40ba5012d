"""`cua clean`: forget old runs."""

from __future__ import annotations

from typing import Annotated

import typer

from cua.cli import given

_DAY = 24 * 3600.0


def clean(
    older: Annotated[
        float, typer.Option("--older", metavar="DAYS", min=0, help="Forget runs that began more days ago than this.")
    ] = 30,
    runs: given.Runs = None,
) -> int:
    """Forget old runs with their pictures and reports. What was learned of applications stays (`cua map --forget`)."""
    from cua import folders
    from cua.cli.ending import out

    folder = folders.runs(runs)
    journal = folders.journal(folder)
    try:
        gone = journal.clean(older * _DAY)
        kept = {run for (run,) in journal.db.execute("select id from runs")}
    finally:
        journal.close()
    for report in (folder / "reports").glob("*.html"):
        if report.stem not in kept:
            report.unlink(missing_ok=True)
    out(f"{gone} {'run' if gone == 1 else 'runs'} forgotten, {len(kept)} kept in {folder}")
    return 0
