"""browser-use's rerun of a history that its own agent made: recorded once, run again on fresh state each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import sync_playwright

from envs.browser import BrowserOptions
from envs.browser.find import find
from tests.bench.rival import Missing, Worker, worker

WORKER = Path(__file__).with_name("rerun_worker.py")

Act = Mapping[str, Any]
"""What it is told to do: {"open": path}, {"click": [role, name]} or {"into": [role, name], "text": text}."""


class Failed(Exception):
    """Its rerun came to an end before its last step; says at which."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """ms: from starting its browser to its end. retries: how often a step was tried again, after 5 s or more."""

    ms: float
    retries: int


class Recording:
    """A workflow as browser-use has saved it."""

    def __init__(self, worker: Worker, file: Path, url: str) -> None:
        self._worker, self._file, self._url = worker, file, url

    def rerun(self, url: str) -> Rerun:
        """On the same application at another address, which takes the place of the recorded one in its file. Raises
        Failed and Missing."""
        text = self._file.read_text(encoding="utf-8").replace(_origin(self._url), _origin(url))
        here = self._file.with_name("here.json")
        here.write_text(text, encoding="utf-8")
        answer = self._worker.ask({"rerun": str(here)})
        if answer["failed"] is not None:
            raise Failed(f"failed at step {answer['failed']}: {answer['why']}")
        return Rerun(answer["ms"], answer["retries"])


class Recorder:
    """browser-use with a Chromium of its own for each recording and each rerun."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def record(self, url: str, acts: Sequence[Act], file: Path) -> Recording:
        """Do them once, from that address on. Raises Missing where one cannot be done."""
        steps = [{**act, "open": urljoin(url, act["open"])} if "open" in act else act for act in acts]
        answer = self._worker.ask({"record": str(file), "url": url, "steps": steps})
        if "why" in answer:
            raise Missing(f"the workflow could not be recorded with it: {answer['why']}")
        return Recording(self._worker, file, url)


@contextmanager
def recorder() -> Iterator[Recorder]:
    """Raises Missing where browser-use cannot be installed."""
    with sync_playwright() as playwright:
        chromium = find(BrowserOptions(), playwright)
    with worker(WORKER, str(chromium)) as own:
        yield Recorder(own)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
