"""A person at a browser on the screen: sees where things are, moves the pointer there, waits for what comes of it.

What they do goes through the X server. Where things are, and what is to be read, a second connection to the browser
tells; it never acts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, FrameLocator, Locator, Page

from tests.recorded import screen as x
from tests.recorded.screen import Screen

PACE = 0.5
"""Seconds between two things that a person does."""
SLOW = 8.0
"""So many times longer they take than the machine does to say where something is: it has to be drawn, too."""
OPEN = (48, 24)
"""Screen px from the lower right corner of a window for choosing files to the button that chooses."""
PATIENCE = 30.0
"""Seconds that a person waits for something."""


class Lost(Exception):
    """A person would not know how to go on: what they wait for does not come."""


class Person:
    """Looks at one page at a time: `page`."""

    def __init__(self, context: BrowserContext, page: Page, screen: Screen, folder: Path) -> None:
        self.context, self.page, self.screen = context, page, screen
        self.folder = folder
        """Where the files lie that the person has."""
        self._pace = PACE
        for one in context.pages:
            _leave(one)
        context.on("page", _leave)

    # ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def until(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait until it is so. Raises Lost."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if is_so():
                    self.rest()
                    return
            except Error:
                pass  # another page is coming
            self.page.wait_for_timeout(50)
        raise Lost(f"{what} does not come at {self.page.url}")

    def sees(self, thing: Locator | str) -> None:
        """A text, or a thing, is to be seen."""
        spot = self.page.get_by_text(thing).locator("visible=true") if isinstance(thing, str) else thing
        self.until(str(thing), lambda: spot.count() > 0 and spot.first.is_visible())

    def rest(self) -> None:
        """Take a moment."""
        self.screen.pause(self._pace)

    def looks_at(self, title: str) -> None:
        """Another tab or window, once it is there and has this title; a person sees what lies on top."""

        def there() -> bool:
            found = [page for page in self.context.pages if re.search(title, page.title())]
            if found:
                self.page = found[-1]
                self.page.wait_for_load_state()
            return bool(found)

        self.until(title, there)

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def over(self, thing: Locator, at: tuple[float, float] = (0.5, 0.5)) -> None:
        """Bring the pointer over a thing (`at`: parts of its width and height), turning the wheel where it is not in
        view."""
        self.until(str(thing), lambda: self._still(thing))
        began = time.monotonic()
        across, down, width, height = self._window()
        for _ in range(30):
            box = thing.first.bounding_box()
            if box is None:
                raise Lost(f"{thing} has gone")
            left, top = box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]
            if 0 <= top <= height - 4:
                break
            self.screen.move(across + width / 2, down + height / 2)
            self.screen.click(x.DOWN if top > height / 2 else x.UP)
            self.rest()
        else:
            raise Lost(f"{thing} cannot be scrolled to")
        self._pace = max(PACE, min(3.0, SLOW * (time.monotonic() - began)))
        self.screen.move(across + left, down + top)
        self.rest()

    def click(self, thing: Locator, button: int = x.LEFT, at: tuple[float, float] = (0.5, 0.5)) -> None:
        self.over(thing, at)
        self.screen.click(button)
        self.rest()

    def double_click(self, thing: Locator) -> None:
        self.over(thing)
        self.screen.click()
        self.screen.click()
        self.rest()

    def drag(self, thing: Locator, onto: Locator, at: tuple[float, float] = (0.5, 0.5)) -> None:
        self.over(thing)
        self.screen.down()
        self.screen.pause(PACE)
        self.over(onto, at)
        self.over(onto, (at[0], min(0.95, at[1] + 0.1)))
        self.screen.up()
        self.rest()

    def types(self, text: str) -> None:
        self.screen.type(text)
        self.rest()

    def key(self, keys: str) -> None:
        self.screen.key(keys)
        self.rest()

    def into(self, field: Locator, text: str) -> None:
        """Instead of what is there."""
        self.click(field)
        self.key("Control+a")
        self.types(text)

    def picks(self, field: Locator, label: str) -> None:
        """An option of a list that the browser draws itself."""
        labels = [one.strip() for one in field.locator("option").all_inner_texts()]
        now, wanted = int(field.evaluate("one => one.selectedIndex")), labels.index(label)
        self.click(field)
        for _ in range(abs(wanted - now)):
            self.key("ArrowDown" if wanted > now else "ArrowUp")
        self.key("Enter")

    def gives(self, button: Locator, file: Path) -> None:
        """A file, by its path, in the window that the system opens for that."""
        before = set(self.screen.windows())
        self.click(button)
        opened: list[int] = []

        def asked() -> bool:
            opened[:] = [window for window in self.screen.windows() if window not in before]
            return bool(opened)

        self.until("a window to choose a file", asked)
        self.screen.focus(opened[-1])
        self.rest()
        self.types(str(file))
        left, top, width, height = self.screen.place(opened[-1])
        self.screen.move(left + width - OPEN[0], top + height - OPEN[1])  # its button Open; Enter closes without a file
        self.rest()
        self.screen.click()
        self.until("the end of choosing", lambda: opened[-1] not in self.screen.windows())

    def agrees(self) -> None:
        """To what the browser asks over the page."""
        self.rest()
        self.key("Enter")

    def _still(self, thing: Locator) -> bool:
        """Whether it is shown, and does not move."""
        if not thing.first.is_visible():
            return False
        before = thing.first.bounding_box()
        self.page.wait_for_timeout(100)
        return before == thing.first.bounding_box()

    def _window(self) -> tuple[float, float, float, float]:
        """Where the page begins on the screen, and its size."""
        found = self.page.evaluate(
            "[screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight, innerWidth, innerHeight]"
        )
        across, down, width, height = found
        return float(across), float(down), float(width), float(height)

    def frame(self, selector: str = "iframe") -> FrameLocator:
        return self.page.frame_locator(selector)


def _leave(page: Page) -> None:
    """Dialogs are the person's: Playwright would dismiss them."""
    page.on("dialog", lambda dialog: None)
