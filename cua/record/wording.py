"""The shortest words for what was acted on, tried on the screen as it was just before."""

from __future__ import annotations

from dataclasses import dataclass

from cua.looking import ACTIONS
from cua.picking import meant
from cua.record.tape import Act
from envs.observation import Element, Observation
from grounding.grounder import Grounder
from grounding.roles import interactive
from grounding.shortest import shortest_target, why_nameless


@dataclass(frozen=True, slots=True)
class Named:
    """`words` mean the element and nothing else there; None where there are none, and `why` says so."""

    words: str | None
    element: Element | None = None
    why: str = ""


def name(path: tuple[str, ...], screen: Observation | None, verb: str, grounder: Grounder) -> Named:
    if screen is None:
        return Named(None, why="the page was not seen in time")
    element = meant(path, screen)
    if element is None:
        return Named(None, why="it was not on the page yet when it was looked at last")
    element = _called(element, path, screen) if verb in {"click", "drag", "hover", "double_click"} else element
    words = shortest_target(element, screen, grounder, ACTIONS.get(verb))
    if words is None and not element.visible and verb in {"check", "uncheck", "upload"}:
        return Named(None, element, f"{element} itself is hidden")
    return Named(words, element, "" if words is not None else why_nameless(element, screen))


def _called(element: Element, path: tuple[str, ...], screen: Observation) -> Element:
    """The text that was pointed at, where what holds it has no name and does nothing itself (an item of a list)."""
    if element.name or interactive(element):
        return element
    texts = (one for ref in path if (one := screen.get(ref)) is not None and one.name and one.role == "text")
    return next((text for text in texts if element in screen.ancestors(text)), element)


def named(act: Act, grounder: Grounder) -> Named:
    """Words for what an act was done to: itself, or what the person clicked to come to it."""
    own = name(act.path, act.before, act.verb, grounder)
    if own.words is None and act.beside:
        other = name(act.beside, act.before, act.verb, grounder)
        return other if other.words is not None else own
    return own
