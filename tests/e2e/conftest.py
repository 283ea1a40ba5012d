"""One browser a module, one lying server a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from envs.browser import Browser
from tests.e2e.liar import Liar


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser that may go anywhere; every reset gives a fresh tab without cookies."""
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture
def liar() -> Iterator[Liar]:
    with Liar() as liar:
        yield liar
