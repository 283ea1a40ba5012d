"""What to say when a target has no sure element: words that would do, or why what is meant cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz, process

from envs.action import Action
from envs.observation import Element, Observation
from grounding.choice import tied
from grounding.describe import BETWEEN, describe
from grounding.grounding import Grounding
from grounding.parse import readings
from grounding.roles import interactive
from grounding.scoring import JOINED, canonical, likeness, normal, tokens
from grounding.screen import Screen, screen_of
from grounding.shortest import Grounds, means, shortest_target
from grounding.structure import Structure
from grounding.target import Clause, Target
from grounding.verbs import UNFIT, verb_fit

MOST = 4
"""Candidates that are told apart in one hint."""
MOST_TRIED = 8
"""Elements of which the shortest words are sought for one hint."""
NEAR_MISS = 0.38
"""Confidence of a candidate below the floor that may have been meant."""
SIMILAR = 72.0
"""Of rapidfuzz's ratio, 0..100: a name that may have been meant."""


class Hint:
    """The hint of one answer, made when it is first asked for; after that it holds nothing of the screen any more."""

    def __init__(self, answer: Grounding, observation: Observation, action: Action | None, grounder: Grounds) -> None:
        self._make: Callable[[], str] | None = lambda: _hint(answer, observation, action, grounder)
        self._words = ""

    def __call__(self) -> str:
        """One sentence; every target it offers has been tried and is sure. Empty when nothing useful can be said."""
        if self._make is not None:
            self._words, self._make = self._make(), None
        return self._words


def _hint(answer: Grounding, observation: Observation, action: Action | None, grounder: Grounds) -> str:
    if answer.found:
        return _tell_apart(answer, observation, action, grounder)
    return _missing(answer.target, screen_of(observation), action, grounder)


def _tell_apart(answer: Grounding, observation: Observation, action: Action | None, grounder: Grounds) -> str:
    close = tied(answer.candidates, answer.margin)
    offers: list[str] = []
    for candidate in close[:MOST]:
        words = shortest_target(candidate.element, observation, grounder, action)
        if words is not None:
            offers.append(words)
    name = answer.target.name
    number = f"first {name}" if name and answer.target.nth is None else ""
    first = min(close, key=lambda c: screen_of(observation).order[c.element.ref]).element
    if number and number not in offers and means(number, first, observation, grounder, action):
        offers.append(number)
    return f"Say {_listed(offers)}" if offers else "Nothing tells them apart"


def _listed(words: list[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _missing(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    for reason in (_counted_wrong, _elsewhere, _out_of_reach, _unfit, _similar):
        if words := reason(target, screen, action, grounder):
            return words
    return ""


def _counted_wrong(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    if target.nth is None:
        return ""
    alone = replace(target, nth=None, text="")
    answer = grounder.ground(alone, screen.observation, action)
    close = tied(answer.candidates, answer.margin) if answer.found else ()
    if not close:
        return ""
    return f"There {'is' if len(close) == 1 else 'are'} only {len(close)} of {_plainly(alone)}"


def _elsewhere(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    """The name is here, but the relation does not hold, or what it relates to is missing."""
    split = next((reading for reading in readings(target) if reading.clauses), None)
    if split is None:
        return ""
    structure = Structure()
    for clause in split.clauses:
        if not structure.anchors(clause.target, screen, clause.relation):
            missing = f'Nothing here is called "{clause.target.text or clause.target.name}"'
            offers = list(_fuller(split, clause, screen, action, grounder))
            return f"{missing}. Did you mean {_listed(offers)}?" if offers else missing
    alone = replace(split, clauses=(), text="")
    answer = grounder.ground(alone, screen.observation, action)
    if not answer.found or answer.best is None:
        return ""
    clause = split.clauses[0]
    anchor = clause.target.text or clause.target.name
    return f'{answer.best.element} is here, but not {BETWEEN[clause.relation]} "{anchor}"'


def _fuller(split: Target, clause: Clause, screen: Screen, action: Action | None, grounder: Grounds) -> Iterator[str]:
    """The target with the whole names of what its clause says in part."""
    names = dict.fromkeys(a.element.name for a in Structure().anchors(clause.target, screen))
    for name in list(names)[:MOST]:
        whole = tuple(Clause(c.relation, Target(name)) if c is clause else c for c in split.clauses)
        words = describe(replace(split, clauses=whole))
        if grounder.ground(words, screen.observation, action).sure:
            yield words


def _out_of_reach(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    """It is in the tree and cannot be used: hidden, or behind an open dialog."""
    shown = {element.ref for element in screen.visible}
    for element in screen.observation.elements:
        if element.ref in shown or not _called(target, element):
            continue
        if not element.visible:
            return f"{element} is in the page but hidden"
        if screen.modal is not None:
            return f"{element} is outside of the open {screen.modal}"
    return ""


def _unfit(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    """What is called so cannot take the action: a button is not typed into."""
    answer = grounder.ground(target, screen.observation)
    if action is None or not answer.sure or answer.best is None:
        return ""
    element = answer.best.element
    if verb_fit(action, element, role_asked=True) <= UNFIT:
        return f"{element} is here, but nothing to {action.verb} on"
    words = shortest_target(element, screen.observation, grounder, action)
    plain = f"{element} is here, but only text: nothing listens there"
    return f'{plain}. If it is meant, say "{words}"' if words else plain


def _called(target: Target, element: Element) -> bool:
    names = {reading.name for reading in readings(target) if reading.name}
    return any(likeness(name, element.name).score >= JOINED for name in names)


def _similar(target: Target, screen: Screen, action: Action | None, grounder: Grounds) -> str:
    nearest = grounder.ground(target, screen.observation, action).candidates[:MOST]
    offers = {c.element.ref: c.element for c in nearest if c.confidence >= NEAR_MISS}
    offers |= {element.ref: element for element in _close_names(target, screen)}
    said = set(tokens(target.text or target.name))
    sure: dict[str, int] = {}
    for element in list(offers.values())[:MOST_TRIED]:
        words = shortest_target(element, screen.observation, grounder, action)
        if words is not None:
            sure[words] = len(said.intersection(tokens(words)))
    most = max(sure.values(), default=0)  # "Choose Pro plan": rather "Choose in Pro plan" than "Choose in Basic plan"
    best = [words for words, shared in sure.items() if shared == most]
    return f"Did you mean {_listed(best[:MOST])}?" if best else ""


def _close_names(target: Target, screen: Screen) -> Iterator[Element]:
    """The controls whose names are spelled almost like the wanted one, or are words of it."""
    controls: dict[str, list[Element]] = {}
    for element in screen.visible:
        if interactive(element) and (name := normal(element.name)) and len(name) <= 120:
            controls.setdefault(name, []).append(element)
    for reading in readings(target):
        wanted = normal(reading.name)
        words = f" {' '.join(canonical(tokens(wanted)))} "
        within = (name for name in controls if f" {' '.join(canonical(tokens(name))) or '-'} " in words)
        close = process.extract(wanted, list(controls), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=MOST)
        inverse = {name for name, _, _ in close if name.endswith(wanted) or wanted.endswith(name)} - {wanted}
        spelled = (name for name, _, _ in close if len(wanted) >= 3 and name not in inverse)  # Active is no Inactive
        for name in (*within, *spelled):
            yield from controls[name]


def _plainly(target: Target) -> str:
    return f'"{target.name}"' if target.name else str(target.role)
