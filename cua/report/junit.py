"""A run as JUnit XML: one test case a step, and one for the goal, as every CI server reads it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from cua.errors import Outcome
from cua.report import words
from cua.report.words import Standing
from cua.run import Done, Run
from cua.visible import one_line, visible

_BROKEN = frozenset({Outcome.ENVIRONMENT, None})
"""Outcomes that say nothing about the application: errors in JUnit's terms, not failures."""


def write(run: Run, to: Path, *, started: datetime | None = None) -> Path:
    """Writes the run to the file, whole or not at all. Raises OSError."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    part.write_bytes(as_xml(run, started=started))
    return part.replace(to)


def as_xml(run: Run, *, started: datetime | None = None) -> bytes:
    """The run as a JUnit document.

    Undone steps of a goal that was reached are skipped cases, since another way led there; of any other goal they are
    failures. The last case, "goal", carries the outcome: a run that was denied before its first step is not green.
    """
    suite = ET.Element("testsuite", name=one_line(run.goal.name or run.goal.words or run.id, 200))
    if started is not None:
        suite.set("timestamp", started.isoformat(timespec="seconds"))
    _properties(suite, run)
    for number, done in enumerate(run.done, 1):
        _step(suite, number, done, reached=_reached(run))
    _goal(suite, run)
    cases = suite.findall("testcase")
    for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(child) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    suite.set("time", _seconds(run.ms))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _properties(suite: ET.Element, run: Run) -> None:
    facts = {
        "run": run.id,
        "goal": run.goal.words,
        "start": run.goal.start or "",
        "outcome": (run.outcome or Outcome.INTERRUPTED).value,
        "why": run.why,
        "rollbacks": str(len(run.rollbacks)),
        "model_calls": str(run.model_calls),
        **{f"param.{name}": str(value) for name, value in run.goal.params.items()},
    }
    properties = ET.SubElement(suite, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=one_line(name), value=one_line(value))
    for effect in run.effects:
        ET.SubElement(properties, "property", name="effect", value=one_line(f"{effect.kind}: {effect.what}"))


def _step(suite: ET.Element, number: int, done: Done, *, reached: bool) -> None:
    case = _case(suite, f"{number} {done.step.words}", done.ms, done.step.line)
    standing = Standing.of(done)
    if standing is Standing.PROVED:
        told = [words.verdict(done)]
    else:
        kind = "skipped" if reached and standing is Standing.UNDONE else "failure"
        mishap = ET.SubElement(case, kind, message=one_line(words.verdict(done), 500))
        told = [words.verdict(done), *(["undone"] if done.undone else [])]
        if kind == "failure":
            mishap.set("type", standing.value)
            mishap.text = visible("\n".join([*told, *_grounding(done)]))
            return
    ET.SubElement(case, "system-out").text = visible("\n".join([*told, *_grounding(done)]))


def _goal(suite: ET.Element, run: Run) -> None:
    case = _case(suite, f"goal: {run.goal.words}", 0.0, None)
    why = f"{words.outcome(run)}: {run.why}" if run.why else words.outcome(run)
    if _reached(run):
        ET.SubElement(case, "system-out").text = visible(why)
        return
    kind = "error" if run.outcome in _BROKEN else "failure"
    mishap = ET.SubElement(case, kind, type=(run.outcome or Outcome.INTERRUPTED).value, message=one_line(why, 500))
    mishap.text = visible("\n".join([why, words.advice(run)]).strip())


def _case(suite: ET.Element, name: str, ms: float, line: int | None) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname=suite.get("name", ""), name=one_line(name, 300))
    case.set("time", _seconds(ms))
    if line is not None:
        case.set("line", str(line))
    return case


def _grounding(done: Done) -> list[str]:
    found = done.found
    lines = [f"found {found} by {found.expert}, {words.percent(found.confidence)}: {found.why}"] if found else []
    return [*lines, *([f"at {done.url}"] if done.url else []), *done.notes]


def _reached(run: Run) -> bool:
    return run.outcome in {Outcome.REACHED, Outcome.ALREADY}


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.3f}"
