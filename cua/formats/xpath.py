"""Targets as XPath 1.0, for formats that know nothing else, and such XPaths back to targets.

A name is looked for where a person sees it: the text of a control, the label or placeholder of a field. It has to be
the whole name; a label may go on with a colon or a star.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cua.formats.flow import EMPTY, Aim
from cua.formats.losses import CannotSay
from cua.taskfile.template import Template
from grounding.target import Relation

_INPUT = (
    "self::input[not(@type) or @type='text' or @type='email' or @type='password' or @type='tel' or @type='url' or "
    "@type='number' or @type='search' or @type='date']"
)
_TESTS = {
    "button": "self::button or @role='button' or self::input[@type='submit' or @type='button' or @type='reset']",
    "link": "self::a or @role='link'",
    "textbox": f"self::textarea or @role='textbox' or {_INPUT}",
    "searchbox": "@role='searchbox' or self::input[@type='search']",
    "spinbutton": "@role='spinbutton' or self::input[@type='number']",
    "combobox": "self::select or @role='combobox'",
    "checkbox": "self::input[@type='checkbox'] or @role='checkbox'",
    "radio": "self::input[@type='radio'] or @role='radio'",
    "slider": "self::input[@type='range'] or @role='slider'",
    "file": "self::input[@type='file']",
    "option": "self::option or @role='option'",
    "heading": "self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or @role='heading'",
    "img": "self::img or @role='img'",
    "row": "self::tr or @role='row'",
    "listitem": "self::li or @role='listitem'",
    "cell": "self::td or @role='cell' or @role='gridcell'",
    "columnheader": "self::th or @role='columnheader'",
    "table": "self::table or @role='table' or @role='grid'",
    "list": "self::ul or self::ol or @role='list'",
    "dialog": "self::dialog or @role='dialog' or @role='alertdialog'",
    "form": "self::form or @role='form'",
    "region": "self::section or self::fieldset or @role='region' or @role='group'",
    "navigation": "self::nav or @role='navigation'",
    **{role: f"@role='{role}'" for role in ("tab", "menuitem", "switch", "menu", "toolbar", "treeitem")},
}
_FIELD = "self::textarea or self::select or @role='textbox' or @role='combobox' or self::input[not(@type='hidden')]"
_CONTROL = f"self::a or self::button or self::summary or @role or @onclick or {_FIELD}"
_ANYTHING = "not(self::script or self::style or self::title)"
_BOX = (
    "self::section or self::fieldset or self::form or self::dialog or self::table or self::ul or self::ol or self::nav "
    "or @role"
)
_HELD = "self::tr or self::li or @role='row' or @role='listitem'"
FILLED = frozenset({"type", "clear", "select", "check", "uncheck", "upload", "press"})
SEEN = frozenset({"see", "extract", "scroll"})
"""What is only looked at may be any text; what is acted on is a control, so that no headline of that name is taken."""

Words = Callable[[Template], str]


def xpath(aim: Aim, words: Words, verb: str = "") -> str:
    """Raises CannotSay for relations and roles that it has no words for. `words` gives the text of a template."""
    if aim.nth is not None and aim.nth < -1:
        raise CannotSay(f"counting from the end ({aim}) cannot be said")
    outer = "".join(_outer(relation, other, words) for relation, other in aim.where)
    path = f"{outer}//*[{_test(aim, verb)}]"
    if aim.name.parts:
        path += f"[{_called(literal(words(aim.name)))}]"
    return path if aim.nth is None else f"({path})[{'last()' if aim.nth == -1 else aim.nth}]"


def _test(aim: Aim, verb: str) -> str:
    if aim.role is None:
        return _FIELD if verb in FILLED else _ANYTHING if verb in SEEN else _CONTROL
    if aim.role == "text":
        return "not(*)"
    if aim.role not in _TESTS:
        raise CannotSay(f'there are no words for the role "{aim.role}"')
    return _TESTS[aim.role]


def _called(name: str) -> str:
    label = f"[normalize-space(translate(., ':*', ''))={name} or normalize-space(text())={name}]"
    return (
        f"normalize-space(.)={name} or @aria-label={name} or @placeholder={name} or @title={name} or @alt={name} or "
        f"@value={name} or @id=//label{label}/@for or ancestor::label{label}"
    )


def _outer(relation: Relation, other: Aim, words: Words) -> str:
    name = literal(words(other.name))
    plainly = not other.where and other.nth is None and bool(other.name.parts)
    if relation is Relation.ROW and plainly and other.role is None:
        return f"//*[{_HELD}][.//text()[contains(normalize-space(.), {name})]]"
    if relation is Relation.IN and plainly and (other.role is None or other.role in _TESTS):
        test = _BOX if other.role is None else _TESTS[other.role]
        head = "self::legend or self::h1 or self::h2 or self::h3 or self::caption"
        return f"//*[{test}][@aria-label={name} or *[{head}][normalize-space(.)={name}]]"
    raise CannotSay(f'"{relation.value.replace("_", " ")} {other}" cannot be said')


def literal(text: str) -> str:
    """The text in quotes; XPath 1.0 has no escapes, so one with both kinds is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"


_LITERAL = r"(?:'[^']*'|\"[^\"]*\"|concat\((?:'[^']*'|\"[^\"]*\"|, )*\))"


def aim_in(path: str, words: Callable[[str], Template]) -> Aim | None:
    """The target of an XPath as written above; None of any other. `words` makes a template of a text."""
    nth = None
    if counted := re.fullmatch(r"\((.*)\)\[(\d{1,6}|last\(\))\]", path, re.DOTALL):
        path, nth = counted[1], -1 if counted[2] == "last()" else int(counted[2])
    where: list[tuple[Relation, Aim]] = []
    while (outer := _outer_in(path, words)) is not None:
        relation, other, path = outer
        where.append((relation, other))
    for role, test in _READ:
        head = f"//*[{test}]"
        if path == head:
            return Aim(EMPTY, role, nth, where=tuple(where))
        if path.startswith(f"{head}["):
            found = re.match(rf"normalize-space\(\.\)=({_LITERAL}) or @aria-label=", path[len(head) + 1 :])
            if found is not None and path[len(head) :] == f"[{_called(found[1])}]":
                return Aim(words(_text(found[1])), role, nth, where=tuple(where))
    return None


_READ: tuple[tuple[str | None, str], ...] = (
    (None, _FIELD),
    (None, _CONTROL),
    (None, _ANYTHING),
    ("text", "not(*)"),
    *_TESTS.items(),
)


def _outer_in(path: str, words: Callable[[str], Template]) -> tuple[Relation, Aim, str] | None:
    held = re.match(
        rf"{re.escape(f'//*[{_HELD}][.//text()[contains(normalize-space(.), ')}({_LITERAL})\)\]\](?=//)", path
    )
    if held is not None:
        return Relation.ROW, Aim(words(_text(held[1]))), path[held.end() :]
    for role, test in ((None, _BOX), *_TESTS.items()):
        head = f"//*[{test}][@aria-label="
        if path.startswith(head) and (found := re.match(_LITERAL, path[len(head) :])) is not None:
            whole = _outer(Relation.IN, Aim(Template((_text(found[0]),), 0), role), lambda name: name.plain or "")
            if path.startswith(f"{whole}//"):
                return Relation.IN, Aim(words(_text(found[0])), role), path[len(whole) :]
    return None


def _text(written: str) -> str:
    if not written.startswith("concat("):
        return written[1:-1]
    return "".join(part[1:-1] for part in re.findall(r"'[^']*'|\"[^\"]*\"", written[7:-1]))
