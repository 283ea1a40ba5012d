"""What a run and its steps are held to, on a fake application: what is not done, not proved, and what ends the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua import expect as ex
from cua.contract import Before, Contract, Eventually, Rule, Until
from cua.errors import Outcome
from cua.goal import Goal
from cua.judge import Judge
from cua.policy import Grants
from cua.run import Run
from cua.step import Step
from envs.action import Action, Look, Reload
from envs.env import Until as Question
from envs.fake import (
    Effect,
    Fails,
    Fake,
    FakeSite,
    Goes,
    Hides,
    Item,
    Later,
    Saves,
    Sends,
    Sets,
    Shows,
    Turns,
    button,
    heading,
    link,
    screen,
    textbox,
)
from envs.fake import text as words
from envs.observation import Element, Observation
from grounding.target import Target
from tests.cua.world import ASKED, ORIGIN, agent, click, doing, groups, typing

ADDED = ex.Text("was added successfully")
SAVE = click("3", "Save", ADDED, commit=True)
ADD = (click("1", "Add group"), typing("2", "Name", "Editors"), SAVE)
READY, ERROR, ADA = ex.Text("Ready"), ex.Text("Server error"), ex.Text("Ada")


def goal(*order: Rule, always: Sequence[ex.Expect] = (), never: Sequence[ex.Expect] = (), **more: Any) -> Goal:
    return Goal("add the group Editors", ADDED, contract=Contract(tuple(always), tuple(never), order), **more)


def drive(env: Fake, folder: Path, what: Goal | None = None, steps: Sequence[Step] = ADD, **more: Any) -> Run:
    return agent(env, steps, folder, **more).run(what or goal(commits=True), ASKED)


def page(*items: Item, then: Sequence[Effect] = ()) -> FakeSite:
    """One page, and another that a link leads to."""
    return FakeSite("home", {"home": screen("Home", *items, then=tuple(then)), "next": screen("Next", heading("Next"))})


def sent(env: Fake) -> list[str]:
    """What was dispatched, by the names of what was acted on."""
    return [str(did) for did in env.log]


# ── pre ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_to_hold_before_is_waited_for(tmp_path: Path) -> None:
    env = Fake(page(link("Go", Goes("next")), then=(Later(3, Shows(words("Ready"))),)))
    run = drive(env, tmp_path, Goal("go", ex.Text("Next")), (replace(click("1", "Go"), pre=READY),))
    assert run.outcome is Outcome.REACHED
    assert env.clock.now() >= 3


def test_a_step_is_not_done_where_it_does_not_hold(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, steps=(*ADD[:2], replace(SAVE, pre=READY)))
    assert (run.outcome, env.saved) == (Outcome.NOT_REACHED, [])
    assert 'only when the text "Ready" is there' in run.why
    assert not any(done.dispatched for done in run.done if done.step.id == "3")


def test_it_has_a_deadline_of_its_own(tmp_path: Path) -> None:
    env = Fake(page(link("Go", Goes("next")), then=(Later(5, Shows(words("Ready"))),)))
    run = drive(env, tmp_path, Goal("go", ex.Text("Next")), (replace(click("1", "Go"), pre=ex.Within(READY, 1)),))
    assert (run.outcome, sent(env)) == (Outcome.NOT_REACHED, [])


def test_nobody_is_asked_about_a_step_that_may_not_be_done(tmp_path: Path) -> None:
    asked: list[str] = []

    def approve(question: str) -> bool:
        asked.append(question)
        return True

    steps = (*ADD[:2], replace(SAVE, target=Target("Nowhere"), pre=READY))
    run = drive(Fake(groups()), tmp_path, steps=steps, grants=Grants(frozenset({ORIGIN})), approve=approve)
    assert (run.outcome, asked) == (Outcome.NOT_REACHED, [])
    assert "only when" in run.why, "and the reason is not that the button was not found"


@pytest.mark.parametrize("held", [{"pre": READY}, {"always": (READY,)}], ids=["pre", "always"])
def test_it_has_to_hold_still_when_somebody_took_a_while_to_say_yes(tmp_path: Path, held: dict[str, Any]) -> None:
    """The text goes away while a person is asked."""
    env = Fake(groups(shown=(words("Ready"),)))

    def slowly(question: str) -> bool:
        env.happen(Hides("Ready"))
        return True

    steps = (*ADD[:2], replace(SAVE, **held))
    run = drive(env, tmp_path, steps=steps, grants=Grants(frozenset({ORIGIN})), approve=slowly)
    assert (run.outcome, env.saved) == (Outcome.NOT_REACHED, [])


# ── always ───────────────────────────────────────────────────────────────────────────────────────────────────────────


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


def again(folder: Path, env: Fake, what: Goal, steps: Sequence[Step] = ADD, site: FakeSite | None = None) -> Run:
    """Gone on with in a fresh world, with the same server."""
    fresh = Fake(site or env.site, server=env.server)
    made = agent(fresh, steps, folder)
    kept, request = made.journal.load()
    return made.run(what, request, made.journal.take_over(kept))


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


# ── never ────────────────────────────────────────────────────────────────────────────────────────────────────────────

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


# ── recover ──────────────────────────────────────────────────────────────────────────────────────────────────────────

COOKIES = button("Accept cookies", Hides("Accept cookies"), Shows(link("Go", Goes("next"))))


def fast(step: Step, *recover: Step) -> Step:
    """It waits a second, not ten."""
    return replace(step, timeout=1.0, recover=recover)


GO = fast(click("1", "Go", ex.Text("Next")))
ACCEPT = fast(click("", "Accept cookies"))


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


SAVES = (Saves("group", then=Goes("saved")),)


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


# ── order ────────────────────────────────────────────────────────────────────────────────────────────────────────────

NAMED = (replace(ADD[0], name="open"), replace(ADD[1], name="fill in"), replace(SAVE, name="save"))
TERMS, FORM, GROUPS = ex.Text("Terms"), ex.Text("New group"), ex.Text("Groups")


@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        (Before(TERMS, "save"), False),
        (Before(FORM, "save"), True),
        (Before("fill in", "save"), True),
        (Before("read the terms", "save"), False),
        (Before("save", "fill in"), False),
        (Before("save", "no such step"), True),
        (Before(FORM, GROUPS), True),
        (Before(TERMS, GROUPS), False),
        (Until(ex.Text("administration"), "open"), True),
        (Until(ex.Text("administration"), FORM), True),
        (Until(ex.Text("administration"), "save"), False),
        (Until(ex.AnyOf((ex.Text("administration"), FORM)), "save"), True),
        (Until(ex.Gone("Terms"), TERMS), False),
        (Eventually(GROUPS), True),
        (Eventually(FORM), True),
        (Eventually("save"), True),
        (Eventually(TERMS), False),
        (Eventually("read the terms"), False),
        (Eventually(ex.Http(200, "POST")), True),
    ],
    ids=str,
)
def test_rules_of_order(tmp_path: Path, rule: Rule, reached: bool) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, goal(rule, commits=True), NAMED)
    assert (run.outcome is Outcome.REACHED) is reached, run.why
    assert run.outcome in {Outcome.REACHED, Outcome.NOT_REACHED, Outcome.UNCLEAR}
    commits = [done for done in run.done if done.step.commit and done.dispatched]
    assert len(env.saved) == len(commits) <= 1
    if run.outcome is Outcome.NOT_REACHED:
        assert not commits


@pytest.mark.parametrize("rule", [Before(TERMS, "save"), Before("read the terms", "save")], ids=str)
def test_a_commit_that_would_break_the_order_is_not_sent(tmp_path: Path, rule: Rule) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, goal(rule, commits=True), NAMED)
    assert (run.outcome, env.saved) == (Outcome.NOT_REACHED, [])
    assert "it would break the order" in run.why
    assert "before" in run.why


def test_what_has_to_be_seen_first_is_waited_for(tmp_path: Path) -> None:
    site = groups()
    late = replace(site.screens["new"], then=(Later(4, Shows(words("Terms"))),))
    env = Fake(replace(site, screens={**site.screens, "new": late}))
    assert drive(env, tmp_path, goal(Before(TERMS, "save"), commits=True), NAMED).outcome is Outcome.REACHED


def test_what_is_still_owed_after_a_commit_is_unclear(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, goal(Eventually(TERMS), commits=True), NAMED)
    assert (run.outcome, len(env.saved)) == (Outcome.UNCLEAR, 1)
    assert "that has not come" in run.why


# ── resume ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Killed(BaseException):
    pass


def killed(made: Any, step: str) -> None:
    """Have the process die when it is about to intend this step."""
    intend: Callable[..., None] = made.journal.intend

    def dies(run: Run, one: Step, found: object) -> None:
        if one.id == step:
            raise Killed
        intend(run, one, found)

    made.journal.intend = dies


@pytest.mark.parametrize(("seen", "reached"), [(ex.Text("was added"), True), (TERMS, False)], ids=["seen", "not-seen"])
def test_rules_go_on_where_the_run_stopped(tmp_path: Path, seen: ex.Expect, reached: bool) -> None:
    """The first commit's page showed it, and is not come to again; the second commit needs it."""
    site = groups()
    more = (doing("4", Reload()), click("5", "Add group"), typing("6", "Name", "B"))
    steps = (*NAMED, *more, replace(SAVE, id="7", name="save again"))
    saved = replace(site.screens["saved"], items=(*site.screens["saved"].items, link("Add group", Goes("new"))))
    plain = screen("Groups", heading("Groups"), link("Add group", Goes("new")))
    what = goal(Before(seen, "save again"), Before("save", "save again"), commits=True)
    env = Fake(replace(site, screens={**site.screens, "saved": saved}))
    made = agent(env, steps, tmp_path)
    killed(made, "5")
    with pytest.raises(Killed):
        made.run(what, ASKED)
    made.journal.close()
    form = screen(
        "New group", heading("New group"), textbox("Name"), button("Save", Saves("group", then=Goes("thanks")))
    )
    thanks = screen("Thanks", words("The group was added successfully."))
    other = replace(site, screens={**site.screens, "saved": plain, "new": form, "thanks": thanks})
    run = again(tmp_path, env, what, steps, other)
    assert (run.outcome is Outcome.REACHED) is reached, run.why
    assert len(env.saved) == (2 if reached else 1)


