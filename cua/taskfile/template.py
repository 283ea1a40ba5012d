"""Text with names in it: `{name}`, `{row.x}`; `{{` and `}}` are braces. Plain substitution, once; no expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cua.run import Json

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_REF = re.compile(rf"({NAME})(?:\.([^{{}}]+))?")
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def braced(text: str) -> str:
    """A text as it stands in a template: its braces mean themselves."""
    return text.replace("{", "{{").replace("}", "}}")


class BadTemplate(ValueError):
    """The braces make no sense; the message says why and what to write."""


class NoValue(LookupError):
    """A name has no value, or none that can be written as text. `later`: a step still to be done will give it one."""

    def __init__(self, why: str, *, later: bool = False) -> None:
        super().__init__(why)
        self.later = later


@dataclass(frozen=True, slots=True)
class Ref:
    """`{name}` or `{name.key}`."""

    name: str
    key: str | None = None

    def __str__(self) -> str:
        return f"{{{self.name}.{self.key}}}" if self.key else f"{{{self.name}}}"


class Scope(Protocol):
    """Where names get their values."""

    def value(self, ref: Ref) -> Json:
        """Raises NoValue."""
        ...


@dataclass(frozen=True, slots=True)
class Template:
    """The text as it was written, cut into plain pieces and names. `line` is where it stands."""

    parts: tuple[str | Ref, ...]
    line: int

    @classmethod
    def parse(cls, text: str, line: int) -> Template:
        """Raises BadTemplate."""
        parts: list[str | Ref] = []
        plain = ""
        at = 0
        for piece in _PIECE.finditer(text):
            plain += text[at : piece.start()]
            at = piece.end()
            if piece[0] in ("{{", "}}"):
                plain += piece[0][0]
                continue
            parts.extend((plain, _ref(piece)) if plain else (_ref(piece),))
            plain = ""
        plain += text[at:]
        return cls((*parts, plain) if plain else tuple(parts), line)

    @property
    def refs(self) -> tuple[Ref, ...]:
        return tuple(part for part in self.parts if isinstance(part, Ref))

    @property
    def plain(self) -> str | None:
        """The text, when there are no names in it."""
        return None if self.refs else "".join(str(part) for part in self.parts)

    @property
    def only(self) -> Ref | None:
        """The name, when there is nothing beside it: its value keeps its type."""
        return self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], Ref) else None

    def fill(self, scope: Scope) -> str:
        """The text with every name's value in its place. Raises NoValue."""
        return "".join(as_text(part, scope.value(part)) if isinstance(part, Ref) else part for part in self.parts)

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)


def _ref(piece: re.Match[str]) -> Ref:
    inner = piece[1]
    found = _REF.fullmatch(inner.strip()) if inner is not None else None
    if found is None:
        raise BadTemplate(f'"{piece[0]}" is no name in braces; a brace that is meant as such is written {{{{ or }}}}')
    return Ref(found[1], found[2].strip() if found[2] else None)


def as_text(ref: Ref, value: Json) -> str:
    """A value as it is written into a text. Raises NoValue for lists and mappings."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, dict):
        raise NoValue(f"{ref} has parts; write {{{ref.name}.PART}} with one of: {', '.join(value)}")
    raise NoValue(f"{ref} is a list; go through it with for_each")


def part_of(ref: Ref, value: Json) -> Json:
    """What `{name.key}` means: a column of a row (whatever its case), or a cell by number from 1. Raises NoValue."""
    if ref.key is None:
        return value
    if isinstance(value, dict):
        if ref.key in value:
            return value[ref.key]
        like = [key for key in value if key.strip().casefold() == ref.key.casefold()]
        if len(like) == 1:
            return value[like[0]]
        raise NoValue(f"{ref} has no value: {ref.name} has only {', '.join(value) or 'nothing'}")
    if isinstance(value, list) and ref.key.isdecimal() and 1 <= int(ref.key) <= len(value):
        return value[int(ref.key) - 1]
    raise NoValue(f"{ref} has no value: {ref.name} has no part of that name")


@dataclass(frozen=True, slots=True)
class Known:
    """A scope of fixed values."""

    values: Mapping[str, Json]

    def value(self, ref: Ref) -> Json:
        if ref.name not in self.values:
            raise NoValue(f"{ref} has no value")
        return part_of(ref, self.values[ref.name])


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A scope for showing a file to a person: a name without a value stays as it was written."""

    values: Mapping[str, Json]

    def value(self, ref: Ref) -> Json:
        if ref.name not in self.values:
            return str(ref)
        return part_of(ref, self.values[ref.name])
