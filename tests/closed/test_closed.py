"""A small part of `python -m tests.closed` at each gate: a way that is closed, and a record that is not the one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.closed.cases import TASKS, Case, came, cases, learned
from tests.closed.office import KINDS, Office, opened

pytestmark = pytest.mark.slow

KNOWN = {task.name: task for task in TASKS}


@pytest.fixture
def office() -> Iterator[Office]:
    with opened() as running:
        yield running


@pytest.mark.parametrize(
    "case",
    [Case(KNOWN["tab"], "gone"), Case(KNOWN["row"], "gone", trap="another record")],
    ids=str,
)
def test_a_closed_way_has_another_one_to_the_same_and_to_nothing_else(
    case: Case, office: Office, tmp_path: Path
) -> None:
    learned(office, case.task, tmp_path / "known")
    one = came(office, case, tmp_path / "known", tmp_path / "runs")
    assert one.reached is (not case.trap), one
    assert not one.false_success, one
    assert any("another way" in done.verdict.why for done in one.run.done) is (not case.trap)


def test_every_kind_is_among_the_cases() -> None:
    assert {case.kind for case in cases()} == set(KINDS)
    assert sum(not case.trap for case in cases()) >= 20


def test_the_office_closes_one_way_and_no_other(office: Office) -> None:
    whole = {path: office.html(path) for path in ("/", "/all", "/projects", "/projects/17", "/people", "/reports")}
    for task in TASKS:
        for kind in task.kinds:
            office.closed = (*task.closed, kind)
            changed = {path for path, html in whole.items() if office.html(path) != html}
            assert changed == {task.closed[0]}, (task.name, kind)
