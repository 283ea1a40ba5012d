"""Task files as Maestro flows for the web."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cua.formats.flat import carried
from cua.formats.flow import EMPTY, Act, Again, Aim, Choice, Flow, Step, Want
from cua.formats.losses import CannotSay, Losses
from cua.formats.maestro import COPIED, KEYS, NAME, RELATIONS, opposite
from cua.formats.plainer import inlined, unrolled
from cua.taskfile.template import Ref, Template
from cua.taskfile.write import listed
from cua.taskfile.write import write as written
from grounding.target import Relation

Json = dict[str, object]
_SPECIAL = re.compile(r"[\\^$.*+?()\[\]{}|]")


def write(flow: Flow, losses: Losses, given: Mapping[str, str]) -> str:
    """The flow as YAML. Params are variables under `env`; secrets are given with -e when it is run."""
    flow = unrolled(inlined(flow, losses), losses)
    env = {}
    for param in flow.params:
        value = given.get(param.name, param.default)
        if value is None or isinstance(value, list):
            losses.note("", f"the param {param.name} has no value; give it to Maestro with -e {param.name}=VALUE")
        else:
            env[param.name] = ("true" if value else "false") if isinstance(value, bool) else str(value)
    for secret in flow.secrets:
        losses.note("", f"the secret {secret} is never written; give it to Maestro with -e {secret}=VALUE")
    writer = _Writer(losses)
    head: Json = {}
    try:
        if flow.start is None:
            raise CannotSay("a Maestro flow begins at an address, and this one has none")
        head["url"] = writer.words(flow.start)
    except CannotSay as why:
        losses.add("start", str(why))
        head["url"] = "about:blank"
    head["name"] = flow.name
    if env:
        head["env"] = env
    commands: list[object] = ["launchApp", *writer.block(flow.steps)]
    if flow.done is not None:
        commands += carried(Act("wait", want=flow.done, at="done"), losses, NAME, writer.step, writer.check)
    return f"{written(head)}---\n{listed(commands)}"


class _Writer:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses

    def words(self, words: Template | None, *, regex: bool = False) -> str:
        """Names as variables; `regex`: the text with its signs meaning themselves. Raises CannotSay."""
        text = ""
        for part in (words or EMPTY).parts:
            if isinstance(part, Ref):
                if part.key is not None:
                    raise CannotSay(f"{part} is a part of a row, which {NAME} does not know")
                text += f"${{{part.name}}}"
            elif "${" in part:
                raise CannotSay("${ in a text would be run as JavaScript")
            else:
                text += _SPECIAL.sub(r"\\\g<0>", part) if regex else part
        return text

    def block(self, steps: tuple[Step, ...]) -> list[object]:
        commands: list[object] = []
        for step in steps:
            try:
                match step:
                    case Act():
                        commands += carried(step, self.losses, NAME, self.step, self.check)
                    case Choice() if not step.otherwise:
                        commands.append(
                            {"runFlow": {"when": self.asked(step.question), "commands": self.block(step.then)}}
                        )
                    case Choice():
                        raise CannotSay("`if` with `else` cannot be said; its steps are left out")
                    case Again() if isinstance(step.at_most, int):
                        until = self.asked(opposite(step.until))
                        inside = self.block(step.do)
                        commands.append({"repeat": {"times": step.at_most, "while": until, "commands": inside}})
                    case _:
                        raise CannotSay(f"{NAME} has no word for it; its steps are left out")
            except CannotSay as why:
                self.losses.add(step.at, str(why))
        return commands

    def selector(self, aim: Aim, at: str) -> object:
        """Raises CannotSay."""
        if not aim.name.parts:
            raise CannotSay(f"things are told by their text alone, and {aim} has none")
        if aim.role is not None:
            self.losses.note(at, f'that "{aim.name}" is a {aim.role} is not carried over')
        text = self.words(aim.name, regex=True)
        form: Json = {"text": text}
        if aim.nth is not None:
            if aim.nth < 0:
                raise CannotSay("counting from the end cannot be said")
            form["index"] = aim.nth - 1
        names = {relation: name for name, relation in RELATIONS.items() if relation is not Relation.IN}
        for relation, other in aim.where:
            if relation not in names:
                raise CannotSay(f'"{relation.value.replace("_", " ")} {other}" cannot be said')
            form[names[relation]] = self.selector(other, at)
        return form["text"] if len(form) == 1 else form

    def step(self, act: Act) -> list[object]:
        tap: Json = {"tapOn": self.selector(act.aim, act.at)} if act.aim is not None else {}
        if act.modifiers:
            raise CannotSay("a key held down meanwhile cannot be said")
        match act.verb:
            case "click":
                return [tap]
            case "double_click":
                return [{"doubleTapOn": tap["tapOn"]}]
            case "type":
                text = f"${{{act.secret}}}" if act.secret is not None else self.words(act.text)
                return [tap, *([] if act.append else ["eraseText"]), {"inputText": text}]
            case "clear":
                return [tap, "eraseText"]
            case "press":
                key = (act.text or EMPTY).plain or ""
                if key.casefold() not in KEYS:
                    raise CannotSay(f"the key {key} cannot be said")
                if tap:
                    self.losses.add(act.at, "the field is tapped first, so that the key goes there")
                return [*([tap] if tap else []), {"pressKey": key}]
            case _:
                return self.others(act, tap)

    def others(self, act: Act, tap: Json) -> list[object]:
        match act.verb:
            case "back":
                return ["back"]
            case "open":
                return [{"openLink": self.words(act.text)}]
            case "scroll" if act.aim is not None:
                return [{"scrollUntilVisible": {"element": tap["tapOn"]}}]
            case "scroll" if act.text is not None and act.text.plain == "down":
                return ["scroll"]
            case "extract" if act.what in (None, "text") and act.name is not None:
                if act.name != COPIED:
                    raise CannotSay("what is copied has no name of its own")
                return [{"copyTextFrom": tap["tapOn"]}]
            case verb:
                raise CannotSay(f"{NAME} has no word for `{verb}`")

    def asked(self, want: Want) -> Json:
        """What can be asked: whether something is visible. Raises CannotSay."""
        there, selector = self.visible(want)
        return {"visible" if there else "notVisible": selector}

    def visible(self, want: Want) -> tuple[bool, object]:
        match want.kind:
            case "text" | "gone" if want.aim is None:
                return want.kind == "text", f".*{self.words(want.text, regex=True)}.*"
            case "element" if want.aim is not None:
                return True, self.selector(want.aim, "")
            case "not" if want.parts[0].kind == "element":
                return False, self.visible(want.parts[0])[1]
            case kind:
                raise CannotSay(f"`{kind}` cannot be asked in {NAME}")

    def check(self, want: Want) -> list[object]:
        if want.kind in ("checked", "enabled") and want.aim is not None:
            selector = self.selector(want.aim, "")
            form = selector if isinstance(selector, dict) else {"text": selector}
            return [{"assertVisible": {**form, want.kind: want.on}}]
        there, selector = self.visible(want)
        if want.within is not None:
            return [
                {
                    "extendedWaitUntil": {
                        "visible" if there else "notVisible": selector,
                        "timeout": round(want.within * 1000),
                    }
                }
            ]
        return [{"assertVisible" if there else "assertNotVisible": selector}]
