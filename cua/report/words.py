"""The words in which runs and steps are told to people, the same on the terminal, in the page and in JUnit."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from cua.errors import Outcome
from cua.run import Done, Rollback, Run
from cua.step import Step
from envs.action import Check, Click, Look


class Tone(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Standing(StrEnum):
    """How a step stands in the end."""

    PROVED = "proved"
    UNDONE = "undone"
    FAILED = "failed"

    @classmethod
    def of(cls, done: Done) -> Standing:
        if done.proved and not done.skipped:
            return cls.PROVED
        if done.skipped:
            return cls.UNDONE
        return cls.UNDONE if done.undone else cls.FAILED

    @property
    def mark(self) -> str:
        return {"proved": "✓", "undone": "↩", "failed": "✗"}[self.value]

    @property
    def tone(self) -> Tone:
        return {"proved": Tone.GOOD, "undone": Tone.WARN, "failed": Tone.BAD}[self.value]


_OUTCOMES: dict[Outcome | None, tuple[str, Tone, str]] = {
    Outcome.REACHED: ("Goal reached", Tone.GOOD, ""),
    Outcome.ALREADY: ("Already true", Tone.GOOD, "Nothing had to be done."),
    Outcome.NOT_REACHED: ("Not reached", Tone.BAD, ""),
    Outcome.INFEASIBLE: ("Cannot be reached here", Tone.BAD, ""),
    Outcome.DENIED: ("Stopped by policy", Tone.BAD, ""),
    Outcome.NEEDS_APPROVAL: ("Waiting for approval", Tone.WARN, "To say yes and go on: cua resume {id} --yes"),
    Outcome.ENVIRONMENT: ("Browser or display lost", Tone.BAD, "cua doctor says what is missing on this machine."),
    Outcome.UNCLEAR: ("Unclear", Tone.WARN, "Something was sent that cannot be undone: look before running again."),
    Outcome.INTERRUPTED: ("Interrupted", Tone.WARN, "To go on from the last proved state: cua resume {id}"),
    None: ("Not finished", Tone.WARN, "To go on from the last proved state: cua resume {id}"),
}


def outcome(run: Run) -> str:
    return _OUTCOMES[run.outcome][0]


def tone(run: Run) -> Tone:
    return _OUTCOMES[run.outcome][1]


def advice(run: Run) -> str:
    """What to do next, or nothing where there is nothing to do."""
    return _OUTCOMES[run.outcome][2].format(id=run.id)


def verdict(done: Done) -> str:
    """The verdict on a step as a sentence: "proved: ...", "not proved: ...", and what became of it."""
    if done.skipped:
        return done.verdict.why
    if done.verdict.holds:
        return f"proved, then undone: {done.verdict.why}" if done.undone else f"proved: {done.verdict.why}"
    return f"not proved: {done.verdict.why}"


def rollback(back: Rollback) -> str:
    """A return to a proved state as a sentence."""
    if not back.ok:
        return f"could not go back {route(back)}: {back.why}"
    said = "nothing had to be undone" if back.route == "nothing" else f"went back {route(back)}"
    return said + (f", {_REMEDIES.get(back.remedy, back.remedy)}" if back.remedy else "")


_REMEDIES = {
    "dismiss": "and what lay over the page was closed",
    "keyboard": "and it is tried by the keyboard",
    "reload": "with the page loaded anew",
    "fill in": "and what was changed is filled in again",
    "wait": "after a pause",
    "look up": "after seeing that it has not happened",
    "sign in": "after signing in again",
}
"""What was done so that the next try may succeed, as the end of a sentence (`cua.remedies`)."""


def route(back: Rollback) -> str:
    known = {
        "nothing": "without doing anything",
        "history": "through the browser's history",
        "url": "by its address",
        "inverse": "by the opposite step",
    }
    return known.get(back.route, f"by {back.route}")


def verb(step: Step) -> str:
    """The word for the step in task files."""
    match step.action:
        case Click(button="right"):
            return "right_click"
        case Click(count=2):
            return "double_click"
        case Check(on=False):
            return "uncheck"
        case Look():
            return "extract" if step.keep else "if" if step.ask else "wait"
        case action:
            return action.verb


def target(step: Step) -> str | None:
    """The target as it was written, None where the step has none."""
    return (step.target.text or step.target.name) if step.target else None


def duration(ms: float) -> str:
    """A time for people: "38 ms", "1.2 s", "2 min 05 s", "1 h 02 min"."""
    if ms < 999.5:
        return f"{ms:.0f} ms"
    if ms < 59_950:
        return f"{ms / 1000:.1f} s"
    seconds = round(ms / 1000)
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"


def sentence(words: str) -> str:
    """With a capital letter at its beginning."""
    return words[:1].upper() + words[1:]


def count(number: int, of: str) -> str:
    """ "1 step", "2 steps"."""
    return f"{number} {of}" if number == 1 else f"{number} {of}s"


def percent(confidence: float) -> str:
    """Rounded down, so that only certainty reads 100 %."""
    return f"{int(confidence * 100 + 1e-9)}%"


def ranges(numbers: Iterable[int]) -> str:
    """Numbers on one line, neighbours run together: "1-3, 5" with a real dash."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def told(run: Run) -> list[tuple[Done, Rollback | None]]:
    """The steps in the order they happened, each with the return that followed it.

    A return belongs to the first step of its id that failed and has none yet; steps that a return to an earlier state
    undid on the way (`lost`) have none of their own.
    """
    backs: dict[int, Rollback] = {}
    for back in run.rollbacks:
        own = [n for n, done in enumerate(run.done) if done.undone and done.step.id == back.step and n not in backs]
        failed = [n for n in own if not run.done[n].verdict.holds]
        for number in (failed or own)[:1]:
            backs[number] = back
    return [(done, backs.get(number)) for number, done in enumerate(run.done)]
