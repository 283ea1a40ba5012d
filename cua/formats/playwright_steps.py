"""Calls of Playwright's Python API as steps, checks and questions of a flow."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from cua.formats import python_source as source
from cua.formats.flow import EMPTY, Act, plain
from cua.formats.located import Located, Part, located, role
from cua.formats.losses import CannotSay
from cua.formats.python_source import Call
from cua.taskfile.keys import BadKeys, keys_of
from cua.taskfile.template import Template

WEAK = 'nothing but an id names "{}": look whether a person would find it by these words'
_GETS = {
    "get_by_label": "label",
    "get_by_placeholder": "placeholder",
    "get_by_title": "title",
    "get_by_alt_text": "alt",
    "get_by_text": "text",
    "get_by_test_id": "test-id",
    "field": "field",
    "called": "called",
    "within": "within",
}
_VERBS = {
    "click": "click",
    "dblclick": "double_click",
    "tap": "click",
    "hover": "hover",
    "check": "check",
    "uncheck": "uncheck",
    "clear": "clear",
    "scroll_into_view_if_needed": "scroll",
}
_BARE = {"go_back": "back", "go_forward": "forward", "reload": "reload"}
_ON_PAGE = frozenset({*_VERBS, "fill", "type", "press", "select_option", "set_input_files", "press_sequentially"})
_KEYS = {"+": "Plus", " ": "Space", "ControlOrMeta": "Control"}


@dataclass(slots=True)
class Pages:
    """Which tab the script is on. `gone` are closed."""

    known: dict[str, int] = field(default_factory=lambda: {"page": 1})
    current: str = "page"
    popups: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    fresh: str = ""

    def first(self, name: str) -> None:
        """The page that the script opens itself."""
        if len(self.known) == 1 and "page" in self.known:
            self.known = {name: 1}
            self.current = name

    def opened(self, name: str) -> None:
        if name != "page":
            self.known[name] = len(self.known) + 1
            self.fresh = name

    def of(self, args: tuple[ast.expr, ...]) -> str:
        """The page of the locator that is an argument; "" when it does not say."""
        while args:
            try:
                base, calls = source.chain(args[0])
            except CannotSay:
                return ""
            if base or not calls:
                return base
            args = calls[0].args
        return ""

    def switch(self, page: str) -> str | None:
        """Where to go on, when this page is not the one that the script is on."""
        if page not in self.known or page == self.current:
            return None
        self.current = page
        new = page == self.fresh
        self.fresh = ""
        return "new" if new else str(self.known[page])


# Locators


def located_of(calls: tuple[Call, ...]) -> Located:
    """Raises CannotSay."""
    parts: list[Part] = []
    for call in calls:
        parts += _parts(call)
    return located(tuple(parts))


def _parts(call: Call) -> list[Part]:
    exact = isinstance(option := call.option("exact"), ast.Constant) and option.value is True
    match call.name:
        case "get_by_role":
            name = call.option("name")
            kind = source.words(call.args[0] if call.args else call.option("role")).plain or ""
            words, anchored = (EMPTY, False) if name is None else name_in(name)
            return [Part("role", words, role(kind), exact or anchored)]
        case "field" | "called" | "within":
            before = _scope(call)
            name = call.option("name")
            shown = source.words(name if name is not None else call.args[1] if len(call.args) > 1 else None)
            return [*before, Part(call.name, shown, exact=name is not None)]
        case _ if call.name in _GETS:
            words, anchored = name_in(call.args[0] if call.args else call.option("text"))
            return [Part(_GETS[call.name], words, exact=exact or anchored)]
        case "locator":
            parts = [Part("css", source.words(call.args[0] if call.args else None))]
            text = call.option("has_text")
            return [*parts, Part("has-text", name_in(text)[0])] if text is not None else parts
        case "filter":
            text = call.option("has_text")
            if text is None and call.option("visible") is None:
                raise CannotSay("a filter by another locator is not carried over")
            return [Part("has-text", name_in(text)[0])] if text is not None else []
        case "nth":
            number = int(source.number(call.args[0] if call.args else None) or 0)
            return [Part("nth", nth=number + 1 if number >= 0 else number)]
        case "first" | "last":
            return [Part("nth", nth=1 if call.name == "first" else -1)]
        case "content_frame" | "frame_locator":
            return [Part("frame")]
        case "or_":
            return []
        case _:
            raise CannotSay(f"the locator .{call.name} is not carried over")


def _scope(call: Call) -> list[Part]:
    _, calls = source.chain(call.args[0]) if call.args else ("", ())
    return [part for one in calls for part in _parts(one)] if calls else []


def name_in(node: ast.expr | None) -> tuple[Template, bool]:
    """The name, and whether it is all of it: ^Save$."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("re"), "compile"), [ast.Constant(str(pattern)), *_]):
            return plain(source.literal(pattern)), pattern.startswith("^") and pattern.endswith("$")
        case _:
            return source.words(node), False


# Steps


def acted(calls: tuple[Call, ...], at: str) -> tuple[Act, bool, tuple[str, ...]] | None:
    """The step, whether its target is weak, and what was read of the target. Raises CannotSay."""
    *found, last = calls
    if last.bare:
        raise CannotSay(f".{last.name} does nothing")
    if not found or found[0].name in ("keyboard", "mouse"):
        act = _of_page(last, found, at)
        if act is not None:
            return act, False, ()
        if last.name not in _ON_PAGE or not last.args:
            raise CannotSay(f"page.{last.name} is not carried over")
        place = located((Part("css", source.words(last.args[0])),))
        last = Call(last.name, last.args[1:], last.named)
    else:
        place = located_of(tuple(found))
    return _on(last, place, at), place.weak, place.said


