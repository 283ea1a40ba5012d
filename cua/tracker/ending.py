"""Whether a goal is reached: before anything is done, and when the planner has nothing left. The screen decides."""

from __future__ import annotations

from cua.errors import AlreadyReached, Finished, GoalReached, NotReached, Unclear
from cua.goal import Goal
from cua.guard import Guard
from cua.judge import Judge, View
from cua.run import Run


def beginning(goal: Goal, run: Run, view: View, judge: Judge, guard: Guard) -> Finished | None:
    """Where the goal is true already. Never asked of one that commits or reads something."""
    if goal.done is None or goal.commits or goal.reads:
        return None
    if not guard.end(run, view.after).holds:
        return None
    verdict = judge.check(goal.done, view)
    return AlreadyReached(verdict.why) if verdict.holds else None


def ending(goal: Goal, run: Run, view: View, judge: Judge, guard: Guard, *, refused: str) -> Finished:
    """What the last screen says; `refused` is a write that the server refused after its step was proved, or ""."""
    if refused:
        return _missed(run, f"the page has gone on, but {refused}")
    if guard.breach:
        return guard.ending(run)
    kept = guard.end(run, view.after, view.events)
    if not kept.holds:
        return _missed(run, kept.why)
    if goal.done is None:
        skipped = [done.step.words for done in run.proved.values() if done.skipped]
        if skipped:
            return _missed(run, f"without {', '.join(skipped)} nothing says whether the goal is reached")
        if not run.proved:
            return NotReached("nothing was done, and nothing says what the goal looks like")
        return GoalReached(f"all {len(run.proved)} steps were proved")
    verdict = judge.check(goal.done, view)
    if verdict.holds:
        return GoalReached(verdict.why)
    return _missed(run, f"the steps are done, but the goal is not seen: {verdict.why}")


def _missed(run: Run, why: str) -> Finished:
    """Not reached; after a commit that was taken, nobody should simply try again."""
    if any(done.proved and done.step.commit for done in run.done):
        return Unclear(f"{why}. What cannot be undone was done: look at the application before running this again")
    return NotReached(why)
