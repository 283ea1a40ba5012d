"""A `Target` in words that parse back to it, and the object form of task files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz.process import extractOne

from grounding.errors import BadTarget
from grounding.parse import parse
from grounding.phrase import ORDINALS
from grounding.roles import ROLE_WORDS, role_of, word_for
from grounding.target import Clause, Relation, Target

BETWEEN = {
    Relation.ROW: "in the row of", Relation.IN: "in", Relation.NEAR: "near", Relation.NEXT_TO: "next to",
    Relation.ABOVE: "above", Relation.BELOW: "below", Relation.LEFT_OF: "left of", Relation.RIGHT_OF: "right of",
    Relation.AFTER: "after", Relation.BEFORE: "before", Relation.COLUMN: "in the column",
}  # fmt: skip
"""The words for a relation, as `parse` reads them."""
_QUOTES = (("'", "'"), ('"', '"'), ("“", "”"), ("«", "»"), ("‹", "›"))
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
KEYS = ("target", "role", "nth", "exact", *(relation.value for relation in Relation))


def describe(target: Target) -> str:
    """Words for a target: `parse` makes the same target of them, up to `text`.

    A name that plain words would not give back (it contains relation words, or ends in a role word) is quoted,
    which makes it exact.
    """
    for quote in (0, 1, 2):
        words = _words(target, quote)
        if meaning(parse(words)) == meaning(target) if quote == 0 else _but_exact(parse(words)) == _but_exact(target):
            return words
    return _words(target, 0)


def meaning(target: Target) -> Target:
    """The target without the words it came from: two that mean the same are equal."""
    clauses = tuple(Clause(clause.relation, meaning(clause.target)) for clause in target.clauses)
    return replace(target, clauses=clauses, text="")


def _but_exact(target: Target) -> Target:
    clauses = tuple(Clause(clause.relation, _but_exact(clause.target)) for clause in target.clauses)
    return replace(target, clauses=clauses, exact=False, text="")


def _words(target: Target, quote: int) -> str:
    """quote: 0 exact names only, 1 the head's name too, 2 every name."""
    parts = [_ordinal(target.nth)] if target.nth is not None else []
    if target.name:
        parts.append(quoted(target.name) if target.exact or quote > 0 else target.name)
    if target.role is not None:
        parts.append(word_for(target.role))
    for clause in target.clauses:
        parts += _clause(clause, 2 if quote == 2 else 0)
    return " ".join(parts)


def _clause(clause: Clause, quote: int) -> list[str]:
    inner = clause.target
    words = _words(inner, quote)
    if inner.clauses or (not quote and meaning(parse(words or "?")) != meaning(inner)):
        return [BETWEEN[clause.relation], f"({words})"]
    if clause.relation is Relation.ROW and inner.role == "row":
        return ["in the", words]
    if clause.relation is Relation.COLUMN and inner.role == "columnheader":
        return ["in the", words]
    if inner.role is not None and not inner.name and inner.nth is None:
        return [BETWEEN[clause.relation], "the", words]
    return [BETWEEN[clause.relation], words]


def quoted(name: str) -> str:
    """The name in quotes that it does not contain itself."""
    for opening, closing in _QUOTES:
        if opening not in name and closing not in name:
            return f"{opening}{name}{closing}"
    return f"“{name}”"


def _ordinal(nth: int) -> str:
    if nth == -1:
        return "last"
    if nth < -1:
        return f"{_ordinal(-nth)} to last"
    if nth <= len(ORDINALS):
        return ORDINALS[nth - 1]
    suffix = "th" if 10 <= nth % 100 <= 20 else _SUFFIXES.get(nth % 10, "th")
    return f"{nth}{suffix}"


def from_mapping(form: Mapping[str, object]) -> Target:
    """The object form of task files, {target: Add, near: Groups}; relations take words, a number (row, column) or
    again an object. Raises BadTarget for an unknown key or role (with the one that was probably meant) and for
    values of a wrong kind.
    """
    for key in form:
        if key not in KEYS:
            raise BadTarget(f"a target has no {key!r}{_did_you_mean(str(key), KEYS)}; it has {', '.join(KEYS)}")
    base = _named(form)
    clauses = tuple(_relation(relation, form[relation.value]) for relation in Relation if relation.value in form)
    target = replace(base, clauses=(*base.clauses, *clauses))
    if not target.name and target.role is None:
        raise BadTarget("a target needs a name or a role: give `target` or `role`")
    return replace(target, text=_text(form, target))


def _text(form: Mapping[str, object], target: Target) -> str:
    """Words that leave open what the words of the form leave open: {target: Sign in, near: Footer} has two readings
    too."""
    if form.keys().isdisjoint({"role", "nth", "exact"}):
        words = str(form.get("target", "")).strip()
        rest = " ".join(word for clause in target.clauses[len(parse(words).clauses) :] for word in _clause(clause, 0))
        for text in (f"{words} {rest}".strip(), f"({words}) {rest}".strip()):
            if meaning(parse(text)) == meaning(target):
                return text
    return describe(target)


def _named(form: Mapping[str, object]) -> Target:
    words, role, exact = form.get("target"), form.get("role"), form.get("exact", False)
    if isinstance(words, bool | float) or not isinstance(words, str | int | None):
        raise BadTarget(f"`target` is words, not {words!r}")
    if not isinstance(exact, bool):
        raise BadTarget(f"`exact` is true or false, not {exact!r}")
    literal = exact or role is not None
    text = "" if words is None else str(words).strip()
    base = Target(text, exact=exact) if literal or not text else parse(text)
    if role is not None:
        base = replace(base, role=_role(role))
    return replace(base, nth=_nth(form["nth"])) if "nth" in form else base


def _role(role: object) -> str:
    known = role_of(role) if isinstance(role, str) else None
    if known is None:
        raise BadTarget(f"no role {role!r}{_did_you_mean(str(role), tuple(ROLE_WORDS))}")
    return known


def _nth(nth: object) -> int:
    if nth == "last":
        return -1
    if isinstance(nth, bool) or not isinstance(nth, int) or nth == 0:
        raise BadTarget(f"`nth` is a number from 1, or -1 (or last) from the end, not {nth!r}")
    return nth


def _relation(relation: Relation, value: object) -> Clause:
    if isinstance(value, bool) or value is None or value == "":
        raise BadTarget(f"`{relation}` needs words, not {value!r}")
    if isinstance(value, Mapping):
        return Clause(relation, from_mapping(value))
    counted = {Relation.ROW: "row", Relation.COLUMN: "columnheader"}.get(relation)
    if isinstance(value, int) and counted is not None:
        return Clause(relation, replace(row := Target("", counted, _nth(value)), text=describe(row)))
    if isinstance(value, str | int | float):
        return Clause(relation, parse(str(value)))
    raise BadTarget(f"`{relation}` needs words or an object, not {value!r}")


def _did_you_mean(word: str, among: tuple[str, ...]) -> str:
    like = extractOne(word.casefold(), among, score_cutoff=60)
    return f" (did you mean {like[0]!r}?)" if like else ""
