"""The report in a real browser: nothing is complained of, nothing sticks out, pictures open without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cua.report import write
from cua.run import Run
from envs.browser import BrowserOptions
from envs.browser.launch import launch
from tests.cua.report.story import NAMES, Shelf


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    launched = launch(BrowserOptions())
    assert launched.browser is not None
    yield launched.browser
    launched.close()


@pytest.fixture(scope="module")
def address(run: Run, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    return write(run, shelf, path, states=NAMES).as_uri()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_it_opens_at_every_width(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url) if request.url.startswith("http") else None)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    sizes = page.evaluate("[...document.querySelectorAll('.shots svg')].map(svg => svg.getBoundingClientRect().height)")
    assert min(sizes) > 100
    assert complaints == []
    context.close()


def test_pictures_open_and_flip_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#step-2 .shots button").first.click()
    viewer = page.locator("#shot-2-before")
    assert viewer.locator(".view-1").is_visible()
    assert not viewer.locator(".view-2").is_visible()
    viewer.get_by_role("radio", name="After").check()
    assert viewer.locator(".view-2").is_visible()
    assert not viewer.locator(".view-1").is_visible()
    page.keyboard.press("Escape")
    assert not viewer.is_visible()
    context.close()
