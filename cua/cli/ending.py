"""How a command ends: errors become one line, one JSON object where that was asked for, and the documented exit code.

The object of --json has the fields of a result in every case. Where no run came about (bad input, no browser, a bug of
ours), `run` is null, nothing is listed, and `error` says {"what", "file", "line"}; `outcome` is "environment" for exit
code 4, "needs_approval" or "denied" for 3, "interrupted" for 130, and "not_reached" for bad input (2) and bugs (70).
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from cua.cli.steady import Steady
from cua.errors import BAD_INPUT, BUG, BadInput, Finished, Outcome
from cua.journal import JournalBroken
from cua.visible import stripped
from envs.errors import CuaError, EnvError

REPORT_IT = "this is a bug of ours, not of what you wrote; the details are in"


def outcome_of(error: CuaError) -> Outcome | None:
    """The outcome that an expected failure comes to; None for bad input."""
    if isinstance(error, Finished):
        return error.outcome
    return Outcome.ENVIRONMENT if isinstance(error, EnvError | JournalBroken) else None


def failed(error: CuaError, *, as_json: bool) -> int:
    """Tells an expected failure; the exit code."""
    outcome = outcome_of(error)
    say(str(error))
    if as_json:
        file, line = (error.file, error.line) if isinstance(error, BadInput) else (None, None)
        out(json.dumps(failure(str(error), outcome or Outcome.NOT_REACHED, file=file, line=line)))
    return outcome.exit_code if outcome is not None else BAD_INPUT


def failure(
    what: str, outcome: Outcome, *, file: Path | str | None = None, line: int | None = None
) -> dict[str, object]:
    """The object of --json where no run came about."""
    where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
    return {
        "run": None,
        "outcome": outcome.value,
        "why": what,
        "steps": [],
        "rollbacks": 0,
        "effects": [],
        "extracted": {},
        "model_calls": 0,
        "ms": 0.0,
        "error": {"what": what.removeprefix(where), "file": str(file) if file else None, "line": line},
    }


def bug(details: str, folder: Path, *, as_json: bool) -> int:
    """Saves what is known of a bug of ours, says where; the exit code."""
    path = _saved(details, folder)
    what = f"{REPORT_IT} {path}" if path else f"{REPORT_IT.partition(';')[0]}: {details.strip().splitlines()[-1]}"
    say(what)
    if as_json:
        out(json.dumps(failure(what, Outcome.NOT_REACHED)))
    return BUG


def details_of(error: BaseException) -> str:
    """The traceback, without the values of variables."""
    return "".join(traceback.format_exception(error))


def _saved(details: str, folder: Path) -> Path | None:
    path = folder / "bugs" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(details, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path


def say(line: str) -> None:
    """One line for the person, on stderr."""
    tell(f"cua: {stripped(line)}")


def tell(line: str) -> None:
    """A line of a command's own on stderr, as it is."""
    Steady(sys.stderr).write(line + "\n")


def out(text: str) -> None:
    """The command's result, on stdout."""
    Steady(sys.stdout).write(text + "\n")
