"""Picking: a person points at things in the browser and is told what to call them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cua.grounded import as_object
from cua.interrupt import Interrupts
from cua.looking import ACTIONS, natural
from envs.browser import Browser
from envs.browser.inspector import Inspector
from envs.observation import Element, Observation
from grounding.grounder import Grounder
from grounding.grounding import Grounding
from grounding.roles import CONTAINERS, ROWS, interactive
from grounding.shortest import shortest_target, why_nameless

LOOK = 0.25
"""Seconds after which a signal is noticed."""


@dataclass(frozen=True, slots=True)
class Pick:
    """An element that was pointed at. `target` are the shortest words that mean it and nothing else here, tried on the
    page as it was a moment later; None where there are none, and `why` says so. `verb` is what one does to it."""

    element: Element
    target: str | None
    verb: str | None
    answer: Grounding | None
    now: Observation
    why: str = ""

    def as_object(self) -> dict[str, object]:
        """The line of --json: the fields of `cua ground --json` without its candidates, and `states`, `verb`."""
        element = self.element
        said: dict[str, object] = {
            "target": self.target,
            "verb": self.verb,
            "element": str(element),
            "role": element.role,
            "name": element.name,
            "states": sorted(element.states),
            "url": self.now.url,
            "found": self.answer is not None and self.answer.sure,
        }
        if self.answer is None:
            return said | {"confidence": 0.0, "margin": 0.0, "why": self.why}
        told = as_object(self.answer, self.now, self.target or "")
        return said | {key: told[key] for key in ("box", "point", "confidence", "margin", "expert", "why")}


def picks(browser: Browser, interrupts: Interrupts, ready: Callable[[], object]) -> Iterator[Pick]:
    """What is clicked, one after the other, until Escape, Ctrl-C or the end of the window. `ready` is called when the
    page listens."""
    grounder = Grounder()
    with Inspector(browser) as inspector:
        ready()
        while not inspector.over and not interrupts.caught:
            path = inspector.next(LOOK)
            if path and (pick := _pick(path, browser, grounder)) is not None:
                yield pick


def _pick(path: tuple[str, ...], browser: Browser, grounder: Grounder) -> Pick | None:
    now = browser.observe()
    element = meant(path, now)
    if element is None:
        return None
    verb = natural(element)
    action = ACTIONS[verb] if verb is not None else None
    words = shortest_target(element, now, grounder, action)
    if words is None:
        return Pick(element, None, verb, None, now, why_nameless(element, now))
    later = browser.observe()
    answer = grounder.ground(words, later, action)
    if not answer.sure or answer.best is None or answer.best.element.ref != element.ref:
        return Pick(element, None, verb, None, later, f"the page changed while {element} was looked at: point again")
    return Pick(answer.best.element, words, verb, answer, later)


def meant(path: tuple[str, ...], now: Observation) -> Element | None:
    """Of the nodes under the pointer, inside out, the element that a person means: the innermost, but the control
    around it where that is only its text or picture."""
    found = [element for ref in path if (element := now.get(ref)) is not None]
    if not found:
        return None
    first = found[0]
    if interactive(first) or first.role in ROWS:
        return first
    around = next((element for element in now.ancestors(first) if interactive(element)), None)
    return around if around is not None and not _holds_many(around, now) else first


def _holds_many(element: Element, now: Observation) -> bool:
    """Whether it is no control of its own, but what others stand in (and perhaps listens for what is done to them)."""
    if element.role in CONTAINERS | ROWS:
        return True
    return element.role == "generic" and any(one.role in ROWS or interactive(one) for one in now.inside(element))
