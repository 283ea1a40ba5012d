"""The one element that a target means: waited for while a page grows, looked for by scrolling, refused with a cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cua.errors import Cause
from cua.seeking import Seeking
from cua.step import Step
from envs.action import Action
from envs.errors import CuaError
from envs.observation import Observation
from grounding import Anchor, resolve
from grounding.errors import Ambiguous, BadTarget, GroundingError
from grounding.grounding import Candidate, Grounding
from grounding.target import Target

if TYPE_CHECKING:
    from cua.agent import Agent

HEALS = 3.0
"""Seconds that a target is waited for under its own name before it is looked for by what is remembered of it."""
UNDECIDED = 1.5
"""Seconds that an ambiguity is given to resolve itself while a page is still growing."""


class Missing(CuaError):
    """No element, or none for sure."""

    def __init__(self, why: str, cause: Cause, now: Observation) -> None:
        super().__init__(why)
        self.cause = cause
        self.now = now


@dataclass(frozen=True, slots=True)
class Found:
    """The element, the screen that it is on, and how it was found where that is worth telling."""

    candidate: Candidate
    now: Observation
    note: str = ""
    healed: bool = False
    """It is not what the target says any more, and was found by what is remembered of it."""


def find(
    agent: Agent, step: Step, target: Target, action: Action | None, before: Observation, patience: float
) -> Found:
    """Within `patience` seconds. Raises Missing with the candidates in words."""
    grounder, clock, guard = agent.tracker.judge.grounder, agent.clock, agent.tracker.guard
    seeking = Seeking(agent.env, grounder, target, action, clock, agent.tracker.watch, whole=step.commit)
    start, undecided = clock.now(), list[float]()
    remembered = _remembered(agent, step) if target == step.target else None  # a drag has two
    last: list[tuple[Observation, Grounding]] = []

    def clear(screen: Observation) -> bool:
        guard.watch(screen)
        grounding = grounder.ground(target, screen, action)
        last[:] = [(screen, grounding)]
        if grounding.found and not grounding.sure:
            undecided.append(clock.now())
            return undecided[-1] - undecided[0] >= UNDECIDED
        if not grounding.found and remembered is not None and clock.now() - start >= HEALS:
            return _again(remembered, screen) is not None
        return grounding.sure and not _disabled(grounding)

    now = before
    try:
        if not clear(now):
            now = seeking.wait(now, clear, patience)
        screen, grounding = last[0]
        if not grounding.found and remembered is not None and (again := _again(remembered, now)) is not None:
            return Found(again, now, f"healed: {target} is found by what was remembered of it", healed=True)
        answer = grounding if screen is now else grounder.ground(target, now, action)
        return Found(seeking.answer(answer).require(), now, seeking.note)
    except (GroundingError, BadTarget) as no:
        cause = Cause.AMBIGUOUS if isinstance(no, Ambiguous) else Cause.NOT_THERE
        if seeking.told:
            cause = Cause.UNPROVED  # all of it was read: to load it again would show the same
        raise Missing(no.why + seeking.told, cause, now) from no


def _remembered(agent: Agent, step: Step) -> Anchor | None:
    """Only of a step that says what must be true afterwards, and that can be undone: what was found so is believed for
    nothing but its proof."""
    if step.commit or step.expect is None or step.target is None:
        return None
    return agent.tracker.memory.anchor(agent.tracker.here, step)


def _again(anchor: Anchor, screen: Observation) -> Candidate | None:
    answer = resolve(anchor, screen)
    return answer.best if answer.sure and not _disabled(answer) else None


def _disabled(grounding: Grounding) -> bool:
    return grounding.best is not None and "disabled" in grounding.best.element.states
