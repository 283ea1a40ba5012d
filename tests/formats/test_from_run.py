"""A run as a task file: only what was proved, with params and secrets by name, and it reads back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import BadInput, Outcome
from cua.formats.from_run import flow_of
from cua.formats.into_task import task_text
from cua.formats.losses import Losses
from cua.goal import Goal
from cua.planners.script import ScriptPlanner
from cua.run import SKIPPED, Done, Run
from cua.step import Keep, Step
from cua.taskfile.load import load
from cua.verdict import Verdict
from envs import action as acts
from grounding.target import Clause, Relation, Target
from tests.cua.world import click, typing

YES, NO = Verdict.yes("seen"), Verdict.no("not seen")
PARAMS: dict[str, object] = {"name": "Red {oak}", "count": 3, "unused": "zzz"}


def _done(step: Step, **more: object) -> Done:
    return replace(Done(step, YES, dispatched=True), **more)  # type: ignore[arg-type]


def _run(*done: Done, goal: Goal | None = None) -> Run:
    goal = goal or Goal(
        "Add Red {oak}", ex.Exists(Target("Red {oak}", "link")), "https://fake.test/", PARAMS, name="add"
    )
    return Run("20260101-000000-abcd", goal, done, outcome=Outcome.REACHED)


def _saved(run: Run, folder: Path) -> tuple[str, Losses]:
    losses = Losses()
    text = task_text(flow_of(run, folder, losses))
    (folder / "flow.yaml").write_text(text)
    return text, losses


def test_the_proved_steps_with_params_and_secrets(tmp_path: Path) -> None:
    row = Target("Delete", "button", clauses=(Clause(Relation.ROW, Target("Red {oak}")),))
    save = replace(click("6", "Save", ex.Text('"Red {oak}" was added'), commit=True), already=ex.Text("Red {oak}"))
    steps = (
        Step("1", acts.Type(acts.Secret("pw")), "type it", Target("Password")),
        typing("2", "Name", "Red {oak}"),
        typing("3", "Quantity", "3"),
        Step("4", acts.Look(), "read it", Target("Number"), keep=Keep("number")),
        typing("5", "Reference", "A 17"),
        save,
        Step("7", acts.Click(count=2, modifiers=()), "open it", row),
        Step("8", acts.Look(), "wait", expect=ex.Within(ex.Not(ex.Gone("Done")), 3)),
    )
    done = [_done(step, value="A 17" if step.keep else None) for step in steps]
    failed = _done(click("6", "Save as"), verdict=NO)
    undone = _done(click("5", "Cancel"), undone=True)
    text, losses = _saved(_run(*done[:5], failed, undone, *done[5:]), tmp_path)
    assert not losses.found
    assert "unused" not in text
    file = load(tmp_path / "flow.yaml")
    assert [(param.name, param.default) for param in file.params] == [("name", "Red {oak}"), ("count", 3)]
    assert file.secrets == ("pw",)
    planner = ScriptPlanner(file, {})
    planned = planner.plan(file.goal({}), None, Run("r", file.goal({}))).steps  # type: ignore[arg-type]
    told = Run("r", file.goal({}), [_done(step, value="A 17" if step.keep else None) for step in planned])
    planned += planner.plan(file.goal({}), None, told).steps  # type: ignore[arg-type]
    assert [step.action for step in planned] == [step.action for step in steps]
    assert [step.expect for step in planned] == [step.expect for step in steps]
    assert planned[5].commit
    assert planned[5].already == save.already
    assert (
        file.goal({"name": "Blue"}).done == ex.Exists(Target("Blue", "link", text='"{name}" link')) or "{name}" in text
    )
    other = ScriptPlanner(file, {"name": "Blue", "count": "4"}).plan(file.goal({}), None, Run("r", file.goal({})))  # type: ignore[arg-type]
    assert [step.action for step in other.steps[1:3]] == [acts.Type("Blue"), acts.Type("4")]


def test_a_detour_stands_where_the_closed_step_stood(tmp_path: Path) -> None:
    closed = click("2", "Groups", ex.Title("Groups"))
    around = [_done(click("2~1", "Menu")), _done(click("2~2", "All groups"))]
    there = replace(_done(closed), dispatched=False, notes=("another way: Menu, then All groups",))
    skipped = _done(click("3", "Help"), notes=(SKIPPED,))
    mended = _done(replace(click("1.recover.1", "Close"), mends="1"))
    text, losses = _saved(_run(_done(click("1", "Home")), mended, *around, there, skipped), tmp_path)
    steps = load(tmp_path / "flow.yaml").steps
    assert len(steps) == 3
    assert "Help" not in text
    assert text.index("All groups") < text.index("title: Groups")
    assert len(losses.found) == 2


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (typing("1", "Name", "x‹pw›y"), "holds the secret pw"),
        (Step("1", acts.Upload((Path("/etc/passwd"),)), "give it", Target("File")), "is not below"),
        (Step("1", acts.Click(button="middle"), "press the wheel", Target("Map")), "no words for the step"),
        (Step("1", acts.Look(), "if", ask=ex.Text("x")), "nothing of run"),
    ],
)
def test_what_no_task_file_can_say_is_refused(tmp_path: Path, step: Step, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        flow_of(_run(_done(step)), tmp_path, Losses())
