"""After a step failed: back to where it began, and out of the way what kept it from succeeding.

The tracker undoes (`roll_back`); a commit of unknown outcome is looked up; a session that has ended is signed in
again; a server that is down is waited for; then one remedy is tried, and the planner tries the step again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cua.closing import closer, over
from cua.detour import another_way
from cua.errors import Cause, Denied, NeedsApproval, StepFailed, Stranded, Unclear
from cua.login_pages import signs_in
from cua.lookup import Happened, cleared_up, happened, not_happened
from cua.mending import next_of
from cua.policy import Mended
from cua.remedies import DISMISS, FILL, KEYBOARD, LOOK, PAUSES, RELOAD, SIGN_IN, WAIT, remedies
from cua.run import Rollback, Run
from cua.signing import entrance, sign_in
from cua.step import Step
from cua.tracker.tracker import Back
from cua.wording import fold, says
from envs.action import Click, Press, Type
from envs.errors import ActFailed
from envs.events import Answer
from envs.observation import Element, Observation
from grounding import describe, parse, shortest_target

if TYPE_CHECKING:
    from cua.agent import Agent

WAITS = (0.0, 1.0, 2.0, 4.0)
"""Seconds before each try to come back to a page that the server does not give."""
DOWN = frozenset({429, 500, 502, 503, 504})
PERSON = "by hand"
"""The remedy of somebody at the terminal who has mended the page."""
TELLING = 3
"""Characters of an entry that can name something."""
CLOSING = 3.0
"""Seconds that closing something may take."""


def recover(agent: Agent, miss: StepFailed, run: Run) -> tuple[Observation, Run]:
    """The screen to go on from, and the run with what was done about it.

    Raises Unclear for a commit of which nobody knows, Stranded where no way leads back.
    """
    return _Recovery(agent, miss, run).go()


class _Recovery:
    def __init__(self, agent: Agent, miss: StepFailed, run: Run) -> None:
        self.agent, self.miss, self.run = agent, miss, run
        self.tracker = agent.tracker
        self.step = miss.done.step

    def go(self) -> tuple[Observation, Run]:
        mended = self._by_hand()
        if mended.again:
            return self._as_it_is(mended.target)
        try:
            back = self.tracker.roll_back(self.miss)
        except Unclear as doubt:
            return self._in_doubt(doubt)
        except Stranded as lost:
            back = self._found_again(lost)
        back = self._remedied(back)
        self.agent.progress.rolled_back(back.rollback)
        run = self.run.undo(self.miss.done, back.rollback)
        if back.rollback.remedy:
            return back.now, run
        return another_way(self.agent, self.miss, back.now, run) or (back.now, run)

    def _by_hand(self) -> Mended:
        """What a person has done about it. What was sent and cannot be undone is never tried again like that."""
        mender, done = self.agent.policy.mender, self.miss.done
        mended = mender.mended(done) if mender is not None else Mended()
        sent = done.step.commit and done.dispatched
        return Mended() if sent or self.tracker.guard.breach else mended

    def _as_it_is(self, target: str) -> tuple[Observation, Run]:
        now = self.agent.inside(self.tracker.watch(self.agent.env.observe()))
        self.tracker.arrive(now)
        rollback = Rollback(
            self.step.id, "nothing", self.tracker.here.id, "mended at the terminal", True, remedy=PERSON, target=target
        )
        self.agent.progress.rolled_back(rollback)
        return now, self.run.undo(self.miss.done, rollback)

    def _in_doubt(self, doubt: Unclear) -> tuple[Observation, Run]:
        """A commit is not undone but looked up; what has certainly not happened may be done again."""
        answer, self.run = cleared_up(self.agent, doubt, self.miss.proof, self.run)
        if answer.happened is Happened.YES:
            now, run = happened(self.agent, self.step, answer, self.run)
            self.tracker.seen_to_have_happened(self.miss)
            return now, run
        lost = f"{self.step.words} has not happened ({self.miss.done.verdict.why}; it was looked up: {answer.why})"
        back = self._found_again(Stranded(f"{lost}, and there is no way back to where it is done"))
        rollback = replace(back.rollback, remedy=LOOK, void=True, why=answer.why)
        self.agent.progress.rolled_back(rollback)
        return back.now, self.run.undo(not_happened(self.step, answer), rollback)

    # ── the way back ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _found_again(self, lost: Stranded) -> Back:
        """The page where the step began, loaded anew: after signing in where a session has ended, or a little later
        where the server does not give it. Raises `lost` where that does not help."""
        signed = False
        for wait in WAITS:
            if wait:
                self._pause(wait)
            try:
                back, now = self.tracker.load_again(self.miss, self.run)
                if back is None and not signed and signs_in(now) and entrance(self.run):
                    signed = True
                    with self.tracker.aside():
                        sign_in(self.agent, self.run, now)
                    back, now = self.tracker.load_again(self.miss, self.run)
            except ActFailed:
                continue
            except Stranded as no:
                raise Stranded(f"{lost.why}; {no.why}", lost.done) from no
            if back is not None:
                return replace(back, rollback=replace(back.rollback, remedy=SIGN_IN)) if signed else back
            if not any(isinstance(e, Answer) and e.kind == "document" and e.status in DOWN for e in now.events):
                break
        raise lost

    def _pause(self, seconds: float) -> None:
        self.tracker.watch(self.agent.env.settle(_never, seconds))

    # ── what helps ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _remedied(self, back: Back) -> Back:
        """The first remedy that can be applied; without one the step is tried again as it is."""
        stated = bool(self.step.mends) or next_of(self.step, self.run) is not None
        if back.rollback.remedy or stated or self.tracker.guard.breach:
            return back
        cause = Cause.LATE if self.miss.cause is Cause.NOT_THERE and self._was_stored() else self.miss.cause
        for remedy in remedies(cause, self.run.remedies(self.step.id)):
            mended = self._apply(remedy, back)
            if mended is not None:
                lost = tuple(dict.fromkeys((*back.rollback.lost, *mended.rollback.lost)))
                return replace(mended, rollback=replace(mended.rollback, remedy=remedy, lost=lost))
        return back

    def _was_stored(self) -> bool:
        """Whether the failed step's target is named by what the run has entered, and a commit has taken since."""
        named, entered = fold(str(self.step.target or "")), False
        for done in self.run.done:
            action = done.step.action
            if done.proved and isinstance(action, Type) and isinstance(action.text, str):
                entered = entered or (len(action.text) >= TELLING and says(fold(action.text), named))
            if done.proved and done.step.commit and entered:
                return True
        return False

    def _apply(self, remedy: str, back: Back) -> Back | None:
        """Where the step can be tried again from; None where this remedy does not apply here."""
        if remedy == FILL:
            return back
        if remedy == KEYBOARD:
            return back if isinstance(self.step.action, Click) else None
        if remedy == DISMISS:
            now = self._dismissed(back.now)
            return replace(back, now=now) if now is not None else None
        if remedy == RELOAD and not self.run.proved:
            return None  # it has only just been opened
        if remedy == WAIT:
            self._pause(PAUSES[min(self.run.remedies(self.step.id).count(WAIT), len(PAUSES) - 1)])
        return self._loaded()

    def _loaded(self) -> Back | None:
        try:
            back, _ = self.tracker.load_again(self.miss, self.run)
        except ActFailed:
            return None
        return back

    def _dismissed(self, now: Observation) -> Observation | None:
        """What lies over the page is closed, as a step of its own: allowed, written down and proved like any other."""
        dialog = over(now)
        if dialog is not None and self.tracker.fills(dialog, now):
            return None  # it is the run's own
        button = closer(now, self._target(now))
        if button is not None:
            step = self._pressing(button, now)
        elif dialog is not None:
            step = Step(f"{self.step.id}~close", Press("Escape"), f"close {dialog} (Escape)", timeout=CLOSING)
        else:
            return None
        if step is None:
            return None
        try:
            done, now = self.agent.advance(step, now, self.run)
        except (StepFailed, Denied, NeedsApproval):
            return None
        self.agent.progress.proved(done)
        self.run = self.run.add(done)
        self.agent.journal.append(self.run)
        return now

    def _target(self, now: Observation) -> Element | None:
        """The element of the failed step as it is now; None where there is none for sure."""
        if self.step.target is None:
            return None
        element, _ = self.tracker.judge.element(self.step.target, now)
        return element

    def _pressing(self, button: Element, now: Observation) -> Step | None:
        words = shortest_target(button, now, self.tracker.judge.grounder, Click())
        if words is None:
            return None
        target = parse(words)
        return Step(f"{self.step.id}~close", Click(), f"close it: click {describe(target)}", target, timeout=CLOSING)


def _never(screen: Observation) -> bool:
    return False
