"""Paths in task files: relative to the file, never out of its folder, symlinks included."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_DRIVE = re.compile(r"[A-Za-z]:")


class BadPath(ValueError):
    """The path may not be used; the message says why."""


def look_at(text: str) -> None:
    """Refuses what cannot be a path below any folder, before anything is on the disk. Raises BadPath."""
    if "\0" in text or len(text) > 1_000:
        raise BadPath("this is no path of a file")
    if text.startswith("~"):
        raise BadPath(f'"{text}" begins with ~; a path is relative to the task file')
    if PurePosixPath(text).is_absolute() or _DRIVE.match(text) or "\\" in text:
        raise BadPath(f'"{text}" is an absolute path; a path is relative to the task file, with / between its parts')
    depth = 0
    for part in PurePosixPath(text).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            raise BadPath(f'"{text}" leaves the folder of the task file')


def within(folder: Path, text: str) -> Path:
    """The path, symlinks resolved. Raises BadPath for one that is not below `folder` (or is the folder itself)."""
    look_at(text)
    try:
        root = folder.resolve()
        path = (root / text).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise BadPath(f'"{text}" cannot be followed: {error}') from None
    if path == root or not path.is_relative_to(root):
        raise BadPath(f'"{text}" leaves the folder of the task file')
    return path
