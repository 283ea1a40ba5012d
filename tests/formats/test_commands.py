"""`cua import` and `cua export`: what is written, what is told, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cua import resources
from cua.cli.command import run
from cua.taskfile.check import check
from tests.formats.test_imports import CHROME, FIXTURES

Command = Callable[..., tuple[int, str, str]]
EXAMPLES = resources.tasks() / "examples"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = run(list(map(str, arguments)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_import_writes_a_task_file_and_tells_what_is_lost(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(CHROME))
    code, out, err = command("import", "a.json", "-o", "a.yaml")
    assert (code, out) == (0, "")
    assert check(tmp_path / "a.yaml").good
    assert "a.json: lost: steps[6]: nothing in the selectors could be seen by a person" in err
    assert "a.json: note: steps[0]: the size of the window is not carried over" in err
    assert command("import", "a.json", "--strict", "-o", "b.yaml")[0] == 1
    assert (tmp_path / "b.yaml").exists()


def test_import_to_stdout_and_as_json(command: Command) -> None:
    code, out, err = command("import", FIXTURES / "codegen-form.jsonl")
    assert code == 0
    assert out.startswith("cua: 1\nname: codegen-form\n")
    assert "now the secret password" in err
    code, out, _ = command("import", FIXTURES / "codegen-form.jsonl", "--json", "--strict")
    told = json.loads(out)
    assert code == 0
    assert (told["format"], told["out"], told["steps"], told["losses"]) == ("playwright-jsonl", None, 9, [])
    assert told["text"].startswith("cua: 1\n")


def test_what_is_wrong_is_one_line_and_exit_code_2(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": "a", "steps": [{}]}')
    assert command("import", "a.json") == (2, "", "cua: a.json: steps[0].type: this is missing, and has to be text\n")
    assert command("import", "none.json")[0] == 2
    assert "did you mean" in command("import", "a.json", "--from", "maestr")[2]
    code, _, err = command("import", "a.json", "--from", "maestro")
    assert (code, err) == (2, "cua: a.json:1: a Maestro flow has a head with `url:`, then ---, then commands\n")
    code, out, _ = command("import", "a.json", "--json")
    assert (code, json.loads(out)["error"]["file"]) == (2, "a.json")
    assert command("import", FIXTURES / "codegen-form.jsonl", "-o", "no/such/folder.yaml")[0] == 2


def test_export(command: Command, tmp_path: Path) -> None:
    code, out, err = command("export", EXAMPLES / "commit.yaml", "--to", "pytest", "-o", "test_commit.py")
    assert (code, out) == (0, "")
    assert "def test_commit(page: Page) -> None:" in (tmp_path / "test_commit.py").read_text()
    assert "commit.yaml: lost: line 10: `commit` is not carried over" in err
    code, out, _ = command(
        "export", EXAMPLES / "commit.yaml", "--to", "chrome-recorder", "--param", "name=Grace", "--strict", "--json"
    )
    told = json.loads(out)
    assert code == 1
    assert told["format"] == "chrome-recorder"
    assert "Grace" in told["text"]
    assert command("export", EXAMPLES / "commit.yaml", "--to", "seleniun")[0] == 2
    assert command("export", EXAMPLES / "commit.yaml", "--to", "maestro", "--param", "name")[0] == 2
