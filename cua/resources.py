"""Where the files are that ship with the program."""

from pathlib import Path

__all__ = ["tasks"]

_PACKAGE = Path(__file__).resolve().parent


def tasks() -> Path:
    """Returns the folder of the task files, workflows and demo applications that ship with the program.

    In an installed distribution they travel inside this package; in a source checkout they are its top-level
    `tasks` folder.
    """
    shipped = _PACKAGE / "_tasks"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "tasks"
