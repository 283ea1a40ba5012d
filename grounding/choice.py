"""Choosing among ranked candidates: the same thing twice is one, and one of several is counted out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from envs.observation import Element
from grounding.grounding import Candidate
from grounding.phrase import REPEATED
from grounding.roles import interactive
from grounding.scoring import normal
from grounding.screen import Screen
from grounding.target import Target

_NUMBERED = re.compile(r"(.*\D)(\d+)")
_TABLES = frozenset({"table", "grid", "treegrid", "tree", "list", "feed"})


def ranked(candidates: Sequence[Candidate], screen: Screen) -> tuple[Candidate, ...]:
    """From the most confident down; equals in document order."""
    return tuple(sorted(candidates, key=lambda c: (-c.confidence, screen.order.get(c.element.ref, 0))))


def tied(candidates: Sequence[Candidate], margin: float) -> tuple[Candidate, ...]:
    """The candidates that stand within the margin of the best; of a ranked sequence."""
    return tuple(c for c in candidates if candidates[0].confidence - c.confidence < margin)


def collapse(candidates: Sequence[Candidate], screen: Screen, margin: float) -> tuple[Candidate, ...]:
    """Ranked candidates without those that are the same thing as a better one: a link around its button, the picture
    and the text that lead to one address. Only among the best, and only where activating either does the same."""
    if len(candidates) < 2:
        return tuple(candidates)
    close = tied(candidates, margin)
    if len(close) < 2:
        return tuple(candidates)
    gone = _nested(close, screen) | _repeated(close, screen)
    return tuple(c for c in candidates if c.element.ref not in gone)


def _nested(close: Sequence[Candidate], screen: Screen) -> set[str]:
    """Those that hold another of the same name: the inner one takes the click for both."""
    among = {candidate.element.ref: candidate.element for candidate in close}
    known: dict[str, Element | None] = {}
    gone: set[str] = set()
    for element in among.values():
        above = _holder(element, among, screen, known)
        while above is not None:
            if normal(above.name) == normal(element.name):
                outer_only = interactive(above) and not interactive(element)
                gone.add(element.ref if outer_only else above.ref)
            above = _holder(above, among, screen, known)
    return gone


def _holder(
    element: Element, among: Mapping[str, Element], screen: Screen, known: dict[str, Element | None]
) -> Element | None:
    """The nearest of these elements that holds this one."""
    path: list[str] = []
    found: Element | None = None
    parent = element.parent
    while parent is not None:
        if parent in among or parent in known:
            found = among.get(parent) or known[parent]
            break
        path.append(parent)
        above = screen.observation.get(parent)
        parent = above.parent if above is not None else None
    for ref in path:
        known[ref] = found
    return found


def _repeated(close: Sequence[Candidate], screen: Screen) -> set[str]:
    """Links of one name to one address, but for the first that can be seen best."""
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in close:
        element = candidate.element
        href = element.attributes.get("href", "")
        if element.role != "link" or not leads_on(href):
            continue
        row = screen.row(element) if "listens" in element.states else None
        key = (href, normal(element.name), element.frame, element.origin, row.ref if row else "")
        groups.setdefault(key, []).append(candidate)
    gone: set[str] = set()
    for group in groups.values():
        best = min(group, key=lambda c: (len(c.element.states & {"covered", "offscreen"}), screen.order[c.element.ref]))
        gone |= {c.element.ref for c in group if c is not best}
    return gone


def leads_on(href: str) -> bool:
    """Whether the address is one that two links can share by meaning the same; scripts hang on the others."""
    address = href.strip().casefold()
    return bool(address) and not address.startswith(("#", "javascript:")) and not address.endswith("#")


def count_out(candidates: Sequence[Candidate], target: Target, screen: Screen, margin: float) -> tuple[Candidate, ...]:
    """The one that `target.nth` counts to, in document order among the best; nothing where there are not so many.

    A lone element is not "the first" of anything unless its kind comes in rows (a role, Add, Delete): "Last login"
    where there is only "Login" is a name, not a count.
    """
    if target.nth is None or not candidates:
        return tuple(candidates)
    equals = sorted(tied(candidates, margin), key=lambda c: screen.order.get(c.element.ref, 0))
    if len(equals) == 1 and target.role is None and not target.exact and normal(target.name) not in REPEATED:
        return ()
    series: dict[str, list[Candidate]] = {}
    for candidate in equals:
        series.setdefault(_table(candidate.element, screen) if target.role in {"row", "listitem"} else "", []).append(
            candidate
        )
    counted = (chosen for among in series.values() if (chosen := _counted(among, target.nth)) is not None)
    return tuple(chosen for chosen in counted if not _numbered_otherwise(target, chosen.element))


def _numbered_otherwise(target: Target, element: Element) -> bool:
    """Whether "item 1" was said and its first is called "Item 2": the number is part of the names here."""
    said, called = (_NUMBERED.fullmatch(normal(text)) for text in (target.text, element.name))
    return said is not None and called is not None and said[1] == called[1] and said[2] != called[2]


def _table(row: Element, screen: Screen) -> str:
    """Rows are counted a table (or list) each: the ref of it."""
    return next((above.ref for above in screen.observation.ancestors(row) if above.role in _TABLES), "")


def _counted(among: Sequence[Candidate], nth: int) -> Candidate | None:
    at = nth - 1 if nth > 0 else len(among) + nth
    if not 0 <= at < len(among):
        return None
    votes = tuple(replace(v, evidence=(*v.evidence, f"{at + 1} of {len(among)}")) for v in among[at].votes)
    return replace(among[at], votes=votes)
