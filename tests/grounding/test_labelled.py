"""Targets in words on pages in a real browser: what is found is what was meant, and what is not there is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from envs.action import Open
from envs.browser import Browser, BrowserOptions
from envs.observation import Element, Observation
from grounding import Grounder
from tests.grounding.labelled import CASES
from tests.grounding.reference import SlowStructure

PAGES = Path(__file__).parent / "pages"
KEY = "k-"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    world = Browser(BrowserOptions(url=(PAGES / "layout.html").as_uri()))
    world.reset()
    yield world
    world.close()


def unlabelled(seen: Observation) -> tuple[Observation, dict[str, str]]:
    """The observation without the ids that say the right answers, and these by ref."""
    keys: dict[str, str] = {}
    elements: list[Element] = []
    for element in seen.elements:
        own = element.attributes.get("id", "")
        if own.startswith(KEY):
            keys[element.ref] = own.removeprefix(KEY)
            element = replace(element, attributes={k: v for k, v in element.attributes.items() if k != "id"})
        elements.append(element)
    return replace(seen, elements=tuple(elements)), keys


@pytest.mark.parametrize("page", CASES)
def test_what_is_found_is_what_was_meant(browser: Browser, page: str) -> None:
    browser.act(Open((PAGES / f"{page}.html").as_uri()))
    seen, keys = unlabelled(browser.settle(timeout=5))
    fast, slow = Grounder(), Grounder([SlowStructure()])
    otherwise: list[str] = []
    for words, action, wanted in CASES[page]:
        answer = fast.ground(words, seen, action)
        best = answer.best if answer.sure else None
        got = keys.get(best.element.ref, str(best.element)) if best else None
        if got != wanted:
            otherwise.append(f"{words!r} should be {wanted}, is {got}: {answer.why_not or (best and best.why)}")
        assert [(c.element.ref, c.confidence) for c in slow.ground(words, seen, action).candidates] == [
            (c.element.ref, c.confidence) for c in answer.candidates
        ], words
    assert not otherwise, "\n".join(otherwise)
