"""Checks and questions of Playwright's Python API as expectations."""

from __future__ import annotations

import ast
from dataclasses import replace

from cua.formats import python_source as source
from cua.formats.flow import EMPTY, Aim, Want, plain
from cua.formats.losses import CannotSay
from cua.formats.playwright_steps import located_of, name_in
from cua.formats.python_source import Call
from cua.taskfile.template import Template


def asserted(calls: tuple[Call, ...]) -> Want | None:
    """What `expect(…).to_…()` expects. Raises CannotSay."""
    subject, *rest = calls
    check = rest[-1] if rest else None
    if check is None or not subject.args:
        return None
    _, found = source.chain(subject.args[0])
    timeout = source.number(check.option("timeout"))
    within = timeout / 1000 if timeout is not None else None
    want = _checked(check, found)
    return replace(want, within=within) if within is not None else want


_THERE = frozenset({"to_be_visible", "to_be_attached"})
_GONE = frozenset({"to_be_hidden", "not_to_be_visible", "not_to_be_attached"})


def _checked(check: Call, found: tuple[Call, ...]) -> Want:
    first = check.args[0] if check.args else None
    if all(one.name == "first" for one in found):
        return _of_tab(check.name, first)
    texts = _seen(found)
    none = check.name == "to_have_count" and source.number(first) == 0
    if texts is not None and (check.name in _THERE | _GONE or none):
        return Want("text" if check.name in _THERE and _on(check) else "gone", *texts)
    return _counted(check, found, none=none) or _chosen(check, found) or _stated(check, located_of(found).aim)


def _on(check: Call) -> bool:
    """Whether it is not checked=False and the like."""
    values = (check.option(key) for key in ("checked", "enabled", "visible"))
    return not any(isinstance(value, ast.Constant) and value.value is False for value in values)


def _counted(check: Call, found: tuple[Call, ...], *, none: bool) -> Want | None:
    """`.nth(2)` that is there: at least three; that is not: at most two."""
    last = found[-1]
    if last.name != "nth" or not last.args or (check.name != "to_be_attached" and not none):
        return None
    number = int(source.number(last.args[0]) or 0)
    numbers = (("at_most", number),) if none else (("at_least", number + 1),)
    return Want("count", aim=located_of(found[:-1]).aim, numbers=numbers)


def _chosen(check: Call, found: tuple[Call, ...]) -> Want | None:
    last = found[-1]
    if check.name != "to_have_text" or last.name != "locator" or not last.args or not check.args:
        return None
    if "option:checked" not in source.shown(last.args[0]):
        return None
    return Want("selected", source.words(check.args[0]), located_of(found[:-1]).aim)


def _stated(check: Call, aim: Aim) -> Want:
    name, first, on = check.name, check.args[0] if check.args else None, _on(check)
    if name in _THERE | _GONE:
        want = Want("element", aim=aim)
        return want if on and name in _THERE else Want("not", parts=(want,))
    match name:
        case "to_have_text" | "to_contain_text":
            return Want("text", name_in(first)[0])
        case "not_to_have_text" | "not_to_contain_text":
            return Want("gone", name_in(first)[0])
        case "to_have_value" | "to_be_empty":
            return Want("value", source.words(first) if first is not None else EMPTY, aim)
        case "not_to_have_value":
            return Want("not", parts=(Want("value", source.words(first), aim),))
        case "to_be_checked" | "not_to_be_checked":
            return Want("checked", aim=aim, on=on and name == "to_be_checked")
        case "to_be_enabled" | "to_be_editable" | "to_be_disabled":
            return Want("enabled", aim=aim, on=on and name != "to_be_disabled")
        case "to_be_focused" | "not_to_be_focused":
            return Want("focused", aim=aim, on=name == "to_be_focused")
        case "to_have_count":
            return Want("count", aim=aim, numbers=(("exactly", int(source.number(first) or 0)),))
        case _:
            raise CannotSay(f"the check {name} is not carried over")


def _seen(found: tuple[Call, ...]) -> tuple[Template, Aim | None] | None:
    """The text of `get_by_text(…)`, and what it is inside of; None when it is something else that is checked."""
    kept = [
        one for one in found if one.name != "first" and not (one.name == "filter" and one.option("visible") is not None)
    ]
    if not kept or kept[-1].name != "get_by_text":
        return None
    words = name_in(kept[-1].args[0] if kept[-1].args else None)[0]
    return words, located_of(tuple(kept[:-1])).aim if kept[:-1] else None


