"""Going on with a run in a fresh world: a new browser knows nothing of sign-ins, pages and half-filled forms.

What was committed stays done. What can be done again without harm is: everything, when nothing was committed yet;
else the sign-in, then straight to where the last commit led, then whatever came after it. A commit in doubt, of a run
that was killed or of one that goes on, is looked up by its `already`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cua.errors import Denied, StepFailed, Stranded, Unclear
from cua.judge import View
from cua.run import Done, Run
from cua.step import Step
from cua.verdict import Verdict
from envs.action import Open, Type
from envs.errors import EnvError
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
        return _look_up(agent, doubt, now, run)
    if last >= 0:
        now = _return(agent, kept, kept[last], now, run)
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
    return next((done.step for done in reversed(commits) if done.step.id not in run.proved), None)


def cleared_up(agent: Agent, doubt: Unclear, run: Run) -> tuple[Observation, Run]:
    """A commit of this very run may or may not have happened: look it up on pages that are loaded anew.

    Raises `doubt` again where nothing says how to see it, or where it is not seen.
    """
    miss, start = doubt.done, run.goal.start
    if miss is None or miss.step.already is None or start is None:
        raise doubt
    run = run.add(miss)
    agent.journal.append(run)
    try:
        now = _open(agent, start)
        return _look_up(agent, miss.step, now, run)
    except (Unclear, Stranded, Denied, EnvError) as no:
        raise Unclear(f"{doubt.why} (it was looked up: {no.why})", miss) from no


def _look_up(agent: Agent, step: Step, now: Observation, run: Run) -> tuple[Observation, Run]:
    """A commit whose outcome is not known: look whether it has happened; it is never simply done again.

    What showed on a page before the commit was sent proves nothing there.
    """
    if step.already is None:
        raise Unclear(
            f"{step.words} was intended when the run stopped, and nothing says how to see whether it has happened "
            "(`already`). Look at the application before running this again"
        )
    kept = [done for done in run.done if done.proved]
    for screen in _screens(agent, kept, now, run):
        verdict = agent.tracker.judge.check(step.already, View(screen))
        if verdict.holds and not agent.tracker.foreseen(step, screen):
            agent.tracker.arrive(screen)
            done = Done(step, Verdict.yes(f"it had happened: {verdict.why}"), dispatched=False, url=screen.url)
            agent.progress.proved(done)
            run = run.add(done)
            agent.journal.append(run)
            return screen, run
    raise Unclear(
        f"{step.words} was intended when the run stopped, and no screen on the way shows that it has happened; "
        "look at the application before running this again"
    )


def _screens(agent: Agent, kept: list[Done], now: Observation, run: Run) -> Iterator[Observation]:
    """The start, what is behind the sign-in, and the pages that the run came through: each is gone to when it is its
    turn, so that the world stands where the last one was looked at."""
    yield now
    yield _sign_in(agent, kept, now, run)
    for url in dict.fromkeys(done.url for done in kept if done.url):
        yield _open(agent, url)


def _return(agent: Agent, kept: list[Done], commit: Done, now: Observation, run: Run) -> Observation:
    now = _open(agent, commit.url)
    if agent.tracker.shown(now).id != commit.after:
        now = _sign_in(agent, kept, now, run)
        now = _open(agent, commit.url)
    if agent.tracker.shown(now).id != commit.after and now.url != commit.url:
        raise Stranded(f"after {commit.step.words} the run was at {commit.url}; that page is not there any more")
    agent.tracker.arrive(now)
    return now


def _sign_in(agent: Agent, kept: list[Done], now: Observation, run: Run) -> Observation:
    """Do the run's own sign-in again: its steps up to the one after the password, where a password field is shown."""
    if not any("password" in element.states for element in now.elements):
        return now
    typed = [
        i
        for i, done in enumerate(kept)
        if isinstance(done.step.action, Type) and not isinstance(done.step.action.text, str)
    ]
    if not typed:
        return now
    try:
        for done in kept[: typed[0] + 2]:
            _, now = agent.advance(done.step, now, run)
    except StepFailed as no:
        raise Stranded(f"signing in again failed at {no.done.step.words}: {no.why}") from no
    return now


def _open(agent: Agent, url: str) -> Observation:
    agent.env.act(Open(url))
    now = agent.tracker.watch(agent.env.settle())
    agent.tracker.arrive(now)
    return agent.inside(now)
