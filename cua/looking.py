"""Looking without acting: a page is opened, targets are grounded on it, nothing is clicked and no run comes about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rapidfuzz.process import extractOne

from cua.errors import BadInput
from cua.options import address_of
from cua.vault import Vault
from envs.action import Action, Check, Clear, Click, Download, Drag, Hover, Select, Type, Upload
from envs.browser import Browser
from envs.browser.reveal import reveal
from envs.errors import ActFailed, Stale
from envs.observation import Element, Observation
from grounding.grounder import Grounder
from grounding.grounding import Grounding
from grounding.paint import in_view, painted
from grounding.roles import EDITABLE, TICKABLE, interactive

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "click": Click(),
        "double_click": Click(count=2),
        "right_click": Click(button="right"),
        "hover": Hover(),
        "drag": Drag(""),
        "type": Type(""),
        "clear": Clear(),
        "select": Select(""),
        "check": Check(),
        "uncheck": Check(on=False),
        "upload": Upload(()),
        "download": Download(Path()),
    }
)
"""What can be meant to be done to a target, as task files call it; what is typed or chosen does not matter here."""
_WRITTEN = EDITABLE | {"date", "time", "datetime", "color", "slider"}


def action_of(verb: str | None) -> Action | None:
    """The action of a verb. Raises BadInput with the one that was probably meant."""
    if verb is None:
        return None
    found = ACTIONS.get(verb.strip().replace("-", "_"))
    if found is None:
        like = extractOne(verb, list(ACTIONS), score_cutoff=60)
        hint = f'; did you mean "{like[0]}"?' if like else f"; there are {', '.join(ACTIONS)}"
        raise BadInput(f'--action "{verb}" is nothing that is done to an element{hint}')
    return found


def natural(element: Element) -> str | None:
    """The verb that a person would use on this element; None where there is nothing to do but look."""
    if element.role == "file" or element.attributes.get("type") == "file":
        return "upload"
    if element.role in {"listbox", "combobox"} and "editable" not in element.states:
        return "select"
    if element.role in _WRITTEN or "editable" in element.states:
        return "type"
    if element.role in TICKABLE:
        return "check"
    return "click" if interactive(element) else None


def page_of(text: str) -> str:
    """The address of a page on the web, or of a file on this machine. Raises BadInput."""
    if text.startswith("file://"):
        return text
    path = Path(text)
    if path.suffix.casefold() in {".html", ".htm", ".xhtml"} and "://" not in text:
        if not path.is_file():
            raise BadInput("--url: there is no such file", file=path)
        return path.resolve().as_uri()
    return address_of(text)


def seek(browser: Browser, now: Observation, target: str, action: Action | None, wait: float) -> Seen:
    """The target on this page; while it is not there at all, for up to `wait` seconds. Raises BadTarget."""
    grounder = Grounder()
    answer = grounder.ground(target, now, action)
    if not answer.found and wait > 0:
        now = browser.settle(lambda later: grounder.ground(target, later, action).found, wait)
        answer = grounder.ground(target, now, action)
    return Seen(answer, now)


def brought_into_view(browser: Browser, seen: Seen, target: str, action: Action | None) -> Seen:
    """The same after the best candidate was scrolled to, where it was out of view; else what was given."""
    best = seen.answer.best
    if best is None or in_view(best, seen.now):
        return seen
    try:
        reveal(browser.active, best.element)
    except (ActFailed, Stale):
        return seen  # it stays out of view, and the picture says so
    return seek(browser, browser.settle(timeout=5.0), target, action, 0.0)


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer and the moment that it is about."""

    answer: Grounding
    now: Observation

    def painted(self) -> bytes:
        """The picture of it as PNG, password fields black."""
        return painted(self.answer, self.now, Vault().hidden(self.now))
