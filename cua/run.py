"""What happened: an append-only record of steps done and undone. It holds ids and digests, never observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cua.errors import ENDS, Finished, Outcome
from cua.goal import Goal
from cua.trail import Trail
from cua.verdict import Verdict
from envs.geometry import Box
from envs.observation import Element

if TYPE_CHECKING:
    from cua.packed import Packed
    from cua.step import Step

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Seen:
    """An element as the record keeps it."""

    role: str
    name: str
    box: Box
    place: str
    origin: str
    expert: str = ""
    confidence: float = 0.0
    why: str = ""

    @classmethod
    def of(cls, element: Element, expert: str = "", confidence: float = 0.0, why: str = "") -> Seen:
        return cls(
            element.role, element.name, element.box, element.place, element.origin, expert, round(confidence, 4), why
        )

    def __str__(self) -> str:
        return f'{self.role} "{self.name}"' if self.name else self.role


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step left behind. kind: write (a request that may have changed the server), file, dialog, window,
    field."""

    kind: str
    what: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was tried. `verified` and `why` are the verdict; `undone`: it was rolled back or never took
    hold."""

    step: Step
    verdict: Verdict
    dispatched: bool
    found: Seen | None = None
    before: str = ""
    """Id of the state it started from."""
    after: str = ""
    url: str = ""
    """The address after it."""
    value: Json = None
    """What an extract step read, an ask step was told, a control step decided."""
    effects: tuple[Effect, ...] = ()
    undone: bool = False
    ms: float = 0.0
    pictures: tuple[str, str] = ("", "")
    """Names of the pictures before and after; "" where there is none."""
    notes: tuple[str, ...] = ()
    """What the loop met on the way: stale and found again, approval given, tried again."""
    seen: tuple[tuple[str, ...], ...] = ()
    """Marks (`cua.monitors`) of what the rules of the task ask for and was seen on the screens before and after it."""
    healed: str = ""
    """What the target of a proved step is called now, where it was found although it is not called so any more."""
    breach: str = ""
    """How the contract was broken for good; the run ends with it."""
    lost: tuple[str, ...] = ()
    """Of a remedy: ids of earlier steps that it undid (fields that a reload emptied); they are done again."""

    @property
    def proved(self) -> bool:
        return self.verdict.holds and not self.undone

    @property
    def skipped(self) -> bool:
        """A person has said to go on without it; nothing was done, and nothing is proved of it."""
        return SKIPPED in self.notes


SKIPPED = "skipped at the terminal"
"""The note of such a step."""


class Glance(Done):
    """A step that is packed: what came of it is known, the rest of it is unpacked when it is asked for."""

    __slots__ = ("_number", "_packed", "_proved")

    def __init__(self, packed: Packed, number: int, proved: bool, value: Json) -> None:
        for name, known in (("_packed", packed), ("_number", number), ("_proved", proved), ("value", value)):
            object.__setattr__(self, name, known)

    def __getattr__(self, name: str) -> Any:
        """Asked for what is not set."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self._packed.get(self._number, name)

    @property
    def proved(self) -> bool:
        return bool(self._proved)

    def __eq__(self, other: object) -> bool:
        whole = self._packed.steps()[self._number]
        return bool(whole == (other._packed.steps()[other._number] if isinstance(other, Glance) else other))

    def __hash__(self) -> int:
        return hash(self._packed.steps()[self._number])


@dataclass(frozen=True, slots=True)
class Rollback:
    """A return to a proved state: the step that failed, the route ("nothing", "history", "url", "inverse"), where it
    led."""

    step: str
    route: str
    to: str
    why: str
    ok: bool
    ms: float = 0.0
    lost: tuple[str, ...] = ()
    """Ids of earlier steps that the way back undid (fields that a reload emptied); they are done again."""
    remedy: str = ""
    """What was done so that the next try may succeed: "keyboard", "reload", "dismiss", "wait", "sign in"."""
    void: bool = False
    """Of a commit that was sent: it is known not to have happened."""
    target: str = ""
    """What a person has pointed at, in words, for the step to be done to in place of its target."""


