"""Patterns of clauses: words, [optional words], (one|or another) and {slots} that take one token or more.

    "fill [in] {field} with {value}"

A slot is lazy ("{field}", the shortest first) or greedy ("{value+}", the longest first); all ways to match are given,
the
preferred first, so that the screen can decide where words alone cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cua.planners.instruct.lexer import Kind, Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was written in a slot. `text` is without quotes where the whole of it is one literal (`quoted`)."""

    text: str
    quoted: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


@dataclass(frozen=True, slots=True)
class Span:
    """A run of tokens of a source text."""

    source: str
    tokens: tuple[Token, ...]

    def __bool__(self) -> bool:
        return bool(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, part: slice) -> Span:
        return Span(self.source, self.tokens[part])

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        """As it was written, white space run together outside of quotes."""
        if not self.tokens:
            return ""
        parts = [self.tokens[0]]
        said = self._written(parts[0])
        for token in self.tokens[1:]:
            gap = "" if token.start == parts[-1].end else " "
            said += gap + self._written(token)
            parts.append(token)
        return " ".join(said.split()) if not any(t.kind is Kind.QUOTED for t in self.tokens) else said

    def _written(self, token: Token) -> str:
        return "" if token.kind is Kind.BREAK else self.source[token.start : token.end]

    @property
    def lows(self) -> tuple[str, ...]:
        return tuple(token.low for token in self.tokens)

    @property
    def phrase(self) -> Phrase:
        if len(self.tokens) == 1 and self.tokens[0].kind is Kind.QUOTED:
            return Phrase(self.tokens[0].text, quoted=True)
        return Phrase(self.text)

    def before(self, count: int) -> Span:
        return Span(self.source, self.tokens[:count])

    def after(self, count: int) -> Span:
        return Span(self.source, self.tokens[count:])


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    greedy: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of the ways, the first preferred; an optional part has the empty one last."""

    ways: tuple[Pattern, ...]


Pattern = tuple["str | Slot | Choice", ...]
Slots = Mapping[str, Span]

_PIECES = re.compile(r"\{(\w+)(\+?)\}|([\[\](|)])|([^\s\[\](|){}]+)")


@cache
def compiled(pattern: str) -> Pattern:
    """The tree of a pattern."""
    ways, rest = _ways([found.group() for found in _PIECES.finditer(pattern)])
    if rest:
        raise ValueError(f"unbalanced brackets in the pattern: {pattern}")
    return ways[0] if len(ways) == 1 else (Choice(tuple(ways)),)


def _ways(pieces: Sequence[str]) -> tuple[list[Pattern], Sequence[str]]:
    """The alternatives up to a closing bracket or the end."""
    found: list[Pattern] = []
    current: Pattern = ()
    while pieces and pieces[0] not in "])":
        piece, pieces = pieces[0], pieces[1:]
        if piece == "|":
            found, current = [*found, current], ()
        elif piece in "[(":
            inner, pieces = _ways(pieces)
            pieces = pieces[1:]
            current = (*current, Choice((*inner, ()) if piece == "[" else tuple(inner)))
        elif piece.startswith("{"):
            current = (*current, Slot(piece.strip("{+}"), piece.endswith("+}")))
        else:
            current = (*current, piece)
    return [*found, current], pieces


def heads(pattern: Pattern) -> frozenset[str]:
    """The words with which what fits the pattern can begin."""
    first = pattern[0]
    if isinstance(first, Choice):
        return frozenset().union(*(heads(way + pattern[1:]) for way in first.ways))
    if isinstance(first, Slot):
        raise TypeError("a pattern begins with a word")
    return frozenset({first})


def matches(pattern: Pattern, span: Span) -> Iterator[dict[str, Span]]:
    """Every way in which the whole span is the pattern, the preferred first."""
    if not pattern:
        if not span:
            yield {}
        return
    head, rest = pattern[0], pattern[1:]
    if isinstance(head, Choice):
        for way in head.ways:
            yield from matches(way + rest, span)
    elif isinstance(head, Slot):
        sizes = range(1, len(span) + 1)
        for size in reversed(sizes) if head.greedy else sizes:
            for slots in matches(rest, span.after(size)):
                yield {head.name: span.before(size), **slots}
    elif span and _same(span.tokens[0], head):
        yield from matches(rest, span.after(1))


def _same(token: Token, word: str) -> bool:
    return token.kind is not Kind.QUOTED and (token.low == word or token.text == word)
