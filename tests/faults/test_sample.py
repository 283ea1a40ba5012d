"""A small part of `python -m tests.faults` at each gate: every task under something that only disturbs, and writes that
go wrong on the way to the server and back."""

from __future__ import annotations

import pytest

from tasks.faulty.oracle import WISHES
from tests.faults.ride import Cell, ride

pytestmark = pytest.mark.slow

DISTURBED = (
    Cell("auto-format", "book-transfer"),
    Cell("ticker", "attach-file", time=3),
    Cell("shuffled-list", "restock-two", time=2),
    Cell("feed", "copy-amount", time=2),
    Cell("hydration", "mark-fragile"),
)
"""The goal has to be reached, as if nothing had been."""

DOUBTFUL = (
    Cell("error-after-commit", "change-settings"),
    Cell("drop-after-commit", "book-transfer"),
)
"""Whatever comes of it: nothing that is not so is believed, nothing is stored twice, what was written is told."""


MENDED = (
    Cell("maintenance", "add-item", time=3),
    Cell("cookie-banner", "change-settings", time=2),
    Cell("error-before-commit", "edit-item"),
    Cell("rate-limit", "delete-item"),
    Cell("session-expires", "pay-invoice", time=3),
)
"""What failed is mended, and the goal reached."""


@pytest.mark.parametrize("cell", MENDED, ids=str)
def test_what_failed_is_mended(cell: Cell) -> None:
    ridden, _ = ride(cell)
    assert ridden.fired
    assert ridden.recovered, ridden
    assert ridden.stored == 1


@pytest.mark.parametrize("cell", DISTURBED, ids=str)
def test_a_task_is_done_all_the_same(cell: Cell) -> None:
    ridden, _ = ride(cell)
    assert ridden.fired
    assert ridden.recovered, ridden
    assert ridden.stored == (2 if cell.task == "restock-two" else 1)


@pytest.mark.parametrize("cell", DOUBTFUL, ids=str)
def test_a_write_that_went_wrong_is_no_success_and_no_second_write(cell: Cell) -> None:
    ridden, _ = ride(cell)
    assert ridden.fired
    assert ridden.noticed, ridden
    assert not ridden.false_success, ridden
    assert not ridden.twice, ridden
    assert ridden.true_effects, f"{ridden}: {ridden.untold} {ridden.untrue}"


def test_every_task_is_among_them() -> None:
    assert {cell.task for cell in (*DISTURBED, *MENDED)} == set(WISHES)
