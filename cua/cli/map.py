"""`cua map`: what was learned of an application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given

if TYPE_CHECKING:
    from cua.journal import Journal
    from cua.tracker.chart import KnownApp


def map_(
    app: Annotated[
        str | None, typer.Argument(metavar="APP", help="Its address or a part of it; needed where there are several.")
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write it as a picture, and print where it is.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what was learned of this application.")] = False,
    as_json: given.Json = False,
    runs: given.Runs = None,
) -> int:
    """Show the states of an application and the ways between them, as past runs have seen them.

    Without APP, the applications are listed where there are several. --json: {"app", "states": [{"id", "name",
    "address", "seen"}], "ways": [{"from", "to", "step", "ok", "failed", "ms", "rate", "back"}]}, or {"apps": [...]};
    "rate" is how often a way has worked of late, "back" the route by which it was undone.
    """
    from cua import folders
    from cua.cli.ending import out
    from cua.errors import BadInput
    from cua.tracker import chart

    folder = folders.runs(runs)
    journal = folders.journal(folder)
    try:
        known = chart.apps(journal)
        if not known:
            raise BadInput(f"nothing was learned in {folder} yet")
        if app is None and len(known) > 1:
            if forget or html:
                raise BadInput(f"there are several applications; name one: {', '.join(one.app for one in known)}")
            return _apps(known, as_json=as_json)
        chosen = _one(known, app)
        if forget:
            states = chart.forget(journal, chosen)
            out(f"{chosen}: {states} {'state' if states == 1 else 'states'} forgotten")
        elif html:
            out(str(_page(journal, chosen, folder)))
        else:
            out(_told(journal, chosen, as_json=as_json))
    finally:
        journal.close()
    return 0


def _one(known: tuple[KnownApp, ...], wanted: str | None) -> str:
    """The application that is meant: by its key, by an address in it, or by a part of its key. Raises BadInput."""
    from cua.errors import BadInput
    from cua.taskfile.problems import did_you_mean
    from cua.tracker.application import place_of

    names = [one.app for one in known]
    if wanted is None:
        return names[0]
    for exact in (wanted, wanted.rstrip("/"), place_of(wanted)):
        if exact in names:
            return exact
    part = [name for name in names if wanted.casefold() in name.casefold()]
    if len(part) == 1:
        return part[0]
    hint = did_you_mean(wanted, names) or f"there are: {', '.join(part or names)}"
    raise BadInput(
        f'"{wanted}" is {"part of several" if part else "no known"} application{"s" if part else ""}; {hint}'
    )


def _apps(known: tuple[KnownApp, ...], *, as_json: bool) -> int:
    import json

    from cua.cli.ending import out

    if as_json:
        out(json.dumps({"apps": [{"app": one.app, "states": one.states, "ways": one.ways} for one in known]}))
        return 0
    for one in known:
        out(f"{one.app}  {one.states} states, {one.ways} ways")
    return 0


def _told(journal: Journal, app: str, *, as_json: bool) -> str:
    import json

    from cua.report.graph import as_text
    from cua.tracker import chart

    if not as_json:
        return as_text(chart.graph(journal, app))
    return json.dumps(
        {
            "app": app,
            "states": [
                {"id": one.id, "name": one.name, "address": one.address, "seen": one.seen}
                for one in chart.states(journal, app)
            ],
            "ways": [
                {
                    "from": one.before,
                    "to": one.after,
                    "step": one.step,
                    "ok": one.ok,
                    "failed": one.failed,
                    "ms": round(one.ms, 1),
                    "rate": round(one.rate, 3),
                    "back": one.back,
                }
                for one in chart.ways(journal, app)
            ],
        }
    )


def _page(journal: Journal, app: str, folder: Path) -> Path:
    from cua.report.map import write
    from cua.tracker import chart

    name = "".join(char if char.isalnum() else "-" for char in app.partition("://")[2] or app).strip("-")
    return write(chart.graph(journal, app), journal.picture, folder / "reports" / f"map-{name}.html", app)
