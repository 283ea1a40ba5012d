"""The commands. Each is imported when it is called, so that help and completion are there at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from cua.cli.bench import bench
from cua.cli.check import check
from cua.cli.clean import clean
from cua.cli.doctor import doctor
from cua.cli.formats import export, import_
from cua.cli.ground import ground
from cua.cli.heal import heal
from cua.cli.map import map_
from cua.cli.record import record
from cua.cli.resume import resume
from cua.cli.run import run
from cua.cli.save import save
from cua.cli.schema import schema
from cua.cli.show import show

app = typer.Typer(
    name="cua",
    help="Drives a real browser to a goal, and proves every step.",
    epilog="Exit codes: 0 reached · 1 not reached · 2 bad input · 3 policy · 4 environment · 5 unclear · "
    "70 bug · 130 interrupted",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        from cua.cli.ending import out

        try:
            out(f"provenstep {version('provenstep')}")
        except PackageNotFoundError:
            out("provenstep, a checkout that is not installed")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def cua(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> int:
    """Drives a real browser to a goal, and proves every step."""
    if context.invoked_subcommand is None:
        from cua.cli.ending import out

        out(context.get_help())
    return 0


_COMMANDS: dict[str, Callable[..., int]] = {
    "run": run,
    "resume": resume,
    "save": save,
    "check": check,
    "ground": ground,
    "record": record,
    "show": show,
    "heal": heal,
    "map": map_,
    "bench": bench,
    "import": import_,
    "export": export,
    "doctor": doctor,
    "schema": schema,
    "clean": clean,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
