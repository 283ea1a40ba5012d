"""The `jsonl` target of Playwright codegen: a line of options, then an action a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cua.errors import BadInput
from cua.formats.evidence import is_secret
from cua.formats.flat import carried, straight, sure
from cua.formats.flow import EMPTY, Act, Aim, Flow, Want, expecting, plain
from cua.formats.flow import Step as FlowStep
from cua.formats.located import Located, Part, located, own_label, role
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, keys_in
from cua.formats.python_source import literal
from cua.formats.python_words import held
from cua.formats.reading import Value, lines_of, parsed
from cua.formats.secrets import secret_name
from cua.taskfile.load import MAX_STEPS
from cua.taskfile.template import Template
from grounding.target import Relation

NAME = "Playwright's jsonl"
_MODIFIERS = ((1, "Alt"), (2, "Control"), (4, "Meta"), (8, "Shift"))
_KINDS = frozenset({"label", "placeholder", "alt", "title", "text", "test-id"})
Json = dict[str, object]


# Reading


def read(text: str, file: Path, losses: Losses) -> Flow:
    """Raises BadInput with the line."""
    reader = _Reader(losses)
    for count, (number, line) in enumerate(lines_of(text)):
        if count > MAX_STEPS:
            raise BadInput(f"there are more than {MAX_STEPS:,} steps", file=file, line=number)
        action = parsed(line, file, number)
        if not isinstance(action.value, dict):
            raise action.wrong("a line is an object: the options, or an action")
        if not action.has("name"):
            if count:
                raise action.get("name").wrong("an action has a name")
            continue
        try:
            reader.action(action, f"line {number}")
        except CannotSay as why:
            losses.add(f"line {number}", str(why))
    if not reader.steps:
        raise BadInput("nothing in it can be carried over", file=file, line=1)
    return Flow(file.name.split(".")[0], tuple(reader.steps), start=reader.start, secrets=tuple(reader.secrets))


class _Reader:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.steps: list[FlowStep] = []
        self.start: Template | None = None
        self.secrets: dict[str, None] = {}
        self.pages: list[str] = []
        self.fresh = ""
        self.page = ""

    def action(self, action: Value, at: str) -> None:
        name, page = action.get("name").text, action.get("pageGuid").words or action.get("pageAlias").words
        if page not in self.pages:
            self.pages.append(page)
            self.fresh = page if len(self.pages) > 1 else ""
            self.page = self.page if self.fresh else page
        if name == "closePage":
            return
        if name == "openPage":
            self.page = page
            url = action.get("url").words
            if url.startswith(("http://", "https://")):
                self.go(url, at)
            return
        if page != self.page:
            new = page == self.fresh
            self.steps.append(Act("switch", text=plain("new" if new else str(self.pages.index(page) + 1)), at=at))
            self.page, self.fresh = page, ""
        if name == "navigate":
            self.go(action.get("url").text, at)
            return
        found = _located(action)
        if found.weak:
            self.losses.note(at, WEAK.format(found.aim))
        self.on(name, action, found, at)

    def go(self, url: str, at: str) -> None:
        if not url.startswith(("http://", "https://", "file:")):
            if url == "about:blank":
                return
            raise CannotSay(f'"{url[:80]}" is no address that can be opened')
        if self.start is None and not self.steps:
            self.start = plain(url)
        else:
            self.steps.append(Act("open", text=plain(url), at=at))

    def on(self, name: str, action: Value, found: Located, at: str) -> None:
        aim = found.aim
        match name:
            case "click":
                self.click(action, aim, at)
            case "hover" | "check" | "uncheck":
                self.steps.append(Act(name, aim=aim, at=at))
            case "fill" if is_secret(found.said):
                secret = secret_name(aim, self.secrets)
                self.secrets[secret] = None
                self.losses.note(at, f"what was typed is now the secret {secret}; its value is not written")
                self.steps.append(Act("type", aim=aim, secret=secret, at=at))
            case "fill":
                text = action.get("text").text
                self.steps.append(
                    Act("type", aim=aim, text=plain(text), at=at) if text else Act("clear", aim=aim, at=at)
                )
            case "press":
                keys = [*_held(action), action.get("key").text]
                self.steps.append(Act("press", aim=aim, text=plain(keys_in("+".join(keys))), at=at))
            case "select":
                options = action.get("options").items
                if len(options) != 1:
                    raise CannotSay("several options at once are not carried over; write a step for each")
                self.steps.append(own_label(Act("select", aim=aim, text=plain(options[0].text), at=at), self.losses))
            case "setInputFiles":
                files = tuple(plain(one.text) for one in action.get("files").items)
                if not files:
                    raise CannotSay("taking a file away from a field is not carried over")
                self.steps.append(Act("upload", aim=aim, files=files, at=at))
            case _ if name.startswith("assert"):
                expecting(self.steps, _asserted(name, action, aim), at)
            case _:
                raise CannotSay(f"the action {name[:40]!r} is not carried over")

    def click(self, action: Value, aim: Aim, at: str) -> None:
        button, count = action.get("button").words or "left", action.get("clickCount").number or 1
        if button not in ("left", "right") or count > 2:
            raise CannotSay(f"{count:.0f} clicks with the {button} button are not carried over")
        verb = "right_click" if button == "right" else "double_click" if count == 2 else "click"
        act = Act(verb, aim=aim, modifiers=_held(action), at=at)
        for signal in action.get("signals").items:
            match signal.get("name").words:
                case "download":
                    number = sum(isinstance(step, Act) and step.verb == "download" for step in self.steps) + 1
                    act = replace(act, verb="download", path=plain(f"downloads/file-{number}"), modifiers=())
                case "dialog":
                    self.losses.add(
                        at, "how a dialog is answered is not carried over; cua answers dialogs by its policy"
                    )
                case "popup":
                    self.pages.append(signal.get("popupPageGuid").words or signal.get("popupAlias").words)
                    self.fresh = self.pages[-1]
        self.steps.append(act)


def _held(action: Value) -> tuple[str, ...]:
    bits = int(action.get("modifiers").number or 0)
    return tuple(name for bit, name in _MODIFIERS if bits & bit)


def _asserted(name: str, action: Value, aim: Aim) -> Want:
    match name:
        case "assertText":
            return Want("text", plain(action.get("text").text))
        case "assertValue":
            return Want("value", plain(action.get("value").words) if action.get("value").words else EMPTY, aim)
        case "assertChecked":
            return Want("checked", aim=aim, on=action.get("checked").value is not False)
        case "assertVisible" if aim.role is None and not aim.where and aim.nth is None and aim.name.parts:
            return Want("element", aim=aim)
        case "assertVisible":
            return Want("element", aim=aim)
        case _:
            raise CannotSay(f"the check {name} is not carried over")


def _located(action: Value) -> Located:
    if not action.has("locator"):
        selector = action.get("selector").words
        if match := re.fullmatch(r"internal:role=([a-z]+)\[name=\"((?:[^\"\\]|\\.)*)\"([is]?)\]", selector):
            return located((Part("role", plain(json.loads(f'"{match[2]}"')), role(match[1]), match[3] == "s"),))
        return located((Part("css", plain(selector)),))
    parts: list[Part] = []
    locator = action.get("locator")
    while locator.value is not None and len(parts) < 32:
        parts += _parts(locator)
        locator = locator.get("next")
    return located(tuple(parts))


def _parts(locator: Value) -> list[Part]:
    kind, body, options = locator.get("kind").text, locator.get("body"), locator.get("options")
    exact = options.has("exact") and options.get("exact").value is True
    match kind:
        case "role":
            name = options.get("name")
            return [Part("role", plain(_name(name)), role(body.text), exact)]
        case _ if kind in _KINDS:
            return [Part(kind, plain(_name(body)), exact=exact)]
        case "has-text":
            return [Part("has-text", plain(_name(body)))]
        case "nth":
            number = int(body.number or 0) if not isinstance(body.value, str) else int(_digits(body.text))
            return [Part("nth", nth=number + 1 if number >= 0 else number)]
        case "first" | "last":
            return [Part("nth", nth=1 if kind == "first" else -1)]
        case "default":
            parts = [Part("css", plain(body.words))]
            text = options.get("hasText") if options.has("hasText") else None
            return [*parts, Part("has-text", plain(_name(text)))] if text is not None else parts
        case "frame-locator" | "frame":
            return [Part("frame")]
        case "visible":
            return []
        case _:
            raise CannotSay(f"the locator {kind[:40]!r} is not carried over")


def _digits(text: str) -> str:
    if not re.fullmatch(r"-?\d{1,6}", text):
        raise CannotSay(f"{text[:40]!r} is no number")
    return text


def _name(value: Value) -> str:
    """A name; a regular expression stands as {source, flags} or as /…/."""
    if isinstance(value.value, dict):
        return literal(value.get("source").words or value.get("pattern").words)
    return value.words


# Writing


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """Lines of JSON, as codegen writes them."""
    flow = straight(flow, losses, NAME, given)
    page = "page@1"
    lines: list[Json] = [
        {"browserName": "chromium", "launchOptions": {"headless": False}, "contextOptions": {}},
        {"name": "openPage", "url": "about:blank", "signals": [], "pageGuid": page},
    ]
    writer = _Writer(losses)
    try:
        if flow.start is not None:
            url = sure(flow.start, NAME)
            writer.base = match[0] if (match := re.match(r"[a-z]+://[^/]*", url)) else ""
            lines.append({"name": "navigate", "url": url, "signals": [], "pageGuid": page})
    except CannotSay as why:
        losses.add("start", str(why))
    for act in flow.steps:
        assert isinstance(act, Act)
        for line in carried(act, losses, NAME, writer.step, writer.check):
            line |= {"signals": [], "pageGuid": page}
            lines.append(line)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


class _Writer:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.base = ""

    def step(self, act: Act) -> list[Json]:
        at = _at(act.aim, act.verb) if act.aim is not None else {}
        bits = sum(bit for bit, name in _MODIFIERS if name in act.modifiers)
        match act.verb:
            case "click" | "double_click" | "right_click":
                button = "right" if act.verb == "right_click" else "left"
                count = 2 if act.verb == "double_click" else 1
                return [{"name": "click", **at, "button": button, "modifiers": bits, "clickCount": count}]
            case "hover" | "check" | "uncheck":
                return [{"name": act.verb, **at}]
            case "type" if act.secret is not None:
                raise CannotSay(f"the secret {act.secret} is never written, and {NAME} has no variables")
            case "type" if act.append:
                raise CannotSay("adding to what is in a field cannot be said")
            case "type" | "clear":
                return [{"name": "fill", **at, "text": sure(act.text, NAME)}]
            case "press" if act.aim is not None:
                *down, key = held(sure(act.text, NAME))
                bits = sum(bit for bit, name in _MODIFIERS if name in down)
                return [{"name": "press", **at, "key": key, "modifiers": bits}]
            case "press":
                raise CannotSay("keys go to a field with a name here")
            case "select":
                return [{"name": "select", **at, "options": [sure(act.text, NAME)]}]
            case "upload":
                return [{"name": "setInputFiles", **at, "files": [sure(file, NAME) for file in act.files]}]
            case "open":
                url = sure(act.text, NAME)
                if url.startswith("/") and not self.base:
                    raise CannotSay("the file does not say on which site the path is")
                return [{"name": "navigate", "url": self.base + url if url.startswith("/") else url}]
            case verb:
                raise CannotSay(f"{NAME} has no word for `{verb}`")

    def check(self, want: Want) -> list[Json]:
        match want.kind:
            case "text" if want.aim is None:
                text = sure(want.text, NAME)
                return [
                    {"name": "assertText", **_at(Aim(want.text or EMPTY, "text"), ""), "text": text, "substring": True}
                ]
            case "value" if want.aim is not None:
                return [{"name": "assertValue", **_at(want.aim, "type"), "value": sure(want.text, NAME)}]
            case "checked" if want.aim is not None:
                return [{"name": "assertChecked", **_at(want.aim, "check"), "checked": want.on}]
            case "element" if want.aim is not None:
                return [{"name": "assertVisible", **_at(want.aim, "")}]
            case kind:
                raise CannotSay(f"`{kind}` cannot be checked in {NAME}")


def _at(aim: Aim, verb: str) -> Json:
    """The selector and the locator. Raises CannotSay."""
    chain: list[tuple[Json, str]] = []
    for relation, other in aim.where:
        if other.where or other.nth is not None or not other.name.parts or relation not in (Relation.ROW, Relation.IN):
            raise CannotSay(f'"{relation.value.replace("_", " ")} {other}" has no locator')
        chain.append(
            _role("row" if relation is Relation.ROW else other.role or "region", sure(other.name, NAME), exact=False)
        )
    chain.append(_own(aim, verb))
    if aim.nth is not None:
        number = aim.nth - 1 if aim.nth > 0 else aim.nth
        chain.append(({"kind": "nth", "body": str(number), "options": {}}, f"nth={number}"))
    whole: Json | None = None
    for form, _ in reversed(chain):
        whole = {**form, "next": whole} if whole is not None else form
    return {"selector": " >> ".join(selector for _, selector in chain), "locator": whole}


def _own(aim: Aim, verb: str) -> tuple[Json, str]:
    name = sure(aim.name, NAME)
    if aim.role is not None and aim.role not in ("text", "file"):
        return _role(aim.role, name, exact=aim.exact)
    if not name:
        raise CannotSay("it has no name")
    kind = "label" if verb in ("type", "clear", "select", "check", "uncheck", "upload", "press") else "text"
    return {
        "kind": kind,
        "body": name,
        "options": {"exact": aim.exact},
    }, f"internal:{kind}={json.dumps(name)}{'s' if aim.exact else 'i'}"


def _role(kind: str, name: str, *, exact: bool) -> tuple[Json, str]:
    if not name:
        return {"kind": "role", "body": kind, "options": {"attrs": []}}, f"internal:role={kind}"
    options: Json = {"attrs": [], "exact": exact, "name": name}
    return {
        "kind": "role",
        "body": kind,
        "options": options,
    }, f"internal:role={kind}[name={json.dumps(name)}{'s' if exact else 'i'}]"
