"""The agent without one of its parts, to see what the part is worth: the same tasks, the same faults.

`whole`: as it is. `blind`: nothing is verified, what was done counts as done. `in-place`: nothing is undone, a failed
step is tried once more where the run stands. `again`: on a failure everything is done anew in a fresh browser.
`unmended`: undone, but nothing is done about the cause, and a commit in doubt ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from cua.agent import Agent
from cua.errors import Finished, GoalReached, StepFailed, Unclear
from cua.goal import Goal
from cua.proof import Proof
from cua.recovery import recover
from cua.run import Rollback, Run
from cua.step import Step
from cua.tracker import Tracker
from cua.verdict import Verdict
from envs.action import Action
from envs.observation import Element, Observation


class _Unproved(Proof):
    def __call__(self, after: Observation) -> bool:
        return True

    def verdict(self, after: Observation) -> Verdict:
        return Verdict.yes("nobody looked")


class _Blind(Tracker):
    def proof(self, step: Step, action: Action, found: Element | None, before: Observation) -> Proof:
        return _Unproved(step, action, found, before, self.judge, self.clock)

    def broken(self, now: Observation) -> dict[str, str]:
        return {}

    def conclude(self, goal: Goal, now: Observation, run: Run) -> Finished:
        return GoalReached("nobody looked")


def _in_place(agent: Agent, miss: StepFailed, run: Run) -> tuple[Observation, Run]:
    _not_twice(miss)
    return agent.env.observe(), run.undo(miss.done, Rollback(miss.done.step.id, "none", "", miss.why, True))


def _again(agent: Agent, miss: StepFailed, run: Run) -> tuple[Observation, Run]:
    _not_twice(miss)
    agent.env.close()
    now = agent.tracker.watch(agent.env.reset())
    agent.tracker.arrive(now)
    last = max((at for at, done in enumerate(run.done) if done.step.commit and done.proved), default=-1)
    done = tuple(replace(one, undone=True) if at > last else one for at, one in enumerate(run.done))
    void = miss.done.step.commit and miss.done.dispatched
    back = Rollback(miss.done.step.id, "url", "", miss.why, True, remedy="again", void=void)
    return now, replace(run, done=done).undo(miss.done, back)


def _unmended(agent: Agent, miss: StepFailed, run: Run) -> tuple[Observation, Run]:
    back = agent.tracker.roll_back(miss)
    return back.now, run.undo(miss.done, back.rollback)


def _not_twice(miss: StepFailed) -> None:
    if miss.proof is not None and not miss.proof.void and (miss.done.step.commit or miss.proof.wrote):
        raise Unclear(miss.why, miss.done)


_RECOVERIES: dict[str, Callable[[Agent, StepFailed, Run], tuple[Observation, Run]]] = {
    "in-place": _in_place,
    "again": _again,
    "unmended": _unmended,
}
VARIANTS = ("whole", "unmended", "in-place", "again", "blind")


@contextmanager
def variant(name: str, agent: Agent) -> Iterator[None]:
    """The agent as this variant, while inside."""
    if name == "blind":
        agent.tracker = _Blind(agent.env, agent.tracker.judge, agent.tracker.memory, agent.tracker.clock)
    with patch("cua.agent.recover", _RECOVERIES.get(name, recover)):
        yield
