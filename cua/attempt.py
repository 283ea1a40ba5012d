"""One try of one step, from finding its target to the proof; what was met on the way is kept for the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from cua.errors import Denied, NeedsApproval, StepFailed, Unclear, WorldLost
from cua.expect import Within
from cua.exports import NotWritten, export
from cua.judge import View
from cua.ledger import effects_of
from cua.parts import same
from cua.proof import Proof
from cua.readings import answer_of, read
from cua.run import Done, Json, Run, Seen
from cua.seeking import Seeking
from cua.step import Keep, Step
from cua.verdict import Verdict
from envs.action import Action, Ask, Click, Drag, Press, Secret, Type
from envs.errors import ActFailed, Crashed, Stale, Unsupported
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding.errors import BadTarget, GroundingError
from grounding.grounding import Candidate, Grounding
from grounding.target import Target

if TYPE_CHECKING:
    from cua.agent import Agent

TRIES = 5
"""How often a target that changed between look and act is looked for again within one step."""

UNDECIDED = 1.5
"""Seconds that an ambiguity is given to resolve itself while a page is still growing."""


class Attempt:
    def __init__(self, agent: Agent, step: Step, run: Run, now: Observation) -> None:
        self.agent = agent
        self.step = step
        self.run = run
        self.before = now
        self.action = self._resolved()
        self.notes: list[str] = []
        self.picture = ""
        self.proof: Proof | None = None
        self.candidate: Candidate | None = None
        self.dispatched = False
        self._start = agent.clock.now()
        self._stale = 0

    def _resolved(self) -> Action:
        """The step's action as it is dispatched: with the secret's value (an unbound one is refused by the policy), and
        agreeing to native questions only where the step is a commit, which the policy has to allow first."""
        action = self.step.action
        if isinstance(action, Click | Press) and self.step.commit:
            return replace(action, agrees=True)
        try:
            return self.agent.policy.vault.fill(action)
        except KeyError:
            return action

    def decide(self) -> tuple[Done, Observation]:
        """A question about the screen: its answer is the step's value, and either answer is a success."""
        assert self.step.ask is not None
        question, judge = self.step.ask, self.agent.tracker.judge
        wait = question.seconds if isinstance(question, Within) else 0.0
        verdict = judge.check(question, View(self.before))
        if not verdict.holds and wait:
            self.before = self._settle(lambda screen: judge.check(question, View(screen)).holds, wait)
            verdict = judge.check(question, View(self.before))
        said = Verdict.yes(f"{'yes' if verdict.holds else 'no'}: {verdict.why}")
        return self._done(said, self.before, value=verdict.holds), self.before

    def find(self) -> Element | None:
        """The target's element, waited for until the deadline. Raises StepFailed with the candidates in words."""
        if self.step.commit:
            self.before = self.agent.tracker.watch(self.agent.env.observe())  # nothing old decides about a commit
            self._claims_hold()
        if self.step.to is not None and isinstance(self.action, Drag):
            self.action = replace(self.action, to=self._ground(self.step.to).element.ref)
        if self.step.target is not None:
            self.candidate = self._ground(self.step.target, self.step.action)
            return self.candidate.element
        return None

    def _ground(self, target: Target, action: Action | None = None) -> Candidate:
        grounder, clock = self.agent.tracker.judge.grounder, self.agent.clock
        seeking = Seeking(
            self.agent.env, grounder, target, action, clock, self.agent.tracker.watch, whole=self.step.commit
        )
        undecided: list[float] = []
        last: list[tuple[Observation, Grounding]] = []

        def clear(screen: Observation) -> bool:
            grounding = grounder.ground(target, screen, action)
            last[:] = [(screen, grounding)]
            if grounding.found and not grounding.sure:
                undecided.append(clock.now())
                return undecided[-1] - undecided[0] >= UNDECIDED
            return grounding.sure and not _disabled(grounding)

        try:
            if not clear(self.before):
                self.before = seeking.wait(self.before, clear, self.step.timeout)
            screen, grounding = last[0]
            now = grounding if screen is self.before else grounder.ground(target, self.before, action)
            found = seeking.answer(now).require()
        except (GroundingError, BadTarget) as no:
            self._miss(Verdict.no(no.why + seeking.told, final=True))
        if seeking.note:
            self._note(seeking.note)
        return found

    def _claims_hold(self) -> None:
        """Before a commit: do the fields still hold what was proved? What does not is done again first."""
        broken = self.agent.tracker.broken(self.before)
        if broken:
            self._miss(Verdict.no("before this, " + "; ".join(broken.values())))

    def allowed(self, found: Element | None) -> None:
        """Raises Denied or NeedsApproval, with the record of this step."""
        try:
            note = self.agent.policy.decide(self.step, found, self.before).require()
        except (Denied, NeedsApproval) as no:
            no.done = self._done(Verdict.no(no.why), self.before)
            raise
        if note:
            self.notes.append(note)

    def act(self, found: Element | None) -> bool:
        """Dispatch it. False when the element was stale: look again. Raises StepFailed."""
        self.picture = self.picture or self.agent.journal.keep(self.before)
        self.proof = self.agent.tracker.proof(self.step, self.action, found, self.before)
        try:
            self.agent.env.act(self.action, found)
        except Crashed as lost:
            self._lost(lost)
        except Stale as stale:
            self._stale += 1
            self._note(f"looked again: {stale.why}")
            if self._stale >= TRIES:
                self._miss(Verdict.no(f"it did not hold still: {stale.why}"))
            self.before = self._settle(None, self.step.timeout)
            return False
        except ActFailed as no:
            self.dispatched = no.dispatched
            if no.dispatched or not self._time_left:
                self._miss(Verdict.no(no.why, final=True))
            self._note(f"waited: {no.why}")
            self.before = self._settle(self._differs, self._time_left)
            return False
        except Unsupported as no:
            self._miss(Verdict.no(no.why, final=True))
        self.dispatched = True
        return True

    @property
    def _time_left(self) -> float:
        return max(0.0, self._start + self.step.timeout - self.agent.clock.now())

    def _differs(self, screen: Observation) -> bool:
        return not same(screen, self.before)

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def prove(self, found: Element | None) -> tuple[Done, Observation]:
        """Wait for the proof until the deadline. Raises StepFailed with what is there instead."""
        assert self.proof is not None
        limit = self.step.expect.seconds if isinstance(self.step.expect, Within) else self.step.timeout
        try:
            after = self._settle(self.proof, limit)
        except Crashed as lost:
            self._lost(lost)
        verdict = self.proof.verdict(after)
        if not verdict.holds:
            self._miss(verdict, after)
        value: Json = None
        if isinstance(self.step.action, Ask):
            value = answer_of(after)
            verdict = Verdict.yes(f'the answer is "{value}"')
        elif self.step.keep is not None:
            value, verdict, after = self._read(self.step.keep, found, after)
        done = self._done(verdict, after, value=value)
        self.agent.tracker.confirm(done, self.proof, after)
        return done, after

    def _read(self, keep: Keep, found: Element | None, after: Observation) -> tuple[Json, Verdict, Observation]:
        """What the step brings home, and into its file where it has one."""
        reading = read(keep, found, after)
        if reading.value == [] and self._time_left:  # a list that is still on its way looks like an empty one
            after = self._settle(lambda screen: read(keep, found, screen).value != [], min(UNDECIDED, self._time_left))
            reading = read(keep, found, after)
        if not reading.verdict.holds:
            self._miss(reading.verdict, after)
        if keep.into is not None:
            earlier = (done.step.keep for done in self.run.done if done.proved and done.step.keep is not None)
            try:
                export(keep.into, keep.name, reading.value, fresh=keep.into not in {kept.into for kept in earlier})
            except NotWritten as no:
                self._miss(Verdict.no(no.why, final=True), after)
        return reading.value, reading.verdict, after

    def _lost(self, lost: Crashed) -> NoReturn:
        """The world died in the middle of it. A commit may have reached the application all the same."""
        self.dispatched = True
        done = self._done(Verdict.no(lost.why), self.before)
        if self.step.commit:
            raise Unclear(
                f"{lost.why} during {self.step.words}: it is not known whether it has happened", done
            ) from lost
        raise WorldLost(lost.why, done) from lost

    def _settle(self, until: object, timeout: float) -> Observation:
        return self.agent.tracker.watch(self.agent.env.settle(until, timeout))  # type: ignore[arg-type]

    def _miss(self, verdict: Verdict, after: Observation | None = None) -> NoReturn:
        done = self._done(verdict, after or self.before)
        raise StepFailed(done, self.proof if self.dispatched else None)

    def _secretive(self, screen: Observation) -> tuple[Box, ...]:
        """Where a secret was typed, before and now: it may have been seen there even if it is gone again."""
        if self.candidate is None or not (
            isinstance(self.step.action, Type) and isinstance(self.step.action.text, Secret)
        ):
            return ()
        field = self.candidate.element
        now = screen.get(field.ref)
        return (field.box, now.box) if now is not None else (field.box,)

    def _done(self, verdict: Verdict, after: Observation, *, value: Json = None) -> Done:
        """The record of this try, secrets masked."""
        chosen = self.candidate
        journal = self.agent.journal
        done = Done(
            step=self.step,
            verdict=verdict,
            dispatched=self.dispatched,
            found=Seen.of(chosen.element, chosen.expert, chosen.confidence, chosen.why) if chosen else None,
            before=self.agent.tracker.here.id,
            after=self.agent.tracker.shown(after).id,
            url=after.url,
            value=value,
            effects=effects_of(self.proof.events) if self.proof else (),
            ms=round((self.agent.clock.now() - self._start) * 1000, 3),
            pictures=(self.picture or journal.keep(self.before), journal.keep(after, self._secretive(after))),
            notes=tuple(self.notes),
        )
        return self.agent.policy.vault.masked(done)


def _disabled(grounding: Grounding) -> bool:
    return grounding.best is not None and "disabled" in grounding.best.element.states
