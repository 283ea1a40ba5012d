"""The JSON Schema says what the reader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cua import resources
from cua.errors import BadInput
from cua.taskfile import load
from cua.taskfile.expects import WANT
from cua.taskfile.grammar import VERBS
from cua.taskfile.schema import schema

jsonschema = pytest.importorskip("jsonschema")
FILES = sorted(file for file in resources.tasks().rglob("*.yaml") if "cua:" in file.read_text())

BAD = [
    "steps: []",
    "steps: [clik: a]",
    "steps: [{click: a, type: {into: a, text: b}}]",
    "steps: [{click: a, exepct: {text: b}}]",
    "steps: [type: {into: a}]",
    "steps: [type: {into: a, text: b, secret: c}]",
    "steps: [type: {text: b}]",
    "steps: [click: [a]]",
    "steps: [click: {target: a, naer: b}]",
    "steps: [click: {near: b}]",
    "steps: [click: ' ']",
    "steps: [back: 2]",
    "steps: [code: x]",
    "steps: [scroll: sideways]",
    "steps: [wait: 5]",
    "steps: [wait: {within: 5}]",
    "steps: [wait: {}]",
    "steps: [{click: a, expect: Saved}]",
    "steps: [{click: a, expect: {txt: b}}]",
    "steps: [{click: a, expect: {count: {target: a}}}]",
    "steps: [{click: a, expect: {http: {}}}]",
    "steps: [{wait: {text: a}, commit: true, expect: {text: b}}]",
    "steps: [{click: a, timeout: -1}]",
    "steps: [if: {then: [back]}]",
    "steps: [if: {text: a}]",
    "steps: [{if: {text: a, then: [back]}, commit: true}]",
    "steps: [for_each: {in: [], do: [back]}]",
    "steps: [repeat: {do: [back], until: {text: a}}]",
    "steps: [upload: {into: a, file: /etc/passwd}]",
    "steps: [open: 'www.example.test']",
    "{steps: [back], params: {1n: a}}",
    "{steps: [back], params: {n: {type: txt}}}",
    "{steps: [back], start: {url: 'http://a', app: b}}",
    "{steps: [back], secrets: [a b]}",
    "{steps: [back], done: {}}",
    "{steps: [back], stepps: []}",
    "{steps: [back], always: Saved}",
    "{steps: [back], never: []}",
    "{steps: [back], order: {}}",
    "{steps: [back], order: {see: {text: a}}}",
    "{steps: [back], order: {before: {text: a}}}",
    "{steps: [back], order: {see: {text: a}, do: b, before: {text: c}}}",
    "{steps: [back], order: {keep: {text: a}, before: {text: c}}}",
    "{steps: [back], order: {keep: {text: a}, eventually: {text: c}}}",
    "{steps: [back], order: {see: {text: a}, before: {text: b}, eventually: {text: c}}}",
    "steps: [{click: a, pre: Ready}]",
    "steps: [{click: a, recover: []}]",
    "steps: [{click: a, recover: [back, back, back, back, back]}]",
    "steps: [{click: a, recover: [{click: b, commit: true}]}]",
    "steps: [{click: a, recover: [{extract: b, as: c}]}]",
    "steps: [{click: a, recover: [{click: b, recover: [back]}]}]",
    "steps: [{if: {text: a, then: [back]}, recover: [back]}]",
]


def errors(data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(data, default=str)))]


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_file_that_ships_is_valid(file: Path) -> None:
    assert errors(parsed(file.read_text())) == []


@pytest.mark.parametrize("text", BAD)
def test_bad_files_are_neither_valid_nor_read(text: str, tmp_path: Path) -> None:
    data = {"cua": 1, **parsed(text)}
    assert errors(data)
    file = tmp_path / "bad.yaml"
    file.write_text(json.dumps(data))
    with pytest.raises(BadInput):
        load(file)


def test_an_editor_can_complete_everything() -> None:
    whole = json.dumps(schema())
    assert [name for name in (*VERBS, *WANT.names) if f'"{name}": {{' not in whole] == []
    defs: Any = schema()["$defs"]
    assert set(defs["expectation"]["properties"]) == set(WANT.names)
    assert {next(iter(verb["required"])) for verb in defs["step"]["anyOf"][1:]} == set(VERBS)
