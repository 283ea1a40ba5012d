"""From a `Flow` to a task file: short, in words a person would say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cua.formats.flow import Act, Again, Aim, Choice, Each, Flow, Row, Step, Sub, Want, parts_of
from cua.formats.from_task import aim_of
from cua.taskfile.aims import aim as read_aim
from cua.taskfile.grammar import BARE
from cua.taskfile.params import Param
from cua.taskfile.template import BadTemplate, Ref, Template, braced
from cua.taskfile.write import Comment, write
from grounding.describe import describe
from grounding.errors import BadTarget
from grounding.target import Clause, Target


def task_text(flow: Flow, notes: Iterable[str] = ()) -> str:
    """The task file. `notes` stand at its head as comments."""
    task: dict[str, object] = {f"#{number}": Comment(note) for number, note in enumerate(notes)}
    task["cua"] = 1
    task["name"] = file_name(flow.name)
    if flow.description:
        task["description"] = flow.description
    if flow.goal is not None:
        task["goal"] = words(flow.goal)
    if flow.start is not None:
        task["start"] = {"url": words(flow.start)}
    if flow.params:
        task["params"] = {param.name: _param(param) for param in flow.params}
    if flow.secrets:
        task["secrets"] = list(flow.secrets)
    task["steps"] = [step_data(step) for step in flow.steps]
    if flow.done is not None:
        task["done"] = want_data(flow.done)
    return write(task)


def file_name(name: str) -> str:
    """A name as the grammar has it: letters, digits, - and _."""
    kept = re.sub(r"[^A-Za-z0-9 ._-]+", "-", name).strip(" ._-")[:80].strip(" ._-")
    return kept if kept else "workflow"


def words(template: Template) -> str:
    return "".join(str(part) if isinstance(part, Ref) else braced(part) for part in template.parts)


def _param(param: Param) -> object:
    plain = {"text": str, "integer": int, "boolean": bool, "list": list}
    if not param.description and param.required and type(param.default) is plain.get(param.type):
        return param.default
    form: dict[str, object] = {"type": param.type}
    if param.options:
        form["options"] = list(param.options)
    if param.default is not None:
        form["default"] = param.default
    if not param.required:
        form["required"] = False
    if param.description:
        form["description"] = param.description
    return form


# Targets


def aim_data(aim: Aim) -> object:
    """Words where they read back as just this target; else a mapping."""
    text = _words(aim)
    if text is not None and (not aim.where or len(text) <= 60):
        return text
    plainly = aim.role is None and not aim.exact and bool(aim.name.parts)
    named = _words(Aim(aim.name, None, aim.nth)) if plainly else None
    form: dict[str, object] = {}
    if named is not None:
        form["target"] = named
    elif aim.name.parts:
        form["target"] = words(aim.name)
    if aim.role is not None:
        form["role"] = aim.role
    if aim.exact or (plainly and named is None):
        form["exact"] = True
    if aim.nth is not None and named is None:
        form["nth"] = aim.nth
    for relation, other in aim.where:
        form[relation.value] = aim_data(other)
    return form


def _words(aim: Aim) -> str | None:
    """Words for a target, None where none would read back as it."""
    holes: list[Ref] = []
    target = _target(aim, holes)
    try:
        text = braced(describe(target))
        for number, ref in enumerate(holes):
            text = text.replace(_stand_in(number), str(ref))
        again = aim_of(read_aim(Template.parse(text, 0)))
    except (BadTarget, BadTemplate):
        return None
    return text if again == aim else None


def _target(aim: Aim, holes: list[Ref]) -> Target:
    name = ""
    for part in aim.name.parts:
        if isinstance(part, Ref):
            holes.append(part)
        name += _stand_in(len(holes) - 1) if isinstance(part, Ref) else part
    clauses = tuple(Clause(relation, _target(other, holes)) for relation, other in aim.where)
    return Target(name, aim.role, aim.nth, clauses, aim.exact)


def _stand_in(number: int) -> str:
    return f"Zqw{chr(97 + number // 26)}{chr(97 + number % 26)}zq"


# Expectations


def want_data(want: Want, own: Aim | None = None) -> dict[str, object]:
    """The mapping. `own` is the step's own target, which states need not name."""
    parts = parts_of(want)
    data: dict[str, object] = {}
    if len(parts) == 1:
        data = _one(parts[0], own)
        if parts[0].within is not None:
            data["within"] = parts[0].within
        return data
    texts = [words(part.text) for part in parts if _bare(part, "text") and part.text is not None]
    for part in parts:
        if _bare(part, "text"):
            data.setdefault("text", texts[0] if len(texts) == 1 else texts)
            continue
        one = _one(part, own)
        if part.within is not None or data.keys() & one.keys():
            return {"all": [want_data(each, own) for each in parts]}
        data |= one
    return data


def _bare(want: Want, kind: str) -> bool:
    return want.kind == kind and want.aim is None and want.within is None