# ── cost ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_check_for_each_rule_on_each_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ex.Expect]] = []
    check = Judge.check

    def counted(self: Judge, expect: ex.Expect, view: Any) -> Any:
        asked.append((view.after.seq, expect))
        return check(self, expect, view)

    monkeypatch.setattr(Judge, "check", counted)
    held = ex.Url(f"{ORIGIN}/*")
    run = drive(Fake(groups()), tmp_path, goal(Eventually(FORM), always=[held], never=[ERROR], commits=True), NAMED)
    assert run.outcome is Outcome.REACHED, run.why
    for expect in (held, FORM):
        screens = [number for number, one in asked if one == expect]
        assert len(screens) == len(set(screens)), expect
        assert len(screens) <= 3 * len(run.done)


def test_a_task_without_a_contract_looks_no_more_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def counted(name: str) -> Callable[..., Observation]:
        inner: Callable[..., Observation] = getattr(Fake, name)

        def look(*args: object) -> Observation:
            looks.append(name)
            return inner(*args)

        return look

    for name in ("observe", "settle"):
        monkeypatch.setattr(Fake, name, counted(name))
    assert drive(Fake(groups()), tmp_path).outcome is Outcome.REACHED
    assert looks == ["settle", "settle", "observe", "settle"]


# ── whatever happens ─────────────────────────────────────────────────────────────────────────────────────────────────

