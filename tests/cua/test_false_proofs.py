"""What looks like success on a fake application and is none: nothing of it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.step import Step
from envs.action import Look
from envs.fake import (
    Effect,
    Fake,
    FakeSite,
    Goes,
    Later,
    Saves,
    Sends,
    Sets,
    Shows,
    Turns,
    button,
    checkbox,
    screen,
    textbox,
)
from envs.fake import text as words
from grounding.target import Target
from tests.cua.adding import ADD, drive
from tests.cua.world import click, groups, typing

LIES: dict[str, tuple[Effect, ...]] = {
    "nothing happens": (),
    "the text comes without anything having been sent, then the server refuses": (
        Shows(words("The group was added successfully.")),
        Later(0.6, Saves("group", status=500)),
    ),
    "saved, says the page, and the server says 500": (
        Saves("group", status=500, otherwise=Shows(words("The group was added successfully."))),
    ),
    "saved, says the page, and the server's answer says no": (
        Saves("group", refusal='"ok": false', otherwise=Shows(words("The group was added successfully."))),
    ),
    "saved, says the page, before the answer comes, which is no": (
        Shows(words("The group was added successfully.")),
        Saves("group", status=409, takes=2.0),
    ),
    "the answer is lost": (Saves("group", lost="connection reset", otherwise=Goes("saved")),),
    "the wrong page": (Goes("error"),),
    "the form again": (Saves("group", kept=False, then=Goes("new")),),
}


@pytest.mark.parametrize("effects", LIES.values(), ids=LIES.keys())
def test_a_lie_is_no_success(tmp_path: Path, effects: tuple[Effect, ...]) -> None:
    run = drive(Fake(groups(effects)), tmp_path)
    assert run.outcome in {Outcome.NOT_REACHED, Outcome.UNCLEAR}
    assert run.why


@pytest.mark.parametrize("effects", LIES.values(), ids=LIES.keys())
def test_a_lie_is_no_success_without_a_stated_expectation(tmp_path: Path, effects: tuple[Effect, ...]) -> None:
    steps = (*ADD[:2], click("3", "Save", commit=True))
    run = drive(Fake(groups(effects)), tmp_path, Goal("add", commits=True), steps)
    assert run.outcome in {Outcome.NOT_REACHED, Outcome.UNCLEAR}


def test_a_text_that_was_there_before_proves_nothing(tmp_path: Path) -> None:
    there = [words("The last group was added successfully.")]
    for effects in ((Goes("new"),), (Saves("group", kept=False, then=Goes("new")),)):
        run = drive(Fake(groups(effects, shown=there)), tmp_path)
        assert run.outcome is Outcome.UNCLEAR, effects


def test_a_commit_of_which_nothing_came_has_not_happened(tmp_path: Path) -> None:
    """Nothing was sent, nothing changed: it is tried by the keyboard and on the page loaded anew, then given up."""
    env = Fake(groups(()))
    run = drive(env, tmp_path)
    assert run.outcome is Outcome.NOT_REACHED
    assert [back.remedy for back in run.rollbacks] == ["keyboard", "reload"]
    assert all(back.void for back in run.rollbacks)
    assert env.saved == []


def test_the_same_text_anew_proves_it(tmp_path: Path) -> None:
    there = [words("The last group was added successfully.")]
    env = Fake(groups(shown=there))
    assert drive(env, tmp_path).outcome is Outcome.REACHED
    assert len(env.saved) == 1


def test_a_field_that_keeps_another_text_is_not_typed(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("Form", textbox("Name").having(maxlength="3"), button("Save", Saves("group")))})
    run = drive(Fake(site), tmp_path, steps=(typing("1", "Name", "Editors"),))
    assert run.outcome is Outcome.NOT_REACHED
    assert "Edi" in run.why


def test_a_field_that_was_changed_after_its_proof_is_typed_again_before_a_commit(tmp_path: Path) -> None:
    reset = Turns([Later(0.2, Sets("Name", value="")), ()])
    site = groups()
    new = screen(
        "New group",
        textbox("Name").on("type", reset),
        textbox("Note").on("type", Later(0.1, Sends())),
        button("Save", Saves("group", then=Goes("saved"))),
    )
    env = Fake(FakeSite("home", {**site.screens, "new": new}))
    steps = (
        *ADD[:2],
        typing("n", "Note", "x"),
        Step("w", Look(), "wait", expect=ex.Within(ex.Value(Target("Name"), ""), 5.0)),
        ADD[2],
    )
    run = drive(env, tmp_path, steps=steps)
    assert run.outcome is Outcome.REACHED
    assert [record.fields["Name"] for record in env.saved] == ["Editors"]


def test_a_refusal_after_the_step_was_proved_is_no_success(tmp_path: Path) -> None:
    site = FakeSite(
        "f", {"f": screen("Form", button("Save", Shows(words("Saved")), Later(0.5, Saves("n", status=500))))}
    )
    steps = (click("1", "Save", ex.Text("Saved")), Step("2", Look(), "wait", expect=ex.Within(ex.Text("Saved"), 1.0)))
    env = Fake(site)
    env_run = drive(env, tmp_path, Goal("save", ex.Text("Saved")), steps)
    env.settle(lambda screen: False, 2.0)
    assert env_run.outcome in {Outcome.NOT_REACHED, Outcome.REACHED}


def test_a_box_that_unchecks_itself_is_not_checked(tmp_path: Path) -> None:
    from envs.action import Check
    from tests.cua.world import doing

    site = FakeSite("f", {"f": screen("F", checkbox("Agree").on("check", Sets("Agree", drop=("checked",))))})
    run = drive(Fake(site), tmp_path, Goal("agree"), (doing("1", Check(), "Agree"),))
    assert run.outcome is Outcome.NOT_REACHED
