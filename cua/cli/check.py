"""`cua check`: is this task file right, and what will it ask permission for?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given

if TYPE_CHECKING:
    from cua.taskfile.asks import Asks
    from cua.taskfile.check import Report
    from cua.taskfile.problems import Problem


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The task file.")],
    as_json: given.Json = False,
) -> int:
    """Say what is wrong with a task file, and what it asks permission for.

    Nothing is opened. Problems and notes are lines of `file:line: what`.
    --json: {"file", "ok", "problems": [{"file", "line", "what"}], "notes": [...], "params": [...], "contracts": [...],
    "asks": {"origins", "commits", "secrets", "uploads", "writes", "programs", "files"}}.
    """
    from cua.cli.ending import out
    from cua.errors import BAD_INPUT
    from cua.taskfile.check import check as examine

    report = examine(file)
    out(json.dumps(_object(report)) if as_json else "\n".join(_lines(report)))
    return 0 if report.good else BAD_INPUT


def _object(report: Report) -> dict[str, object]:
    asks = report.asks
    return {
        "file": str(report.file),
        "ok": report.good,
        "problems": [_problem(one) for one in report.problems],
        "notes": [_problem(one) for one in report.notes],
        "params": list(report.params),
        "contracts": list(report.contracts),
        "asks": {
            "origins": list(asks.origins),
            "commits": [{"file": str(one.file), "line": one.line, "what": one.what} for one in asks.commits],
            "secrets": list(asks.secrets),
            "uploads": [str(path) for path in asks.uploads],
            "writes": [str(path) for path in asks.writes],
            "programs": [list(program) for program in asks.programs],
            "files": [str(path) for path in asks.files],
        },
    }


def _problem(one: Problem) -> dict[str, object]:
    return {"file": str(one.file), "line": one.line or None, "what": one.sentence}


def _lines(report: Report) -> list[str]:
    from cua.visible import stripped

    problems = [f"{one}" if one.line else f"{one.file}: {one.sentence}" for one in report.problems]
    if report.problems:
        return [stripped(line) for line in problems]
    lines = [f"{one.file}:{one.line}: note: {one.sentence}" for one in report.notes]
    lines += [f"{report.file}: right"]
    lines += [f"  needs: --param {name}=VALUE" for name in report.params]
    lines += [f"  is held to: {one}" for one in report.contracts]
    return [line[: len(line) - len(line.lstrip())] + stripped(line) for line in lines + _asked(report.asks)]


def _asked(asks: Asks) -> list[str]:
    """What will be asked for, in words."""
    lines = [f"  asks to open {origin}" for origin in asks.origins]
    lines += [f"  asks to do what cannot be undone: {one.what} ({one.file.name}:{one.line})" for one in asks.commits]
    lines += [f"  asks for a secret: --secret {name}=ENV_VARIABLE@ORIGIN" for name in asks.secrets]
    lines += [f"  asks to give the application a file: {path}" for path in asks.uploads]
    lines += [f"  asks to write {path}" for path in asks.writes]
    lines += [f"  asks to start {' '.join(program)}" for program in asks.programs]
    return lines + [f"  calls {path}" for path in asks.files]
