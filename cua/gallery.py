"""The pictures of runs on disk: named when they are asked for, written by a thread of its own beside the run."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from cua import pictures
from envs.geometry import Box
from envs.observation import Frame

REMEMBERED = 500
"""Pictures of which it is known what they show: equal ones mostly come soon after each other."""
WAITING = 8
"""Pictures that may wait to be encoded; whoever adds one more waits himself."""
_NICE = 10
"""The encoder gives way to the browser that the run is waiting for."""


class Gallery:
    """Everything raises OSError where the disk does; what failed in the thread is raised by the next call.

    A process that is killed may lose the pictures that wait; `flush` says when there is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._room = threading.BoundedSemaphore(WAITING)
        self._thread: ThreadPoolExecutor | None = None
        self._jobs: dict[str, Future[None]] = {}
        self._shows: dict[str, str] = {}
        """Name → digest of what it is made of."""
        self._first: dict[str, str] = {}
        """Digest → the name that it was written under (the thread's own)."""

    def name(self) -> str:
        """A name for a picture that is to come."""
        return secrets.token_hex(32)

    def add(self, name: str, frame: Frame, mask: Sequence[Box] = ()) -> None:
        """Have the frame encoded and written under this name, the boxes of `mask` blacked out. Equal pictures share
        their bytes."""
        self._reap()
        self._room.acquire()
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "pictures", _step_back)
        self._shows[name] = digest = pictures.digest(frame, mask)
        _limit(self._shows)
        self._jobs[name] = job = self._thread.submit(self._write, name, digest, frame, tuple(mask))
        job.add_done_callback(lambda _: self._room.release())

    def shows(self, name: str) -> str:
        """The same for pictures that show the same, where both were added here; else the name."""
        return self._shows.get(name, name)

    def read(self, name: str) -> bytes:
        """The bytes of a picture. Raises KeyError when it is not there (any more)."""
        if name in self._jobs:
            self.flush()
        try:
            return self._path(name).read_bytes()
        except OSError as gone:
            raise KeyError(name) from gone

    def flush(self) -> None:
        """Return when everything that was added is on disk."""
        while self._jobs:
            _, job = self._jobs.popitem()
            job.result()

    def close(self) -> None:
        try:
            self.flush()
        finally:
            if self._thread is not None:
                self._thread.shutdown()
                self._thread = None

    def forget_all_but(self, kept: str) -> None:
        """Remove the pictures whose name does not stand in this text."""
        self.flush()
        for path in self.folder.glob("*.webp"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.webp"

    def _reap(self) -> None:
        for name in [name for name, job in self._jobs.items() if job.done()]:
            self._jobs.pop(name).result()

    def _write(self, name: str, digest: str, frame: Frame, mask: tuple[Box, ...]) -> None:
        path = self._path(name)
        first = self._first.setdefault(digest, name)
        _limit(self._first)
        if first != name:
            with contextlib.suppress(OSError):  # it was cleaned away, or this disk has no links
                path.hardlink_to(self._path(first))
                return
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pictures.encode(frame, mask))
        part.replace(path)


def _limit(remembered: dict[str, str]) -> None:
    if len(remembered) > REMEMBERED:
        del remembered[next(iter(remembered))]


def _step_back() -> None:
    """On Linux a thread has a niceness of its own (sched(7)); elsewhere it stays as it is."""
    if hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
