"""What an element is told by, as kinds of evidence: what it is called, what its developer calls it, what stands around
it, where it is in the tree and on the page. The same is read when a target is recorded and when it is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from envs.observation import Element
from grounding.roles import EDITABLE, PUSHABLE, TICKABLE, interactive
from grounding.scoring import bare

TEXT = 80
"""Characters that are kept of a text."""
NAMED = (
    "testid",
    "id",
    "name",
    "href",
    "action",
    "placeholder",
    "title",
    "autocomplete",
    "type",
    "options",
    "download",
)
"""Attributes that are evidence, from the most telling down."""

_DIGITS = re.compile(r"\d+([.,:/-]\d+)*")
_MADE = re.compile(r"^[:_«]|\d{3,}|[0-9a-f]{8}-|(?=\w*\d)(?=\w*[a-z])[0-9a-z]{8,}$|(^|[-_:])\w?\d+$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is: CSS px from the left edge and from the top of the whole page, its size, the width of the window."""

    x: int
    y: int
    width: int
    height: int
    within: int


@dataclass(frozen=True, slots=True)
class Traits:
    """Everything that tells one element. Texts are as they read, cut off at TEXT characters."""

    role: str
    name: str = ""
    beside: bool = False
    """Whether it has that name from a text beside it, or from the head of its column, and none of its own."""
    kind: str = ""
    """What it takes (`hand`): push, write, password, tick, choose, slide, file; "" for what only shows."""
    keys: Mapping[str, str] = field(default_factory=dict)
    row: tuple[str, ...] = ()
    """The other texts of its row, item or card."""
    within: tuple[str, ...] = ()
    """Named containers around it, from the inside out, and the heading above it ("heading Users")."""
    before: tuple[str, ...] = ()
    """The texts before it in document order, the nearest first."""
    after: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    """It and what holds it, from the inside out: role and which of how many of that role ("listitem 2/5")."""
    spot: Spot | None = None
    order: tuple[int, int] = (0, 0)
    """Which of the page's controls it is, from 1, and of how many; (0, 0) for what is no control."""
    frame: str = ""
    """What the frame is called that it lies in; "" for the page itself."""
    origin: str = ""
    """That of the frame where it is not the page's own."""
    place: str = ""
    """The world that it is in where the observation is made of several, and it is not the first."""


def hand(element: Element) -> str:
    """What a person does with it: who is pushed is never typed into."""
    if "password" in element.states:
        return "password"
    if element.attributes.get("type") == "file" or element.role == "file":
        return "file"
    role = element.role
    if role in TICKABLE:
        return "tick"
    if role in {"slider", "scrollbar"}:
        return "slide"
    if element.attributes.get("tag") == "select" or role == "listbox":
        return "choose"
    if role in EDITABLE or "editable" in element.states:
        return "write"
    return "push" if role in PUSHABLE or interactive(element) else ""


def masked(text: str) -> str:
    """A text without its numbers."""
    return _DIGITS.sub("#", text)


def loose(text: str) -> str:
    """A name without decoration and numbers."""
    return masked(bare(cut(text)))


def made_up(key: str) -> bool:
    """Whether an id looks made by a program for this one page load (":r3:", "mui-1734", "ember42", a hash)."""
    return bool(_MADE.search(key))


def cut(text: str) -> str:
    return " ".join(text.split())[:TEXT]


def address(url: str, page: str) -> str:
    """A link or a form's action without what changes between two installations: the page's own origin."""
    try:
        here, there = urlsplit(page), urlsplit(url)
    except ValueError:
        return url[:TEXT]
    if (there.scheme, there.netloc) == (here.scheme, here.netloc):
        said = there.path + (f"?{there.query}" if there.query else "") + (f"#{there.fragment}" if "#" in url else "")
        return said[: 2 * TEXT]
    return url[: 2 * TEXT]
