"""`cua record`: what cannot be recorded is said in one line, before a browser opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.cli.command import run
from cua.cli.record import _written
from cua.record.compose import Workflow
from cua.taskfile.write import Comment

URL = "http://127.0.0.1:9/"


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-o", "flow.yaml"], 2, "name the page with --url"),
        (["--url", URL], 2, "--output"),
        (["--url", "shop", "-o", "flow.yaml"], 2, "no address"),
        (["--url", URL, "-o", "nowhere/flow.yaml"], 2, "a folder that exists"),
        (["--url", URL, "-o", "old.yaml"], 2, "say --yes"),
        (["--app", "galculator", "-o", "flow.yaml"], 4, "not available yet"),
        (["--url", URL, "-o", "flow.yaml"], 4, "no display"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "old.yaml").write_text("cua: 1\n", encoding="utf-8")
    assert run(["record", *arguments]) == code
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert said in line
    assert (tmp_path / "old.yaml").read_text(encoding="utf-8") == "cua: 1\n"


def test_a_hole_is_told_and_the_file_is_written_all_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    steps = [{"click": "Save"}, Comment("HOLE click: no words mean it")]
    workflow = Workflow(
        {"cua": 1, "name": "x", "goal": "x", "start": {"url": URL}, "steps": steps}, ("HOLE click: no",)
    )
    assert _written(workflow, tmp_path / "flow.yaml") == 1
    assert "# HOLE click" in (tmp_path / "flow.yaml").read_text(encoding="utf-8")
    assert "HOLE click: no" in capsys.readouterr().err
