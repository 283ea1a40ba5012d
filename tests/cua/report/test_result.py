"""The JSON result, the JUnit document and the event lines: forms that other programs rely on."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua.errors import Outcome
from cua.report import as_json, junit
from cua.report.events import JsonEvents
from cua.report.result import result
from cua.run import Run
from cua.step import Plan
from cua.verdict import Verdict
from tests.cua.report.story import Shelf, story

STORY = story(Shelf())
STRING, NUMBER, FLAG = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}


def exactly(**properties: object) -> dict[str, object]:
    """The schema of an object with these keys, all of them, and no other."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


ELEMENT = exactly(
    role=STRING,
    name=STRING,
    box={"type": "array", "items": NUMBER, "minItems": 4, "maxItems": 4},
    place=STRING,
    origin=STRING,
)
STEP = exactly(
    action=STRING,
    target={"type": ["string", "null"]},
    element={"anyOf": [ELEMENT, {"type": "null"}]},
    expert={"type": ["string", "null"]},
    confidence={"type": ["number", "null"], "minimum": 0, "maximum": 1},
    verified=FLAG,
    why=STRING,
    undone=FLAG,
    ms={"type": "number", "minimum": 0},
)
SCHEMA = exactly(
    run=STRING,
    outcome={"enum": [outcome.value for outcome in Outcome]},
    why=STRING,
    steps={"type": "array", "items": STEP},
    rollbacks=COUNT,
    effects={"type": "array", "items": exactly(kind=STRING, what=STRING)},
    extracted={"type": "object"},
    model_calls=COUNT,
    ms={"type": "number", "minimum": 0},
)
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def conforms(value: Any, schema: Any) -> bool:
    """Whether the value fits the schema: as much of JSON Schema as is used here."""
    if "anyOf" in schema:
        return any(conforms(value, other) for other in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(kind for name in names for kind in TYPES[name])):
        return False
    if isinstance(value, bool):
        return "boolean" in names
    if isinstance(value, dict) and "properties" in schema:
        return value.keys() == schema["properties"].keys() and all(
            conforms(value[key], part) for key, part in schema["properties"].items()
        )
    if isinstance(value, list) and "items" in schema:
        fits = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return fits and all(conforms(item, schema["items"]) for item in value)
    if isinstance(value, int | float):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_every_result_has_the_promised_form(run: Run, outcome: Outcome | None) -> None:
    told = as_json(replace(run, outcome=outcome))
    assert told.isascii()
    assert "\n" not in told
    said = json.loads(told)
    assert conforms(said, SCHEMA)
    assert said["outcome"] == (outcome or "interrupted")
    assert list(said) == list(SCHEMA["properties"])  # type: ignore[call-overload]


def test_the_schema_refuses_other_forms(run: Run) -> None:
    said = json.loads(as_json(run))
    assert not conforms(said | {"more": 1}, SCHEMA)
    assert not conforms({**said, "outcome": "fine"}, SCHEMA)
    assert not conforms({**said, "steps": [{**said["steps"][1], "verified": 1}]}, SCHEMA)
    assert not conforms({**said, "steps": [{**said["steps"][1], "element": {}}]}, SCHEMA)


def test_what_a_result_says(run: Run) -> None:
    said = result(run)
    assert said["steps"][1] == {
        "action": "type",
        "target": "Username",
        "element": {
            "role": "textbox",
            "name": "Username:",
            "box": [20, 60, 280, 26],
            "place": "web",
            "origin": "http://127.0.0.1:8000",
        },
        "expert": "structure",
        "confidence": 0.99,
        "verified": True,
        "why": 'the field holds "admin"',
        "undone": False,
        "ms": 64.0,
    }
    assert said["steps"][0]["element"] is None
    assert [step["undone"] for step in said["steps"]].index(True) == 4
    assert said["rollbacks"] == 1
    assert said["effects"] == [{"kind": "write", "what": "POST /admin/jsi18n/ answered 204"}]
    assert said["extracted"] == {"groups": [{"Group": "Editors", "Members": 0}]}
    assert said["steps"][-1]["action"] == "extract"


def test_junit_of_a_reached_goal_is_green(run: Run, tmp_path: Path) -> None:
    path = junit.write(run, tmp_path / "out.xml", started=datetime(2026, 1, 2, tzinfo=UTC))
    (suite,) = ET.fromstring(path.read_bytes())
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "10", "failures": "0", "errors": "0", "skipped": "1"}
    cases = suite.findall("testcase")
    assert cases[4].find("skipped") is not None
    assert cases[0].get("name") == "1 open http://127.0.0.1:8000/admin/"
    assert cases[0].get("time") == "0.412"
    properties = {entry.get("name"): entry.get("value") for entry in suite.iter("property")}
    assert properties["outcome"] == "reached"
    assert properties["param.name"] == "Editors"


def test_junit_of_a_missed_goal_is_red(run: Run) -> None:
    missed = replace(run, done=run.done[:5], outcome=Outcome.NOT_REACHED, why="gave up")
    (suite,) = ET.fromstring(junit.as_xml(missed))
    assert suite.get("failures") == "2"
    failures = [failure.get("message") for failure in suite.iter("failure")]
    assert failures == ['not proved: no text "Add group" within 10 s', "Not reached: gave up"]


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_junit_of_a_run_without_steps_tells_its_outcome(run: Run, outcome: Outcome | None) -> None:
    (suite,) = ET.fromstring(junit.as_xml(replace(run, done=(), outcome=outcome)))
    bad = int(suite.get("failures", "")) + int(suite.get("errors", ""))
    assert bad == (outcome not in {Outcome.REACHED, Outcome.ALREADY})


@given(st.text(max_size=50))
def test_any_text_makes_sound_xml_and_json(text: str) -> None:
    run = STORY
    done = replace(run.done[4], verdict=Verdict.no(text), notes=(text,), url=text)
    run = replace(
        run, id=text, done=(done,), why=text, goal=replace(run.goal, words=text, name=text, params={text: text})
    )
    assert len(ET.fromstring(junit.as_xml(run))) == 1
    assert json.loads(as_json(run))["why"] == (text or "")


def test_events_are_lines_with_time_and_run(run: Run) -> None:
    out = io.StringIO()
    events = JsonEvents(out, clock=lambda: datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC))
    events.began(replace(run, done=()))
    for done in run.done[:5]:
        events.planned(Plan((done.step,), "the file says so"))
        events.trying(done.step)
        (events.proved if done.proved else events.failed)(done)
    events.rolled_back(run.rollbacks[0])
    events.finished(run)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {line["run"] for line in lines} == {"run-1"}
    assert {line["at"] for line in lines} == {"2026-01-02T03:04:05.678+00:00"}
    names = ["started", *["planned", "step_started", "step_done"] * 5, "rollback", "finished"]
    assert [line["event"] for line in lines] == names
    numbers = [line["number"] for line in lines if "number" in line]
    assert numbers == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert lines[-3]["verified"] is False
    assert lines[-2]["route"] == "history"
    assert lines[-1]["result"] == json.loads(as_json(run))


def test_events_of_a_resumed_run_count_on(run: Run) -> None:
    out = io.StringIO()
    events = JsonEvents(out)
    events.began(replace(run, done=run.done[:3], resumed=1))
    events.trying(run.done[3].step)
    assert json.loads(out.getvalue().splitlines()[-1])["number"] == 4


def test_times_are_tenths_of_a_millisecond(run: Run) -> None:
    assert result(replace(run, done=(replace(run.done[1], ms=0.123456),)))["steps"][0]["ms"] == 0.1
