"""What must never be seen ends the run, whenever and however briefly it was seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cua import expect as ex
from cua.contract import Contract
from cua.errors import Outcome
from cua.goal import Goal
from cua.step import Step
from envs.action import Look
from envs.fake import Fails, Fake, FakeSite, Goes, Hides, Later, Sends, Shows, Turns, button, heading, link, screen
from envs.fake import text as words
from tests.cua.contracts.world import ADD, ERROR, READY, SAVE, Showing, again, drive, goal, page, sent
from tests.cua.world import agent, click, groups

FLICKER = (Shows(words("Server error")), Later(0.4, Hides("Server error")), Later(1.5, Shows(words("Done"))))


def test_what_must_never_be_seen_ends_the_run_though_it_is_gone_again(tmp_path: Path) -> None:
    env = Fake(page(button("Try", *FLICKER), link("Go", Goes("next"))))
    steps = (click("1", "Try", ex.Text("Done")), click("2", "Go"))
    run = drive(env, tmp_path, Goal("try", contract=Contract(never=(ERROR,))), steps)
    assert run.outcome is Outcome.NOT_REACHED
    assert "the run must never see that" in run.why
    assert len(sent(env)) == 1, "nothing is done any more"
    assert run.last is not None
    assert run.last.breach == run.why


def test_without_the_rule_the_same_run_is_fine(tmp_path: Path) -> None:
    env = Fake(page(button("Try", *FLICKER), link("Go", Goes("next"))))
    assert (
        drive(env, tmp_path, Goal("try"), (click("1", "Try", ex.Text("Done")), click("2", "Go"))).outcome == "reached"
    )


def test_it_is_seen_while_something_else_is_waited_for(tmp_path: Path) -> None:
    comes = (Later(0.5, Shows(words("Server error"))), Later(1, Hides("Server error")), Later(2, Shows(button("Go"))))
    env = Fake(page(words("Hello"), then=comes))
    run = drive(env, tmp_path, Goal("go", contract=Contract(never=(ERROR,))), (click("1", "Go"),))
    assert (run.outcome, sent(env)) == (Outcome.NOT_REACHED, [])
    assert "must never" in run.why


def test_it_stays_broken_for_whoever_goes_on_with_the_run(tmp_path: Path) -> None:
    site = page(button("Try", Turns((FLICKER, (Shows(words("Done")),)))))
    what = Goal("try", contract=Contract(never=(ERROR,)))
    steps = (click("1", "Try", ex.Text("Done")),)
    env = Fake(site)
    assert drive(env, tmp_path, what, steps).outcome is Outcome.NOT_REACHED
    run = again(tmp_path, env, what, steps)
    assert run.outcome is Outcome.NOT_REACHED
    assert sum(bool(done.breach) for done in run.done) == 1


def test_seen_at_the_start_or_at_the_end_it_is_on_record_too(tmp_path: Path) -> None:
    what = Goal("go", ex.Text("All done"), contract=Contract(never=(ERROR,)))
    env = Fake(page(words("Server error"), link("Go", Goes("next"))))
    run = drive(env, tmp_path, what, (click("1", "Go"),))
    assert (run.outcome, sent(env)) == (Outcome.NOT_REACHED, [])
    assert run.last is not None
    assert run.last.breach
    flickers = (Later(2, Shows(words("Server error"))), Later(3, Hides("Server error")))
    ends = screen("Next", heading("Next"), then=(*flickers, Later(4, Shows(words("All done")))))
    env = Fake(FakeSite("home", {"home": screen("Home", link("Go", Goes("next"))), "next": ends}))
    run = drive(env, tmp_path, what, (click("1", "Go"),))
    assert run.outcome is Outcome.NOT_REACHED
    assert run.last is not None
    assert run.last.breach


def test_seen_after_a_commit_nobody_should_simply_try_again(tmp_path: Path) -> None:
    site = groups()
    fails = replace(site.screens["saved"], then=(Later(1, Shows(words("Server error"))),))
    env = Fake(replace(site, screens={**site.screens, "saved": fails}))
    what = goal(never=[ERROR], commits=True)
    steps = (*ADD[:2], replace(SAVE, already=ex.Text("Editors")), click("4", "Groups"))
    run = drive(env, tmp_path, what, steps)
    assert (run.outcome, len(env.saved)) == (Outcome.UNCLEAR, 1)
    assert again(tmp_path, env, what, steps).outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1


def test_it_is_what_the_run_ends_with_whatever_else_went_wrong(tmp_path: Path) -> None:
    """Seen while a target was looked for that never came; and seen on the way back."""
    env = Fake(page(heading("Home"), then=(Later(1, Shows(words("Server error"))), Later(2, Hides("Server error")))))
    run = drive(env, tmp_path, Goal("go", contract=Contract(never=(ERROR,))), (click("1", "Go"),), tries=0)
    assert "must never" in run.why
    assert any(done.breach for done in run.done)
    shown = (Shows(words("Server error")), Later(0.2, Hides("Server error")))
    home = screen("Home", link("Go", Goes("next")), then=(Turns(((), shown)),), kept=False)
    env = Fake(FakeSite("home", {"home": home, "next": screen("Next", heading("Next"))}))
    step = click("1", "Go", ex.Text("Elsewhere"))
    run = drive(env, tmp_path, Goal("go", contract=Contract(never=(ERROR,))), (step,), tries=0)
    assert run.outcome is Outcome.NOT_REACHED
    assert any("must never" in done.breach for done in run.done)


def test_what_happens_may_be_forbidden_as_well_as_what_is_seen(tmp_path: Path) -> None:
    env = Fake(page(button("Try", Sends(url="/part", status=500), Shows(words("Done")))))
    steps = (click("1", "Try", ex.Text("Done")),)
    assert drive(env, tmp_path, Goal("try", ex.Text("Done")), steps).outcome is Outcome.REACHED
    run = drive(Fake(env.site), tmp_path, Goal("try", contract=Contract(never=(ex.Http(500),))), steps)
    assert run.outcome is Outcome.NOT_REACHED
    assert "must never see" in run.why


def test_a_step_that_fails_then_is_not_undone_any_more(tmp_path: Path) -> None:
    env = Fake(page(button("Try", Shows(words("Server error")), Fails("it is stuck", dispatched=True))))
    run = drive(env, tmp_path, Goal("try", contract=Contract(never=(ERROR,))), (click("1", "Try"),))
    assert (run.outcome, run.rollbacks) == (Outcome.NOT_REACHED, ())


def test_a_run_that_has_broken_it_touches_nothing_any_more(tmp_path: Path) -> None:
    what, steps = Goal("go", contract=Contract(never=(ERROR,))), (click("1", "Go"),)
    site = page(words("Server error"), link("Go", Goes("next")))
    assert drive(Fake(site), tmp_path, what, steps).outcome is Outcome.NOT_REACHED
    fresh = Showing(page(link("Go", Goes("next"))))
    made = agent(fresh, steps, tmp_path)
    kept, request = made.journal.load()
    assert made.run(what, request, made.journal.take_over(kept)).outcome is Outcome.NOT_REACHED
    assert fresh.shown == []


def test_a_question_that_is_waited_for_sees_it_too(tmp_path: Path) -> None:
    env = Fake(page(heading("Home"), then=(Later(0.5, Shows(words("Server error"))), Later(1, Hides("Server error")),
                                           Later(2, Shows(words("Ready"))))))  # fmt: skip
    asks = Step("1", Look(), "if ready", ask=ex.Within(READY, 5), never=(ERROR,))
    run = drive(env, tmp_path, Goal("ask"), (asks,), tries=0)
    assert run.outcome is Outcome.NOT_REACHED
    assert "this step must never see" in run.why


def test_of_one_step_it_fails_that_step(tmp_path: Path) -> None:
    env = Fake(page(button("Try", Turns((FLICKER, (Shows(words("Done")),))))))
    run = drive(
        env, tmp_path, Goal("try", ex.Text("Done")), (replace(click("1", "Try", ex.Text("Done")), never=(ERROR,)),)
    )
    assert [done.verdict.holds for done in run.done] == [False, True]
    assert "this step must never see" in run.done[0].verdict.why
    assert run.outcome is Outcome.REACHED
