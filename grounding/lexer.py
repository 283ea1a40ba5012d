"""Words of a target, with their quotes and parentheses kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOSING = {
    '"': '"',
    "'": "'",
    "“": "”",
    "„": "“”",
    "”": "”",
    "‘": "’",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "`": "`'",
}
DEEPEST = 4
"""With parentheses nested deeper than this, none of them is a group."""
_AFTER = " \t\n\r ,.;:!?)]"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a quotation or a group in parentheses. `inner` is what stands between the quotes or parentheses; start
    and end are offsets in the text."""

    inner: str
    start: int
    end: int
    quoted: bool = False
    grouped: bool = False

    @property
    def low(self) -> str:
        """The word as a keyword; nothing for what is quoted or grouped, which is never one."""
        return "" if self.quoted or self.grouped else self.inner.casefold().strip(".,;:!?")


def words(text: str) -> tuple[Word, ...]:
    """The words in order. An unclosed quote or parenthesis is an ordinary letter."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    at, end = 0, len(text)
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        stop = _quotation(text, at)
        if stop is not None:
            yield Word(text[at + 1 : stop].strip(), at, stop + 1, quoted=True)
            at = stop + 1
            continue
        stop = _group(text, at)
        if stop is not None:
            yield Word(text[at + 1 : stop].strip(), at, stop + 1, grouped=True)
            at = stop + 1
            continue
        stop = at
        while stop < end and not text[stop].isspace():
            stop += 1
        yield Word(text[at:stop], at, stop)
        at = stop


def _quotation(text: str, at: int) -> int | None:
    """Where the quotation that opens here closes: at the end of a word, not empty."""
    closing = _CLOSING.get(text[at])
    if closing is None:
        return None
    for stop in range(at + 1, len(text)):
        ends = stop + 1 == len(text) or text[stop + 1] in _AFTER
        if text[stop] in closing and ends and text[at + 1 : stop].strip():
            return stop
    return None


def _group(text: str, at: int) -> int | None:
    if text[at] != "(":
        return None
    depth = 0
    for stop in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[stop], 0)
        if depth > DEEPEST:
            return None
        if depth == 0:
            ends = stop + 1 == len(text) or text[stop + 1] in _AFTER
            return stop if ends and text[at + 1 : stop].strip() else None
    return None


def span(text: str, part: Sequence[Word]) -> str:
    """The text that these words cover, as written."""
    return text[part[0].start : part[-1].end] if part else ""
