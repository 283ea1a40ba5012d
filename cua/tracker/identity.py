"""Which screen is this? A state's identity keeps the structure of a screen and ignores its data.

Two visits to one list are one state, whatever its rows hold; a dialog on top of it, another form, another page are
others. After MAPLE (states as abstractions of screens), with predicates in the place of a model's sentences.
"""

from __future__ import annotations

import hashlib
import re
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from urllib.parse import urlsplit

from cua.parts import each_content, of_content
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
    """The state that this screen shows. Cost: one pass over the parts that have changed."""
    last = _last[0]
    if last is not None and last[0]() is screen:
        return last[1]
    features = _union(_features(screen))
    address = _address(screen.url)
    state = State(_digest(screen.place, address, features), _name(screen), screen.place, address, features)
    _last[0] = (weakref.ref(screen), state)
    return state


_last: list[tuple[weakref.ref[Observation], State] | None] = [None]
"""The screen that was asked about last; the loop asks more than once about the same."""


@lru_cache(maxsize=64)
def _union(sets: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*sets)


@lru_cache(maxsize=256)
def _digest(place: str, address: str, features: frozenset[str]) -> str:
    return hashlib.blake2b("\n".join([place, address, *sorted(features)]).encode(), digest_size=8).hexdigest()


def _features(screen: Observation) -> tuple[frozenset[str], ...]:
    """Those of the parts in order. What lies inside rows and list items is data; where a part begins inside one, all of
    it that hangs there is."""
    found = []
    for part in screen.parts:
        outline = of_content(part, "outline", _Outline)
        data = frozenset(top for top in outline.tops if _in_data(screen, top))
        found.append(of_content(part, ("features", data), partial(outline.features, data=data)))
    return tuple(found)


def _in_data(screen: Observation, ref: str) -> bool:
    """Whether an element lies inside a row or a list item, or is one."""
    element = screen.get(ref)
    if element is None:
        return False
    return element.role in REPEATING or any(above.role in REPEATING for above in screen.ancestors(element))


class _Outline:
    """What a part looks like from outside: where it hangs (`tops`: refs of parents that lie in other parts)."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._hangs: dict[str, str | None] = {}
        """Ref → the top it hangs on; "" inside data of this part; None where there is nothing above."""
        for element in elements:
            above = element.parent
            hangs = self._hangs.get(above, above) if above is not None else None
            self._hangs[element.ref] = "" if element.role in REPEATING else hangs
        self.tops = frozenset(top for top in self._hangs.values() if top)

    def features(self, elements: Sequence[Element], data: frozenset[str]) -> frozenset[str]:
        """`data` are the tops that lie inside data."""
        found = set()
        for element in elements:
            if not element.visible:
                continue
            if element.role in SECTIONS:
                dialog = element.role in {"dialog", "alertdialog"}
                found.add(f"{element.role}:{_static(element.name) if dialog else ''}")
            elif element.role in CONTROLS:
                top = self._hangs[element.ref]
                found.add(f"{element.role}:{'data' if top == '' or top in data else _static(element.name)}")
            elif element.role == "alert":
                found.add("alert")
        return frozenset(found)


def _static(name: str) -> str:
    return _NUMBERS.sub("#", name.strip().casefold())[:60]


@lru_cache(maxsize=4096)
def _address(url: str) -> str:
    parts = urlsplit(url)
    path = "/".join("*" if _IDENTIFIER.match(part) else part for part in parts.path.split("/"))
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.scheme else url


def _name(screen: Observation) -> str:
    """What a person would call it: the open dialog, the main heading, the title, the path."""
    dialog = next(each_content(screen, "dialogs", _dialogs), "")
    if dialog:
        return f"{dialog} (dialog)"
    _, chosen = min(each_content(screen, "headings", _headings), key=lambda heading: heading[0], default=(0, ""))
    title = re.split(r"\s+[|–—·-]\s+", screen.title.strip())[0] if screen.title.strip() else ""
    return title or chosen or urlsplit(screen.url).path or screen.url


def _dialogs(elements: Sequence[Element]) -> list[str]:
    return [e.name for e in elements if e.role in {"dialog", "alertdialog"} and e.visible]


def _headings(elements: Sequence[Element]) -> list[tuple[int, str]]:
    """Level and name of the first of each level."""
    found: dict[int, str] = {}
    for element in elements:
        if element.role == "heading" and element.visible and element.name.strip():
            found.setdefault(_level(element), element.name)
    return list(found.items())


def _level(heading: Element) -> int:
    level = heading.attributes.get("level", "")
    return int(level) if level.isdigit() else 9
