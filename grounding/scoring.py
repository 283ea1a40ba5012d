"""How alike two names are, as pure functions of text.

What counts is what a person would accept as the same thing: decoration ("Email *" is Email), the words in order, a
few synonyms, and slips of the pen. What is another action, its opposite, another number or a look-alike is never
accepted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from grounding.vocabulary import (
    CANON,
    CONFUSABLE,
    DIRECTED,
    DIVERGING,
    FILLING,
    LOOSE,
    OTHERWISE,
    SAID_AFTER,
    SAID_BEFORE,
    STARTING,
    TURNING,
    UNSAID,
    WORDS,
)

EQUAL, DECORATED, PUNCTUATED, JOINED, SYNONYM, UNMARKED, LOOSELY, TYPO = 1.0, 0.97, 0.95, 0.88, 0.88, 0.86, 0.54, 0.72
PREFIX, FILLED, PERMUTED = 0.60, 0.60, 0.70
WHOLE = 0.7
"""From here on the whole of a name is answered to, not a part."""
REACH = 0.2
"""What covering the whole name adds to PREFIX and FILLED."""
PLURAL, SLIP, LONGER, LOOKALIKE, OPPOSITE = 0.48, 0.45, 0.45, 0.30, 0.30
"""Below every floor: said in hints, never picked. A name that goes on is another name: "Password confirmation" is no
"Password", and while a page is being built the right one may be missing."""
MOST_OF_IT = 0.65
"""Of the letters of a name: several words that cover so much of it are the name cut short."""
SLIPPED = "spelled almost so"
"""How a name is like the wanted one that only a slip of the pen makes it so."""
SURE_SWAP = 6
"""Letters of a word in which two that changed places are sure to be a slip, be it a word of interfaces or a name."""
EXPLAINED = 40
"""Characters from which on a name that begins with the wanted one is taken for the name and its explanation."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u2060\ufeff\ufe0f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_QUOTES = str.maketrans("“”„‟‘’‚‛`´«»‹›″′", "\"\"\"\"''''''\"\"''\"'")
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_TRAILING = re.compile(r"(?:[\s:*…]|\.\.\.|\((?:required|optional|\*)\)|\s[▾▼►▸▶›»→⌄↓↑×✕✖+>]|[▾▼▸▶⌄])+$")
_LEADING = re.compile(r"^(?:[*+×✕✖◂◀‹«←↓↑▾▸►✓✔•·<>-]\s+|[•✓✔]\s*)+")
_PAUSE = re.compile(r"[,;:.!?]\s+\S+\s|\s*[(\[]")
_COUNT = re.compile(r"\s*[(\[]\d[\d.,  ]*\+?[)\]]$")
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"\S+")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d"
    "\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
"""Marks that belong to the letter before them: vowels of Thai and Devanagari do not end a word."""
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ACCENTED = re.compile("([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0640]")
_PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه",
})  # fmt: skip
_FALLEN_BACK = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})
_BARRED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е"})
_EDGE = ".,;:!?()[]{}\"'<>*…|"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is 0..1; `how` says in words why. `explained`: only if what follows the name is its explanation, as in
    labels of fields; a button or a link that goes on is another one."""

    score: float
    how: str = ""
    explained: bool = False

    @property
    def slipped(self) -> bool:
        """Whether it is like the wanted one only if a word of that is spelled wrong."""
        return self.how.startswith(SLIPPED)


NONE = Likeness(0.0)


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """The text as names are compared: NFKC, case folded, white space and kinds of quotes and dashes made one."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES))
        text = unicodedata.normalize("NFKC", text.casefold())
    return " ".join(text.casefold().split())


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """The normal form without decoration: a colon, asterisk, "(required)", dots, arrows at the ends."""
    low = normal(text)
    return _LEADING.sub("", _TRAILING.sub("", low)) or low


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of the normal form; what holds digits, an @ or inner dots stays one word ("vda1.qcow2", "10.0.0.1")."""
    found: list[str] = []
    for token in _TOKEN.findall(normal(text)):
        core = "and" if token == "&" else token.strip(_EDGE)
        whole = "@" in core or any(map(str.isdigit, core)) or "." in core
        found += [core] if whole else _WORD.findall(core.replace("'", ""))
    return tuple(word for word in found if word)


@lru_cache(maxsize=65_536)
def canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with synonyms replaced by the one that stands for them, phrases first; a phrase becomes one word."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[at : at + size])
            if phrase in CANON and at + size <= len(words):
                found.append(CANON[phrase])
                at += size
                break
        else:
            found.append(words[at])
            at += 1
    return tuple(found)


def right_to_left(text: str) -> bool:
    """Whether the text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def disguised(text: str) -> bool:
    """Whether a name is written to pass for another: letters of two scripts in a word, or controls of direction."""
    if text.isascii():
        return False
    if _OVERRIDE.search(text) or (_BIDI.search(text) and not right_to_left(text)):
        return True
    return any(_mixed(word) for word in _WORD.findall(text))


def _mixed(word: str) -> bool:
    latin = any("a" <= letter <= "z" for letter in word.casefold())
    return latin and any(0x370 <= ord(letter) < 0x530 for letter in word)


@lru_cache(maxsize=65_536)
def unmarked(low: str) -> str:
    """A normal form without what is left out where it is hard to type: accents of Latin and Greek letters, vowel points
    of Hebrew and Arabic. Marks that make another letter (Cyrillic, kana, Indic) stay."""
    if low.isascii():
        return low
    plain = _ACCENTED.sub(r"\1", unicodedata.normalize("NFKD", low))
    return _POINTS.sub("", unicodedata.normalize("NFKC", plain)).translate(_PLAIN)


@lru_cache(maxsize=65_536)
def respelled(low: str) -> str:
    """A normal form in the letters that German, Danish and Norwegian fall back to: Müller is Mueller."""
    return low if low.isascii() else low.translate(_FALLEN_BACK)


def skeleton(text: str) -> str:
    """What the text looks like: letters that look alike made one (a small part of Unicode TR 39)."""
    return _BIDI.sub("", normal(text)).translate(CONFUSABLE)


@lru_cache(maxsize=131_072)
def likeness(wanted: str, name: str, exact: bool = False) -> Likeness:
    """How well a name on the screen answers to the wanted one. With `exact`, only equal names do (decoration aside)."""
    a, b = normal(wanted), normal(name)
    if not a or not b:
        return NONE
    if a == b:
        return Likeness(EQUAL, "name equals")
    if not (a.isascii() and b.isascii()) and skeleton(wanted) == skeleton(name):
        return Likeness(LOOKALIKE, "looks like the name but is written with other letters")
    plain, other = bare(wanted), bare(name)
    if plain == other or plain == _COUNT.sub("", other):
        return Likeness(DECORATED, "name equals")
    if exact:
        return NONE
    if disguised(name) and not disguised(wanted):
        return NONE
    like = _compared(plain, other)
    if plain.isascii() and other.isascii():
        return like
    for fold in (unmarked, respelled):
        a, b = fold(plain), fold(other)
        if (a, b) != (plain, other):
            told = Likeness(EQUAL, "name equals") if a == b else _compared(a, b)
            if told.score * UNMARKED > like.score:
                like = Likeness(told.score * UNMARKED, f"{told.how} but for accents", told.explained)
    return like


def _compared(plain: str, other: str) -> Likeness:
    if other.startswith(plain) and _PAUSE.match(other, len(plain)):
        rest = set(tokens(other[len(plain) :]))
        if not rest & (TURNING | DIVERGING | OTHERWISE) and not _has_number(tuple(rest)):
            return Likeness(PREFIX + REACH * len(plain) / len(other), "begins with the name")
    return _by_words(tokens(plain), tokens(other), len(other))


def _by_words(wanted: tuple[str, ...], name: tuple[str, ...], length: int) -> Likeness:
    """`length`: characters of the name."""
    if not wanted or not name:
        return NONE
    if wanted == name:
        return Likeness(PUNCTUATED, "name equals but for punctuation")
    joined, joined_name = "".join(wanted), "".join(name)
    if joined == joined_name and len(joined) >= 5 and _numbers(wanted) == _numbers(name):
        return Likeness(JOINED, "name equals but for spaces")
    a, b = canonical(wanted), canonical(name)
    if a == b:
        loose = LOOSE.intersection(wanted) != LOOSE.intersection(name)
        return Likeness(LOOSELY if loose else SYNONYM, "means the same")
    if len(wanted) == len(name) and (like := _pairwise(wanted, name)).score:
        return like
    if len(a) == len(b) and (like := _pairwise(a, b)).score:
        return like
    if len(wanted) < len(name) and (like := _within(wanted, name, length)).score:
        return like
    return _within(a, b, length) if len(a) < len(b) else NONE


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [number for word in words for number in _DIGITS.findall(word)]


def _pairwise(wanted: tuple[str, ...], name: tuple[str, ...]) -> Likeness:
    """Names of as many words: each word equal, a plural, or a slip of the pen; or all of them in another order."""
    likes = [_word(a, b) for a, b in zip(wanted, name, strict=True)]
    worst = min(likes, key=lambda like: like.score)
    if not worst.score:
        permuted = sorted(wanted) == sorted(name) and DIRECTED.isdisjoint(wanted)
        return Likeness(PERMUTED, "has the words in another order") if permuted else _substring(wanted, name)
    changed = sum(like.score < EQUAL for like in likes)
    slip = next((like.how for like in likes if like.slipped), worst.how)
    return worst if changed <= 1 else Likeness(min(SLIP, worst.score), slip)


def _substring(wanted: tuple[str, ...], name: tuple[str, ...]) -> Likeness:
    """Scripts without spaces: 保存 in 保存する is the same, in 保存しない it is not."""
    if len(wanted) != 1 or len(name) != 1 or not _UNSPACED.search(wanted[0]):
        return NONE
    a, b = core(wanted[0]), core(name[0])
    if len(a) < 2 or a not in b:
        return NONE
    if a == b:
        return Likeness(PREFIX + REACH * len(a) / len(name[0]), "means the same but for grammar")
    rest = b.replace(a, "", 1)
    if any(word in rest for word in UNSAID):
        return Likeness(OPPOSITE, "contains the name but turns it round")
    return Likeness(LONGER, "contains the name")


def core(word: str) -> str:
    """A word of a script without spaces, without the politeness and the grammar around it: 保存する is 保存."""
    if not _UNSPACED.search(word):
        return word
    before = next((part for part in SAID_BEFORE if word.startswith(part)), "")
    after = next((part for part in SAID_AFTER if word.endswith(part)), "")
    return word[len(before) : len(word) - len(after)] or word


def _word(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness(EQUAL)
    if any(map(str.isdigit, a + b)):
        return NONE
    if len(a) >= 3 and len(b) >= 3 and (a + "s" == b or b + "s" == a):
        return Likeness(PLURAL, "name equals but for number")
    if not slips(a, b):
        return NONE
    sure = b in WORDS or (len(a) >= SURE_SWAP and swapped(a, b))
    return Likeness(TYPO if sure else SLIP, SLIPPED)


def may_slip(word: str) -> bool:
    """Whether a word may be spelled wrong: it is none that interfaces use, and long enough to tell."""
    return len(word) >= 4 and word.isalpha() and word not in WORDS


def slips(a: str, b: str) -> bool:
    """Whether a word that is none may be a slip of the pen for the other."""
    shorter = min(len(a), len(b))
    if shorter < 4 or (a[0] != b[0] and a[:2] != b[1::-1]) or a == b or not may_slip(a) or not b.isalpha():
        return False
    if shorter == 4:
        return b in WORDS and swapped(a, b)
    allowed = 1 if shorter < 8 else 2
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def swapped(a: str, b: str) -> bool:
    """Whether two neighbouring letters changed places and nothing else did: what fingers do, and names do not."""
    if len(a) != len(b):
        return False
    at = [place for place, (one, other) in enumerate(zip(a, b, strict=True)) if one != other]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def _within(wanted: tuple[str, ...], name: tuple[str, ...], length: int) -> Likeness:
    """All wanted words are in a longer name (of `length` characters)."""
    if not set(wanted) <= set(name):
        return NONE
    extra = [word for word in name if word not in wanted]
    if TURNING.intersection(extra):
        return Likeness(OPPOSITE, "contains the name but turns it round")
    at, reach = _find(name, wanted), REACH * _cover(wanted, name)
    if at is not None and FILLING.issuperset(extra):
        return Likeness(FILLED + reach, "has the name and words around it")
    if at != 0:
        return Likeness(LONGER if at is not None else LONGER - 0.05, "contains the name")
    if name[len(wanted)] in DIVERGING:
        return Likeness(LONGER, "begins with the name and goes on as another action")
    starting = len(wanted) == 1 and wanted[0] in STARTING
    if starting or (len(wanted) > 1 and _cover(wanted, name) >= MOST_OF_IT):
        return Likeness(PREFIX + reach, "begins with the name")
    return Likeness(
        PREFIX + reach if length > EXPLAINED else LONGER, "begins with the name", explained=length > EXPLAINED
    )


def _find(name: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    size = len(wanted)
    return next((at for at in range(len(name) - size + 1) if name[at : at + size] == wanted), None)


def _cover(part: tuple[str, ...], whole: tuple[str, ...]) -> float:
    return sum(map(len, part)) / max(1, sum(map(len, whole)))


def _has_number(words: tuple[str, ...]) -> bool:
    return any(any(map(str.isdigit, word)) for word in words)
