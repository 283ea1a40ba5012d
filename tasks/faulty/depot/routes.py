"""The addresses of the application and the names of its screens and writes: where a fault can fire.

A moment is a method and a name: "GET item-new" is a look at that form, "POST item-new" is what it sends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = "([0-9]+)"


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    pattern: str
    name: str
    """Of the screen, or of what is written."""

    @property
    def moment(self) -> str:
        return f"{self.method} {self.name}"


def _both(pattern: str, name: str) -> tuple[Route, Route]:
    return Route("GET", pattern, name), Route("POST", pattern, name)


ROUTES = (
    Route("GET", "/", "home"),
    Route("GET", "/help", "help"),
    *_both("/sign-in", "sign-in"),
    Route("GET", "/sign-out", "sign-out"),
    Route("GET", "/items", "items"),
    *_both("/items/new", "item-new"),
    Route("GET", f"/items/{NUMBER}", "item"),
    *_both(f"/items/{NUMBER}/edit", "item-edit"),
    Route("POST", f"/items/{NUMBER}/delete", "item-delete"),
    Route("POST", f"/items/{NUMBER}/files", "item-file"),
    Route("GET", "/transfers", "transfers"),
    *_both("/transfers/new", "transfer-item"),
    *_both("/transfers/new/2", "transfer-place"),
    *_both("/transfers/new/3", "transfer"),
    Route("GET", "/invoices", "invoices"),
    *_both(f"/invoices/{NUMBER}", "payment"),
    Route("GET", f"/receipts/{NUMBER}", "receipt"),
    *_both("/settings", "settings"),
    Route("POST", "/newsletter", "newsletter"),
    Route("GET", "/poll", "poll"),
    Route("POST", "/beat", "beat"),
)

COMMITS = frozenset(
    f"POST {name}" for name in ("item-new", "item-edit", "item-delete", "item-file", "transfer", "payment", "settings")
)
"""What is stored, and cannot be undone by going back."""
FORMS = frozenset(
    f"GET {name}"
    for name in ("item-new", "item-edit", "transfer-item", "transfer-place", "transfer", "payment", "settings")
)
"""Screens that are there to be filled in and sent."""
TYPED = FORMS - {"GET transfer"}
"""Those with a text field."""
CHOSEN = FORMS - {"GET transfer-place", "GET transfer"}
"""Those with a list to choose from or a box to check."""
LISTS = frozenset(f"GET {name}" for name in ("items", "transfers", "invoices"))
PAGES = FORMS | LISTS | frozenset(f"GET {name}" for name in ("home", "item", "receipt"))
"""Every screen of somebody who has signed in."""
LINKED = LISTS | frozenset({"GET home", "GET item", "GET receipt"})
"""Screens whose links lead on."""

_KNOWN = tuple((route, re.compile(route.pattern)) for route in ROUTES)


def find(method: str, path: str) -> tuple[Route, int] | None:
    """The route of an address and the number in it, 0 where there is none; None when nothing is there."""
    for route, pattern in _KNOWN:
        fits = pattern.fullmatch(path) if route.method == method else None
        if fits:
            return route, int(fits[1]) if fits.groups() else 0
    return None
