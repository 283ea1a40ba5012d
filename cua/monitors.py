"""Rules about the order of things as small machines. Each has three answers: kept for good, broken for good, or open.

They follow linear temporal logic over what has happened so far (LTL3: Bauer, Leucker, Schallhart, "Runtime Verification
for LTL and TLTL", 2011). A run is a row of letters, screens that were looked at and steps that were done:

    before      ¬then W first                       (precedence: Dwyer, Avrunin, Corbett, 1999)
    until       (a screen → keep) U until
    eventually  F what
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from hashlib import sha256

from cua.contract import Before, Contract, Eventually, Rule, Until, What
from cua.expect import Expect
from cua.run import Done


class Truth(Enum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Sight:
    """A screen was looked at; `marks` are those of what held on it."""

    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deed:
    """The step of this name was done and proved."""

    name: str


Letter = Sight | Deed


@lru_cache(maxsize=1024)
def mark(expect: Expect) -> str:
    """What stands for the expectation in the record of a run: a changed file changes it."""
    return sha256(repr(expect).encode()).hexdigest()[:12]


def sightings(contract: Contract) -> tuple[Expect, ...]:
    """What the rules ask of screens, each once."""
    found: dict[Expect, None] = {}
    for rule in contract.order:
        match rule:
            case Before(first, then):
                parts: tuple[What, ...] = (first, then)
            case Until(keep, until):
                parts = (keep, until)
            case Eventually(what):
                parts = (what,)
            case _:
                raise TypeError(f"{type(rule).__name__} is no rule about the order of things")
        found.update(dict.fromkeys(part for part in parts if isinstance(part, Expect)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Monitor:
    """One rule and how it stands. Kept and broken are for good: no later letter changes them."""

    rule: Rule
    truth: Truth = Truth.OPEN

    def after(self, letter: Letter) -> Monitor:
        if self.truth is not Truth.OPEN:
            return self
        return replace(self, truth=_next(self.rule, letter))

    @property
    def owes(self) -> bool:
        """Whether a run that is over now has not kept it, though nothing broke it."""
        return self.truth is Truth.OPEN and not isinstance(self.rule, Before)


def _next(rule: Rule, letter: Letter) -> Truth:
    match rule:
        case Before(first, then):
            return Truth.KEPT if _is(first, letter) else Truth.BROKEN if _is(then, letter) else Truth.OPEN
        case Until(keep, until):
            if _is(until, letter):
                return Truth.KEPT
            return Truth.BROKEN if isinstance(letter, Sight) and not _is(keep, letter) else Truth.OPEN
        case Eventually(what):
            return Truth.KEPT if _is(what, letter) else Truth.OPEN
    raise TypeError(f"{type(rule).__name__} is no rule about the order of things")


def _is(what: What, letter: Letter) -> bool:
    if isinstance(what, str):
        return isinstance(letter, Deed) and letter.name == what
    return isinstance(letter, Sight) and mark(what) in letter.marks


def after_all(monitors: tuple[Monitor, ...], letters: Iterable[Letter]) -> tuple[Monitor, ...]:
    for letter in letters:
        monitors = tuple(monitor.after(letter) for monitor in monitors)
    return monitors


def followed(monitors: tuple[Monitor, ...], done: Iterable[Done]) -> tuple[Monitor, ...]:
    """How the rules stand after these records of a run. Only what is proved counts: what was undone has to be seen or
    done again.

    It was asked before each step whether it breaks a rule. One that seems to be broken looking back has lost what had
    kept it (a field that a way back emptied): it is open.
    """
    for one in done:
        if one.proved:
            for letter in _letters(one):
                later = (monitor.after(letter) for monitor in monitors)
                monitors = tuple(
                    old if new.truth is Truth.BROKEN else new for old, new in zip(monitors, later, strict=True)
                )
    return monitors


def _letters(done: Done) -> Iterator[Letter]:
    """The screen before it, the step itself, the screen after it."""
    before, after = done.seen if len(done.seen) == 2 else (None, None)
    if before is not None:
        yield Sight(frozenset(before))
    if done.step.name:
        yield Deed(done.step.name)
    if after is not None:
        yield Sight(frozenset(after))
