"""Choosing from lists: native ones, and what libraries build in their place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from envs.browser import keyboard, pointer
from envs.browser.aim import Aim, outwards, take
from envs.browser.settle import Settler
from envs.browser.strike import strike
from envs.browser.tab import Tab
from envs.clock import Clock, Deadline
from envs.errors import ActFailed, Stale
from envs.observation import Element

OFFERING = 3.0
"""Seconds that a custom list may take to show its options."""
MORE = 0.5
"""Seconds in which options that are not there with the first ones still come."""
STILL = 0.3
"""Seconds for which lists take no click after they were scrolled (virtual ones)."""
AGAIN = 3
"""How often an option is looked for once more that went away before it was clicked."""
GONE = "it is gone"
"""What hands.js says of such a node."""
FARTHEST = 400
"""Keys to an option of a native list; and turns of the wheel in a custom one."""


class Lists:
    def __init__(self, settler: Settler, clock: Clock) -> None:
        self._settler, self._clock = settler, clock

    def select(self, tab: Tab, found: Element, wanted: str) -> None:
        """Choose the option with this label; several, one a line, where more than one can be chosen.

        Raises Stale; ActFailed with the options that there are.
        """
        aim = take(tab, found, fit="select")
        if found.attributes.get("tag") == "select":
            self._native(aim, wanted)
            return
        for label in [line for line in wanted.split("\n") if line.strip()] or [wanted]:
            _Choice(self._settler, self._clock, aim, label).make()
            aim = take(tab, found, fit="select") if "\n" in wanted else aim

    # ── native ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _native(self, aim: Aim, wanted: str) -> None:
        """By keys in the list that a click opens, or by clicks in one that is open: the page sees what it sees of a
        person, with one change at the end. By script where neither is to be had."""
        said = json.loads(aim.ask("plan", wanted))
        if "stale" in said:
            raise Stale(f"{aim.found}: {said['stale']}")
        if "failed" in said:
            there = ", ".join(said["options"]) or "none"
            raise ActFailed(f"{aim.found}: {said['failed']}; it has: {there}")
        if not said["change"]:
            return
        if said["popup"]:
            self._popup(aim, said["steps"])
        else:
            self._open(aim, said["clicks"])
        if not aim.ask("chosen", wanted):
            aim.ask("choose", wanted)

    def _popup(self, aim: Aim, steps: int) -> None:
        if abs(steps) > FARTHEST:
            return
        strike(take(aim.tab, aim.found, armed=True))
        if not aim.ask("unfolded"):
            return
        keyboard.press(aim.tab.wire, ["ArrowDown" if steps > 0 else "ArrowUp"], times=abs(steps))
        keyboard.press(aim.tab.wire, ["Enter"])

    def _open(self, aim: Aim, clicks: Sequence[int]) -> None:
        """Click options of a list that shows them; with Control where several can be chosen."""
        for option in clicks:
            spot = json.loads(aim.world.ask(aim.context, "point", option))
            if "x" not in spot:
                return
            x, y, cover = outwards(aim, spot["x"], spot["y"])
            if cover is not None:
                return
            keyboard.hold(aim.tab.wire, ["Control"])
            try:
                pointer.click(aim.tab.wire, x, y, modifiers=["Control"])
            finally:
                keyboard.lift(aim.tab.wire, ["Control"])


class _Choice:
    """One option of a custom list: open it, find the option (waiting, scrolling, typing), click it, close it."""

    def __init__(self, settler: Settler, clock: Clock, aim: Aim, wanted: str) -> None:
        self._settler, self._clock, self._aim, self._wanted = settler, clock, aim, wanted
        self._clicked = False

    def make(self) -> None:
        aim = self._aim
        aim.ask("before", self._wanted)
        if aim.found.role not in ("listbox", "tree", "grid") and not self._offers(own=True):
            self._open()
            self._clicked = True
        option = self._wait() or self._scroll()
        if option is None and aim.ask("filter"):
            keyboard.insert(aim.tab.wire, self._wanted[:-1])
            keyboard.write(aim.tab.wire, self._wanted[-1:])
            self._clicked = True
            option = self._wait(all_of_it=True) or self._scroll()
        if option is None:
            self._refuse()
            return
        if option["selected"] and (option["many"] or aim.found.role != "combobox"):
            self._close()
            return
        self._click(int(option["node"]))
        self._close()

    def _open(self) -> None:
        """A click; a list that opens at the press may take the release: being open is what was wanted."""
        try:
            strike(take(self._aim.tab, self._aim.found, armed=True))
        except ActFailed as slipped:
            if not slipped.dispatched or not self._aim.ask("unfolded"):
                raise

    def _offers(self, own: bool = False) -> list[dict[str, Any]]:
        offers: list[dict[str, Any]] = json.loads(self._aim.ask("offered", self._wanted, own))
        return offers

    def _match(self, offers: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
        for same in (str.__eq__, lambda a, b: a.casefold() == b.casefold()):
            for offer in offers:
                if same(offer["name"], " ".join(self._wanted.split())):
                    return offer
        return None

    def _wait(self, all_of_it: bool = False) -> dict[str, Any] | None:
        """The option, once it is shown; None when the list is there without it."""
        deadline = Deadline(OFFERING, self._clock)
        shown: Deadline | None = None
        while True:
            offers = self._offers()
            got = self._match(offers)
            if got is not None:
                return got
            if offers and shown is None:
                shown = Deadline(OFFERING if all_of_it else MORE, self._clock)
            if deadline.passed or (shown is not None and shown.passed):
                return None
            self._settler.change(-1, min(0.1, deadline.left))

    def _scroll(self) -> dict[str, Any] | None:
        """Turn the wheel over a list that has more than it shows, until the option comes or the end."""
        deadline = Deadline(OFFERING * 3, self._clock)
        still = 0
        for _ in range(FARTHEST):
            spot = json.loads(self._aim.ask("listSpot", self._wanted))
            if spot is None or deadline.passed:
                return None
            still = 0 if spot["more"] else still + 1
            if still > 2:
                return None
            x, y, cover = outwards(self._aim, spot["x"], spot["y"])
            if cover is not None:
                return None
            pointer.wheel(self._aim.tab.wire, x, y, 0, spot["page"])
            self._settler.change(-1, 0.1)
            if self._match(self._offers()) is not None:
                rest = Deadline(STILL, self._clock)
                while not rest.passed:
                    self._settler.change(-1, rest.left)
                got = self._match(self._offers())  # rows of a list that scrolled are given to others
                if got is not None:
                    return got
        return None

    def _click(self, node: int) -> None:
        aim = self._aim
        spot = json.loads(aim.world.ask(aim.context, "point", node))
        for _ in range(AGAIN):
            if "x" in spot or spot["failed"] != GONE or (offer := self._wait()) is None:
                break  # else the list was filled anew meanwhile: the option is another node now
            spot = json.loads(aim.world.ask(aim.context, "point", int(offer["node"])))
        if "x" not in spot:
            raise ActFailed(
                f'{aim.found}: its option "{self._wanted}" cannot be clicked: {spot["failed"]}',
                dispatched=self._clicked,
            )
        x, y, cover = outwards(aim, spot["x"], spot["y"])
        if cover is not None:
            raise ActFailed(f'{aim.found}: its option "{self._wanted}" is covered by {cover}', dispatched=self._clicked)
        pointer.click(aim.tab.wire, x, y)
        self._clicked = True

    def _close(self) -> None:
        """A list for several stays open over the page: leave it as a person would."""
        if not self._clicked or self._aim.found.role in ("listbox", "tree", "grid"):
            return
        self._settler.rest(Deadline(1.0, self._clock))
        if self._aim.ask("unfolded"):
            keyboard.press(self._aim.tab.wire, ["Escape"])
            self._settler.rest(Deadline(2.0, self._clock))  # what lay over the page fades

    def _refuse(self) -> None:
        names = [offer["name"] for offer in self._offers()]
        if self._clicked:
            self._aim.ask("filter")
            self._close()
        there = ", ".join(names[:50]) or "none"
        raise ActFailed(
            f'{self._aim.found}: it has no option "{self._wanted}"; it has: {there}', dispatched=self._clicked
        )