def _one(want: Want, own: Aim | None) -> dict[str, object]:
    kind, text = want.kind, words(want.text) if want.text is not None else None
    match kind:
        case "all" | "any":
            return {kind: [want_data(part, own) for part in want.parts]}
        case "not":
            return {kind: want_data(want.parts[0], own)}
        case "text" if want.aim is not None:
            return {kind: {"text": text, "in": aim_data(want.aim)}}
        case "selected" if want.aim is not None:
            return {kind: {"option": text, "from": aim_data(want.aim)}}
        case "file":
            inner = want.parts[0].text if want.parts else None
            return {kind: text if inner is None else {"path": text, "contains": words(inner)}}
        case "value":
            return {kind: text} if want.aim == own else {kind: _beside(want.aim, {"is": text})}
        case "checked" | "enabled" | "focused":
            return {kind: _state(want, own)}
        case "element":
            return {kind: aim_data(_aim(want.aim))}
        case "changed":
            return {kind: aim_data(want.aim) if want.aim is not None else True}
        case "count":
            numbers = {name: _number(number) for name, number in want.numbers}
            return {kind: _beside(want.aim, numbers)}
        case "http":
            return {kind: _http(want, text)}
        case _:
            return {kind: text}


def _state(want: Want, own: Aim | None) -> object:
    if want.aim == own:
        return want.on
    return aim_data(_aim(want.aim)) if want.on else _beside(want.aim, {"is": False})


def _http(want: Want, text: str | None) -> object:
    status = dict(want.numbers).get("status")
    form = {"status": status, "method": want.method, "url": text}
    return {name: value for name, value in form.items() if value is not None}


def _aim(aim: Aim | None) -> Aim:
    if aim is None:
        raise TypeError("this expectation does not say of what")
    return aim


def _beside(aim: Aim | None, more: dict[str, object]) -> dict[str, object]:
    """A target and what stands beside it in one mapping."""
    data = aim_data(_aim(aim))
    return {**(data if isinstance(data, dict) else {"target": data}), **more}


def _number(number: int | Ref) -> object:
    return str(number) if isinstance(number, Ref) else number


# Steps


def step_data(step: Step) -> object:
    match step:
        case Act():
            return _act(step)
        case Choice():
            question = want_data(step.question)
            form: dict[str, object] = {"expect": question} if "within" in question else dict(question)
            form["then"] = [step_data(one) for one in step.then]
            if step.otherwise:
                form["else"] = [step_data(one) for one in step.otherwise]
            return {"if": form}
        case Each():
            rows = step.rows
            listed: object = str(rows) if isinstance(rows, Ref) else _rows(rows)
            form = {"row": step.row} if step.row != "row" else {}
            return {"for_each": {**form, "in": listed, "do": [step_data(one) for one in step.do]}}
        case Again():
            do = [step_data(one) for one in step.do]
            return {"repeat": {"do": do, "until": want_data(step.until), "at_most": _number(step.at_most)}}
        case Sub():
            given = {name: _cell(value) for name, value in step.given}
            form = {"workflow": step.workflow} | ({"with": given} if given else {})
            return {"call": form | ({"as": step.name} if step.name else {})}


def _rows(rows: tuple[Row, ...] | Aim) -> object:
    if isinstance(rows, Aim):
        data = aim_data(rows)
        return data if isinstance(data, dict) else {"target": data}
    return [_cell(row) for row in rows]


def _cell(cell: object) -> object:
    if isinstance(cell, Template):
        return words(cell)
    if isinstance(cell, tuple):
        if all(isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) for pair in cell) and cell:
            return {name: _cell(value) for name, value in cell}
        return [_cell(one) for one in cell]
    return cell


def _act(act: Act) -> object:
    if act.verb in BARE and not (act.expect or act.commit or act.already or act.timeout or act.within):
        return act.verb
    data: dict[str, object] = {act.verb: _verb(act)}
    if act.commit:
        data["commit"] = True
    if act.already is not None:
        data["already"] = want_data(act.already, act.aim)
    if act.expect is not None:
        data["expect"] = want_data(act.expect, act.aim)
    if act.timeout is not None:
        data["timeout"] = act.timeout
    if act.within is not None:
        data["within"] = act.within
    return data


def _verb(act: Act) -> object:
    aim = aim_data(act.aim) if act.aim is not None else None
    text = words(act.text) if act.text is not None else None
    match act.verb:
        case "back" | "forward" | "reload":
            return None
        case "open" | "switch":
            return text
        case "type":
            typed: dict[str, object] = {"secret": act.secret} if act.secret is not None else {"text": text}
            return {"into": aim, **typed} | ({"append": True} if act.append else {})
        case "press":
            return text if aim is None else {"keys": text, "into": aim}
        case "select":
            return {"from": aim, "option": text}
        case "drag":
            return {"from": aim, "to": aim_data(_aim(act.to))}
        case "upload":
            files = [words(file) for file in act.files]
            return {"into": aim, "file": files[0] if len(files) == 1 else files}
        case "download":
            return {"target": aim, "to": words(act.path or Template((), 0))}
        case "wait":
            return want_data(act.want) if act.want is not None else None
        case "ask":
            return text if act.name is None else {"question": text, "as": act.name}
        case _:
            return _others(act, aim, text)


def _others(act: Act, aim: object, text: str | None) -> object:
    form: dict[str, object] = {"target": aim} if not isinstance(aim, dict) else dict(aim)
    match act.verb:
        case "scroll":
            if text is not None and aim is None and act.by is None:
                return text
            form = {} if aim is None else {"target": aim}
            form |= {"to": text} if text is not None else {}
            return form | ({"by": act.by} if act.by is not None else {})
        case "extract":
            form = {"target": aim}
            for key, value in (("what", act.what), ("as", act.name), ("into", words(act.path) if act.path else None)):
                if value is not None:
                    form[key] = value
            return form
        case _:
            if act.modifiers:
                held = act.modifiers[0] if len(act.modifiers) == 1 else list(act.modifiers)
                return form | {"modifiers": held}
            return aim
