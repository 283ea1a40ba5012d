"""How well an element fits what will be done to it."""

from __future__ import annotations

from envs.action import Action, Check, Clear, Click, Download, Drag, Hover, Press, Select, Type, Upload
from envs.observation import Element
from grounding.roles import CELLS, CONTAINERS, PUSHABLE, ROWS, TICKABLE, editable, interactive

UNFIT = 0.3
"""Of an element that cannot take the action: never picked, but named in the error."""
FIELD_CLICKED, TEXT_CLICKED, DEAD_TEXT_CLICKED, BOX_CLICKED = 0.88, 0.62, 0.42, 0.4
"""Of a click, without a role word asking for it, on a field, on plain text, on text where nothing listens, on a box."""


def verb_fit(action: Action | None, element: Element, role_asked: bool, reacts: bool = True) -> float:
    """0..1. `role_asked`: the target names the role, so that a heading or a dialog is meant where it says so.
    `reacts`: a click there reaches something; plain text that does not is no button, though it may be called like
    one that comes."""
    match action:
        case Type() | Clear():
            return _typed(element)
        case Check():
            return _checked(element)
        case Select():
            return _selected(element)
        case Upload():
            return _uploaded(element)
        case Click(button="left", count=1) | Download():
            return _clicked(element, role_asked) if reacts or role_asked else DEAD_TEXT_CLICKED
        case Click() | Hover() | Drag() | Press():
            return _clicked(element, role_asked)
        case _:
            return _seen(element, role_asked)


def _typed(element: Element) -> float:
    if element.is_("readonly"):
        return 0.7 if editable(element) else UNFIT
    if element.role == "combobox" and "editable" not in element.states:
        return 0.6
    if editable(element) or element.role in {"date", "time", "datetime", "color", "slider"}:
        return 1.0
    return UNFIT


def _checked(element: Element) -> float:
    if element.role in TICKABLE:
        return 1.0
    if element.role in {"option", "treeitem", "row", "button"} and element.states & {"pressed", "selected", "checked"}:
        return 0.75
    return 0.55 if "listens" in element.states and element.role not in CONTAINERS else UNFIT


def _selected(element: Element) -> float:
    if element.role in {"combobox", "listbox"}:
        return 1.0
    if element.role == "radiogroup" or "haspopup" in element.states:
        return 0.85
    return 0.6 if element.role in {"searchbox", "textbox", "menu", "tree", "tablist"} else UNFIT


def _uploaded(element: Element) -> float:
    if element.attributes.get("type") == "file" or element.role == "file":
        return 1.0
    return 0.75 if element.role in {"button", "link"} or "listens" in element.states else UNFIT


def _clicked(element: Element, role_asked: bool) -> float:
    if element.role in PUSHABLE or element.role in TICKABLE:
        return 1.0
    if interactive(element):
        listens = element.role not in CONTAINERS and "listens" in element.states and not editable(element)
        return 0.95 if listens else 1.0 if role_asked else FIELD_CLICKED
    if role_asked:
        return 0.9
    if element.role in CONTAINERS or element.role in ROWS:
        return BOX_CLICKED
    return TEXT_CLICKED


def _seen(element: Element, role_asked: bool) -> float:
    """To be looked at only: controls and text alike, containers when nothing else is called so."""
    if role_asked or interactive(element):
        return 1.0
    if element.role in CONTAINERS or element.role in ROWS:
        return 0.75
    return 0.85 if element.role in CELLS else 0.9
