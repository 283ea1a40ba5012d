"""A second record of what cannot be undone, beside the journal: a file for each run, a line for each commit, on disk
before the act.

A journal that lost its end (cut off, restored from a copy, a log that SQLite refuses) is still a valid journal, of an
earlier moment: it would have the commit done again. Its witness remembers that it was about to be sent.
"""

from __future__ import annotations

import os
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import Any

from cua.codec import Unreadable
from cua.sealed import seal, unseal


class Witness:
    """Everything raises OSError where the disk does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def intend(self, run: str, seq: int, intent: Any) -> int:
        """The commit that comes as record number `seq` of the run is about to be sent. Returns when it is on disk: the
        length of the file before it, in bytes, for `withdraw`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(run)
        fresh = not path.exists()
        before = 0 if fresh else path.stat().st_size
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(seal([seq, intent]) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:  # a full disk takes a part of it
            with suppress(OSError):
                os.truncate(path, before)
            raise
        if fresh:
            _sync(self._folder)
        return before

    def withdraw(self, run: str, before: int) -> None:
        """What was intended last will not be sent: the journal could not write it down."""
        os.truncate(self._path(run), before)

    def last(self, run: str, since: int) -> Any:
        """The last intent with this number or a higher one; None where there is none.

        A line that was cut off was never acted on: the act waits for it. Raises Unreadable where one was changed.
        """
        try:
            lines = self._path(run).read_bytes().split(b"\n")
        except FileNotFoundError:
            return None
        found = None
        for at in range(0, len(lines) - 1, 2):
            whole = at + 2 < len(lines)
            try:
                seq, intent = unseal(b"\n".join(lines[at : at + 2]).decode())
            except ValueError:  # Unreadable and UnicodeDecodeError are
                if whole:
                    raise Unreadable("it is not what was written") from None
                break
            if seq >= since:
                found = intent
        return found

    def forget(self, run: str) -> None:
        """The run has ended, and its journal says how."""
        self._path(run).unlink(missing_ok=True)

    def forget_all_but(self, runs: Container[str]) -> None:
        for path in self._folder.glob("*.commits"):
            if path.stem not in runs:
                path.unlink(missing_ok=True)

    def _path(self, run: str) -> Path:
        return self._folder / f"{run}.commits"


def _sync(folder: Path) -> None:
    """Have the name of a new file on disk (fsync(2): a file's own does not do that)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
