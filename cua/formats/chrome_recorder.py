"""Recordings of Chrome DevTools (the Recorder panel), which @puppeteer/replay plays. JSON:
https://github.com/puppeteer/replay/blob/main/docs/api/interfaces/Schema.UserFlow.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from cua.formats import evidence
from cua.formats.evidence import Evidence, best, is_secret
from cua.formats.flat import carried, straight, sure
from cua.formats.flow import Act, Aim, Flow, Want, both, expecting, parts_of, plain
from cua.formats.flow import Step as FlowStep
from cua.formats.located import Located
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, keys_in
from cua.formats.python_words import held
from cua.formats.reading import Value
from cua.formats.secrets import secret_name
from cua.formats.xpath import aim_in, xpath
from cua.taskfile.keys import NAMED
from cua.taskfile.template import Template
from grounding.roles import role_of

NAME = "Chrome Recorder"
Json = dict[str, object]


# Reading


def read(root: Value, losses: Losses) -> Flow:
    """Raises BadInput for what is no recording."""
    title = root.get("title").words or "recording"
    reader = _Reader(losses)
    for step in root.get("steps").steps:
        try:
            reader.step(step)
        except CannotSay as why:
            losses.add(step.at, str(why))
    reader.release(root.get("steps").at)
    if not reader.steps:
        raise root.get("steps").wrong("nothing in it can be carried over")
    return Flow(title, tuple(_boxes(reader.steps)), start=reader.start, secrets=tuple(reader.secrets))


def _boxes(steps: list[FlowStep]) -> list[FlowStep]:
    """A click that is known to have turned a box on or off is a `check` or `uncheck`."""
    kept: list[FlowStep] = []
    for step in steps:
        last = kept[-1] if kept else None
        if isinstance(step, Act) and isinstance(last, Act) and step.verb == "click":
            (*_, before), (after, *rest) = (
                (parts_of(both(last.want, last.expect)) or (None,)),
                (parts_of(step.expect) or (None,)),
            )
            if (
                after is not None
                and before == replace(after, on=not after.on)
                and (after.kind, after.aim) == ("checked", step.aim)
            ):
                remaining = _all(parts_of(both(last.want, last.expect))[:-1])
                kept[-1] = replace(last, want=remaining) if last.verb == "wait" else replace(last, expect=remaining)
                if last.verb == "wait" and remaining is None:
                    kept.pop()
                step = replace(step, verb="check" if after.on else "uncheck", expect=_all(tuple(rest)))
        kept.append(step)
    return kept


def _all(wants: tuple[Want | None, ...]) -> Want | None:
    whole: Want | None = None
    for want in wants:
        whole = both(whole, want)
    return whole


class _Reader:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.steps: list[FlowStep] = []
        self.start: Template | None = None
        self.secrets: dict[str, None] = {}
        self.held: list[str] = []
        self.pressed = False
        self.targets: dict[str, int] = {"main": 1}
        self.target = "main"
        self.scrolled = 0.0

    def step(self, step: Value) -> None:
        kind = step.get("type").text
        if kind not in ("setViewport", "emulateNetworkConditions", "close", "keyUp", "navigate"):
            self.on(step)
        match kind:
            case "setViewport":
                wide, high = step.get("width").number or 0, step.get("height").number or 0
                self.losses.note(
                    step.at, f"the size of the window is not carried over; run it with --viewport {wide:.0f}x{high:.0f}"
                )
            case "navigate":
                self.navigate(step)
            case "click" | "doubleClick" | "hover":
                self.point(step, kind)
            case "change":
                self.change(step)
            case "keyDown" | "keyUp":
                self.key(step, kind)
            case "scroll":
                self.scroll(step)
            case "waitForElement":
                self.expect(_element(step), step)
            case "waitForExpression":
                self.expect(_expression(step.get("expression").text), step)
            case "close":
                self.losses.note(step.at, "closing a tab is left out")
            case _:
                raise CannotSay(f"the step {kind!r} is not carried over")

    def on(self, step: Value) -> None:
        target = step.get("target").words or "main"
        if target == self.target:
            return
        new = target not in self.targets
        if new:
            self.targets[target] = len(self.targets) + 1
        self.target = target
        self.steps.append(Act("switch", text=plain("new" if new else str(self.targets[target])), at=step.at))

    def expect(self, want: Want, step: Value) -> None:
        timeout = step.get("timeout").number
        expecting(self.steps, replace(want, within=timeout / 1000) if timeout is not None else want, step.at)

    def add(self, act: Act, step: Value) -> None:
        timeout = step.get("timeout").number
        expect = None
        for event in step.get("assertedEvents").items:
            expect = both(expect, _event(event))
        self.steps.append(replace(act, expect=expect, timeout=timeout / 1000 if timeout is not None else None))

    def navigate(self, step: Value) -> None:
        url = step.get("url").text
        if not url.startswith(("http://", "https://", "file:")):
            if url in ("about:blank", "chrome://newtab/", "chrome://new-tab-page/"):
                return
            raise CannotSay(f'"{url[:80]}" is no address that can be opened')
        self.scrolled = 0.0
        if self.start is None and not self.steps:
            self.start = plain(url)
        else:
            self.add(Act("open", text=plain(url), at=step.at), step)

    def located(self, step: Value) -> Located:
        found = located(step)
        if found.weak:
            self.losses.note(step.at, WEAK.format(found.aim))
        return found

    def point(self, step: Value, kind: str) -> None:
        aim = self.located(step).aim
        button = step.get("button").words or "primary"
        verb = {"click": "click", "doubleClick": "double_click", "hover": "hover"}[kind]
        if button == "secondary" and kind == "click":
            verb = "right_click"
        elif button not in ("primary", "secondary"):
            raise CannotSay(f"a click with the {button} button is not carried over")
        modifiers = tuple(key for key in self.held if key in ("Alt", "Control", "Meta", "Shift"))
        self.pressed = bool(self.held)
        self.add(Act(verb, aim=aim, modifiers=modifiers, at=step.at), step)

    def change(self, step: Value) -> None:
        found = self.located(step)
        value = step.get("value").text
        at = step.at
        if found.aim.role in ("combobox", "listbox"):
            self.losses.note(
                at, "the recording has the value of the option, which may be another text than the one that is shown"
            )
            self.add(Act("select", aim=found.aim, text=plain(value), at=at), step)
        elif found.aim.role in ("checkbox", "radio", "switch"):
            self.add(Act("check" if value in ("true", "on") else "uncheck", aim=found.aim, at=at), step)
        elif is_secret(found.said):
            name = secret_name(found.aim, self.secrets)
            self.secrets[name] = None
            self.losses.note(at, f"what was typed is now the secret {name}; its value is not written")
            self.add(Act("type", aim=found.aim, secret=name, at=at), step)
        else:
            self.add(
                Act("type", aim=found.aim, text=plain(value), at=at) if value else Act("clear", aim=found.aim, at=at),
                step,
            )

    def key(self, step: Value, kind: str) -> None:
        key = step.get("key").text
        if kind == "keyDown":
            if key not in self.held:
                self.held.append(key)
                self.pressed = False
            return
        if key not in self.held:
            return
        if not self.pressed:
            keys = keys_in("+".join("Plus" if one == "+" else "Space" if one == " " else one for one in self.held))
            self.steps.append(Act("press", text=plain(keys), at=step.at))
            self.pressed = True
        self.held.remove(key)

    def release(self, at: str) -> None:
        if self.held and not self.pressed:
            self.losses.add(at, f"{'+'.join(self.held)} is pressed and never let go; it is left out")

    def scroll(self, step: Value) -> None:
        x, y = step.get("x").number or 0, step.get("y").number or 0
        if step.has("selectors"):
            self.add(Act("scroll", aim=self.located(step).aim, at=step.at), step)
            self.losses.note(step.at, "scrolling a part of the page is carried over as bringing it into view")
            return
        if x:
            self.losses.add(step.at, "scrolling sideways is not carried over")
        by, self.scrolled = y - self.scrolled, y
        if abs(by) >= 1:
            self.add(Act("scroll", text=plain("down" if by > 0 else "up"), by=abs(by), at=step.at), step)


def _event(event: Value) -> Want | None:
    if (event.get("type").words or "navigation") != "navigation":
        raise CannotSay(f"the event {event.get('type').text!r} is not carried over")
    title, url = event.get("title").words, event.get("url").words
    if title.strip():
        return Want("title", plain(title))
    path = re.sub(r"[?#].*", "", url)
    return Want("url", plain(path.replace("*", ""))) if re.match(r"https?://[^/]+/", path) else None


def located(step: Value) -> Located:
    """The target, by the best of the selectors. Raises CannotSay where none says anything to a person."""
    said: list[str] = []
    found: list[Evidence | None] = []
    ours: Aim | None = None
    for one in step.get("selectors").items:
        path = [one.text] if isinstance(one.value, str) else [part.text for part in one.items]
        if not path:
            continue
        said.append(path[-1])
        found.append(_evidence(path[-1]))
        if ours is None and path[-1].startswith("xpath/"):
            ours = aim_in(path[-1][6:], plain)
    if ours is not None:
        return Located(ours, False, (str(ours.name),))
    chosen = best(found)
    if chosen is None or chosen.aim is None:
        what = f": {said[0][:60]}" if said else ""
        raise CannotSay(f"nothing in the selectors could be seen by a person{what}")
    return Located(chosen.aim, chosen.kind == evidence.WORDS, tuple(said))


_ARIA = re.compile(r"aria/(?:(.*?))((?:\[role=\"[\w-]+\"\])?)", re.DOTALL)


def _evidence(selector: str) -> Evidence | None:
    if selector.startswith("aria/") and (match := _ARIA.fullmatch(selector)) is not None:
        role = role_of(match[2][7:-2]) if match[2] else None
        name = re.sub(r"^\[name=\"(.*)\"\]$", r"\1", match[1]).strip()
        return Evidence(evidence.ROLE, name, role) if name else Evidence(evidence.WORDS, "", role)
    if selector.startswith("text/"):
        return Evidence(evidence.TEXT, selector[5:])
    if selector.startswith("xpath/"):
        return evidence.of_xpath(selector[6:])
    return evidence.of_css(selector.removeprefix("pierce/"))


def _element(step: Value) -> Want:
    """What a waitForElement waits for. Raises CannotSay."""
    texts = [one.value if isinstance(one.value, str) else one.items[-1].text for one in step.get("selectors").items]
    operator, count = step.get("operator").words or ">=", step.get("count").number
    visible = step.get("visible").value
    number = int(count) if count is not None else 1
    text = next((one[5:] for one in texts if isinstance(one, str) and one.startswith("text/")), None)
    properties = step.get("properties")
    gone = visible is False or (operator in ("==", "<=") and number == 0)
    if text is not None and len(texts) == 1:
        if gone or number == 1:
            return Want("gone" if gone else "text", plain(text))
    aim = located(step).aim
    if properties.has("value"):
        return Want("value", plain(properties.get("value").text), aim)
    for name, kind in (("checked", "checked"), ("disabled", "enabled")):
        if properties.has(name):
            return Want(kind, aim=aim, on=(properties.get(name).value is True) == (name == "checked"))
    if gone:
        return Want("not", parts=(Want("element", aim=aim),))
    if count is None or (operator == ">=" and number == 1):
        return Want("element", aim=aim)
    named = {"==": "exactly", ">=": "at_least", "<=": "at_most"}.get(operator)
    if named is None:
        raise CannotSay(f"the operator {operator!r} is not carried over")
    return Want("count", aim=aim, numbers=((named, number),))


_TITLE = re.compile(r"document\.title\.toLowerCase\(\)\.includes\((?:\"(?:[^\"\\]|\\.)*\")\) /\* (.*) \*/")
_URL = re.compile(r"new RegExp\((?:\"(?:[^\"\\]|\\.)*\")\)\.test\(location\.href\) /\* (.*) \*/")


def _expression(text: str) -> Want:
    """Only what our own export writes is known; JavaScript is never run. Raises CannotSay."""
    if match := _TITLE.fullmatch(text):
        return Want("title", plain(_said(match[1])))
    if match := _URL.fullmatch(text):
        return Want("url", plain(_said(match[1])))
    raise CannotSay("a JavaScript expression is never run, and says nothing that cua could check")


def _said(text: str) -> str:
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if not isinstance(said, str):
        raise CannotSay("a JavaScript expression is never run, and says nothing that cua could check")
    return said


# Writing


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """The recording as JSON."""
    flow = straight(flow, losses, NAME, given)
    steps: list[Json] = [{"type": "setViewport", "width": 1280, "height": 720, "deviceScaleFactor": 1, "isMobile": False,
                          "hasTouch": False, "isLandscape": False}]  # fmt: skip
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
        aim = {"target": "main", "selectors": selectors(act.aim, act.verb)} if act.aim is not None else {}
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
                click = {"type": "click", **aim, "offsetX": 1, "offsetY": 1}
                states = [{"type": "waitForElement", **aim, "properties": {"checked": on}} for on in (False, True)]
                before, after = states if act.verb == "check" else reversed(states)
                return [before, click, after]
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
            case verb:
                raise CannotSay(
                    f"{NAME} has no word for it" if verb != "switch" else "tabs are told by their address here"
                )

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
                return [{**shown, "selectors": selectors(want.aim)[-1:], "operator": signs[name], "count": number}
                        for name, number in want.numbers]  # fmt: skip
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
    return ([[f"aria/{name}{role}"]] if by_name and role else []) + [[f"xpath/{path}"]]
