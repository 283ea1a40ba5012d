"""What the page shows of a run, worked out here so that the template only places it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cua.report import words
from cua.report.words import Standing
from cua.run import Done, Effect, Json, Rollback, Run, Seen
from cua.taskfile.words import promises, question
from cua.visible import one_line

MOST_ROWS = 200
"""Rows of an extracted table that are shown; the result and the file hold them all."""
MOST_TEXT = 4000
"""Characters of one text that are shown."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture in the page: `symbol` is the id of its bytes; sizes and the outlined box are CSS px of the page."""

    id: str
    symbol: str
    width: float
    height: float
    words: str
    outline: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Extracted values. Without columns it is a list of rows of one value."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Where in the run a step lies, in percent of its whole time."""

    start: float
    width: float
    back: float = 0.0
    """The return after it."""


@dataclass(frozen=True, slots=True)
class StepView:
    number: int
    anchor: str
    done: Done
    standing: Standing
    verb: str
    verdict: str
    bar: Bar
    shots: tuple[Shot, ...]
    lost_picture: bool
    found: str
    unseen: bool
    rollback: Rollback | None
    rollback_words: str
    lost: str
    """Numbers of earlier steps that the return undid as well."""
    facts: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class RunView:
    run: Run
    tone: words.Tone
    outcome: str
    advice: str
    steps: tuple[StepView, ...]
    tables: tuple[Table, ...]
    effects: tuple[Effect, ...]
    params: tuple[tuple[str, str], ...]
    contract: tuple[str, ...]
    """What the run was held to, in words."""
    facts: tuple[tuple[str, str], ...]


class Album:
    """Gives out the symbols of pictures: equal bytes are one symbol, whatever their number of uses."""

    def __init__(self, known: Mapping[str, tuple[str, float, float]]) -> None:
        self._known = known

    def shot(self, digest: str, id: str, words: str, found: Seen | None = None) -> Shot | None:  # noqa: A002
        if digest not in self._known:
            return None
        symbol, width, height = self._known[digest]
        return Shot(id, symbol, width, height, words, _outline(found, width, height))


def view(run: Run, album: Album, names: Mapping[str, str], started: str = "") -> RunView:
    whole = max(run.ms, sum(done.ms for done in run.done) + sum(back.ms for back in run.rollbacks), 0.001)
    steps: list[StepView] = []
    at = 0.0
    for number, (done, back) in enumerate(words.told(run), 1):
        share = [round(ms / whole * 100, 3) for ms in (at, done.ms, back.ms if back else 0.0)]
        bar = Bar(*share)
        steps.append(_step(number, done, back, bar, album, names, run.done))
        at += done.ms + (back.ms if back else 0)
    return RunView(
        run=run,
        tone=words.tone(run),
        outcome=words.outcome(run),
        advice=words.advice(run),
        steps=tuple(steps),
        tables=tuple(table(name, value) for name, value in run.extracted.items()),
        effects=run.effects,
        params=tuple((name, text(value)) for name, value in run.goal.params.items()),
        contract=tuple(promises(run.goal.contract)),
        facts=_facts(run, started),
    )


