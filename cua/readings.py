"""What an extract step brings home: text, a value, an attribute, or the rows of a table or list."""

from __future__ import annotations

from dataclasses import dataclass

from cua.run import Json
from cua.step import Keep
from cua.verdict import Verdict
from envs.observation import Element, Observation

CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})


@dataclass(frozen=True, slots=True)
class Reading:
    value: Json
    verdict: Verdict


def read(keep: Keep, element: Element | None, screen: Observation) -> Reading:
    """Read it off the screen; what is not there is a verdict of no. A list may be empty."""
    if element is None:
        return Reading(None, Verdict.no("there is nothing to read from"))
    if keep.what == "rows":
        found = rows(element, screen)
        return Reading(found, Verdict.yes(f"{len(found)} rows were read from {element}"))
    value = _one(keep.what, element, screen)
    if value is None:
        return Reading(None, Verdict.no(f"{element} has no {keep.what}"))
    return Reading(value, Verdict.yes(f'{keep.name} = "{value[:80]}"'))


def _one(what: str, element: Element, screen: Observation) -> str | None:
    match what:
        case "text":
            if element.value is not None and element.role not in {"link", "button"}:
                return element.value
            inner = " ".join(e.name for e in screen.inside(element) if e.role == "text")
            return element.name or inner or None
        case "value":
            return element.value
        case "name":
            return element.name
    return element.attributes.get(what)


def rows(element: Element, screen: Observation) -> list[Json]:
    """The rows of a table as mappings from column header to text (without headers: "1", "2", ...); a list's items."""
    inside = list(screen.inside(element))
    found: list[Json] = []
    headers: list[str] = []
    for row in (e for e in inside if e.role == "row" and e.visible):
        cells = [e for e in screen.inside(row) if e.role in CELLS and e.visible]
        if not cells:
            continue
        if all(cell.role == "columnheader" for cell in cells):
            headers = headers or [_said(cell, screen) for cell in cells]
            continue
        names = [headers[i] if i < len(headers) and headers[i] else str(i + 1) for i in range(len(cells))]
        found.append({name: _said(cell, screen) for name, cell in zip(names, cells, strict=True)})
    if found:
        return found
    return [_said(e, screen) for e in inside if e.role in {"listitem", "option"} and e.visible]


def _said(element: Element, screen: Observation) -> str:
    if element.name:
        return element.name
    return " ".join(e.name or e.value or "" for e in screen.inside(element) if e.role == "text" or e.value).strip()


def answer_of(screen: Observation) -> str:
    """What the person said, as the person's place shows it."""
    return next((e.value for e in reversed(screen.elements) if e.value is not None), "")
