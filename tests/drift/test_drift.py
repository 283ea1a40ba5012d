"""A sample of the drift benchmark with its thresholds, and that it does what it says. All: `cua bench drift`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from cua.bench import drift, figures
from cua.bench.figures import Case, Outcome, Truth, judged
from cua.bench.ride import targets
from envs.browser import Browser, BrowserOptions
from envs.browser.drift import KINDS, STRENGTHS, Drift
from envs.errors import Unavailable
from envs.geometry import Box
from envs.observation import Element, Observation
from tests.drift import pages
from tests.names import packages
from tests.names.corpus import Site

PAGES = Path(__file__).resolve().parent.parent / "names" / "pages"
SAMPLE = ("apg-tabs", "apg-toolbar")


DOCUMENT = """() => JSON.stringify([...document.querySelectorAll('*')].map((el) => [
  el.localName,
  [...el.attributes].map((a) => [a.name, a.value]).sort(),
  [...el.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data),
]))"""
"""All of it, but for the order of attributes."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with packages.folder(PAGES) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    one = Browser()
    yield one
    one.close()


def shown(browser: Browser, url: str) -> Observation:
    browser.options = BrowserOptions(url=url)
    return browser.reset()


def test_the_sample_keeps_the_thresholds(browser: Browser, site: str) -> None:
    def load(name: str) -> Callable[[Browser], Observation]:
        return lambda browser: shown(browser, f"{site}/{name}.html")

    def source(_: Browser, wanted: Callable[[str], bool], __: Callable[[str], None]) -> Iterator[drift.Visit]:
        yield from (drift.Visit("own", name, load(name)) for name in SAMPLE if wanted(name))

    said: list[str] = []
    plan = drift.Plan(most=5, strengths=(2,))
    cases = drift.run(browser, source, said.append, wanted=lambda name: name in SAMPLE, plan=plan)
    whole, combined, duplicates, _ = figures.totals(cases)
    assert [line for line in said if not line.endswith("cases")] == []
    assert whole.there > 80
    assert whole.gone >= 15
    assert whole.right >= 0.88, figures.table(cases)
    assert max(whole.wrong, combined.wrong, duplicates.wrong) <= 0.01, figures.table(cases)
    assert whole.acted <= 0.01, figures.table(cases)


def test_every_change_changes_the_page_and_is_taken_back(browser: Browser, site: str) -> None:
    before = shown(browser, f"{site}/apg-grid.html")
    page = browser.active.page
    refs = [element.ref for element in targets(before, 4, 1)]
    source, changing = page.evaluate(DOCUMENT), Drift(browser)
    for kind, strength in product(KINDS, STRENGTHS):
        drifted = changing.mutate(kind, strength, 7, refs, refs)
        now = page.evaluate(DOCUMENT)
        assert all(ref not in now for ref in refs), "no mark is left in the document"
        assert now != source or strength < 3 or kind == "viewport", kind
        if kind in {"remove", "decoy"}:
            assert [drifted.now[ref] for ref in drifted.chosen] == [None] * len(drifted.chosen), kind
        elif kind not in {"tags", "combined"}:
            assert [drifted.now[ref] for ref in refs] == refs, kind
        changing.undo()
        assert page.evaluate(DOCUMENT) == source, kind


def test_the_same_seed_makes_the_same_change_and_another_one_another(browser: Browser, site: str) -> None:
    made = []
    for seed in (1, 1, 2):
        before = shown(browser, f"{site}/apg-toolbar.html")
        refs = [element.ref for element in targets(before, 4, 1)]
        Drift(browser).mutate("combined", 3, seed, refs, refs)
        made.append(browser.active.page.content())
    assert made[0] == made[1] != made[2]


LINK = Element("1", "link", "Orders", Box(0, 0, 50, 20), attributes={"href": "/orders/"})
TWIN = Element("2", "link", "Orders", Box(0, 90, 50, 20), attributes={"href": "/orders/"})
OTHER = Element("3", "link", "Reports", Box(0, 50, 50, 20), attributes={"href": "/reports/"})


@pytest.mark.parametrize(
    ("now", "chosen", "gone", "truth", "outcome"),
    [
        (LINK, LINK, False, Truth.THERE, Outcome.RIGHT),
        (LINK, OTHER, False, Truth.THERE, Outcome.WRONG),
        (LINK, TWIN, False, Truth.THERE, Outcome.TWIN),
        (LINK, None, False, Truth.THERE, Outcome.ABSTAINED),
        (None, OTHER, True, Truth.GONE, Outcome.ACTED),
        (None, None, True, Truth.GONE, Outcome.REFUSED),
        (None, OTHER, False, Truth.UNSEEN, Outcome.ACTED),
    ],
)
def test_what_was_chosen_is_judged_by_what_the_target_has_become(
    now: Element | None, chosen: Element | None, gone: bool, truth: Truth, outcome: Outcome
) -> None:
    assert judged(LINK, now, chosen, gone=gone) == (truth, outcome)


def test_figures_count_those_there_and_those_gone_apart() -> None:
    cases = [
        Case("p", "ids", 1, "a", Truth.THERE, Outcome.RIGHT),
        Case("p", "ids", 1, "b", Truth.THERE, Outcome.TWIN),
        Case("p", "ids", 1, "c", Truth.THERE, Outcome.WRONG),
        Case("p", "ids", 1, "d", Truth.THERE, Outcome.ABSTAINED),
        Case("p", "decoy", 1, "a", Truth.GONE, Outcome.ACTED),
        Case("p", "decoy", 1, "b", Truth.GONE, Outcome.REFUSED),
    ]
    whole = figures.totals(cases)[0]
    assert (whole.there, whole.right, whole.wrong, whole.abstained) == (4, 0.5, 0.25, 0.25)
    assert (whole.gone, whole.acted) == (2, 0.5)
    assert "| decoy 1 | 0 | – | – | – | 2 | 50.0% |" in figures.table(cases)
    assert figures.as_data(cases)["misses"] == [
        {"page": "p", "change": "ids 1", "target": "c", "outcome": "wrong"},
        {"page": "p", "change": "decoy 1", "target": "a", "outcome": "acted"},
    ]


def test_without_the_checkout_it_says_where_the_pages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drift, "PAGES", "tests.drift.nowhere")
    with pytest.raises(Unavailable, match="in the source checkout"):
        drift.from_checkout(held=False)


def test_pages_held_out_are_no_pages_of_development() -> None:
    def names(sites: tuple[Site, ...]) -> set[tuple[str, str]]:
        return {
            (site.serve.__name__ if site.group == "npm" else site.name, page.name)
            for site in sites
            for page in site.pages
        }

    assert len(names(pages.DEVELOPMENT)) + len(names(pages.HELD)) > 60
    assert not names(pages.DEVELOPMENT) & names(pages.HELD)
