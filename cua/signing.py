"""Signing in again, by the run's own steps, where a session has ended or a fresh browser knows of none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cua.errors import StepFailed, Stranded
from cua.login_pages import signs_in
from cua.run import Done, Run
from envs.action import Type
from envs.observation import Observation

if TYPE_CHECKING:
    from cua.agent import Agent


def sign_in(agent: Agent, run: Run, now: Observation) -> Observation:
    """The run's steps up to the one after the password, where a password field is shown; else the screen as it is.

    Raises Stranded when signing in fails.
    """
    if not any("password" in element.states for element in now.elements):
        return now
    steps = [done.step for done in entrance(run)]
    try:
        for step in steps:
            # where it leads this time is another matter: often to the page that was asked for
            _, now = agent.advance(replace(step, expect=None) if step is steps[-1] else step, now, run)
    except StepFailed as no:
        raise Stranded(f"signing in again failed at {no.done.step.words}: {no.why}") from no
    if steps and signs_in(now):
        raise Stranded(f"signing in again failed: after {steps[-1].words} the page still asks for it")
    return now


def entrance(run: Run) -> list[Done]:
    """The proved steps by which the run signed in; none where it did not."""
    kept = [done for done in run.done if done.proved and not done.skipped]
    typed = next((i for i, done in enumerate(kept) if _secretive(done)), None)
    return [] if typed is None else kept[: typed + 2]


def _secretive(done: Done) -> bool:
    return isinstance(done.step.action, Type) and not isinstance(done.step.action.text, str)
