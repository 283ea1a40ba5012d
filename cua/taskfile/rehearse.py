"""Filling in what is known before the run, so that a value that makes a step wrong is told before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cua.errors import BadInput
from cua.run import Json
from cua.taskfile.contracts import rule
from cua.taskfile.forms import Call, Do, ForEach, If, Node, Repeat, TargetForm, blocks, given_value
from cua.taskfile.params import BadValue, Param
from cua.taskfile.paths import BadPath
from cua.taskfile.problems import Problem
from cua.taskfile.template import NoValue, Ref, part_of
from cua.taskfile.wants import expectation

if TYPE_CHECKING:
    from cua.taskfile.task import TaskFile


@dataclass(frozen=True, slots=True)
class Partly:
    """A scope in which only some names have values yet."""

    values: Mapping[str, Json]

    def value(self, ref: Ref) -> Json:
        if ref.name not in self.values:
            raise NoValue(f"{ref} has no value yet", later=True)
        return part_of(ref, self.values[ref.name])


def rehearse(task: TaskFile, values: Mapping[str, Json]) -> None:
    """Raises BadInput with the line of the first step that these values make wrong, in whatever branch it is."""
    for problem in rehearsal(task, values):
        raise problem.error()


def rehearsal(task: TaskFile, values: Mapping[str, Json]) -> Iterator[Problem]:
    """The steps that these values make wrong. What depends on rows, answers and readings is left to the run."""
    scope = Partly(values)
    fill = task.compiler.fill(scope)
    for part in task.terms.parts:
        try:
            rule(part, fill) if part in task.terms.order else expectation(part, fill)
        except NoValue as error:
            if not error.later:
                yield Problem(task.path, part.line, str(error))
        except BadPath as error:
            yield Problem(task.path, part.line, str(error))
    yield from _block(task, task.steps, scope)


def _block(task: TaskFile, nodes: tuple[Node, ...], scope: Partly) -> Iterator[Problem]:
    for node in nodes:
        try:
            if isinstance(node, Call):
                yield from _call(task, node, scope)
            else:
                _fill(task, node, scope)
        except NoValue as error:
            if not error.later:
                yield Problem(task.path, node.line, str(error))
        except (BadPath, BadInput) as error:
            yield Problem(task.path, node.line, str(error))
        for _, inside in blocks(node):
            yield from _block(task, inside, scope)


def _fill(task: TaskFile, node: Node, scope: Partly) -> None:
    match node:
        case Do():
            task.compiler.step(node, "", scope)
        case If() | Repeat():
            task.compiler.question(node, "", scope)
        case ForEach(rows=TargetForm() as form):
            task.compiler.rows(node, form, "", scope)
        case ForEach(rows=Ref() as ref):
            if not isinstance(scope.value(ref), list):
                raise NoValue(f"{ref} is no list, so there is nothing to go through")
        case _:
            return


def _call(task: TaskFile, node: Call, scope: Partly) -> Iterator[Problem]:
    called = task.called[node.workflow]
    params = {param.name: param for param in called.params}
    values: dict[str, Json] = {param.name: param.default for param in called.params if param.default is not None}
    for name, cell in node.given.values:
        values.pop(name, None)
        try:
            values[name] = _typed(params[name], given_value(cell, scope))
        except NoValue as error:
            if not error.later:
                raise
    yield from rehearsal(called, values)


def _typed(param: Param, value: Json) -> Json:
    try:
        return param.parse(value)
    except BadValue as error:
        raise BadInput(f'the param "{param.name}" {error}') from None
