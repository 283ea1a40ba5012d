"""Invariants: what is not done, not proved and not known to be right where one does not hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cua import expect as ex
from cua.contract import Contract, Eventually
from cua.errors import Outcome
from cua.goal import Goal
from envs.fake import Fake, FakeSite, Goes, Hides, Later, Saves, Shows, heading, link, screen
from envs.fake import text as words
from tests.cua.contracts.world import ADA, ADD, SAVE, again, drive, goal, page, sent
from tests.cua.world import click, groups


def test_an_invariant_that_a_step_breaks_leaves_it_unproved_and_undone(tmp_path: Path) -> None:
    env = Fake(page(words("Ada"), link("Go", Goes("next"))))
    run = drive(env, tmp_path, goal(always=[ADA]), (click("1", "Go", ex.Text("Next")),))
    assert run.outcome is Outcome.NOT_REACHED
    assert 'it does not hold any more that always the text "Ada" is there' in run.why
    assert [back.route for back in run.rollbacks] == ["history", "history"]


def test_an_invariant_that_does_not_hold_lets_nothing_be_done(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, goal(always=[ADA], commits=True))
    assert (run.outcome, sent(env)) == (Outcome.NOT_REACHED, [])
    assert "before it, it does not hold that always" in run.why


def test_an_invariant_that_a_page_shows_late_is_waited_for(tmp_path: Path) -> None:
    late = screen("Next", heading("Next"), then=(Later(1, Shows(words("Ada"))),))
    env = Fake(FakeSite("home", {"home": screen("Home", words("Ada"), link("Go", Goes("next"))), "next": late}))
    run = drive(env, tmp_path, Goal("go", contract=Contract((ADA,))), (click("1", "Go", ex.Text("Next")),))
    assert run.outcome is Outcome.REACHED, run.why


def test_a_commit_that_breaks_an_invariant_is_not_known_to_be_right(tmp_path: Path) -> None:
    site = groups()
    shown = {name: replace(one, items=(*one.items, words("Ada"))) for name, one in site.screens.items()}
    env = Fake(replace(site, screens={**shown, "saved": site.screens["saved"]}))
    run = drive(env, tmp_path, goal(always=[ADA], commits=True))
    assert (run.outcome, len(env.saved)) == (Outcome.UNCLEAR, 1)
    assert run.last is not None
    assert "always" in run.last.breach
    assert again(tmp_path, env, goal(always=[ADA], commits=True)).outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1


def test_an_invariant_of_one_step_is_no_other_s(tmp_path: Path) -> None:
    env = Fake(groups())
    site = ex.Text("Site administration")
    run = drive(env, tmp_path, steps=(replace(ADD[0], expect=ex.Text("New group")), ADD[1], SAVE))
    assert run.outcome is Outcome.REACHED
    run = drive(Fake(groups()), tmp_path, steps=(replace(ADD[0], always=(site,)), *ADD[1:]))
    assert run.outcome is Outcome.NOT_REACHED
    run = drive(Fake(groups()), tmp_path, steps=(ADD[0], replace(ADD[1], always=(ex.Text("New group"),)), SAVE))
    assert run.outcome is Outcome.REACHED


def test_the_end_is_a_screen_of_the_run_too(tmp_path: Path) -> None:
    gone = (Saves("group", then=(Goes("saved"),)),)
    site = groups(gone, shown=(words("Ada"),))
    fades = replace(site.screens["saved"], then=(Later(0.5, Hides("Ada")), Later(1, Shows(words("All done")))))
    env = Fake(replace(site, screens={**site.screens, "saved": fades}))
    what = Goal("add", ex.Text("All done"), contract=Contract((ADA,)), commits=True)
    run = drive(env, tmp_path, what)
    assert run.outcome is Outcome.UNCLEAR
    assert "at the end it does not hold that always" in run.why


def test_a_goal_that_is_true_already_is_not_where_the_contract_is_not_kept(tmp_path: Path) -> None:
    for kept in (Contract(always=(ADA,)), Contract(order=(Eventually(ADA),)), Contract(never=(ex.Text("Home"),))):
        env = Fake(page(heading("Home"), link("Go", Goes("next"))))
        run = drive(env, tmp_path, Goal("home", ex.Text("Home"), contract=kept), (click("1", "Go"),))
        assert run.outcome is Outcome.NOT_REACHED, kept
    run = drive(Fake(page(heading("Home"))), tmp_path, Goal("home", ex.Text("Home"), contract=Contract(never=(ADA,))))
    assert run.outcome is Outcome.ALREADY
