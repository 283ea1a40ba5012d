"""What speaks for an element being called so: its name, its label by layout, its value, its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from envs.observation import Element
from grounding.index import spoken
from grounding.roles import CELLS, FIELDS, ROWS, TICKABLE, editable, interactive
from grounding.scoring import JOINED, NONE, UNMARKED, WHOLE, Likeness, likeness
from grounding.screen import Screen
from grounding.tongues import elsewhere

LABEL, HEADER, VALUE = 0.93, 0.88, 0.97
SPOKEN = 0.85
PLACEHOLDER, PARTLY = 0.93, 0.8
SHOWN = (("alt", 0.92), ("title", 0.9))
TOLD = (("testid", 0.72), ("name", 0.72), ("id", 0.68))
"""How much less than a name the other things that an element is called count for."""
TONGUE = 0.62
"""Of a name that means the wanted word in another language."""
NAMELESS = 0.95
"""Of an element that is wanted by its role alone."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_.]+")


def by_name(wanted: str, exact: bool, element: Element, screen: Screen) -> tuple[Likeness, str]:
    """The best evidence from what is shown as its name; the second value says where it comes from ("" for the name)."""
    best, source = likeness(wanted, element.name, exact), ""
    if best.score >= JOINED:
        return best, source
    for text, factor, where in _shown(element, screen):
        like = likeness(wanted, text, exact)
        loose = like.score < WHOLE and where in {"text beside it", "placeholder"}
        score = like.score * factor * (PARTLY if loose else 1.0)
        if score > best.score:
            best, source = Likeness(score, like.how, like.explained), where
    return best, source


def _shown(element: Element, screen: Screen) -> Iterator[tuple[str, float, str]]:
    if element.role == "button" and element.value:
        yield element.value, VALUE, "value"
    for word in spoken(element):
        yield word, SPOKEN, "symbol"
    if placeholder := element.attributes.get("placeholder"):
        yield placeholder, PLACEHOLDER, "placeholder"
    if element.name.strip():
        return
    if (label := screen.labels.get(element.ref)) is not None:
        yield label, LABEL, "text beside it"
    cell = screen.cell(element)
    if cell is None or not (interactive(element) or element.role in CELLS):
        return
    factor = HEADER if element is not cell else 0.8
    if head := element.attributes.get("colheader") or cell.attributes.get("colheader"):
        yield head, factor, "column header"
    head = element.attributes.get("rowheader") or cell.attributes.get("rowheader")
    if head and element is not cell and screen.only_field(element):
        yield head, factor, "row header"


def by_tongue(wanted: str, element: Element, screen: Screen) -> tuple[Likeness, str]:
    """Evidence that it is called by the wanted word in another language, as a whole."""
    best, language = NONE, ""
    for form, spoken_in in elsewhere(wanted):
        like, _ = by_name(form, False, element, screen)
        if like.score >= UNMARKED and like.score > best.score:
            best, language = like, spoken_in
    return Likeness(best.score * TONGUE, f'"{wanted}" in {language}') if best.score else NONE, ""


def by_cell(wanted: str, exact: bool, element: Element) -> tuple[Likeness, str]:
    """A table cell called by its column: "Price in the Pears row". Only where the clause names the row."""
    head = element.attributes.get("colheader") if element.role in CELLS - {"columnheader"} else None
    like = likeness(wanted, head, exact) if head else NONE
    return (Likeness(like.score * 0.85, like.how), "column header") if like.score >= WHOLE else (NONE, "")


def by_attributes(wanted: str, exact: bool, element: Element, screen: Screen, told: bool) -> tuple[Likeness, str]:
    """Evidence from attributes: only for controls, and only where they say all that was asked for. `told`: from names
    for programs too, which nobody sees."""
    best, source = NONE, ""
    if not (interactive(element) or element.role in {"img", "image"}):
        return best, source
    for keys, spelled in ((SHOWN, False), (TOLD, True)) if told else ((SHOWN, False),):
        for key, factor in keys:
            text = element.attributes.get(key)
            if not text or (spelled and key != "testid" and not _unlabelled(element, screen)):
                continue
            text = _CAMEL.sub(" ", text) if spelled else text
            like = likeness(wanted, text, exact)
            if like.score >= (JOINED if spelled else WHOLE) and like.score * factor > best.score:
                best, source = Likeness(like.score * factor, like.how), key
    return best, source


def _unlabelled(element: Element, screen: Screen) -> bool:
    """A field that nothing on the screen names, but for a placeholder: only then a name for programs says something."""
    if not (editable(element) or element.role in FIELDS | TICKABLE):
        return False
    if element.name and element.name != element.attributes.get("placeholder"):
        return False
    return all(where == "placeholder" for _, _, where in _shown(replace(element, name=""), screen))


def by_value(wanted: str, exact: bool, element: Element) -> tuple[Likeness, str]:
    """Evidence for anchors only: what a field holds ("the row of vda1" where vda1 is typed in). Never a password."""
    if not element.value or element.is_("password") or not (editable(element) or element.role == "combobox"):
        return NONE, ""
    like = likeness(wanted, element.value, exact)
    return (Likeness(like.score * 0.93, like.how), "value") if like.score >= JOINED else (NONE, "")


def summarises(element: Element) -> bool:
    """Whether its name is only the text of what it holds: rows and lists are called by what is in them."""
    return element.role in ROWS or element.role in {"list", "table", "grid", "rowgroup", "tree"}
