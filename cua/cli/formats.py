"""`cua import` and `cua export`: workflows of other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given

if TYPE_CHECKING:
    from cua.formats import Loss

Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was lost.")]
Params = Annotated[
    list[str] | None,
    typer.Option("--param", metavar="NAME=VALUE", help="A value for a param; for formats without variables."),
]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording or script of another tool.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The task file to write; else stdout.")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="Which format it is; else what is in it decides.")
    ] = None,
    test: Annotated[
        str | None, typer.Option("--test", metavar="NAME", help="Which test of a Selenium IDE project.")
    ] = None,
    strict: Strict = False,
    as_json: given.Json = False,
) -> int:
    """Make a task file of a workflow of another tool.

    Formats: chrome-recorder, selenium-ide, playwright (Python), playwright-jsonl, maestro, workflow-use. Nothing of the
    file is run. What could not be carried over is told on stderr, with its place.
    --json: {"file", "format", "out", "steps", "losses": [{"at", "what"}], "notes": [...]}, and "text" without -o.
    """
    from cua.formats import import_file

    done = import_file(file, from_, test)
    _tell(file, done.losses, done.notes)
    _give(
        done.text,
        out,
        as_json,
        {"file": str(file), "format": done.format, "steps": done.steps},
        done.losses,
        done.notes,
    )
    return 1 if strict and done.losses else 0


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The task file.")],
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="chrome-recorder, selenium-ide, playwright, pytest, …")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write; else stdout.")
    ] = None,
    param: Params = None,
    strict: Strict = False,
    as_json: given.Json = False,
) -> int:
    """Write a task file for another tool.

    Formats: chrome-recorder, selenium-ide, playwright (a Python script with the checks), pytest, playwright-jsonl,
    maestro, workflow-use. What could not be carried over is told on stderr, with its place.
    --json: {"file", "format", "out", "losses": [{"at", "what"}], "notes": [...]}, and "text" without -o.
    """
    from cua.errors import BadInput
    from cua.formats import export_file

    values: dict[str, str] = {}
    for one in param or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise BadInput(f'--param is NAME=VALUE, and "{one}" is not')
        values[name] = value
    done = export_file(file, to, values)
    _tell(file, done.losses, done.notes)
    _give(done.text, out, as_json, {"file": str(file), "format": done.format}, done.losses, done.notes)
    return 1 if strict and done.losses else 0


def _tell(file: Path, losses: tuple[Loss, ...], notes: tuple[Loss, ...]) -> None:
    from cua.cli.ending import tell
    from cua.visible import stripped

    for loss in losses:
        tell(stripped(f"{file}: lost: {loss}"))
    for note in notes:
        tell(stripped(f"{file}: note: {note}"))


def _give(
    text: str,
    out: Path | None,
    as_json: bool,
    about: dict[str, object],
    losses: tuple[Loss, ...],
    notes: tuple[Loss, ...],
) -> None:
    from cua.cli.ending import out as say
    from cua.errors import BadInput

    if out is not None:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise BadInput(f"this cannot be written: {error.strerror or error}", file=out) from None
    if as_json:
        where = {"out": str(out)} if out is not None else {"out": None, "text": text}
        lost = [{"at": loss.at, "what": loss.what} for loss in losses]
        say(
            json.dumps(
                {**about, **where, "losses": lost, "notes": [{"at": note.at, "what": note.what} for note in notes]}
            )
        )
    elif out is None:
        say(text.rstrip("\n"))
