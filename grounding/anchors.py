"""What is kept of a target so that it can be found again after the page has changed, and how it is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from envs.errors import CuaError
from grounding.traits import NAMED, TEXT, Spot, Traits

VERSION = 1
OTHERS = 10
"""So many other elements are kept that the target could be taken for."""
MOST, LONGEST = 16, 2 * TEXT
"""Entries of a list and characters of a text that are read back: what is longer was not written by us."""
TIMES = 1_000_000

_TEXTS = ("row", "within", "before", "after", "path")


class BadAnchor(CuaError):
    """What was read is no anchor; one line that says where and what."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another element that stood on the page when the target was recorded: what looks like it now is not the target."""

    role: str
    name: str = ""
    key: str = ""
    """The attribute that told it best: "id=save"; "" where nothing did."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """`nth` of `of` are counted among the controls of the same name (where it has none: nameless ones of its role), from 1, in document order. `picture` is
    the digest of a crop, for those who look at pixels. `held` counts for each kind of evidence how often it was as
    recorded when the target was found again and the step proved: (held, seen)."""

    traits: Traits
    nth: int = 1
    of: int = 1
    common: Mapping[str, int] = field(default_factory=dict)
    """How many controls had this attribute of it, and how many of its name this context (row, near, within); where that
    is more than one."""
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
            held[kind] = min(TIMES, ok + same), min(TIMES, seen + 1)
        return replace(self, held=held)

    def as_data(self) -> dict[str, Any]:
        """Plain data for a JSON or YAML file; what is empty is left out."""
        traits = self.traits
        data: dict[str, Any] = {"v": VERSION, "role": traits.role}
        for name in ("name", "kind", "frame", "origin"):
            if getattr(traits, name):
                data[name] = getattr(traits, name)
        if traits.keys:
            data["keys"] = dict(traits.keys)
        for name in _TEXTS:
            if getattr(traits, name):
                data[name] = list(getattr(traits, name))
        if self.of > 1:
            data["nth"] = [self.nth, self.of]
        if self.common:
            data["common"] = dict(self.common)
        if traits.spot is not None:
            data["spot"] = [getattr(traits.spot, one.name) for one in fields(Spot)]
        if traits.order != (0, 0):
            data["order"] = list(traits.order)
        if self.others:
            data["others"] = [
                {key: said for key in ("role", "name", "key") if (said := getattr(other, key))} for other in self.others
            ]
        if self.picture:
            data["picture"] = self.picture
        if self.held:
            data["held"] = {kind: list(counts) for kind, counts in sorted(self.held.items())}
        return data

    @classmethod
    def from_data(cls, data: object) -> Anchor:
        """The anchor that was written down. Raises BadAnchor in one line."""
        said = _mapping(data, "an anchor")
        version = said.get("v")
        if version != VERSION or isinstance(version, bool):
            raise BadAnchor(
                f"an anchor of version {version!r} cannot be read here; this program reads version {VERSION}"
            )
        known = {
            "v",
            "role",
            "name",
            "kind",
            "frame",
            "origin",
            "keys",
            *_TEXTS,
            "nth",
            "spot",
            "order",
            "common",
            "others",
            "picture",
            "held",
        }
        for key in said:
            if key not in known:
                raise BadAnchor(f"an anchor has no {str(key)[:40]!r}; it has: {', '.join(sorted(known))}")
        keys = _mapping(said.get("keys", {}), "keys")
        for key in keys:
            if key not in NAMED:
                raise BadAnchor(f"keys of an anchor has no {str(key)[:40]!r}; it has: {', '.join(NAMED)}")
        nth, of = _numbers(said.get("nth", [1, 1]), "nth", 2, 1)
        if nth > of:
            raise BadAnchor(f"nth of an anchor is [which, of how many]: {nth} is more than {of}")
        spot = Spot(*_numbers(said["spot"], "spot", 5, -TIMES)) if "spot" in said else None
        place, count = _numbers(said.get("order", [0, 0]), "order", 2, 0)
        role = _text(said.get("role"), "role")
        if not role:
            raise BadAnchor("an anchor needs a role")
        return cls(
            Traits(
                role=role,
                **{name: _text(said.get(name, ""), name) for name in ("name", "kind", "frame", "origin")},
                keys={key: _text(value, f"keys.{key}") for key, value in keys.items()},
                **{name: tuple(_texts(said.get(name, []), name)) for name in _TEXTS},
                spot=spot,
                order=(place, count),
            ),
            nth=nth,
            of=of,
            common={_text(kind, "common"): number for kind, number in _commons(said.get("common", {}))},
            others=tuple(_others(said.get("others", []))),
            picture=_text(said.get("picture", ""), "picture"),
            held=dict(_counts(said.get("held", {}))),
        )


def _mapping(data: object, what: str) -> Mapping[Any, Any]:
    if not isinstance(data, Mapping):
        raise BadAnchor(f"{what} must be a mapping, not {type(data).__name__}")
    if len(data) > 2 * MOST:
        raise BadAnchor(f"{what} has {len(data)} entries; {2 * MOST} at most")
    return data


def _list(data: object, what: str) -> list[Any]:
    if not isinstance(data, list | tuple):
        raise BadAnchor(f"{what} of an anchor must be a list, not {type(data).__name__}")
    if len(data) > MOST:
        raise BadAnchor(f"{what} of an anchor has {len(data)} entries; {MOST} at most")
    return list(data)


def _text(data: object, what: str) -> str:
    if not isinstance(data, str):
        raise BadAnchor(f"{what} of an anchor must be text, not {type(data).__name__}")
    if len(data) > LONGEST:
        raise BadAnchor(f"{what} of an anchor has {len(data)} characters; {LONGEST} at most")
    return data


def _texts(data: object, what: str) -> Iterator[str]:
    for text in _list(data, what):
        yield _text(text, what)


def _numbers(data: object, what: str, count: int, least: int) -> list[int]:
    numbers = _list(data, what)
    for number in numbers:
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= TIMES:
            raise BadAnchor(
                f"{what} of an anchor must be {count} whole numbers from {least} to {TIMES}, not {number!r:.40}"
            )
    if len(numbers) != count:
        raise BadAnchor(f"{what} of an anchor must be {count} whole numbers, not {len(numbers)}")
    return numbers


def _commons(data: object) -> Iterator[tuple[str, int]]:
    for kind, number in _mapping(data, "common of an anchor").items():
        yield kind, _numbers([number], "common", 1, 1)[0]


def _others(data: object) -> Iterator[Other]:
    for one in _list(data, "others"):
        said = _mapping(one, "others of an anchor")
        for key in said:
            if key not in {"role", "name", "key"}:
                raise BadAnchor(f"others of an anchor has no {str(key)[:40]!r}; it has: role, name, key")
        yield Other(*(_text(said.get(key, ""), f"others.{key}") for key in ("role", "name", "key")))


def _counts(data: object) -> Iterator[tuple[str, tuple[int, int]]]:
    for kind, counts in _mapping(data, "held of an anchor").items():
        held, seen = _numbers(counts, "held", 2, 0)
        if held > seen:
            raise BadAnchor(f"held of an anchor is [held, seen]: {held} is more than {seen}")
        yield _text(kind, "held"), (held, seen)
