"""Workflows of workflow-use (browser-use): JSON with an input schema and steps.

Targets are told by `target_text` and XPath.
https://github.com/browser-use/workflow-use/blob/main/workflows/workflow_use/schema/views.py
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from cua.formats import evidence
from cua.formats.evidence import Evidence, best, is_secret
from cua.formats.flat import carried, straight
from cua.formats.flow import EMPTY, Act, Aim, Flow, Want, joined, plain
from cua.formats.flow import Step as FlowStep
from cua.formats.into_task import words
from cua.formats.located import Located
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, keys_in
from cua.formats.python_words import held
from cua.formats.reading import Value
from cua.formats.secrets import secret_name
from cua.formats.xpath import aim_in, xpath
from cua.taskfile.params import Param
from cua.taskfile.template import NAME as _NAME
from cua.taskfile.template import Ref, Template
from grounding.target import Relation

NAME = "workflow-use"
_TYPES = {"string": "text", "number": "number", "bool": "boolean"}
_TAGS = {"button": "button", "a": "link", "select": "combobox", "textarea": "textbox"}
_EXTRACTS = frozenset({"extract_page_content", "extract"})
"""A workflow of version 0.2.11 has to end with one of these."""
_STRATEGIES = {
    "aria_label": evidence.LABEL,
    "text_exact": evidence.TEXT,
    "role_text": evidence.TEXT,
    "text_fuzzy": evidence.TEXT,
    "placeholder": evidence.HINT,
    "title": evidence.HINT,
    "alt_text": evidence.HINT,
}
Json = dict[str, object]


# Reading


def read(root: Value, losses: Losses) -> Flow:
    """Raises BadInput."""
    params: dict[str, Param] = {}
    for one in root.get("input_schema").items:
        name, kind = one.get("name").text, one.get("type").words or "string"
        if not re.fullmatch(_NAME, name):
            losses.add(one.at, f'"{name[:40]}" is no name of a param')
            continue
        default = one.get("default").value
        optional = one.get("required").value is False
        text = default if isinstance(default, str) else None
        params[name] = Param(
            name,
            _TYPES.get(kind, "text") if text is None else "text",
            text if text is not None else "" if optional else None,
            required=not optional,
        )
    reader = _Reader(losses, params)
    steps = root.get("steps").steps
    for step in steps:
        if step is steps[-1] and step.get("type").words in _EXTRACTS:
            losses.note(step.at, "what a model reads at the end is left out; say in `done` how to see the goal")
            continue
        try:
            reader.step(step)
        except CannotSay as why:
            losses.add(step.at, str(why))
    if not reader.steps:
        raise root.get("steps").wrong("nothing in it can be carried over")
    description = " ".join(root.get("description").words.split())
    kept = tuple(param for name, param in params.items() if name not in reader.secrets)
    return Flow(
        root.get("name").words or "workflow",
        tuple(reader.steps),
        description=description,
        start=reader.start,
        params=kept,
        secrets=tuple(reader.secrets),
    )


class _Reader:
    def __init__(self, losses: Losses, params: Mapping[str, Param]) -> None:
        self.losses = losses
        self.params = params
        self.steps: list[FlowStep] = []
        self.start: Template | None = None
        self.secrets: dict[str, None] = {}
        self.scrolled = 0.0

    def words(self, text: str) -> Template:
        """`{name}` of a declared input is a name; {{ and }} are braces, all other braces are meant as such."""
        parts: list[str | Ref] = []
        for piece in re.findall(r"\{\{|\}\}|\{\w+\}|[^{}]+|[{}]", text):
            name = piece[1:-1]
            parts.append(
                Ref(name) if piece[0] == "{" and name in self.params else piece[0] if piece in ("{{", "}}") else piece
            )
        return joined(tuple(parts))

    def located(self, step: Value, *, typed: bool = False) -> Located:
        found = self._located(step, typed)
        if found.weak:
            self.losses.note(step.at, WEAK.format(found.aim))
        return found

    def _located(self, step: Value, typed: bool) -> Located:
        path, css = step.get("xpath").words, step.get("cssSelector").words
        label = step.get("target_text").words or step.get("targetText").words
        text = "" if typed else " ".join(step.get("elementText").words.split())
        tag = step.get("elementTag").words.casefold()
        said = tuple(one for one in (path, css, label, step.get("inputType").words) if one)
        ours = aim_in(path, self.words)
        if ours is not None:
            return Located(ours, False, (str(ours.name), step.get("inputType").words))
        of_css, of_path = evidence.of_css(css) if css else None, evidence.of_xpath(path) if path else None
        role = _TAGS.get(tag) or next((one.role for one in (of_css, of_path) if one is not None and one.role), None)
        found = [
            Evidence(evidence.LABEL, label, role) if label else None,
            Evidence(evidence.TEXT, text, role) if text and len(text) <= 120 else None,
            *_strategies(step, role),
            of_css,
            of_path,
        ]
        chosen = best(found)
        if chosen is None or chosen.aim is None:
            raise CannotSay(f"nothing in it could be seen by a person: {(css or path)[:60]}")
        aim = replace(chosen.aim, name=self.words(chosen.aim.name.plain or ""))
        return Located(self.hinted(aim, step), chosen.kind == evidence.WORDS, said)

    def hinted(self, aim: Aim, step: Value) -> Aim:
        """What is said beside the name: the part of the page it is in, and which one of several it is."""
        inside, place = step.get("container_hint").words.strip(), step.get("position_hint").words.strip().casefold()
        if inside:
            aim = replace(aim, where=(*aim.where, (Relation.IN, Aim(self.words(inside)))))
        number = re.match(r"item (\d{1,4})\b", place)
        nth = int(number[1]) if number else {"first": 1, "last": -1}.get(place)
        return replace(aim, nth=nth) if nth else aim

    def step(self, step: Value) -> None:
        at = step.at
        match step.get("type").text:
            case "navigation":
                self.navigate(step)
            case "click":
                self.steps.append(Act("click", aim=self.located(step).aim, at=at))
            case "input":
                self.input(step)
            case "select_change" | "select":
                text = step.get("selectedText").words or step.get("selectedOption").words
                self.steps.append(Act("select", aim=self.field(step), text=self.words(text), at=at))
            case "checkbox":
                verb = "check" if step.get("checked").value is True else "uncheck"
                self.steps.append(Act(verb, aim=self.field(step), at=at))
            case "radio":
                self.steps.append(Act("click", aim=Aim(self.words(step.get("selectedOption").text), "radio"), at=at))
            case "key_press" | "keypress":
                told = any(step.has(key) for key in ("cssSelector", "xpath", "target_text", "targetText"))
                aim = self.located(step, typed=True).aim if told else None
                self.steps.append(Act("press", aim=aim, text=plain(keys_in(step.get("key").text)), at=at))
            case "scroll":
                self.scroll(step)
            case "go_back" | "go_forward":
                self.steps.append(Act(step.get("type").text.removeprefix("go_"), at=at))
            case "wait":
                self.losses.note(at, "a wait for a time is left out: every step waits until it is proved")
            case kind:
                raise _refused(kind, step)

    def field(self, step: Value) -> Aim:
        named = step.get("fieldName").words.strip()
        return Aim(self.words(named)) if named else self.located(step, typed=True).aim

    def navigate(self, step: Value) -> None:
        url = step.get("url").text
        if url in ("about:blank", "chrome://newtab/"):
            return
        if not url.startswith(("http://", "https://", "file:", "{")):
            raise CannotSay(f'"{url[:80]}" is no address that can be opened')
        if self.start is None and not self.steps:
            self.start = self.words(url)
        else:
            self.steps.append(Act("open", text=self.words(url), at=step.at))

    def input(self, step: Value) -> None:
        found = self.located(step, typed=True)
        value = self.words(step.get("value").words)
        only = value.only
        secret = only is not None and only.key is None and is_secret((only.name,))
        if secret or is_secret(found.said):
            name = only.name if secret and only is not None else secret_name(found.aim, self.secrets)
            self.secrets[name] = None
            if not secret:
                self.losses.note(step.at, f"what was typed is now the secret {name}; its value is not written")
            self.steps.append(Act("type", aim=found.aim, secret=name, at=step.at))
        elif value.parts:
            self.steps.append(Act("type", aim=found.aim, text=value, at=step.at))
        else:
            self.steps.append(Act("clear", aim=found.aim, at=step.at))

    def scroll(self, step: Value) -> None:
        if step.get("scrollX").number:
            self.losses.add(step.at, "scrolling sideways is not carried over")
        y = step.get("scrollY").number or 0
        by, self.scrolled = y - self.scrolled, y
        if abs(by) >= 1:
            self.steps.append(Act("scroll", text=plain("down" if by > 0 else "up"), by=abs(by), at=step.at))


def _strategies(step: Value, role: str | None) -> list[Evidence]:
    found = []
    for one in step.get("selectorStrategies").items:
        kind = _STRATEGIES.get(one.get("type").words)
        if kind is not None and isinstance(one.get("value").value, str):
            found.append(Evidence(kind, one.get("value").text, role))
    return found


def _refused(kind: str, step: Value) -> CannotSay:
    match kind:
        case _ if kind in _EXTRACTS:
            return CannotSay("a model reads the page there; cua extracts what has a name: extract: {target: …, as: …}")
        case "agent":
            return CannotSay(f'a model does this step: "{step.get("task").words[:80]}"; write its steps')
        case _:
            return CannotSay(f"the step {kind[:40]!r} is not carried over")


# Writing


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """The workflow as JSON. Params and secrets are inputs."""
    flow = straight(flow, losses, NAME)
    inputs: list[Json] = []
    for param in flow.params:
        kind = next((name for name, type_ in _TYPES.items() if type_ == param.type), "string")
        value = given.get(param.name, param.default)
        default = (
            {"default": str(value)} if isinstance(value, str | int | float) and not isinstance(value, bool) else {}
        )
        inputs.append(
            {"name": param.name, "type": "string" if default else kind, "required": param.required, **default}
        )
    inputs += [{"name": secret, "type": "string", "required": True} for secret in flow.secrets]
    writer = _Writer(losses, {*(param.name for param in flow.params), *flow.secrets})
    steps: list[Json] = []
    try:
        if flow.start is not None:
            steps.append({"type": "navigation", "url": writer.words(flow.start)})
            writer.base = match[0] if (match := re.match(r"[a-z]+://[^/{]*", str(flow.start))) else ""
    except CannotSay as why:
        losses.add("start", str(why))
    for act in flow.steps:
        assert isinstance(act, Act)
        steps += carried(act, losses, NAME, writer.step, writer.check)
    steps.append({"type": "extract_page_content", "goal": "Say in one sentence what the page shows now."})
    losses.note("", "workflow-use asks that a model reads the page at the end; that step was added")
    goal = words(flow.goal) if flow.goal is not None else flow.description or flow.name
    whole = {"name": flow.name, "description": goal, "version": "1.0", "input_schema": inputs, "steps": steps}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


class _Writer:
    def __init__(self, losses: Losses, known: set[str]) -> None:
        self.losses = losses
        self.known = known
        self.base = ""

    def words(self, text: Template | None) -> str:
        """Names in braces, other braces doubled. Raises CannotSay for a name that is no input."""
        for ref in (text or EMPTY).refs:
            if ref.key is not None or ref.name not in self.known:
                raise CannotSay(f"{ref} is no input of the workflow")
        return words(text or EMPTY)

    def aimed(self, act: Act) -> Json:
        if act.aim is None:
            return {}
        path = xpath(act.aim, self.words, act.verb)
        if act.aim.where or act.aim.nth is not None:
            self.losses.add(
                act.at, f'of "{act.aim}" newer versions of {NAME} look at the name alone, not at where it is'
            )
        return {"target_text": self.words(act.aim.name), "xpath": path} if act.aim.name.parts else {"xpath": path}

    def step(self, act: Act) -> list[Json]:
        if act.modifiers:
            raise CannotSay("a key held down meanwhile cannot be said")
        at = self.aimed(act)
        match act.verb:
            case "click":
                return [{"type": "click", **at, "elementText": self.words((act.aim or Aim()).name)}]
            case "type" if act.append:
                raise CannotSay("adding to what is in a field cannot be said")
            case "type":
                return [
                    {
                        "type": "input",
                        **at,
                        "value": f"{{{act.secret}}}" if act.secret is not None else self.words(act.text),
                    }
                ]
            case "clear":
                return [{"type": "input", **at, "value": ""}]
            case "select":
                return [{"type": "select_change", **at, "selectedText": self.words(act.text)}]
            case "press":
                return [{"type": "key_press", **at, "key": "+".join(held(self.words(act.text)))}]
            case "open":
                url = self.words(act.text)
                if url.startswith("/") and not self.base:
                    raise CannotSay("the file does not say on which site the path is")
                return [{"type": "navigation", "url": self.base + url if url.startswith("/") else url}]
            case "back" | "forward":
                return [{"type": f"go_{act.verb}"}]
            case verb:
                raise CannotSay(f"{NAME} has no word for `{verb}`")

    def check(self, want: Want) -> list[Json]:
        raise CannotSay(f"{NAME} checks nothing: `{want.kind}`")
