"""Which of many texts could be like the wanted words at all, found by plain searches in one long string.

The likeness of names (scoring.py) is exact and dear; this is its cheap outer bound: too many are let through, never
too few. Every way of being alike leaves a trace that can be searched for: the same letters in a row (spaces and signs
aside), or the beginning of each wanted word, or of the words that mean the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from grounding.scoring import bare, canonical, core, may_slip, normal, respelled, skeleton, slips, tokens, unmarked
from grounding.vocabulary import CANON

KEPT = 256
"""Answers that a part keeps: the same targets are asked for again while the rest of the page changes."""
STEM = 3
"""Letters of a word that a plural, a longer word or a synonym's form still begins with."""

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = dict.fromkeys(at for at in range(128) if not chr(at).isalnum())
_FORMS: dict[str, tuple[str, ...]] = {}
for _form, _canon in CANON.items():
    _FORMS[_canon] = (*_FORMS.get(_canon, ()), _form)
_CANON_WORDS = tuple({word for canon in _FORMS for word in canon.split()} | set(_FORMS))


def squeezed(text: str) -> str:
    """Letters and digits alone, so that "E-mail" and "email" are one."""
    return text.translate(_SIGNS) if text.isascii() else "".join(filter(str.isalnum, text))


def folded(text: str) -> str:
    """What is searched: the text as names are compared, and as it looks and is spelled without its marks."""
    if text.isascii():
        return text.lower().replace("'", "")
    low = normal(text)
    return " ".join(_spellings(low)).replace("'", "")


def _spellings(low: str) -> tuple[str, ...]:
    """A normal form, how it looks, and how it is typed where its letters are hard to type."""
    return tuple(dict.fromkeys((low, skeleton(low), unmarked(low), respelled(low))))


def _stem(word: str) -> str:
    return word.replace("'", "")[:STEM]


class Sieve:
    """The traces of some wanted words. `groups`: of each, one must be in the text; `numbers`: each, as a whole."""

    def __init__(self, wanted: str) -> None:
        plain = bare(wanted)
        words = tokens(plain)
        forms = (*_spellings(normal(wanted)), *_spellings(plain))
        self.keys = tuple({squeezed(form) for form in forms})
        self.numbers = tuple({number for word in words for number in _DIGITS.findall(word)})
        self._wholes = tuple(re.compile(rf"(?<!\d){number}(?!\d)") for number in self.numbers)
        groups = [_group(words, at) for at in range(len(words))]
        self.loose = tuple((group, *_loose(words, at)) for at, group in enumerate(groups))
        self.slippery = any(words or stems for _, words, stems in self.loose)
        """Whether any of the words may be a slip of the pen."""
        groups += [frozenset({number}) for number in self.numbers]
        groups.sort(key=lambda group: -min(map(len, group)) / len(group))
        self.groups = tuple(tuple(sorted(group)) for group in groups)

    def has_numbers(self, low: str) -> bool:
        return all(whole.search(low) for whole in self._wholes)


@lru_cache(maxsize=1024)
def sieve_of(wanted: str) -> Sieve:
    return Sieve(wanted)


def _group(words: Sequence[str], at: int) -> frozenset[str]:
    """The traces that one wanted word can leave: its beginning, however it is written, or that of a synonym."""
    word = words[at]
    stems = {_stem(form) for each in (word, core(word)) for form in _spellings(each)}
    for forms in _meant(words, at):
        stems |= {_stem(form) for form in forms}
    return frozenset(stem for stem in stems if stem)


def _meant(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """The groups of synonyms that the wanted word, with those around it, can be one of."""
    text = " ".join(words)
    start = sum(len(word) + 1 for word in words[:at])
    end = start + len(words[at])
    for forms in _FORMS.values():
        for form in forms:
            found = text.find(form, max(0, start - len(form)))
            if found >= 0 and found < end and found + len(form) > start:
                yield forms
                break


def _loose(words: Sequence[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What else stands for a wanted word when it may be spelled wrong: the words to look for slips of, and the traces
    of synonyms that it is a slip of."""
    word = words[at]
    own = {*_spellings(word), *canonical((word,))}
    for forms in _meant(words, at):
        own |= {part for form in forms for part in canonical(tuple(form.split()))}
    own = {each for each in own if may_slip(each)}
    stems = {_stem(form) for each in own for canon in _CANON_WORDS if slips(each, canon)
             for form in _FORMS.get(canon, (canon,))}  # fmt: skip
    return tuple(own), tuple(stem for stem in stems if stem)


class Texts:
    """Distinct texts, and the numbers of those that bear them; asked for those that could be like some words."""

    def __init__(self, holders: Mapping[str, Sequence[int]]) -> None:
        self._texts = tuple(holders)
        self._holders = holders
        self._low = [folded(text) for text in self._texts]
        self._starts = [0]
        for low in self._low:
            self._starts.append(self._starts[-1] + len(low) + 1)
        self._blob = "\n".join(self._low)
        self._answers: dict[tuple[Sieve, bool], tuple[int, ...]] = {}

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        keys: dict[str, list[int]] = {}
        for at, text in enumerate(self._texts):
            forms = (text.lower(),) if text.isascii() else _spellings(normal(text))
            for key in {squeezed(form) for form in forms}:
                keys.setdefault(key, []).append(at)
        return keys

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """All words of all texts by their first letter."""
        words: dict[str, set[str]] = {}
        for word in _WORD.findall(self._blob):
            words.setdefault(word[0], set()).add(word)
        return words

    def holders(self, sieve: Sieve, slipped: bool = False) -> tuple[int, ...]:
        """The numbers of what bears a text that could be like the wanted words, from the lowest; `slipped`: words
        spelled wrong, too."""
        if not self._texts:
            return ()
        key = sieve, slipped
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= KEPT:
                del self._answers[next(iter(self._answers))]
            numbers = {number for at in self._like(sieve, slipped) for number in self._holders[self._texts[at]]}
            known = self._answers[key] = tuple(sorted(numbers))
        return known

    def _like(self, sieve: Sieve, slipped: bool) -> set[int]:
        found: set[int] = set()
        for key in sieve.keys:
            found.update(self._keys.get(key, ()))
        groups = self._loosened(sieve) if slipped and sieve.slippery else sieve.groups
        if not groups:
            return found
        first, *rest = groups
        for needle in first:
            for at in self._with(needle):
                low = self._low[at]
                for group in rest:
                    if not any(trace in low for trace in group):
                        break
                else:
                    if not sieve.numbers or sieve.has_numbers(low):
                        found.add(at)
        return found

    def _with(self, needle: str) -> Iterator[int]:
        blob, starts = self._blob, self._starts
        place = blob.find(needle)
        while place >= 0:
            at = bisect_right(starts, place) - 1
            yield at
            place = blob.find(needle, starts[at + 1])

    def _loosened(self, sieve: Sieve) -> list[tuple[str, ...]]:
        groups = []
        for stems, words, others in sieve.loose:
            similar = {other for word in words for other in self._similar(word)}
            groups.append((*stems, *others, *similar))
        return [*((number,) for number in sieve.numbers), *groups]

    def _similar(self, word: str) -> Iterator[str]:
        """Words of these texts that are this one but for a slip of the pen: its first letter stands first or second."""
        for letter in {*word[:2]}:
            for other in self._words.get(letter, ()):
                if slips(word, other):
                    yield other
