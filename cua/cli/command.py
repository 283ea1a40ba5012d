"""`main`: from arguments to an exit code. Every error is one line on stderr; no expected one is a traceback.

Exit codes: 0 goal reached and proved, or already true · 1 not reached · 2 bad input · 3 stopped by policy or waiting
for approval · 4 environment · 5 the outcome of a commit is unclear · 70 a bug of ours · 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import typer

from cua.cli.app import app

_Usage: type[Exception] = typer.BadParameter.__bases__[0]
"""What an unknown option or command raises; typer brings its own click or uses the installed one."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and leaves the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(given: list[str]) -> int:
    """Runs a command; its exit code."""
    as_json = "--json" in given
    try:
        code = typer.main.get_command(app)(given, prog_name="cua", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped(as_json=as_json)
    except BrokenPipeError:
        return 0
    except _Usage as error:
        return _unusable(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the last place: what is expected is told, all else is saved as a bug
        return _failed(error, given, as_json=as_json)
    return code if isinstance(code, int) else 0


# What ends a command is imported only here, so that help and completion need nothing of it.


def _stopped(*, as_json: bool) -> int:
    from cua.cli.ending import failed
    from cua.errors import Interrupted

    return failed(Interrupted("stopped"), as_json=as_json)


def _unusable(error: Exception, *, as_json: bool) -> int:
    from cua.cli.ending import failed
    from cua.errors import BadInput

    return failed(BadInput(_usage(error)), as_json=as_json)


def _failed(error: Exception, given: list[str], *, as_json: bool) -> int:
    from cua import folders
    from cua.cli.ending import bug, details_of, failed
    from envs.errors import CuaError

    if isinstance(error, CuaError):
        return failed(error, as_json=as_json)
    return bug(details_of(error), folders.runs(_runs(given)), as_json=as_json)


def _runs(given: list[str]) -> Path | None:
    """What --runs names, where the options have not been read."""
    for option, value in pairwise([*given, ""]):
        if option == "--runs" or option.startswith("--runs="):
            return Path(option.partition("=")[2] or value)
    return None


def _usage(error: Exception) -> str:
    """A usage error as one sentence with the way to the help."""
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", None) or "cua"
    message = getattr(error, "format_message", error.__str__)()
    return f"{message.rstrip('.')} (see: {path} --help)"
