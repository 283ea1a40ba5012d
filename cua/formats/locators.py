"""Targets as Playwright locators in Python.

A name without a role is looked for by helpers that are written into the script (`field`, `called`): by its whole name,
as a person means it, never by the first element that has it somewhere.
"""

from __future__ import annotations

from cua.formats.flow import Aim
from cua.formats.losses import CannotSay
from cua.formats.python_words import expression
from grounding.target import Relation

ARIA = frozenset(
    [
        "alert",
        "alertdialog",
        "application",
        "article",
        "banner",
        "button",
        "cell",
        "checkbox",
        "columnheader",
        "combobox",
        "complementary",
        "contentinfo",
        "dialog",
        "document",
        "feed",
        "figure",
        "form",
        "grid",
        "gridcell",
        "group",
        "heading",
        "img",
        "link",
        "list",
        "listbox",
        "listitem",
        "main",
        "menu",
        "menubar",
        "menuitem",
        "menuitemcheckbox",
        "menuitemradio",
        "navigation",
        "option",
        "progressbar",
        "radio",
        "radiogroup",
        "region",
        "row",
        "rowgroup",
        "rowheader",
        "search",
        "searchbox",
        "slider",
        "spinbutton",
        "status",
        "switch",
        "tab",
        "table",
        "tablist",
        "tabpanel",
        "textbox",
        "toolbar",
        "tree",
        "treegrid",
        "treeitem",
    ]
)
HELPERS = {
    "whole": '''def whole(name: str) -> re.Pattern[str]:
    """This name and no longer one; a colon or a star behind it does not matter."""
    return re.compile(rf"^\\s*{re.escape(name)}\\s*[:*]*\\s*$", re.IGNORECASE)
''',
    "part": '''def part(text: str) -> re.Pattern[str]:
    """Whatever has this text in it."""
    return re.compile(re.escape(text), re.IGNORECASE)
''',
    "address": '''def address(pattern: str) -> re.Pattern[str]:
    """An address: * stands for any characters, a path for itself on any host."""
    path = "[a-z]+://[^/]*" if pattern.startswith("/") else ""
    return re.compile("^" + path + ".*".join(map(re.escape, pattern.split("*"))) + r"([?#].*)?$")
''',
    "field": '''def field(scope: Page | Locator, name: str) -> Locator:
    """The field of this name: by its label or placeholder."""
    named = scope.get_by_label(whole(name)).or_(scope.get_by_placeholder(whole(name)))
    begins = re.compile(rf"^\\s*{re.escape(name)}\\b", re.IGNORECASE)  # a label around a list holds its options too
    return named.or_(scope.get_by_label(begins).and_(scope.locator("select")))
''',
    "called": '''def called(scope: Page | Locator, name: str) -> Locator:
    """What is called so: a control, or else a text that is part of none."""
    found = scope.get_by_label(whole(name)).or_(scope.get_by_placeholder(whole(name)))
    for role in ("button", "link", "menuitem", "tab", "checkbox", "radio", "switch", "option", "heading", "img"):
        found = found.or_(scope.get_by_role(role, name=whole(name)))
    inside = ":not(:is(button, a, label, option, summary, [role]) *, button, a, label, option, summary, [role])"
    return found.or_(scope.get_by_text(whole(name)).and_(scope.locator(inside)))
''',
    "within": '''def within(scope: Page | Locator, name: str) -> Locator:
    """The part of the page that is called so."""
    found = scope.get_by_role("dialog", name=whole(name))
    for role in ("region", "group", "form", "list", "table", "navigation", "menu", "toolbar", "article", "tabpanel"):
        found = found.or_(scope.get_by_role(role, name=whole(name)))
    return found
''',
    "tab": '''def tab(page: Page, name: str) -> Page:
    """The tab with this in its title or address."""
    return next(one for one in page.context.pages if name in one.title() or name in one.url)
''',
}
NEEDS = {"field": ("whole",), "called": ("whole",), "within": ("whole",)}
_FILLED = frozenset({"type", "clear", "select", "check", "uncheck", "upload", "press"})


def locator(aim: Aim, verb: str = "", scope: str = "page") -> str:
    """The expression. Raises CannotSay for relations that Playwright has no locator for."""
    for relation, other in reversed(aim.where):
        scope = _inside(relation, other, scope)
    found = _named(aim, verb, scope)
    if aim.nth is None:
        return found
    if aim.nth < -1:
        raise CannotSay(f"counting from the end ({aim}) has no locator")
    return f"{found}.last" if aim.nth == -1 else f"{found}.nth({aim.nth - 1})"


def _named(aim: Aim, verb: str, scope: str) -> str:
    name = expression(aim.name)
    if aim.role is None:
        helper = "field" if verb in _FILLED else "called"
        return f"{helper}({scope}, {name})" if not aim.exact else f"{helper}({scope}, name={name})"
    if aim.role == "text" and aim.name.parts:
        return f"{scope}.get_by_text({name}, exact=True)" if aim.exact else f"{scope}.get_by_text({name})"
    if aim.role == "file":
        return f"{scope}.get_by_label({name})" if aim.name.parts else f'{scope}.locator("input[type=file]")'
    if aim.role not in ARIA:
        raise CannotSay(f'there is no locator for the role "{aim.role}"')
    if not aim.name.parts:
        return f'{scope}.get_by_role("{aim.role}")'
    shown = f"name={name}, exact=True" if aim.exact else f"name=whole({name})"
    return f'{scope}.get_by_role("{aim.role}", {shown})'


def _inside(relation: Relation, other: Aim, scope: str) -> str:
    if other.where or (other.nth is not None and relation is not Relation.ROW):
        raise CannotSay(f'"{relation.value.replace("_", " ")} {other}" has no locator')
    if relation is Relation.ROW and other.role in (None, "text", "cell") and other.name.parts and other.nth is None:
        rows = f'{scope}.get_by_role("row").or_({scope}.get_by_role("listitem"))'
        return f"{rows}.filter(has_text={expression(other.name)})"
    if relation is Relation.ROW and other.role == "row" and other.nth is not None and not other.name.parts:
        return locator(other, "", scope)
    if relation is Relation.IN and other.role is None and other.name.parts:
        return f"within({scope}, {expression(other.name)})"
    if relation is Relation.IN and other.role in ARIA:
        return _named(other, "", scope)
    raise CannotSay(f'"{relation.value.replace("_", " ")} {other}" has no locator')
