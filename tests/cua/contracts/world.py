"""Goals with a contract, steps that save a group, and a fake application that takes down what it has shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cua import expect as ex
from cua.contract import Contract, Rule
from cua.goal import Goal
from cua.run import Run
from cua.step import Step
from envs.action import Action
from envs.env import Until as Question
from envs.fake import Effect, Fake, FakeSite, Item, heading, screen
from envs.observation import Element, Observation
from tests.cua.world import ASKED, agent, click, typing

ADDED = ex.Text("was added successfully")
SAVE = click("3", "Save", ADDED, commit=True)
ADD = (click("1", "Add group"), typing("2", "Name", "Editors"), SAVE)
READY, ERROR, ADA = ex.Text("Ready"), ex.Text("Server error"), ex.Text("Ada")
NAMED = (replace(ADD[0], name="open"), replace(ADD[1], name="fill in"), replace(SAVE, name="save"))
TERMS, FORM, GROUPS = ex.Text("Terms"), ex.Text("New group"), ex.Text("Groups")


def goal(*order: Rule, always: Sequence[ex.Expect] = (), never: Sequence[ex.Expect] = (), **more: Any) -> Goal:
    return Goal("add the group Editors", ADDED, contract=Contract(tuple(always), tuple(never), order), **more)


def drive(env: Fake, folder: Path, what: Goal | None = None, steps: Sequence[Step] = ADD, **more: Any) -> Run:
    return agent(env, steps, folder, **more).run(what or goal(commits=True), ASKED)


def page(*items: Item, then: Sequence[Effect] = ()) -> FakeSite:
    """One page, and another that a link leads to."""
    return FakeSite("home", {"home": screen("Home", *items, then=tuple(then)), "next": screen("Next", heading("Next"))})


def sent(env: Fake) -> list[str]:
    """What was dispatched, by the names of what was acted on."""
    return [str(did) for did in env.log]


def again(folder: Path, env: Fake, what: Goal, steps: Sequence[Step] = ADD, site: FakeSite | None = None) -> Run:
    """Gone on with in a fresh world, with the same server."""
    fresh = Fake(site or env.site, server=env.server)
    made = agent(fresh, steps, folder)
    kept, request = made.journal.load()
    return made.run(what, request, made.journal.take_over(kept))


class Showing(Fake):
    """Takes down every screen that it has shown, and before each act the last of them."""

    def __init__(self, site: FakeSite) -> None:
        super().__init__(site)
        self.shown: list[Observation] = []
        self.acted: list[tuple[str, Observation]] = []

    def reset(self) -> Observation:
        return self._took(super().reset())

    def observe(self) -> Observation:
        return self._took(super().observe())

    def settle(self, until: Question | None = None, timeout: float = 10.0) -> Observation:
        asked = None if until is None else lambda screen: until(self._took(screen))
        return self._took(super().settle(asked, timeout))

    def act(self, action: Action, found: Element | None = None) -> None:
        self.acted.append((action.verb, self.shown[-1]))
        super().act(action, found)

    def _took(self, screen: Observation) -> Observation:
        self.shown.append(screen)
        return screen


def shows(screen: Observation, text: str) -> bool:
    return any(element.name == text for element in screen.elements)
