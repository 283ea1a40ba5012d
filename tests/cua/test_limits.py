"""When a run has gone on for too long, or goes in a circle."""

from __future__ import annotations

import pytest

from cua.errors import LimitReached
from cua.goal import Goal
from cua.limits import Limits
from cua.run import Done, Run
from cua.verdict import Verdict
from tests.cua.world import click


def went(*scenes: tuple[str, str, str]) -> Run:
    """A run of clicks: what was clicked, and the pictures before and after."""
    run = Run("r", Goal("go on"))
    for number, (what, before, after) in enumerate(scenes):
        run = run.add(Done(click(str(number), what), Verdict.yes("so"), dispatched=True, pictures=(before, after)))
    return run


ROUND = (("Next", "a", "b"), ("Back", "b", "a"))


def test_a_planner_that_goes_in_a_circle_is_stopped_with_the_circle_in_words() -> None:
    Limits(circles=3).check(went(*ROUND * 3))
    with pytest.raises(LimitReached, match='circle, 3 times now: click "Next", then click "Back"'):
        Limits(circles=3).check(went(*ROUND * 4))


def test_a_circle_that_is_meant_is_none() -> None:
    Limits().check(went(*ROUND * 50))


def test_the_same_act_on_other_screens_is_no_circle() -> None:
    Limits(circles=3).check(went(*(("Next", str(n), str(n + 1)) for n in range(40))))


def test_without_pictures_nothing_is_known_of_circles() -> None:
    Limits(circles=1).check(went(*(("Next", "", "") for _ in range(9))))
