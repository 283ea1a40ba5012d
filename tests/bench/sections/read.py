"""Reading a page: ours, Playwright's snapshot for models, and browser-use's, on the same generated page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Page

from envs.browser import Browser, BrowserOptions
from envs.parts import Elements
from tests.bench.pages import served
from tests.bench.rival import VERSION, BrowserUse, Missing, browser_use
from tests.bench.rounds import Times, interleaved, timed
from tests.bench.table import Table, times

NAME = "read"
ABOUT = "Reading a page (40% of its elements interactive) until it is usable in Python: fresh documents, one change."
SIZES = (100, 1_000, 10_000, 50_000)
SNAPSHOT_UP_TO, BROWSER_USE_UP_TO = 10_000, 10_000
"""Larger pages take them minutes."""
CHANGES: dict[str, str | Callable[[Page], object]] = {
    "a button's text": "document.getElementById('open-3').textContent += '!'",
    "an attribute": "document.getElementById('open-3').setAttribute('aria-label', 'Open ' + performance.now())",
    "a value set by script": "document.getElementById('note-3').value = 'at ' + performance.now()",
    "a class toggled": "document.getElementById('card-3').classList.toggle('late')",
    "a card inserted in the middle": """(() => { const all = document.querySelectorAll('.card');
        const at = all[all.length >> 1]; at.before(at.cloneNode(true)) })()""",
    "a card removed": "(all => all[all.length >> 1].remove())(document.querySelectorAll('.card'))",
    "a check box ticked by a click": lambda page: page.locator("#choose-2").click(),
    "the window scrolled by 300 px": "scrollBy({top: scrollY > 300 ? -300 : 300, behavior: 'instant'})",
    "the pointer over another card": lambda page: page.mouse.move(300, 300 if _turn(page) else 100),
    "nothing": "0",
}
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def run(quick: bool) -> Sequence[Table]:
    sizes = (100,) if quick else SIZES
    firsts: dict[int, _First] = {}
    after: dict[str, dict[int, dict[str, Times]]] = {"used": {}, "made": {}}
    notes: list[str] = []
    with served() as url, _rival(quick, notes) as rival:
        for size in sizes:
            rounds = 2 if quick else 5 if size >= 10_000 else 10
            with _Reader(f"{url}{size}") as reader:
                firsts[size] = _first(reader, size, rival, rounds)
                after["used"][size] = _after(reader, reader.used, rounds)
                after["made"][size] = _after(reader, reader.made, rounds)
    return (_firsts(firsts, notes), *(_changes(how, firsts, after[how]) for how in after))


# ── what is measured ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Reader:
    """Our browser at a page, and a plain page of Playwright's in the same browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.browser = Browser(BrowserOptions(url=url))

    def __enter__(self) -> _Reader:
        self.browser.reset()
        chromium = self.browser.active.page.context.browser
        assert chromium is not None
        self.plain = chromium.new_context(viewport=self.browser.active.page.viewport_size).new_page()
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()

    def fresh(self, page: Page) -> None:
        """Another document of the same page, laid out and painted."""
        page.goto(self.url)
        page.evaluate(PAINTED)

    def first(self, read: Callable[[], object]) -> float:
        self.fresh(self.browser.active.page)
        return timed(read)

    def used(self) -> None:
        """Look, and ask for one element in the middle: they are made when they are asked for."""
        elements = self._look()
        part = elements.parts[len(elements.parts) // 2]
        assert elements.get(part.elements[0].ref) is part.elements[0]

    def made(self) -> None:
        """Look, and have an object for every element: those of parts that have not changed are there already."""
        for part in self._look().parts:
            part.elements  # noqa: B018 - they are made by being asked for

    def _look(self) -> Elements:
        elements = self.browser.observe().elements
        assert isinstance(elements, Elements)
        return elements

    def snapshot(self) -> float:
        self.fresh(self.plain)
        return timed(lambda: self.plain.aria_snapshot(mode="ai", timeout=0))

    def changed(self, change: str | Callable[[Page], object], read: Callable[[], object]) -> float:
        page = self.browser.active.page
        if callable(change):
            change(page)
        else:
            page.evaluate(change)
        page.evaluate(PAINTED)
        return timed(read)


@dataclass(slots=True)
class _First:
    times: dict[str, Times] = field(default_factory=dict)


def _first(reader: _Reader, size: int, rival: BrowserUse | None, rounds: int) -> _First:
    contenders: dict[str, Callable[[], float]] = {
        "used": partial(reader.first, reader.used),
        "made": partial(reader.first, reader.made),
    }
    if size <= SNAPSHOT_UP_TO:
        contenders["snapshot"] = reader.snapshot
    if rival is not None and size <= BROWSER_USE_UP_TO:

        def other() -> float:
            rival.open(reader.url)
            return rival.read()

        contenders["browser-use"] = other
    for once in contenders.values():
        once()  # code is compiled, fonts are loaded
    return _First(interleaved(contenders, rounds))


def _after(reader: _Reader, read: Callable[[], object], rounds: int) -> dict[str, Times]:
    reader.fresh(reader.browser.active.page)
    reader.made()
    kinds = {name: partial(reader.changed, change, read) for name, change in CHANGES.items()}
    for once in kinds.values():
        once()
    return interleaved(kinds, rounds)


def _turn(page: Page) -> bool:
    """Every other time."""
    return bool(page.evaluate("window.turn = !window.turn"))


@contextmanager
def _rival(quick: bool, notes: list[str]) -> Iterator[BrowserUse | None]:
    with ExitStack() as stack:
        if quick:
            yield None
            return
        try:
            rival = stack.enter_context(browser_use((1280, 800)))
        except Missing as why:
            notes.append(f"browser-use is left out: {why}")
            yield None
            return
        yield rival


# ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _firsts(firsts: Mapping[int, _First], notes: Sequence[str]) -> Table:
    rows = []
    for size, first in firsts.items():
        used, made = first.times["used"], first.times["made"]
        row: list[str] = [f"{size:,}", used.said(), made.said()]
        for other in ("snapshot", "browser-use"):
            rival = first.times.get(other)
            row += [rival.said() if rival else "–", times(made.median / rival.median) if rival else "–"]
        rows.append(tuple(row))
    return Table(
        (
            "elements",
            "ours: the look, one element asked for",
            "ours, every element made",
            "Playwright aria_snapshot (ai)",
            "ours / it",
            "browser-use DomService",
            "ours / it",
        ),
        rows,
        "First read of a fresh document: ms, median (min)",
        (
            "Ratios are those of the column with every element made. Targets at 10,000: 1/15 and 1/100.",
            f"browser-use {VERSION} in a Chromium of its own, with its defaults: it reads what lies within 1,000 px of "
            "the viewport. Its text for a model is not counted.",
            *notes,
        ),
    )


TARGETS = "Targets: 1/20 of the first read (in the same manner); at 50,000 at most 2 x that at 1,000."
READ = {"used": "the look, one element asked for", "made": "every element made"}


def _changes(how: str, firsts: Mapping[int, _First], after: Mapping[int, Mapping[str, Times]]) -> Table:
    sizes = list(after)
    head = ["one change", *(f"{size:,}" for size in sizes), *(f"of the first, {size:,}" for size in sizes)]
    compared = 1_000 in after and 50_000 in after
    rows = []
    for kind in CHANGES:
        ratios = [times(after[size][kind].median / firsts[size].times[how].median) for size in sizes]
        row = [kind, *(after[size][kind].said() for size in sizes), *ratios]
        if compared:
            row.append(f"{after[50_000][kind].median / after[1_000][kind].median:.1f} x")
        rows.append(tuple(row))
    return Table(
        (*head, "50,000 / 1,000") if compared else tuple(head),
        rows,
        f"Read after one change, {READ[how]}: ms, median (min)",
        (TARGETS,) if compared else (),
    )
