"""What is wrong with a task file: one line each, with the place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from cua.errors import BadInput

LIKE = 65.0
"""From this similarity (0..100) on, another word is offered."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. `hint` is what to write instead; "" where `what` says it all."""

    file: Path
    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"

    @property
    def sentence(self) -> str:
        return f"{self.what}; {self.hint}" if self.hint else self.what

    def error(self) -> BadInput:
        return BadInput(self.sentence, file=self.file, line=self.line)


class Missing:
    """In the place of what could not be read: the problem is on the list, reading goes on."""


MISSING = Missing()


@dataclass(slots=True)
class Problems:
    """Collects what is found in one file, so that all of it can be told at once."""

    file: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, what: str, hint: str = "") -> Missing:
        problem = Problem(self.file, line, what, hint)
        if problem not in self.found:
            self.found.append(problem)
        return MISSING

    def first(self) -> Problem | None:
        return min(self.found, key=lambda problem: problem.line, default=None)


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one; "" when none is."""
    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKE)
    return best[0] if best else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint for a word that is not known; "" when nothing is like it."""
    return said(closest(word, known))


def said(like: str) -> str:
    """The hint that offers this word."""
    return f'did you mean "{like}"?' if like else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """a, b or c"""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
