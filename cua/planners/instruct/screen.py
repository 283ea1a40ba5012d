"""What is where on a screen, by the conventions of forms: fields, buttons, rows, the sign-in form, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from envs.observation import Element, Observation
from grounding.roles import EDITABLE, FIELDS, TICKABLE

PUSHED = frozenset({"button", "link", "menuitem", "tab", "summary", "disclosuretriangle"})
ROWS = frozenset({"row", "listitem", "article", "treeitem"})
FORMS = frozenset({"form", "dialog", "alertdialog", "search"})
LOG_IN = ("log in", "login", "sign in", "signin", "log on", "logon", "sign on")
LOG_OUT = ("log out", "logout", "sign out", "signout", "log off", "logoff")


def plain(name: str) -> str:
    """A name as names are compared: lower case, one space, without the decoration at its ends ("＋ Add group »")."""
    low = " ".join(name.replace("’", "'").split()).casefold()
    return re.sub(r"^[^\w]+|[^\w]+$", "", low) or low


@dataclass(frozen=True)
class Screen:
    """A reading of one observation; only what can be seen."""

    now: Observation

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        dialog = next((e for e in reversed(self.now.elements) if e.role in {"dialog", "alertdialog"} and e.visible
                       and ("modal" in e.states or e.role == "alertdialog")), None)  # fmt: skip
        shown = self.now.inside(dialog) if dialog is not None else self.now.elements
        return tuple(element for element in shown if element.visible)

    @cached_property
    def fields(self) -> tuple[Element, ...]:
        """What can be typed into, in document order."""
        return tuple(e for e in self.elements if e.role in EDITABLE and "readonly" not in e.states and not self._off(e))

    @cached_property
    def all_fields(self) -> tuple[Element, ...]:
        return tuple(e for e in self.elements if e.role in FIELDS | TICKABLE)

    @cached_property
    def passwords(self) -> tuple[Element, ...]:
        return tuple(e for e in self.fields if "password" in e.states or e.attributes.get("type") == "password")

    @cached_property
    def buttons(self) -> tuple[Element, ...]:
        return tuple(e for e in self.elements if e.role in PUSHED and not self._off(e))

    def _off(self, element: Element) -> bool:
        return "disabled" in element.states

    def named(self, names: Iterable[str], among: Iterable[Element] | None = None) -> tuple[Element, ...]:
        """The elements with the first of these names that anything has."""
        pool = tuple(self.buttons if among is None else among)
        for name in names:
            found = tuple(element for element in pool if plain(element.name) == plain(name))
            if found:
                return found
        return ()

    def form(self, element: Element) -> Element | None:
        """The form or dialog that an element belongs to."""
        return next((above for above in self.now.ancestors(element) if above.role in FORMS), None)

    def together(self, one: Element, other: Element) -> bool:
        """Whether two belong to the same form."""
        mine, its = self.form(one), self.form(other)
        if mine is not None or its is not None:
            return mine is not None and its is not None and mine.ref == its.ref
        actions = one.attributes.get("action"), other.attributes.get("action")
        return actions[0] == actions[1] if all(actions) else True

    def rows(self, name: str) -> tuple[Element, ...]:
        """The rows in which a cell, link or text is just this name; the innermost of nested ones."""
        wanted = plain(name)
        found = [
            row
            for row in self.elements
            if row.role in ROWS
            and any(plain(e.name) == wanted and e.role not in FIELDS for e in self.now.inside(row) if e.visible)
        ]
        return tuple(r for r in found if not any(i.ref in {f.ref for f in found} for i in self.now.inside(r)))

    def inside(self, row: Element) -> tuple[Element, ...]:
        return tuple(element for element in self.now.inside(row) if element.visible)

    def says(self, name: str) -> bool:
        """Whether a text, heading, link or cell on the screen is or contains this, as whole words."""
        wanted = re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)")
        return any(wanted.search(element.name.casefold()) for element in self.elements)

    @property
    def signs_in(self) -> bool:
        """Whether there is a form to sign in: one password and a button or text that says so."""
        return len(self.passwords) == 1 and not self.named(LOG_OUT)

    def headings(self) -> Iterator[str]:
        yield from (e.name for e in self.elements if e.role == "heading")
        yield self.now.title

    def summary(self, most: int = 12) -> str:
        """What there is to press and to fill in, for messages."""
        pushed = [f'"{e.name}"' for e in self.buttons if e.name.strip() and len(e.name) < 40]
        filled = [f'"{e.name}"' for e in self.all_fields if e.name.strip() and len(e.name) < 40]
        parts = []
        for word, names in (("to press", pushed), ("to fill in", filled)):
            kept = list(dict.fromkeys(names))
            more = f" and {len(kept) - most} more" if len(kept) > most else ""
            if kept:
                parts.append(f"{word}: {', '.join(kept[:most])}{more}")
        return "; ".join(parts) or "nothing to press or fill in"
