"""Files that pages send: into a quarantine folder, under a harmless name, never opened."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from playwright.sync_api import Download, Error

from envs import events
from envs.clock import Clock


class Downloads:
    """`finished` are those that have arrived or failed, oldest first."""

    def __init__(
        self, place: str, clock: Clock, tell: Callable[[events.Event], None], wake: Callable[[], None]
    ) -> None:
        self._place, self._clock, self._tell, self._wake = place, clock, tell, wake
        self._folder: Path | None = None
        self.started = 0
        self.finished: list[events.Downloaded] = []

    def take(self, download: Download) -> None:
        """Keep a file that is coming in; returns when it is there."""
        self.started += 1
        name = harmless(download.suggested_filename)
        path: Path | None = self._room() / str(self.started) / name
        failure: str | None = None
        try:
            assert path is not None
            path.parent.mkdir()
            download.save_as(path)
        except Error as error:
            failure, path = download_failure(error), None
        except OSError as error:
            failure, path = str(error), None
        got = events.Downloaded(
            at=self._clock.now(), place=self._place, name=name, url=download.url, path=path, failure=failure
        )
        self.finished.append(got)
        self._tell(got)
        self._wake()

    def _room(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="cua-downloads-"))
        return self._folder

    def clear(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def download_failure(error: Error) -> str:
    return error.message.splitlines()[0].removeprefix("Download.save_as: ")


def harmless(name: str) -> str:
    """The last part of a file name, without separators, control and direction characters, and never hidden."""
    name = PureWindowsPath(PurePosixPath(name).name).name
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:]", "", name).strip().lstrip(".")
    return name[-200:] or "download"
