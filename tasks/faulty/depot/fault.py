"""What a fault is: a name, a line of words, the moments at which it can fire, whether a way to the goal is left."""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from .application import Depot
from .web import Answer, Request


class Way(Enum):
    """What it takes to reach the goal all the same, after the fault has fired once."""

    NOTHING = "nothing: it only disturbs"
    WAIT = "wait"
    REPEAT = "do the step again"
    RELOAD = "load the page again"
    LOOK = "look whether it has happened"
    RETYPE = "fill it in again"
    DISMISS = "get it out of the way"
    SIGN_IN = "sign in again"
    MEND = "correct what was stored"
    NONE = "there is none"

    @property
    def exists(self) -> bool:
        return self is not Way.NONE


@dataclass(slots=True)
class Standing:
    """What holds after a firing: requests that `fits` are answered by `answer`, so many `times`, until `seconds` have
    passed or `ends` fits a request."""

    fits: Callable[[Request], bool]
    answer: Callable[[Request], Answer]
    seconds: float = 3600.0
    times: int = 1_000_000
    ends: Callable[[Request], bool] = lambda request: False
    by: str = ""
    since: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        return self.times <= 0 or time.monotonic() > self.since + self.seconds


@dataclass(frozen=True, slots=True)
class Call:
    """One firing. `go_on` is what would be answered without it; call it at most once."""

    request: Request
    moment: str
    depot: Depot
    rng: Random
    stand: Callable[[Standing], None]
    """Let something hold for the requests that come after this one."""
    go_on: Callable[[Request], Answer]


Act = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    about: str
    at: frozenset[str]
    way: Way
    act: Act
    spread: int = 1
    """Where no time is named, the seed chooses among the first so many moments."""


@dataclass(frozen=True, slots=True)
class Armed:
    """A fault that is switched on: `time` is the time, from 1, at which it fires; None is always."""

    fault: Fault
    time: int | None

    def __str__(self) -> str:
        return f"{self.fault.name}@{self.time or 'always'}"


class UnknownFault(ValueError):
    """There is no fault of this name, or its time cannot be read."""


_ASKED = re.compile(r"(?P<name>[a-z0-9-]+)(@(?P<time>[1-9][0-9]*|always))?")


def armed(words: Iterable[str], faults: Mapping[str, Fault], seed: int) -> tuple[Armed, ...]:
    """What `name`, `name@2` and `name@always` stand for. Raises UnknownFault."""
    return tuple(_armed(one.strip(), faults, seed) for one in words if one.strip())


def _armed(words: str, faults: Mapping[str, Fault], seed: int) -> Armed:
    asked = _ASKED.fullmatch(words)
    if asked is None:
        raise UnknownFault(f'"{words}" is no fault: say NAME, NAME@2 (the second time) or NAME@always')
    fault = faults.get(asked["name"])
    if fault is None:
        near = difflib.get_close_matches(asked["name"], faults, 1)
        hint = f'did you mean "{near[0]}"?' if near else "--list tells all of them"
        raise UnknownFault(f'there is no fault "{asked["name"]}"; {hint}')
    if asked["time"] == "always":
        return Armed(fault, None)
    if asked["time"]:
        return Armed(fault, int(asked["time"]))
    return Armed(fault, Random(f"{seed}/{fault.name}/time").randint(1, fault.spread))
