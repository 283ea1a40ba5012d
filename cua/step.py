"""A step: what to do, to what, and what must be true afterwards. Pure data; the loop gives it meaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cua.expect import Expect
from cua.goal import Goal
from cua.run import Run
from envs.action import Action
from envs.observation import Observation
from grounding.target import Target

DEFAULT_TIMEOUT = 10.0
"""Seconds that a target may take to appear, and a proof to come."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What an extract step reads of its target and where it goes. what: text, value, rows, or an attribute's name."""

    name: str
    what: str = "text"
    into: Path | None = None
    """A .json or .csv file to add it to."""


@dataclass(frozen=True, slots=True)
class Step:
    """`id` is where the step stands in its plan, unique in a run ("3", "4.then.1", "5[2].1"): the key under which a
    planner finds again what has been done. `words` is how a person would say it.

    `commit`: cannot be undone, so it needs permission before, proof after, and is never repeated blindly; `already`
    is how to see that it has happened. `ask` is a question about the screen whose answer (yes or no) is the step's
    value: the control steps of a plan.

    Its contract: `pre` has to hold before it, or it is not done; `always` holds before and after it; `never` is seen on
    no screen meanwhile; `recover` are the remedies, tried one after the other where it has failed, the step itself
    again after each. Raises ValueError for a remedy that is a commit or has remedies.
    """

    id: str
    action: Action
    words: str
    target: Target | None = None
    to: Target | None = None
    """The second element of a drag."""
    expect: Expect | None = None
    commit: bool = False
    already: Expect | None = None
    timeout: float = DEFAULT_TIMEOUT
    keep: Keep | None = None
    ask: Expect | None = None
    line: int | None = None
    """The line in the task file it comes from."""
    name: str = ""
    """What the rules of the file call it."""
    pre: Expect | None = None
    always: tuple[Expect, ...] = ()
    never: tuple[Expect, ...] = ()
    recover: tuple[Step, ...] = ()
    mends: str = ""
    """Of a remedy: the id of the step that failed."""

    def __post_init__(self) -> None:
        if any(remedy.commit or remedy.recover for remedy in self.recover):
            raise ValueError("a remedy cannot be a commit, nor have remedies of its own")


@dataclass(frozen=True, slots=True)
class Plan:
    """One straight line of steps and why these; empty when the planner has nothing left to do."""

    steps: tuple[Step, ...] = ()
    why: str = ""


class Planner(Protocol):
    """A pure function of goal, screen and run. Undone steps are marked in the run; control flow lives in the
    planner."""

    @property
    def name(self) -> str: ...

    def plan(self, goal: Goal, now: Observation, run: Run) -> Plan:
        """Raises GaveUp when no other way is left, Infeasible when the goal cannot be reached here."""
        ...
