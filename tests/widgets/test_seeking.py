"""Rows that a list draws only when it is scrolled to are found by the whole agent, in lists that we did not write:
Tabulator, AG Grid, clusterize.js, Vaadin's list and grid; and in one of our own, beside a feed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.goal import Goal
from cua.journal import Request
from cua.run import Done
from cua.seeking import Seeking
from cua.step import Step
from envs.action import Click
from envs.browser import BrowserOptions
from envs.clock import SystemClock
from grounding.grounder import Grounder
from grounding.parse import parse
from tests.cua.world import Line
from tests.e2e.driver import agent
from tests.widgets.conftest import Bench


def click(bench: Bench, page: str, what: str, folder: Path, *, timeout: float = 10.0, commit: bool = False) -> Done:
    """Have the agent click it; what became of that."""
    bench.browser.options = BrowserOptions(url=f"{bench.url}/{page}.html")
    step = Step("1", Click(), f"click {what}", parse(what), timeout=timeout, commit=commit)
    one = agent(bench.browser, [step], folder)
    one.planner = Line((step,), tries=0)
    run = one.run(Goal(f"click {what}"), Request("test", bench.url))
    one.journal.close()
    return run.done[0]


@pytest.mark.parametrize(
    ("page", "what", "name", "happened"),
    [
        ("tabulator", "Person 412", "Person 412", None),
        ("aggrid", "Lima in the row of Person 200", "Lima", None),
        ("clusterize", "Row 900", "Row 900", "row 900"),
        ("vaadingrid", "Item 300", "Item 300", "item Item 300"),
        ("vaadingrid", "checkbox in the row of Person 150", "Select Row 150", "grid Person 150"),
        ("feed", "Person 120", "Person 120", "person 120"),
        ("feed", "Read story 31", "Read story 31", "read 31"),
    ],
)
def test_what_is_far_down_is_scrolled_to(
    bench: Bench, tmp_path: Path, page: str, what: str, name: str, happened: str | None
) -> None:
    done = click(bench, page, what, tmp_path)
    assert done.dispatched, done.verdict.why
    assert [note for note in done.notes if note.startswith("found by scrolling")], done.notes
    assert done.found is not None
    assert done.found.name == name
    if happened is None:
        assert done.proved, done.verdict.why
    else:
        assert bench.happened == [happened]


def test_a_column_that_is_not_drawn(bench: Bench) -> None:
    bench.open("aggrid", "Boolean(window.grid.setGridOption)")
    bench.js(
        "grid.setGridOption('columnDefs', [...Array(60)].map((_, n) => ({ headerName: `Column ${n}`, width: 120 })))"
    )
    grounder, wanted = Grounder(), parse("Column 50")
    seeking = Seeking(bench.browser, grounder, wanted, Click(), SystemClock(), lambda now: now, whole=False)
    now = seeking.wait(bench.settle(), lambda now: grounder.ground(wanted, now, Click()).sure, 15)
    assert grounder.ground(wanted, now, Click()).sure
    assert seeking.note.startswith("found by scrolling the grid sideways")


def test_what_is_nowhere_is_refused_and_everything_put_back(bench: Bench, tmp_path: Path) -> None:
    done = click(bench, "feed", "Nothing of the kind", tmp_path, timeout=5)
    assert not done.dispatched
    assert 'not found either by scrolling the region "People"' in done.verdict.why
    assert bench.js("[...document.querySelectorAll('*')].every((el) => el.scrollTop === 0)")


def test_two_of_one_name_that_are_never_drawn_together(bench: Bench, tmp_path: Path) -> None:
    done = click(bench, "feed", "Anna Smith", tmp_path, commit=True, timeout=40)
    assert done.verdict.why.startswith('2 elements fit "Anna Smith"'), done.verdict.why
    assert bench.happened == []
