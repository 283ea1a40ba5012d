"""Words for roles, and which roles answer to which word. ARIA 1.2 roles everywhere, "text" for what is no control."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from envs.observation import Element

EDITABLE = frozenset({"textbox", "searchbox", "spinbutton", "combobox"})
TICKABLE = frozenset({"checkbox", "switch", "radio", "menuitemcheckbox", "menuitemradio"})
FIELDS = EDITABLE | {"listbox", "slider", "date", "time", "datetime", "color", "file"}
PUSHABLE = frozenset({"button", "link", "tab", "menuitem", "option", "treeitem", "disclosuretriangle", "summary"})
INTERACTIVE = PUSHABLE | TICKABLE | FIELDS
CONTAINERS = frozenset(
    {
        "dialog", "alertdialog", "region", "group", "form", "search", "main", "navigation", "complementary", "banner",
        "contentinfo", "article", "list", "listbox", "table", "grid", "treegrid", "tree", "menu", "menubar", "toolbar",
        "tablist", "tabpanel", "radiogroup", "figure", "feed", "rowgroup", "section", "document", "application",
        "window",
        "fieldset", "iframe", "panel",
    }
)  # fmt: skip
DIALOGS = frozenset({"dialog", "alertdialog"})
ROWS = frozenset({"row", "listitem", "article", "treeitem"})
CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
MENUS = frozenset({"menu", "menubar"})

_FAMILIES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # role asked for: (roles that are just that, roles that a person may well call so)
    "textbox": (EDITABLE | {"date", "time", "datetime"}, frozenset({"listbox", "slider", "color", "file"})),
    "searchbox": (frozenset({"searchbox"}), frozenset({"textbox", "combobox"})),
    "spinbutton": (frozenset({"spinbutton"}), frozenset({"textbox", "slider"})),
    "combobox": (frozenset({"combobox", "listbox"}), frozenset({"button", "textbox", "searchbox"})),
    "listbox": (frozenset({"listbox"}), frozenset({"combobox", "list"})),
    "button": (frozenset({"button"}), frozenset({"link", "menuitem", "switch", "tab", "summary",
    "disclosuretriangle"})),
    "link": (frozenset({"link"}), frozenset({"button", "menuitem", "tab", "treeitem"})),
    "checkbox": (frozenset({"checkbox", "menuitemcheckbox"}), frozenset({"switch"})),
    "switch": (frozenset({"switch"}), frozenset({"checkbox", "menuitemcheckbox", "button"})),
    "radio": (frozenset({"radio", "menuitemradio"}), frozenset({"option"})),
    "option": (frozenset({"option"}), frozenset({"radio", "menuitemradio", "menuitem", "treeitem", "listitem"})),
    "tab": (frozenset({"tab"}), frozenset({"link", "button"})),
    "menuitem": (
        frozenset({"menuitem", "menuitemcheckbox", "menuitemradio"}),
        frozenset({"link", "button", "option", "treeitem"}),
    ),
    "slider": (frozenset({"slider"}), frozenset({"spinbutton"})),
    "img": (frozenset({"img", "image", "graphics-symbol"}), frozenset({"button", "link", "figure"})),
    "heading": (frozenset({"heading"}), frozenset({"text"})),
    "row": (frozenset({"row"}), frozenset({"listitem", "article", "treeitem"})),
    "listitem": (frozenset({"listitem"}), frozenset({"row", "option", "menuitem", "treeitem", "article"})),
    "cell": (frozenset({"cell", "gridcell", "rowheader"}), frozenset({"columnheader"})),
    "columnheader": (frozenset({"columnheader"}), frozenset()),
    "dialog": (DIALOGS, frozenset({"window"})),
    "region": (
        frozenset({"region", "group", "section", "form", "complementary", "article", "tabpanel", "fieldset", "panel"}),
        frozenset({"navigation", "main", "search", "banner", "contentinfo", "radiogroup", "toolbar", "figure",
        "rowgroup",
                   "list", "table", "grid", "menu", "feed"}),
    ),
    "form": (frozenset({"form", "search"}), frozenset({"region", "group"})),
    "table": (frozenset({"table", "grid", "treegrid"}), frozenset({"list", "rowgroup"})),
    "list": (frozenset({"list", "listbox"}), frozenset({"table", "grid", "tree", "feed", "menu", "navigation"})),
    "menu": (MENUS, frozenset({"navigation", "listbox", "list"})),
    "navigation": (frozenset({"navigation"}), frozenset({"menu", "menubar", "list", "toolbar", "banner"})),
    "toolbar": (frozenset({"toolbar"}), frozenset({"menubar", "group", "navigation"})),
    "treeitem": (frozenset({"treeitem"}), frozenset({"listitem", "link"})),
    "text": (frozenset({"text", "paragraph", "status", "alert", "note", "caption", "label", "legend", "definition",
    "term",
                        "code", "blockquote", "log", "strong", "emphasis", "mark", "time", "marquee"}),
             frozenset({"heading", "cell", "gridcell", "listitem", "rowheader", "columnheader"})),
    "file": (frozenset({"file"}), frozenset()),
}  # fmt: skip

ROLE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "button": "button", "btn": "button", "push button": "button",
        "link": "link", "hyperlink": "link",
        "field": "textbox", "box": "textbox", "input": "textbox", "textbox": "textbox", "text box": "textbox",
        "text field": "textbox", "textfield": "textbox", "text area": "textbox", "textarea": "textbox",
        "input field": "textbox", "input box": "textbox", "edit box": "textbox", "entry": "textbox",
        "search box": "searchbox", "search field": "searchbox", "searchbox": "searchbox", "search bar": "searchbox",
        "number field": "spinbutton", "number box": "spinbutton", "spinner": "spinbutton",
        "dropdown": "combobox", "drop-down": "combobox", "drop down": "combobox", "select": "combobox",
        "select box": "combobox", "combo": "combobox", "combobox": "combobox", "combo box": "combobox",
        "dropdown list": "combobox", "drop-down list": "combobox", "dropdown menu": "combobox", "picker": "combobox",
        "listbox": "listbox", "list box": "listbox",
        "checkbox": "checkbox", "check box": "checkbox", "tick box": "checkbox", "tickbox": "checkbox",
        "radio": "radio", "radio button": "radio", "option": "option", "choice": "option",
        "switch": "switch", "toggle": "switch", "toggle switch": "switch",
        "tab": "tab", "menu item": "menuitem", "menuitem": "menuitem", "menu entry": "menuitem",
        "slider": "slider", "range": "slider",
        "icon": "img", "image": "img", "picture": "img", "img": "img", "logo": "img",
        "heading": "heading", "headline": "heading", "title": "heading",
        "row": "row", "line": "row", "item": "listitem", "list item": "listitem", "entry row": "row",
        "cell": "cell", "column": "columnheader", "column header": "columnheader",
        "dialog": "dialog", "dialogue": "dialog", "dialog box": "dialog", "popup": "dialog", "pop-up": "dialog",
        "window": "dialog", "modal": "dialog",
        "section": "region", "panel": "region", "group": "region", "area": "region", "fieldset": "region", "pane":
        "region",
        "card": "listitem", "form": "form", "table": "table", "grid": "table", "list": "list", "menu": "menu",
        "navigation": "navigation", "nav": "navigation", "sidebar": "navigation", "toolbar": "toolbar",
        "tree item": "treeitem", "node": "treeitem",
        "text": "text", "label": "text", "message": "text",
        "file field": "file", "file input": "file", "file chooser": "file", "file picker": "file", "upload field":
        "file",
    }
)  # fmt: skip
"""What people say, lower case: the ARIA role it stands for ("file" is ours: a field that takes a file)."""

_PRESSED = frozenset({"button", "link", "img", "tab", "menuitem", "option"})
"""What a thing may be called that only scripts make clickable."""
_NAMES = {  # the word to say for a role that is no role word itself
    "textbox": "field", "searchbox": "search box", "spinbutton": "number field", "combobox": "dropdown", "img": "image",
    "listitem": "list item", "menuitem": "menu item", "region": "section", "treeitem": "tree item",
    "columnheader": "column header", "file": "file field",
}  # fmt: skip

KNOWN_ROLES = frozenset(_FAMILIES) | INTERACTIVE | CONTAINERS | ROWS | CELLS | frozenset({"text", "heading", "img"})


def role_of(word: str) -> str | None:
    """The ARIA role that this word stands for, in a person's words or ARIA's own; None when it is no role word."""
    low = " ".join(word.casefold().split())
    if low in ROLE_WORDS:
        return ROLE_WORDS[low]
    return low if low in KNOWN_ROLES and low not in AMBIGUOUS_WORDS else None


AMBIGUOUS_WORDS = frozenset({"main", "search", "banner", "application", "document", "feed", "figure", "date", "time",
"color",
                             "summary", "article", "status", "note", "file", "definition", "term", "code"})  # fmt: skip
"""ARIA roles that are ordinary words of names: never read as a role in running words, only in the `role` key."""


_OFTEN = """
title heading headline text label message image picture logo icon group area list entry item line range picker
choice option select node window tab row column cell link input file switch toggle section panel card menu
navigation home form table
"""
_OFTEN_NAMES = frozenset(_OFTEN.split())


def plain_role(words: str) -> bool:
    """Whether these words alone can mean "the only one of that role here": not where they are often names ("Title")."""
    if words[:1].isupper():
        return False
    first, _, rest = words.casefold().partition(" ")
    low = rest.strip() if first in {"the", "a", "an"} else " ".join(words.casefold().split())
    return low not in _OFTEN_NAMES or (first == "the" and role_of(low) in CONTAINERS)


def word_for(role: str) -> str:
    """The plain word for a role, which `role_of` maps back to it where it is no ambiguous word."""
    return _NAMES.get(role, role)


def answering(wanted: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roles, and the states of others ("file": a field that takes one), that `role_fit` is above 0 for."""
    same, near = _FAMILIES.get(wanted, (frozenset(), frozenset()))
    states = {"file"} if wanted == "file" else set()
    if wanted == "textbox":
        states.add("editable")
    if wanted in _PRESSED:
        states.add("listens")
    return same | near | {wanted}, frozenset(states)


def related(role: str, other: str) -> bool:
    """Whether a person may call a thing of the one role by the word for the other."""
    same, near = _FAMILIES.get(role, (frozenset(), frozenset()))
    return other in same or other in near


def role_fit(wanted: str, element: Element) -> float:
    """How well an element answers to a role asked for: 1 just that, 0.88 what a person may call so, 0 not at all."""
    role = element.role
    if role == wanted:
        return 1.0
    if wanted == "file" or role == "file":
        return 1.0 if element.attributes.get("type") == "file" or role == wanted else 0.0
    same, near = _FAMILIES.get(wanted, (frozenset(), frozenset()))
    if role in same or (wanted == "textbox" and "editable" in element.states):
        return 1.0
    if role in near and not (wanted == "combobox" and "haspopup" not in element.states):
        return 0.88
    if wanted in _PRESSED and "listens" in element.states:
        return 0.8
    return 0.0


def interactive(element: Element) -> bool:
    """Whether a person could do something with it, by its role or because scripts listen on it."""
    return element.role in INTERACTIVE or bool(element.states & {"listens", "editable"})


def editable(element: Element) -> bool:
    return "editable" in element.states or element.role in EDITABLE
