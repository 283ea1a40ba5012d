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

from grounding.vocabulary import CANON, CONFUSABLE, DIVERGING, FILLING, LOOSE, OTHERWISE, STARTING, TURNING, WORDS

EQUAL, DECORATED, PUNCTUATED, JOINED, SYNONYM, LOOSELY, TYPO = 1.0, 0.97, 0.95, 0.88, 0.88, 0.54, 0.72
PREFIX, FILLED, PERMUTED = 0.60, 0.60, 0.70
WHOLE = 0.7
"""From here on the whole of a name is answered to, not a part."""
REACH = 0.2
"""What covering the whole name adds to PREFIX, FILLED and LESS."""
PLURAL, SLIP, LONGER, LESS, LOOKALIKE, OPPOSITE = 0.48, 0.45, 0.45, 0.25, 0.30, 0.30
"""Below every floor: said in hints, never picked. A name that goes on is another name: "Password confirmation" is no
"Password", and while a page is being built the right one may be missing."""
MOST_OF_IT = 0.65
"""Of the letters of a name: several words that cover so much of it are the name cut short."""
EXPLAINED = 40
"""Characters from which on a name that begins with the wanted one is taken for the name and its explanation."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufe0f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_QUOTES = str.maketrans("“”„‟‘’‚‛`´«»‹›″′", "\"\"\"\"''''''\"\"''\"'")
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_TRAILING = re.compile(r"(?:[\s:*…]|\.\.\.|\((?:required|optional|\*)\)|\s[▾▼►▸▶›»→⌄↓↑×✕✖+>]|[▾▼▸▶⌄])+$")
_LEADING = re.compile(r"^(?:[*+×✕✖◂◀‹«←↓↑▾▸►✓✔•·<>-]\s+|[•✓✔]\s*)+")
_PAUSE = re.compile(r"[,;:.!?]\s+\S+\s|\s*[(\[]")
_COUNT = re.compile(r"\s*[(\[]\d[\d.,  ]*\+?[)\]]$")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_EDGE = ".,;:!?()[]{}\"'<>*…|"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is 0..1; `how` says in words why. `explained`: only if what follows the name is its explanation, as in
    labels of fields; a button or a link that goes on is another one."""

    score: float
    how: str = ""
    explained: bool = False


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
        core = token.strip(_EDGE)
        whole = "@" in core or any(map(str.isdigit, core)) or "." in core
        found += [core] if whole else _WORD.findall(core.replace("'", ""))
    return tuple(word for word in found if word)


@lru_cache(maxsize=65_536)
def canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with synonyms replaced by the one that stands for them, phrases first."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[at : at + size])
            if phrase in CANON and at + size <= len(words):
                found += CANON[phrase].replace("-", " ").split()
                at += size
                break
        else:
            found.append(words[at])
            at += 1
    return tuple(found)


def disguised(text: str) -> bool:
    """Whether a name is written to pass for another: letters of two scripts in a word, or controls of direction."""
    if text.isascii():
        return False
    if _BIDI.search(text):
        return True
    return any(_mixed(word) for word in _WORD.findall(text))


def _mixed(word: str) -> bool:
    latin = any("a" <= letter <= "z" for letter in word.casefold())
    return latin and any(0x370 <= ord(letter) < 0x530 for letter in word)


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
    if other.startswith(plain) and _PAUSE.match(other, len(plain)):
        rest = set(tokens(other[len(plain) :]))
        if not rest & (TURNING | DIVERGING | OTHERWISE) and not _has_number(tuple(rest)):
            return Likeness(PREFIX + REACH * len(plain) / len(other), "begins with the name")
    return _by_words(tokens(plain), tokens(other), plain, other)


def _by_words(wanted: tuple[str, ...], name: tuple[str, ...], plain: str, other: str) -> Likeness:
    if not wanted or not name:
        return NONE
    if wanted == name:
        return Likeness(PUNCTUATED, "name equals but for punctuation")
    joined, joined_name = "".join(wanted), "".join(name)
    if joined == joined_name and len(joined) >= 5:
        return Likeness(JOINED, "name equals but for spaces")
    a, b = canonical(wanted), canonical(name)
    if a == b or "".join(a) == "".join(b):
        loose = LOOSE.intersection(wanted) != LOOSE.intersection(name)
        return Likeness(LOOSELY if loose else SYNONYM, "means the same")
    if len(wanted) == len(name) and (like := _pairwise(wanted, name)).score:
        return like
    if len(a) == len(b):
        return _pairwise(a, b)
    if len(a) < len(b):
        return _within(wanted, name, len(other)) if len(wanted) < len(name) else _within(a, b, len(other))
    if _contains(a, b) and not _has_number(a):
        return Likeness(LESS + REACH * _cover(b, a), "says less than was asked for")
    return NONE


def _pairwise(wanted: tuple[str, ...], name: tuple[str, ...]) -> Likeness:
    """Names of as many words: each word equal, a plural, or a slip of the pen; or all of them in another order."""
    likes = [_word(a, b) for a, b in zip(wanted, name, strict=True)]
    worst = min(likes, key=lambda like: like.score)
    if not worst.score:
        permuted = sorted(wanted) == sorted(name)
        return Likeness(PERMUTED, "has the words in another order") if permuted else _substring(wanted, name)
    changed = sum(like.score < EQUAL for like in likes)
    return worst if changed <= 1 else Likeness(min(SLIP, worst.score), worst.how)


def _substring(wanted: tuple[str, ...], name: tuple[str, ...]) -> Likeness:
    """Scripts without spaces: 保存 in 保存する."""
    if len(wanted) == len(name) == 1 and len(wanted[0]) >= 2 and _CJK.search(wanted[0]) and wanted[0] in name[0]:
        return Likeness(PREFIX + REACH * len(wanted[0]) / len(name[0]), "contains the name")
    return NONE


def _word(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness(EQUAL)
    if any(map(str.isdigit, a + b)):
        return NONE
    if len(a) >= 3 and len(b) >= 3 and (a + "s" == b or b + "s" == a):
        return Likeness(PLURAL, "name equals but for number")
    return _slip(a, b)


def _slip(a: str, b: str) -> Likeness:
    """A slip of the pen: a word that is none, for one that is, in words long enough to tell."""
    shorter = min(len(a), len(b))
    if a in WORDS or shorter < 5 or (a[0] != b[0] and a[:2] != b[1::-1]):
        return NONE
    allowed = 1 if shorter < 8 else 2
    if OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return NONE
    return Likeness(TYPO if b in WORDS else SLIP, "spelled almost so")


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


def _contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return _find(longer, shorter) is not None


def _cover(part: tuple[str, ...], whole: tuple[str, ...]) -> float:
    return sum(map(len, part)) / max(1, sum(map(len, whole)))


def _has_number(words: tuple[str, ...]) -> bool:
    return any(any(map(str.isdigit, word)) for word in words)
