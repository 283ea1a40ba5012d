"""Reading one clause: the first form of which a match makes sense is its meaning; further ways to match that form are
other readings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cua.planners.instruct.forms import FORMS
from cua.planners.instruct.intents import Choose, Fill, Intent, Open, Search, Tick
from cua.planners.instruct.patterns import Pattern, Span, compiled, matches
from cua.planners.instruct.patterns import heads as beginnings


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause may mean, the preferred first, and whether only a weak form says so."""

    intents: tuple[Intent, ...]
    weak: bool = False


@cache
def _index() -> dict[str, tuple[tuple[int, Pattern], ...]]:
    """First word: the patterns that begin with it, with the number of their form."""
    index: dict[str, list[tuple[int, Pattern]]] = {}
    for number, form in enumerate(FORMS):
        for text in form.patterns:
            pattern = compiled(text)
            for head in beginnings(pattern):
                index.setdefault(head, []).append((number, pattern))
    return {head: tuple(entries) for head, entries in index.items()}


def heads() -> frozenset[str]:
    """The words with which a clause can begin."""
    return frozenset(_index())


def read(span: Span) -> Reading | None:
    """The meaning of a clause, None where no form fits it."""
    if not span:
        return None
    found: list[Intent] = []
    form = FORMS[0]
    for number, pattern in _index().get(span.tokens[0].low, ()):
        if found and FORMS[number] is not form:
            break
        form = FORMS[number]
        for slots in matches(pattern, span):
            intent = form.meaning({"head": span.before(1), **slots, "all": span})
            if intent is not None and intent not in found:
                found.append(intent)
    if not found:
        return None
    several = isinstance(found[0], UNSURE)
    return Reading(tuple(found[:4]) if several else (found[0],), form.weak)


UNSURE = (Open, Choose, Fill, Tick, Search)
"""Meanings of which the screen may choose between readings ("Terms of Service": a page, or the Terms of a record)."""