def _of_page(last: Call, found: list[Call], at: str) -> Act | None:
    first = last.args[0] if last.args else None
    match [one.name for one in found], last.name:
        case [], "goto":
            return Act("open", text=_url(first), at=at)
        case [], "go_back" | "go_forward" | "reload":
            return Act(_BARE[last.name], at=at)
        case ["keyboard"], "press":
            keys = keys_in(source.words(first).plain or "")
            return (
                Act("scroll", text=plain("top" if keys.endswith("Home") else "bottom"), at=at)
                if keys in ("Control+Home", "Control+End")
                else Act("press", text=plain(keys), at=at)
            )
        case ["keyboard"], "type" | "insert_text":
            raise CannotSay("text is typed into whatever has the focus; cua types into a field with a name")
        case ["mouse"], "wheel":
            x, y = source.number(first) or 0, source.number(last.args[1] if len(last.args) > 1 else None) or 0
            way = "right" if x > 0 else "left" if x < 0 else "down" if y >= 0 else "up"
            far = abs(x or y)
            return Act("scroll", text=plain(way), by=far if far >= 1 and far != 600 else None, at=at)
        case ["mouse"], name:
            raise CannotSay(f"mouse.{name} goes to a point and not to a thing with a name")
        case _:
            return None


def _url(node: ast.expr | None) -> Template:
    """An address; what is put before a path to make one of it is left out."""
    left = node
    while isinstance(left, ast.BinOp):
        if isinstance(left.left, ast.Subscript) and "page.url" in source.shown(left.left):
            rest = source.words(left.right)
            whole = node
            tail: list[Template] = []
            while isinstance(whole, ast.BinOp) and whole is not left:
                tail.insert(0, source.words(whole.right))
                whole = whole.left
            path = Template(tuple(part for one in (rest, *tail) for part in one.parts), 0)
            if not str(path).startswith("/"):
                raise CannotSay(f'"{path}" is no path of a page')
            return path
        left = left.left
    url = source.words(node)
    text = str(url)
    if not text.startswith(("http://", "https://", "file:", "/", "{")):
        raise CannotSay(f'"{text}" is no address that can be opened')
    return url


def _on(last: Call, place: Located, at: str) -> Act:
    first = last.args[0] if last.args else None
    timeout = source.number(last.option("timeout"))
    seconds = timeout / 1000 if timeout is not None else None
    match last.name:
        case "click" | "dblclick" | "tap" | "hover" | "check" | "uncheck" | "clear":
            return _pressed(last, place, at, seconds)
        case "scroll_into_view_if_needed":
            return Act("scroll", aim=place.aim, timeout=seconds, at=at)
        case "set_checked" if isinstance(first, ast.Constant) and isinstance(first.value, bool):
            return Act("check" if first.value else "uncheck", aim=place.aim, timeout=seconds, at=at)
        case "fill" | "type" | "press_sequentially" if first is not None:
            name = source.secret(first)
            if name is not None:
                return Act(
                    "type", aim=place.aim, secret=name.lower(), append=last.name != "fill", timeout=seconds, at=at
                )
            text = source.words(first)
            if not text.parts and last.name == "fill":
                return Act("clear", aim=place.aim, timeout=seconds, at=at)
            return Act("type", aim=place.aim, text=text, append=last.name != "fill", timeout=seconds, at=at)
        case "press":
            return Act("press", aim=place.aim, text=plain(keys_in(source.words(first).plain or "")), at=at)
        case "select_option":
            return Act("select", aim=place.aim, text=_option(last), timeout=seconds, at=at)
        case "set_input_files":
            return Act("upload", aim=place.aim, files=_files(first), at=at)
        case "drag_to" if first is not None:
            _, calls = source.chain(first)
            return Act("drag", aim=place.aim, to=located_of(calls).aim, at=at)
        case name:
            raise CannotSay(f".{name} is not carried over")


def _pressed(last: Call, place: Located, at: str, timeout: float | None) -> Act:
    verb = _VERBS[last.name]
    button = last.option("button")
    if isinstance(button, ast.Constant) and button.value != "left":
        if button.value != "right" or verb != "click":
            raise CannotSay(f"a click with the {button.value!r} button is not carried over")
        verb = "right_click"
    held = last.option("modifiers")
    modifiers = tuple(source.words(one).plain or "" for one in held.elts) if isinstance(held, ast.List) else ()
    modifiers = tuple(_KEYS.get(one, one) for one in modifiers)
    count = source.number(last.option("click_count"))
    if count not in (None, 1, 2):
        raise CannotSay(f"{count:.0f} clicks at once are not carried over")
    return Act("double_click" if count == 2 else verb, aim=place.aim, modifiers=modifiers, timeout=timeout, at=at)


def keys_in(text: str) -> str:
    """The keys as a task file has them. Raises CannotSay."""
    try:
        parts = ["Plus"] if text == "+" else text.replace("++", "+Plus").split("+")
        return keys_of("+".join(_KEYS.get(part, part) for part in parts))
    except BadKeys as error:
        raise CannotSay(str(error)) from None


def _option(last: Call) -> Template:
    value = next((one for one in (last.option("label"), last.option("value")) if one is not None), None)
    value = value if value is not None else last.args[0] if last.args else None
    if isinstance(value, ast.List):
        if len(value.elts) != 1:
            raise CannotSay("several options at once are not carried over; write a step for each")
        value = value.elts[0]
    return source.words(value)


def _files(node: ast.expr | None) -> tuple[Template, ...]:
    nodes = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    if not nodes:
        raise CannotSay("taking a file away from a field is not carried over")
    return tuple(source.words(one) for one in nodes)
