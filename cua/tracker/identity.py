"""Which screen is this? A state's identity keeps the structure of a screen and ignores its data.

Two visits to one list are one state, whatever its rows hold; a dialog on top of it, another form, another page are
others. After MAPLE (states as abstractions of screens), with predicates in the place of a model's sentences.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from envs.observation import Element, Observation

CONTROLS = frozenset(
    {
        "button",
        "textbox",
        "searchbox",
        "combobox",
        "listbox",
        "checkbox",
        "radio",
        "switch",
        "slider",
        "spinbutton",
        "tab",
    }
)
SECTIONS = frozenset(
    {"dialog", "alertdialog", "form", "navigation", "main", "search", "tablist", "table", "grid", "menu"}
)
REPEATING = frozenset({"row", "listitem", "option", "cell", "gridcell", "treeitem", "article"})
SAME = 0.85
"""From this likeness on (Jaccard index of the features) two screens of one address are the same state."""

_NUMBERS = re.compile(r"\d+")
_IDENTIFIER = re.compile(r"^(\d+|[0-9a-f]{8,}|[0-9a-f-]{32,36}|.*\d{3,}.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """A node of the application map."""

    id: str
    name: str
    place: str
    address: str
    """Origin and path with identifiers replaced by *."""
    features: frozenset[str]

    def like(self, other: State) -> float:
        """0..1: how much of the structure is common; 0 at another address."""
        if (self.place, self.address) != (other.place, other.address):
            return 0.0
        if not self.features and not other.features:
            return 1.0
        return len(self.features & other.features) / len(self.features | other.features)

    def same(self, other: State) -> bool:
        return self.id == other.id or self.like(other) >= SAME


def state_of(screen: Observation) -> State:
    """The state that this screen shows. Cost: one pass over the elements."""
    features = frozenset(_features(screen))
    address = _address(screen.url)
    digest = hashlib.blake2b("\n".join([screen.place, address, *sorted(features)]).encode(), digest_size=8)
    return State(digest.hexdigest(), _name(screen), screen.place, address, features)


def _features(screen: Observation) -> list[str]:
    repeated = _inside_data(screen)
    features = []
    for element in screen.elements:
        if not element.visible:
            continue
        if element.role in SECTIONS:
            dialog = element.role in {"dialog", "alertdialog"}
            features.append(f"{element.role}:{_static(element.name) if dialog else ''}")
        elif element.role in CONTROLS:
            where = "data" if element.ref in repeated else _static(element.name)
            features.append(f"{element.role}:{where}")
        elif element.role == "alert":
            features.append("alert")
    return features


def _inside_data(screen: Observation) -> set[str]:
    """The refs of what lies inside rows and list items: its names are data."""
    inside: set[str] = set()
    for element in screen.elements:
        if element.role in REPEATING or element.parent in inside:
            inside.add(element.ref)
    return inside


def _static(name: str) -> str:
    return _NUMBERS.sub("#", name.strip().casefold())[:60]


@lru_cache(maxsize=4096)
def _address(url: str) -> str:
    parts = urlsplit(url)
    path = "/".join("*" if _IDENTIFIER.match(part) else part for part in parts.path.split("/"))
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.scheme else url


def _name(screen: Observation) -> str:
    """What a person would call it: the open dialog, the main heading, the title, the path."""
    headings = [e for e in screen.elements if e.role == "heading" and e.visible and e.name.strip()]
    dialog = next((e for e in screen.elements if e.role in {"dialog", "alertdialog"} and e.visible), None)
    if dialog is not None and dialog.name:
        return f"{dialog.name} (dialog)"
    chosen = min(headings, key=_level, default=None)
    title = re.split(r"\s+[|–—·-]\s+", screen.title.strip())[0] if screen.title.strip() else ""
    return title or (chosen.name if chosen else "") or urlsplit(screen.url).path or screen.url


def _level(heading: Element) -> int:
    level = heading.attributes.get("level", "")
    return int(level) if level.isdigit() else 9
