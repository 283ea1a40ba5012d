"""`cua heal`: what healed in a run, as a diff of its task file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cua.cli import given


def heal(
    run: given.Run = None,
    apply_it: Annotated[bool, typer.Option("--apply", help="Write it into the task file.")] = False,
    as_json: given.Json = False,
    runs: given.Runs = None,
) -> int:
    """Show which targets were found although they are not called so any more, as a diff of the task file.

    Only steps whose expectation was proved count as healed. --json: {"run", "file", "applied", "healed": [{"line",
    "old", "new", "step", "why"}], "left": [words]}. Exit code 0, also when nothing healed; 2 when there is no file.
    """
    from cua import folders, healing
    from cua.cli.ending import out, say
    from cua.errors import BadInput

    journal = folders.journal(folders.runs(runs))
    try:
        found, request = journal.load(run)
    finally:
        journal.close()
    path = Path(request.what)
    if not path.is_file():
        raise BadInput(f"run {found.id} was no task file, so there is nothing to heal: {request.what[:80]!r}")
    wanted = healing.proposals(found)
    text = path.read_text(encoding="utf-8")
    new, left = healing.healed(text, wanted)
    if apply_it and new != text:
        healing.apply(path, new)
    if as_json:
        said = {"run": found.id, "file": str(path), "applied": apply_it and new != text}
        out(json.dumps({**said, "healed": [one.as_object() for one in wanted], "left": left}, ensure_ascii=False))
        return 0
    for line in left:
        say(line)
    if not wanted:
        out(f"nothing healed in run {found.id}")
    elif new != text:
        out(healing.diff(path, text, new).rstrip("\n"))
        say(f"{path} was changed" if apply_it else "`cua heal --apply` writes it into the file")
    elif not left:
        out(f"what healed in run {found.id} stands in {path} already")
    return 0
