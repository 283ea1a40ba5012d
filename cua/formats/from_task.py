"""From a task file that has been read to a `Flow`."""

from __future__ import annotations

import dataclasses
import re
from typing import TypeVar

from cua.formats.flow import EMPTY, Act, Again, Aim, Choice, Each, Flow, Row, Step, Sub, Want, joined
from cua.formats.losses import Losses
from cua.taskfile.forms import (
    Call,
    Cell,
    Do,
    Fields,
    ForEach,
    GivenForm,
    If,
    Node,
    PathForm,
    Repeat,
    RowsForm,
    TargetForm,
)
from cua.taskfile.task import TaskFile
from cua.taskfile.template import Ref, Template
from grounding.target import Target

T = TypeVar("T")
_KNOWN = {
    Do: frozenset({"verb", "fields", "line", "expect", "commit", "already", "timeout", "within"}),
    If: frozenset({"question", "then", "otherwise", "line", "timeout"}),
    ForEach: frozenset({"row", "rows", "do", "line", "timeout"}),
    Repeat: frozenset({"do", "until", "at_most", "line", "timeout"}),
    Call: frozenset({"workflow", "given", "name", "line"}),
}
_KNOWN_OF_FILE = frozenset(
    {
        "path",
        "name",
        "words",
        "steps",
        "done",
        "description",
        "starts",
        "params",
        "secrets",
        "timeout",
        "called",
        "digest",
        "terms",
        "anchors",
    }
)


def flow_of(task: TaskFile, losses: Losses) -> Flow:
    """What the file says. What a `Flow` has no place for goes to the losses."""
    _unknown(task, _KNOWN_OF_FILE, "", losses)
    if task.terms.parts:
        losses.add("", "what the run is held to (`always`, `never`, `order`) is not carried over")
    if task.anchors:
        what = "what was recorded of targets, to find them again (`anchors`), is not carried over"
        losses.add(f"line {task.anchors[0].line}", what)
    starts = [start for start in task.starts if start.url is not None]
    if len(task.starts) > 1:
        losses.add("", "the file begins in several places; only the first address is carried over")
    elif task.starts and not starts:
        losses.add("", "the file starts a program; only what happens in a browser can be carried over")
    return Flow(
        name=task.name,
        steps=tuple(_step(node, task, losses) for node in task.steps),
        goal=task.words and template(task.words),
        description=task.description,
        start=template(starts[0].url) if starts and starts[0].url is not None else None,
        params=tuple(dataclasses.replace(param, line=0) for param in task.params),
        secrets=task.secrets,
        done=want_of(task.done, None) if task.done is not None else None,
    )


def _unknown(thing: object, known: frozenset[str], at: str, losses: Losses) -> None:
    """Tells of what the grammar has learned since this was written, rather than to drop it."""
    for field in dataclasses.fields(thing):  # type: ignore[arg-type]
        if field.name not in known and getattr(thing, field.name):
            losses.add(at, f"`{field.name}` is not carried over")


def template(words: Template) -> Template:
    return joined(words.parts)


# Targets


def aim_of(form: TargetForm) -> Aim:
    holes = dict(form.holes)
    return _aim(form.target, holes)


def _aim(target: Target, holes: dict[str, Ref]) -> Aim:
    where = tuple((clause.relation, _aim(clause.target, holes)) for clause in target.clauses)
    return Aim(_named(target.name, holes), target.role, target.nth, target.exact, where)


def _named(name: str, holes: dict[str, Ref]) -> Template:
    if not holes:
        return joined((name,)) if name else EMPTY
    pieces = re.split("(" + "|".join(map(re.escape, sorted(holes, key=len, reverse=True))) + ")", name)
    return joined(tuple(holes.get(piece, piece) for piece in pieces))


# Expectations


def want_of(form: Fields, own: Aim | None) -> Want:
    """The expectation. `own` is the target that states without one are about."""
    parts = tuple(_one(key, form.values[key], own) for key in form.values if key != "within")
    within = form.get("within", float)
    if len(parts) == 1 and parts[0].within is None:
        return dataclasses.replace(parts[0], within=within)
    return Want("all", parts=parts, within=within)


def _one(key: str, value: object, own: Aim | None) -> Want:
    match key, value:
        case "all" | "any", tuple():
            return Want(key, parts=tuple(want_of(part, own) for part in value if isinstance(part, Fields)))
        case "not", Fields():
            return Want(key, parts=(want_of(value, own),))
        case "text" | "gone", tuple():
            parts = tuple(_one(key, one, own) for one in value)
            return parts[0] if len(parts) == 1 else Want("all", parts=parts)
        case "text", Fields():
            return Want(key, _text(value, "text"), _of(value, "in"))
        case "selected", Fields():
            return Want(key, _text(value, "option"), _of(value, "from"))
        case "value", Fields():
            return Want(key, _text(value, "is") or _text(value, "value") or EMPTY, _of(value, "target"))
        case "checked" | "enabled" | "focused", Fields():
            return Want(key, aim=_of(value, "target"), on=value.values.get("is") is not False)
        case _, Fields():
            return _with_fields(key, value)
        case _, TargetForm():
            return Want(key, aim=aim_of(value))
        case _, Template():
            return Want(key, template(value), own if key == "value" else None)
        case "changed", _:
            return Want(key)
        case _:
            return Want(key, aim=own, on=value is True)


