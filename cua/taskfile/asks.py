"""What a task file asks for. It grants nothing: the command line, the policy or the person at the terminal do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cua.run import Json
from cua.step import Step
from cua.taskfile.forms import Call, Do, every
from cua.taskfile.paths import BadPath
from cua.taskfile.template import AsWritten, NoValue, Template
from cua.taskfile.words import brief
from envs.action import Download, Open, Upload
from envs.origins import origin_of

if TYPE_CHECKING:
    from cua.taskfile.task import TaskFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for, and where."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Asks:
    """`origins` are scheme://host:port, or the address as written where a param decides. `commits` are steps that
    cannot be undone. `writes` are files that are made or added to."""

    origins: tuple[str, ...] = ()
    commits: tuple[Asked, ...] = ()
    secrets: tuple[str, ...] = ()
    uploads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    programs: tuple[tuple[str, ...], ...] = ()
    files: tuple[Path, ...] = ()


def asks_of(task: TaskFile, given: Mapping[str, object]) -> Asks:
    """What the file and the files that it calls ask for, each thing once."""
    collector = _Collector()
    values = {param.name: param.default for param in task.params if param.default is not None}
    values |= {name: value for name, value in given.items() if isinstance(value, str | int | float | bool | list)}
    scope = AsWritten(values)
    for form in task.starts:
        if form.url is not None:
            collector.origin(_shown(form.url, scope))
        if form.app:
            collector.programs.append(tuple(_shown(word, scope) for word in form.app))
    collector.task(task, values)
    return Asks(
        origins=_once(collector.origins),
        commits=_once(collector.commits),
        secrets=task.secrets,
        uploads=_once(collector.uploads),
        writes=_once(collector.writes),
        programs=_once(collector.programs),
        files=_once(collector.files),
    )


class _Collector:
    def __init__(self) -> None:
        self.origins: list[str] = []
        self.commits: list[Asked] = []
        self.uploads: list[Path] = []
        self.writes: list[Path] = []
        self.programs: list[tuple[str, ...]] = []
        self.files: list[Path] = []
        self.seen: set[tuple[Path, str]] = set()

    def origin(self, url: str) -> None:
        if not url.startswith("/"):  # a path is on the site where the run began
            self.origins.append(origin_of(url) or url)

    def task(self, task: TaskFile, values: Mapping[str, Json]) -> None:
        if (key := (task.path, repr(sorted(values.items())))) in self.seen:
            return
        self.seen.add(key)
        scope = AsWritten(values)
        for node in every(task.steps):
            if isinstance(node, Do):
                self.step(task, node, scope)
            elif isinstance(node, Call):
                self.call(task, node, scope)

    def step(self, task: TaskFile, node: Do, scope: AsWritten) -> None:
        try:
            step = task.compiler.step(node, "", scope)
        except (NoValue, BadPath):
            if node.commit:
                self.commits.append(Asked(task.path, node.line, f"{node.verb} {_own_words(node)}"))
            for remedy in node.recover:
                self.step(task, remedy, scope)
            return
        for one in (step, *step.recover):
            self.made(one)
        if step.commit:
            self.commits.append(Asked(task.path, node.line, step.words))

    def made(self, step: Step) -> None:
        match step.action:
            case Open(url):
                self.origin(url)
            case Upload(paths):
                self.uploads += paths
            case Download(to):
                self.writes.append(to)
            case _:
                pass
        if step.keep is not None and step.keep.into is not None:
            self.writes.append(step.keep.into)

    def call(self, task: TaskFile, node: Call, scope: AsWritten) -> None:
        called = task.called[node.workflow]
        self.files.append(called.path)
        values: dict[str, Json] = {param.name: param.default for param in called.params if param.default is not None}
        for name, cell in node.given.values:
            if isinstance(cell, tuple):
                values[name] = [_cell(one, scope) for one in cell]
            else:
                values[name] = _cell(cell, scope)
        self.task(called, values)


def _cell(cell: Template | bool | int | float | None, scope: AsWritten) -> Json:
    return _shown(cell, scope) if isinstance(cell, Template) else cell


def _shown(template: Template, scope: AsWritten) -> str:
    try:
        return template.fill(scope)
    except NoValue:
        return str(template)


def _own_words(node: Do) -> str:
    for key in ("target", "into", "from"):
        words = getattr(node.fields.values.get(key), "words", None)
        if isinstance(words, str):
            return f'"{brief(words)}"'
    return ""


def _once(things: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))
