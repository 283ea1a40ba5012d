"""When not seeing something tells that it has not happened: only where it would be seen if it had.

A page without the new item proves nothing; the list in which it would stand, read to its last page, does. Who states
where to look (the title of the page, the table, the field) makes it known.
"""

from __future__ import annotations

import re

from cua import expect as ex
from cua.judge import Judge, View
from cua.wording import fold
from envs.observation import Element, Observation
from grounding.target import Target

_MORE = re.compile(
    r"^(next|next page|more|load more|show more|show all|older|›|»|>|>>|weiter|nächste( seite)?|mehr( anzeigen)?|"
    r"suivante?|page suivante|plus|siguiente|más|successiva|avanti|volgende|próxim[ao])$"
)


def denies(expect: ex.Expect, judge: Judge, screen: Observation) -> bool:
    """Whether this screen shows that it is not so: all of what would be seen here is listed, and it is not there."""
    if not _shows(expect) or judge.check(expect, View(screen)).holds:
        return False
    return belongs_here(expect, judge, screen) and onward(screen) is None


def _shows(expect: ex.Expect) -> bool:
    """Whether it is seen by something being there (a text that is gone may be named in the message that says so)."""
    match expect:
        case ex.All(parts) | ex.AnyOf(parts):
            return all(map(_shows, parts))
        case ex.Within(part, _):
            return _shows(part)
    return isinstance(expect, ex.Text | ex.Exists | ex.Url | ex.Title | ex.Value | ex.Checked | ex.Selected)


def belongs_here(expect: ex.Expect, judge: Judge, screen: Observation) -> bool:
    """Whether this is the place where it would be seen, if it were so."""
    match expect:
        case ex.All(parts):
            there = [part for part in parts if judge.check(part, View(screen)).holds]
            others = [part for part in parts if part not in there]
            if any(isinstance(part, ex.Url | ex.Title) for part in others):
                return False  # another page
            if not all(isinstance(part, ex.Url | ex.Title) for part in there):
                return False  # some of it has happened
            located = any(isinstance(part, ex.Url) or _titled(part, screen) for part in there)
            return located or all(belongs_here(part, judge, screen) for part in others)
        case ex.AnyOf(parts):
            return all(belongs_here(part, judge, screen) for part in parts)
        case ex.Within(part, _):
            return belongs_here(part, judge, screen)
        case ex.Text(_, inside) if inside is not None:
            return _there(inside, judge, screen)
        case ex.Exists(target):
            holders = [clause.target for clause in target.clauses]
            return bool(holders) and all(_there(one, judge, screen) for one in holders)
        case ex.Gone(text):
            return bool(text)  # what should be gone is seen
        case ex.Value(target) | ex.Checked(target):
            return _there(target, judge, screen)
        case ex.Selected(_, target) if target is not None:
            return _there(target, judge, screen)
    return False


def _titled(expect: ex.Expect, screen: Observation) -> bool:
    """Whether the page is called so, and not merely says so in its title ("Edit Stapler")."""
    return isinstance(expect, ex.Title) and fold(screen.title).startswith(fold(expect.text))


def _there(target: Target, judge: Judge, screen: Observation) -> bool:
    element, _ = judge.element(target, screen)
    return element is not None


def onward(screen: Observation) -> Element | None:
    """What leads to the next page of what is listed here."""
    shown = (e for e in screen.elements if e.visible and e.role in {"link", "button"} and "disabled" not in e.states)
    return next((element for element in shown if _MORE.match(fold(element.name))), None)
