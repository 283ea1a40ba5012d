"""Task files as projects of Selenium IDE, for selenium-side-runner."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping

from cua.formats.flat import carried, straight
from cua.formats.flow import EMPTY, Act, Flow, Want
from cua.formats.into_task import file_name
from cua.formats.losses import CannotSay, Losses
from cua.formats.python_words import held
from cua.formats.selenium_ide import KEYS, NAME
from cua.formats.selenium_locators import text_xpath
from cua.formats.selenium_wants import WAIT
from cua.formats.xpath import xpath
from cua.taskfile.template import Template


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """The project as JSON, with one test. Params are variables that are stored first."""
    name = file_name(flow.name)
    flow = straight(flow, losses, NAME)
    writer = _Writer(losses, name)
    for param in flow.params:
        value = given.get(param.name, param.default)
        if value is None or isinstance(value, list):
            losses.add("", f"the param {param.name} has no value; give it with --param {param.name}=VALUE")
            continue
        try:
            writer.add(
                "store", ("true" if value else "false") if isinstance(value, bool) else _outside(str(value)), param.name
            )
        except CannotSay as why:
            losses.add("", f"the param {param.name} is not stored: {why}")
    for secret in flow.secrets:
        losses.note(
            "", f"the secret {secret} is never written: store it in the variable {secret} before you play the test"
        )
    url = ""
    try:
        url = _words(flow.start) if flow.start is not None else ""
    except CannotSay as why:
        losses.add("start", str(why))
    base = match[0] if (match := re.match(r"[a-z]+://[^/$]*", url)) else ""
    if url:
        writer.add("open", url)
    for act in flow.steps:
        assert isinstance(act, Act)
        for command in carried(act, losses, NAME, writer.step, writer.check):
            writer.add(*command)
    test = {"id": _id(name, "test"), "name": name, "commands": writer.commands}
    suite = {
        "id": _id(name, "suite"),
        "name": "all",
        "persistSession": False,
        "parallel": False,
        "timeout": 300,
        "tests": [test["id"]],
    }
    whole = {
        "id": _id(name, "project"),
        "version": "2.0",
        "name": name,
        "url": base,
        "tests": [test],
        "suites": [suite],
        "urls": [f"{base}/"] if base else [],
        "plugins": [],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _id(*words: str) -> str:
    """The same for the same file, so that exporting again changes nothing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(words)))


def _outside(text: str) -> str:
    """Text in which ${ does not begin a name. There is no escape for it."""
    if "${" in text:
        raise CannotSay("${ in a text would be read as a variable")
    return text


def _words(words: Template) -> str:
    """Names as variables. Raises CannotSay for a text that would be read as one."""
    return "".join(
        _outside(part) if isinstance(part, str) else f"${{{part.name}.{part.key}}}" if part.key else f"${{{part.name}}}"
        for part in words.parts
    )


class _Writer:
    def __init__(self, losses: Losses, name: str) -> None:
        self.losses = losses
        self.name = name
        self.commands: list[dict[str, object]] = []

    def add(self, command: str, target: str = "", value: str = "") -> None:
        known = _id(self.name, str(len(self.commands)))
        self.commands.append(
            {"id": known, "comment": "", "command": command, "target": target, "targets": [], "value": value}
        )

    def step(self, act: Act) -> list[tuple[str, str, str]]:
        """Commands of (command, target, value). Raises CannotSay."""
        verb = "type" if act.what == "value" else act.verb  # what holds a value is a field
        at = f"xpath={xpath(act.aim, _words, verb)}" if act.aim is not None else ""
        if act.modifiers:
            raise CannotSay("a key held down meanwhile cannot be said")
        match act.verb:
            case "click" | "check" | "uncheck":
                return [(act.verb, at, "")]
            case "double_click":
                return [("doubleClick", at, "")]
            case "hover":
                return [("mouseOver", at, "")]
            case "type" if act.secret is not None:
                return [("sendKeys" if act.append else "type", at, f"${{{act.secret}}}")]
            case "type":
                text = _words(act.text or EMPTY)
                if text != text.strip():
                    raise CannotSay("spaces at the ends of a text are cut off when it is played")
                return [("sendKeys" if act.append else "type", at, text)]
            case "clear":
                return [("type", at, "")]
            case "press" if act.aim is not None:
                return [("sendKeys", at, _pressed((act.text or EMPTY).plain or ""))]
            case "select":
                return [("select", at, f"label={_words(act.text or EMPTY)}")]
            case _:
                return self.others(act, at)

    def others(self, act: Act, at: str) -> list[tuple[str, str, str]]:
        match act.verb:
            case "drag" if act.to is not None:
                return [("dragAndDropToObject", at, f"xpath={xpath(act.to, _words)}")]
            case "open":
                return [("open", _words(act.text or EMPTY), "")]
            case "extract" if act.name is not None and act.what != "rows":
                return [self.extract(act, at)]
            case "press":
                raise CannotSay("keys go to a field with a name here")
            case "switch":
                raise CannotSay("tabs are told by handles that only a recording has")
            case verb:
                raise CannotSay(f"{NAME} has no word for `{verb}`")

    def extract(self, act: Act, at: str) -> tuple[str, str, str]:
        if act.path is not None:
            self.losses.add(act.at, "what is read is not written to a file")
        match act.what:
            case None | "text":
                return "storeText", at, act.name or ""
            case "value":
                return "storeValue", at, act.name or ""
            case attribute:
                return "storeAttribute", f"{at}@{attribute}", act.name or ""

    def check(self, want: Want) -> list[tuple[str, str, str]]:
        """Commands that fail where it does not hold. Raises CannotSay."""
        wait = f"{want.within * 1000:.0f}" if want.within is not None else WAIT
        aim, verb = want.aim, "type" if want.kind in ("value", "selected", "checked") else "see"
        at = f"xpath={xpath(aim, _words, verb)}" if aim is not None else ""
        text = _words(want.text) if want.text is not None else ""
        match want.kind:
            case "text" if aim is None:
                return [("waitForElementVisible", f"xpath={text_xpath(text)}", wait)]
            case "gone":
                return [("waitForElementNotPresent", f"xpath={text_xpath(text)}", wait)]
            case "element":
                return [("waitForElementVisible", at, wait)]
            case "not" if want.parts[0].kind == "element" and want.parts[0].aim is not None:
                path = xpath(want.parts[0].aim, _words, "see")
                return [("waitForElementNotPresent", f"xpath={path}", wait)]
            case "value" if aim is not None:
                return [("assertValue", at, text)]
            case "selected" if aim is not None:
                self.losses.note(
                    "",
                    "selenium-side-runner checks what is chosen by its value: an option without one fails there",
                )
                return [("assertSelectedLabel", at, text)]
            case "checked":
                return [("assertChecked" if want.on else "assertNotChecked", at, "")]
            case "enabled":
                return [("assertEditable" if want.on else "assertNotEditable", at, "")]
            case "title":
                raise CannotSay("a title is compared as a whole, and not by a part of it")
            case kind:
                raise CannotSay(f"`{kind}` cannot be checked in {NAME}")


def _pressed(keys: str) -> str:
    # of several names for a key the first: those of selenium-webdriver, which the runner knows
    names = {word: key for key, word in reversed(KEYS.items())}
    parts = held(keys)
    shown = []
    for part in parts:
        if part in names:
            shown.append(f"${{KEY_{names[part]}}}")
        elif len(part) == 1 and len(parts) > 1:
            shown.append(part)
        else:
            raise CannotSay(f"there is no key {part} here")
    return "".join(shown)
