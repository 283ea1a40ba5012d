"""browser-use, installed into a venv of its own under the user's cache folder and driven through a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path
from playwright.sync_api import sync_playwright

from envs.browser import BrowserOptions
from envs.browser.find import find
from envs.clock import Deadline

VERSION = "0.13.11"
PATIENCE = 30.0
"""Seconds that its browser may take to start."""
WORKER = Path(__file__).with_name("browser_use_worker.py")


class Missing(Exception):
    """It cannot be measured here; the reason is for the table."""


class Worker:
    """A program in the Python of browser-use's venv, which answers every line of JSON with one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        """Raises Missing when it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            line = ""
        else:
            line = self._process.stdout.readline()
        if not line:
            raise Missing("browser-use ended in the middle of it")
        answer: dict[str, Any] = json.loads(line)
        return answer


class BrowserUse:
    """One tab of a Chromium of its own, read by browser-use."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def open(self, url: str) -> None:
        self._worker.ask({"open": url})

    def run(self, script: str) -> None:
        self._worker.ask({"run": script})

    def read(self) -> float:
        """ms of a DomService.get_serialized_dom_tree, as measured beside it."""
        return float(self._worker.ask({"read": True})["ms"])


@contextmanager
def browser_use(viewport: tuple[int, int]) -> Iterator[BrowserUse]:
    """Raises Missing where it cannot be installed or started."""
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        _chromium(Path(profile), viewport) as url,
        worker(WORKER, url) as reader,
    ):
        yield BrowserUse(reader)


@contextmanager
def worker(program: Path, *arguments: str) -> Iterator[Worker]:
    """Raises Missing where browser-use cannot be installed. What it writes beside is gone at the end."""
    python = _installed()
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        process = subprocess.Popen(
            [str(python), str(program), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "TMPDIR": scratch, "BROWSER_USE_CONFIG_DIR": scratch},
        )
        try:
            yield Worker(process)
        finally:
            process.kill()
            process.communicate()


def _installed() -> Path:
    venv = user_cache_path("provenstep") / "bench" / f"browser-use-{VERSION}"
    python = venv / "bin" / "python"
    if (
        subprocess.run([str(python), "-c", "import browser_use"], capture_output=True).returncode == 0
        if python.exists()
        else False
    ):
        return python
    for command in (
        [sys.executable, "-m", "venv", str(venv)],
        [str(python), "-m", "pip", "install", "-q", "--only-binary", ":all:", f"browser-use=={VERSION}"],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["no reason given"]
            raise Missing(f"browser-use {VERSION} could not be installed: {lines[-1]}")
    return python


@contextmanager
def _chromium(profile: Path, viewport: tuple[int, int]) -> Iterator[str]:
    """A headless browser with a debugging port; its address."""
    with sync_playwright() as playwright:
        executable = find(BrowserOptions(), playwright)
    command = [
        str(executable),
        "--headless=new",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        f"--window-size={viewport[0]},{viewport[1]}",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        "about:blank",
    ]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{_port(browser)}"
    finally:
        browser.terminate()
        browser.communicate()


def _port(browser: subprocess.Popen[str]) -> int:
    """From the line in which it says where it listens."""
    assert browser.stderr is not None
    deadline = Deadline(PATIENCE)
    for line in browser.stderr:
        if "DevTools listening on ws://" in line:
            return int(line.rpartition("ws://")[2].partition("/")[0].rpartition(":")[2])
        if deadline.passed:
            break
    raise Missing("its browser did not say where it listens")
