"""What a task file remembers of targets (`anchors`), beside the steps that they belong to, and found in a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cua.step import Step
from cua.taskfile.forms import Do, Node, Recalled, TargetForm, every
from grounding import Anchor

if TYPE_CHECKING:
    from cua.taskfile.task import TaskFile

ACTS: Mapping[str, str] = {"double_click": "click", "right_click": "click", "uncheck": "check"}
"""Verbs of task files that are the same act as another one (envs.action.VERBS)."""
AIMS = ("target", "into", "from")
"""Keys that a step's own target stands under."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An anchor of a step's target. `aim` is the step's act and its target in words, `at` the page that it stands on
    (see `page_of`), "" where the words mean one thing in the whole file."""

    aim: str
    at: str
    anchor: Anchor


def page_of(address: str) -> str:
    """A State's address as anchors name it: without its site."""
    return "/" + "/".join(address.split("/")[3:])


def target_of(node: Do) -> TargetForm | None:
    """The step's own target as it is written; None where it has none, or one that depends on a value."""
    form = next((value for key in AIMS if isinstance(value := node.fields.values.get(key), TargetForm)), None)
    return form if form is not None and not form.holes else None


def remembered(task: TaskFile) -> tuple[Remembered, ...]:
    """What the file and those that it calls remember of the targets of their steps."""
    found = [one for called in task.called.values() for one in remembered(called)]
    targets = {(node.verb, form.words): form.target for node, form in _aimed(task.steps)}
    for kept in task.anchors:
        target = targets.get((kept.verb, kept.words))
        if target is not None:
            found.append(Remembered(f"{ACTS.get(kept.verb, kept.verb)} {target}", kept.at, kept.anchor))
    return tuple(found)


def forgotten(task: TaskFile) -> Iterator[Recalled]:
    """Those that no step of the file has any use for."""
    known = {(node.verb, form.words) for node, form in _aimed(task.steps)}
    return (kept for kept in task.anchors if (kept.verb, kept.words) not in known)


def _aimed(steps: tuple[Node, ...]) -> Iterator[tuple[Do, TargetForm]]:
    for node in every(steps):
        if isinstance(node, Do) and (form := target_of(node)) is not None:
            yield node, form


def recall(known: Iterable[Remembered], step: Step, address: str) -> Anchor | None:
    """The anchor of this step's target on a screen at this address (a State's); None where none is, or several are."""
    mine = [one for one in known if one.aim == f"{step.action.verb} {step.target}"]
    if len(mine) > 1:
        mine = [one for one in mine if one.at == page_of(address)]
    return mine[0].anchor if len(mine) == 1 else None
