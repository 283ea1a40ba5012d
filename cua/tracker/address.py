"""The address of a screen without what belongs to a record: numbers, names of files, titles as slugs.

A segment of a path is kept when it looks like what a developer writes as a route: one or two words of plain letters.
Everything else (digits, spaces, three words and more, capitals inside, file names) is data and becomes "*". That may
take a long route for data: the other evidence of a screen still tells the two apart; the other way round, every record
would be a state of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import unquote, urlsplit

DATA = "*"
LONGEST = 24
"""Characters of a route."""

_ROUTE = re.compile(r"[.@$~!_-]*[A-Za-z]?[a-z]*([-_][a-z]+)?")
_PAGE = re.compile(r"[\w-]+\.(php|html?|aspx?|jsp|do|cgi)")
_NUMBERED = re.compile(r"[a-z_-]*[a-z]\d{1,6}")
"""issue12, step2, v1."""


@lru_cache(maxsize=4096)
def pattern(url: str) -> str:
    """Scheme, host, path and the route behind "#/", data replaced; other worlds' addresses as they are."""
    parts = urlsplit(url)
    if not parts.scheme or not parts.netloc:
        return url
    path = [_segment(part) for part in parts.path.split("/") if part]
    route = [f"#{_segment(part)}" for part in parts.fragment.split("/") if part and part != "!"] if _routes(url) else []
    return "/".join([f"{parts.scheme}://{parts.netloc}", *path, *route])


def _routes(url: str) -> bool:
    """Whether what follows "#" names a screen, and no place on a page."""
    return url.partition("#")[2].startswith(("/", "!/"))


def _segment(part: str) -> str:
    part = unquote(part)
    if _PAGE.fullmatch(part):
        return part
    if any(char.isdigit() for char in part):
        return re.sub(r"\d+", "#", part) if _NUMBERED.fullmatch(part) else DATA
    return part if len(part) <= LONGEST and _ROUTE.fullmatch(part) else DATA


@lru_cache(maxsize=4096)
def records(url: str) -> frozenset[str]:
    """What the data of an address spells: its letters and digits only, with and without a file's extension."""
    found = set()
    for part in re.split(r"[/#]", urlsplit(url).path + "#" + urlsplit(url).fragment):
        if part and _segment(part) == DATA:
            name = unquote(part)
            found |= {bare(name), bare(name.rpartition(".")[0])}
    return frozenset(found - {""})


def names_record(url: str) -> bool:
    """Whether an address says which of several records it shows: by data in its path or route, or by its query."""
    parts = urlsplit(url)
    path = [*parts.path.split("/"), *(parts.fragment.split("/") if _routes(url) else ())]
    return bool(parts.query) or any(part not in {"", "!"} and _segment(part) != unquote(part) for part in path)


def bare(text: str) -> str:
    """Letters and digits only, case folded."""
    return "".join(char for char in text.casefold() if char.isalnum())


@lru_cache(maxsize=65536)
def agreement(one: str, other: str) -> float:
    """How well two patterns go together, 0..1: 0 where two routes or hosts differ, 1 where all is equal.

    Between the two where one is longer, or has data in the place of a route: a folder in a browser of files, "me" in
    the place of a user's number.
    """
    if one == other:
        return 1.0
    ours, theirs = one.split("/"), other.split("/")
    if ours[:3] != theirs[:3]:
        return 0.0
    common = 0.0
    for a, b in zip_longest(ours[3:], theirs[3:]):
        if a == b:
            common += 1
        elif a is None or b is None or DATA in (a.lstrip("#"), b.lstrip("#")):
            common += 0.5
        else:
            return 0.0
    return common / max(len(ours) - 3, len(theirs) - 3)
