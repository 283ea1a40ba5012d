"""The command as a user has it: a process of its own, a home of its own, a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cua.cli.site import Site, serving

ROOT = Path(__file__).resolve().parents[3]

ADD = """cua: 1
name: add-note
goal: Add the note {name}
params: {name: {type: text, default: Milk}}
steps:
  - type: {into: Name, text: "{name}"}
  - click: Save
    commit: true
    already: {text: "{name}"}
    expect: {text: "Saved the note {name}"}
done: {text: "Saved the note {name}"}
"""


@dataclass(frozen=True)
class Ended:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> dict[str, Any]:
        """The one object of --json."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass(frozen=True)
class Cua:
    """`cua` in a folder of its own."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    def env(self, **more: str) -> dict[str, str]:
        home = {"HOME": str(self.folder), "CUA_RUNS": str(self.runs), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CUA_", "XDG_"))}
        return {**kept, **home, **self.variables, **more}

    def __call__(self, *arguments: str | Path, stdin: str = "", **variables: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "cua", *map(str, arguments)],
            cwd=self.folder,
            env=self.env(**variables),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str | Path, **variables: str) -> subprocess.Popen[str]:
        """The command in the background, in a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "cua", *map(str, arguments)],
            cwd=self.folder,
            env=self.env(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path


@pytest.fixture
def cua(tmp_path: Path) -> Cua:
    return Cua(tmp_path)


@pytest.fixture(scope="session")
def one_site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(one_site: Site) -> Site:
    one_site.clear()
    return one_site


@pytest.fixture
def flow(cua: Cua) -> Path:
    """A file that adds a note, without a start of its own."""
    return cua.file("add.yaml", ADD)


Says = Callable[[str], bool]
