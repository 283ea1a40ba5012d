"""What can be wrong with what `cua ground` is asked: one clear line, the documented code, no browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cua.cli.command import run

URL = "http://127.0.0.1:9/"
WRONG = {
    "nothing": ([], 2, "needs a TARGET, or --pick, or --batch"),
    "two": (["Save", "--pick", "--url", URL], 2, "TARGET and --pick do not go together"),
    "nowhere": (["Save"], 2, "name the page with --url"),
    "pick-nowhere": (["--pick"], 2, "name the page with --url"),
    "both": (["Save", "--url", URL, "--image", "a.png"], 2, "--url and --image do not go together"),
    "address": (["Save", "--url", "localhost:8000"], 2, "did you mean http://localhost:8000?"),
    "script": (["Save", "--url", "javascript:alert(1)"], 2, "begins with http:// or https://"),
    "no-page": (["Save", "--url", "nowhere.html"], 2, "nowhere.html: --url: there is no such file"),
    "empty": (["", "--url", URL], 2, "target"),
    "action": (["Save", "--url", URL, "--action", "clik"], 2, 'did you mean "click"?'),
    "show-folder": (["Save", "--url", URL, "--show", "no/such/a.png"], 2, "--show needs the name of a file"),
    "show-alone": (["--pick", "--url", URL, "--show", "a.png"], 2, "--show goes with a TARGET"),
    "no-image": (["Save", "--image", "nowhere.png"], 2, "nowhere.png: --image: there is no such file"),
    "image": (["Save", "--image", "there.png"], 4, "pictures cannot be looked at yet"),
    "app": (["Save", "--app", "galculator"], 4, "desktop programs are not available yet"),
    "no-index": (["--batch", "nowhere.jsonl"], 2, "nowhere.jsonl: the index cannot be read"),
    "wait": (["Save", "--url", URL, "--wait", "-1"], 2, "--wait"),
    "viewport": (["Save", "--url", URL, "--viewport", "wide"], 2, "1280x720"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_one_clear_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("envs.browser.Browser.reset", lambda self: pytest.fail("a browser was opened"))
    (tmp_path / "there.png").write_bytes(b"")
    arguments, expected, words = WRONG[name]
    code = run(["ground", *arguments])
    said = capsys.readouterr()
    assert (code, said.out) == (expected, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1
    assert run(["ground", *arguments, "--json"]) == expected
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == ("environment" if expected == 4 else "not_reached")


def test_a_browser_that_is_not_there_is_4(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ground", "Save", "--url", URL, "--cdp-url", "http://127.0.0.1:9/"]) == 4
    assert "no browser answers" in capsys.readouterr().err
