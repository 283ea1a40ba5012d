"""A commit whose outcome is not known is looked up while the run goes on, where its step says how to see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.run import Run
from envs.fake import (
    Each,
    Effect,
    Fake,
    FakeSite,
    Goes,
    Record,
    Saves,
    Sends,
    button,
    heading,
    item,
    link,
    screen,
    textbox,
)
from envs.fake import text as words
from envs.fake.stage import Server
from tests.cua.world import ASKED, ORIGIN, agent, click, typing

LIST = Each("group", item("listitem", "Group {Name}"))
LINKS = (link("Add group", Goes("new")), link("Show all", Goes("all")))
GOAL = Goal("add the group Editors and see it", ex.Text("All groups"), start=f"{ORIGIN}/home", commits=True)
SAVE = click("3", "Save", ex.Text("was added successfully"), commit=True)
STEPS = (
    click("1", "Add group"),
    typing("2", "Name", "Editors"),
    replace(SAVE, already=ex.Text("Group Editors")),
    click("4", "Show all"),
)


def site(*on_save: Effect) -> FakeSite:
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Groups"), *LINKS, LIST),
            "new": screen("New group", heading("New group"), textbox("Name"), button("Save", *on_save)),
            "error": screen("Error", heading("Server error"), words("Group Editors could not be added")),
            "all": screen("All groups", heading("All groups"), LIST),
        },
    )  # fmt: skip


def drive(folder: Path, *on_save: Effect, server: Server | None = None) -> tuple[Run, Fake]:
    env = Fake(site(*on_save), server=server)
    return agent(env, STEPS, folder).run(GOAL, ASKED), env


def test_what_has_happened_is_seen_and_the_run_goes_on(tmp_path: Path) -> None:
    run, env = drive(tmp_path, Saves("group", then=Goes("error")))
    assert (run.outcome, len(env.saved)) == (Outcome.REACHED, 1)
    tries = [done for done in run.done if done.step.id == "3"]
    assert [(done.dispatched, done.verdict.holds) for done in tries] == [(True, False), (False, True)]
    assert "it had happened" in tries[1].verdict.why
    kept, _ = agent(env, STEPS, tmp_path).journal.load(run.id)
    assert [done.step.id for done in kept.done] == [done.step.id for done in run.done]


def test_what_the_server_said_to_it_does_not_count_then(tmp_path: Path) -> None:
    refused = Sends(method="POST", status=500, otherwise=(Saves("group"), Goes("error")))
    run, env = drive(tmp_path, refused)
    assert (run.outcome, len(env.saved)) == (Outcome.REACHED, 1), run.why


def test_what_is_not_seen_stays_unclear_and_is_not_done_again(tmp_path: Path) -> None:
    run, env = drive(tmp_path, Goes("error"))
    assert run.outcome is Outcome.UNCLEAR
    assert "no screen on the way shows that it has happened" in run.why
    assert env.saved == []
    assert env.story.count('click button "Save"') == 1
    assert [done.step.id for done in run.done] == ["1", "2", "3"]


@pytest.mark.parametrize("effect", [Goes("error"), Saves("group", then=Goes("error"))], ids=["lost", "stored"])
def test_what_showed_before_proves_nothing(tmp_path: Path, effect: Effect) -> None:
    server = Server()
    server.keep(Record("group", {"Name": "Editors"}, 0.0))
    run, _ = drive(tmp_path, effect, server=server)
    assert run.outcome is Outcome.UNCLEAR
