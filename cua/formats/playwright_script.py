"""Task files as Playwright Python: a script, or a pytest file, that carries the checks.

Every expectation becomes an assertion. A step that Playwright has no words for raises NotImplementedError where it
would have stood, so that no script does the rest without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cua.formats.flow import Act, Again, Choice, Each, Flow, Step, Want, parts_of
from cua.formats.into_task import words
from cua.formats.locators import HELPERS, NEEDS, locator
from cua.formats.losses import CannotSay, Losses
from cua.formats.plainer import inlined
from cua.formats.python_checks import assertions, condition
from cua.formats.python_words import comment, expression, held, name_of, quote
from cua.taskfile.params import Param
from cua.taskfile.template import Ref, Template

_CLICKS = {
    "click": "click",
    "double_click": "dblclick",
    "hover": "hover",
    "check": "check",
    "uncheck": "uncheck",
    "clear": "clear",
}
_BARE = {"back": "go_back", "forward": "go_forward", "reload": "reload"}


def script(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """A program: `python FILE` runs it."""
    body = _function(flow, losses, given)
    name = function_name(flow.name)
    main = [
        "def run(playwright: Playwright) -> None:",
        "    browser = playwright.chromium.launch(headless=False)",
        "    page = browser.new_page()",
        f"    {name}(page)",
        "    browser.close()",
        "",
        "",
        'if __name__ == "__main__":',
        "    with sync_playwright() as playwright:",
        "        run(playwright)",
    ]
    return _file(flow, body, main, "Page, Playwright, expect, sync_playwright")


def pytest_file(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """A test for pytest-playwright, whose `page` it takes."""
    body = _function(flow, losses, given)
    name = function_name(flow.name)
    return _file(flow, body, [f"def test_{name}(page: Page) -> None:", f"    {name}(page)"], "Page, expect")


def function_name(name: str) -> str:
    text = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "workflow"
    return name_of(text if not text[0].isdigit() else f"flow_{text}")


def _file(flow: Flow, body: list[str], main: list[str], names: str) -> str:
    text = "\n".join(body)
    helpers = _helpers(text)
    whole = "\n\n\n".join([*helpers, text, "\n".join(main)])
    imports = ["import os"] if "os.environ[" in whole else []
    imports += ["import re"] if re.search(r"\bre\.", whole) else []
    imports += ["from pathlib import Path"] if "Path(" in whole else []
    if any("Locator" in helper for helper in helpers):
        names = f"Locator, {names}"
    if "expect(" not in text:
        names = names.replace(", expect", "")
    head = [quote(_one_line(words(flow.goal) if flow.goal is not None else flow.name)), ""]
    head += [*imports, ""] if imports else []
    return "\n".join([*head, f"from playwright.sync_api import {names}", "", "", whole, ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _helpers(text: str) -> list[str]:
    used = [name for name in HELPERS if re.search(rf"\b{name}\(", text)]
    needed = {other for name in used for other in NEEDS.get(name, ())} | set(used)
    return [HELPERS[name].rstrip() for name in HELPERS if name in needed]


def _function(flow: Flow, losses: Losses, given: Mapping[str, str]) -> list[str]:
    flow = inlined(flow, losses)
    params = [
        _param(param, given, losses) for param in sorted(flow.params, key=lambda one: one.default is None, reverse=True)
    ]
    writer = _Writer(losses)
    if flow.start is not None:
        writer.line(f"page.goto({expression(flow.start)})")
    writer.steps(flow.steps)
    if flow.done is not None:
        writer.checks(flow.done, "done", None)
    name = function_name(flow.name)
    return [f"def {name}({', '.join(['page: Page', *params])}) -> None:", *(writer.lines or ["    pass"])]


def _param(param: Param, given: Mapping[str, str], losses: Losses) -> str:
    name = name_of(param.name)
    if param.name in given:
        return f"{name}: str = {quote(given[param.name])}"
    if param.type == "list":
        rows = param.default if isinstance(param.default, list) else []
        return f"{name}: list = {_literal(rows)}"
    if param.default is None:
        losses.add(
            "",
            f"the param {param.name} has no default; the script reads it from the environment as {param.name.upper()}",
        )
        return f"{name}: str = os.environ[{quote(param.name.upper())}]"
    default = param.default
    text = ("true" if default else "false") if isinstance(default, bool) else str(default)
    return f"{name}: str = {quote(text)}"


def _literal(value: object) -> str:
    """Plain data as Python; texts may have names in them."""
    match value:
        case Template():
            return expression(value)
        case str():
            return quote(value)
        case None:
            return '""'
        case bool():
            return quote("true" if value else "false")
        case int() | float():
            return quote(str(value))
        case dict():
            return "{" + ", ".join(f"{quote(str(key))}: {_literal(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(_literal(one) for one in value) + "]"
        case tuple() if all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
            return _literal(dict(value))
        case _:
            raise TypeError(f"{type(value).__name__} is no plain data")


class _Writer:
    """Writes steps into lines, indented as they are nested."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.lines: list[str] = []
        self.depth = 1

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def lost(self, at: str, why: str) -> None:
        self.losses.add(at, why)
        self.line(f"raise NotImplementedError({quote(_one_line(f'{at}: {why}'))})")

    def steps(self, steps: tuple[Step, ...]) -> None:
        at = 0
        while at < len(steps):
            step, after = steps[at], steps[at + 1] if at + 1 < len(steps) else None
            if _opens(step, after):
                self.popup(step)
                at += 1
            else:
                self.step(step)
            at += 1

    def block(self, steps: tuple[Step, ...]) -> None:
        self.depth += 1
        self.steps(steps)
        if not steps:
            self.line("pass")
        self.depth -= 1

    def step(self, step: Step) -> None:
        try:
            match step:
                case Act():
                    self.act(step)
                case Choice():
                    question = condition(step.question)
                    self.line(f"if {question}:")
                    self.block(step.then)
                    if step.otherwise:
                        self.line("else:")
                        self.block(step.otherwise)
                case Each():
                    self.each(step)
                case Again():
                    self.again(step)
        except CannotSay as why:
            self.lost(step.at, str(why))

    def each(self, step: Each) -> None:
        match step.rows:
            case tuple():
                rows = f"[{', '.join(_literal(row) for row in step.rows)}]"
            case Ref():
                rows = name_of(step.rows.name)
            case _:
                raise CannotSay("Playwright cannot go through the rows that the screen shows by their columns")
        self.line(f"for {name_of(step.row)} in {rows}:")
        self.block(step.do)

    def again(self, step: Again) -> None:
        until = condition(step.until)
        most = str(step.at_most) if isinstance(step.at_most, int) else f"int({name_of(step.at_most.name)})"
        self.line(f"for _ in range({most}):")
        self.block(step.do)
        self.depth += 1
        self.line(f"if {until}:")
        self.line("    break")
        self.depth -= 1
        self.line("else:")
        self.line('    raise AssertionError("this did not come true in so many rounds")')

    # What acts

    def popup(self, step: Step) -> None:
        try:
            assert isinstance(step, Act)
            clicked = f"{locator(step.aim)}.click({_options(step)})" if step.aim is not None else ""
        except CannotSay as why:
            self.lost(step.at, str(why))
            return
        self.line("with page.expect_popup() as popup:")
        self.line(f"    {clicked}")
        self.line("page = popup.value")

    def act(self, act: Act) -> None:
        if act.verb == "wait":
            if act.want is not None:
                self.checks(act.want, act.at, act.within)
            return
        for line in _act(act):
            self.line(line)
        if act.verb == "extract" and act.path is not None:
            self.losses.add(act.at, f"what is read is not written to {words(act.path)}")
        if act.verb == "scroll" and act.aim is not None and act.text is not None:
            self.losses.add(act.at, "scrolling a part of the page is carried over as bringing it into view")
        if act.commit:
            self.losses.add(
                act.at, "`commit` is not carried over: the script asks nobody, and does it again when it is run again"
            )
        if act.expect is not None:
            self.checks(act.expect, act.at, act.within)

    def checks(self, want: Want, at: str, within: float | None) -> None:
        for one in parts_of(want):
            try:
                for line in assertions(one, within):
                    self.line(line)
            except CannotSay as why:
                self.losses.add(at, str(why))
                self.line(f"# not checked: {comment(str(why))}")


