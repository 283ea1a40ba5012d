"""How a person names an element, as data: never pixels, never selectors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How the wanted element lies to another one."""

    ROW = "row"
    """in the same table row, list item or card as"""
    IN = "in"
    """inside (a dialog, section, form, menu, fieldset or table with that name or heading)"""
    NEAR = "near"
    """the nearest one to"""
    NEXT_TO = "next_to"
    """side by side with, nothing between"""
    ABOVE = "above"
    BELOW = "below"
    LEFT_OF = "left_of"
    RIGHT_OF = "right_of"
    AFTER = "after"
    """following in document order"""
    BEFORE = "before"
    COLUMN = "column"
    """under the column header"""


@dataclass(frozen=True, slots=True)
class Clause:
    relation: Relation
    target: Target


@dataclass(frozen=True, slots=True)
class Target:
    """The wanted element: its name in the user's words, perhaps its role, which one of several, and how it lies to
    others.

    `name` is empty when the role alone says it ("second checkbox"). `role` is an ARIA role or None. `nth` counts
    from 1 in document order among equals; -1 is the last. `exact`: the name must be equal, not similar ("'Save'" in
    quotes). `text` is what was written, for messages.
    """

    name: str
    role: str | None = None
    nth: int | None = None
    clauses: tuple[Clause, ...] = ()
    exact: bool = False
    text: str = ""

    def __str__(self) -> str:
        return f'"{self.text or self.name}"'
