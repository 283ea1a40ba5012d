"""Files that pages send: into a quarantine folder, under a harmless name, never opened."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from playwright.sync_api import Download, Error

from envs import events
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.clock import Clock

LONGEST = 200
"""Bytes (UTF-8) of a file name; file systems take 255."""
MOST = 200
"""Files that are kept of one run; a page that sends more is not listened to."""
STALLED = 60.0
"""Seconds without a byte after which a download counts as lost."""


class Downloads:
    """`finished` are those that have arrived or failed, oldest first. `most` is the bytes that one may have."""

    def __init__(
        self,
        place: str,
        clock: Clock,
        tell: Callable[[events.Event], None],
        wake: Callable[[], None],
        most: int = 2 << 30,
    ) -> None:
        self._place, self._clock, self._tell, self._wake, self._most = place, clock, tell, wake, most
        self._folder: Path | None = None
        self._coming: dict[str, tuple[int, float]] = {}
        """The protocol's name of what is coming in → bytes, and when the last of them came."""
        self._cut: dict[str, str] = {}
        """The URL of what was cut off → why."""
        self._urls: dict[str, str] = {}
        self.stop: Callable[[str], None] = lambda guid: None
        """Cancels a download, by the protocol's name."""
        self.started = 0
        self.finished: list[events.Downloaded] = []

    def watch(self, wire: Wire) -> None:
        """Follow how much of a download of this tab has come."""
        wire.on("Page.downloadWillBegin", self._begins)
        wire.on("Page.downloadProgress", self._comes)

    def _begins(self, event: dict[str, Any]) -> None:
        self._urls[event["guid"]] = event["url"]
        self._coming[event["guid"]] = (0, self._clock.now())

    def _comes(self, event: dict[str, Any]) -> None:
        guid, size, now = event["guid"], int(event["receivedBytes"]), self._clock.now()
        if event["state"] != "inProgress":
            self._coming.pop(guid, None)
            self._urls.pop(guid, None)
            return
        before, _ = self._coming.get(guid, (-1, now))
        if size != before:
            self._coming[guid] = (size, now)
        if size > self._most or int(event["totalBytes"]) > self._most:
            self._end(guid, f"it is larger than {self._most} bytes")

    def overdue(self) -> None:
        """Cut off what has stalled."""
        now = self._clock.now()
        for guid, (_, heard) in list(self._coming.items()):
            if now - heard >= STALLED:
                self._end(guid, f"nothing of it came for {STALLED:.0f} s")

    def _end(self, guid: str, why: str) -> None:
        if self._coming.pop(guid, None) is None:
            return
        self._cut[self._urls.get(guid, "")] = why
        try:
            self.stop(guid)
        except (MovedOn, TargetGone, Error):
            return  # it has ended by itself

    def take(self, download: Download) -> None:
        """Keep a file that is coming in; returns when it is there."""
        self.started += 1
        name, number = harmless(download.suggested_filename), self.started
        path: Path | None = None
        failure: str | None = None
        try:
            if number > MOST:
                download.cancel()
                failure = f"more than {MOST} files came"
            else:
                path = self._room() / str(number) / name
                path.parent.mkdir()
                download.save_as(path)
                path.chmod(0o600)
        except Error as error:
            path, failure = None, self._cut.pop(download.url, None) or download_failure(error)
        except OSError as error:
            path, failure = None, f"{error.strerror or error}"
        got = events.Downloaded(
            at=self._clock.now(), place=self._place, name=name, url=shortened(download.url), path=path, failure=failure
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
    why = error.message.splitlines()[0].removeprefix("Download.save_as: ")
    return "it was canceled or the server sent no file" if why == "canceled" else why


def shortened(url: str) -> str:
    """A data: URL is the file itself: what is told of it is its type."""
    return url.partition(",")[0] + ",…" if url.startswith("data:") else url


_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)
"""Names that Windows takes for devices, with any extension (Microsoft, Naming Files)."""


def harmless(name: str) -> str:
    """The last part of a file name, without separators, what cannot be seen (control, format and direction characters),
    and what shells or Windows read otherwise. Never hidden, never a device; at most 200 bytes, the extension kept.
    """
    name = PureWindowsPath(PurePosixPath(name).name).name
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = re.sub(r'[/\\:*?"<>|]', "", name)
    name = " ".join(name.split()).lstrip(".- ~").rstrip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    stem, dot, extension = name.rpartition(".")
    if dot and len(extension) <= 16:
        return f"{_cut(stem, LONGEST - len(extension.encode()) - 1)}.{extension}"
    return _cut(name, LONGEST) or "download"


def _cut(text: str, most: int) -> str:
    return text.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")
