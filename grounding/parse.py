"""Plain words of a person to a `Target`, and back.

Names may contain the words that relate one thing to another ("Sign in", "Date of birth", "Near miss"), so one text
can have several readings. They are ordered: the whole text as a name first. The grounder takes a later one only
when the screen has nothing good for those before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from grounding.errors import BadTarget
from grounding.lexer import Word, span, words
from grounding.phrase import ARTICLES, COUNTED, Phrase, phrases
from grounding.roles import CONTAINERS, DIALOGS, ROWS, plain_role
from grounding.target import Clause, Relation, Target

MOST_READINGS = 16
LONGEST, MOST_WORDS = 2_000, 40
"""Characters of a target (longer ones are no names of anything), and words of one that is split at relations."""

_IN, _ROW = Relation.IN, Relation.ROW
_AT = ("in", "on", "of", "from")
_ROW_WORDS = ("row", "line", "same row", "same line", "card", "list item")
_OF = ("of", "for", "as", "with", "containing", "named", "called", "that contains", "that has")
_STRONG: dict[str, Relation] = {
    **dict.fromkeys((f"{at} the {row} {of}" for at in _AT for row in _ROW_WORDS for of in _OF), _ROW),
    **dict.fromkeys(("in row of", "in the row where it says"), _ROW),
    **dict.fromkeys(("near", "near to", "nearest", "nearest to", "close to", "closest to"), Relation.NEAR),
    **dict.fromkeys(("next to", "beside", "alongside", "adjacent to"), Relation.NEXT_TO),
    **dict.fromkeys(("right next to", "directly next to", "to the side of"), Relation.NEXT_TO),
    **dict.fromkeys(("above", "right above", "directly above", "just above"), Relation.ABOVE),
    **dict.fromkeys(("below", "beneath", "underneath", "right below", "directly below", "just below"), Relation.BELOW),
    **dict.fromkeys(("left of", "to the left of", "on the left of", "on the left side of"), Relation.LEFT_OF),
    **dict.fromkeys(("right of", "to the right of", "on the right of", "on the right side of"), Relation.RIGHT_OF),
    **dict.fromkeys(("inside", "inside of", "within"), _IN),
    **dict.fromkeys(("in the column", "under the column"), Relation.COLUMN),
}  # fmt: skip
_WEAK: dict[str, tuple[Relation, ...]] = {
    "in": (_IN,), "on": (_IN,), "from": (_IN,), "of": (_ROW,), "for": (_ROW,),
    "under": (_IN, Relation.BELOW),
    "after": (Relation.AFTER,), "following": (Relation.AFTER,),
    "before": (Relation.BEFORE,), "preceding": (Relation.BEFORE,),
}  # fmt: skip
_LONGEST_KEY = max(len(key.split()) for key in _STRONG)
_PHRASAL = frozenset({"built", "carry", "check", "check-in", "clock", "dial", "fill", "log", "logged", "opt", "plug",
                      "punch", "sign", "signed", "tune", "turn", "zoom"})  # fmt: skip
"""Words that "in" and "on" belong to: "Sign in", "Turn on"."""
_NOWHERE = frozenset({"page", "screen", "the page", "the screen", "this page", "this screen", "the whole page"})
_AFTER_NAME = frozenset({"to", "and", "or", "with", "as", "by", "at", "is", "are", "of", "for", "up", "out"})


@dataclass(frozen=True, slots=True)
class _Cut:
    """Words `start` to `end` relate what stands before to what stands behind."""

    start: int
    end: int
    relations: tuple[Relation, ...]
    weak: bool


@lru_cache(maxsize=4096)
def parse(text: str) -> Target:
    """The target that a person most likely means by these words, without a look at any screen. Raises BadTarget for
    none."""
    return max(_readings(text), key=lambda reading: reading.sure).target


def readings(target: Target | str) -> tuple[Target, ...]:
    """Every target that the words can mean, the most literal first. Raises BadTarget.

    A `Target` that is not what `parse` makes of its own text was built on purpose and has one reading: itself.
    """
    if isinstance(target, str):
        return tuple(reading.target for reading in _readings(target))
    if target.text and len(target.text) <= LONGEST and target.text.strip() and parse(target.text) == target:
        return tuple(reading.target for reading in _readings(target.text))
    return (target,)


@dataclass(frozen=True, slots=True)
class _Reading:
    target: Target
    sure: int


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[_Reading, ...]:
    if not text.strip():
        raise BadTarget("a target needs words: nothing was given")
    if len(text) > LONGEST:
        raise BadTarget(f"a target of {len(text)} characters is no name of anything (at most {LONGEST})")
    found: dict[Target, _Reading] = {}
    part = words(text)
    for reading in _whole(text, part):
        found.setdefault(reading.target, reading)
    for cuts in _ways(part) if len(part) <= MOST_WORDS else ():
        for reading in _split(text, part, cuts):
            found.setdefault(reading.target, reading)
    return tuple(found.values())[:MOST_READINGS]


def _whole(text: str, part: Sequence[Word]) -> Iterator[_Reading]:
    if len(part) == 1 and part[0].grouped:
        for target in readings(part[0].inner):
            yield _Reading(replace(target, text=text), 1)
    for phrase in phrases(text, part):
        if phrase.name or phrase.nth is not None or plain_role(text):
            yield _Reading(_target(phrase, (), text), phrase.sure)


def _target(phrase: Phrase, clauses: tuple[Clause, ...], text: str) -> Target:
    return Target(phrase.name, phrase.role, phrase.nth, clauses, phrase.exact, text)


def _cuts(part: Sequence[Word]) -> Iterator[_Cut]:
    """Where relation words stand with something before and behind them, the longest phrase at each place."""
    at = 1
    while at < len(part) - 1:
        for size in range(min(_LONGEST_KEY, len(part) - 1 - at), 0, -1):
            lows = [word.low for word in part[at : at + size]]
            key = " ".join(lows)
            if all(lows) and (key in _STRONG or key in _WEAK):
                strong = _STRONG.get(key)
                yield _Cut(at, at + size, (strong,) if strong else _WEAK[key], strong is None)
                at += size - 1
                break
        at += 1


def _ways(part: Sequence[Word]) -> Iterator[tuple[_Cut, ...]]:
    """The sets of cuts to try: strong ones always cut, weak ones may be words of a name; the most cuts first."""
    cuts = [cut for cut in _cuts(part) if not _part_of_name(part, cut)][:6]
    weak = [cut for cut in cuts if cut.weak][:3]
    choices = sorted(product((True, False), repeat=len(weak)), key=lambda kept: -sum(kept))
    for kept in choices:
        chosen = tuple(cut for cut in cuts if not cut.weak or (cut in weak and kept[weak.index(cut)]))
        if chosen and not any(b.start == a.end for a, b in pairwise(chosen)):
            yield chosen


def _part_of_name(part: Sequence[Word], cut: _Cut) -> bool:
    """Whether a weak relation word can only be part of a name: "Opt in to news", "Sign in with Google"."""
    if not cut.weak:
        return False
    after = part[cut.end]
    if after.low in _AFTER_NAME and not after.inner[:1].isupper():
        return True
    definite = after.low in ARTICLES or after.quoted or after.grouped or after.low in {"row", "column"}
    phrasal = part[cut.start - 1].low in _PHRASAL and part[cut.start].low in {"in", "on"}
    return phrasal and not definite


def _split(text: str, part: Sequence[Word], cuts: tuple[_Cut, ...]) -> Iterator[_Reading]:
    head = part[: cuts[0].start]
    for relations in product(*(cut.relations for cut in cuts)):
        clauses: list[Clause] = []
        sure = 20 + 10 * len(cuts)
        for at, (cut, relation) in enumerate(zip(cuts, relations, strict=True)):
            until = cuts[at + 1].start if at + 1 < len(cuts) else len(part)
            segment = part[cut.end : until]
            key = " ".join(word.low for word in part[cut.start : cut.end])
            clause = _clause(key, relation, _inner(text, segment))
            if clause is None:
                return
            if cut.weak:
                sure -= _doubt(key, head, segment, clause)
            clauses += [clause] if clause.relation is not Relation.IN or not _nowhere(clause.target) else []
        yield from _heads(text, head, tuple(clauses), sure)


def _inner(text: str, segment: Sequence[Word]) -> str:
    if len(segment) == 1 and segment[0].grouped:
        return segment[0].inner
    return span(text, segment)


def _heads(text: str, head: Sequence[Word], clauses: tuple[Clause, ...], sure: int) -> Iterator[_Reading]:
    if len(head) == 1 and head[0].grouped:
        for target in readings(head[0].inner):
            extra = 5 if target == parse(head[0].inner) else 0
            yield _Reading(replace(target, clauses=(*target.clauses, *clauses), text=text), sure + extra)
        return
    for phrase in phrases(text, head):
        yield _Reading(_target(phrase, clauses, text), sure + phrase.sure)


def _nowhere(target: Target) -> bool:
    return target.text.casefold() in _NOWHERE


def _doubt(key: str, head: Sequence[Word], segment: Sequence[Word], clause: Clause) -> int:
    """How much a weak relation word speaks against a split: 40 means that a name is likelier."""
    if clause.relation in {_ROW, Relation.COLUMN} and clause.target.role in COUNTED:
        return 0
    plain = key in {"of", "for"}
    if plain:
        return 5 if key == "of" and _only_role(head) else 40
    pointed = segment[0].low in ARTICLES or segment[0].quoted or clause.target.role is not None
    return 1 if pointed or key in {"in", "under"} else 8


def _only_role(head: Sequence[Word]) -> bool:
    return any(not phrase.name and phrase.role for phrase in phrases("", head) if phrase.sure > 1)


def _clause(key: str, relation: Relation, segment: str) -> Clause | None:
    """The clause that a relation word and what stands behind it make; None where they do not go together."""
    target = parse(segment)
    if relation is not _IN and not (relation is _ROW and key in _WEAK):
        return Clause(relation, target)
    named = Target(target.name, None, None, target.clauses, target.exact, _bare(target, segment))
    if target.role in ROWS:
        return Clause(_ROW, named if target.name else target)
    if target.role == "columnheader":
        return Clause(Relation.COLUMN, named if target.name else target)
    if (
        key in {"on", "from"}
        and target.role not in CONTAINERS | DIALOGS | {"tab"}
        and segment.casefold() not in _NOWHERE
    ):
        return None
    if key == "of" and target.role in CONTAINERS | DIALOGS:
        return Clause(_IN, target)
    return Clause(relation, target)


def _bare(target: Target, segment: str) -> str:
    """The words of a name without the "row" behind it, so that reading them again gives the name alone."""
    words_ = f"'{target.name}'" if target.exact else target.name
    return words_ or segment
