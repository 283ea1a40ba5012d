"""What is tried where a step has failed and was undone: its remedies in their order, and itself again after each."""

from __future__ import annotations

from dataclasses import replace

from cua.run import Run
from cua.step import Step


def remedied(failed: Step, rest: tuple[Step, ...], run: Run) -> tuple[Step, ...]:
    """The next remedy of a step that failed, and the step; nothing where none is left. `failed` may be a remedy itself,
    that of the step which comes first in `rest`.

    Each is tried once in a run. After a commit that was sent none is: it is not for a remedy to have it done again.
    """
    step = next((one for one in rest[:1] if failed.mends == one.id), failed)
    tried = [done for done in run.done if done.step.mends == step.id]
    sent = step.commit and any(done.dispatched for done in run.done if done.step.id == step.id)
    if sent or len(tried) >= len(step.recover):
        return ()
    remedy = replace(step.recover[len(tried)], id=f"{step.id}.recover.{len(tried) + 1}", mends=step.id)
    lost = bool(run.rollbacks) and bool(run.rollbacks[-1].lost)
    return (remedy,) if lost else (remedy, step)  # what the way back lost comes first: the planner knows