def _of_tab(name: str, first: ast.expr | None) -> Want:
    match name:
        case "to_have_url" | "not_to_have_url":
            want = Want("url", _pattern(first))
        case "to_have_title" | "not_to_have_title":
            want = Want("title", name_in(first)[0])
        case _:
            raise CannotSay(f"the check {name} is not carried over")
    return Want("not", parts=(want,)) if name.startswith("not_") else want


def _pattern(node: ast.expr | None) -> Template:
    """An address; of a regular expression what can be said with *."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("re"), "compile"), [ast.Constant(str(pattern)), *_]):
            pieces = pattern.removeprefix("^").removesuffix("$").split(".*")
            middle = "*".join(source.literal(piece) for piece in pieces)
            return plain(f"{'' if pattern.startswith('^') else '*'}{middle}{'' if pattern.endswith('$') else '*'}")
        case _:
            words = source.words(node)
            return plain(words.plain.replace("**", "*")) if words.plain is not None and "**" in words.plain else words


def asked(node: ast.expr) -> Want:
    """What a condition asks of the page. Raises CannotSay."""
    match node:
        case ast.BoolOp(op, values):
            return Want("all" if isinstance(op, ast.And) else "any", parts=tuple(map(asked, values)))
        case ast.UnaryOp(ast.Not(), inner):
            want = asked(inner)
            state = want.kind in ("checked", "enabled") and want.on
            return replace(want, on=False) if state else Want("not", parts=(want,))
        case ast.Compare():
            return _compared(node)
        case ast.Call():
            return _asked(node)
        case _:
            raise CannotSay(f"this is nothing that can be seen on a page: {source.shown(node)}")


def _compared(node: ast.Compare) -> Want:
    match node:
        case ast.Compare(ast.Call() as left, [ast.Gt() | ast.Eq() as op], [ast.Constant(0)]):
            _, calls = source.chain(left)
            there = isinstance(op, ast.Gt)
            texts = _seen(calls[:-1]) if calls[-1].name == "count" else None
            if texts is not None:
                return Want("text" if there else "gone", *texts)
            want = Want("element", aim=located_of(calls[:-1]).aim)
            return want if there else Want("not", parts=(want,))
        case ast.Compare(ast.Call() as left, [ast.Eq()], [value]):
            _, calls = source.chain(left)
            if calls[-1].name == "input_value":
                return Want("value", source.words(value), located_of(calls[:-1]).aim)
        case ast.Compare(value, [ast.In()], [ast.Call(ast.Attribute(_, "title"), [])]):
            return Want("title", source.words(value))
        case ast.Compare(ast.Call(ast.Attribute(ast.Call(ast.Name("address"), [value]), "search")), [ast.IsNot()], _):
            return Want("url", source.words(value))
        case ast.Compare(
            ast.Attribute(ast.Call(ast.Attribute(ast.Call(ast.Name("Path"), [path]), "stat")), "st_size"), [ast.Gt()], _
        ):
            return Want("file", source.words(path))
        case ast.Compare(text, [ast.In()], [ast.Call(ast.Attribute(ast.Call(ast.Name("Path"), [path]), "read_text"))]):
            return Want("file", source.words(path), parts=(Want("text", source.words(text)),))
    raise CannotSay(f"this is nothing that can be seen on a page: {source.shown(node)}")


def _asked(node: ast.Call) -> Want:
    _, calls = source.chain(node)
    *found, last = calls
    texts = _seen(tuple(found))
    match last.name:
        case "is_visible" if texts is not None:
            return Want("text", *texts)
        case "is_visible":
            return Want("element", aim=located_of(tuple(found)).aim)
        case "is_hidden":
            return Want("not", parts=(Want("element", aim=located_of(tuple(found)).aim),))
        case "is_checked":
            return Want("checked", aim=located_of(tuple(found)).aim)
        case "is_enabled" | "is_disabled":
            return Want("enabled", aim=located_of(tuple(found)).aim, on=last.name == "is_enabled")
        case _:
            raise CannotSay(f"this is nothing that can be seen on a page: {source.shown(node)}")
