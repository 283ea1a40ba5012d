"""Plain data that a stranger may have written, read as what an anchor is made of; one line for what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from envs.errors import CuaError

ENTRIES, LONGEST, MOST = 16, 160, 1_000_000
"""Entries of a list, characters of a text, the largest number: what is more was not written by us."""


class BadAnchor(CuaError):
    """What was read is no anchor; one line that says where and what."""


def mapping(data: object, what: str) -> Mapping[Any, Any]:
    """A mapping with not too many entries. Raises BadAnchor, as all of these do."""
    if not isinstance(data, Mapping):
        raise BadAnchor(f"{what} must be a mapping, not {type(data).__name__}")
    if len(data) > 2 * ENTRIES:
        raise BadAnchor(f"{what} has {len(data)} entries; {2 * ENTRIES} at most")
    return data


def only(data: Mapping[Any, Any], what: str, known: Collection[str]) -> Mapping[Any, Any]:
    """The mapping, of these keys and no others."""
    for key in data:
        if key not in known:
            raise BadAnchor(f"{what} has no {str(key)[:40]!r}; it has: {', '.join(known)}")
    return data


def entries(data: object, what: str) -> list[Any]:
    if not isinstance(data, list | tuple):
        raise BadAnchor(f"{what} of an anchor must be a list, not {type(data).__name__}")
    if len(data) > ENTRIES:
        raise BadAnchor(f"{what} of an anchor has {len(data)} entries; {ENTRIES} at most")
    return list(data)


def text(data: object, what: str) -> str:
    if not isinstance(data, str):
        raise BadAnchor(f"{what} of an anchor must be text, not {type(data).__name__}")
    if len(data) > LONGEST:
        raise BadAnchor(f"{what} of an anchor has {len(data)} characters; {LONGEST} at most")
    return data


def flag(data: object, what: str) -> bool:
    if not isinstance(data, bool):
        raise BadAnchor(f"{what} of an anchor must be true or false, not {type(data).__name__}")
    return data


def texts(data: object, what: str) -> tuple[str, ...]:
    return tuple(text(one, what) for one in entries(data, what))


def numbers(data: object, what: str, count: int, least: int) -> list[int]:
    """So many whole numbers, none below `least` or beyond MOST."""
    found = entries(data, what)
    for number in found:
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= MOST:
            raise BadAnchor(
                f"{what} of an anchor must be {count} whole numbers from {least} to {MOST}, not {repr(number)[:40]}"
            )
    if len(found) != count:
        raise BadAnchor(f"{what} of an anchor must be {count} whole numbers, not {len(found)}")
    return found
