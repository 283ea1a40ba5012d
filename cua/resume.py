"""Going on with a run in a fresh world: a new browser knows nothing of sign-ins, pages and half-filled forms.

What was committed stays done. What can be done again without harm is: everything, when nothing was committed yet;
else the sign-in, then straight to where the last commit led, then whatever came after it. A commit that was in doubt
when the run was killed is looked up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cua.errors import NotReached, Stranded, Unclear
from cua.lookup import Happened, go_to, happened, look_up
from cua.run import Done, Run
from cua.signing import sign_in
from cua.step import Step
from cua.verdict import Verdict
from envs.errors import ActFailed
from envs.observation import Observation

if TYPE_CHECKING:
    from cua.agent import Agent


def rejoin(agent: Agent, now: Observation, run: Run) -> tuple[Observation, Run]:
    """Bring the world to where the run was, and mark in the run what has to be done again.

    Raises Unclear when the run was killed in a commit and nothing tells whether it happened; Stranded when the place
    cannot be reached again.
    """
    run = _on_record(agent, run)
    doubt = _left_open(run)
    kept = [done for done in run.done if done.proved]
    last = max((i for i, done in enumerate(kept) if done.step.commit), default=-1)
    again = {done.step.id for done in kept[last + 1 :] if not done.step.commit}
    if doubt is not None:
        unknown = "{} was intended when the run stopped, and {}; look at the application before running this again"
        try:
            answer = look_up(agent, doubt, now, run)
        except (NotReached, ActFailed) as no:
            raise Unclear(unknown.format(doubt.words, f"it could not be looked up ({no.why})")) from no
        if answer.happened is not Happened.YES:
            raise Unclear(unknown.format(doubt.words, answer.why))
        return happened(agent, doubt, answer, run)
    if last >= 0:
        now = _return(agent, kept[last], run)
    undone = tuple(replace(done, undone=True) if done.step.id in again else done for done in run.done)
    return now, replace(run, done=undone)


def _on_record(agent: Agent, run: Run) -> Run:
    """A commit that was intended when the run was killed becomes a record of its own, before anything else is done:
    what coming back intends (a sign-in) must not take its place, should the run be killed again."""
    intended = agent.journal.unclear(run)
    if intended is None or not intended.commit:
        return run
    run = run.add(Done(intended, Verdict.no("the run was killed in the middle of it"), dispatched=True))
    agent.journal.append(run)
    return run


def _left_open(run: Run) -> Step | None:
    """The last commit that was sent without its outcome being known, neither then nor by looking it up later."""
    commits = [done for done in run.done if done.step.commit and done.dispatched and not done.verdict.holds]
    open_ = (done.step for done in reversed(commits) if done.step.id not in run.proved and run.in_doubt(done.step.id))
    return next(open_, None)


def _return(agent: Agent, commit: Done, run: Run) -> Observation:
    try:
        now = go_to(agent, commit.url)
    except ActFailed as no:
        raise Stranded(f"after {commit.step.words} the run was at {commit.url}: {no.why}") from no
    if agent.tracker.shown(now).id != commit.after:
        sign_in(agent, run, now)
        now = go_to(agent, commit.url)
    if agent.tracker.shown(now).id != commit.after and now.url != commit.url:
        raise Stranded(f"after {commit.step.words} the run was at {commit.url}; that page is not there any more")
    agent.tracker.arrive(now)
    return now
