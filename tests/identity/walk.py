"""Using an application as a person would, with the product's own browser, and saying at each screen what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum

from playwright.sync_api import Page

from envs.action import Action, Check, Clear, Click, Hover, Open, Press, Select, Type
from envs.browser import Browser
from envs.errors import ActFailed, Stale
from envs.observation import Element, Observation

TRIES = 4
PATIENCE = 15.0
"""Seconds that an application may take to show what a walk looks for."""


class NotAsExpected(Exception):
    """The application does not show what the walk says: the label would be wrong."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A screen as it was seen. `label` is what a person would call it; `note` is what is particular about this look
    (other rows, a message), which makes no other state of it."""

    label: str
    note: str
    screen: Observation


@dataclass(slots=True)
class Walk:
    """A browser at an application. Controls are named as they read on the screen: "Save", or "~Sa" for a pattern."""

    browser: Browser
    url: str
    seen: list[Situation] = field(default_factory=list)

    def see(self, label: str, note: str = "", *, shows: str) -> None:
        """Take this screen down under this label, once `shows` (a name, or ~pattern) is on it."""
        self.look(shows)
        self.seen.append(Situation(label, note, self.now))

    def look(self, shows: str) -> None:
        """Wait until this is on the screen. Raises NotAsExpected."""
        self.now = self.browser.settle(lambda screen: bool(named(screen, shows)), PATIENCE)
        if not named(self.now, shows):
            some = [str(e) for e in self.now.elements if e.visible and e.name and e.role != "generic"]
            raise NotAsExpected(f"{self.now.url}: nothing is called {shows!r} among {some}")

    now: Observation = field(init=False)

    @property
    def tab(self) -> Page:
        """For what is easier said to the page itself."""
        return self.browser.active.page

    def open(self, path: str) -> None:
        self._act(Open(path if "://" in path else self.url + path))

    def click(self, name: str, role: str = "", nth: int = 0) -> None:
        self._aimed(Click(), name, role, nth)

    def hover(self, name: str, role: str = "", nth: int = 0) -> None:
        self._aimed(Hover(), name, role, nth)

    def right_click(self, name: str, role: str = "", nth: int = 0) -> None:
        self._aimed(Click(button="right"), name, role, nth)

    def double_click(self, name: str, role: str = "", nth: int = 0) -> None:
        self._aimed(Click(count=2), name, role, nth)

    def fill(self, name: str, text: str, nth: int = 0) -> None:
        """Into a field; "" clears it."""
        self._aimed(Type(text) if text else Clear(), name, "textbox searchbox spinbutton combobox", nth)

    def choose(self, name: str, option: str, nth: int = 0) -> None:
        self._aimed(Select(option), name, "combobox listbox", nth)

    def tick(self, name: str, on: bool = True, nth: int = 0) -> None:
        self._aimed(Check(on), name, "checkbox switch radio", nth)

    def press(self, keys: str) -> None:
        self._act(Press(keys))

    def agree(self, name: str, role: str = "", nth: int = 0) -> None:
        """Click, and say yes to what the browser asks then."""
        self._aimed(Click(agrees=True), name, role, nth)

    def _aimed(self, action: Action, name: str, role: str, nth: int) -> None:
        why = ""
        for _ in range(TRIES):
            self.now = self.browser.settle(lambda screen: len(named(screen, name, role)) > nth, PATIENCE)
            found = named(self.now, name, role)
            if len(found) <= nth:
                some = [str(e) for e in self.now.elements if e.visible and e.name and e.role != "generic"]
                raise NotAsExpected(f"{self.now.url}: no {role or 'element'} {name!r} ({nth}) among {some}")
            try:
                self.browser.act(action, found[nth])
            except (Stale, ActFailed) as no:
                why = no.why
                self.browser.settle()
                continue
            self.now = self.browser.settle()
            return
        raise NotAsExpected(f"{self.now.url}: {action.verb} {name!r} did not get through: {why}")

    def _act(self, action: Action) -> None:
        self.browser.act(action)
        self.now = self.browser.settle()


def named(screen: Observation, name: str, role: str = "") -> list[Element]:
    """The visible elements of this name; of one of these roles where any is given; controls before texts."""
    fits: Callable[[str], object] = re.compile(name[1:]).search if name.startswith("~") else name.__eq__
    roles = role.split()
    found = [e for e in screen.elements if e.visible and (not roles or e.role in roles) and fits(e.name.strip())]
    return sorted(found, key=lambda e: e.role in {"text", "heading", "row", "cell", "listitem"})


class Fit(StrEnum):
    """What identity was fitted to: measured while it was made; mended after its first figures; looked at once."""

    DEVELOPED = "developed on"
    MENDED = "mended after a first look"
    FIRST_LOOK = "first look"


@dataclass(frozen=True, slots=True)
class Site:
    """An application and a walk through it."""

    name: str
    serve: Callable[[], AbstractContextManager[str]]
    walk: Callable[[Walk], None]
    start: str = "/"
    fit: Fit = Fit.DEVELOPED
