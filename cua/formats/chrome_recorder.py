"""Recordings of Chrome DevTools (the Recorder panel), which @puppeteer/replay plays. JSON:
https://github.com/puppeteer/replay/blob/main/docs/api/interfaces/Schema.UserFlow.md
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from cua.formats import evidence
from cua.formats.evidence import Evidence, best, is_secret
from cua.formats.flow import Act, Aim, Flow, Want, both, expecting, parts_of, plain
from cua.formats.flow import Step as FlowStep
from cua.formats.located import Located
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, keys_in
from cua.formats.reading import Value
from cua.formats.secrets import secret_name
from cua.formats.xpath import aim_in
from cua.taskfile.template import Template
from grounding.roles import role_of

NAME = "Chrome Recorder"
Json = dict[str, object]


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
    paths = [
        [one.text] if isinstance(one.value, str) else [each.text for each in one.items]
        for one in step.get("selectors").items
    ]
    texts = [path[-1] for path in paths if path]
    operator, count = step.get("operator").words or ">=", step.get("count").number
    visible = step.get("visible").value
    number = int(count) if count is not None else 1
    text = next((one[5:] for one in texts if one.startswith("text/")), None)
    properties = step.get("properties")
    gone = visible is False or (operator in ("==", "<=") and number == 0)
    if text is not None and len(texts) == 1 and (gone or number == 1):
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
