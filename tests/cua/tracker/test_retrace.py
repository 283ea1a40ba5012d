"""Which steps lead again from how a page begins to the last proved state on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.goal import Goal
from cua.run import Done, Effect, Run
from cua.step import Step
from cua.tracker.retrace import since
from cua.verdict import Verdict
from envs.action import Action, Click, Select, Type, Upload

PAGE = "http://shop/items/17"


def done(
    number: str, after: str, action: Action | None = None, *, url: str = PAGE, commit: bool = False, wrote: bool = False
) -> Done:
    step = Step(number, action or Click(), f"step {number}", commit=commit)
    effects = (Effect("write", f"POST {url} answered 200"),) if wrote else ()
    return Done(step, Verdict.yes("so"), dispatched=True, after=after, url=url, effects=effects)


def run(*steps: Done) -> Run:
    return Run("r", Goal("delete it"), steps)


CAME = done("1", "item")


def test_what_was_opened_on_a_page_is_opened_again() -> None:
    went = run(CAME, done("2", "menu"), done("3", "dialog"))
    assert since(went, "item", PAGE) == ("2", "3")
    assert since(went, "menu", PAGE) == ("3",)


def test_fields_are_filled_in_again() -> None:
    went = run(CAME, done("2", "form"), done("3", "form", Type("five")), done("4", "form", Select("Blue")))
    assert since(went, "item", PAGE) == ("2", "3", "4")


def test_where_it_is_already_nothing_is_done_again() -> None:
    assert since(run(CAME), "item", PAGE) == ()


@pytest.mark.parametrize(
    "between",
    [
        done("2", "dialog", commit=True),
        done("2", "dialog", wrote=True),
        done("2", "dialog", Upload((Path("a.txt"),))),
        done("2", "dialog", url="http://shop/items/18"),
    ],
    ids=["a commit", "a write", "an upload", "another page"],
)
def test_what_may_have_stored_something_is_not(between: Done) -> None:
    assert since(run(CAME, between, done("3", "list")), "item", PAGE) == ()


def test_a_page_that_no_step_has_led_to_is_no_beginning() -> None:
    assert since(run(CAME, done("2", "dialog")), "start", PAGE) == ()