def _opens(step: Step, after: Step | None) -> bool:
    if not isinstance(step, Act) or not isinstance(after, Act):
        return False
    new = after.verb == "switch" and after.text is not None and after.text.plain == "new" and after.expect is None
    return new and step.verb == "click" and step.expect is None and not step.commit


def _options(act: Act, *first: str) -> str:
    options = list(first)
    if act.modifiers:
        options.append(f"modifiers=[{', '.join(map(quote, act.modifiers))}]")
    if act.timeout is not None:
        options.append(f"timeout={act.timeout * 1000:.0f}")
    return ", ".join(options)


def _act(act: Act) -> list[str]:
    """The lines of a step that acts. Raises CannotSay."""
    found = locator(act.aim, act.verb) if act.aim is not None else ""
    match act.verb:
        case "click" | "double_click" | "hover" | "check" | "uncheck" | "clear":
            return [f"{found}.{_CLICKS[act.verb]}({_options(act)})"]
        case "right_click":
            right = 'button="right"'
            return [f"{found}.click({_options(act, right)})"]
        case "back" | "forward" | "reload":
            return [f"page.{_BARE[act.verb]}()"]
        case "open":
            return [f"page.goto({_address(act.text)})"]
        case "type":
            text = (
                f"os.environ[{quote((act.secret or '').upper())}]" if act.secret is not None else expression(act.text)
            )
            return [f"{found}.{'press_sequentially' if act.append else 'fill'}({_options(act, text)})"]
        case "press":
            keys = quote("+".join(held(words(act.text))) if act.text is not None else "")
            return [f"{found or 'page.keyboard'}.press({keys})"]
        case "select":
            return [f"{found}.select_option({_options(act, f'label={expression(act.text)}')})"]
        case "drag" if act.to is not None:
            return [f"{found}.drag_to({_options(act, locator(act.to))})"]
        case _:
            return _others(act, found)


