"""Is this file right, and what will it ask permission for?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cua.taskfile.asks import Asks
from cua.taskfile.contracts import pledged
from cua.taskfile.forms import Do, every, templates
from cua.taskfile.load import examine
from cua.taskfile.problems import Problem
from cua.taskfile.recalled import forgotten
from cua.taskfile.rehearse import rehearsal
from cua.taskfile.task import TaskFile


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` make the file wrong; `notes` do not, and are worth a look. `asks` is empty for a file that cannot be
    read. `params` are those that have to be given. `contracts` says what the run and its steps are held to."""

    file: Path
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    asks: Asks = field(default_factory=Asks)
    params: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return not self.problems


def check(path: Path | str) -> Report:
    """Everything that can be said of a task file without running it; it does not raise."""
    file = Path(path)
    task, problems = examine(file)
    if task is None:
        return Report(file, problems)
    defaults = {param.name: param.default for param in task.params if param.default is not None}
    wrong = tuple(rehearsal(task, defaults))
    needed = tuple(param.name for param in task.params if param.default is None)
    held = tuple(pledged(task, defaults))
    return Report(file, (*problems, *wrong), tuple(_notes(task)), task.asks, needed, held)


def _notes(task: TaskFile) -> Iterator[Problem]:
    if task.done is None:
        hint = "say how to see that the goal is reached: done: {text: …}"
        yield Problem(task.path, task.steps[-1].line, "the file has no `done`", hint)
    if task.words is None:
        yield Problem(task.path, 1, "the file has no `goal`", "say in words what it reaches")
    for kept in forgotten(task):
        hint = "it was recorded for a step that is called otherwise now, or gone; it can be taken out"
        yield Problem(task.path, kept.line, f'nothing uses the anchor of "{kept.verb} {kept.words}"', hint)
    used = {
        ref.name
        for ref, _ in templates(
            (task.words, task.done, task.terms.parts, *((start.url, start.app) for start in task.starts))
        )
    }
    used |= {ref.name for node in every(task.steps) for ref, _ in templates(node.parts)}
    for param in task.params:
        if param.name not in used:
            yield Problem(task.path, param.line, f'nothing uses the param "{param.name}"')
    for node in every(task.steps):
        if isinstance(node, Do) and node.commit and node.expect is None:
            hint = "without it, an accepted write or words of success in English prove it: expect: {text: was saved}"
            yield Problem(task.path, node.line, "this commit has no `expect`", hint)
        if isinstance(node, Do) and node.commit and node.already is None:
            hint = "say how to see, after a crash, that it has happened: already: {text: …}"
            yield Problem(task.path, node.line, "this commit has no `already`", hint)
