"""The planner of task files: walks the program along what has been proved, and emits the next straight line of steps.

It holds no state: the same goal, screen and run give the same plan. What control steps decided, and what was read or
answered, is in the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Never
from urllib.parse import urljoin

from cua.contract import Contract
from cua.errors import BadInput, Denied, GaveUp
from cua.goal import Goal
from cua.run import Done, Json, Run
from cua.step import Plan, Step
from cua.taskfile.contracts import contract
from cua.taskfile.forms import Call, Do, ForEach, If, Node, Repeat, RowsForm, TargetForm, blocks, given_value, row_value
from cua.taskfile.load import MAX_STEPS
from cua.taskfile.paths import BadPath
from cua.taskfile.rehearse import rehearse
from cua.taskfile.task import TaskFile
from cua.taskfile.template import Known, NoValue, Ref, part_of
from envs.action import Open
from envs.observation import Observation

MOST_TRIES = 2
"""How often a step is tried before the planner gives up."""


@dataclass(frozen=True)
class ScriptPlanner:
    """Plans a task file. `values` are for its params, as given or typed; `first` is the step to begin with, from 1.

    Raises BadInput when made: for params that do not fit, and for what these values would make wrong (a path that
    leaves the folder, a target without a name)."""

    task: TaskFile
    values: Mapping[str, object]
    first: int = 1
    name: str = "script"

    def __post_init__(self) -> None:
        if not 1 <= self.first <= len(self.task.steps):
            raise BadInput(f"there is no step {self.first}; the file has {len(self.task.steps)}", file=self.task.path)
        rehearse(self.task, self.typed)

    @cached_property
    def typed(self) -> dict[str, Json]:
        """A value for every param, in its type."""
        return self.task.parse_params(self.values)

    def plan(self, goal: Goal, now: Observation, run: Run) -> Plan:
        """The steps up to the next one whose answer decides what comes after it. Raises GaveUp, or Denied for a path
        that leaves the folder of the file."""
        walk = _Walk(run, goal.start or now.url)
        frame = _Frame(self.task, dict(self.typed))
        try:
            for number, node in enumerate(self.task.steps, 1):
                if number >= self.first:
                    walk.node(node, str(number), frame)
        except _EndOfLine:
            pass
        steps = tuple(walk.steps)
        return Plan(steps, f"{self.task.path.name}: {_from_to(steps)}")


def _from_to(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "all steps are done"
    return f"step {steps[0].id}" if len(steps) == 1 else f"steps {steps[0].id} to {steps[-1].id}"


class _EndOfLine(Exception):
    """What comes next depends on a step that has not been done yet."""


class _Frame:
    """The names of one file while it is walked: params, rows, and what its steps have read. `held` is what every step
    of a called file is held to; what the run is held to is in its goal."""

    def __init__(self, task: TaskFile, values: dict[str, Json], held: Contract | None = None) -> None:
        self.task = task
        self.held = held
        self.compiler = task.compiler
        self.values = values
        self.made: dict[str, Json] = {}
        self.later: set[str] = set()

    def under(self, step: Step) -> Step:
        """The step, held to what its file is."""
        if self.held is None:
            return step
        always, never = (*step.always, *self.held.always), (*step.never, *self.held.never)
        return replace(step, always=always, never=never, recover=tuple(map(self.under, step.recover)))

    def within(self, task: TaskFile, values: dict[str, Json]) -> _Frame:
        """The frame of a file that is called. Raises NoValue, BadPath."""
        own = contract(task.terms, task.compiler.fill(Known(values)))
        outer = self.held or Contract()
        held = Contract((*outer.always, *own.always), (*outer.never, *own.never))
        return _Frame(task, values, None if held.empty else held)

    def value(self, ref: Ref) -> Json:
        if ref.name in self.later:
            raise NoValue(f"{ref} has no value yet", later=True)
        if ref.name in self.made:
            return part_of(ref, self.made[ref.name])
        if ref.name not in self.values:
            raise NoValue(f"{ref} has no value: the step that gives it one was not done")
        return part_of(ref, self.values[ref.name])

    def keep(self, name: str, done: Done | None) -> None:
        """A step has given this name a value, or will."""
        if done is None:
            self.later.add(name)
        else:
            self.later.discard(name)
            self.made[name] = done.value


class _Walk:
    """One pass over the program: steps that hold are passed by, the others are put on the line."""

    def __init__(self, run: Run, home: str) -> None:
        self.run = run
        self.home = home
        self.steps: list[Step] = []
        self.passed = 0

    def block(self, nodes: tuple[Node, ...], prefix: str, frame: _Frame) -> None:
        for number, node in enumerate(nodes, 1):
            self.node(node, f"{prefix}.{number}", frame)

    def node(self, node: Node, id_: str, frame: _Frame) -> None:
        try:
            match node:
                case Do():
                    self.do(node, id_, frame)
                case If():
                    self.if_(node, id_, frame)
                case ForEach():
                    self.for_each(node, id_, frame)
                case Repeat():
                    self.repeat(node, id_, frame)
                case Call():
                    self.call(node, id_, frame)
        except NoValue as error:
            self.without(error, node, id_, frame)
        except BadPath as error:
            self.refuse(error, node, id_, frame)

    def without(self, error: NoValue, node: Node, id_: str, frame: _Frame) -> Never:
        if error.later or self.steps:  # said when the line has come so far
            raise _EndOfLine from None
        raise GaveUp(f"step {id_} ({frame.task.path.name}, line {node.line}): {error}") from None

    def refuse(self, error: BadPath, node: Node, id_: str, frame: _Frame) -> Never:
        if self.steps:
            raise _EndOfLine from None
        raise Denied(f"step {id_} ({frame.task.path.name}, line {node.line}): {error}") from None

    def take(self, step: Step) -> None:
        """Puts a step on the line; a line never begins with one that has failed too often."""
        failed = self.run.failures.get(step.id, 0)
        if failed:
            self.again(step, failed)
        if isinstance(step.action, Open) and step.action.url.startswith("/"):
            step = replace(step, action=replace(step.action, url=urljoin(self.home, step.action.url)))
        self.steps.append(step)

    def again(self, step: Step, failed: int) -> None:
        """Whether a step that failed may be tried once more. Raises GaveUp."""
        tries = [done for done in self.run.done if done.step.id == step.id and not done.proved]
        why = tries[-1].verdict.why
        remedies, mended = self.run.remedies(step.id), self.mended(step)
        sent = step.commit and (self.run.in_doubt(step.id) or (tries[-1].dispatched and not mended))
        hopeless = tries[-1].verdict.final and not tries[-1].dispatched and not mended
        stated = self.run.mended(step.id)  # by a remedy of its own
        if not sent and (stated or (not hopeless and failed < MOST_TRIES + len(remedies))):
            return
        if self.steps:
            raise _EndOfLine
        if sent:
            raise GaveUp(f"step {step.id} ({step.words}) cannot be undone, was sent, and is not repeated: {why}")
        times = "failed" if failed == 1 else f"failed {failed} times"
        raise GaveUp(f"step {step.id} ({step.words}) {times}: {why}")

    def mended(self, step: Step) -> bool:
        """Whether something was done about it since it failed last."""
        last = next((back for back in reversed(self.run.rollbacks) if back.step == step.id), None)
        return last is not None and bool(last.remedy)

    def count(self) -> None:
        self.passed += 1
        if self.passed > MAX_STEPS:
            if self.steps:
                raise _EndOfLine
            raise GaveUp(f"the run has taken {MAX_STEPS:,} steps, which is the most that a file may take")

    # The nodes

    def do(self, node: Do, id_: str, frame: _Frame) -> None:
        self.count()
        done = self.run.proved.get(id_)
        if done is None:
            self.take(frame.under(frame.compiler.step(node, id_, frame)))
        name = node.fields.values.get("as")
        if isinstance(name, str):
            frame.keep(name, done)

    def if_(self, node: If, id_: str, frame: _Frame) -> None:
        self.count()
        done = self.run.proved.get(id_)
        if done is None:
            self.take(frame.under(frame.compiler.question(node, id_, frame)))
            raise _EndOfLine
        branch, nodes = blocks(node)[0 if done.value is True else 1]
        self.block(nodes, f"{id_}.{branch}", frame)

    def for_each(self, node: ForEach, id_: str, frame: _Frame) -> None:
        for number, value in enumerate(self.rows(node, id_, frame), 1):
            frame.values[node.row] = value
            self.block(node.do, f"{id_}[{number}].do", frame)
        frame.values.pop(node.row, None)

    def rows(self, node: ForEach, id_: str, frame: _Frame) -> list[Json]:
        if isinstance(node.rows, RowsForm):
            return [row_value(one, frame) for one in node.rows.rows]
        value = frame.value(node.rows) if isinstance(node.rows, Ref) else self.seen(node, node.rows, id_, frame)
        if not isinstance(value, list):
            what = node.rows if isinstance(node.rows, Ref) else f'what was read of "{node.rows.words}"'
            raise NoValue(f"{what} is no list, so there is nothing to go through")
        return value

    def seen(self, node: ForEach, form: TargetForm, id_: str, frame: _Frame) -> Json:
        """The rows that the screen showed when it was asked."""
        self.count()
        done = self.run.proved.get(id_)
        if done is None:
            self.take(frame.under(frame.compiler.rows(node, form, id_, frame)))
            raise _EndOfLine
        return done.value

    def repeat(self, node: Repeat, id_: str, frame: _Frame) -> None:
        most = frame.compiler.fill(frame).count(node.at_most) or 0
        for number in range(1, most + 1):
            self.block(node.do, f"{id_}[{number}].do", frame)
            self.count()
            until = f"{id_}[{number}].until"
            done = self.run.proved.get(until)
            if done is None:
                self.take(frame.under(frame.compiler.question(node, until, frame)))
                raise _EndOfLine
            if done.value is True:
                return
        wanted = frame.compiler.question(node, id_, frame).words.removeprefix("until ")
        raise GaveUp(f"step {id_} was repeated {most} times, and it is still not so that {wanted}")

    def call(self, node: Call, id_: str, frame: _Frame) -> None:
        task = frame.task.called[node.workflow]
        given = {name: given_value(cell, frame) for name, cell in node.given.values}
        try:
            inner = frame.within(task, task.parse_params(given))
        except BadInput as error:
            raise NoValue(error.why) from None
        self.block(task.steps, f"{id_}.call", inner)
        if task.done is not None:
            self.count()
            if f"{id_}.done" not in self.run.proved:
                self.take(inner.under(inner.compiler.done(task.done, f"{id_}.done", node.line, inner)))
        if node.name is not None:
            frame.made[node.name] = inner.made
            (frame.later.add if inner.later else frame.later.discard)(node.name)
