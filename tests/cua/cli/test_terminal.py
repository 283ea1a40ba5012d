"""At a terminal the person is asked: before what cannot be undone, before each step, for a secret, where it failed."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cua.cli.conftest import Cua
from tests.cua.cli.person import click, person_at, running
from tests.cua.cli.site import Site

pytestmark = pytest.mark.timeout(180)


@dataclass
class AtTerminal:
    """A command whose stdin and stderr are a terminal."""

    process: subprocess.Popen[bytes]
    master: int
    seen: bytes = b""
    read: int = field(default=0)

    def expect(self, pattern: str, seconds: float = 30.0) -> str:
        """Waits until this is on the screen, after what was waited for before."""
        end = time.monotonic() + seconds
        while (found := re.search(pattern.encode(), self.seen[self.read :])) is None:
            assert time.monotonic() < end, self.seen.decode(errors="replace")
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.master, 4096)
                except OSError:  # the other end is closed
                    assert re.search(pattern.encode(), self.seen[self.read :]), self.seen.decode(errors="replace")
        self.read += found.end()
        return found[0].decode(errors="replace")

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def end(self) -> int:
        while self.process.poll() is None:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.master, 4096)
                except OSError:
                    break
        code = self.process.wait(timeout=30)
        os.close(self.master)
        return code


Start = Callable[..., AtTerminal]


@pytest.fixture
def terminal(cua: Cua) -> Iterator[Start]:
    """Starts `cua` at a terminal; it is ended with the test."""
    started: list[AtTerminal] = []

    def start(*arguments: str | Path) -> AtTerminal:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "cua", *map(str, arguments)],
            cwd=cua.folder,
            env=cua.env(TERM="xterm-256color"),
            stdin=slave,
            stdout=subprocess.DEVNULL,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        started.append(AtTerminal(process, master))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


@pytest.mark.parametrize(("answer", "code", "saved"), [("y", 0, ["Milk"]), ("", 3, []), ("n", 3, [])])
def test_a_commit_is_asked_for(
    terminal: Start, site: Site, flow: Path, answer: str, code: int, saved: list[str]
) -> None:
    screen = terminal("run", flow, "--url", site.url)
    screen.expect(r"cannot be undone\. Do it\?")
    assert site.saved == []
    screen.type(f"{answer}\n")
    assert screen.end() == code
    assert site.saved == (["Milk"] if code == 0 else [])


def test_the_start_of_a_file_is_asked_for(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", f"cua: 1\nstart: {{url: '{site.elsewhere}'}}\nsteps:\n  - click: Gate\n")
    screen = terminal("run", flow)
    screen.expect(r"Open it\?")
    assert site.visits == 0
    screen.type("y\n")
    assert screen.end() == 0


def test_what_a_page_says_cannot_steer_the_terminal(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\ntimeout: 0.5\nsteps:\n  - click: Odd\n  - click: {role: button}\n")
    screen = terminal("run", flow, "--url", site.url)
    screen.expect('nearest: button "Save')
    assert screen.end() == 1
    assert b"\x1b[31m red" not in screen.seen
    assert "\u202e".encode() not in screen.seen


def test_one_step_at_a_time(terminal: Start, site: Site, flow: Path) -> None:
    screen = terminal("run", flow, "--url", site.url, "--step", "--yes")
    screen.expect('Next: type "Milk" into "Name"')
    screen.type("\n")
    screen.expect('Next: click "Save"')
    screen.type("q\n")
    assert screen.end() == 130
    assert site.saved == []


def test_it_pauses_where_it_failed(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\ntimeout: 0.3\nsteps:\n  - click: Nowhere\n")
    screen = terminal("run", flow, "--url", site.url, "--pause-on-failure")
    screen.expect("The browser is as it was left")
    screen.type("q\n")
    assert screen.end() == 130


def test_control_c_answers_a_question(terminal: Start, site: Site, flow: Path) -> None:
    screen = terminal("run", flow, "--url", site.url)
    screen.expect(r"Do it\?")
    os.kill(screen.process.pid, 2)
    assert screen.end() == 130
    assert site.saved == []


def test_a_secret_that_nobody_bound_is_not_asked_for_at_the_start(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\nsecrets: [pw]\nsteps:\n  - type: {into: Password, secret: pw}\n")
    screen = terminal("run", flow, "--url", site.url)
    assert screen.end() == 2
    assert site.visits == 0


def test_a_terminal_that_goes_away_interrupts(terminal: Start, cua: Cua, site: Site, flow: Path) -> None:
    screen = terminal("run", flow, "--url", site.url)
    screen.expect(r"Do it\?")
    os.close(screen.master)
    assert screen.process.wait(timeout=30) == 130
    assert cua("resume", "--yes").code == 0
    assert site.saved == ["Milk"]


def test_a_step_that_is_skipped_is_not_done_and_proves_nothing(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file(
        "f.yaml",
        "cua: 1\nsteps:\n  - type: {into: Name, text: Milk}\n  - click: Save\n    commit: true\n  - click: Gate\n",
    )
    screen = terminal("run", flow, "--url", site.url, "--step", "--yes")
    screen.expect("Next: type")
    screen.type("\n")
    screen.expect('Next: click "Save".*s skips')
    screen.type("s\n")
    screen.expect('Next: click "Gate"')
    screen.type("\n")
    screen.expect("nothing says whether")
    assert screen.end() == 1
    assert site.saved == []
    (skipped,) = [step for step in cua("show", "--json").result["steps"] if "skipped" in step["why"]]
    assert (skipped["action"], skipped["verified"]) == ("click", False)


def test_what_failed_is_tried_again_on_the_page_as_it_was_mended(terminal: Start, cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\ntimeout: 0.5\nsteps:\n  - click: Gate\n  - wait: {text: The gate is open}\n")
    screen = terminal("run", flow, "--url", site.url, "--pause-on-failure")
    for _ in range(3):  # more often than the planner would try
        screen.expect("again tries it once more")
        screen.type("again\n")
    screen.expect("again tries it once more")
    site.open = True
    screen.type("again\n")
    assert screen.end() == 0


def test_what_is_pointed_at_is_done_and_goes_into_the_file(
    terminal: Start, cua: Cua, site: Site, tmp_path: Path
) -> None:
    text = "cua: 1\ntimeout: 0.5\nsteps:\n  - click: Portal\n    expect: {text: The gate is shut}\n"
    flow = cua.file("f.yaml", text)
    with running(tmp_path) as browser:
        screen = terminal("run", flow, "--url", site.url, "--cdp-url", browser, "--pause-on-failure")
        screen.expect("point lets you show")
        screen.type("point\n")
        screen.expect("Click it in the browser")
        with person_at(browser, site) as page:
            click(page, "h1")
            screen.expect('"Notes" is meant|heading "Notes"')
        screen.expect("point lets you show")
        screen.type("p\n")
        screen.expect("Click it in the browser")
        with person_at(browser, site) as page:
            click(page, "a")
            screen.expect('"Gate" is meant')
        screen.expect('"Portal" is "Gate" now: you have pointed at it')
        assert screen.end() == 0
    assert flow.read_text() == text.replace("Portal", "Gate  # was: Portal")