def _with_fields(key: str, value: Fields) -> Want:
    match key:
        case "count":
            numbers = tuple((name, number) for name, number in value.values.items() if isinstance(number, int | Ref))
            return Want(key, aim=_of(value, "target"), numbers=numbers)
        case "file":
            path, inside = value.need("path", PathForm), _text(value, "contains")
            return Want(key, template(path.template), parts=(Want("text", inside),) if inside is not None else ())
        case "http":
            status = value.get("status", int)
            numbers = (("status", status),) if status is not None else ()
            return Want(key, _text(value, "url"), numbers=numbers, method=value.get("method", str))
        case _:
            raise TypeError(f"{key} is no mapping")


def _text(form: Fields, key: str) -> Template | None:
    value = form.get(key, Template)
    return template(value) if value is not None else None


def _of(form: Fields, key: str) -> Aim | None:
    value = form.get(key, TargetForm)
    return aim_of(value) if value is not None else None


# Steps


_STRONG = re.compile(r"\b(in|on|of|from) (the )?(same )?(row|line|column|card|list item)( \w+)?\b")
_WEAK = re.compile(r"\s(in|on|from|of|for|under|after|before)\s")


def _ambiguous(part: object, at: str, losses: Losses) -> None:
    """Tells of targets that `cua` reads in another way where the screen has something of that whole name."""
    match part:
        case TargetForm() if (
            part.target.clauses and part.words == part.target.text and _WEAK.search(_STRONG.sub("", part.words))
        ):
            what = f'"{part.words}" may be the name of one thing; it is carried over as "{aim_of(part)}"'
            losses.add(at, f"{what}: put the name in quotes, or write {{target: …, in: …}}")
        case Fields():
            for value in part.values.values():
                _ambiguous(value, at, losses)
        case tuple():
            for value in part:
                _ambiguous(value, at, losses)


def _step(node: Node, task: TaskFile, losses: Losses) -> Step:
    at = f"line {getattr(node, 'line', 0)}"
    _ambiguous(node.parts, at, losses)
    _unknown(node, _KNOWN[type(node)], at, losses)
    match node:
        case Do():
            return _act(node, at, losses)
        case If():
            then, otherwise = _steps(node.then, task, losses), _steps(node.otherwise, task, losses)
            return Choice(want_of(node.question, None), then, otherwise, at)
        case ForEach():
            rows: tuple[Row, ...] | Ref | Aim
            match node.rows:
                case RowsForm():
                    rows = tuple(_row(row) for row in node.rows.rows)
                case TargetForm():
                    rows = aim_of(node.rows)
                case _:
                    rows = node.rows
            return Each(node.row, rows, _steps(node.do, task, losses), at)
        case Repeat():
            return Again(_steps(node.do, task, losses), want_of(node.until, None), node.at_most, at)
        case Call():
            called = task.called.get(node.workflow)
            flow = flow_of(called, losses) if called is not None else None
            return Sub(node.workflow, _given(node.given), node.name, flow, at)


def _steps(nodes: tuple[Node, ...], task: TaskFile, losses: Losses) -> tuple[Step, ...]:
    return tuple(_step(node, task, losses) for node in nodes)


def _row(row: Cell | tuple[tuple[str, Cell], ...]) -> Row:
    return tuple((name, _cell(cell)) for name, cell in row) if isinstance(row, tuple) else _cell(row)


def _cell(cell: Cell) -> Template | bool | int | float | None:
    return template(cell) if isinstance(cell, Template) else cell


def _given(form: GivenForm) -> tuple[tuple[str, Row | tuple[Row, ...]], ...]:
    return tuple(
        (name, tuple(_cell(one) for one in value) if isinstance(value, tuple) else _cell(value))
        for name, value in form.values
    )


def _act(node: Do, at: str, losses: Losses) -> Act:
    fields = node.fields
    aim = next((_of(fields, key) for key in ("target", "into", "from") if key in fields.values), None)
    if node.verb == "wait":
        return Act("wait", want=want_of(fields, None), timeout=node.timeout, within=node.within, at=at)
    if node.verb == "drag" and "at" in fields.values:
        losses.add(at, f"that it is dropped on the {fields.values['at']} of the other (`at`) is not carried over")
    return Act(
        node.verb,
        aim=aim,
        to=_of(fields, "to") if node.verb == "drag" else None,
        text=_words(fields),
        secret=fields.get("secret", str),
        append=fields.values.get("append") is True,
        modifiers=fields.many("modifiers", str),
        files=tuple(template(file.template) for file in fields.many("file", PathForm)),
        path=_path(fields),
        name=fields.get("as", str),
        what=fields.get("what", str),
        by=_number(fields.values.get("by")),
        expect=want_of(node.expect, aim) if node.expect is not None else None,
        commit=node.commit,
        already=want_of(node.already, aim) if node.already is not None else None,
        timeout=node.timeout,
        within=node.within,
        at=at,
    )


def _words(fields: Fields) -> Template | None:
    for key in ("text", "url", "keys", "option", "question", "to"):
        value = fields.values.get(key)
        if isinstance(value, Template):
            return template(value)
        if isinstance(value, str):
            return joined((value,))
    return None


def _path(fields: Fields) -> Template | None:
    path = next((value for key in ("to", "into") if isinstance(value := fields.values.get(key), PathForm)), None)
    return template(path.template) if path is not None else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
