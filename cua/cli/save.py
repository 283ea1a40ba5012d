"""`cua save`: what was proved of a run, as a task file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cua.cli import given

if TYPE_CHECKING:
    from cua.journal import Request
    from cua.taskfile.params import Param


def save(
    run: given.Run = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The task file to write.")] = Path(
        "flow.yaml"
    ),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    runs: given.Runs = None,
) -> int:
    """Write the proved steps of a run as a task file, which `cua run` does again without a model.

    Secrets stand in it by name; what equals the value of a param stands as that param, with the value as its default.
    What had failed or was undone is left out. What is lost is told in a line each.
    """
    from cua import folders
    from cua.cli.ending import say
    from cua.errors import BadInput, Outcome
    from cua.formats.from_run import flow_of
    from cua.formats.into_task import task_text
    from cua.formats.losses import Losses

    if out.suffix.lower() not in (".yaml", ".yml"):
        raise BadInput("a task file ends in .yaml", file=out)
    if not out.absolute().parent.is_dir():
        raise BadInput("the folder of this file does not exist", file=out)
    if out.exists() and not force:
        raise BadInput("this file is there already; --force writes over it", file=out)
    journal = folders.journal(folders.runs(runs))
    try:
        found, request = journal.load(run)
    finally:
        journal.close()
    losses = Losses()
    flow = flow_of(found, out.absolute().parent, losses, _declared(request))
    _write(task_text(flow), out)
    for loss in losses.found:
        say(f"left out: {loss}")
    if found.outcome not in (Outcome.REACHED, Outcome.ALREADY):
        say(f"run {found.id} has not reached its goal: the file holds what was proved of it")
    say(f"{out}: {len(flow.steps)} steps of run {found.id}")
    return 0


def _declared(request: Request) -> tuple[Param, ...]:
    """The params of the file that was run, if it is still the same."""
    from cua.errors import BadInput
    from cua.taskfile.load import load

    if not request.digest:
        return ()
    try:
        file = load(request.what)
    except BadInput:
        return ()
    return file.params if file.digest == request.digest else ()


def _write(text: str, out: Path) -> None:
    """Whole or not at all, and only what `cua check` calls right. Raises BadInput."""
    import os

    from cua.errors import BadInput
    from cua.taskfile.load import examine

    part = out.with_name(f".{out.stem}.{os.getpid()}.part.yaml")
    try:
        part.write_text(text, encoding="utf-8")
        _, problems = examine(part)
        if problems:
            raise BadInput(f"this run cannot be said as a task file: {problems[0].sentence}", file=out)
        part.replace(out)
    except OSError as error:
        raise BadInput(f"this cannot be written: {error.strerror or error}", file=out) from None
    finally:
        part.unlink(missing_ok=True)
