"""The whole agent in one process, on a real browser: steps as data against an address, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cua import expect as ex
from cua.agent import Agent
from cua.errors import Outcome
from cua.goal import Goal
from cua.journal import Journal, Request
from cua.judge import Judge
from cua.policy import Approve, Grants, Policy
from cua.run import Run
from cua.step import Step
from cua.tracker import Tracker
from cua.vault import Vault
from envs.action import Click, Type
from envs.browser import Browser, BrowserOptions
from envs.geometry import Box
from envs.observation import Observation
from envs.origins import origin_of
from grounding.grounder import Grounder
from grounding.target import Target
from tests.cua.world import Line, NoMap
from tests.e2e.liar import Liar, Record

WANTED = Record("Lamp", "3")
SAVED = ex.Text('The item "Lamp" was saved.')


class Unpictured(Journal):
    """A journal that keeps no pictures: most of these tests are about what is believed, and want to be quick."""

    def keep(self, screen: Observation, secretive: Iterable[Box] = ()) -> str:
        return ""


def fill(name: str = WANTED.name, quantity: str = WANTED.quantity, timeout: float = 3.0) -> tuple[Step, ...]:
    """Fill in the form "New item"."""
    return (
        Step("1", Type(name), f'type "{name}" into Name', Target("Name", text="Name"), timeout=timeout),
        Step(
            "2",
            Type(quantity),
            f'type "{quantity}" into Quantity',
            Target("Quantity", text="Quantity"),
            timeout=timeout,
        ),
    )


def press(
    expect: ex.Expect | None = None, *, commit: bool = True, timeout: float = 3.0, what: str = "Save", number: str = "3"
) -> Step:
    target = Target(what, text=what)
    return Step(number, Click(), f'click "{what}"', target, expect=expect, commit=commit, timeout=timeout)


@dataclass(frozen=True, slots=True)
class Ride:
    """How a run ended and what the server knows of it."""

    run: Run
    records: tuple[Record, ...]

    @property
    def outcome(self) -> Outcome:
        assert self.run.outcome is not None
        return self.run.outcome

    @property
    def reached(self) -> bool:
        return self.outcome is Outcome.REACHED

    def told(self) -> str:
        """The run in words, for the message of a failed test."""
        steps = [f"  {done.step.words}: {done.verdict.why} {list(done.notes) or ''}" for done in self.run.done]
        return "\n".join([f"{self.outcome.value}: {self.run.why}", f"  stored: {list(self.records)}", *steps])


def agent(
    browser: Browser,
    steps: Sequence[Step],
    folder: Path,
    *,
    grants: Grants | None = None,
    vault: Vault | None = None,
    approve: Approve | None = None,
    pictures: bool = False,
) -> Agent:
    """An agent on this browser that goes through these steps; the origin of the browser's start is granted."""
    vault = vault or Vault()
    origin = origin_of(browser.options.url)
    assert origin is not None
    judge = Judge(Grounder())
    return Agent(
        browser,
        Line(tuple(steps)),
        Tracker(browser, judge, NoMap()),
        Policy(grants or Grants(frozenset({origin}), commits=True), vault, approve),
        (Journal if pictures else Unpictured)(folder, vault),
    )


def ride(browser: Browser, liar: Liar, url: str, steps: Sequence[Step], folder: Path, goal: Goal) -> Ride:
    """Go through these steps from `url` in a fresh tab of this browser."""
    browser.options = BrowserOptions(url=url)
    one = agent(browser, steps, folder)
    run = one.run(goal, Request("test", url))
    one.journal.close()
    with liar.lock:
        return Ride(run, tuple(liar.records))
