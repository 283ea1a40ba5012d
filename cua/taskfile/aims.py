"""Targets with names in them: parsed with stand-ins first, filled in afterwards, so that a value is never grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cua.taskfile.forms import TargetForm
from cua.taskfile.template import NoValue, Ref, Scope, Template, as_text
from grounding.describe import from_mapping, quoted
from grounding.errors import BadTarget
from grounding.parse import parse, readings
from grounding.target import Clause, Target

Pieces = Mapping[str, "Template | bool | int | Pieces"]
"""The object form of a target, its texts still templates."""

_STEM = "Zqv"
"""How stand-ins begin: a capital, as names have; no word of any interface."""


class _StandIns:
    """Gives every name a word that stands for it and occurs nowhere else."""

    def __init__(self, text: str) -> None:
        stem = _STEM
        while stem.casefold() in text.casefold():
            stem += "q"
        self.stem = stem
        self.holes: list[tuple[str, Ref]] = []

    def of(self, template: Template) -> str:
        return "".join(self.word(part) if isinstance(part, Ref) else part for part in template.parts)

    def word(self, ref: Ref) -> str:
        for word, known in self.holes:
            if known == ref:
                return word
        word = f"{self.stem}{_letters(len(self.holes))}x"
        self.holes.append((word, ref))
        return word


def _letters(number: int) -> str:
    """0 → a, 25 → z, 26 → ba: digits would be read as numbers."""
    letters = chr(97 + number % 26)
    return letters if number < 26 else _letters(number // 26) + letters


def aim(words: Template) -> TargetForm:
    """The target that these words name. Raises BadTarget."""
    stand_ins = _StandIns(str(words))
    target = parse(stand_ins.of(words))
    return _form(target, stand_ins, str(words), words.line)


def aim_at(pieces: Pieces, line: int) -> TargetForm:
    """The target that this object names. Raises BadTarget."""
    stand_ins = _StandIns(_shown(pieces))

    def plain(piece: Template | bool | int | Pieces) -> object:
        if isinstance(piece, Template):
            return stand_ins.of(piece)
        return {key: plain(value) for key, value in piece.items()} if isinstance(piece, Mapping) else piece

    target = from_mapping({key: plain(value) for key, value in pieces.items()})
    return _form(target, stand_ins, _shown(pieces), line)


def _shown(pieces: Pieces) -> str:
    """The object form in words: Add near Groups."""
    first = str(pieces.get("target", ""))
    parts = [first] if first else []
    for key, value in pieces.items():
        if key not in ("target", "exact"):
            parts.append(f"{key.replace('_', ' ')} {_shown(value) if isinstance(value, Mapping) else value}")
    return " ".join(parts)


def _form(target: Target, stand_ins: _StandIns, words: str, line: int) -> TargetForm:
    names = _names(target)
    for word, ref in stand_ins.holes:
        if not any(word in name for name in names):
            raise BadTarget(f"{ref} is not part of a name here; write it where the name of something stands")
    return TargetForm(target, tuple(stand_ins.holes), words, line)


def _names(target: Target) -> tuple[str, ...]:
    return (target.name, *(name for clause in target.clauses for name in _names(clause.target)))


def filled(form: TargetForm, scope: Scope) -> Target:
    """The target with every name's value in its place, letter by letter. Raises NoValue, also for an empty value."""
    if not form.holes:
        return form.target
    values: dict[str, str] = {}
    for word, ref in form.holes:
        values[word] = as_text(ref, scope.value(ref))
        if not values[word].strip():
            raise NoValue(f"{ref} is empty, and nothing on a screen is named so")
    return _fill(form.target, values)


def _fill(target: Target, values: Mapping[str, str]) -> Target:
    """`text` says what was looked for, and is what other readings are made from: it is kept only as long as a value
    changes no reading of it."""
    clauses = tuple(Clause(clause.relation, _fill(clause.target, values)) for clause in target.clauses)
    same = replace(target, name=_put(target.name, values), clauses=clauses)
    shown = _put(target.text, values)
    if shown == target.text or _reads_alike(target, shown, values):
        return replace(same, text=shown)
    careful = replace(same, text=_put(target.text, {word: quoted(value) for word, value in values.items()}))
    return careful if _readings(careful) == (careful,) else replace(same, text="")


def _reads_alike(target: Target, shown: str, values: Mapping[str, str]) -> bool:
    """Whether reading the filled text gives just the readings of the template, filled."""
    return _readings(shown) == tuple(_fill_plainly(reading, values) for reading in _readings(target))


def _fill_plainly(target: Target, values: Mapping[str, str]) -> Target:
    clauses = tuple(Clause(clause.relation, _fill_plainly(clause.target, values)) for clause in target.clauses)
    return replace(target, name=_put(target.name, values), clauses=clauses, text=_put(target.text, values))


def _readings(target: Target | str) -> tuple[Target, ...]:
    try:
        return readings(target)
    except BadTarget:
        return ()


def _put(text: str, values: Mapping[str, str]) -> str:
    """In one pass, so that a value is never filled again."""
    words = sorted(values, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, words)), lambda found: values[found[0]], text)
