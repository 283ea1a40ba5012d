"""The kinds of value a key can hold, as data: `reader` reads them, `schema` writes them as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """Base of all kinds."""


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """Text, with names in braces. `empty`: it may be empty."""

    empty: bool = False


@dataclass(frozen=True, slots=True)
class Url(Kind):
    """An address. `path`: one without a host ("/admin/") will do, and is taken from where the run began."""

    path: bool = False


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """A name as it is used in braces: letters, digits, _."""


@dataclass(frozen=True, slots=True)
class Fixed(Kind):
    """Text in which braces mean nothing. `pattern`: the regular expression it has to match; `like`: that in words."""

    pattern: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number from `least` up. `names`: a lone {name} will do as well."""

    whole: bool = False
    least: float | None = None
    names: bool = False


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """true or false. `only`: just this one makes sense."""

    only: bool | None = None


@dataclass(frozen=True, slots=True)
class OneOf(Kind):
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys(Kind):
    """Keys joined by +: Control+S."""


@dataclass(frozen=True, slots=True)
class Aim(Kind):
    """A target: words, or a mapping of words and relations."""


@dataclass(frozen=True, slots=True)
class Relations(Kind):
    """What a relation key holds: a target, or a number (row 3)."""


@dataclass(frozen=True, slots=True)
class Want(Kind):
    """An expectation."""


@dataclass(frozen=True, slots=True)
class Steps(Kind):
    """A list of steps."""


@dataclass(frozen=True, slots=True)
class Remedies(Kind):
    """A list of steps to try where one has failed, at most so many."""

    most: int


@dataclass(frozen=True, slots=True)
class FilePath(Kind):
    """A path below the folder of the file. `fixed`: without names in braces."""

    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Rows(Kind):
    """A list of values or of mappings of values."""


@dataclass(frozen=True, slots=True)
class Given(Kind):
    """Values for the params of a workflow."""


@dataclass(frozen=True, slots=True)
class Memory(Kind):
    """What is remembered of a target, to find it again: whose it is, and an anchor (grounding.Anchor)."""


@dataclass(frozen=True, slots=True)
class Literal(Kind):
    """A value as it is: text, number, truth value, or a list of these."""


@dataclass(frozen=True, slots=True)
class Many(Kind):
    """A list, not empty, of one kind; `single`: one alone will do."""

    of: Kind
    single: bool = False


@dataclass(frozen=True, slots=True)
class Either(Kind):
    """The first of these that fits the shape of what is written."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Map(Kind):
    """A mapping of names to values of one kind."""

    of: Kind


@dataclass(frozen=True, slots=True)
class Record(Kind):
    """A mapping with known keys."""

    form: Form


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    kind: Kind
    doc: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping's keys.

    `short`: what is no mapping stands for this key. `aimed`: this key is a target, and relations may stand beside it.
    `one_of`: exactly one of these keys has to be there; `some_of`: at least one. `needs`: a key and those of which
    exactly one has to stand beside it.
    """

    name: str
    keys: tuple[Key, ...]
    doc: str = ""
    short: str | None = None
    aimed: str | None = None
    one_of: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)
