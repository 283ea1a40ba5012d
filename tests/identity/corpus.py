"""Screens as they were seen, small enough to be kept: what identity looks at, and nothing else.

One file for each application in `seen/`, compressed JSON. Names, roles and states are written once and meant by number.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from envs.geometry import Box
from envs.observation import Element, Observation
from tests.identity.walk import Situation

SEEN = Path(__file__).resolve().parent / "seen"
KEPT_STATES = frozenset(
    {"hidden", "offscreen", "covered", "expanded", "selected", "invalid", "password", "readonly", "haspopup"}
)
KEPT_ATTRIBUTES = ("level", "labelled", "name", "id", "testid")
NOWHERE = Box(0, 0, 1, 1)


def write(name: str, seen: Iterable[Situation]) -> Path:
    """Keep what a walk has seen."""
    words: dict[str, int] = {}

    def word(text: str) -> int:
        return words.setdefault(text, len(words))

    screens = [_packed(one, word) for one in seen]
    SEEN.mkdir(exist_ok=True)
    path = SEEN / f"{name}.json.gz"
    text = json.dumps({"words": list(words), "screens": screens}, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def read(path: Path) -> list[Situation]:
    """What was kept there."""
    kept = json.loads(gzip.decompress(path.read_bytes()))
    words = kept["words"]
    return [_unpacked(number, screen, words) for number, screen in enumerate(kept["screens"])]


def _packed(one: Situation, word: Any) -> list[Any]:
    screen = one.screen
    at = {element.ref: number for number, element in enumerate(screen.elements)}
    elements = []
    for element in screen.elements:
        states = " ".join(sorted(element.states & KEPT_STATES))
        given = {key: element.attributes[key] for key in KEPT_ATTRIBUTES if key in element.attributes}
        above = at.get(element.parent, -1) if element.parent is not None else -1
        row: list[Any] = [word(element.role), word(element.name), above, word(states)]
        if given or element.value:
            row.append({key: word(value) for key, value in given.items()})
        if element.value:
            row.append(word(element.value))
        elements.append(row)
    return [one.label, one.note, screen.url, screen.title, elements]


def _unpacked(number: int, kept: list[Any], words: list[str]) -> Situation:
    label, note, url, title, rows = kept
    elements = tuple(
        Element(
            ref=str(at),
            role=words[row[0]],
            name=words[row[1]],
            box=NOWHERE,
            value=words[row[5]] if len(row) > 5 else None,
            states=frozenset(words[row[3]].split()),
            parent=str(row[2]) if row[2] >= 0 else None,
            attributes={key: words[at] for key, at in row[4].items()} if len(row) > 4 else {},
        )
        for at, row in enumerate(rows)
    )
    return Situation(label, note, Observation(number, "web", url, title, elements))
