"""Nothing but what was meant is clicked, whatever a page does: a part of the torture set at each gate.

`CUA_TORTURE=1000 pytest tests/e2e/test_torture.py` rides 1,000 pages; `python -m tests.e2e.torture` tells more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from envs.browser import Browser
from tests.e2e.liar import Liar
from tests.e2e.torture.pages import page
from tests.e2e.torture.ride import ride
from tests.e2e.torture.troubles import Due

pytestmark = pytest.mark.slow

RUNS = int(os.environ.get("CUA_TORTURE", "40"))
SLICE = 10
"""Pages a test: small enough for the time that a test may take."""


@pytest.fixture(scope="module")
def ready() -> Iterator[Browser]:
    browser = Browser()
    browser.reset()
    yield browser
    browser.close()


@pytest.mark.parametrize("start", range(0, RUNS, SLICE))
def test_what_is_clicked_is_what_was_meant(ready: Browser, start: int) -> None:
    with Liar() as liar, Liar() as second:
        rides = [ride(ready, liar, second, page(seed)) for seed in range(start, min(start + SLICE, RUNS))]
    wrong = [str(one) for one in rides if one.verdict in ("wrong", "missed")]
    assert not wrong, "\n".join(wrong)
    due = [one for one in rides if one.page.due is Due.CLICK]
    refused = [str(one) for one in due if one.verdict != "right"]
    assert 2 * len(refused) <= len(due), "\n".join(
        refused
    )  # a refusal is safe; most pages that are in order are clicked


def test_the_same_seed_gives_the_same_page() -> None:
    assert [page(seed) for seed in range(200)] == [page(seed) for seed in range(200)]
    assert len({page(seed).parts for seed in range(200)}) > 190
