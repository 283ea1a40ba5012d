"""Projects of Selenium IDE (`.side`), which selenium-side-runner plays. JSON: tests with commands of target and value.
https://www.selenium.dev/selenium-ide/docs/en/api/commands
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin

from cua.formats.evidence import is_secret
from cua.formats.flow import Act, Again, Choice, Each, Flow, Step, Want, expecting, joined, plain
from cua.formats.located import Located
from cua.formats.losses import CannotSay, Losses
from cua.formats.playwright_steps import WEAK, keys_in
from cua.formats.reading import Value
from cua.formats.secrets import secret_name
from cua.formats.selenium_locators import located, text_in
from cua.formats.selenium_wants import wanted
from cua.taskfile.params import Param
from cua.taskfile.template import NAME as _NAME
from cua.taskfile.template import Ref, Template

NAME = "Selenium IDE"
KEYS = {
    "ENTER": "Enter",
    "TAB": "Tab",
    "ESCAPE": "Escape",
    "ESC": "Escape",
    "BACK_SPACE": "Backspace",
    "BACKSPACE": "Backspace",
    "BKSP": "Backspace",
    "DELETE": "Delete",
    "DEL": "Delete",
    "SPACE": "Space",
    "UP": "ArrowUp",
    "DOWN": "ArrowDown",
    "LEFT": "ArrowLeft",
    "RIGHT": "ArrowRight",
    "PAGE_UP": "PageUp",
    "PGUP": "PageUp",
    "PAGE_DOWN": "PageDown",
    "PGDN": "PageDown",
    "HOME": "Home",
    "END": "End",
    "INSERT": "Insert",
    "CONTROL": "Control",
    "CTRL": "Control",
    "SHIFT": "Shift",
    "ALT": "Alt",
    "META": "Meta",
    "COMMAND": "Meta",
    **{f"F{n}": f"F{n}" for n in range(1, 13)},
}
_POINTS = {
    "click": "click",
    "clickAt": "click",
    "doubleClick": "double_click",
    "doubleClickAt": "double_click",
    "mouseOver": "hover",
    "check": "check",
    "uncheck": "uncheck",
}
_NOISE = frozenset(
    {
        "mouseOut",
        "mouseUp",
        "mouseUpAt",
        "mouseMoveAt",
        "mouseDown",
        "mouseDownAt",
        "selectFrame",
        "echo",
        "setSpeed",
        "chooseOkOnNextConfirmation",
        "webdriverChooseOkOnVisibleConfirmation",
    }
)
_LEFT_OUT = {
    "setWindowSize": "the size of the window is not carried over; run it with --viewport {}",
    "pause": "a wait for a time is left out: every step waits until it is proved",
    "close": "closing a tab is left out",
}


def read(root: Value, losses: Losses, test: str | None = None) -> Flow:
    """One test of the project: the one of that name, or the first. Raises BadInput."""
    tests = root.get("tests").items
    if not tests:
        raise root.get("tests").wrong("there are no tests")
    chosen = next((one for one in tests if one.get("name").words == test), None) if test is not None else tests[0]
    if chosen is None:
        names = ", ".join(one.get("name").words for one in tests[:20])
        raise root.get("tests").wrong(f'there is no test "{test}"; there are: {names}')
    for other in tests:
        if other is not chosen and test is None:
            losses.add(other.at, f'the test "{other.get("name").words}" is not carried over; import it with --test')
    reader = _Reader(losses, root.get("url").words, {one.get("name").words: one for one in tests})
    steps = reader.block(list(chosen.get("commands").steps))
    start = None
    if (
        steps
        and isinstance(steps[0], Act)
        and steps[0].verb == "open"
        and steps[0].expect is None
        and not str(steps[0].text).startswith("/")
    ):
        start, steps = steps[0].text, steps[1:]
    if not steps:
        raise chosen.get("commands").wrong("nothing in it can be carried over")
    name = chosen.get("name").words or root.get("name").words or "test"
    flow = Flow(name, tuple(steps), start=start, params=tuple(reader.params.values()), secrets=tuple(reader.secrets))
    return reader.declared(flow)


class _Reader:
    def __init__(self, losses: Losses, base: str, tests: Mapping[str, Value]) -> None:
        self.losses = losses
        self.base = base
        self.tests = tests
        self.running: list[str] = []
        self.params: dict[str, Param] = {}
        self.known: set[str] = set()
        self.secrets: dict[str, None] = {}
        self.counts: dict[str, Want] = {}
        self.used: dict[str, None] = {}

    def declared(self, flow: Flow) -> Flow:
        lacking = [name for name in self.used if name not in self.params and name not in self.known]
        for name in lacking:
            self.losses.note("", f"the variable {name} is now a param; give it with --param {name}=VALUE")
        return replace(flow, params=(*flow.params, *(Param(name) for name in lacking)))

    def block(self, commands: list[Value]) -> list[Step]:
        steps: list[Step] = []
        while commands:
            command = commands.pop(0)
            try:
                self.command(command, commands, steps)
            except CannotSay as why:
                self.losses.add(command.at, str(why))
        return steps

    def words(self, text: str) -> Template:
        """`${name}` is a name."""
        parts: list[str | Ref] = []
        for plain_, name in re.findall(r"((?:(?!\$\{)[\s\S])+)|\$\{([^}]*)\}", text):
            if plain_:
                parts.append(plain_)
            elif re.fullmatch(_NAME, name) and not name.startswith("KEY_"):
                parts.append(Ref(name))
                self.used[name] = None
            elif found := re.fullmatch(rf"({_NAME})\.({_NAME})", name):
                parts.append(Ref(found[1], found[2]))
            else:
                raise CannotSay(f"${{{name[:40]}}} is no plain variable")
        return joined(tuple(parts))

    def located(self, command: Value) -> Located:
        found = located(command, self.words)
        if found.weak:
            self.losses.note(command.at, WEAK.format(found.aim))
        return found

    def command(self, command: Value, rest: list[Value], steps: list[Step]) -> None:
        name, target, value = command.get("command").text, command.get("target").words, command.get("value").words
        at = command.at
        match name:
            case _ if name.startswith("//") or not name:
                self.losses.note(at, f"the command {name[2:]} is switched off, and left out")
            case _ if name in _POINTS:
                steps.append(Act(_POINTS[name], aim=self.located(command).aim, at=at))
            case "type" | "sendKeys":
                self.typed(command, name, value, steps)
            case "select":
                steps.append(Act("select", aim=self.located(command).aim, text=self.option(value, at), at=at))
            case "dragAndDropToObject":
                self.dragged(command, value, steps)
            case "open" | "selectWindow":
                self.gone(name, target, steps, at)
            case "if" | "times" | "forEach" | "do":
                self.control(command, name, target, value, rest, steps)
            case "run":
                self.run(target, at, steps)
            case _ if name in _LEFT_OUT:
                self.losses.note(at, _LEFT_OUT[name].format(target))
            case _ if name in _NOISE:
                pass
            case _ if name.startswith("store"):
                self.stored(command, name, target, value, steps)
            case _:
                expecting(steps, wanted(command, self.words, self.located), at)

    def dragged(self, command: Value, onto: str, steps: list[Step]) -> None:
        to = located(Value({"target": onto}, command.at, command.file), self.words)
        steps.append(Act("drag", aim=self.located(command).aim, to=to.aim, at=command.at))

    def gone(self, name: str, target: str, steps: list[Step], at: str) -> None:
        """To another address or window."""
        verb, to = ("open", self.address(target)) if name == "open" else ("switch", plain(self.window(target)))
        steps.append(Act(verb, text=to, at=at))

    def stored(self, command: Value, name: str, target: str, value: str, steps: list[Step]) -> None:
        match name:
            case "store":
                self.store(target, value, command.at)
            case "storeText" | "storeValue" | "storeAttribute":
                self.extract(command, name, target, value, steps)
            case "storeXpathCount":
                self.counted(command, target, value)
            case "storeWindowHandle":
                pass
            case _:
                raise CannotSay(f"the command `{name[:60]}` is not carried over")

    def address(self, target: str) -> Template:
        if self.base and not target.startswith("${") and not re.match(r"[a-z]+://", target):
            try:
                target = urljoin(self.base, target)
            except ValueError:
                raise CannotSay(f'"{self.base[:80]}" is no address that can be opened') from None
        if not target.startswith(("http://", "https://", "file:", "/", "${")):
            raise CannotSay(f'"{target[:80]}" is no address that can be opened')
        return self.words(target)

    def typed(self, command: Value, name: str, value: str, steps: list[Step]) -> None:
        at = command.at
        found = self.located(command)
        keys = re.findall(r"\$\{KEY_(\w+)\}", value)
        text = re.sub(r"(?:\$\{KEY_\w+\})+$", "", value) if name == "sendKeys" else value
        if name == "sendKeys" and keys and not text and all(key in KEYS for key in keys):
            steps.append(Act("press", aim=found.aim, text=plain("+".join(KEYS[key] for key in keys)), at=at))
            return
        if name == "sendKeys" and (
            combined := re.fullmatch(r"((?:\$\{KEY_(?:CTRL|CONTROL|SHIFT|ALT|META)\})+)(\w)", value)
        ):
            down = [KEYS[key] for key in re.findall(r"KEY_(\w+)", combined[1])]
            steps.append(Act("press", aim=found.aim, text=plain(keys_in("+".join([*down, combined[2]]))), at=at))
            return
        secret = re.fullmatch(rf"\$\{{({_NAME})\}}", value)
        if is_secret(found.said) or (secret and is_secret((secret[1],))):
            named = secret[1] if secret else secret_name(found.aim, self.secrets)
            self.secrets[named] = None
            self.used.pop(named, None)
            self.params.pop(named, None)
            if secret is None:
                self.losses.note(at, f"what was typed is now the secret {named}; its value is not written")
            steps.append(Act("type", aim=found.aim, secret=named, append=name == "sendKeys", at=at))
        elif text or name == "type":
            act = Act("type", aim=found.aim, text=self.words(text), append=name == "sendKeys", at=at)
            steps.append(act if text else Act("clear", aim=found.aim, at=at))
        for key in keys if name == "sendKeys" else ():
            if key not in KEYS:
                raise CannotSay(f"there is no key {key}")
            steps.append(Act("press", aim=found.aim, text=plain(KEYS[key]), at=at))

    def option(self, value: str, at: str) -> Template:
        kind, _, text = value.partition("=")
        if kind == "label" or "=" not in value:
            return self.words(text if kind == "label" else value)
        if kind in ("value", "id"):
            self.losses.note(
                at, f"the option is known by its {kind}, which may be another text than the one that is shown"
            )
            return self.words(text)
        raise CannotSay(f"an option known by its {kind} is not carried over")

    def window(self, target: str) -> str:
        kind, _, text = target.partition("=")
        if kind == "win_ser_local" or text == "win_ser_local":
            return "1"
        if number := re.fullmatch(r"win_ser_(\d{1,3})", target.split("=")[-1]):
            return str(int(number[1]) + 1)
        if kind in ("title", "name") and text:
            return text
        if kind == "handle" and re.fullmatch(r"\$\{\w+\}", text):
            return "1" if "root" in text.lower() or "main" in text.lower() else "new"
        raise CannotSay(f"the window {target[:60]!r} is not carried over")

    def store(self, text: str, name: str, at: str) -> None:
        if not re.fullmatch(_NAME, name):
            raise CannotSay(f"{name!r} is no name of a variable")
        if "${" in text or name in self.params or name in self.used:
            raise CannotSay(f"the variable {name} gets its value on the way")
        if is_secret((name,)):
            self.secrets[name] = None
            self.losses.note(at, f"the value of {name} is not written; it is a secret now")
            return
        self.params[name] = Param(name, "text", text)

    def extract(self, command: Value, name: str, target: str, value: str, steps: list[Step]) -> None:
        if not re.fullmatch(_NAME, value):
            raise CannotSay(f"{value!r} is no name of a variable")
        what = {"storeText": None, "storeValue": "value"}.get(name)
        if name == "storeAttribute":
            target, _, what = target.rpartition("@")
            command = Value({"target": target}, command.at, command.file)
        self.known.add(value)
        steps.append(Act("extract", aim=self.located(command).aim, name=value, what=what, at=command.at))

    def counted(self, command: Value, target: str, value: str) -> None:
        text = text_in(target.removeprefix("xpath="))
        if text is not None:
            self.counts[value] = Want("text", self.words(text))
        else:
            self.counts[value] = Want("element", aim=self.located(command).aim)

    def control(self, command: Value, name: str, target: str, value: str, rest: list[Value], steps: list[Step]) -> None:
        then, otherwise, until = _blocks(rest)
        if name == "if":
            question = self.asked(target)
            steps.append(Choice(question, tuple(self.block(then)), tuple(self.block(otherwise)), command.at))
        elif name == "times" and re.fullmatch(r"\d{1,3}", target) and int(target) > 0:
            rows = tuple(plain(str(number)) for number in range(1, int(target) + 1))
            steps.append(Each("round", rows, tuple(self.block(then)), command.at))
        elif name == "do" and until is not None:
            # the last command before repeatIf counts what it asks for
            do = tuple(self.block(then))
            question = self.asked(until)
            steps.append(
                Again(
                    do,
                    Want("gone", question.text) if question.kind == "text" else Want("not", parts=(question,)),
                    100,
                    command.at,
                )
            )
            self.losses.note(command.at, "the loop had no end of its own; now it gives up after 100 rounds")
        elif name == "forEach" and re.fullmatch(_NAME, target) and re.fullmatch(_NAME, value):
            self.known.add(value)
            self.params.setdefault(target, Param(target, "list"))
            steps.append(Each(value, Ref(target), tuple(self.block(then)), command.at))
        else:
            raise CannotSay(f"`{name}` asks a JavaScript expression, which is never run; its steps are left out")

    def asked(self, expression: str) -> Want:
        found = re.fullmatch(rf"\$\{{({_NAME})\}}\s*(>|===?|<)\s*([01])", expression.strip())
        want = self.counts.get(found[1]) if found else None
        if found is None or want is None:
            raise CannotSay("it asks a JavaScript expression, which is never run; its steps are left out")
        there = (found[2], found[3]) == (">", "0")
        if there:
            return want
        return Want("gone", want.text) if want.kind == "text" else Want("not", parts=(want,))

    def run(self, target: str, at: str, steps: list[Step]) -> None:
        test = self.tests.get(target)
        if test is None or target in self.running or len(self.running) > 8 or len(steps) > 5_000:
            raise CannotSay(f'the test "{target[:60]}" cannot be put in here')
        self.running.append(target)
        steps += self.block(list(test.get("commands").items))
        self.running.pop()


def _blocks(rest: list[Value]) -> tuple[list[Value], list[Value], str | None]:
    """The commands up to the end of the block, those behind its `else`, and what `repeatIf` asks."""
    then: list[Value] = []
    otherwise: list[Value] = []
    into, depth = then, 0
    while rest:
        command = rest.pop(0)
        name = command.get("command").words
        if depth == 0 and name in ("end", "repeatIf"):
            return then, otherwise, command.get("target").words if name == "repeatIf" else None
        if depth == 0 and name == "else":
            into = otherwise
            continue
        depth += (name in ("if", "while", "times", "forEach", "do")) - (name in ("end", "repeatIf"))
        into.append(command)
    return then, otherwise, None
