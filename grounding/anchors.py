"""What is kept of a target so that it can be found again after the page has changed, and how it is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from grounding.plain import MOST, BadAnchor, entries, flag, mapping, numbers, only, text, texts
from grounding.traits import NAMED, Spot, Traits

VERSION = 1
OTHERS = 10
"""So many other elements are kept that the target could be taken for."""

_WORDS = ("role", "name", "kind", "frame", "origin", "place")
_TEXTS = ("row", "within", "before", "after", "path")
_KNOWN = ("v", *_WORDS, "beside", "keys", *_TEXTS, "nth", "common", "spot", "order", "others", "picture", "held")


@dataclass(frozen=True, slots=True)
class Other:
    """Another element that stood on the page when the target was recorded: what looks like it now is not the target."""

    role: str
    name: str = ""
    key: str = ""
    """The attribute that told it best: "id=save"; "" where nothing did."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """`nth` of `of` are counted among the controls of the same name (where it has none: the nameless ones of its role),
    from 1, in document order. `picture` is the digest of a crop, for those who look at pixels. `held` counts for each
    kind of evidence how often it was as recorded when the target was found and the step proved: (held, seen)."""

    traits: Traits
    nth: int = 1
    of: int = 1
    common: Mapping[str, int] = field(default_factory=dict)
    """How many controls had this attribute of it, and how many of its name this context (row, near, within); where that
    is more than one. Of what has no name, how many "alike" there were."""
    others: tuple[Other, ...] = ()
    picture: str = ""
    held: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f'{self.traits.role} "{self.traits.name}"' if self.traits.name else self.traits.role

    def counted(self, agreed: Mapping[str, bool]) -> Anchor:
        """The anchor after a verified replay, in which these kinds of evidence were as recorded, or were not."""
        held = dict(self.held)
        for kind, same in agreed.items():
            ok, seen = held.get(kind, (0, 0))
            held[kind] = min(MOST, ok + same), min(MOST, seen + 1)
        return replace(self, held=held)

    def as_data(self) -> dict[str, Any]:
        """Plain data for a JSON or YAML file; what is empty is left out."""
        traits = self.traits
        plain: dict[str, Any] = {
            **{name: getattr(traits, name) for name in _WORDS},
            "beside": traits.beside,
            "keys": dict(traits.keys),
            **{name: list(getattr(traits, name)) for name in _TEXTS},
            "nth": [self.nth, self.of] if self.of > 1 else [],
            "common": dict(self.common),
            "spot": [getattr(traits.spot, one.name) for one in fields(Spot)] if traits.spot is not None else [],
            "order": list(traits.order) if any(traits.order) else [],
            "others": [_filled({"role": o.role, "name": o.name, "key": o.key}) for o in self.others],
            "picture": self.picture,
            "held": {kind: list(counts) for kind, counts in sorted(self.held.items())},
        }
        return {"v": VERSION, **_filled(plain)}

    @classmethod
    def from_data(cls, data: object) -> Anchor:
        """The anchor that was written down. Raises BadAnchor in one line."""
        said = mapping(data, "an anchor")
        version = said.get("v")
        if version != VERSION or isinstance(version, bool):
            raise BadAnchor(f"an anchor of version {version!r:.40} cannot be read here, but version {VERSION}")
        only(said, "an anchor", _KNOWN)
        role, name, kind, frame, origin, world = (text(said.get(word, ""), word) for word in _WORDS)
        if not role:
            raise BadAnchor("an anchor needs a role")
        row, within, before, after, path = (texts(said.get(word, []), word) for word in _TEXTS)
        keys = only(mapping(said.get("keys", {}), "keys"), "keys of an anchor", NAMED)
        place, count = numbers(said.get("order", [0, 0]), "order", 2, 0)
        spot = Spot(*numbers(said["spot"], "spot", 5, -MOST)) if "spot" in said else None
        nth, of = numbers(said.get("nth", [1, 1]), "nth", 2, 1)
        if nth > of:
            raise BadAnchor(f"nth of an anchor is [which, of how many]: {nth} is more than {of}")
        return cls(
            Traits(
                role=role,
                name=name,
                beside=flag(said.get("beside", False), "beside"),
                kind=kind,
                keys={key: text(value, f"keys.{key}") for key, value in keys.items()},
                row=row,
                within=within,
                before=before,
                after=after,
                path=path,
                spot=spot,
                order=(place, count),
                frame=frame,
                origin=origin,
                place=world,
            ),
            nth=nth,
            of=of,
            common=dict(_common(said.get("common", {}))),
            others=tuple(_others(said.get("others", []))),
            picture=text(said.get("picture", ""), "picture"),
            held=dict(_held(said.get("held", {}))),
        )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _common(data: object) -> Iterator[tuple[str, int]]:
    for kind, number in mapping(data, "common of an anchor").items():
        yield text(kind, "common"), numbers([number], "common", 1, 1)[0]


def _others(data: object) -> Iterator[Other]:
    for one in entries(data, "others"):
        said = only(mapping(one, "others of an anchor"), "others of an anchor", ("role", "name", "key"))
        yield Other(*(text(said.get(key, ""), f"others.{key}") for key in ("role", "name", "key")))


def _held(data: object) -> Iterator[tuple[str, tuple[int, int]]]:
    for kind, counts in mapping(data, "held of an anchor").items():
        held, seen = numbers(counts, "held", 2, 0)
        if held > seen:
            raise BadAnchor(f"held of an anchor is [held, seen]: {held} is more than {seen}")
        yield text(kind, "held"), (held, seen)
