"""A stream whose other end may go away: a closed pipe or terminal silences it and raises nothing."""

from __future__ import annotations

import io
import os
from typing import TextIO


class Steady(io.TextIOBase, TextIO):
    """Writes at once. Characters that the stream cannot carry are replaced."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding or "utf-8"

    def isatty(self) -> bool:
        try:
            return self._stream.isatty()
        except ValueError:  # closed
            return False

    def fileno(self) -> int:
        return self._stream.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        try:
            self._stream.write(text.encode(self.encoding, "replace").decode(self.encoding, "replace"))
            self._stream.flush()
        except (OSError, ValueError):
            self._mute()
        return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._mute()

    def _mute(self) -> None:
        """Nothing more is written there, not even by Python at exit."""
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self._stream.fileno())
            os.close(null)
        except (OSError, ValueError):
            return
