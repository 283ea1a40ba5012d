"""What a person would call a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from cua.parts import each_content
from cua.tracker.address import bare, records
from cua.tracker.evidence import evidence
from envs.observation import Element, Observation

LONGEST = 60
"""Characters of a name."""

_APART = re.compile(r"\s+[|–—·•»›:-]\s+|:\s+")


def pieces(title: str) -> tuple[str, ...]:
    """The parts of a title: "alice | Change user | Django site admin"."""
    return tuple(piece.strip() for piece in _APART.split(title.strip()) if piece.strip())


def name_of(screen: Observation) -> str:
    """The dialog that is open, or what title and headings say of the screen that is no data."""
    dialog = next(each_content(screen, "dialogs", _dialogs), None)
    return _page(screen) if dialog is None else f"{dialog or _page(screen)} (dialog)"


def _page(screen: Observation) -> str:
    """A part of the title that is a heading too; else the first part that is no record's; else a heading."""
    headings = [name for _, name in sorted(each_content(screen, "headings", _headings), key=lambda found: found[0])]
    data = records(screen.url) | {bare(value) for value in each_content(screen, "values", _values)}
    parts = pieces(screen.title)
    said = [piece for piece in parts if bare(piece) not in data] or list(parts)
    both = next((piece for piece in said if piece in headings), "")
    chosen = both or next(iter(said), "") or next(iter(headings), "")
    return _short(chosen) or urlsplit(screen.url).path or screen.url


def says(screen: Observation) -> str:
    """What a screen says of itself, data and all: its title, its dialogs, its main heading."""
    headings = sorted(each_content(screen, "headings", _headings), key=lambda found: found[0])
    return "\n".join([screen.title, *each_content(screen, "dialogs", _dialogs), *(name for _, name in headings[:1])])


def particulars(features: frozenset[str], address: str, others: frozenset[str]) -> Iterator[str]:
    """Words for what a screen has and `others` (features) have not, the most telling first."""
    seen = evidence(features)
    own = evidence(features - others)
    for kind, words in (("picked", "{} tab"), ("open", "{} open"), ("heading", "{}")):
        for what in sorted(own.of(kind)):
            if name := what.partition(" ")[2]:
                yield words.format(_short(name))
    if any(one.startswith(("menu/", "loose:")) for one in features - others):
        yield "menu open"
    if own.of("complaint"):
        yield "refused"
    routes = [part.strip("#") for part in address.split("/")[3:] if part.strip("#").isalpha()]
    yield from routes[-1:]
    for kind in ("button", "field", "link"):
        for what in sorted(own.of(kind)):
            if name := what.partition(" ")[2].lstrip("@"):
                yield _short(name)
    if seen.of("layers"):
        yield "something open"


def _dialogs(elements: Sequence[Element]) -> list[str]:
    """What the open dialogs are called: their name, or the first sentence of it."""
    return [
        _short(re.split(r"(?<=[?!.])\s", element.name.strip())[0])
        for element in elements
        if element.role in {"dialog", "alertdialog"} and element.visible
    ]


def _headings(elements: Sequence[Element]) -> list[tuple[int, str]]:
    """Level and name of the first of each level."""
    found: dict[int, str] = {}
    for element in elements:
        if element.role == "heading" and element.visible and element.name.strip():
            found.setdefault(_level(element), element.name.strip())
    return list(found.items())


def _level(heading: Element) -> int:
    level = heading.attributes.get("level", "")
    return int(level) if level.isdigit() else 9


def _values(elements: Sequence[Element]) -> list[str]:
    """What stands in fields: a title that says the same is the name of a record."""
    return [element.value for element in elements if element.value and element.visible]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
