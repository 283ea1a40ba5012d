"""`--events FILE`: what happens in a run as JSON lines, each written as it happens, for a program that watches."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import TextIO

from cua.report import words
from cua.report.result import result, step_result
from cua.run import Done, Json, Rollback, Run
from cua.step import Plan, Step


def _now() -> datetime:
    return datetime.now(UTC)


class JsonEvents:
    """Writes one JSON object a line: `event`, `run`, `at` (UTC, ISO 8601) and what belongs to the event.

    Events: started, planned, step_started, step_done (`verified` or not), rollback, finished (with the whole result).
    Each line is flushed, so that a reader that follows the file is never behind by more than a step.
    """

    def __init__(self, out: TextIO, *, clock: Callable[[], datetime] = _now) -> None:
        self._out = out
        self._clock = clock
        self._run = ""
        self._number = 0

    def began(self, run: Run) -> None:
        self._run, self._number = run.id, len(run.done)
        self._write("started", goal=run.goal.words, start=run.goal.start, resumed=run.resumed, done=len(run.done))

    def planned(self, plan: Plan) -> None:
        self._write("planned", why=plan.why, steps=[step.words for step in plan.steps])

    def trying(self, step: Step) -> None:
        self._write(
            "step_started",
            number=self._number + 1,
            step=step.id,
            action=words.verb(step),
            target=words.target(step),
            words=step.words,
            commit=step.commit,
        )

    def proved(self, done: Done) -> None:
        self._done(done)

    def failed(self, done: Done) -> None:
        self._done(done)

    def rolled_back(self, rollback: Rollback) -> None:
        self._write(
            "rollback",
            step=rollback.step,
            route=rollback.route,
            to=rollback.to,
            ok=rollback.ok,
            remedy=rollback.remedy,
            why=rollback.why,
            ms=round(rollback.ms, 1),
        )

    def finished(self, run: Run) -> None:
        self._run = run.id
        self._write("finished", result=result(run))

    def paused(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _done(self, done: Done) -> None:
        self._number += 1
        self._write(
            "step_done",
            number=self._number,
            step=done.step.id,
            words=done.step.words,
            url=done.url,
            **step_result(done),
        )

    def _write(self, event: str, **facts: object) -> None:
        at = self._clock().isoformat(timespec="milliseconds")
        line: dict[str, object] = {"event": event, "run": self._run, "at": at, **facts}
        self._out.write(json.dumps(line, allow_nan=False, default=_plain) + "\n")
        self._out.flush()


def _plain(value: object) -> Json:
    return str(value)