moves = st.lists(
    st.tuples(st.floats(0.05, 3), st.sampled_from(["Server error", "Ada"]), st.booleans()), min_size=1, max_size=5
)


@settings(deadline=None, max_examples=25)
@given(moves=moves, after=st.sampled_from(["home", "new"]))
def test_no_run_is_reached_that_was_shown_what_breaks_its_contract(moves: list[Any], after: str) -> None:
    """Texts come and go by themselves; what the world has shown is taken down by the world."""
    site = groups(shown=(words("Ada"),))
    then = [Later(at, Shows(words(text)) if comes else Hides(text)) for at, text, comes in moves]
    late = replace(site.screens[after], then=tuple(then))
    env = Showing(replace(site, screens={**site.screens, after: late}))
    steps = (ADD[0], replace(ADD[1], pre=ADA), replace(SAVE, always=(ADA,)))
    with TemporaryDirectory() as folder:
        run = drive(env, Path(folder), goal(never=[ERROR], commits=True), steps)
    met = any(shows(screen, "Server error") for screen in env.shown)
    assert not (met and run.outcome is Outcome.REACHED)
    assert not met or "must never" in run.why
    assert len(env.saved) <= 1
    for act, last in env.acted:
        assert shows(last, "Ada") or act != "type"
        assert not any(shows(earlier, "Server error") for earlier in env.shown if earlier.seq <= last.seq)
    assert run.outcome is not Outcome.NOT_REACHED or not env.saved


def shows(screen: Observation, text: str) -> bool:
    return any(element.name == text for element in screen.elements)


class Showing(Fake):
    """Takes down every screen that it has shown, and before each act the last of them."""

    def __init__(self, site: FakeSite) -> None:
        super().__init__(site)
        self.shown: list[Observation] = []
        self.acted: list[tuple[str, Observation]] = []

    def reset(self) -> Observation:
        return self._took(super().reset())

    def observe(self) -> Observation:
        return self._took(super().observe())

    def settle(self, until: Question | None = None, timeout: float = 10.0) -> Observation:
        asked = None if until is None else lambda screen: until(self._took(screen))
        return self._took(super().settle(asked, timeout))

    def act(self, action: Action, found: Element | None = None) -> None:
        self.acted.append((action.verb, self.shown[-1]))
        super().act(action, found)

    def _took(self, screen: Observation) -> Observation:
        self.shown.append(screen)
        return screen
