"""The loop on a fake application: what is proved, what is refused, what is undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import expect as ex
from cua.agent import Agent
from cua.errors import Outcome
from cua.goal import Goal
from cua.limits import Limits
from cua.policy import Grants
from cua.run import Run
from cua.step import Step
from cua.vault import Binding, Vault
from envs.action import Look, Secret, Type
from envs.fake import (
    Crashes,
    Effect,
    Fake,
    FakeSite,
    Goes,
    Later,
    Replaces,
    Saves,
    Sends,
    Sets,
    Shows,
    Turns,
    button,
    checkbox,
    item,
    link,
    password,
    screen,
    textbox,
)
from envs.fake import text as words
from grounding.target import Target
from tests.cua.world import ASKED, ORIGIN, agent, click, groups, typing

ADDED = ex.Text("was added successfully")
GOAL = Goal("add the group Editors", ADDED, commits=True)
ADD = (
    click("1", "Add group"),
    typing("2", "Name", "Editors"),
    click("3", "Save", ADDED, commit=True),
)


def drive(env: Fake, folder: Path, goal: Goal = GOAL, steps: tuple[Step, ...] = ADD) -> Run:
    return agent(env, steps, folder).run(goal, ASKED)


def test_every_step_is_proved_and_the_goal_reached(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path)
    assert (run.outcome, len(run.proved), run.rollbacks) == (Outcome.REACHED, 3, ())
    assert [record.fields["Name"] for record in env.saved] == ["Editors"]
    assert all(done.verdict.why for done in run.done)


def test_a_goal_that_is_true_already_needs_no_step(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, Goal("see the site", ex.Text("Site administration")))
    assert (run.outcome, env.log) == (Outcome.ALREADY, [])


def test_a_goal_with_a_commit_is_never_true_already(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, Goal("add", ex.Text("Site administration"), commits=True))
    assert run.outcome is not Outcome.ALREADY
    assert env.saved


# ── false proofs ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("late", [0.05, 0.3, 1.0])
def test_an_effect_that_comes_late_is_waited_for(tmp_path: Path, late: float) -> None:
    env = Fake(groups([Later(late, Saves("group", takes=late, then=Goes("saved")))]))
    assert drive(env, tmp_path).outcome is Outcome.REACHED
    assert len(env.saved) == 1


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
        "f",
        {
            "f": screen("Form", button("Save", Shows(words("Saved")), Later(0.5, Saves("n", status=500)))),
        },
    )
    steps = (click("1", "Save", ex.Text("Saved")), Step("2", Look(), "wait", expect=ex.Within(ex.Text("Saved"), 1.0)))
    env = Fake(site)
    env_run = drive(env, tmp_path, Goal("save", ex.Text("Saved")), steps)
    env.settle(lambda screen: False, 2.0)
    assert env_run.outcome in {Outcome.NOT_REACHED, Outcome.REACHED}


# ── undoing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_page_is_left_again_and_the_step_tried_once_more(tmp_path: Path) -> None:
    site = FakeSite(
        "home",
        {
            "home": screen("Home", link("Groups", Turns([Goes("ads"), Goes("groups")]))),
            "ads": screen("Buy now", button("Buy")),
            "groups": screen("Groups", words("2 groups")),
        },
    )
    run = drive(Fake(site), tmp_path, Goal("see", ex.Text("2 groups")), (click("1", "Groups", ex.Text("2 groups")),))
    assert run.outcome is Outcome.REACHED
    assert [back.route for back in run.rollbacks] == ["history"]
    assert [done.undone for done in run.done] == [True, False]


def test_what_the_way_back_lost_is_done_again(tmp_path: Path) -> None:
    """A failed sign-in that left the page: the fields are empty after the return, so they are filled in again."""
    site = FakeSite(
        "login",
        {
            "login": screen(
                "Log in", textbox("User"), button("Log in", Turns([Goes("oops"), Goes("home")])), kept=False
            ),
            "oops": screen("Try later", button("Retry")),
            "home": screen("Home", words("Welcome")),
        },
    )
    env = Fake(site)
    steps = (typing("1", "User", "ann"), click("2", "Log in", ex.Text("Welcome")))
    run = drive(env, tmp_path, Goal("log in", ex.Text("Welcome")), steps)
    assert run.outcome is Outcome.REACHED
    assert run.rollbacks[0].lost == ("1",)
    assert sum("type" in line for line in env.story) == 2


def test_a_commit_of_unknown_outcome_is_never_repeated(tmp_path: Path) -> None:
    env = Fake(groups([Saves("group", status=500, kept=True, otherwise=Goes("error"))]))
    run = agent(env, ADD, tmp_path, tries=5).run(GOAL, ASKED)
    assert run.outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1
    assert any(effect.kind == "write" for effect in run.effects)


def test_a_commit_that_the_server_refused_is_an_ordinary_failure(tmp_path: Path) -> None:
    env = Fake(groups([Saves("group", status=403, otherwise=Shows(item("alert", "Not allowed")))]))
    run = drive(env, tmp_path)
    assert run.outcome is Outcome.NOT_REACHED
    assert "403" in run.why
    assert not env.saved


def test_no_way_back_is_said(tmp_path: Path) -> None:
    site = FakeSite(
        "home",
        {
            "home": screen(
                "Home", button("Go", Goes("trap")), then=Turns([(), Goes("trap"), Goes("trap")]), kept=False
            ),
            "trap": screen("Trap", button("Stay")),
        },
    )
    run = drive(Fake(site), tmp_path, Goal("go", ex.Text("Paradise")), (click("1", "Go", ex.Text("Paradise")),))
    assert run.outcome is Outcome.NOT_REACHED
    assert "no way back" in run.why
    assert [done.step.id for done in run.done] == ["1"]


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_there_is_waited_for_and_then_named(tmp_path: Path) -> None:
    env = Fake(groups())
    run = drive(env, tmp_path, steps=(click("1", "Delete everything"),))
    assert run.outcome is Outcome.NOT_REACHED
    assert "Delete everything" in run.why
    assert env.log == []


def test_an_ambiguous_target_is_a_refusal_with_the_candidates(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("Form", button("Add", Goes("f")), textbox("x"), button("Add", Goes("f")))})
    env = Fake(site)
    run = drive(env, tmp_path, steps=(click("1", "Add"),))
    assert run.outcome is Outcome.NOT_REACHED
    assert "2 elements fit" in run.why
    assert env.log == []


def test_a_target_that_comes_late_or_is_disabled_for_a_while_is_waited_for(tmp_path: Path) -> None:
    late = button("Late", Shows(words("clicked"))).being("disabled").known_as("late")
    site = FakeSite(
        "f", {"f": screen("F", then=(Later(1.0, Shows(late)), Later(2.0, Sets("late", drop=("disabled",)))))}
    )
    run = drive(Fake(site), tmp_path, Goal("click", ex.Text("clicked")), (click("1", "Late", ex.Text("clicked")),))
    assert run.outcome is Outcome.REACHED


def test_a_replaced_element_is_found_again(tmp_path: Path) -> None:
    go = button("Go", Shows(words("gone"))).known_as("go")
    env = Fake(FakeSite("f", {"f": screen("F", go, then=Later(0.5, Replaces("go")))}), latency=1.0)
    run = drive(env, tmp_path, Goal("go", ex.Text("gone")), (click("1", "Go", ex.Text("gone")),))
    assert run.outcome is Outcome.REACHED
    assert any("looked again" in note for note in run.done[0].notes)


# ── permission ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_commit_without_approval_stops_before_it_and_can_be_gone_on_with(tmp_path: Path) -> None:
    env = Fake(groups())
    one = agent(env, ADD, tmp_path, grants=Grants(frozenset({ORIGIN})))
    run = one.run(GOAL, ASKED)
    assert (run.outcome, env.saved) == (Outcome.NEEDS_APPROVAL, [])

    again = Fake(groups(), server=env.server)
    two = agent(again, ADD, tmp_path)
    kept, _ = two.journal.load(run.id)
    resumed = two.run(GOAL, ASKED, two.journal.take_over(kept))
    assert resumed.outcome is Outcome.REACHED
    assert len(again.saved) == 1


@pytest.mark.parametrize(("answer", "outcome"), [(True, Outcome.REACHED), (False, Outcome.DENIED)])
def test_a_person_at_the_terminal_is_asked(tmp_path: Path, answer: bool, outcome: Outcome) -> None:
    asked: list[str] = []

    def approve(question: str) -> bool:
        asked.append(question)
        return answer

    env = Fake(groups())
    run = agent(env, ADD, tmp_path, grants=Grants(frozenset({ORIGIN})), approve=approve).run(GOAL, ASKED)
    assert run.outcome is outcome
    assert len(asked) == 1
    assert "Save" in asked[0]
    assert len(env.saved) == answer


def test_another_origin_is_denied(tmp_path: Path) -> None:
    env = Fake(groups())
    run = agent(env, ADD, tmp_path, grants=Grants(frozenset({"https://other.test"}))).run(GOAL, ASKED)
    assert (run.outcome, env.log) == (Outcome.DENIED, [])


@pytest.mark.parametrize(
    ("origin", "field", "outcome"),
    [
        (ORIGIN, None, Outcome.REACHED),
        ("https://evil.test", None, Outcome.DENIED),
        (ORIGIN, "Token", Outcome.DENIED),
    ],
)
def test_a_secret_goes_only_where_it_is_bound(tmp_path: Path, origin: str, field: str | None, outcome: Outcome) -> None:
    site = FakeSite("login", {"login": screen("Log in", password("Password"), button("Log in", Shows(words("Hello"))))})
    env = Fake(site)
    steps = (
        Step("1", Type(Secret("pw")), "type ‹pw› into Password", Target("Password")),
        click("2", "Log in", ex.Text("Hello")),
    )
    vault = Vault({"pw": Binding("correct horse", origin, field)})
    run = agent(env, steps, tmp_path, vault=vault).run(Goal("log in", ex.Text("Hello")), ASKED)
    assert run.outcome is outcome
    assert "correct horse" not in repr(run)


# ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_crash_is_the_environments_fault(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Go", Crashes()))})
    run = drive(Fake(site), tmp_path, Goal("go"), (click("1", "Go"),))
    assert run.outcome is Outcome.ENVIRONMENT


def test_a_crash_in_a_commit_leaves_its_outcome_unclear(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Pay", Saves("payment"), Crashes()))})
    run = drive(Fake(site), tmp_path, Goal("pay", commits=True), (click("1", "Pay", commit=True),))
    assert run.outcome is Outcome.UNCLEAR


def test_limits_end_a_run(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Go"))})
    env = Fake(site)
    one = agent(env, (click("1", "Go"),), tmp_path, tries=99, limits=Limits(same=3, clock=env.clock))
    run = one.run(Goal("go"), ASKED)
    assert run.outcome is Outcome.NOT_REACHED
    assert "failed 3 times" in run.why


def test_a_box_that_unchecks_itself_is_not_checked(tmp_path: Path) -> None:
    from envs.action import Check
    from tests.cua.world import doing

    site = FakeSite("f", {"f": screen("F", checkbox("Agree").on("check", Sets("Agree", drop=("checked",))))})
    run = drive(Fake(site), tmp_path, Goal("agree"), (doing("1", Check(), "Agree"),))
    assert run.outcome is Outcome.NOT_REACHED


def test_the_loop_is_one_class_with_few_parts() -> None:
    assert len(Agent.__dataclass_fields__) <= 8


def test_a_field_that_took_something_else_is_put_back(tmp_path: Path) -> None:
    """The state of the screen ignores data, the way back does not."""
    site = FakeSite("f", {"f": screen("Form", textbox("Name", "Ann").having(maxlength="3"), button("Save"))})
    env = Fake(site)
    run = drive(env, tmp_path, steps=(typing("1", "Name", "Editors"),))
    assert {back.route for back in run.rollbacks} == {"inverse"}
    assert next(e.value for e in env.observe().elements if e.role == "textbox") == "Ann"


@pytest.mark.parametrize("commit", [True, False])
def test_only_a_commit_agrees_to_a_native_question(tmp_path: Path, commit: bool) -> None:
    """A file could grant itself a yes by expecting the question."""
    env = Fake(groups())
    drive(env, tmp_path, steps=(click("1", "Add group", ex.AnyOf((ADDED, ex.DialogSeen("Sure?"))), commit=commit),))
    assert [getattr(did.action, "agrees", None) for did in env.log if did.action.verb == "click"][:1] == [commit]