@dataclass(frozen=True)
class Run:
    """The trajectory. Values change by copying; `last` is what the journal appends. `done` may be given as any sequence
    and is a Trail, so that a step costs the same however many there were before it."""

    id: str
    goal: Goal
    done: Sequence[Done] = ()
    rollbacks: tuple[Rollback, ...] = ()
    outcome: Outcome | None = None
    why: str = ""
    ms: float = 0.0
    model_calls: int = 0
    resumed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.done, Trail):
            object.__setattr__(self, "done", Trail(self.done))

    @property
    def trail(self) -> Trail:
        """The same as `done`."""
        assert isinstance(self.done, Trail), "made so when the run was made"
        return self.done

    def add(self, done: Done) -> Run:
        kept = self.trail.undone(done.lost) if done.lost else self.trail
        return replace(self, done=kept.add(done))

    def undo(self, miss: Done, back: Rollback) -> Run:
        """The failed step is kept in the record, marked as undone, and so is what the way back lost."""
        kept = self.trail.undone(back.lost) if back.lost else self.trail
        return replace(self, done=kept.add(replace(miss, undone=True)), rollbacks=(*self.rollbacks, back))

    def finish(self, end: Finished) -> Run:
        """The end, and the step it ended in; what was committed on the way is named, so that nobody does it twice."""
        done = self.trail.add(end.done) if end.done is not None else self.done
        kept = [one.step.words for one in self.done if one.proved and one.step.commit]
        left = f" (done before that, and not undone: {', '.join(kept)})" if kept else ""
        return replace(
            self, done=done, outcome=end.outcome, why=end.why + (left if end.outcome is Outcome.NOT_REACHED else "")
        )

    def require(self) -> Run:
        """This run, when its goal was reached. Raises the `Finished` that its outcome stands for."""
        if self.outcome in (Outcome.REACHED, Outcome.ALREADY):
            return self
        raise ENDS[self.outcome or Outcome.INTERRUPTED](self.why)

    @property
    def last(self) -> Done | None:
        return self.done[-1] if self.done else None

    @property
    def proved(self) -> Mapping[str, Done]:
        """The steps that hold, by their id; the latest where one was done more than once."""
        return self.trail.proved

    @property
    def failures(self) -> Mapping[str, int]:
        """How often each step has failed, by its id."""
        return self.trail.failures

    def mended(self, step: str) -> bool:
        """Whether a remedy that the step states was proved since the step was tried last."""
        last = next((done for done in reversed(self.done) if step in (done.step.id, done.step.mends)), None)
        return last is not None and last.step.mends == step and last.proved

    def remedies(self, step: str) -> tuple[str, ...]:
        """What was done so that this step may succeed, in order."""
        return tuple(back.remedy for back in self.rollbacks if back.step == step and back.remedy)

    def pointed(self, step: str) -> str:
        """What a person has pointed at for this step, in words; "" where nobody has."""
        return next((back.target for back in reversed(self.rollbacks) if back.step == step and back.target), "")

    def in_doubt(self, step: str) -> bool:
        """Whether a commit was sent that is neither proved nor known not to have happened."""
        sent = sum(done.dispatched and not done.proved for done in self.done if done.step.id == step)
        return sent > sum(back.void for back in self.rollbacks if back.step == step)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What is left behind: by steps that are not part of the way, and, where the goal was not reached, by what was
        committed on the way to it."""
        reached = self.outcome in (None, Outcome.REACHED, Outcome.ALREADY)
        behind = (done for done in self.done if not done.proved or (done.step.commit and not reached))
        return tuple(effect for done in behind for effect in done.effects if not effect.undone)

    @property
    def extracted(self) -> Mapping[str, Json]:
        return {done.step.keep.name: done.value for done in self.done if done.step.keep is not None and done.proved}
