"""The shortest words that mean one element and no other on this screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from heapq import nsmallest
from itertools import islice
from typing import Protocol
from weakref import WeakKeyDictionary

from envs.action import Action
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding.describe import describe, quoted
from grounding.grounding import Grounding
from grounding.roles import CELLS, CONTAINERS, DIALOGS, FIELDS, TICKABLE, role_fit, role_of, word_for
from grounding.scoring import normal
from grounding.screen import Screen, same_line, screen_of
from grounding.target import Target

LONGEST_NAME = 60
"""Characters of a name that a person would still write out."""
LONG_NAME_WORDS = 5
"""Of a longer one: how many words it begins with are said."""
MOST_TRIES = 32
MOST_PLACES = 6
"""Containers and headings that are tried, the shortest to say first."""
MOST_CELLS = 3
"""Cells of its row that are tried, those first that stand there alone."""
MOST_NEIGHBOURS, LONGEST_NEIGHBOUR = 4, 32
"""Things beside it that are tried, and the characters that their names may have."""
ON_A_LINE, ABOVE_OR_BELOW = 400.0, 64.0
"""How far they may be, CSS px."""
_LINKING = frozenset({"to", "of", "the", "a", "an", "and", "or", "in", "on", "for", "with", "by", "from", "at", "your"})
PLACES = frozenset(
    {"dialog", "alertdialog", "navigation", "menu", "toolbar", "table", "grid", "form", "tablist", "list"}
)
"""Containers that can be meant by their kind alone, where there is one."""
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]\s*$")


class Grounds(Protocol):
    """What `shortest_target` needs of a grounder."""

    def ground(self, target: Target | str, observation: Observation, action: Action | None = None) -> Grounding: ...


def shortest_target(
    element: Element, observation: Observation, grounder: Grounds, action: Action | None = None
) -> str | None:
    """Words that the grounder surely maps to this element: its name, its name and role, where it is, or its number.

    None when nothing names it: it is hidden, behind a dialog, or indistinguishable.
    """
    if not element.visible:
        return None
    screen = screen_of(observation)
    for words in islice(dict.fromkeys(_forms(element, screen)), MOST_TRIES):
        if means(words, element, observation, grounder, action):
            return words
    for target in _kinds(element, screen):
        words = _counted(target, element, grounder.ground(target, observation, action), screen)
        if words and means(words, element, observation, grounder, action):
            return words
    return None


def why_nameless(element: Element, observation: Observation) -> str:
    """Why there are no words for an element that `shortest_target` has none for, in one sentence."""
    screen = screen_of(observation)
    if not element.visible:
        return f"{element} is in the page but hidden"
    if screen.modal is not None and element not in screen.visible:
        return f"{element} is outside of the open {screen.modal}"
    return f"no words mean {element} and nothing else here"


def means(
    words: str, element: Element, observation: Observation, grounder: Grounds, action: Action | None = None
) -> bool:
    """Whether these words are surely grounded on this element."""
    answer = grounder.ground(words, observation, action)
    return answer.best is not None and answer.sure and answer.best.element.ref == element.ref


def _forms(element: Element, screen: Screen) -> Iterator[str]:
    name, role = _name(element, screen), _role(element)
    heads = [head for head in _heads(name, role) if head]
    key = normal(element.name)
    if sum(e.role == element.role and normal(e.name) == key for e in screen.visible) == 1:
        if core := _core(name):
            yield describe(Target(core))
        yield from heads
    rows = list(_row_words(element, screen))
    rest = sorted(dict.fromkeys(_places(element, screen)), key=len)
    for head in heads[:2]:
        for place in (*rows, *rest[:MOST_PLACES]):
            yield f"{head} {place}"
    for head in heads[:1]:
        for place in _neighbours(element, screen):
            yield f"{head} {place}"


def _core(name: str) -> str:
    """A name without what it says of its state or meaning in brackets: "Toggle theme (current theme: auto)"."""
    core = _BRACKETS.sub("", name).strip()
    return core if core != name else ""


def _heads(name: str, role: str) -> Iterator[str]:
    if not name:
        yield role
        return
    if quoted(name)[1:-1] == name:
        plain = describe(Target(name))
        yield plain
        yield describe(Target(name, role_of(role))) if role else ""
        yield quoted(name)
        yield f"{quoted(name)} {role}" if role else ""


def _name(element: Element, screen: Screen) -> str:
    cell = screen.cell(element)
    head = (cell.attributes.get("colheader") or "") if cell is not None and cell is not element else ""
    names = (
        " ".join(element.name.split()),
        screen.labels.get(element.ref),
        element.attributes.get("placeholder"),
        head,
    )
    name = next((name for name in names if name), "").rstrip(" :*") or element.name.strip()
    return name if len(name) <= LONGEST_NAME else _beginning(name)


def _beginning(name: str) -> str:
    """The first few words of a long name, the last of which carries some meaning."""
    words = name.split()[:LONG_NAME_WORDS]
    while len(words) > 2 and words[-1].casefold() in _LINKING:
        words.pop()
    return " ".join(words)[:LONGEST_NAME]


def _role(element: Element) -> str:
    role = (
        "textbox"
        if element.role in FIELDS - {"combobox", "listbox", "slider", "searchbox", "spinbutton"}
        else element.role
    )
    word = word_for(role)
    asked = role_of(word)
    return word if asked is not None and role_fit(asked, element) == 1.0 else ""


def _places(element: Element, screen: Screen) -> Iterator[str]:
    """What it lies in, in clauses."""
    if (cell := screen.cell(element)) is not None and (head := cell.attributes.get("colheader")):
        yield f"in the {_said(head)} column"
    for above in screen.observation.ancestors(element):
        if above.role not in CONTAINERS:
            continue
        word = word_for(above.role) if role_of(word_for(above.role)) else ""
        if above.role in DIALOGS or (word and above.role in PLACES):
            yield f"in the {word}"
        if _short(above.name):
            yield f"in {_said(above.name)}"
            if word:
                yield f"in the {_said(above.name)} {word}"
    if (heading := screen.heading(element)) is not None and _short(heading.name):
        yield f"in {_said(heading.name)}"


def _row_words(element: Element, screen: Screen) -> Iterator[str]:
    row = screen.row(element)
    if row is None or row.ref == element.ref:
        return
    own = normal(element.name)
    heads = [
        element.attributes.get("rowheader", ""),
        *(c.attributes.get("rowheader", "") for c in _cells(element, screen)),
    ]
    inside = sorted(screen.observation.inside(row), key=lambda e: e.role != "rowheader")
    names = [*heads, *(e.name for e in inside if e.role in CELLS | {"text", "link", "heading"} | TICKABLE)]
    told: dict[str, str] = {}
    for name in names:
        key = normal(name)
        if key and key != own and own not in key.split() and _short(name):
            told.setdefault(key, name)
    often = _often(screen)
    for key in sorted(told, key=lambda key: often[key])[:MOST_CELLS]:
        yield f"in the row of {_said(told[key])}"


def _neighbours(element: Element, screen: Screen) -> Iterator[str]:
    """The nearest things that are called so only once, as clauses."""
    row = screen.row(element)
    if row is not None and row.role == "row":
        return  # rows are data: what stands above and below will not stand there tomorrow
    beside = [other for other in screen.visible if _tells(other, element, screen)]
    near = ((_apart(element.box, other.box), screen.order[other.ref], other) for other in beside)
    for _, _, other in nsmallest(MOST_NEIGHBOURS, near):
        yield f"{_side(element.box, other.box)} {_said(other.name)}"
        yield f"near {_said(other.name)}"


def _tells(other: Element, element: Element, screen: Screen) -> bool:
    """Whether a thing can say where an element is: close to it, called something short that nothing else is called."""
    if other.role in CONTAINERS or not other.box.area or not 0 < len(other.name.strip()) <= LONGEST_NEIGHBOUR:
        return False
    reach = ON_A_LINE if same_line(element.box, other.box) else ABOVE_OR_BELOW
    if _apart(element.box, other.box) > reach:
        return False
    key, own = normal(other.name), normal(element.name)
    if _often(screen)[key] != 1 or own in key.split():
        return False
    return all(above.ref != element.ref for above in screen.observation.ancestors(other))


_counts: WeakKeyDictionary[Screen, Counter[str]] = WeakKeyDictionary()


def _often(screen: Screen) -> Counter[str]:
    """How many things there are of each name."""
    if screen not in _counts:
        _counts[screen] = Counter(normal(element.name) for element in screen.visible)
    return _counts[screen]


def _apart(a: Box, b: Box) -> float:
    """The gap between two boxes, px."""
    across = max(0.0, a.x - b.right, b.x - a.right)
    down = max(0.0, a.y - b.bottom, b.y - a.bottom)
    return float((across**2 + down**2) ** 0.5)


def _side(a: Box, b: Box) -> str:
    if same_line(a, b):
        return "left of" if a.right <= b.x else "right of"
    return "above" if a.bottom <= b.y else "below"


def _cells(element: Element, screen: Screen) -> tuple[Element, ...]:
    cell = screen.cell(element)
    return (cell,) if cell is not None else ()


def _kinds(element: Element, screen: Screen) -> Iterator[Target]:
    """What it can be counted among: those of its name, of its name and role, of its role."""
    name, role = _name(element, screen), role_of(_role(element))
    if name:
        yield Target(name)
        if role is not None:
            yield Target(name, role)
    if role is not None:
        yield Target("", role)


def _counted(target: Target, element: Element, answer: Grounding, screen: Screen) -> str:
    """Its number among the best candidates of a target, in words; empty when it is none of them."""
    close = [c.element for c in answer.candidates if answer.candidates[0].confidence - c.confidence < answer.margin]
    refs = [e.ref for e in sorted(close, key=lambda e: screen.order[e.ref])]
    return describe(replace(target, nth=refs.index(element.ref) + 1)) if element.ref in refs else ""


def _said(name: str) -> str:
    """A name as it can stand in a clause: plain where the words give it back, otherwise in quotes."""
    plain = " ".join(name.split())
    return describe(Target(plain))


def _short(name: str) -> bool:
    return 0 < len(name.strip()) <= LONGEST_NAME
