"""A browser that shows the pages of the farm; without npm these tests skip and name the command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from envs.action import Action
from envs.browser import Browser, BrowserOptions
from envs.observation import Element, Observation
from tests.widgets import farm


@pytest.fixture(scope="session")
def farm_url() -> Iterator[str]:
    try:
        server = farm.serve()
    except farm.NotThere as missing:
        pytest.skip(str(missing))
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class Bench:
    """A browser with one page of the farm, and short words to use it. What happened is asked of the page itself."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.now: Observation

    def open(self, page: str, ready: str = "true") -> Observation:
        """The page, once `ready` (JavaScript) is true in it."""
        self.browser.options = BrowserOptions(url=f"{self.url}/{page}.html")
        self.now = self.browser.reset()
        self.browser.active.page.wait_for_function(ready)
        return self.settle()

    def js(self, expression: str) -> Any:
        return self.browser.active.page.evaluate(expression)

    @property
    def happened(self) -> list[str]:
        """What the widgets told the page since this was asked last."""
        said: list[str] = self.js("happened.splice(0)")
        return said

    def all(self, role: str, name: str | None = None) -> list[Element]:
        return [e for e in self.now.elements if e.role == role and name in (None, e.name)]

    def one(self, role: str, name: str | None = None) -> Element:
        found = self.all(role, name)
        assert len(found) == 1, f"{len(found)} are {role} {name!r} in {[str(e) for e in self.now.elements]}"
        return found[0]

    def settle(self, until: Callable[[Observation], bool] | None = None) -> Observation:
        self.now = self.browser.settle(until)
        return self.now

    def act(self, action: Action, found: Element | None = None) -> Observation:
        """Act, and look once the page is at rest."""
        self.browser.act(action, found)
        return self.settle()

    def until(self, expression: str) -> None:
        """Wait until this is true in the page (it is asked again at every frame), then look."""
        self.browser.active.page.wait_for_function(expression, timeout=5000)
        self.settle()


@pytest.fixture(scope="session")
def widget_browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture
def bench(widget_browser: Browser, farm_url: str) -> Bench:
    return Bench(widget_browser, farm_url)
