"""The shortest words that mean one element and no other on this screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from envs.action import Action
from envs.observation import Element, Observation
from grounding.describe import describe, quoted
from grounding.grounding import Grounding
from grounding.roles import CELLS, CONTAINERS, DIALOGS, FIELDS, TICKABLE, role_fit, role_of, word_for
from grounding.scoring import normal
from grounding.screen import Screen, screen_of
from grounding.target import Target

LONGEST_NAME = 60
"""Characters of a name that a person would still write out."""
LONG_NAME_WORDS = 5
"""Of a longer one: how many words it begins with are said."""
MOST_TRIES = 24


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
        yield from heads
    places = list(_places(element, screen))
    for head in heads[:2]:
        for place in places:
            yield f"{head} {place}"


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
    return name if len(name) <= LONGEST_NAME else " ".join(name.split()[:LONG_NAME_WORDS])[:LONGEST_NAME]


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
    """Where it is, in clauses, the most telling first."""
    yield from _row_words(element, screen)
    if (cell := screen.cell(element)) is not None and (head := cell.attributes.get("colheader")):
        yield f"in the {_said(head)} column"
    for above in screen.observation.ancestors(element):
        if above.role in DIALOGS:
            yield f"in the {_said(above.name)} dialog" if _short(above.name) else "in the dialog"
        elif above.role in CONTAINERS and _short(above.name):
            word = word_for(above.role)
            yield f"in the {_said(above.name)} {word}" if role_of(word) else f"in {_said(above.name)}"
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
    told: set[str] = set()
    for name in names:
        key = normal(name)
        if key and key != own and own not in key.split() and key not in told and _short(name):
            told.add(key)
            yield f"in the row of {_said(name)}"
        if len(told) == 3:
            return


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
