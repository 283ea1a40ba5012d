"""How what was recorded of an element and what is read of one now go together, kind of evidence by kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from grounding.page import Page
from grounding.scoring import bare, likeness, normal
from grounding.traits import Traits, masked

ALIKE, SAME_ROW = 0.5, 0.6
"""Context is as it was from this share on; a row, of which much is in other rows too."""


def same_row(was: Traits, now: Traits, page: Page) -> float:
    """The share of a row's texts that are still in it, what few records hold counted most: numbers tell rows apart."""
    there = {normal(text) for text in now.row}
    whole = common = 0.0
    for text in was.row:
        low = normal(text)
        rare = 1 / (1 + page.rows_with[low])
        whole += rare
        common += rare if low in there else 0.0
    return common / whole if whole else 0.0


def same_texts(was: Traits, now: Traits) -> float:
    """The share of the texts beside it that are still there."""
    return shared((*was.before, *was.after), (*now.before, *now.after))


def shared(was: tuple[str, ...], now: tuple[str, ...]) -> float:
    """The share of texts that are still there; those that differ in numbers alone count half."""
    there = {normal(text) for text in now}
    loosely = {masked(text) for text in there}
    points = 0.0
    for text in was:
        low = normal(text)
        points += 1.0 if low in there else 0.5 if masked(low) in loosely and low != masked(low) else 0.0
    return points / len(was) if was else 0.0


@lru_cache(maxsize=65_536)
def alike(was: str, now: str) -> str:
    """How two different names go together: "decorated", "numbers", "synonym", "part" or ""."""
    one, other = bare(was), bare(now)
    if one == other:
        return "decorated"
    if masked(one) == masked(other):
        return "numbers"
    if likeness(was, now).score >= 0.86:
        return "synonym"
    return "part" if fuzz.ratio(one, other) >= 75 or fuzz.token_set_ratio(one, other) >= 85 else ""


def agreed(was: Traits, now: Traits) -> Mapping[str, bool]:
    """Which kinds of evidence are as they were; for `Anchor.counted`."""
    found = {
        "name": normal(was.name) == normal(now.name),
        "role": was.role == now.role,
        "path": was.path == now.path,
    }
    found |= {("key name" if kind == "name" else kind): now.keys.get(kind) == value for kind, value in was.keys.items()}
    if was.row:
        found["row"] = shared(was.row, now.row) >= ALIKE
    if was.before or was.after:
        found["near"] = same_texts(was, now) >= ALIKE
    if was.within:
        found["within"] = shared(was.within, now.within) >= ALIKE
    return found
