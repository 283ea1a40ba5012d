"""What a task file remembers of targets: read, refused with the line, noted where nothing uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cua.formats.from_task import flow_of
from cua.formats.losses import Losses
from cua.taskfile.check import check
from cua.taskfile.load import load
from cua.taskfile.recalled import remembered
from cua.taskfile.schema import schema
from cua.taskfile.write import WIDTH, Filled, write

jsonschema = pytest.importorskip("jsonschema")

FLOW = """cua: 1
goal: Come to Groups
start: {url: "http://127.0.0.1:1/"}
params: {name: Editors}
steps:
  - double_click: {target: Groups, near: Teams}
    expect: {text: Groups}
  - click: "{name}"
  - type: {into: Name, text: "{name}"}
done: {text: Groups}
anchors:
"""
GROUPS = "  - {for: double_click Groups near Teams, v: 1, role: link, name: Groups, nth: [1, 2]}\n"
NAME = "  - {for: type Name, at: /add, v: 1, role: textbox, name: Name, keys: {id: name}}\n"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    return tmp_path / "flow.yaml"


def test_anchors_belong_to_the_steps_of_their_words(flow: Path) -> None:
    flow.write_text(FLOW + GROUPS + NAME)
    assert not check(flow).problems
    assert not check(flow).notes
    known = remembered(load(flow))
    assert [(one.aim, one.at, one.anchor.traits.role) for one in known] == [
        ('click "Groups near Teams"', "", "link"),
        ('type "Name"', "/add", "textbox"),
    ]
    jsonschema.validate(YAML(typ="safe", pure=True).load(flow.read_text()), schema())


def test_those_of_a_called_file_count_too(flow: Path) -> None:
    flow.write_text(FLOW + GROUPS)
    caller = flow.with_name("caller.yaml")
    caller.write_text('cua: 1\nstart: {url: "http://127.0.0.1:1/"}\nsteps: [{call: flow.yaml}]\ndone: {text: Groups}\n')
    assert len(remembered(load(caller))) == 1


def test_one_that_nothing_uses_is_noted_and_no_mistake(flow: Path) -> None:
    unused = "  - {for: click Groups, v: 1, role: link}\n"
    of_a_value = '  - {for: "click {name}", v: 1, role: link}\n'
    flow.write_text(FLOW + unused + of_a_value)
    report = check(flow)
    assert report.good
    assert [(note.line, note.what) for note in report.notes] == [
        (12, 'nothing uses the anchor of "click Groups"'),
        (13, 'nothing uses the anchor of "click {name}"'),
    ]
    assert not remembered(load(flow))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  - {v: 1, role: link}\n", 'an anchor needs "for"'),
        ("  - {for: Groups, v: 1, role: link}\n", "is no verb with its target"),
        ("  - {for: open Groups, v: 1, role: link}\n", "is no verb with its target"),
        ("  - {for: click Groups, role: link}\n", "version None"),
        ("  - {for: click Groups, v: 1}\n", "needs a role"),
        ("  - {for: click Groups, v: 1, role: link, class: x}\n", "has no 'class'"),
        ("  - {for: click Groups, v: 1, role: link, nth: [2, 1]}\n", "2 is more than 1"),
        ("  - {for: click Groups, v: 1, role: link, spot: here}\n", "must be a list"),
        ("  - {for: click Groups, v: 1, role: link, at: [1]}\n", "has to be the address of a page"),
        ("  - click Groups\n", "what was recorded of a target"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(flow: Path, written: str, said: str) -> None:
    flow.write_text(FLOW + GROUPS + written)
    (problem,) = check(flow).problems
    assert problem.line == 13
    assert said in problem.what


def test_an_export_says_that_they_are_not_carried_over(flow: Path) -> None:
    flow.write_text(FLOW + GROUPS)
    losses = Losses()
    flow_of(load(flow), losses)
    assert "line 12: what was recorded of targets, to find them again (`anchors`), is not carried over" in map(
        str, losses.found
    )


def test_lines_are_filled_and_read_back_as_they_were(flow: Path) -> None:
    data: Any = {
        "for": "click A",
        "texts": ["one: two", "x" * 150, "yes", "12"],
        "deep": [{"a": "b" * 40, "c": [1, 2]}] * 5,
    }
    text = write({"cua": 1, "anchors": [Filled(data), Filled({"a": {}, "b": "c"})]})
    assert max(len(line) for line in text.splitlines() if "xxx" not in line) <= WIDTH
    assert YAML(typ="safe", pure=True).load(text)["anchors"] == [data, {"a": {}, "b": "c"}]
