"""The suite `drift`: are recorded targets found again after a page has changed, and refused where they are gone?

Resolution alone: nothing is acted on. Pages come from the source checkout (`tests/drift/pages.py`) or from an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from cua.bench.figures import Case, judged
from cua.bench.ride import Look, Restless, looks, targets
from cua.bench.rivals import Rivals
from envs.browser import Browser, BrowserOptions
from envs.browser.drift import AT_TARGETS, PAGE_WIDE, STRENGTHS
from envs.errors import CuaError, Unavailable
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding import Anchor, anchor, resolve

MOST = 8
"""Targets of a page, so that no page outweighs the others."""
ANCHOR = "anchor"
"""Who is measured, beside the rivals."""
PAGES = "tests.drift.pages"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured on each page: so many targets at most, these changes; `rivals`: other tools, too."""

    most: int = MOST
    kinds: Sequence[str] = PAGE_WIDE + AT_TARGETS
    strengths: Sequence[int] = STRENGTHS
    rivals: bool = False


WHOLE = Plan()


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to measure on. `load` loads it (anew) and waits until it is there; raises CuaError."""

    site: str
    page: str
    load: Callable[[Browser], Observation]

    @property
    def name(self) -> str:
        return f"{self.site}: {self.page}"


Source = Callable[[Browser, Callable[[str], bool], Callable[[str], None]], Iterator[Visit]]
"""Pages one after the other, their servers up while they are asked for: those that a filter lets through; what is
left out is told."""


def at(url: str) -> Source:
    """The one page at an address. Raises Unavailable."""

    def load(browser: Browser) -> Observation:
        browser.options = BrowserOptions(url=url, origins=browser.options.origins)
        return browser.reset()

    def source(_: Browser, wanted: Callable[[str], bool], __: Callable[[str], None]) -> Iterator[Visit]:
        yield Visit("page", url, load)

    return source


def from_checkout(*, held: bool) -> Source:
    """The pages of the source checkout. Raises Unavailable where this is none."""
    try:
        pages = import_module(PAGES)
    except ModuleNotFoundError as missing:
        raise Unavailable(
            "the pages of this suite are in the source checkout, and are not installed: "
            f"run it from there (python -m cua bench drift), or give --url ({missing})"
        ) from missing
    source: Source = pages.held if held else pages.development
    return source


def run(
    browser: Browser,
    source: Source,
    tell: Callable[[str], None],
    *,
    wanted: Callable[[str], bool] = lambda _: True,
    seeds: int = 1,
    plan: Plan = WHOLE,
) -> list[Case]:
    """All cases of all pages. A page that cannot be measured (to the end) is told, and those cases count that were."""
    cases: list[Case] = []
    for visit in source(browser, wanted, tell):
        before = len(cases)
        for seed in range(1, seeds + 1):
            try:
                for case in ride(browser, visit, seed, plan):
                    cases.append(case)  # noqa: PERF402 - what was measured before an error counts
            except (Restless, CuaError) as why:
                tell(f"{visit.name}: not to the end: {why}")
        tell(f"{visit.name}: {len(cases) - before} cases")
    return cases


def ride(browser: Browser, visit: Visit, seed: int, plan: Plan = WHOLE) -> Iterator[Case]:
    """Record the targets of one page, change it in every way, look for them. Raises Restless, CuaError."""
    pristine = visit.load(browser)
    chosen = targets(pristine, plan.most, seed)
    if not chosen:
        return
    anchors = [Anchor.from_data(anchor(element, pristine).as_data()) for element in chosen]
    others = Rivals(browser, chosen, pristine) if plan.rivals else None
    for look in looks(browser, chosen, seed, lambda: visit.load(browser), plan.kinds, plan.strengths):
        for number, found in enumerate(anchors):
            if number in look.truth:
                grounding = resolve(found, look.observation)
                best = grounding.best.element if grounding.sure and grounding.best is not None else None
                yield _case(visit, look, number, chosen[number], best, ANCHOR)
        for number, answers in enumerate(others.find(look.observation) if others is not None else ()):
            if number in look.truth:
                for by, ref in answers.items():
                    yield _case(visit, look, number, chosen[number], _at(look.observation, ref), by)


def _case(visit: Visit, look: Look, number: int, was: Element, best: Element | None, by: str) -> Case:
    ref = look.truth[number]
    now = look.observation.get(ref) if ref is not None else None
    truth, outcome = judged(was, now, best, gone=ref is None)
    return Case(visit.name, look.kind, look.strength, str(was), truth, outcome, by)


def _at(observation: Observation, ref: str | None) -> Element | None:
    """What a rival found; what is not read as an element is something else in any case."""
    if ref is None:
        return None
    return observation.get(ref) or Element(ref, "generic", "", Box(0, 0, 0, 0))
