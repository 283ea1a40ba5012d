"""Expectations as Playwright assertions, and as questions for `if`."""

from __future__ import annotations

from collections.abc import Callable

from cua.formats.flow import Aim, Want
from cua.formats.locators import locator
from cua.formats.losses import CannotSay
from cua.formats.python_words import expression
from cua.taskfile.template import Ref

_SEEN = ".filter(visible=True)"


def _of(want: Want, scope: str = "page", verb: str = "") -> str:
    if want.aim is None:
        raise CannotSay(f"`{want.kind}` of whatever it is cannot be asked")
    return locator(want.aim, verb, scope)


def _field(aim: Aim | None) -> str:
    if aim is None:
        raise CannotSay("`selected` does not say in which field")
    return locator(aim, "select")


def _text(want: Want, scope: str = "page") -> str:
    inside = f"{locator(want.aim, '', scope)}" if want.aim is not None else scope
    if want.aim is not None and want.aim.role is None and not want.aim.where and want.aim.nth is None:
        inside = f"within({scope}, {expression(want.aim.name)})"
    return f"{inside}.get_by_text({expression(want.text)}){_SEEN}"


def assertions(want: Want, within: float | None = None) -> list[str]:
    """The lines that fail where it does not hold. `within`: seconds. Raises CannotSay."""
    seconds = want.within if want.within is not None else within
    last = f"timeout={seconds * 1000:.0f}" if seconds is not None else ""

    def line(of: str, check: str, *given: str) -> list[str]:
        return [f"expect({of}).{check}({', '.join([*given, *([last] if last else [])])})"]

    match want.kind:
        case "all":
            return [one for part in want.parts for one in assertions(part, seconds)]
        case "text":
            return line(f"{_text(want)}.first", "to_be_visible")
        case "gone":
            return line(_text(want), "to_have_count", "0")
        case "element":
            return line(_of(want), "to_be_visible")
        case "not":
            return _absent(want.parts[0], seconds, line)
        case "url":
            return line("page", "to_have_url", f"address({expression(want.text)})")
        case "title":
            return line("page", "to_have_title", f"part({expression(want.text)})")
        case "value":
            return line(_of(want, verb="type"), "to_have_value", expression(want.text))
        case _:
            return _states(want, line)


def _states(want: Want, line: Callable[..., list[str]]) -> list[str]:
    match want.kind:
        case "checked":
            return line(_of(want, verb="check"), "to_be_checked", *([] if want.on else ["checked=False"]))
        case "enabled":
            return line(_of(want), "to_be_enabled", *([] if want.on else ["enabled=False"]))
        case "focused":
            return line(_of(want), "to_be_focused" if want.on else "not_to_be_focused")
        case "selected":
            return line(f'{_field(want.aim)}.locator("option:checked")', "to_have_text", expression(want.text))
        case "count":
            return _counts(want, line)
        case "file":
            return _file(want)
        case _:
            raise CannotSay(f"`{want.kind}` cannot be checked in a script")


def _absent(want: Want, seconds: float | None, line: Callable[..., list[str]]) -> list[str]:
    match want.kind:
        case "text":
            return assertions(Want("gone", want.text, want.aim, within=seconds))
        case "gone":
            return assertions(Want("text", want.text, want.aim, within=seconds))
        case "element":
            return line(_of(want), "not_to_be_visible")
        case "checked" | "enabled" | "focused":
            return assertions(Want(want.kind, aim=want.aim, on=not want.on, within=seconds))
        case "value":
            return line(_of(want, verb="type"), "not_to_have_value", expression(want.text))
        case "url":
            return line("page", "not_to_have_url", f"address({expression(want.text)})")
        case "title":
            return line("page", "not_to_have_title", f"part({expression(want.text)})")
        case _:
            raise CannotSay(f"`not` of `{want.kind}` cannot be checked in a script")


def _counts(want: Want, line: Callable[..., list[str]]) -> list[str]:
    found = _of(want)
    lines: list[str] = []
    for name, number in want.numbers:
        if isinstance(number, Ref):
            raise CannotSay(f"`count` with {number} cannot be checked in a script")
        if name in ("is", "exactly"):
            lines += line(found, "to_have_count", str(number))
        elif name == "at_least" and number > 0:
            lines += line(f"{found}.nth({number - 1})", "to_be_attached")
        elif name == "at_most":
            lines += line(f"{found}.nth({number})", "to_have_count", "0")
    return lines


def _file(want: Want) -> list[str]:
    path = f"Path({expression(want.text)})"
    if not want.parts:
        return [f"assert {path}.stat().st_size > 0"]
    return [f"assert {expression(want.parts[0].text)} in {path}.read_text()"]


def condition(want: Want) -> str:
    """An expression that is true where it holds now. Raises CannotSay."""
    match want.kind:
        case "all" | "any":
            return f" {'and' if want.kind == 'all' else 'or'} ".join(f"({condition(part)})" for part in want.parts)
        case "not":
            return f"not ({condition(want.parts[0])})"
        case "text":
            return f"{_text(want)}.count() > 0"
        case "gone":
            return f"{_text(want)}.count() == 0"
        case "element":
            return f"{_of(want)}.is_visible()"
        case "title":
            return f"{expression(want.text)} in page.title()"
        case "url":
            return f"address({expression(want.text)}).search(page.url) is not None"
        case "value":
            return f"{_of(want, verb='type')}.input_value() == {expression(want.text)}"
        case "checked":
            return _flag(f"{_of(want, verb='check')}.is_checked()", want.on)
        case "enabled":
            return _flag(f"{_of(want)}.is_enabled()", want.on)
        case _:
            raise CannotSay(f"`{want.kind}` cannot be asked in a script")


def _flag(asked: str, on: bool) -> str:
    return asked if on else f"not {asked}"
