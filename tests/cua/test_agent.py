"""The loop on a fake application: steps are found, allowed and proved, and how a run ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua import expect as ex
from cua.agent import Agent
from cua.errors import Outcome
from cua.goal import Goal
from cua.limits import Limits
from cua.policy import Grants
from cua.step import Step
from cua.vault import Binding, Vault
from envs.action import Action, Secret, Type
from envs.env import Until
from envs.errors import ActFailed, Crashed
from envs.fake import (
    Crashes,
    Fake,
    FakeSite,
    Goes,
    Later,
    Replaces,
    Saves,
    Sets,
    Shows,
    button,
    password,
    screen,
    textbox,
)
from envs.fake import text as words
from envs.observation import Element, Observation
from grounding.target import Target
from tests.cua.adding import ADD, ADDED, GOAL, drive
from tests.cua.world import ASKED, ORIGIN, agent, click, groups


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


@pytest.mark.parametrize("late", [0.05, 0.3, 1.0])
def test_an_effect_that_comes_late_is_waited_for(tmp_path: Path, late: float) -> None:
    env = Fake(groups([Later(late, Saves("group", takes=late, then=Goes("saved")))]))
    assert drive(env, tmp_path).outcome is Outcome.REACHED
    assert len(env.saved) == 1


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
    [(ORIGIN, None, Outcome.REACHED), ("https://evil.test", None, Outcome.DENIED), (ORIGIN, "Token", Outcome.DENIED)],
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


def test_a_crash_is_the_environments_fault(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Go", Crashes()))})
    run = drive(Fake(site), tmp_path, Goal("go"), (click("1", "Go"),))
    assert run.outcome is Outcome.ENVIRONMENT


def test_a_crash_in_a_commit_leaves_its_outcome_unclear(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Pay", Saves("payment"), Crashes()))})
    run = drive(Fake(site), tmp_path, Goal("pay", commits=True), (click("1", "Pay", commit=True),))
    assert run.outcome is Outcome.UNCLEAR


def test_a_crash_after_a_press_that_broke_off_leaves_a_commit_unclear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(env: Fake, action: Action, found: Element | None = None) -> None:
        def gone(env: Fake, until: Until | None = None, timeout: float = 10.0) -> Observation:
            raise Crashed("the browser went away")

        monkeypatch.setattr(Fake, "settle", gone)
        raise ActFailed("another button came in its place", dispatched=True)

    monkeypatch.setattr(Fake, "act", broken_off)
    site = FakeSite("f", {"f": screen("F", button("Pay", Saves("payment")))})
    run = drive(Fake(site), tmp_path, Goal("pay", commits=True), (click("1", "Pay", commit=True),))
    assert run.outcome is Outcome.UNCLEAR


def test_limits_end_a_run(tmp_path: Path) -> None:
    site = FakeSite("f", {"f": screen("F", button("Go"))})
    env = Fake(site)
    one = agent(env, (click("1", "Go"),), tmp_path, tries=99, limits=Limits(same=3, clock=env.clock))
    run = one.run(Goal("go"), ASKED)
    assert run.outcome is Outcome.NOT_REACHED
    assert "failed 3 times" in run.why


def test_the_loop_is_one_class_with_few_parts() -> None:
    assert len(Agent.__dataclass_fields__) <= 8


@pytest.mark.parametrize("commit", [True, False])
def test_only_a_commit_agrees_to_a_native_question(tmp_path: Path, commit: bool) -> None:
    """A file could grant itself a yes by expecting the question."""
    env = Fake(groups())
    drive(env, tmp_path, steps=(click("1", "Add group", ex.AnyOf((ADDED, ex.DialogSeen("Sure?"))), commit=commit),))
    assert [getattr(did.action, "agrees", None) for did in env.log if did.action.verb == "click"][:1] == [commit]
