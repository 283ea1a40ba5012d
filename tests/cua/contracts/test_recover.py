"""Remedies that a step states: when they are tried, in what order, and what they may not do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.contract import Contract
from cua.errors import Outcome
from cua.goal import Goal
from cua.step import Step
from envs.action import Reload
from envs.fake import Effect, Fake, Goes, Hides, Saves, Sets, Shows, Turns, button, heading, link, screen, textbox
from envs.fake import text as words
from grounding.target import Target
from tests.cua.contracts.world import ADA, ADD, SAVE, drive, page
from tests.cua.world import agent, click, doing, groups


def fast(step: Step, *recover: Step) -> Step:
    """It waits a second, not ten."""
    return replace(step, timeout=1.0, recover=recover)


COOKIES = button("Accept cookies", Hides("Accept cookies"), Shows(link("Go", Goes("next"))))
GO = fast(click("1", "Go", ex.Text("Next")))
ACCEPT = fast(click("", "Accept cookies"))
SAVES = (Saves("group", then=Goes("saved")),)


def test_a_remedy_is_tried_and_the_step_again(tmp_path: Path) -> None:
    env = Fake(page(COOKIES))
    run = drive(env, tmp_path, Goal("go", ex.Text("Next")), (replace(GO, recover=(ACCEPT,)),))
    assert run.outcome is Outcome.REACHED
    assert [(done.step.id, done.proved) for done in run.done] == [("1", False), ("1.recover.1", True), ("1", True)]
    assert run.done[1].step.mends == "1"
    assert [back.remedy for back in run.rollbacks] == [""], "what the step states comes before what the agent would try"


def test_remedies_come_in_their_order_each_once_and_the_run_gives_up_then(tmp_path: Path) -> None:
    env = Fake(page(button("Accept cookies", Shows(words("Thank you"))), heading("Home")))
    missing = fast(click("", "Close"))
    run = drive(env, tmp_path, Goal("go"), (replace(GO, recover=(missing, ACCEPT)),))
    tried = ["1", "1.recover.1", "1.recover.2", "1"]
    assert [done.step.id for done in run.done] == tried
    assert run.outcome is Outcome.NOT_REACHED


def test_fields_that_a_remedy_emptied_are_filled_again(tmp_path: Path) -> None:
    site = groups()
    form = replace(
        site.screens["new"],
        items=(heading("New group"), textbox("Name"), button("Next", Turns(((), (Shows(button("Save", *SAVES)),))))),
    )
    env = Fake(replace(site, screens={**site.screens, "new": form}))
    mended = fast(click("3", "Next", ex.Exists(Target("Save"))), doing("", Reload()))
    run = drive(env, tmp_path, steps=(*ADD[:2], mended, replace(SAVE, id="4")))
    assert run.outcome is Outcome.REACHED, run.why
    assert [record.fields["Name"] for record in env.saved] == ["Editors"]
    remedy = next(done for done in run.done if done.step.mends)
    assert remedy.lost == ("2",)
    kept, _ = agent(env, (), tmp_path).journal.load(run.id)
    assert [done.undone for done in kept.done] == [done.undone for done in run.done]


@pytest.mark.parametrize(
    "effects",
    [
        (),
        (Saves("group", status=500),),
        (Saves("group", status=400),),
        (Saves("group", lost="reset"),),
        (Goes("error"),),
    ],
)
def test_no_remedy_after_a_commit_that_was_sent(tmp_path: Path, effects: tuple[Effect, ...]) -> None:
    env = Fake(groups(effects))
    run = drive(env, tmp_path, steps=(*ADD[:2], replace(SAVE, recover=(doing("", Reload()),))), tries=0)
    assert run.outcome in {Outcome.UNCLEAR, Outcome.NOT_REACHED}
    assert not any(done.step.mends for done in run.done)
    assert sum(done.dispatched for done in run.done if done.step.id == "3") == 1


def test_a_commit_that_was_not_sent_may_have_remedies(tmp_path: Path) -> None:
    site = groups()
    form = replace(site.screens["new"], items=(heading("New group"), textbox("Name"), button("Open", Hides("Open"),
                   Shows(button("Save", *SAVES)))))  # fmt: skip
    env = Fake(replace(site, screens={**site.screens, "new": form}))
    steps = (*ADD[:2], fast(SAVE, click("", "Open")))
    run = drive(env, tmp_path, steps=steps)
    assert (run.outcome, len(env.saved)) == (Outcome.REACHED, 1), run.why


def test_a_remedy_is_no_commit() -> None:
    with pytest.raises(ValueError, match="commit"):
        replace(SAVE, recover=(SAVE,))


def test_a_remedy_may_mend_an_invariant_and_may_not_break_one(tmp_path: Path) -> None:
    back = button("Come back", Shows(words("Ada")))
    env = Fake(page(back, link("Go", Goes("next"))))
    mended = fast(GO, click("", "Come back"))
    what = Goal("go", contract=Contract((ex.AnyOf((ADA, ex.Text("Next"))),)))
    assert drive(env, tmp_path, what, (mended,)).outcome is Outcome.REACHED
    signs_in = button("Sign in", Shows(button("Continue", Shows(words("Ada")))))
    env = Fake(page(signs_in, link("Go", Goes("next"))))
    run = drive(env, tmp_path, what, (fast(GO, fast(click("", "Sign in")), fast(click("", "Continue"))),))
    assert [done.proved for done in run.done if done.step.mends] == [True, True]
    assert run.outcome is Outcome.REACHED
    env = Fake(page(words("Ada"), button("Accept cookies", Hides("Ada")), link("Other", Goes("next"))))
    run = drive(env, tmp_path, Goal("go", contract=Contract((ADA,))), (replace(GO, recover=(ACCEPT,)),))
    assert run.outcome is Outcome.NOT_REACHED
    remedy = next(done for done in run.done if done.step.mends)
    assert "always" in remedy.verdict.why


def test_a_commit_whose_fields_were_emptied_needs_no_remedy(tmp_path: Path) -> None:
    """The page itself is loaded anew, once: the field is filled in again, and that is all."""
    site = groups()
    lost = Turns(((Sets("Name", value=""),), ()))
    form = replace(site.screens["new"], items=(*site.screens["new"].items, button("Check", lost, Shows(words("Fine")))))
    env = Fake(replace(site, screens={**site.screens, "new": form}))
    steps = (*ADD[:2], click("2b", "Check", ex.Text("Fine")), replace(SAVE, recover=(doing("", Reload()),)))
    run = drive(env, tmp_path, steps=steps)
    assert (run.outcome, [record.fields["Name"] for record in env.saved]) == (Outcome.REACHED, ["Editors"])
    assert not any(done.step.mends for done in run.done)


def test_after_a_remedy_comes_first_what_the_way_back_had_lost(tmp_path: Path) -> None:
    site = groups()
    closed = button("Close", Hides("Close"), Shows(button("Save", *SAVES)))
    away = Turns(((Goes("error"),), (Shows(words("Checked")),)))
    form = screen("New group", heading("New group"), textbox("Name"), button("Check", away), closed, kept=False)
    env = Fake(replace(site, screens={**site.screens, "new": form}))
    missing = fast(click("", "Nowhere"))
    checked = fast(click("3", "Check", ex.Text("Checked")), missing, click("", "Close"))
    run = drive(env, tmp_path, steps=(*ADD[:2], checked, replace(SAVE, id="4")))
    assert [(done.step.id, done.proved) for done in run.done][2:] == [
        ("3", False), ("3.recover.1", False), ("3.recover.2", True), ("2", True), ("3", True), ("4", True)
    ]  # fmt: skip
    assert [record.fields["Name"] for record in env.saved] == ["Editors"]
