"""A script planner made of text, and a world that does what it plans."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from cua.planners.script import MOST_TRIES, ScriptPlanner
from cua.run import Done, Json, Rollback, Run
from cua.step import Plan, Step
from cua.taskfile import load
from cua.verdict import Verdict
from envs.observation import Observation

NOW = Observation(1, "web", "http://127.0.0.1:8000/", "Page")


def script(folder: Path, text: str, values: dict[str, object] | None = None, **files: str) -> ScriptPlanner:
    for name, inside in files.items():
        (folder / f"{name}.yaml").write_text(inside)
    file = folder / "task.yaml"
    file.write_text(text)
    return ScriptPlanner(load(file), values or {})


@dataclass
class World:
    """Does the steps of a plan as the loop would, with answers that depend on the step's id alone."""

    planner: ScriptPlanner
    answers: dict[str, Json] = field(default_factory=dict)
    seed: int = 0
    fails: float = 0.0
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        self.run = Run("r", self.planner.task.goal(self.planner.values))
        self.dice = random.Random(self.seed)

    def plan(self) -> Plan:
        plan = self.planner.plan(self.run.goal, NOW, self.run)
        assert self.planner.plan(self.run.goal, NOW, self.run) == plan  # the same inputs, the same plan
        return plan

    def go(self) -> list[str]:
        """Until the planner has nothing left; what was done, in order."""
        while steps := self.plan().steps:
            for step in steps:
                if not self.do(step):
                    break
        return [said(done.step) for done in self.run.done if done.proved]

    def do(self, step: Step) -> bool:
        if self.run.failures.get(step.id, 0) < MOST_TRIES - 1 and self.dice.random() < self.fails:
            self.fail(step)
            return False
        self.run = self.run.add(Done(step, Verdict.yes("it is so"), dispatched=True, value=self.value(step)))
        return True

    def fail(self, step: Step, why: str = "it is not so", *, dispatched: bool = True) -> None:
        miss = Done(step, Verdict.no(why), dispatched)
        self.run = self.run.undo(miss, Rollback(step.id, "url", "", why, ok=True))

    def value(self, step: Step) -> Json:
        return self.answers[step.id] if step.id in self.answers else answer(step, self.seed)


def answer(step: Step, seed: int) -> Json:
    if step.ask is not None:
        return decision(step.id, seed)
    if step.keep is not None:
        return rows(step.id, seed) if step.keep.what == "rows" else f"read at {step.id}"
    return None


def decision(id_: str, seed: int) -> bool:
    return random.Random(f"{seed} {id_}").random() < 0.5


def rows(id_: str, seed: int) -> list[Json]:
    many = random.Random(f"{seed} rows {id_}").randrange(4)
    return [{"x": f"{id_} row {number}"} for number in range(many)]


def said(step: Step) -> str:
    return f"{step.id} {step.target.name if step.target else step.ask or step.expect}"