def _address(url: Template | None) -> str:
    text = expression(url)
    first = url.parts[0] if url is not None and url.parts else ""
    if isinstance(first, str) and first.startswith("/"):
        return f're.match(r"[a-z]+://[^/]*", page.url)[0] + {text}'
    return text


def _others(act: Act, found: str) -> list[str]:
    match act.verb:
        case "upload":
            files = [expression(file) for file in act.files]
            return [f"{found}.set_input_files({files[0] if len(files) == 1 else '[' + ', '.join(files) + ']'})"]
        case "download":
            clicked = f"    {found}.click({_options(act)})"
            return [
                "with page.expect_download() as download:",
                clicked,
                f"download.value.save_as({expression(act.path)})",
            ]
        case "extract":
            return [f"{name_of(act.name or '_')} = {_read(act, found)}"]
        case "ask":
            asked = f"input({expression(act.text)})"
            return [f"{name_of(act.name)} = {asked}" if act.name else asked]
        case "switch" if act.text is not None:
            return [f"page = {_page(act.text)}"]
        case "scroll" if act.aim is not None:
            return [f"{found}.scroll_into_view_if_needed({_options(act)})"]
        case "scroll":
            return [_scrolled(act)]
        case _:
            raise CannotSay(f"Playwright has no word for `{act.verb}`")


def _read(act: Act, found: str) -> str:
    match act.what:
        case None | "text":
            return f"{found}.inner_text()"
        case "value":
            return f"{found}.input_value()"
        case "rows":
            raise CannotSay("Playwright cannot read the rows of a table by their columns")
        case name:
            return f'{found}.get_attribute({quote(name)}) or ""'


def _page(where: Template) -> str:
    text = where.plain or ""
    if text == "new":
        return "page.context.pages[-1]"
    return (
        f"page.context.pages[{int(text) - 1}]" if re.fullmatch(r"[1-9]\d?", text) else f"tab(page, {expression(where)})"
    )


def _scrolled(act: Act) -> str:
    to = act.text.plain if act.text is not None else "down"
    if to in ("top", "bottom"):
        keys = "Control+Home" if to == "top" else "Control+End"
        return f'page.keyboard.press("{keys}")'
    far = f"{act.by if act.by is not None else 600:g}"
    steps = {"down": f"0, {far}", "up": f"0, -{far}", "right": f"{far}, 0", "left": f"-{far}, 0"}
    return f"page.mouse.wheel({steps[to or 'down']})"
