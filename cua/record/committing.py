"""Which acts cannot be undone, seen by what they sent; and how one sees later that it has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cua.commits import ANNOUNCING, TEXT_FIELDS, carries, confirms
from cua.ledger import weighs
from cua.login_pages import signs_in
from cua.record.tape import Act
from cua.wording import drawn_where, fold, says
from envs.events import Dialog, Request
from envs.observation import Element, Observation
from grounding.roles import TICKABLE

COMMITTING = re.compile(
    r"\b(save|saved|create|add|submit|send|delete|remove|update|apply|confirm|publish|post|pay|order|buy|book|place|upload|"
    r"register|change|set|approve|reject|cancel|archive|mark|move|assign|close|yes|done|finish|ok|store|import)\b"
)
"""Words on what one presses to have something done for good (folded English)."""
LOOKING = re.compile(r"\b(search|find|filter|log ?in|sign ?in|log ?out|sign ?out|next|previous|preview|show|go to)\b")
"""Words on what sends something and changes nothing that lasts."""
ASKING = re.compile(r"\b(are you sure|do you (really )?want|really (delete|remove)|please confirm)\b")
"""What a page asks before it does anything (folded English): what led to the question did nothing yet."""
PRESSED = frozenset({"click", "double_click", "press", "drag"})
MOST_BESIDE = 2
"""Fields beside the password that a sign-in form has."""
LEAST = 3
"""Characters of a name that can be told from other text."""


def commits(act: Act, element: Element | None) -> bool:
    """Whether an act did something for good: something was sent to be stored, or a question was agreed to."""
    if act.verb not in PRESSED or act.before is None:
        return False
    words = fold(element.name) if element is not None else ""
    if any(isinstance(event, Dialog) and event.kind == "confirm" and event.accepted for event in act.events):
        return True
    writes = [event for event in act.events if isinstance(event, Request) and weighs(event)]
    if not writes or _signs_in(act.before, words) or (LOOKING.search(words) and not COMMITTING.search(words)):
        return False
    if any(ASKING.search(text) for text in _new(act)):
        return False
    if any(write.kind == "document" for write in writes) or COMMITTING.search(words):
        return True
    return any(carries(write, act.before) for write in writes) or any(confirms(text) for text in _new(act))


def entrance(screen: Observation) -> bool:
    """Whether this is a sign-in form, and not another one with a password in it."""
    fields = TEXT_FIELDS | {"listbox"} | TICKABLE
    others = sum(e.role in fields and e.visible and "password" not in e.states for e in screen.elements)
    return signs_in(screen) and others <= MOST_BESIDE


def _signs_in(screen: Observation, words: str) -> bool:
    filled = any("password" in e.states and e.visible and e.value for e in screen.elements)
    return signs_in(screen) and filled and (entrance(screen) or not COMMITTING.search(words))


def _new(act: Act) -> list[str]:
    """What is written there now and was not (folded)."""
    if act.before is None or act.after is None:
        return []
    old = {text for _, text in drawn_where(act.before, lambda role, text: True)}
    return [text for _, text in drawn_where(act.after, lambda role, text: text not in old)]


def already(act: Act, given: Iterable[str]) -> dict[str, str] | None:
    """How to see later that it has happened: something that was entered in its form is shown, elsewhere than in what
    the application says of the commit itself, where it was not before."""
    if act.before is None or act.after is None:
        return None
    entered = {" ".join((e.value or "").split()) for e in act.before.elements if e.role in TEXT_FIELDS}
    for value in given:
        wanted = fold(value)
        if (
            value not in entered
            or len(wanted) < LEAST
            or not re.search(r"[^\W\d]", value)
            or any(True for _ in _bearing(wanted, act.before))
        ):
            continue
        if says(wanted, fold(act.after.title)) and not says(wanted, fold(act.before.title)):
            return {"title": value}
        if any(not _announced(element, act.after) for element in _bearing(wanted, act.after)):
            return {"text": value}
    return None


def _bearing(wanted: str, screen: Observation) -> list[Element]:
    return [element for element, _ in drawn_where(screen, lambda role, text: says(wanted, text))]


def _announced(element: Element, screen: Observation) -> bool:
    around = {element.role, *(above.role for above in screen.ancestors(element))}
    return bool(around & ANNOUNCING) or confirms(element.name)
