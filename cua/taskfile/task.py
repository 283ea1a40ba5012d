"""A task file that has been read and found right: what it wants, what it asks for, what it does."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cua.errors import BadInput
from cua.goal import Goal
from cua.run import Json
from cua.taskfile.asks import Asks, asks_of
from cua.taskfile.compile import Compiler
from cua.taskfile.contracts import Terms, contract
from cua.taskfile.forms import Do, Fields, Node, Recalled, every
from cua.taskfile.params import BadValue, Param, parsed
from cua.taskfile.paths import BadPath
from cua.taskfile.template import Known, NoValue, Template
from cua.taskfile.wants import expectation

_READS = frozenset({"extract", "download", "ask"})


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run begins: an address or a program with its arguments, in a place ("" where there is only one)."""

    place: str = ""
    url: str | None = None
    app: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.url if self.url is not None else shlex.join(self.app)


@dataclass(frozen=True, slots=True)
class StartForm:
    place: str
    url: Template | None
    app: tuple[Template, ...]


@dataclass(frozen=True)
class TaskFile:
    """`folder` is where its paths begin. `called` are the files that its call steps name, by the path as written.
    `secrets` are those of the called files too. `digest` changes when any of the files changes."""

    path: Path
    name: str
    words: Template | None
    steps: tuple[Node, ...]
    done: Fields | None = None
    terms: Terms = field(default_factory=Terms)
    description: str = ""
    starts: tuple[StartForm, ...] = ()
    params: tuple[Param, ...] = ()
    secrets: tuple[str, ...] = ()
    timeout: float | None = None
    called: Mapping[str, TaskFile] = field(default_factory=dict)
    anchors: tuple[Recalled, ...] = ()
    digest: str = ""

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def compiler(self) -> Compiler:
        return Compiler(self.folder, self.timeout)

    @cached_property
    def commits(self) -> bool:
        """Whether any step in any branch cannot be undone."""
        return self._any(lambda node: node.commit)

    @cached_property
    def reads(self) -> bool:
        """Whether any step brings something home."""
        return self._any(lambda node: node.verb in _READS)

    @cached_property
    def step_names(self) -> frozenset[str]:
        """What rules can call steps, those of called files too."""
        own = {node.name for node in every(self.steps) if isinstance(node, Do) and node.name}
        return frozenset(own.union(*(task.step_names for task in self.called.values())))

    def _any(self, is_so: Callable[[Do], bool]) -> bool:
        own = any(isinstance(node, Do) and is_so(node) for node in every(self.steps))
        return own or any(task._any(is_so) for task in self.called.values())

    @cached_property
    def asks(self) -> Asks:
        """What it will ask permission for, with the defaults of its params; a param without one is shown as {name}."""
        return self.asks_with({})

    def asks_with(self, values: Mapping[str, object]) -> Asks:
        """What it will ask permission for with these values."""
        return asks_of(self, values)

    def parse_params(self, given: Mapping[str, object]) -> dict[str, Json]:
        """Typed values for all params. Raises BadInput for what is missing, unknown or of another type."""
        try:
            return parsed(self.params, given)
        except BadValue as error:
            raise BadInput(str(error), file=self.path) from None

    def start(self, given: Mapping[str, object] | None = None) -> tuple[Start, ...]:
        """Where it begins with these params. Raises BadInput."""
        scope = Known(self.parse_params(given or {}))
        return tuple(
            Start(
                form.place,
                form.url.fill(scope) if form.url is not None else None,
                tuple(word.fill(scope) for word in form.app),
            )
            for form in self.starts
        )

    def goal(self, given: Mapping[str, object] | None = None) -> Goal:
        """What is wanted with these params. Raises BadInput."""
        values = self.parse_params(given or {})
        scope = Known(values)
        starts = self.start(values)
        try:
            return Goal(
                words=self.words.fill(scope) if self.words is not None else self.name,
                done=expectation(self.done, self.compiler.fill(scope)) if self.done is not None else None,
                start=str(starts[0]) if starts else None,
                params=values,
                commits=self.commits,
                reads=self.reads,
                name=self.name,
                contract=contract(self.terms, self.compiler.fill(scope)),
            )
        except (NoValue, BadPath) as error:
            line = self.done.line if self.done is not None else None
            raise BadInput(str(error), file=self.path, line=line) from None
