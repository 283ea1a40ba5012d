"""What has to hold before a step: it is waited for, and the step is not done without it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.policy import Grants
from envs.fake import Fake, Goes, Hides, Later, Shows, link
from envs.fake import text as words
from grounding.target import Target
from tests.cua.contracts.world import ADD, READY, SAVE, drive, page, sent
from tests.cua.world import ORIGIN, click, groups


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
