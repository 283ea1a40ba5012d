"""Flows made simpler for formats that say less: called files put in place, lists in the file gone through one by one,
names filled in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from cua.formats.flow import Act, Again, Choice, Each, Flow, Row, Step, Sub, every, joined, plain
from cua.formats.losses import Losses
from cua.run import Json
from cua.taskfile.load import MAX_STEPS
from cua.taskfile.template import Ref, Template

T = TypeVar("T")
Put = Callable[[Ref], tuple[str | Ref, ...]]


def put(thing: T, value: Put) -> T:
    """The same with every name replaced by what `value` gives for it."""
    return _put(thing, value)  # type: ignore[no-any-return]


def _put(thing: Any, value: Put) -> Any:
    match thing:
        case Template():
            parts = tuple(one for part in thing.parts for one in (value(part) if isinstance(part, Ref) else (part,)))
            return joined(parts)
        case Ref():
            new = value(thing)
            return new[0] if len(new) == 1 and isinstance(new[0], Ref) else thing
        case Flow():
            return thing  # a called file has names of its own
        case tuple():
            return tuple(_put(one, value) for one in thing)
        case _ if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            fields = {field.name: _put(getattr(thing, field.name), value) for field in dataclasses.fields(thing)}
            return dataclasses.replace(thing, **fields)
        case _:
            return thing


def as_words(value: Json | Template) -> tuple[str | Ref, ...]:
    """A value as it is written into a text."""
    match value:
        case Template():
            return value.parts
        case None:
            return ()
        case bool():
            return ("true" if value else "false",)
        case _:
            return (str(value),)


# Called files


def inlined(flow: Flow, losses: Losses, depth: int = 0) -> Flow:
    """The flow with the steps of called files in the place of the calls."""
    steps = _inlined(flow.steps, losses, depth)
    outer = {name: f"{name.replace('.', '_')}" for name in _gains(flow.steps)}
    return put_flow(dataclasses.replace(flow, steps=steps), lambda ref: (_outer(ref, outer),))


def put_flow(flow: Flow, value: Put) -> Flow:
    return dataclasses.replace(
        flow,
        steps=put(flow.steps, value),
        goal=put(flow.goal, value),
        start=put(flow.start, value),
        done=put(flow.done, value),
    )


def _gains(steps: tuple[Step, ...]) -> set[str]:
    return {step.name for step in every(steps) if isinstance(step, Sub) and step.name}


def _outer(ref: Ref, calls: Mapping[str, str]) -> Ref:
    """What a call gave back has a name of its own once its steps stand in line."""
    return Ref(f"{ref.name}_{ref.key}") if ref.name in calls and ref.key else ref


def _inlined(steps: tuple[Step, ...], losses: Losses, depth: int) -> tuple[Step, ...]:
    whole: list[Step] = []
    for step in steps:
        match step:
            case Sub():
                whole += _called(step, losses, depth)
            case Choice():
                then, otherwise = _inlined(step.then, losses, depth), _inlined(step.otherwise, losses, depth)
                whole.append(dataclasses.replace(step, then=then, otherwise=otherwise))
            case Each() | Again():
                whole.append(dataclasses.replace(step, do=_inlined(step.do, losses, depth)))
            case _:
                whole.append(step)
    return tuple(whole)


def _called(call: Sub, losses: Losses, depth: int) -> tuple[Step, ...]:
    if call.flow is None or depth > 16:
        losses.add(call.at, f"the steps of {call.workflow} are not carried over")
        return ()
    flow = inlined(call.flow, losses, depth + 1)
    given = dict(call.given)
    values: dict[str, tuple[str | Ref, ...]] = {}
    lists: dict[str, tuple[Row, ...]] = {}
    for param in flow.params:
        value: Any = given.get(param.name, param.default)
        if isinstance(value, tuple | list):
            lists[param.name] = tuple(plain(one) if isinstance(one, str) else one for one in value)
        else:
            values[param.name] = as_words(value)
    own = {step.name for step in every(flow.steps) if isinstance(step, Act) and step.name}
    prefix = call.name or "called"

    def value_of(ref: Ref) -> tuple[str | Ref, ...]:
        if ref.name in values and ref.key is None:
            return values[ref.name]
        return (Ref(f"{prefix}_{ref.name}", ref.key),) if ref.name in own else (ref,)

    return tuple(_renamed(put(step, value_of), lists, own, prefix, call.at) for step in flow.steps)


def _renamed(step: Step, lists: Mapping[str, tuple[Row, ...]], own: set[str], prefix: str, at: str) -> Step:
    """A step of a called file: what it reads gets a name of its own, its place is that of the call."""
    match step:
        case Act():
            name = f"{prefix}_{step.name}" if step.name in own else step.name
            return dataclasses.replace(step, name=name, at=at)
        case Choice():
            then = tuple(_renamed(one, lists, own, prefix, at) for one in step.then)
            otherwise = tuple(_renamed(one, lists, own, prefix, at) for one in step.otherwise)
            return dataclasses.replace(step, then=then, otherwise=otherwise, at=at)
        case Each():
            rows = lists.get(step.rows.name, step.rows) if isinstance(step.rows, Ref) else step.rows
            do = tuple(_renamed(one, lists, own, prefix, at) for one in step.do)
            return dataclasses.replace(step, rows=rows, do=do, at=at)
        case Again():
            return dataclasses.replace(step, do=tuple(_renamed(one, lists, own, prefix, at) for one in step.do), at=at)
        case Sub():
            return step


# Lists


def unrolled(flow: Flow, losses: Losses) -> Flow:
    """The flow with the steps of a for_each over a known list written out for each row."""
    lists = {param.name: param.default for param in flow.params if isinstance(param.default, list)}
    steps = _unrolled(flow.steps, lists, losses)
    if len(steps) > MAX_STEPS:
        losses.add("", f"written out these are more than {MAX_STEPS:,} steps; the rest is left out")
    return dataclasses.replace(flow, steps=steps[:MAX_STEPS])


def _unrolled(steps: tuple[Step, ...], lists: Mapping[str, Any], losses: Losses) -> tuple[Step, ...]:
    whole: list[Step] = []
    for step in steps:
        if len(whole) > MAX_STEPS:
            break
        match step:
            case Each() if isinstance(step.rows, tuple) or (isinstance(step.rows, Ref) and step.rows.name in lists):
                rows = step.rows if isinstance(step.rows, tuple) else tuple(lists[step.rows.name])
                if isinstance(step.rows, Ref):
                    losses.add(step.at, f"the list {step.rows} is written out with its default")
                for row in rows:
                    do = put(step.do, partial(_of_row, name=step.row, row=row))
                    whole += _unrolled(do, lists, losses)
            case Choice():
                then, otherwise = _unrolled(step.then, lists, losses), _unrolled(step.otherwise, lists, losses)
                whole.append(dataclasses.replace(step, then=then, otherwise=otherwise))
            case Each() | Again():
                whole.append(dataclasses.replace(step, do=_unrolled(step.do, lists, losses)))
            case _:
                whole.append(step)
    return tuple(whole)


def _of_row(ref: Ref, name: str, row: Any) -> tuple[str | Ref, ...]:
    if ref.name != name:
        return (ref,)
    if ref.key is None:
        return (ref,) if isinstance(row, tuple | dict) else as_words(row)
    cells = dict(row) if isinstance(row, tuple | dict) else {}
    for key, cell in cells.items():
        if key.strip().casefold() == ref.key.casefold():
            return as_words(cell)
    return (ref,)


# Names


def filled(flow: Flow, given: Mapping[str, str], losses: Losses, called: str) -> Flow:
    """The flow with the values of its params in the place of their names, for a format that has no variables."""
    values: dict[str, tuple[str | Ref, ...]] = {}
    for param in flow.params:
        if param.name in given:
            values[param.name] = (given[param.name],)
        elif param.default is not None and not isinstance(param.default, list):
            values[param.name] = as_words(param.default)
            losses.add("", f'{called} has no variables: {{{param.name}}} is written as "{param.default}"')
        elif param.default is None:
            losses.add("", f"{called} has no variables; give a value with --param {param.name}=VALUE")
    return put_flow(flow, lambda ref: values.get(ref.name, (ref,)) if ref.key is None else (ref,))
