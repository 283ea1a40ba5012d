"""Task files as recordings of Chrome DevTools, for @puppeteer/replay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from cua.formats.chrome_recorder import NAME, Json
from cua.formats.flat import carried, straight, sure
from cua.formats.flow import Act, Aim, Flow, Want
from cua.formats.losses import CannotSay, Losses
from cua.formats.python_words import held
from cua.formats.xpath import xpath
from cua.taskfile.keys import NAMED


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """The recording as JSON."""
    flow = straight(flow, losses, NAME, given)
    steps: list[Json] = [
        {
            "type": "setViewport",
            "width": 1280,
            "height": 720,
            "deviceScaleFactor": 1,
            "isMobile": False,
            "hasTouch": False,
            "isLandscape": False,
        }
    ]
    base = ""
    if flow.start is not None:
        try:
            url = sure(flow.start, NAME)
            base = match[0] if (match := re.match(r"[a-z]+://[^/]*", url)) else ""
            steps.append({"type": "navigate", "url": url})
        except CannotSay as why:
            losses.add("start", str(why))
    writer = _Writer(losses, base)
    for act in flow.steps:
        assert isinstance(act, Act)
        steps += carried(act, losses, NAME, writer.step, writer.check)
    return json.dumps({"title": flow.name, "steps": steps}, indent=2, ensure_ascii=False) + "\n"


class _Writer:
    def __init__(self, losses: Losses, base: str) -> None:
        self.losses = losses
        self.base = base

    def step(self, act: Act) -> list[Json]:
        aim: Json = {"target": "main", "selectors": selectors(act.aim, act.verb)} if act.aim is not None else {}
        if act.timeout is not None:
            aim["timeout"] = round(act.timeout * 1000)
        match act.verb:
            case "click" | "right_click" | "double_click":
                down = act.modifiers
                kind = "doubleClick" if act.verb == "double_click" else "click"
                button = {"button": "secondary"} if act.verb == "right_click" else {}
                click: Json = {"type": kind, **aim, "offsetX": 1, "offsetY": 1, **button}
                return [*(_key("keyDown", key) for key in down), click, *(_key("keyUp", key) for key in reversed(down))]
            case "hover":
                return [{"type": "hover", **aim}]
            case "press" if act.aim is None:
                keys = [{"Space": " "}.get(key, key) for key in held(sure(act.text, NAME))]
                return [*(_key("keyDown", key) for key in keys), *(_key("keyUp", key) for key in reversed(keys))]
            case "press":
                self.losses.add(act.at, "the field is clicked first, so that the keys go there")
                focus: Json = {"type": "click", **aim, "offsetX": 1, "offsetY": 1}
                return [focus, *self.step(replace(act, aim=None, timeout=None))]
            case "open":
                url = sure(act.text, NAME)
                if url.startswith("/") and not self.base:
                    raise CannotSay("the file does not say on which site the path is")
                return [{"type": "navigate", "url": self.base + url if url.startswith("/") else url}]
            case "switch":
                raise CannotSay("tabs are told by their address here")
            case _:
                return self.changed(act, aim)

    def changed(self, act: Act, aim: Json) -> list[Json]:
        """The steps for what changes a field."""
        match act.verb:
            case "type" if act.secret is not None:
                raise CannotSay(f"the secret {act.secret} is never written, and {NAME} has no variables")
            case "type" if act.append:
                raise CannotSay("adding to what is in a field cannot be said")
            case "type":
                return [{"type": "change", **aim, "value": sure(act.text, NAME)}]
            case "clear":
                return [{"type": "change", **aim, "value": ""}]
            case "select":
                self.losses.note(act.at, "the option is named by its text; where its value is another one, put that in")
                return [{"type": "change", **aim, "value": sure(act.text, NAME)}]
            case "check" | "uncheck":
                self.losses.note(act.at, "it is clicked where it is not that way yet, and fails where it is already")
                click: Json = {"type": "click", **aim, "offsetX": 1, "offsetY": 1}
                states: list[Json] = [
                    {"type": "waitForElement", **aim, "properties": {"checked": on}} for on in (False, True)
                ]
                before, after = states if act.verb == "check" else reversed(states)
                return [before, click, after]
            case _:
                raise CannotSay(f"{NAME} has no word for it")

    def check(self, want: Want) -> list[Json]:
        """The step that waits for it. Raises CannotSay."""
        timeout = {"timeout": round(want.within * 1000)} if want.within is not None else {}
        return [{**one, **timeout} for one in self.wait(want)]

    def wait(self, want: Want) -> list[Json]:
        shown = {"type": "waitForElement", "target": "main"}
        text = sure(want.text, NAME) if want.text is not None else ""
        match want.kind:
            case "text" if want.aim is None:
                return [{**shown, "selectors": [[f"text/{text}"]], "visible": True}]
            case "gone":
                return [{**shown, "selectors": [[f"text/{text}"]], "operator": "==", "count": 0}]
            case "element" if want.aim is not None:
                return [{**shown, "selectors": selectors(want.aim), "visible": True}]
            case "not" if want.parts[0].kind == "element" and want.parts[0].aim is not None:
                return [{**shown, "selectors": selectors(want.parts[0].aim), "operator": "==", "count": 0}]
            case "value" if want.aim is not None:
                return [{**shown, "selectors": selectors(want.aim, "type"), "properties": {"value": text}}]
            case "checked" if want.aim is not None:
                return [{**shown, "selectors": selectors(want.aim, "check"), "properties": {"checked": want.on}}]
            case "enabled" if want.aim is not None:
                return [{**shown, "selectors": selectors(want.aim), "properties": {"disabled": not want.on}}]
            case "count" if want.aim is not None:
                signs = {"is": "==", "exactly": "==", "at_least": ">=", "at_most": "<="}
                # only one of the selectors counts; the first that finds anything is taken
                one = [by for by in selectors(want.aim) if by[0].startswith("xpath/")]
                return [
                    {**shown, "selectors": one, "operator": signs[name], "count": number}
                    for name, number in want.numbers
                ]
            case "title":
                return [_script(f"document.title.toLowerCase().includes({_js(text.lower())}) {_said_in(text)}")]
            case "url":
                path = "[a-z]+://[^/]*" if text.startswith("/") else ""
                pattern = "^" + path + ".*".join(map(_regex, text.split("*"))) + "([?#].*)?$"
                return [_script(f"new RegExp({_js(pattern)}).test(location.href) {_said_in(text)}")]
            case kind:
                raise CannotSay(f"`{kind}` cannot be checked in {NAME}")


def _script(expression: str) -> Json:
    return {"type": "waitForExpression", "target": "main", "expression": expression}


def _js(text: str) -> str:
    """A string of JavaScript. JSON strings are such, with the line separators escaped too; < keeps out of markup."""
    return json.dumps(text).replace("<", "\\u003c")


def _said_in(text: str) -> str:
    """A comment with the text as it was meant; it cannot be closed by the text."""
    return f"/* {_js(text).replace('/', chr(92) + 'u002f')} */"


def _regex(text: str) -> str:
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def _key(kind: str, key: str) -> Json:
    if len(key) > 1 and key not in NAMED:
        raise CannotSay(f"there is no key {key!r}")
    return {"type": kind, "target": "main", "key": key}


def selectors(aim: Aim, verb: str = "see") -> list[list[str]]:
    """By role and name as a person hears it read out, and by what is to be seen. Raises CannotSay."""
    if verb == "select" and aim.role is None:
        aim = replace(aim, role="combobox")  # what is changed does not say whether it is a list
    path = xpath(aim, lambda words: sure(words, NAME), verb)
    name = sure(aim.name, NAME)
    by_name = (
        name
        and aim.nth is None
        and not aim.where
        and aim.role not in ("text", "file")
        and not re.search(r"[\[\]\"]", name)
    )
    role = f'[role="{aim.role}"]' if aim.role is not None else ""
    if not by_name or not role:
        return [[f"xpath/{path}"]]
    # "Right button" is what the button is called, where there is none that is called "Right"
    return [[f"aria/{name}{role}"], [f"xpath/{path}"], [f"aria/{name} {aim.role}{role}"]]
