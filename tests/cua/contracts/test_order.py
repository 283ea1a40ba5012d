"""Rules of order, also for whoever goes on with a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cua import expect as ex
from cua.contract import Before, Eventually, Rule, Until
from cua.errors import Outcome
from cua.run import Run
from cua.step import Step
from envs.action import Reload
from envs.fake import Fake, Goes, Later, Saves, Shows, button, heading, link, screen, textbox
from envs.fake import text as words
from tests.cua.contracts.world import FORM, GROUPS, NAMED, SAVE, TERMS, again, drive, goal
from tests.cua.world import ASKED, agent, click, doing, groups, typing


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
