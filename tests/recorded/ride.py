"""One workflow recorded by a person in `cua record`, and replayed by `cua run`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.recorded.fresh import Fresh
from tests.recorded.person import Lost, Person
from tests.recorded.screen import Screen
from tests.recorded.workflows import PASSWORD, Workflow

CUA = [sys.executable, "-m", "cua"]
QUIET = (
    "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--password-store=basic", "--disable-sync",
    "--disable-features=Translate,PasswordManagerOnboarding,OptimizationHints", "--disable-component-update",
    "--disable-save-password-bubble", "--disable-background-networking", "--window-size=1300,900",
    "--window-position=0,0",
)  # fmt: skip
DEADLINE = 60.0
"""Seconds that a program may take to start or to end."""


@dataclass(frozen=True)
class Replay:
    """How one run ended: proved, and as the application's own storage tells right (`wrong` is empty)."""

    outcome: str
    why: str
    wrong: str
    ms: float

    @property
    def good(self) -> bool:
        return self.outcome == "reached" and not self.wrong


def record(workflow: Workflow, screen: Screen, folder: Path) -> tuple[Path, str]:
    """The task file of what the person does, and what the recorder said. Raises Lost."""
    for name, text in workflow.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    file = folder / f"{workflow.name}.yaml"
    with workflow.opened(folder) as fresh, _chromium(screen, folder / "profile") as port:
        recorder = subprocess.Popen(
            [*CUA, "record", "--url", fresh.url, "--cdp-url", f"http://127.0.0.1:{port}", "-o", str(file)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=screen.environment,
        )  # fmt: skip
        try:
            assert recorder.stderr is not None
            recorder.stderr.readline()  # it says that it is ready
            _act(workflow, screen, fresh, port, folder)
            recorder.send_signal(signal.SIGINT)
            _, said = recorder.communicate(timeout=DEADLINE)
        finally:
            if recorder.poll() is None:
                recorder.kill()
                recorder.communicate()
    shutil.rmtree(folder / "state", ignore_errors=True)
    return file, said


def _act(workflow: Workflow, screen: Screen, fresh: Fresh, port: int, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = browser.contexts[0]
        page = next(page for page in context.pages if page.url.startswith(fresh.origin))
        person = Person(context, page, screen, folder)
        person.rest()
        try:
            workflow.does(person)
            person.rest()
            person.rest()
        except Lost:
            screen.picture(folder / "lost.png")
            raise
        except Error as error:
            screen.picture(folder / "lost.png")
            raise Lost(error.message) from error
        finally:
            browser.close()


@contextmanager
def _chromium(screen: Screen, profile: Path) -> Iterator[int]:
    """A browser with windows, and the port that it is attached to by."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    process = subprocess.Popen(
        [program, *QUIET, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=screen.environment, start_new_session=True,
    )  # fmt: skip
    try:
        yield _port(profile / "DevToolsActivePort")
    finally:
        process.terminate()
        try:
            process.wait(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _port(told: Path) -> int:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if told.exists() and (lines := told.read_text().splitlines()):
            urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json/version", timeout=DEADLINE).close()
            return int(lines[0])
        time.sleep(0.05)
    raise TimeoutError("the browser does not start")


def replay(workflow: Workflow, file: Path, runs: Path) -> Replay:
    """On fresh state, without a window, from the file alone."""
    with tempfile.TemporaryDirectory(prefix="replay-") as home:
        folder = Path(home)
        copy = folder / file.name
        for name in (file.name, *workflow.files):
            shutil.copy(file.parent / name, folder / name)
        with workflow.opened(folder) as fresh:
            asked = [*CUA, "run", str(copy), "--url", fresh.url, "--yes", "--json", "--runs", str(runs)]
            for secret in workflow.secrets:
                asked += ["--secret", f"{secret}=PASSWORD_OF_THE_ADMIN@{fresh.origin}"]
            if fresh.origins:
                policy = folder / "policy.yaml"
                policy.write_text(json.dumps({"origins": list(fresh.origins)}), encoding="utf-8")
                asked += ["--policy", str(policy)]
            environment = {**os.environ, "PASSWORD_OF_THE_ADMIN": PASSWORD}
            done = subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)
            try:
                said = json.loads(done.stdout)
            except ValueError:
                return Replay("none", (done.stderr or done.stdout)[-300:], "", 0.0)
            wrong = _wrong(workflow, fresh, folder) if said["outcome"] == "reached" else ""
            return Replay(said["outcome"], said["why"], wrong, said["ms"])


def _wrong(workflow: Workflow, fresh: Fresh, folder: Path) -> str:
    """What is wrong with what the application has stored, and with the file that came."""
    why = workflow.stored(fresh) or ""
    if workflow.came is not None:
        name, text = workflow.came
        came = folder / name
        if not came.exists() or text not in came.read_text(encoding="utf-8"):
            why += f" {name} has not come"
    return why
