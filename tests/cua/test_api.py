"""Runs from Python, in a real browser on the small site of the command's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import cua
from tests.cua.cli.site import Site, serving

ADD = """cua: 1
params: {name: {type: text}}
steps:
  - type: {into: Name, text: "{name}"}
  - click: Save
    commit: true
    expect: {text: "Saved the note {name}"}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_a_flow_is_called_as_often_as_needed(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "add.yaml"
    file.write_text(ADD)
    flow = cua.load(file, url=site.url, yes=True, runs=tmp_path / "runs")
    runs = [flow(name=name) for name in ("Milk", "Tea")]
    assert [run.outcome for run in runs] == ["reached", "reached"]
    assert site.saved == ["Milk", "Tea"]


def test_a_value_from_python_is_a_secret_of_the_start(site: Site, tmp_path: Path) -> None:
    words = 'Click "Sign in", log in as ada with password {pw}'
    flow = cua.instruct(words, url=site.url, secrets={"pw": "hunter2hunter2"}, runs=tmp_path)
    run = flow()
    assert run.outcome == "reached", run.why
    assert site.entered == ["hunter2hunter2"]
    assert "hunter2" not in repr(run) + repr(flow)


def test_what_is_wrong_is_raised_before_a_browser_opens(tmp_path: Path) -> None:
    file = tmp_path / "add.yaml"
    file.write_text(ADD.replace("click", "clik"))
    with pytest.raises(cua.BadInput, match=":5: "):
        cua.load(file)
    file.write_text(ADD)
    with pytest.raises(cua.BadInput, match="name"):
        cua.load(file, url="http://127.0.0.1:9/", runs=tmp_path)()


def test_nobody_is_asked(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "add.yaml"
    file.write_text(ADD)
    run = cua.load(file, url=site.url, runs=tmp_path)(name="Milk")
    assert (run.outcome, site.saved) == ("needs_approval", [])
