"""The object that `--json` prints: the result of a run for other programs. Its form is a promise."""

from __future__ import annotations

import json
from typing import TypedDict

from cua.errors import Outcome
from cua.report import words
from cua.run import Done, Json, Run, Seen


class ElementResult(TypedDict):
    """`box` is x, y, width, height in CSS px of the visible area (screen px on a desktop)."""

    role: str
    name: str
    box: list[float]
    place: str
    origin: str


class StepResult(TypedDict):
    """One step that was tried, in the order of trying. `verified` is the verdict, `why` its evidence in words."""

    action: str
    target: str | None
    element: ElementResult | None
    expert: str | None
    confidence: float | None
    verified: bool
    why: str
    undone: bool
    ms: float


class EffectResult(TypedDict):
    kind: str
    what: str


class Result(TypedDict):
    """`rollbacks` counts the returns to a proved state; `effects` is what undone steps left behind."""

    run: str
    outcome: str
    why: str
    steps: list[StepResult]
    rollbacks: int
    effects: list[EffectResult]
    extracted: dict[str, Json]
    model_calls: int
    ms: float


def result(run: Run) -> Result:
    """The result of a run. One that has not ended (a crash, a kill) counts as interrupted: it can be resumed."""
    return Result(
        run=run.id,
        outcome=(run.outcome or Outcome.INTERRUPTED).value,
        why=run.why or ("" if run.outcome else "the run has not ended"),
        steps=[step_result(done) for done in run.done],
        rollbacks=len(run.rollbacks),
        effects=[EffectResult(kind=effect.kind, what=effect.what) for effect in run.effects],
        extracted=dict(run.extracted),
        model_calls=run.model_calls,
        ms=round(run.ms, 1),
    )


def step_result(done: Done) -> StepResult:
    found = done.found
    return StepResult(
        action=words.verb(done.step),
        target=words.target(done.step),
        element=_element(found) if found else None,
        expert=found.expert or None if found else None,
        confidence=found.confidence if found else None,
        verified=done.verdict.holds and not done.skipped,
        why=done.verdict.why,
        undone=done.undone,
        ms=round(done.ms, 1),
    )


def as_json(run: Run) -> str:
    """The result as one line of JSON in ASCII, which every pipe and terminal can carry unharmed."""
    return json.dumps(result(run), allow_nan=False)


def _element(found: Seen) -> ElementResult:
    box = found.box
    sides = [round(side, 2) for side in (box.x, box.y, box.width, box.height)]
    return ElementResult(role=found.role, name=found.name, box=sides, place=found.place, origin=found.origin)
