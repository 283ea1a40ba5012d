"""The loop. Read this first: the steps of a plan are grounded, allowed, written down, done and proved; what fails is
undone.

plan → find → decide → intend → act → settle → proof → (the next step | roll back and plan again)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cua.attempt import Attempt
from cua.errors import Denied, Finished, Skipped, StepFailed, WorldLost
from cua.goal import Goal
from cua.journal import Journal, Request
from cua.limits import Limits
from cua.mending import onward, remedied
from cua.policy import Policy
from cua.progress import Progress, Silent
from cua.recovery import recover
from cua.resume import rejoin
from cua.run import Done, Run
from cua.step import Planner, Step
from cua.tracker import Tracker
from envs.clock import Clock, SystemClock
from envs.env import Env
from envs.errors import Crashed, Unavailable
from envs.observation import Observation


@dataclass(slots=True)
class Agent:
    """Drives `env` to a goal by the steps of `planner`, and believes only what the tracker has proved."""

    env: Env
    planner: Planner
    tracker: Tracker
    policy: Policy
    journal: Journal
    limits: Limits = field(default_factory=Limits)
    progress: Progress = field(default_factory=Silent)
    clock: Clock = field(default_factory=SystemClock)

    def run(self, goal: Goal, request: Request, run: Run | None = None) -> Run:
        """From the first look to the outcome; a run that was read back from the journal is gone on with.

        How it ended is in `run.outcome`. What is no CuaError is a bug of ours: it is on disk by then, and propagates.
        """
        start = self.clock.now()
        resumed = run is not None
        run = run or self.journal.begin(goal, request)
        self.tracker.hold_to(goal, run)
        self.progress.began(run)
        todo: tuple[Step, ...] = ()
        try:
            now, run = self.begin(goal, run, resumed)
            while run.outcome is None:
                now, todo, run = self.turn(goal, now, todo, run)
                self.journal.append(run)
        except Finished as end:  # the only ways out
            run = run.finish(end)
        except (Crashed, Unavailable) as lost:
            run = run.finish(WorldLost(lost.why))
        run = self.tracker.guard.signed(run)
        run = replace(self.policy.vault.masked(run), ms=run.ms + (self.clock.now() - start) * 1000)
        self.journal.append(run)
        self.progress.finished(run)
        return run

    def begin(self, goal: Goal, run: Run, resumed: bool) -> tuple[Observation, Run]:
        """Look at the start; a goal that is true already ends the run here, a resumed run goes to where it was."""
        self.tracker.guard.check(run)  # what was broken for good in a run that is gone on with stays broken
        now = self.inside(self.tracker.watch(self.env.reset()))
        self.tracker.arrive(now)
        if resumed:
            return rejoin(self, now, run)
        end = self.tracker.already(goal, now, run)
        if end is not None:
            raise end
        return now, run

    def turn(
        self, goal: Goal, now: Observation, todo: tuple[Step, ...], run: Run
    ) -> tuple[Observation, tuple[Step, ...], Run]:
        """One step of the plan; a new plan where there is none; the end where the planner has nothing left."""
        self.limits.check(run, self.journal.shows)  # LimitReached
        self.tracker.guard.check(run)  # NotReached, Unclear: something was seen that must never be seen
        if not todo:
            plan = self.planner.plan(goal, now, run)  # GaveUp, Infeasible
            self.progress.planned(plan)
            todo = plan.steps
        if not todo:
            raise self.tracker.conclude(goal, now, run)  # the screen decides: GoalReached | NotReached
        step, rest = todo[0], todo[1:]
        self.tracker.foresee(todo, now)
        self.progress.trying(step)
        try:
            done, now = self.advance(step, now, run, last=not rest)
        except StepFailed as miss:  # expected: undo, record, think again
            self.progress.failed(miss.done)
            now, run = recover(self, miss, run)  # Unclear, Stranded
            return now, remedied(step, miss.done, rest, run), run
        self.progress.proved(done)
        run = run.add(done)
        return self.inside(now, done), onward(done, rest, run), run

    def advance(self, step: Step, now: Observation, run: Run, *, last: bool = True) -> tuple[Done, Observation]:
        """One step, whole: found, allowed, intended, done, proved. Raises StepFailed, or Denied and NeedsApproval."""
        attempt = Attempt(self, step, run, now, last)
        if step.ask is not None:
            return attempt.decide()
        while True:
            attempt.ready()  # what the contract asks before it
            found = attempt.find()  # waits until the deadline; NotFound, Ambiguous
            try:
                attempt.allowed(found)  # Denied, NeedsApproval
            except Skipped:
                return attempt.skipped()
            attempt.ready()  # still, although it may have taken a while
            self.journal.intend(run, step, found)  # on disk before the act
            if attempt.act(found):  # False: it was stale, so it is looked for again
                return attempt.prove(found)  # by events, never by sleeping

    def inside(self, now: Observation, done: Done | None = None) -> Observation:
        """The screen, if it belongs to what was granted. Raises Denied where `done` led to somebody else's page."""
        why = self.policy.outside(now.url)
        if why is not None:
            raise Denied(f"the application led to {now.url}, which was not granted: {why}", done)
        return now
