"""What is kept of a page and read again in parts says the same as a full reading, whatever the page does to itself.

CUA_UPSETS=10000 .venv/bin/pytest tests/envs/browser/test_incremental.py     the number of upsets, over all pages
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from envs.browser import Browser, BrowserOptions
from envs.browser.wire import MovedOn
from envs.observation import Observation
from tests.widgets import farm

HERE = Path(__file__).resolve().parent
TESTS = HERE.parents[1]
UPSET = (HERE / "upset.js").read_text(encoding="utf-8")
OWN = (
    "names/pages/apg-grid.html",
    "names/pages/apg-menubar.html",
    "names/pages/accname-content.html",
    "grounding/pages/layout.html",
)
FARM = (
    "shoelace", "tabulator", "jstree", "bootstrap", "fullcalendar", "tomselect", "jqueryui", "mui", "material",
    "aggrid", "flatpickr", "quill", "sortable", "vaadin",
)  # fmt: skip
COUNT = int(os.environ.get("CUA_UPSETS", "0"))
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

Row = tuple[object, ...]


def rows(seen: Observation) -> list[Row]:
    return [
        (
            e.ref, e.role, e.name, e.value, tuple(sorted(e.states)), e.parent, e.frame, e.origin,
            tuple(sorted(e.attributes.items())), e.box,
        )
        for e in seen.elements
    ]  # fmt: skip


class Ride:
    """One page that is upset again and again, read in parts and in full."""

    def __init__(self, url: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.browser = Browser(BrowserOptions(url=url))
        self.browser.reset()
        self.page = self.browser.active.page
        self.page.evaluate(UPSET)

    def upset(self) -> str:
        seed, count = self.random.randrange(1 << 30), self.random.choice((1, 1, 1, 2, 3))
        did = f"{self.page.evaluate(f'upset({seed}, {count})')} (upset({seed}, {count}))"
        if self.random.random() < 0.1:
            self.page.mouse.move(self.random.randrange(1200), self.random.randrange(700))
            did += ", the pointer"
        if self.random.random() < 0.02:
            self.page.set_viewport_size({"width": self.random.choice((800, 1000, 1280)), "height": 720})
            did += ", another size"
        return did

    def differences(self) -> list[Row]:
        """Rows of a full reading that the kept one does not have, and the other way round; [] where they are the same.

        A page that does something by itself meanwhile (an animation, a scroll taken back) is looked at again.
        """
        for _ in range(5):
            if self.random.random() < 0.7:
                self.page.evaluate(TWO_FRAMES)
            before = self._unrest()
            kept = rows(self.browser.observe())
            self._forget()
            full = rows(self.browser.observe())
            if kept == full:
                return []
            self._forget()
            if rows(self.browser.observe()) == full and before == self._unrest() and not before[0]:
                return sorted(set(full) ^ set(kept), key=str) or [("another order",)]
            self.page.evaluate(TWO_FRAMES)
        return []

    def spent(self) -> bool:
        """There is too much or too little left of the page."""
        return bool(self.page.evaluate("spent()")) or len(self.browser.observe().elements) < 8

    def renew(self) -> None:
        self.page.reload()
        self.page.evaluate(UPSET)

    def _unrest(self) -> tuple[int, float, int]:
        """What runs, where the window stands, and how often the page has changed."""
        world = self.browser.active.world
        running, y, changes = world.run(world.context(), "[cua.animated(), scrollY, cua.mutations]")
        return running, y, changes

    def _forget(self) -> None:
        for world in self.browser.active.worlds():
            for context in world.contexts():
                try:
                    world.run(context, "cua.forget()")
                except (MovedOn, Error):
                    continue  # its frame went away


@pytest.fixture(scope="module")
def farm_url() -> Iterator[str]:
    try:
        server = farm.serve()
    except farm.NotThere as missing:
        pytest.skip(str(missing))
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def ride(url: str, seed: int, count: int) -> None:
    it = Ride(url, seed)
    try:
        for n in range(count):
            did = it.upset()
            wrong = it.differences()
            assert not wrong, f"{url}, upset {n}: {did}\n" + "\n".join(map(str, wrong[:6]))
            if n % 60 == 59 or it.spent():
                it.renew()
    finally:
        it.browser.close()


@pytest.mark.parametrize("page", OWN)
def test_our_pages(page: str) -> None:
    ride((TESTS / page).as_uri(), 7, max(20, COUNT // (len(OWN) + len(FARM))))


@pytest.mark.slow
@pytest.mark.parametrize("page", FARM[: None if COUNT else 4])
def test_pages_of_others(page: str, farm_url: str) -> None:
    ride(f"{farm_url}/{page}.html", 11, max(20, COUNT // (len(OWN) + len(FARM))))
