"""The tasks, each with what an earlier run has learned and the way that is closed; what came of a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from cua.errors import Outcome
from cua.options import Options
from cua.run import Run
from cua.session import open_run
from tests.closed.office import KINDS, Office

TIMEOUT = 2
"""Seconds that a step may take: what is closed is waited for so long."""


@dataclass(frozen=True, slots=True)
class Task:
    """`steps`: the task; `learned`: what was done in an earlier run (the task itself comes with it); `closed`: page and
    words of the way that is closed; `goal`: what the office was asked for last when the goal is reached."""

    name: str
    steps: tuple[str, ...]
    learned: tuple[str, ...]
    closed: tuple[str, str]
    goal: str
    kinds: tuple[str, ...] = KINDS


TASKS = (
    Task(
        "menu",
        ("{click: Reports, expect: {title: Reports}}",),
        ("click: All pages", "click: Yearly reports"),
        ("/", "Reports"),
        "/reports",
    ),
    Task(
        "silent",
        ("click: Plan",),
        (),
        ("/", "Plan"),
        "/plan",
        tuple(kind for kind in KINDS if kind not in {"missing", "elsewhere"}),  # nothing is stated that they are not
    ),
    Task(
        "record",
        (
            "{click: Projects, expect: {title: Projects}}",
            "{click: Apollo link, expect: {title: Apollo}}",
            "{click: Budget, expect: {text: Budget of Apollo}}",
        ),
        ("{click: Projects, expect: {title: Projects}}", "click: Budget of Apollo"),
        ("/projects/17", "Budget"),
        "/projects/17/budget",
    ),
    Task(
        "row",
        (
            "{click: People, expect: {title: People}}",
            "{click: \"'Ben' link\", expect: {title: Ben}}",
            "{click: Edit, expect: {title: Edit a person}}",
        ),
        (),
        ("/people", "Ben"),
        "/people/5/edit",
    ),
    Task(
        "tab",
        ("{click: Reports, expect: {title: Reports}}", "{click: Month, expect: {text: Figures of the month}}"),
        ("{click: Reports, expect: {title: Reports}}", "click: Show more"),
        ("/reports", "Month"),
        "/seen/month",
        ("gone", "disabled", "dead", "renamed"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """`trap`: in the place of a closed way, something that no other way can make good."""

    task: Task
    kind: str
    seed: int = 0
    trap: str = ""

    def __str__(self) -> str:
        return f"{self.task.name}, {self.trap or self.kind}, seed {self.seed}"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a case. `asked`: what the office was asked for last."""

    case: Case
    run: Run
    asked: str

    @property
    def right(self) -> bool:
        return self.asked == self.case.task.goal

    @property
    def reached(self) -> bool:
        return self.run.outcome is Outcome.REACHED and self.right

    @property
    def false_success(self) -> bool:
        return self.run.outcome is Outcome.REACHED and (not self.right or bool(self.case.trap))

    def __str__(self) -> str:
        word = "FALSE SUCCESS" if self.false_success else "reached" if self.reached else str(self.run.outcome)
        last = next((done for done in reversed(self.run.done) if "another way" in done.verdict.why), None)
        return f"{self.case}: {word}: {last.verdict.why if last is not None and self.reached else self.run.why}"


def cases(seeds: int = 1) -> list[Case]:
    """Every way closed in every manner, and two traps."""
    ways = [Case(task, kind, seed) for task in TASKS for kind in task.kinds for seed in range(seeds)]
    known = {task.name: task for task in TASKS}
    return [*ways, Case(known["menu"], "gone", trap="burnt"), Case(known["row"], "gone", trap="another record")]


def learned(office: Office, task: Task, runs: Path) -> None:
    """What an earlier run leaves behind: the other way, then the task itself."""
    if task.learned:
        assert _run(office, "other", task.learned, runs).outcome is Outcome.REACHED
    assert _run(office, task.name, task.steps, runs).outcome is Outcome.REACHED


def came(office: Office, case: Case, known: Path, runs: Path) -> Came:
    """The task once more with the map that is in `known`, while a way is closed."""
    copytree(known, runs)
    office.seed, task = case.seed, case.task
    office.closed, office.burnt = (*task.closed, case.kind), ""
    steps = task.steps
    if case.trap == "burnt":
        office.burnt = task.goal
    elif case.trap == "another record":  # the map knows the Edit of Ben only
        office.closed = ("/people/4", "Edit", case.kind)
        steps = tuple(step.replace("Ben", "Ann") for step in steps)
    try:
        run = _run(office, task.name, steps, runs)
        return Came(case, run, office.seen[-1])
    finally:
        office.closed, office.burnt, office.seed = None, "", 0


def _run(office: Office, name: str, steps: tuple[str, ...], runs: Path) -> Run:
    runs.mkdir(parents=True, exist_ok=True)
    file = runs / f"{name}.yaml"
    lines = "\n".join(f"  - {step}" for step in steps)
    head = f"cua: 1\nname: {name}\ngoal: Go there\nstart: {{url: '{office.url}'}}\ntimeout: {TIMEOUT}\n"
    file.write_text(f"{head}steps:\n{lines}\n", encoding="utf-8")
    with open_run(str(file), Options(url=office.url, runs=runs)) as session:
        return session.go()
