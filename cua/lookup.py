"""A commit whose outcome is not known is looked up by its `already`, on pages that are loaded anew, before anything is
repeated: seen, it has happened; seen to be missing where it would be, again and again, it has not; else nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from cua.absence import belongs_here, onward
from cua.errors import Finished, Unclear
from cua.judge import View
from cua.parts import same
from cua.proof import Proof
from cua.run import Done, Run
from cua.signing import sign_in
from cua.step import Step
from cua.verdict import Verdict
from envs.action import Look, Open
from envs.errors import ActFailed, EnvError
from envs.events import Answer, Failure
from envs.observation import Observation

if TYPE_CHECKING:
    from cua.agent import Agent

PAUSES = (1.5, 2.5)
"""Seconds between the looks at a page on which it is missing: a list may be behind by a moment."""
MOST_PAGES = 20
"""So many pages of a list are read."""
CLOSED = frozenset(
    f"net::ERR_{why}" for why in ("EMPTY_RESPONSE", "CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_REFUSED")
)
"""The server has hung up, or is not there: it is not still at it."""
UNREACHED = (1.0, 2.0, 4.0)
"""Seconds between the tries to open a page where nobody answers."""


class Happened(Enum):
    YES = auto()
    NO = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer, the screen that gave it, and the reason."""

    happened: Happened
    now: Observation
    why: str


def look_up(agent: Agent, step: Step, now: Observation, run: Run, *, over: bool = False) -> LookedUp:
    """Whether a commit has happened. `over`: the server is known to be done with it, so that a no can be believed.

    What showed on a page before the commit was sent proves nothing there.
    """
    if step.already is None:
        return LookedUp(Happened.UNKNOWN, now, "nothing says how to see whether it has happened (`already`)")
    missing: list[str] = []
    for screen in _screens(agent, now, run):
        now, seen = _look(agent, step, screen)
        if seen is True:
            return LookedUp(Happened.YES, now, agent.tracker.judge.check(step.already, View(now)).why)
        if seen is False:
            missing.append(screen.url)
    for pause in PAUSES if over and missing else ():
        agent.env.settle(_never, pause)
        for url in missing:
            now, seen = _look(agent, step, go_to(agent, url))
            if seen is not False:
                why = agent.tracker.judge.check(step.already, View(now)).why
                return LookedUp(Happened.YES if seen else Happened.UNKNOWN, now, why)
    if over and missing:
        return LookedUp(Happened.NO, now, f"it is not at {missing[-1]}, where it would be seen")
    return LookedUp(Happened.UNKNOWN, now, "no screen on the way shows that it has happened")


def _look(agent: Agent, step: Step, screen: Observation) -> tuple[Observation, bool | None]:
    """Whether `already` is seen here, or on the following pages of what is listed here; None where that does not tell.

    No is said only of a list that was read to its end."""
    assert step.already is not None
    judge, first = agent.tracker.judge, screen
    told = belongs_here(step.already, judge, screen)
    for _ in range(MOST_PAGES):
        if judge.check(step.already, View(screen)).holds and not agent.tracker.foreseen(step, first):
            return screen, True
        following = onward(screen) if told else None
        if following is None:
            return screen, False if told else None
        address = following.attributes.get("href", "")
        if following.role != "link" or not address.startswith("http") or agent.policy.outside(address) is not None:
            return screen, None  # a button may do anything
        before, screen = screen, go_to(agent, address)
        if same(before, screen):
            return screen, None
    return screen, None


def cleared_up(agent: Agent, doubt: Unclear, proof: Proof | None, run: Run) -> tuple[LookedUp, Run]:
    """A commit of this very run may or may not have happened: look it up.

    Raises `doubt` again where nothing says how to see it, or where looking it up does not tell.
    """
    miss, start = doubt.done, run.goal.start
    if miss is None or miss.step.already is None or start is None:
        raise doubt
    run = run.add(miss)
    agent.journal.append(run)
    try:
        with agent.tracker.aside():
            answer = look_up(agent, miss.step, go_to(agent, start), run, over=_over(proof))
    except (Finished, EnvError) as no:  # a sign-in that failed is no answer either
        raise Unclear(f"{doubt.why} (it was looked up: {no.why})", miss) from no
    if answer.happened is Happened.UNKNOWN:
        raise Unclear(f"{doubt.why} (it was looked up: {answer.why})", miss)
    return answer, run


def happened(agent: Agent, step: Step, answer: LookedUp, run: Run) -> tuple[Observation, Run]:
    """Take down that it has, and stand where that was seen."""
    agent.tracker.arrive(answer.now)
    done = Done(step, Verdict.yes(f"it had happened: {answer.why}"), dispatched=False, url=answer.now.url)
    agent.progress.proved(done)
    run = run.add(done)
    agent.journal.append(run)
    return answer.now, run


def not_happened(step: Step, answer: LookedUp) -> Done:
    """The record of having seen that it has not."""
    looked = replace(step, id=f"{step.id}~look", action=Look(), words=f"look whether {step.words} has happened")
    looked = replace(looked, target=None, to=None, commit=False, already=None)
    return Done(looked, Verdict.yes(f"it has not: {answer.why}"), dispatched=False, url=answer.now.url)


def go_to(agent: Agent, url: str) -> Observation:
    """Open an address as a fresh start. Raises EnvError, and Denied where it leads to somebody else's page."""
    for wait in (*UNREACHED, None):
        try:
            agent.env.act(Open(url))
            break
        except ActFailed:
            if wait is None:
                raise
            agent.env.settle(_never, wait)
    now = agent.tracker.watch(agent.env.settle())
    agent.tracker.arrive(now)
    return agent.inside(now)


def _screens(agent: Agent, now: Observation, run: Run) -> Iterator[Observation]:
    """The start, what is behind the sign-in, and the pages that the run came through: each is gone to when it is its
    turn, so that the world stands where the last one was looked at."""
    kept = [done for done in run.done if done.proved]
    yield now
    yield sign_in(agent, run, now)
    for url in dict.fromkeys(done.url for done in kept if done.url):
        yield go_to(agent, url)


def _over(proof: Proof | None) -> bool:
    """Whether the server is done with what the act sent: every write was answered, or it has hung up."""
    if proof is None or proof.pending:
        return False
    ended = [event for event in proof.events if isinstance(event, Answer | Failure) and event.writes]
    return bool(ended) and all(isinstance(e, Answer) or (not e.canceled and e.why in CLOSED) for e in ended)


def _never(screen: Observation) -> bool:
    return False
