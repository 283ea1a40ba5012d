"""An office whose reports are reached in several ways, and runs that learn its map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cua import expect as ex
from cua.agent import Agent
from cua.goal import Goal
from cua.run import Run
from cua.step import Step
from cua.tracker.memory import MapMemory
from envs.action import Open
from envs.fake import Fake, FakeSite, Goes, Item, Screen, Shows, button, heading, link, screen
from envs.fake import text as words
from tests.cua.world import ASKED, ORIGIN, agent, click, doing

HOME = f"{ORIGIN}/home"
REPORTS = ex.Text("Reports of the year")


def to(name: str, where: str) -> Item:
    return link(name, Goes(where)).having(href=f"/{where}")


def office(*reports: Item, extra: dict[str, Screen] | None = None) -> FakeSite:
    """A start page with a link to the reports (`reports` in its place), and another one behind "Everything"."""
    shown = reports or (to("Reports", "reports"),)
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Office"), *shown, to("Everything", "all"), to("Help", "help")),
            "all": screen("Everything", heading("All there is"), to("The reports", "reports"), to("Start", "home")),
            "help": screen("Help", heading("How to"), words("Ask somebody."), to("Start", "home")),
            "reports": screen("Reports", heading("Reports of the year"), button("Print", Shows(words("done")))),
            "error": screen("Not found", heading("There is nothing here")),
            **(extra or {}),
        },
    )


def assembled(env: Fake, steps: Sequence[Step], folder: Path) -> Agent:
    made = agent(env, steps, folder)
    made.tracker.memory = MapMemory(made.journal, ORIGIN)
    return made


def drive(env: Fake, folder: Path, *steps: Step, done: ex.Expect | None = None) -> Run:
    made = assembled(env, steps, folder)
    try:
        return made.run(Goal("see it", done, start=HOME), ASKED)
    finally:
        assert isinstance(made.tracker.memory, MapMemory)
        made.tracker.memory.close()
        made.journal.close()


WALK = click("1", "Reports", REPORTS)
TOUR = (replace(WALK, id="a"), doing("b", Open(HOME)), click("c", "Everything"), click("d", "The reports"))


CLOSED: dict[str, tuple[Item, ...]] = {
    "gone": (words("Nothing here"),),
    "disabled": (to("Reports", "reports").being("disabled"),),
    "a no-op": (link("Reports"),),
    "a wrong page": (link("Reports", Goes("error")),),
    "behind another name": (to("Numbers", "help"),),
}
