"""What is put back where a step failed, what is done again, and what never is."""

from __future__ import annotations

from pathlib import Path

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from envs.fake import Fake, FakeSite, Goes, Saves, Shows, Turns, button, item, link, screen, textbox
from envs.fake import text as words
from tests.cua.adding import ADD, GOAL, drive
from tests.cua.world import ASKED, agent, click, groups, typing


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


def test_a_field_that_took_something_else_is_put_back(tmp_path: Path) -> None:
    """The state of the screen ignores data, the way back does not."""
    site = FakeSite("f", {"f": screen("Form", textbox("Name", "Ann").having(maxlength="3"), button("Save"))})
    env = Fake(site)
    run = drive(env, tmp_path, steps=(typing("1", "Name", "Editors"),))
    assert {back.route for back in run.rollbacks} == {"inverse"}
    assert next(e.value for e in env.observe().elements if e.role == "textbox") == "Ann"
