"""A small application for the tests of the loop, and the shortest planner: a list of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cua import expect as ex
from cua.agent import Agent
from cua.errors import GaveUp
from cua.goal import Goal
from cua.journal import Journal, Request
from cua.judge import Judge
from cua.limits import Limits
from cua.policy import Approve, Grants, Policy
from cua.run import Done, Run
from cua.step import Plan, Step
from cua.tracker import State, Tracker
from cua.tracker.ways import Walk, Way
from cua.vault import Vault
from envs.action import Action, Click, Type
from envs.fake import Effect, Fake, FakeSite, Goes, Item, Saves, button, heading, link, screen, textbox
from envs.fake import text as words
from envs.observation import Element, Observation
from grounding import Anchor
from grounding.grounder import Grounder
from grounding.target import Target

ORIGIN = "https://fake.test"
ASKED = Request("test", ORIGIN)


@dataclass(frozen=True)
class Line:
    """The steps in their order; a failed one is tried again `tries` times from where the world was put back to."""

    steps: tuple[Step, ...]
    tries: int = 1
    name: str = "line"

    def plan(self, goal: Goal, now: Observation, run: Run) -> Plan:
        todo = tuple(step for step in self.steps if step.id not in run.proved)
        if run.last is not None and run.failures.get(run.last.step.id, 0) > self.tries and not run.last.proved:
            raise GaveUp(run.last.verdict.why)
        return Plan(todo, "the list")


class NoMap:
    """An application map that forgets at once."""

    def known(self, look: State) -> State:
        return look

    def saw(self, look: State) -> State:
        return look

    def went(self, before: State, done: Done, after: State, walk: Walk) -> None: ...

    def ways(self) -> tuple[Way, ...]:
        return ()

    def costs(self, kind: str) -> dict[str, tuple[int, float]]:
        return {}

    def returned(self, kind: str, route: str, ms: float, *, ok: bool) -> None: ...

    def led_back(self, before: State, words: str, route: str, ms: float) -> None: ...

    def anchored(self, where: State, step: Step, element: Element, screen: Observation) -> None: ...

    def anchor(self, where: State, step: Step) -> Anchor | None:
        return None


def typing(number: str, into: str, text: str) -> Step:
    return Step(number, Type(text), f'type "{text}" into "{into}"', Target(into, text=into))


def click(number: str, what: str, expect: ex.Expect | None = None, *, commit: bool = False) -> Step:
    return Step(number, Click(), f'click "{what}"', Target(what, text=what), expect=expect, commit=commit)


def doing(number: str, action: Action, what: str | None = None, expect: ex.Expect | None = None) -> Step:
    return Step(number, action, action.verb, Target(what, text=what) if what else None, expect=expect)


def agent(
    env: Fake,
    steps: Sequence[Step],
    folder: Path,
    *,
    grants: Grants | None = None,
    approve: Approve | None = None,
    vault: Vault | None = None,
    tries: int = 1,
    limits: Limits | None = None,
) -> Agent:
    vault = vault or Vault()
    judge = Judge(Grounder())
    return Agent(
        env,
        Line(tuple(steps), tries),
        Tracker(env, judge, NoMap(), env.clock),
        Policy(grants or Grants(frozenset({ORIGIN}), commits=True), vault, approve),
        Journal(folder, vault),
        limits or Limits(clock=env.clock),
        clock=env.clock,
    )


SAVES = (Saves("group", then=Goes("saved")),)


def groups(on_save: Sequence[Effect] = SAVES, shown: Sequence[Item] = ()) -> FakeSite:
    """A list of groups, a form for a new one, and what its Save button does."""
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Site administration"), link("Add group", Goes("new")), *shown),
            "new": screen("New group", heading("New group"), textbox("Name"), button("Save", *on_save), *shown),
            "saved": screen("Groups", heading("Groups"), words("The group was added successfully."), *shown),
            "error": screen("Error", heading("Server error")),
        },
    )
