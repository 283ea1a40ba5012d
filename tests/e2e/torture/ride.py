"""One page, driven as the agent does it: look, ground, act, and look again up to five times; then what was clicked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from envs.action import Open
from envs.browser import Browser
from envs.errors import ActFailed, Stale
from envs.observation import Observation
from grounding.errors import GroundingError
from grounding.grounder import Grounder
from tests.e2e.liar import Liar
from tests.e2e.torture.pages import Page

TRIES = 5
PATIENCE = 1.2
"""Seconds that a target is waited for, and that what cannot be clicked is given to become clickable."""


@dataclass(frozen=True, slots=True)
class Ride:
    page: Page
    verdict: str
    """right, wrong, missed (nothing was clicked though it said so), refused, or not found."""
    why: str
    clicks: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page.seed}: {self.verdict} ({', '.join(self.page.parts)}): {self.why} {list(self.clicks)}"


def ride(browser: Browser, liar: Liar, second: Liar, page: Page) -> Ride:
    """The browser was reset before; `second` is a server of another origin on the same site."""
    other = liar.origin.replace("127.0.0.1", "localhost")
    for path, body in page.bodies.items():
        for server in (liar, second):
            server.more[path] = (
                body.replace("{origin}", liar.origin).replace("{site}", second.origin).replace("{other}", other)
            )
    browser.act(Open(f"{liar.origin}/torture"))
    browser.active.wire.send("Emulation.setPageScaleFactor", {"pageScaleFactor": page.pinch})
    now = browser.settle(None, 2.0)
    verdict, why = _try(browser, page, now)
    clicks = tuple((kind, what) for kind, what in _tell(browser, "clicks") if what != "nothing" or verdict == "right")
    meant = [what for _, what in clicks]
    if "wrong" in meant:
        verdict = "wrong"
    elif verdict == "right" and "right" not in meant:
        verdict = "missed"
    return Ride(page, verdict, why, clicks)


def _try(browser: Browser, page: Page, now: Observation) -> tuple[str, str]:
    grounder, end = Grounder(), time.monotonic() + PATIENCE
    why, stale = "", 0
    while True:
        _tell(browser, "looked()")
        try:
            found = grounder.ground(page.name, now, page.action).require().element
        except GroundingError as no:
            if time.monotonic() > end:
                return "not found", no.why.splitlines()[0]
            before = now
            now = browser.settle(lambda screen, old=before: screen.elements != old.elements, 0.4)  # type: ignore[misc]
            continue
        _tell(browser, "meanwhile()")
        try:
            browser.act(page.action, found)
        except Stale as no:
            stale, why = stale + 1, no.why
            if stale >= TRIES:
                return "refused", f"Stale: {why}"
            now = browser.settle(None, 1.0)
        except ActFailed as no:
            why = no.why
            if no.dispatched or time.monotonic() > end:
                return "refused", f"ActFailed: {why}"
            before = now
            now = browser.settle(lambda screen, old=before: screen.elements != old.elements, 0.4)  # type: ignore[misc]
        else:
            browser.settle(None, 1.0)
            return "right", why


def _tell(browser: Browser, script: str) -> Sequence[Any]:
    """Have it in every frame of the page; what the frames answer, joined."""
    out: list[Any] = []
    for frame in browser.active.page.frames:
        said = frame.evaluate(f"() => {{ try {{ return {script} }} catch {{ return [] }} }}")
        out.extend(said or [])
    return out
