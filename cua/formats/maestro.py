"""Flows of Maestro for the web: a YAML document with `url`, and after --- one with commands.
https://docs.maestro.dev/api-reference/commands
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cua.errors import BadInput
from cua.formats.evidence import WORDS, Evidence, is_secret
from cua.formats.flow import Act, Again, Aim, Choice, Each, Flow, Step, Want, expecting, joined, plain
from cua.formats.losses import CannotSay, Losses
from cua.formats.maestro_source import documents, pattern
from cua.formats.playwright_steps import WEAK
from cua.formats.secrets import secret_name
from cua.taskfile.params import Param
from cua.taskfile.source import Entries, Items, Node, Scalar
from cua.taskfile.template import NAME as _NAME
from cua.taskfile.template import Ref, Template
from grounding.target import Relation

NAME = "Maestro"
RELATIONS = {
    "below": Relation.BELOW,
    "above": Relation.ABOVE,
    "leftOf": Relation.LEFT_OF,
    "rightOf": Relation.RIGHT_OF,
    "childOf": Relation.IN,
}
KEYS = {"enter": "Enter", "backspace": "Backspace", "tab": "Tab", "escape": "Escape", "home": "Home"}
_OVER = frozenset(
    {
        "hideKeyboard",
        "waitForAnimationToEnd",
        "takeScreenshot",
        "startRecording",
        "stopRecording",
        "stopApp",
        "killApp",
        "clearState",
        "clearKeychain",
        "addMedia",
        "setAirplaneMode",
    }
)
COPIED = "copied_text"


def read(text: str, file: Path, losses: Losses) -> Flow:
    """Raises BadInput."""
    root, commands = documents(text, file)
    url, app = root.get("url"), root.get("appId")
    if url is None and app is not None:
        raise BadInput(
            "this flow is of a mobile app; only flows of the web (`url:`) can be imported", file=file, line=app.line
        )
    reader = _Reader(file, losses)
    env = root.get("env")
    for variable, value in env.pairs if isinstance(env, Entries) else ():
        reader.constant(variable, value)
    start = reader.words(_text(url, file)) if url is not None else None
    if start is not None and not str(start).startswith(("http://", "https://", "{")):
        raise BadInput(
            "`url` has to be an address that begins with http:// or https://", file=file, line=url.line if url else 1
        )
    reader.start = start
    for key, _ in root.pairs:
        if key.text in ("onFlowStart", "onFlowComplete"):
            losses.add(f"line {key.line}", f"`{key.text}` is not carried over")
        elif key.text in ("tags", "properties", "jsEngine"):
            losses.note(f"line {key.line}", f"`{key.text}` is left out")
    steps = reader.block(commands)
    if not steps:
        raise BadInput("nothing in it can be carried over", file=file, line=commands.line)
    title = root.get("name")
    name = _text(title, file) if title is not None else file.stem
    flow = Flow(name, tuple(steps), start=start, params=tuple(reader.params.values()), secrets=tuple(reader.secrets))
    lacking = [one for one in reader.used if one not in reader.params and one not in reader.secrets and one != COPIED]
    for one in lacking:
        losses.note("", f"the variable {one} is now a param; give it with --param {one}=VALUE")
    return replace(flow, params=(*flow.params, *(Param(one) for one in lacking)))


def _text(node: Node | None, file: Path) -> str:
    if not isinstance(node, Scalar):
        raise BadInput("this has to be text", file=file, line=node.line if node is not None else None)
    return node.text


class _Reader:
    def __init__(self, file: Path, losses: Losses) -> None:
        self.file = file
        self.losses = losses
        self.start: Template | None = None
        self.params: dict[str, Param] = {}
        self.secrets: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self.focus: Aim | None = None

    def constant(self, name: Scalar, value: Node) -> None:
        if not re.fullmatch(_NAME, name.text) or not isinstance(value, Scalar):
            self.losses.add(f"line {name.line}", f"the variable {name.text[:40]} is not carried over")
        elif is_secret((name.text,)):
            self.secrets[name.text] = None
            self.losses.note(f"line {name.line}", f"the value of {name.text} is not written; it is a secret now")
        else:
            self.params[name.text] = Param(name.text, "text", value.text)

    def words(self, text: str) -> Template:
        """`${name}` is a name. Raises CannotSay for any other expression, which is JavaScript."""
        parts: list[str | Ref] = []
        for piece, name in re.findall(r"((?:(?!\$\{)[\s\S])+)|\$\{([^}]*)\}", text):
            if piece:
                parts.append(piece)
            elif name.strip() == "maestro.copiedText":
                parts.append(Ref(COPIED))
            elif re.fullmatch(_NAME, name.strip()):
                parts.append(Ref(name.strip()))
                self.used[name.strip()] = None
            else:
                raise CannotSay(f"${{{name[:40]}}} is JavaScript, which is never run")
        return joined(tuple(parts))

    def block(self, commands: Node | None, depth: int = 0) -> list[Step]:
        steps: list[Step] = []
        if not isinstance(commands, Items) or depth > 16:
            raise BadInput(
                "commands have to be a list", file=self.file, line=commands.line if commands is not None else None
            )
        for node in commands.items:
            try:
                self.command(node, steps, depth)
            except CannotSay as why:
                self.losses.add(f"line {node.line}", str(why))
        return steps

    def command(self, node: Node, steps: list[Step], depth: int) -> None:
        at = f"line {node.line}"
        match node:
            case Scalar(text=name):
                value: Node = Scalar("", True, node.line)
            case Entries(pairs=((key, inner),)):
                name, value = key.text, inner
            case _:
                raise BadInput("a command is a word, or a word with what it is about", file=self.file, line=node.line)
        self.optional(value, at)
        match name:
            case "launchApp":
                steps += [Act("open", text=self.start, at=at)] if steps and self.start is not None else []
            case "tapOn" | "doubleTapOn":
                self.focus = self.aim(value)
                steps.append(Act({"tapOn": "click"}.get(name, "double_click"), aim=self.focus, at=at))
            case "inputText":
                self.typed(value, steps, at)
            case "eraseText":
                self.erased(steps, at)
            case "assertVisible" | "assertNotVisible":
                expecting(steps, self.seen(value, there=name == "assertVisible"), at)
            case "extendedWaitUntil":
                expecting(steps, self.waited(value), at)
            case "runFlow" | "repeat" | "retry":
                self.nested(name, value, steps, at, depth)
            case _ if name in _OVER:
                self.losses.note(at, f"`{name}` is left out")
            case _:
                steps.append(self.simple(name, value, at))

    def optional(self, value: Node, at: str) -> None:
        optional = value.get("optional") if isinstance(value, Entries) else None
        if isinstance(optional, Scalar) and optional.flag:
            self.losses.add(at, "`optional` is not carried over: here the step has to succeed")

    def erased(self, steps: list[Step], at: str) -> None:
        if self.focus is None:
            raise CannotSay("it does not say of which field")
        self.unfocused(steps)
        steps.append(Act("clear", aim=self.focus, at=at))

    def simple(self, name: str, value: Node, at: str) -> Act:
        """A command that is one step, whatever stands around it."""
        match name:
            case "pressKey":
                key = self.value(value, "key")
                if key.casefold() not in KEYS:
                    raise CannotSay(f'the key "{key[:40]}" is not one of a browser')
                return Act("press", text=plain(KEYS[key.casefold()]), at=at)
            case "back":
                return Act("back", at=at)
            case "openLink":
                return Act("open", text=self.words(self.value(value, "link")), at=at)
            case "scroll":
                return Act("scroll", text=plain("down"), at=at)
            case "scrollUntilVisible":
                element = value.get("element") if isinstance(value, Entries) else None
                return Act("scroll", aim=self.aim(element or value), at=at)
            case "copyTextFrom":
                return Act("extract", aim=self.aim(value), name=COPIED, at=at)
            case _:
                raise CannotSay(f"the command `{name[:60]}` is not carried over")

    def value(self, node: Node, key: str) -> str:
        inner = node.get(key) if isinstance(node, Entries) else node
        if not isinstance(inner, Scalar):
            raise BadInput(f"`{key}` has to be text", file=self.file, line=node.line)
        return inner.text

    def unfocused(self, steps: list[Step]) -> None:
        """A tap that only gives a field the focus belongs to what is done to the field."""
        last = steps[-1] if steps else None
        if isinstance(last, Act) and last.verb == "click" and last.aim == self.focus and last.expect is None:
            steps.pop()

    def typed(self, value: Node, steps: list[Step], at: str) -> None:
        if self.focus is None:
            raise CannotSay("text is typed into whatever has the focus; cua types into a field with a name")
        text = self.value(value, "text")
        self.unfocused(steps)
        last = steps[-1] if steps else None
        append = not (isinstance(last, Act) and last.verb == "clear" and last.aim == self.focus)
        if not append:
            steps.pop()
        variable = re.fullmatch(rf"\$\{{\s*({_NAME})\s*\}}", text)
        if variable and (variable[1] in self.secrets or is_secret((variable[1],))):
            self.secrets[variable[1]] = None
            steps.append(Act("type", aim=self.focus, secret=variable[1], append=append, at=at))
        elif is_secret((str(self.focus),)) and not variable:
            name = secret_name(self.focus, self.secrets)
            self.secrets[name] = None
            self.losses.note(at, f"what was typed is now the secret {name}; its value is not written")
            steps.append(Act("type", aim=self.focus, secret=name, append=append, at=at))
        else:
            steps.append(Act("type", aim=self.focus, text=self.words(text), append=append, at=at))

    # Selectors

    def aim(self, node: Node) -> Aim:
        match node:
            case Scalar():
                if not node.text.strip():
                    raise CannotSay("it does not say on what")
                return self.named(node.text)
            case Entries():
                return self.selected(node)
            case _:
                raise BadInput("a selector is text or a mapping", file=self.file, line=node.line)

    def named(self, text: str) -> Aim:
        return Aim(self.words(pattern(text)[0]))

    def selected(self, node: Entries) -> Aim:
        at = f"line {node.line}"
        known = node.get("id")
        if node.get("text") is not None:
            aim = self.named(self.value(node, "text"))
        elif known is not None:
            found = Evidence(WORDS, self.value(node, "id")).aim
            if found is None:
                raise CannotSay(f'the id "{self.value(node, "id")[:60]}" is no name of anything')
            self.losses.note(at, WEAK.format(found))
            aim = found
        elif node.get("point") is not None:
            raise CannotSay("a point on the screen is no name of anything")
        else:
            aim = Aim()
        where: list[tuple[Relation, Aim]] = []
        for key, value in node.pairs:
            if key.text in RELATIONS:
                where.append((RELATIONS[key.text], self.aim(value)))
            elif key.text == "index":
                number = value.number if isinstance(value, Scalar) else None
                if not isinstance(number, int):
                    raise BadInput("`index` has to be a number", file=self.file, line=key.line)
                aim = replace(aim, nth=number + 1 if number >= 0 else number)
            elif key.text not in (
                "text",
                "id",
                "label",
                "optional",
                "retryTapIfNoChange",
                "waitToSettleTimeoutMs",
                "repeat",
                "delay",
            ):
                self.losses.add(at, f"`{key.text}` of the selector is not carried over")
        if not aim.name.parts:
            raise CannotSay("the selector has nothing in it that a person would call it by")
        return replace(aim, where=(*aim.where, *where))

    def seen(self, node: Node, *, there: bool) -> Want:
        """A text where there is only that; else an element."""
        only = (
            node
            if isinstance(node, Scalar)
            else node.get("text")
            if isinstance(node, Entries) and node.keys == ("text",)
            else None
        )
        if isinstance(only, Scalar):
            return Want("text" if there else "gone", self.words(pattern(only.text)[0]))
        if isinstance(node, Entries) and (on := node.get("checked") or node.get("enabled")) is not None:
            kind = "checked" if node.get("checked") is not None else "enabled"
            rest = Entries(tuple(pair for pair in node.pairs if pair[0].text != kind), node.line)
            return Want(kind, aim=self.aim(rest), on=(getattr(on, "flag", None) is True) == there)
        want = Want("element", aim=self.aim(node))
        return want if there else Want("not", parts=(want,))

    def waited(self, value: Node) -> Want:
        if not isinstance(value, Entries):
            raise BadInput("extendedWaitUntil needs `visible` or `notVisible`", file=self.file, line=value.line)
        there, gone, timeout = value.get("visible"), value.get("notVisible"), value.get("timeout")
        node = there if there is not None else gone
        if node is None:
            raise BadInput("extendedWaitUntil needs `visible` or `notVisible`", file=self.file, line=value.line)
        number = timeout.number if isinstance(timeout, Scalar) else None
        return replace(
            self.seen(node, there=there is not None),
            within=number / 1000 if number is not None and number > 0 else None,
        )

    # Control

    def nested(self, name: str, value: Node, steps: list[Step], at: str, depth: int) -> None:
        if isinstance(value, Scalar) or (isinstance(value, Entries) and value.get("file") is not None):
            raise CannotSay("the flow of another file is not carried over; import it too, and `call` it")
        if not isinstance(value, Entries):
            raise BadInput(f"{name} needs `commands`", file=self.file, line=value.line)
        condition = value.get("when") if name == "runFlow" else value.get("while")
        question = self.asked(condition) if condition is not None else None
        do = tuple(self.block(value.get("commands"), depth + 1))
        times = value.get("times")
        count = times.number if isinstance(times, Scalar) else None
        if name == "retry":
            self.losses.add(at, "`retry` is not carried over; its commands are, once")
        if name != "repeat":
            steps += [Choice(question, do, (), at)] if question is not None else do
        elif question is not None:
            at_most = count if isinstance(count, int) and count > 0 else 100
            if at_most != count:
                self.losses.note(at, "the loop had no end of its own; now it gives up after 100 rounds")
            until = opposite(question)
            steps.append(Again(do, until, at_most, at))
        elif isinstance(count, int) and 1 <= count <= 100:
            steps.append(Each("round", tuple(plain(str(number)) for number in range(1, count + 1)), do, at))
        else:
            raise CannotSay("it does not say how often in a number from 1 to 100")

    def asked(self, node: Node) -> Want:
        pairs = (
            [(key.text, value) for key, value in node.pairs if key.text != "platform"]
            if isinstance(node, Entries)
            else []
        )
        if len(pairs) != 1 or pairs[0][0] not in ("visible", "notVisible"):
            raise CannotSay("only `visible` and `notVisible` can be asked; its commands are left out")
        return self.seen(pairs[0][1], there=pairs[0][0] == "visible")


def opposite(want: Want) -> Want:
    match want.kind:
        case "text":
            return replace(want, kind="gone")
        case "gone":
            return replace(want, kind="text")
        case "not":
            return want.parts[0]
        case _:
            return Want("not", parts=(want,))
