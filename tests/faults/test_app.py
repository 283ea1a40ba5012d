"""The application as a program, and its books and switches over HTTP."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.faulty.depot.catalogue import FAULTS
from tasks.faulty.oracle import WISHES
from tests.apps.servers import READY, ROOT, announced, end
from tests.faults.client import Client
from tests.faults.test_depot import ITEM, SENDS

PROGRAM = [sys.executable, "-I", str(ROOT / "tasks" / "faulty" / "app.py")]


def ask(url: str, body: object = None, **headers: str) -> tuple[int, Any]:
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as no:
        with no:
            return no.code, json.load(no)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """Its address, that of the admin, the process; every second commit goes wrong."""
    program = [*PROGRAM, "--faults", "error-after-commit@2", "--dir", str(tmp_path / "depot"), "--password", "secret"]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = announced(process, 20.0)
        assert url is not None
        assert process.stdout is not None
        admin = READY.fullmatch(process.stdout.readline().replace("ADMIN", "READY"))
        assert admin is not None
        yield url, admin[1], process
    finally:
        assert process.stderr is not None
        process.stderr.close()
        end(process)


def test_the_books_tell_what_really_happened(started: tuple[str, str, subprocess.Popen[str]], tmp_path: Path) -> None:
    url, admin, process = started
    client = Client(url).sign_in()
    assert [SENDS["item-new"](client).status for _ in range(2)] == [303, 500]
    status, books = ask(admin + "books")
    assert (status, books["stored"], books["stored_twice"]) == (200, {"item-new": 2}, 1)
    assert books["fired"] == [{"fault": "error-after-commit", "at": "POST item-new"}]
    assert [row["name"] for row in ask(admin + "tables")[1]["item"]].count(ITEM["name"]) == 2
    told = subprocess.run(
        [sys.executable, "-m", "tasks.faulty.oracle", "add-item", str(tmp_path / "depot")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, "Nobody asked for" in told.stdout, "Stored twice: 1" in told.stdout) == (1, True, True)
    assert ask(admin + "reset", {}) == (200, {"ok": True})
    assert ask(admin + "books")[1]["stored"] == {}
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_faults_are_switched_while_it_runs(started: tuple[str, str, subprocess.Popen[str]]) -> None:
    url, admin, _ = started
    status, said = ask(admin + "faults", {"faults": ["error-before-commit", "slow-page@3"], "seed": 5})
    assert (status, said["armed"], said["seed"]) == (200, ["error-before-commit@1", "slow-page@3"], 5)
    assert {one["name"] for one in said["known"]} == set(FAULTS)
    client = Client(url).sign_in()
    assert SENDS["item-new"](client).status == 500
    assert ask(admin + "faults", {"faults": []})[1]["armed"] == []
    assert SENDS["item-new"](client).status == 303


@pytest.mark.parametrize(
    ("body", "headers", "status", "why"),
    [
        ({"faults": ["late-dialo"]}, {}, 400, 'did you mean "late-dialog"'),
        ({"faults": "late-dialog"}, {}, 400, "must be a list"),
        ({"faults": [], "seed": "x"}, {}, 400, "whole number"),
        (b"faults=late-dialog", {}, 400, "must be JSON"),
        ({"faults": []}, {"Origin": "http://evil.test"}, 403, "no business"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    started: tuple[str, str, subprocess.Popen[str]], body: object, headers: dict[str, str], status: int, why: str
) -> None:
    admin = started[1]
    got, said = ask(admin + "faults", body, **headers)
    assert (got, why in said["error"]) == (status, True), said
    assert ask(admin + "faults")[1]["armed"] == ["error-after-commit@2"]
    assert ask(admin + "nowhere")[0] == 404


def test_the_pages_know_nothing_of_the_books(started: tuple[str, str, subprocess.Popen[str]]) -> None:
    url, admin, _ = started
    client = Client(url).sign_in()
    for path in ("/", "/items", "/items/1", "/settings"):
        page = client.get(path).body
        assert admin.rpartition(":")[2].rstrip("/") not in page
        assert "fault" not in page.lower()
    assert client.get("/books").status == 404


def test_what_is_wrong_on_the_command_line_is_one_line_and_exit_2() -> None:
    told = subprocess.run([*PROGRAM, "--faults", "late-dialo"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert 'did you mean "late-dialog"?' in told.stderr.splitlines()[-1]


def test_the_list_has_a_line_for_each() -> None:
    told = subprocess.run([*PROGRAM, "--list"], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in told.stdout.splitlines()] == list(FAULTS)


def test_the_readme_names_every_fault_and_every_task() -> None:
    told = (ROOT / "tasks" / "faulty" / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*FAULTS, *WISHES) if f"`{name}`" not in told] == []
