"""Every case with its variants, and what has to be true of each run: by the server's own books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from envs.action import Open
from envs.browser import Browser
from tests.e2e.cases import Case, Kind
from tests.e2e.driver import SAVED, WANTED, Ride, fill, press, ride
from tests.e2e.liar import Liar, Record

EXPECTS: dict[str, ex.Expect | None] = {"stated": SAVED, "useless": ex.Text("Items"), "inferred": None}
"""What the step that saves states: what the item's own message says, what was true before, nothing."""
EVERY = 16
"""The variants beside the main one of each case are taken in turn, one of so many; 1 is the whole matrix."""


@dataclass(frozen=True)
class Variant:
    case: Case
    expect: str
    commit: bool

    @property
    def id(self) -> str:
        return f"{self.case.name}, {self.expect}, {'commit' if self.commit else 'click'}".replace(" ", "-")


def variants(cases: Iterable[Case]) -> Iterator[Variant]:
    for number, case in enumerate(cases):
        yield Variant(case, "inferred", True)
        others = [("stated", True), ("useless", True), ("stated", False)]
        if case.loose:
            others += [("useless", False), ("inferred", False)]
        if case.hasty:
            others = others[:2]
        for turn, (expect, commit) in enumerate(others):
            if (number + turn) % EVERY == 0:
                yield Variant(case, expect, commit)


def check(variant: Variant, browser: Browser, liar: Liar, folder: Path) -> None:
    """Add the item, and compare what is claimed with what was stored."""
    case = variant.case
    save = press(EXPECTS[variant.expect], commit=variant.commit, timeout=case.seconds)
    goal = Goal("add the item Lamp", commits=variant.commit)
    ridden = ride(browser, liar, liar.page(**case.switches), (*fill(timeout=1.5), save), folder, goal)
    records = _records(browser, liar, case, ridden)
    told = ridden.told()
    if ridden.reached:
        assert records == (WANTED,), f"FALSE SUCCESS: {told}"
        return
    assert len(records) <= 1, f"STORED TWICE: {told}"
    if records:
        assert ridden.outcome is Outcome.UNCLEAR, f"INVITES A SECOND RUN: {told}"
    assert case.kind is not Kind.HONEST, f"FALSE ALARM: {told}"


def _records(browser: Browser, liar: Liar, case: Case, ridden: Ride) -> tuple[Record, ...]:
    """What was stored: in the server, or, where there is none, in the browser."""
    if case.switches.get("via") != "local":
        return ridden.records
    browser.act(Open(f"{liar.origin}/local"))
    rows = {element.name for element in browser.settle().elements if re.fullmatch(r".+ \(.+\)", element.name)}
    return tuple(Record(*row.removesuffix(")").split(" (")) for row in sorted(rows))
