"""What a rollback took away again: fields that were filled in and are empty now are filled in once more."""

from __future__ import annotations

from collections.abc import Sequence

from cua.planners.instruct.scene import Scene
from cua.run import Done
from cua.step import Step
from envs.action import Check, Select, Type
from envs.observation import Element


def lost(scene: Scene) -> tuple[Step, ...]:
    """The steps of filling in, since the last page, whose effect is not there any more after a step that failed."""
    last = scene.run.last
    if last is None or last.proved or not scene.run.rollbacks:
        return ()
    steps = []
    for done in _filled(scene.run.done):
        assert done.step.target is not None
        field = scene.seen(done.step.target, done.step.action)
        if field is not None and not _holds(done, field):
            steps.append(done.step)
    failed = [done.step.id for done in scene.run.done if not done.verdict.holds]
    return tuple(step for step in steps if failed.count(step.id) < 2)


def _filled(trail: Sequence[Done]) -> list[Done]:
    """The proved steps into fields after the last other step that was proved, each field's last one."""
    found: dict[str, Done] = {}
    for done in reversed(trail):
        if not done.proved:
            continue
        if not isinstance(done.step.action, Type | Select | Check) or done.step.target is None:
            break
        found.setdefault(str(done.step.target), done)
    return list(reversed(found.values()))


def _holds(done: Done, field: Element) -> bool:
    match done.step.action:
        case Type(str() as text, False):
            return field.value == text
        case Type():
            return bool(field.value)
        case Select(option):
            return option in (field.value or "").split("\n")
        case Check(on):
            return bool(field.states & {"checked", "pressed", "selected"}) is on
    return True
