"""The YAML of Maestro: two documents, and texts that are regular expressions."""

from __future__ import annotations

import re
from pathlib import Path

from cua.errors import BadInput
from cua.formats.losses import CannotSay
from cua.taskfile.load import MAX_STEPS
from cua.taskfile.source import Entries, Items, parse


def documents(text: str, file: Path) -> tuple[Entries, Items]:
    """The head and the commands, with the lines of the file. Raises BadInput.

    The commands are read as a mapping of one key that takes the place of the ---, so that every line keeps its number.
    """
    lines = text.split("\n")
    cut = next(
        (at for at, line in enumerate(lines) if re.match(r"---(\s|$)", line) and any(_says(one) for one in lines[:at])),
        None,
    )
    if cut is None:
        raise BadInput("a Maestro flow has a head with `url:`, then ---, then commands", file=file, line=1)
    head = [line if not re.match(r"---(\s|$)", line) else "" for line in lines[:cut]]
    body = [""] * cut + ["commands:"] + lines[cut + 1 :]
    root = parse("\n".join(head).encode("utf-8", "surrogatepass"), file)
    commands = parse("\n".join(body).encode("utf-8", "surrogatepass"), file).get("commands")
    if not isinstance(commands, Items) or not commands.items:
        raise BadInput("there are no commands after ---", file=file, line=cut + 1)
    if len(commands.items) > MAX_STEPS:
        raise BadInput(f"there are more than {MAX_STEPS:,} commands", file=file, line=cut + 1)
    return root, commands


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "---", "%"))


def pattern(text: str) -> tuple[str, bool]:
    """The text that a regular expression stands for, and whether it may stand in a longer one. Raises CannotSay."""
    body = text
    loose = body.startswith(".*") or body.endswith(".*")
    body = body.removeprefix(".*").removesuffix(".*")
    if re.search(r"(?<!\\)(?:\\\\)*[*+\[\](){}|^$]", body) and re.search(r"\\|\.\*|\.\+|\[.*\]|\(.*\|.*\)|[*+]$", body):
        raise CannotSay(f'the regular expression "{text[:60]}" is no text')
    return re.sub(r"\\([^A-Za-z0-9])", r"\1", body), loose
