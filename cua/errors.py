"""How a run ends and how a step fails, as exceptions; the rest of the tree is drawn in `envs.errors`.

CuaError
├── BadInput                     a file, option or instruction is wrong: file and line named     (exit 2)
├── StepFailed                   a step did not do what it says; the tracker undoes it
│   └── NotVerified              it was done, and the proof did not come
├── Skipped                      the person at the terminal goes on without a step
└── Finished                     the only ways out of the loop; each knows its outcome
    ├── GoalReached              reached | already                                               (exit 0)
    ├── NotReached               the plan is over and the screen says no                         (exit 1)
    │   ├── GaveUp               no other way is left
    │   ├── LimitReached         steps, seconds, rollbacks, identical actions
    │   └── Stranded             no verified way back to a proved state
    ├── Infeasible               the goal cannot be reached here                                 (exit 1)
    ├── Denied                   the policy says no                                              (exit 3)
    ├── NeedsApproval            a person has to say yes first; resumable                        (exit 3)
    ├── WorldLost                browser or display gone                                         (exit 4)
    ├── Unclear                  a commit was sent and its outcome is not known                  (exit 5)
    └── Interrupted              Ctrl-C or a termination signal; resumable                       (exit 130)
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from envs.errors import CuaError

if TYPE_CHECKING:
    from cua.proof import Proof
    from cua.run import Done


class Outcome(StrEnum):
    REACHED = "reached"
    ALREADY = "already"
    NOT_REACHED = "not_reached"
    INFEASIBLE = "infeasible"
    DENIED = "denied"
    NEEDS_APPROVAL = "needs_approval"
    ENVIRONMENT = "environment"
    UNCLEAR = "unclear"
    INTERRUPTED = "interrupted"

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self]


EXIT_CODES = {
    Outcome.REACHED: 0,
    Outcome.ALREADY: 0,
    Outcome.NOT_REACHED: 1,
    Outcome.INFEASIBLE: 1,
    Outcome.DENIED: 3,
    Outcome.NEEDS_APPROVAL: 3,
    Outcome.ENVIRONMENT: 4,
    Outcome.UNCLEAR: 5,
    Outcome.INTERRUPTED: 130,
}
BAD_INPUT = 2
BUG = 70


class BadInput(CuaError):
    """Something the user wrote is wrong. The message is one line: `file:line: what. What to do`."""

    def __init__(self, why: str, *, file: Path | str | None = None, line: int | None = None) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(where + why)
        self.file = file
        self.line = line


class Cause(Enum):
    """What kept a step from succeeding, as far as it decides what to try."""

    NOT_THERE = auto()
    """No element fits the target."""
    LATE = auto()
    """The same, and the target is named by what the run has stored: a list may be behind."""
    AMBIGUOUS = auto()
    BLOCKED = auto()
    """The element cannot take the action: covered, disabled, it does not hold still. Nothing was dispatched."""
    NO_EFFECT = auto()
    """It was done, nothing was sent, and the screen is as it was."""
    BUSY = auto()
    """The server asks to come back later."""
    OUTDATED = auto()
    """The server says that what it was sent is not based on what it holds now."""
    REFUSED = auto()
    """The server says that what it was sent is wrong, and the page does not say which entry."""
    SPOILT = auto()
    """A field does not hold what was put into it, or not any more."""
    UNPROVED = auto()
    """It was done, and what should be seen is not."""


class StepFailed(CuaError):
    """A step did not do what it says. `done` is the record of it, `proof` what was asked of the world afterwards (None
    when nothing was dispatched, so that there is nothing to undo)."""

    def __init__(self, done: Done, proof: Proof | None = None, cause: Cause = Cause.UNPROVED) -> None:
        super().__init__(done.verdict.why)
        self.done = done
        self.proof = proof
        self.cause = cause


class Skipped(CuaError):
    """A person at the terminal has said to go on without this step."""


class Finished(CuaError):
    """The run is over. `done` is the record of the step it ended in, where it is not in the run yet."""

    outcome = Outcome.NOT_REACHED

    def __init__(self, why: str, done: Done | None = None) -> None:
        super().__init__(why)
        self.done = done


class GoalReached(Finished):
    outcome = Outcome.REACHED


class AlreadyReached(GoalReached):
    """The goal held before anything was done."""

    outcome = Outcome.ALREADY


class NotReached(Finished):
    pass


class GaveUp(NotReached):
    pass


class LimitReached(NotReached):
    pass


class Stranded(NotReached):
    pass


class Infeasible(Finished):
    outcome = Outcome.INFEASIBLE


class Denied(Finished):
    outcome = Outcome.DENIED


class NeedsApproval(Finished):
    outcome = Outcome.NEEDS_APPROVAL


class WorldLost(Finished):
    outcome = Outcome.ENVIRONMENT


class Unclear(Finished):
    outcome = Outcome.UNCLEAR


class Interrupted(Finished):
    outcome = Outcome.INTERRUPTED


ENDS: dict[Outcome, type[Finished]] = {
    kind.outcome: kind
    for kind in (
        GoalReached, AlreadyReached, NotReached, Infeasible, Denied, NeedsApproval, WorldLost, Unclear, Interrupted,
    )
}  # fmt: skip
"""The end that each outcome stands for."""
