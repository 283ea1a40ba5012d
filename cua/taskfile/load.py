"""From a path to a `TaskFile`, and to the list of everything that is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from cua.errors import BadInput
from cua.taskfile import source
from cua.taskfile.contracts import Terms, check_names
from cua.taskfile.forms import Call, Do, Fields, ForEach, Node, Recalled, Repeat, RowsForm, blocks, every
from cua.taskfile.names import Names
from cua.taskfile.params import declared
from cua.taskfile.paths import BadPath, within
from cua.taskfile.problems import MISSING, Missing, Problem, Problems
from cua.taskfile.reader import read_file
from cua.taskfile.task import StartForm, TaskFile
from cua.taskfile.template import Template

MAX_STEPS = 10_000
"""Steps of one run, those of called files included."""
MAX_FILES = 50
MAX_CALLS = 16
"""How deep calls may go."""


def load(path: Path | str) -> TaskFile:
    """The task file at this path. Raises BadInput with the first thing that is wrong, its file and line."""
    task, problems = examine(path)
    if task is None or problems:
        raise problems[0].error() if problems[0].line else BadInput(problems[0].sentence, file=problems[0].file)
    return task


def examine(path: Path | str) -> tuple[TaskFile | None, tuple[Problem, ...]]:
    """The task file, as far as it can be read, and everything that is wrong with it and the files it calls."""
    loader = _Loader()
    # The file that was named is the file that counts, also through a link; its folder is where the name stands.
    named = Path(path)
    task = loader.load(named, ())
    order = {file: at for at, file in enumerate(dict.fromkeys(problem.file for problem in loader.found))}
    order[named] = -1
    return task, tuple(sorted(loader.found, key=lambda problem: (order[problem.file], problem.line)))


@dataclass(slots=True)
class _Loader:
    """Reads a file and what it calls, each once."""

    found: list[Problem] = field(default_factory=list)
    tasks: dict[Path, TaskFile | None] = field(default_factory=dict)
    sizes: dict[Path, int] = field(default_factory=dict)

    def load(self, path: Path, chain: tuple[Path, ...]) -> TaskFile | None:
        """None when something is wrong, which is then on the list."""
        try:
            data = source.read(path)
            root = source.parse(data, path)
        except BadInput as error:
            self.found.append(_problem(error, path))
            return None
        problems = Problems(path)
        task = self.task(root, data, problems, (*chain, path.resolve()))
        self.found += problems.found
        return task if not problems.found else None

    def task(self, root: source.Entries, data: bytes, problems: Problems, chain: tuple[Path, ...]) -> TaskFile | None:
        fields = read_file(root, problems)
        if isinstance(fields, Missing):
            return None
        path = problems.file
        params = declared(fields.get("params", Fields), problems)
        steps: tuple[Node, ...] = fields.need("steps", tuple)
        called = self.called(steps, problems, chain)
        secrets = fields.many("secrets", str)
        starts = _starts(fields, problems)
        words, done, terms = fields.get("goal", Template), fields.get("done", Fields), Terms.of(fields)
        names = Names(params, secrets, {name: task.params for name, task in called.items()}, problems)
        names.fixed(words, "the goal")
        names.fixed(tuple((form.url, form.app) for form in starts), "start")
        names.fixed(done, "done")
        names.fixed((terms.always, terms.never, terms.order), "what a run is held to")
        names.program(steps)
        named = {node.name for node in every(steps) if isinstance(node, Do) and node.name}
        check_names(terms, named.union(*(task.step_names for task in called.values())), problems)
        if problems.found or any(isinstance(node, Call) and node.workflow not in called for node in every(steps)):
            return None
        task = TaskFile(
            path=path,
            name=fields.get("name", str) or path.stem,
            words=words,
            steps=steps,
            done=done,
            terms=terms,
            description=fields.get("description", str) or "",
            starts=starts,
            params=params,
            secrets=tuple(dict.fromkeys((*secrets, *(name for one in called.values() for name in one.secrets)))),
            timeout=fields.get("timeout", float),
            called=called,
            anchors=fields.many("anchors", Recalled),
            digest=_digest(data, called),
        )
        self.measure(task, problems)
        return task

    # Called files

    def called(self, steps: tuple[Node, ...], problems: Problems, chain: tuple[Path, ...]) -> dict[str, TaskFile]:
        called: dict[str, TaskFile] = {}
        for node in every(steps):
            if isinstance(node, Call) and node.workflow not in called:
                task = self.call(node, problems, chain)
                if not isinstance(task, Missing):
                    called[node.workflow] = task
        return called

    def call(self, node: Call, problems: Problems, chain: tuple[Path, ...]) -> TaskFile | Missing:
        try:
            path = within(problems.file.parent, node.workflow)
        except BadPath as error:
            return problems.add(node.line, str(error))
        if path in chain:
            way = " → ".join(file.name for file in (*chain[chain.index(path) :], path))
            return problems.add(node.line, f"{node.workflow} calls itself: {way}")
        if path not in self.tasks:
            if len(self.tasks) >= MAX_FILES or len(chain) > MAX_CALLS:
                return problems.add(
                    node.line, f"more than {MAX_FILES} files, or {MAX_CALLS} one in another, are called"
                )
            if not path.is_file():
                return problems.add(node.line, f"there is no file {node.workflow} beside this one")
            self.tasks[path] = self.load(path, chain)
        task = self.tasks[path]
        if task is not None and task.terms.order:
            hint = "write them in this file; they can name steps of the files that it calls"
            return problems.add(node.line, f"{node.workflow} has rules of order, which are about a whole run", hint)
        return task if task is not None else MISSING

    def measure(self, task: TaskFile, problems: Problems) -> None:
        size = self.size(task.steps, task)
        self.sizes[task.path.resolve()] = size
        if size > MAX_STEPS:
            problems.add(task.steps[0].line, f"the run would take more than {MAX_STEPS:,} steps")

    def size(self, nodes: tuple[Node, ...], task: TaskFile) -> int:
        """How many steps it takes at least, where that can be known; alternatives count as the longer one."""
        total = 0
        for node in nodes:
            inner = [self.size(block, task) for _, block in blocks(node)]
            match node:
                case ForEach(rows=RowsForm(rows=rows)):
                    total += inner[0] * len(rows)
                case ForEach():
                    total += 1
                case Repeat():
                    total += inner[0] + 1
                case Call():
                    total += self.sizes[task.called[node.workflow].path.resolve()]
                case _:
                    total += 1 + max(inner, default=0)
        return total


def _problem(error: BadInput, path: Path) -> Problem:
    what = str(error)
    for prefix in (f"{path}:{error.line}: ", f"{path}: "):
        what = what.removeprefix(prefix)
    return Problem(path, error.line or 0, what)


def _starts(fields: Fields, problems: Problems) -> tuple[StartForm, ...]:
    start = fields.values.get("start")
    match start:
        case Template():
            return (StartForm("", start, ()),)
        case Fields() if start.name == "place":
            return (_start("", start),)
        case Fields():
            return tuple(_start(name, place) for name, place in start.values.items() if isinstance(place, Fields))
        case _:
            return ()


def _start(place: str, form: Fields) -> StartForm:
    return StartForm(place, form.get("url", Template), form.many("app", Template))


def _digest(data: bytes, called: dict[str, TaskFile]) -> str:
    whole = hashlib.sha256(data)
    for name in sorted(called):
        whole.update(f"\n{name} {called[name].digest}".encode())
    return whole.hexdigest()
