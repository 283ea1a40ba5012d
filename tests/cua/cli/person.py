"""A person at a browser that the command has attached to."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from envs.browser import BrowserOptions
from envs.browser.examine import examine
from envs.browser.launch import launch
from tests.cua.cli.site import Site


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A browser that somebody has started; its address."""
    program = subprocess.Popen(
        [
            str(examine().path), "--headless", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run",
            f"--user-data-dir={folder / 'profile'}", "about:blank",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stderr is not None
        port = next(found[1] for line in program.stderr if (found := re.search(r"ws://127\.0\.0\.1:(\d+)", line)))
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.communicate()


@contextmanager
def person_at(browser: str, site: Site) -> Iterator[Page]:
    """Somebody with a mouse in front of the page."""
    attached = launch(BrowserOptions(cdp_url=browser))  # with the driver that other tests of this process may be using
    try:
        yield next(page for page in attached.context.pages if page.url == site.url)
    finally:
        attached.close()


def click(page: Page, what: str, nth: int = 0) -> None:
    box = page.locator(what).nth(nth).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
