"""Text to tokens: words, quoted literals, addresses, and what separates clauses. Nothing is lost: tokens keep their
place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cua.errors import BadInput


class Kind(StrEnum):
    WORD = "word"
    QUOTED = "quoted"
    COMMA = "comma"
    BREAK = "break"
    """A line break that may be a mere wrap: it separates only where both sides can stand alone."""
    STOP = "stop"
    """The end of a sentence, a semicolon, an item of a list."""


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the word, or what stands between the quotes; `start` and `end` are the place in the source, quotes
    included."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word as the grammar compares it; a quoted literal is never a word of the grammar."""
        if self.kind is Kind.QUOTED:
            return "\0"
        if self.text in BRACKETS:
            return BRACKETS[self.text]
        return self.text.casefold().replace("’", "'").rstrip("!?") or self.text

    @property
    def word(self) -> bool:
        return self.kind in (Kind.WORD, Kind.QUOTED)


BRACKETS = {"(": "lparen", ")": "rparen"}
"""What patterns call them."""
QUOTES = {'"': '"', "“": '”"“', "”": '”"', "„": '“”"', "'": "'’", "‘": "’'", "«": "»", "»": "«", "`": "`"}
"""Opening quote: the characters that may close it."""

_BULLET = re.compile(r"(?:(?:step\s+)?\(?\d{1,3}[.):](?=\s)|[-*•–‣◦](?=\s)|\[[ xX]?\](?=\s))\s*", re.IGNORECASE)
_URL = re.compile(r"(?:https?|file)://[^\s\"'<>“”«»]+|about:blank\b")
_WORD = re.compile(r"[^\s,;]+(?:,(?=\d{3}\b)[^\s,;]+)*")
_PAIR = re.compile(
    r"((?:user(?:name)?|login|password|passphrase|pass|pwd|email)|[=:](?=.))(?:[=:]|(?<=[=:])).+", re.IGNORECASE
)
"""username=admin, password:secret: three tokens."""
_ARROW = re.compile(r"(?:->|→|=>|⇒|➜|>>?(?=\s))")
_SHORT = frozenset(
    [
        "dr", "mr", "mrs", "ms", "st", "inc", "ltd", "co", "corp", "jr", "sr", "vs", "e.g", "i.e", "etc", "approx",
        "dept", "est", "fig", "no", "vol", "pp", "ca", "prof", "gen", "sen", "rev", "hon",
    ]
)  # fmt: skip
_LETTER_BEFORE = re.compile(r"[^\W_]")


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of the text. Raises BadInput for a quote that is never closed."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Token]:
    place, fresh = 0, True  # fresh: at the beginning of a line or sentence, where a bullet may stand
    while place < len(text):
        bullet = _BULLET.match(text, place) if fresh else None
        if bullet:
            yield Token(Kind.STOP, bullet.group().strip(), place, bullet.end())
            place, fresh = bullet.end(), False
            continue
        char = text[place]
        if char.isspace():
            end = place
            while end < len(text) and text[end].isspace():
                end += 1
            lines = text.count("\n", place, end)
            if lines:
                yield Token(Kind.STOP if lines > 1 else Kind.BREAK, "\n", place, end)
                fresh = True
            place = end
            continue
        token = _one(text, place)
        yield token
        fresh = token.kind is Kind.STOP
        place = token.end


def _one(text: str, place: int) -> Token:
    char = text[place]
    if char in ",，、":
        return Token(Kind.COMMA, char, place, place + 1)
    if char in ";；":
        return Token(Kind.STOP, char, place, place + 1)
    if char in QUOTES and (literal := _quoted(text, place)) is not None:
        return literal
    if char == "(" and place + 1 < len(text) and not text[place + 1].isspace():
        return Token(Kind.WORD, char, place, place + 1)
    if arrow := _ARROW.match(text, place):
        return Token(Kind.WORD, "then", place, arrow.end())
    if char in ".…" and (place + 1 == len(text) or not _LETTER_BEFORE.match(text[place + 1])):
        return Token(Kind.STOP, char, place, place + 1)
    return _word(text, place)


def _quoted(text: str, place: int) -> Token | None:
    opening = text[place]
    narrow = opening in "'‘"  # these are apostrophes inside words
    for end in range(place + 1, len(text)):
        if text[end] not in QUOTES[opening] or (narrow and end + 1 < len(text) and _LETTER_BEFORE.match(text[end + 1])):
            continue
        if text[end] == opening == "“" and any(mark in text[end + 1 :] for mark in '”"'):
            continue  # two opening marks: only where no proper closing one follows
        return Token(Kind.QUOTED, text[place + 1 : end], place, end + 1)
    if opening in "'`»”":
        return None  # an apostrophe, a bread crumb
    raise BadInput(f"the quote {opening} is opened before “{text[place + 1 : place + 31]}” and never closed")


def _word(text: str, place: int) -> Token:
    url = _URL.match(text, place)
    if url:
        end = place + len(url.group().rstrip(".,;:!?)"))
        return Token(Kind.WORD, text[place:end], place, end)
    found = _WORD.match(text, place)
    assert found is not None
    word = found.group()
    for mark in ('"', "“", "«", "„"):  # key="value": the literal is a token of its own
        inner = word.find(mark)
        if inner > 0 and word[inner - 1] in "=:(":
            word = word[:inner]
    while len(word) > 1 and (
        word[-1] == ":"
        or (word[-1] == ")" and word.count(")") > word.count("("))
        or (word[-1] in ".…" and not _shortened(word))
    ):
        word = word[:-1]
    if pair := _PAIR.match(word):
        word = pair.group(1)
    return Token(Kind.WORD, word, place, place + len(word))


def _shortened(word: str) -> bool:
    """Whether the full stop belongs to the word: an abbreviation ("Dr.", "e.g.")."""
    return word.rstrip(".").casefold() in _SHORT
