"""What a phrase without relations can mean: a name, a role, one of several; "the second Save button"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grounding.lexer import Word, span
from grounding.roles import role_of

ARTICLES = frozenset({"the", "a", "an", "this", "that"})
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth")  # fmt: skip
_ORDINAL = {**{word: at + 1 for at, word in enumerate(ORDINALS)}, "last": -1, "final": -1, "penultimate": -2}
_NUMBERED = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_NAMING = frozenset(
    ["called", "containing", "for", "labeled", "labelled", "marked", "named", "reading", "saying", "titled", "with"]
)
_NAMED_BY = ("with the text", "with the label", "with the name", "with text", "with label", "with name", "that says")
COUNTED = frozenset({"row", "columnheader", "listitem", "cell"})
"""Roles that are counted rather than named: "row 3" is the third row, "option 3" may well be called so."""
_NAMED_BY_NUMBER = frozenset({"listitem", "cell"})
"""Of these, those that are called "Item 3" as often as they are counted."""
_FIXED = frozenset({"first name", "last name", "first names", "last names", "first line", "last line",
                    "last login", "last modified", "last seen", "last updated", "first day", "first page", "last page",
                    "last used", "final price", "third party"})  # fmt: skip
"""Names that begin like an ordinal."""
_REPEATED = """
    add delete remove edit open view show change select choose download details more copy move save rename up down close
    dismiss reply like share buy pin star mark done expand collapse toggle
"""
REPEATED = frozenset(_REPEATED.split())
"""Controls that stand in every row: "first Delete" makes sense when one row is left."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One meaning. `sure` is how readily a person would have meant this (the highest is what `parse` returns)."""

    name: str
    role: str | None = None
    nth: int | None = None
    exact: bool = False
    sure: int = 0


def phrases(text: str, part: Sequence[Word]) -> tuple[Phrase, ...]:
    """All meanings, the literal name first; none for no words."""
    return tuple(dict.fromkeys(_phrases(text, part)))


def _phrases(text: str, part: Sequence[Word]) -> Iterator[Phrase]:
    if not part:
        return
    if len(part) == 1 and part[0].quoted:
        yield Phrase(part[0].inner, exact=True, sure=9)
        return
    if not any(word.quoted for word in part):
        yield Phrase(span(text, part), sure=1)
    rest = part[1:] if part[0].low in ARTICLES else part
    if not rest:
        return
    yield from _named(text, rest, sure=2)
    yield from _ordinal(text, rest)
    if rest is not part and not any(word.quoted for word in rest):
        yield Phrase(span(text, rest), sure=2)
    elif rest is not part and len(rest) == 1:
        yield Phrase(rest[0].inner, exact=True, sure=9)
    if any(word.quoted for word in part):
        yield Phrase(span(text, part), sure=0)


def _ordinal(text: str, part: Sequence[Word]) -> Iterator[Phrase]:
    nth, used = _nth(part)
    rest = part[used:]
    if nth is None or not rest:
        return
    if rest[0].low in {"of", "to", "and", "or"}:
        return
    if f"{part[0].low} {rest[0].low}" in _FIXED:
        return
    for phrase in _phrases(text, rest):
        if phrase.nth is None:
            yield Phrase(phrase.name, phrase.role, nth, phrase.exact, 4 + phrase.sure)


def _nth(part: Sequence[Word]) -> tuple[int | None, int]:
    """The number that an ordinal at the beginning says, and how many words it takes."""
    low = [word.low for word in part]
    nth = _ORDINAL.get(low[0])
    if (numbered := _NUMBERED.fullmatch(low[0])) is not None:
        nth = int(numbered[1])
    if nth is None or nth == 0:
        return None, 0
    if nth > 0 and low[1:3] == ["to", "last"]:
        return -nth, 3
    return nth, 1


def _named(text: str, part: Sequence[Word], sure: int) -> Iterator[Phrase]:
    """Readings with a role word at the end, at the beginning, or alone."""
    for size in (3, 2, 1):  # "drop-down list", "text box"
        if len(part) < size:
            continue
        if (role := _role(part[-size:])) is not None:
            if len(part) == size > 1 and (last := _role(part[-1:])) is not None:
                yield Phrase(span(text, part[:-1]), last, sure=1)  # a field called "Search" before any search field
            yield from _trailing(text, part[:-size], role, part[0], sure)
            break
    for size in (3, 2, 1):
        if len(part) > size and (role := _role(part[:size])) is not None:
            yield from _leading(text, part[:size], part[size:], role)
            break


def _role(part: Sequence[Word]) -> str | None:
    return None if any(not word.low for word in part) else role_of(" ".join(word.low for word in part))


def _trailing(text: str, name: Sequence[Word], role: str, first: Word, sure: int) -> Iterator[Phrase]:
    if not name:
        capital = first.inner[:1].isupper()
        if not (capital and role == "text"):
            yield Phrase("", role, sure=0 if capital else 3)
    elif len(name) == 1 and name[0].quoted:
        yield Phrase(name[0].inner, role, exact=True, sure=9)
    elif _role(name[:1]) is not None and len(name) == 1:
        yield Phrase(span(text, name), role, sure=0)  # "Button text": rather a name
    elif len(name) == 1 and (number := _number(name[0].low)) is not None and role in COUNTED:
        yield Phrase("", role, nth=number, sure=0)
    else:
        yield Phrase(span(text, name), role, sure=sure + 1)


def _leading(text: str, word: Sequence[Word], rest: Sequence[Word], role: str) -> Iterator[Phrase]:
    capital = part_capital(word)  # "Logo text" and "Option 1" are names
    low = " ".join(word.low for word in rest)
    number = _number(rest[0].low.removeprefix("#") if len(rest) == 1 else "")
    if number is not None:
        counted = role in COUNTED
        if counted and not (capital and role in _NAMED_BY_NUMBER):
            yield Phrase("", role, nth=number, sure=8)
        yield Phrase(span(text, rest), role, sure=0)
        if not counted and not capital:
            yield Phrase("", role, nth=number, sure=0)
        return
    naming = next((len(words.split()) for words in _NAMED_BY if low.startswith(words + " ")), 0)
    if not naming and rest[0].low in _NAMING and len(rest) > 1:
        naming = 1
    name = rest[naming:]
    if not name:
        return
    if len(name) == 1 and name[0].quoted:
        yield Phrase(name[0].inner, role, exact=True, sure=9)
    elif naming:
        yield Phrase(span(text, name), role, sure=6)
    elif not capital or part_capital(rest):
        lower = rest[-1].low and _role(rest[-1:]) is None and not part_capital(rest)
        yield Phrase(span(text, name), role, sure=0 if lower else 2)


def part_capital(part: Sequence[Word]) -> bool:
    """Whether the words begin with a capital or are no letters at all: names do, the rest of a sentence does not."""
    first = part[0].inner[:1]
    return part[0].quoted or not first.isalpha() or not first.islower()


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and 0 < int(word) < 10_000 and not word.startswith("0"):
        return int(word)
    return CARDINALS.index(word) + 1 if word in CARDINALS else None