def _facts(run: Run, started: str) -> tuple[tuple[str, str], ...]:
    standing = [Standing.of(done) for done in run.done]
    failed = standing.count(Standing.FAILED)
    facts = [
        ("Began", started),
        ("Took", words.duration(run.ms)),
        ("Steps proved", str(standing.count(Standing.PROVED))),
        ("Undone", str(standing.count(Standing.UNDONE))),
        ("Not proved", str(failed) if failed else ""),
        ("Rollbacks", str(len(run.rollbacks))),
        ("Model calls", str(run.model_calls)),
        ("Resumed", f"{run.resumed} ×" if run.resumed else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def _step(
    number: int,
    done: Done,
    back: Rollback | None,
    bar: Bar,
    album: Album,
    names: Mapping[str, str],
    all_done: Sequence[Done],
) -> StepView:
    before, after = done.pictures
    same = before == after
    first = album.shot(before, f"shot-{number}-before", "Before and after" if same else "Before", done.found)
    second = None if same else album.shot(after, f"shot-{number}-after", "After")
    shots = tuple(shot for shot in (first, second) if shot)
    return StepView(
        number=number,
        anchor=f"step-{number}",
        done=done,
        standing=Standing.of(done),
        verb=words.verb(done.step),
        verdict=words.verdict(done),
        bar=bar,
        shots=shots,
        lost_picture=len(shots) < len({before, after} - {""}),
        found=_found(done.found),
        unseen=bool(first and done.found and first.outline is None),
        rollback=back,
        rollback_words=words.rollback(back) if back else "",
        lost=words.ranges(n for n, other in enumerate(all_done[:number], 1) if back and other.step.id in back.lost),
        facts=_step_facts(done, names, all_done),
        value=_value(done.value),
    )


def _value(value: Json) -> str:
    """What a step read, in its own place; tables have theirs above."""
    if isinstance(value, list):
        return f"{len(value)} {'row' if len(value) == 1 else 'rows'}"
    return "" if value is None else text(value)


def _found(found: Seen | None) -> str:
    if found is None:
        return ""
    sure = f", {words.percent(found.confidence)} sure" if found.confidence else ""
    return f"{found}" + (f" by the {found.expert} expert{sure}" if found.expert else sure)


def _step_facts(done: Done, names: Mapping[str, str], all_done: Sequence[Done]) -> tuple[tuple[str, str], ...]:
    found, step = done.found, done.step
    ends = [names.get(state) or state for state in (done.before, done.after)]
    facts = [
        ("Target", words.target(step) or ""),
        ("Element", str(found) if found else ""),
        ("Where", " in ".join(part for part in (found.place, found.origin) if part) if found else ""),
        ("Box", _box(found) if found else ""),
        ("Expert", found.expert if found else ""),
        ("Confidence", words.percent(found.confidence) if found and found.confidence else ""),
        ("Why this one", found.why if found else ""),
        ("State", ends[0] if ends[0] == ends[1] else " → ".join(end for end in ends if end)),
        ("Address after", done.url),
        ("Took", words.duration(done.ms)),
        ("Sent", "yes" if done.dispatched else "no: nothing was done to the application"),
        ("Plan", f"step {step.id}" + (f", line {step.line} of the file" if step.line else "")),
        *_contract_facts(done, all_done),
    ]
    return tuple((name, clipped(value)) for name, value in facts if value)


def _contract_facts(done: Done, all_done: Sequence[Done]) -> list[tuple[str, str]]:
    """What the step was held to, and what became of it."""
    step = done.step
    lost = words.ranges(number for number, other in enumerate(all_done, 1) if other.step.id in done.lost)
    return [
        ("Only when", question(step.pre) if step.pre is not None else ""),
        ("Always", "; ".join(map(question, step.always))),
        ("Never", "; ".join(map(question, step.never))),
        ("If it fails", "; ".join(remedy.words for remedy in step.recover)),
        ("Remedy for", f"step {step.mends}" if step.mends else ""),
        ("Undid", f"{lost}, to be done again" if lost else ""),
        ("Contract", f"broken for good: {done.breach}" if done.breach else ""),
    ]


def _box(found: Seen) -> str:
    box = found.box
    unit = "screen px" if box.space == "screen" else "px"
    return f"{box.width:.0f} × {box.height:.0f} {unit} at {box.x:.0f}, {box.y:.0f}"


def _outline(found: Seen | None, width: float, height: float) -> tuple[float, float, float, float] | None:
    """The element's box a little widened and cut to the picture; None where nothing of it is to be seen."""
    if found is None or not found.box.area:
        return None
    left, top = max(1.0, found.box.x - 3), max(1.0, found.box.y - 3)
    right, bottom = min(width - 1, found.box.right + 3), min(height - 1, found.box.bottom + 3)
    if right - left < 4 or bottom - top < 4:
        return None
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def table(name: str, value: Json) -> Table:
    """Rows of mappings become columns, mappings become pairs, everything else is one value a row."""
    if isinstance(value, list):
        rows, more = value[:MOST_ROWS], max(0, len(value) - MOST_ROWS)
        mappings = [row for row in rows if isinstance(row, dict)]
        if rows and len(mappings) == len(rows):
            columns = tuple(dict.fromkeys(key for row in mappings for key in row))
            return Table(name, columns, tuple(tuple(text(row.get(key)) for key in columns) for row in mappings), more)
        if rows and all(isinstance(row, list) for row in rows):
            return Table(name, (), tuple(tuple(map(text, row)) for row in rows if isinstance(row, list)), more)
        return Table(name, (), tuple((text(row),) for row in rows), more)
    if isinstance(value, dict):
        return Table(name, (), tuple((key, text(item)) for key, item in value.items()))
    return Table(name, (), ((text(value),),))


def text(value: object) -> str:
    """A value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return clipped(value)
        case list() | dict():
            return clipped(json.dumps(value, ensure_ascii=False))
        case _:
            return clipped(str(value))


def clipped(long: str) -> str:
    over = len(long) - MOST_TEXT
    return f"{long[:MOST_TEXT]}… ({over} more characters)" if over > 0 else long


def headline(run: Run) -> str:
    return one_line(run.goal.words or run.goal.name or "Run " + run.id, 300)
