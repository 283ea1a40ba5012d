"""How a run under a fault is judged: by the books, never by what the run says of itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from cua.errors import Outcome
from cua.goal import Goal
from cua.run import Done, Effect, Run
from cua.step import Step
from cua.verdict import Verdict
from envs.action import Click
from tests.faults.ride import Cell, Ride, cells, effects
from tests.faults.table import plain, table

REACHED = Ride(
    cell=Cell("error-after-commit", "pay-invoice"),
    outcome="reached",
    why="",
    fired=True,
    wrong="",
    stored=1,
    twice=0,
    late=0,
    untold=(),
    untrue=(),
    seconds=1.0,
    steps=8,
    rollbacks=0,
)


@pytest.mark.parametrize(
    ("ridden", "word", "noticed"),
    [
        (REACHED, "recovered", True),
        (replace(REACHED, wrong="Nobody asked for it."), "FALSE SUCCESS", False),
        (replace(REACHED, twice=1), "FALSE SUCCESS", False),
        (replace(REACHED, outcome="unclear"), "unclear", True),
        (replace(REACHED, outcome="unclear", late=1), "unclear", True),
        (replace(REACHED, outcome="not_reached"), "invites a second run", True),
        (replace(REACHED, outcome="not_reached", stored=0), "not_reached", True),
        (replace(REACHED, outcome="bug"), "bug", False),
    ],
)
def test_what_became_of_it(ridden: Ride, word: str, noticed: bool) -> None:
    assert (ridden.word, ridden.noticed) == (word, noticed)


def run_with(*told: str, proved: bool = False, outcome: Outcome = Outcome.UNCLEAR) -> Run:
    did = tuple(Effect("write", one) for one in told)
    done = Done(Step("1", Click(), "click Save", commit=True), Verdict(proved, ""), dispatched=True, effects=did)
    return Run("r", Goal("try"), (done,), outcome=outcome)


def books_with(answer: int | str, stored: int) -> dict[str, Any]:
    return {"requests": [{"method": "POST", "path": "/items/new", "answer": answer, "stored": stored}]}


@pytest.mark.parametrize(
    ("told", "answer", "stored", "untold", "untrue"),
    [
        (["POST http://h/items/new answered 303"], 303, 1, (), ()),
        (["POST http://h/items/new without an answer"], "dropped", 1, (), ()),
        (["POST http://h/items/new answered 200"], "cut in half", 1, (), ()),
        ([], 303, 1, ("/items/new",), ()),
        ([], "pending", 1, ("/items/new",), ()),
        ([], 500, 0, (), ()),
        (["POST http://h/items/new answered 303"], 500, 0, (), ("/items/new 303",)),
        (["POST http://h/other answered 200"], 303, 1, ("/items/new",), ("/other 200",)),
    ],
)
def test_effects_are_held_against_the_books(
    told: list[str], answer: int | str, stored: int, untold: tuple[str, ...], untrue: tuple[str, ...]
) -> None:
    assert effects(run_with(*told), books_with(answer, stored)) == (untold, untrue)


def test_a_commit_that_was_proved_is_told_whether_the_goal_is_reached_or_not() -> None:
    told = "POST http://h/items/new answered 303"
    books = books_with(303, 1)
    for outcome in (Outcome.REACHED, Outcome.NOT_REACHED):
        assert effects(run_with(told, proved=True, outcome=outcome), books) == ((), ())


def test_a_cell_for_each_chance_and_none_where_there_is_none() -> None:
    chances = {"a": Counter({"late-dialog": 4}), "b": Counter({"error-after-commit": 1})}
    made = list(cells(["late-dialog", "error-after-commit"], ["a", "b"], range(20), chances))
    assert {(one.fault, one.task) for one in made} == {("late-dialog", "a"), ("error-after-commit", "b")}
    assert {one.time for one in made if one.task == "a"} == {1, 2, 3, 4}
    assert made == list(cells(["late-dialog", "error-after-commit"], ["a", "b"], range(20), chances))


def test_the_table_has_a_line_for_each_kind_and_counts_only_what_fired() -> None:
    rides = [REACHED, replace(REACHED, twice=1), replace(REACHED, outcome="unclear"), replace(REACHED, fired=False)]
    lines = table(rides).splitlines()
    assert lines[2].startswith("| error-after-commit | look | 3 | 67% | 33% | 1 | 1 | 100% |")
    assert lines[-1].startswith("| all |  | 3 |")
    assert len({line.count("|") for line in lines}) == 1


def test_reasons_of_one_kind_are_counted_together() -> None:
    one = plain('click "Save" was sent: POST /items/3/edit got no answer (net::ERR 1)')
    assert one == plain('click "Pay" was sent: POST /settings got no answer (net::ERR 27)')
