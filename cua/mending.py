"""What is tried where a step has failed and was undone: its remedies in their order, and itself again after each."""

from __future__ import annotations

from dataclasses import replace

from cua.run import Done, Run
from cua.step import Step


def remedied(failed: Step, miss: Done, rest: tuple[Step, ...], run: Run) -> tuple[Step, ...]:
    """The next remedy of a step that failed, and the step; nothing where none is left. `failed` may be a remedy itself,
    that of the step which comes first in `rest`.

    Each is tried once in a run. After a commit that was sent none is: it is not for a remedy to have it done again.
    """
    step = next((one for one in rest[:1] if failed.mends == one.id), failed)
    remedy = next_of(step, run)
    if remedy is None or (_owing(run) and not (miss.dispatched or miss.verdict.final)):
        return ()  # in the second case its fields were not filled in any more: nothing else is wrong yet
    return remedy, step


def next_of(step: Step, run: Run) -> Step | None:
    """The remedy that the step states and that comes next; None where none is left, or none may be tried."""
    tried = [done for done in run.done if done.step.mends == step.id]
    sent = step.commit and any(done.dispatched for done in run.done if done.step.id == step.id)
    if sent or step.id in run.proved or len(tried) >= len(step.recover):
        return None
    return replace(step.recover[len(tried)], id=f"{step.id}.recover.{len(tried) + 1}", mends=step.id)


def onward(done: Done, rest: tuple[Step, ...], run: Run) -> tuple[Step, ...]:
    """What comes after a step that was proved: the rest of the line. After a remedy nothing, where earlier steps have
    to be done again first: which, is known to the planner."""
    return () if done.step.mends and _owing(run) else rest


def _owing(run: Run) -> bool:
    """Whether there are steps that were proved, then undone, and not done again."""
    return any(done.undone and done.verdict.holds and done.step.id not in run.proved for done in run.done)
