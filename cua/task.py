"""A task: what was asked for, understood and checked, before anything is opened. It grants nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path

from cua.errors import BadInput
from cua.goal import Goal
from cua.options import Options, address_of
from cua.planners.script import ScriptPlanner
from cua.step import Planner
from cua.taskfile.forms import Do, every
from cua.taskfile.load import load
from cua.taskfile.problems import did_you_mean, listed
from cua.taskfile.task import Start, TaskFile
from envs.action import Secret

PLANNERS = "cua.planners"
"""Entry points of this group give a planner when called without arguments."""
BUILT_IN = ("script", "instruct")


@dataclass(frozen=True)
class Task:
    """`what` is how it can be asked for again: the file's path, or the instruction with its passwords replaced by
    names. `named` tells whether the person named the start (or only the file did). `literals` are the secrets that
    were written in the instruction, by name."""

    what: str
    goal: Goal
    planner: Planner
    starts: tuple[Start, ...]
    named: bool
    file: TaskFile | None = None
    secrets: tuple[str, ...] = ()
    literals: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def digest(self) -> str:
        """Of the file and all that it calls; "" for an instruction."""
        return self.file.digest if self.file is not None else ""

    @cached_property
    def asks_a_person(self) -> bool:
        return self.file is not None and _asks(self.file)

    @classmethod
    def of(cls, what: str, options: Options) -> Task:
        """A task file's path, or an instruction in plain English. Raises BadInput, with the line where there is one."""
        if options.planner is not None and options.planner not in (known := planners()):
            hint = did_you_mean(options.planner, known) or f"there are: {listed(known, 'and')}"
            raise BadInput(f'--planner: no planner is called "{options.planner}"; {hint}')
        url = address_of(options.url) if options.url is not None else None
        return _of_file(Path(what), url, options) if is_file(what) else _of_words(what, url, options)


def planners() -> tuple[str, ...]:
    """The names of all planners there are here."""
    return (*BUILT_IN, *sorted({point.name for point in entry_points(group=PLANNERS)} - set(BUILT_IN)))


def is_file(what: str) -> bool:
    """Whether this is meant as a task file: it ends as one, or it is there."""
    if what.lower().endswith((".yaml", ".yml")):
        return True
    try:
        return Path(what).exists()
    except (OSError, ValueError):
        return False


def _of_file(path: Path, url: str | None, options: Options) -> Task:
    if options.planner == "instruct":
        raise BadInput("--planner instruct is for instructions; this is a task file", file=path)
    file = load(path)
    planner: Planner = ScriptPlanner(file, options.params, options.start_at)
    goal = file.goal(options.params)
    if options.planner not in (None, "script"):
        named = next(iter(file.terms.names), None)
        if named is not None:
            why = f'the order names the step "{named[0]}", and --planner {options.planner} makes steps of its own'
            raise BadInput(f"{why}; say what is to be seen instead", file=path, line=named[1])
        planner = _plug_in(options.planner)
    starts = file.start(options.params)
    if url is not None:
        starts = (Start(starts[0].place if starts else "", url), *starts[1:])
    if not starts:
        raise BadInput("the file does not say where to start; name it with --url", file=path)
    for start in starts:
        if start.url is not None:
            address_of(start.url, f"{path}: start")
    goal = replace(goal, start=str(starts[0]))
    return Task(str(path.resolve()), goal, planner, starts, url is not None, file, secrets=file.secrets)


def _of_words(what: str, url: str | None, options: Options) -> Task:
    if " " not in what.strip() and any(mark in what for mark in "/."):
        raise BadInput(f"there is no file {what}, and an instruction is a sentence")
    if options.planner == "script":
        raise BadInput("--planner script is for task files; this is an instruction")
    if options.start_at != 1:
        raise BadInput("--from is for task files; this is an instruction")
    if url is None and options.app is None:
        raise BadInput("an instruction needs to know where: --url http://…")
    starts = (Start("", url),)
    if options.planner not in (None, "instruct"):
        return Task(what, Goal(what, start=url), _plug_in(options.planner), starts, True)
    from cua.planners.instruct import understand
    from cua.planners.instruct.done import goal_of
    from cua.planners.instruct.plan import InstructPlanner

    params = {name: str(value) for name, value in options.params.items()}
    read = understand(what, params)
    _all_used(what, params)
    goal = replace(goal_of(read.masked, read.clauses, url), params=params)
    secrets = tuple(dict.fromkeys(name for name in _secrets(read.clauses) if name not in read.literals))
    again = re.sub(
        "‹([^›]+)›", lambda found: "{" + found[1] + "}" if found[1] in read.literals else found[0], read.masked
    )
    return Task(again, goal, InstructPlanner(read), starts, True, secrets=secrets, literals=read.literals)


def _again(masked: str, literals: Mapping[str, str]) -> str:
    """The instruction as it can be given again: with names of secrets, in braces, in the place of passwords."""
    return re.sub("‹([^›]+)›", lambda found: "{" + found[1] + "}" if found[1] in literals else found[0], masked)


def _all_used(what: str, params: Mapping[str, str]) -> None:
    for name in params:
        if "{" + name + "}" not in what:
            raise BadInput(f'--param {name}: the instruction says nowhere "{{{name}}}"')


def _secrets(value: object) -> Iterator[str]:
    """The names of the secrets in a tree of frozen data."""
    match value:
        case Secret():
            yield value.name
        case tuple():
            for part in value:
                yield from _secrets(part)
        case _ if is_dataclass(value):
            for one in fields(value):
                yield from _secrets(getattr(value, one.name))


def _plug_in(name: str | None) -> Planner:
    (point, *_) = entry_points(group=PLANNERS, name=name or "")
    planner: Planner = point.load()()
    return planner


def _asks(file: TaskFile) -> bool:
    own = any(isinstance(node, Do) and node.verb == "ask" for node in every(file.steps))
    return own or any(_asks(called) for called in file.called.values())
