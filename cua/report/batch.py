"""A batch of rows told: the object of `--json`, the JUnit document with a test case a row, lines for a person."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from cua.errors import Outcome
from cua.report import words
from cua.rows.work import BAD_ROW, LEFT, End, Ended
from cua.visible import one_line, stripped, visible

SHOWN = 40
"""Rows up to which the table lists all of them; of more, those that were not reached."""
_WHY = 100
_NOT_RUN = frozenset({LEFT, Outcome.INTERRUPTED.value})
_BROKEN = frozenset({Outcome.ENVIRONMENT.value})


def as_json(ended: Ended) -> str:
    """One line of JSON in ASCII. `run` is null, for each row has its own (null where it had none)."""
    return json.dumps(
        {
            "run": None,
            "batch": ended.batch,
            "outcome": ended.outcome.value,
            "why": sentence(ended),
            "rows": [_row(end) for end in ended.rows],
            "counts": ended.counts,
            "ms": round(ended.ms, 1),
        },
        allow_nan=False,
    )


def _row(end: End) -> dict[str, object]:
    return {
        "row": end.number,
        "line": end.line,
        "outcome": end.outcome,
        "why": end.why,
        "run": end.run,
        "earlier": end.earlier,
        "extracted": dict(end.extracted),
        "ms": round(end.ms, 1),
    }


def sentence(ended: Ended) -> str:
    """The whole in one line: "197 of 200 rows reached (120 of them before); 2 bad rows; 1 unclear"."""
    good = sum(end.good for end in ended.rows)
    counts = ended.counts
    before = f" ({counts['earlier']} of them before)" if counts["earlier"] else ""
    rest = (f"{number} {said(name)}" for name, number in counts.items() if name in _OTHERS)
    stopped = ended.stopped
    parts = (f"{good} of {words.count(len(ended.rows), 'row')} reached{before}", *rest, stopped)
    return "; ".join(part for part in parts if part)


_OTHERS = frozenset({BAD_ROW, LEFT, *(one.value for one in Outcome)} - {"reached", "already"})


def said(outcome: str) -> str:
    """An outcome in words."""
    return {LEFT: "not come to"}.get(outcome, outcome.replace("_", " "))


def line(end: End, goal: str, total: int) -> str:
    """A row that has ended, for the person who watches."""
    facts = [f"run {end.run}"] if end.run else []
    facts += [words.duration(end.ms)] if end.ms else []
    why = f": {end.why}" if not end.good and end.why else f": {goal}" if goal else ""
    where = f" (line {end.line})" if end.outcome == BAD_ROW else ""
    told = f" ({', '.join(facts)})" if facts else ""
    return stripped(f"row {end.number} of {total}{where}: {said(end.outcome)}{why}{told}")


def table(ended: Ended) -> Iterator[str]:
    """Row, outcome, why, run: all of them, or those that were not reached where they are many."""
    rows = ended.rows if len(ended.rows) <= SHOWN else tuple(end for end in ended.rows if not end.good)
    if rows:
        width = max(len(said(end.outcome)) for end in rows)
        yield f"{'row':>6}  {'outcome':{width}}  {'run':20}  why"
        for end in rows:
            why = "reached before" if end.good and end.earlier else end.why
            told = f"{end.number:>6}  {said(end.outcome):{width}}  {end.run or '-':20}  {one_line(why, _WHY)}"
            yield told.rstrip()
    if len(rows) < len(ended.rows):
        yield f"({words.count(len(ended.rows) - len(rows), 'row')} reached; --json lists all of them)"
    yield f"batch {ended.batch}: {sentence(ended)}"


def junit(ended: Ended, name: str, to: Path) -> Path:
    """Writes the document, whole or not at all. Raises OSError."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    part.write_bytes(as_xml(ended, name))
    return part.replace(to)


def as_xml(ended: Ended, name: str) -> bytes:
    """A test case a row: a bad row is a failure, one that was not come to is skipped."""
    suite = ET.Element("testsuite", name=one_line(name, 200))
    properties = ET.SubElement(suite, "properties")
    for key, value in {"batch": ended.batch, "outcome": ended.outcome.value, "why": sentence(ended)}.items():
        ET.SubElement(properties, "property", name=key, value=one_line(value))
    for end in ended.rows:
        case = ET.SubElement(suite, "testcase", classname=suite.get("name", ""), name=f"row {end.number}")
        case.set("line", str(end.line))
        case.set("time", f"{end.ms / 1000:.3f}")
        _verdict(case, end)
    cases = suite.findall("testcase")
    for plural, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(plural, str(sum(case.find(child) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    suite.set("time", f"{ended.ms / 1000:.3f}")
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _verdict(case: ET.Element, end: End) -> None:
    run = f"run {end.run}" if end.run else "no run"
    if end.good:
        ET.SubElement(case, "system-out").text = visible(f"{run}{', before this time' if end.earlier else ''}")
        return
    kind = "skipped" if end.outcome in _NOT_RUN else "error" if end.outcome in _BROKEN else "failure"
    mishap = ET.SubElement(case, kind, message=one_line(end.why or said(end.outcome), 500))
    if kind != "skipped":
        mishap.set("type", end.outcome)
    mishap.text = visible(f"{said(end.outcome)}: {end.why} ({run})")
