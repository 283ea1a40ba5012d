"""One try of one step, from finding its target to the proof; what was met on the way is kept for the record."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from cua.errors import Cause, Denied, Finished, NeedsApproval, StepFailed, Unclear, WorldLost
from cua.expect import Within
from cua.exports import NotWritten, export
from cua.finding import UNDECIDED, Missing, find
from cua.guard import broken
from cua.judge import View
from cua.ledger import effects_of
from cua.parts import same
from cua.proof import QUIET, Proof
from cua.readings import answer_of, read
from cua.reloading import loading, waits
from cua.remedies import KEYBOARD, RELOAD, by_key, cause_of
from cua.run import SKIPPED, Done, Json, Run, Seen
from cua.step import Keep, Step
from cua.verdict import Verdict
from envs.action import Action, Ask, Click, Drag, Press, Secret, Type
from envs.env import Until
from envs.errors import ActFailed, Crashed, EnvError, Stale, Unsupported
from envs.events import Event
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding import parse, shortest_target
from grounding.grounding import Candidate
from grounding.target import Target

if TYPE_CHECKING:
    from cua.agent import Agent

TRIES = 5
"""How often a target that changed between look and act is looked for again within one step."""

AGED = 0.5
"""Seconds that a permission may take; after more, somebody was asked, and the contract is asked on a new look."""

AGAIN = 3.0
"""Seconds that a target or a proof may take to come after the page was loaded again."""


class Attempt:
    def __init__(self, agent: Agent, step: Step, run: Run, now: Observation, last: bool = True) -> None:
        """`last`: no step is known that would come after this one."""
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
        self.healed = False
        self._start = agent.clock.now()
        self._waited = 0.0
        self._stale = 0
        self._aged = False
        self.guard = agent.tracker.guard
        self.guard.during(step)
        self._firm = last or step.commit or step.keep is not None or self.guard.asks(step)
        """Whether the proof has to hold on a world that has stayed as it was; else the next act waits for that."""

    def _resolved(self) -> Action:
        """The step's action: it agrees to native questions only where the step is a commit, which the policy has to
        allow first. A secret is put in just before dispatch."""
        action = self.step.action
        return replace(action, agrees=True) if isinstance(action, Click | Press) and self.step.commit else action

    def decide(self) -> tuple[Done, Observation]:
        """A question about the screen: its answer is the step's value, and either answer is a success."""
        assert self.step.ask is not None
        question, judge = self.step.ask, self.agent.tracker.judge
        wait = question.seconds if isinstance(question, Within) else 0.0
        verdict = judge.check(question, View(self.before))
        if not verdict.holds and wait:
            self.before = self._settle(lambda screen: judge.check(question, View(screen)).holds, wait)
            verdict = judge.check(question, View(self.before))
        if self.guard.slip:
            self._miss(Verdict.no(self.guard.slip, final=True))
        said = Verdict.yes(f"{'yes' if verdict.holds else 'no'}: {verdict.why}")
        return self._done(said, self.before, value=verdict.holds), self.before

    def ready(self) -> None:
        """Wait for what the contract asks before the step. Raises StepFailed, or Finished: it is broken for good."""
        if not self.guard.asks(self.step):
            return
        limit = self._time_left
        if self.step.pre is not None or self._aged:
            self.before, self._aged = self._look(), False  # it holds now, or it does not hold
        if self.step.pre is not None:
            limit = self.step.pre.seconds if isinstance(self.step.pre, Within) else limit
        verdict = self._allows(self.before)
        if not verdict.holds and not verdict.final:
            self.before = self._settle(lambda screen: self._allows(screen).holds, limit)
            verdict = self._allows(self.before)
        if self.guard.breach:
            raise self._broken(Verdict.no(self.guard.breach), self.before)
        if self.guard.slip or not verdict.holds:
            self._miss(Verdict.no(f"it was not done: {self.guard.slip or verdict.why}", final=True))

    def _allows(self, screen: Observation) -> Verdict:
        return self.guard.before(self.step, screen, self.run)

    def _broken(self, verdict: Verdict, after: Observation) -> Finished:
        """The end of the run: its contract is broken for good."""
        done = self._done(verdict, after)
        done = replace(done, breach=done.verdict.why)
        proof = self.proof if self.dispatched else None
        wrote = proof is not None and (self.step.commit or proof.wrote) and not proof.void
        return broken(self.run, verdict.why, done, wrote=wrote)

    def _look(self) -> Observation:
        return self.agent.tracker.watch(self.agent.env.observe())

    def find(self) -> Element | None:
        """The target's element, waited for until the deadline. Raises StepFailed with the candidates in words."""
        if self.step.commit:
            self.before = self._look()  # nothing old decides about a commit
            self._claims_hold()
        if self.step.to is not None and isinstance(self.action, Drag):
            self.action = replace(self.action, to=self._ground(self.step.to).element.ref)
        pointed = self.run.pointed(self.step.id)
        target = parse(pointed) if pointed else self.step.target
        if target is None:
            return None
        self.candidate = self._ground(target, self.step.action)
        if pointed:
            self.healed = True
            self._note(f'as was pointed at: "{pointed}"')
        return self.candidate.element

    def _ground(self, target: Target, action: Action | None = None) -> Candidate:
        again = self.run.remedies(self.step.id)[-1:] == (RELOAD,)
        patience = min(self.step.timeout, AGAIN) if again else self.step.timeout
        try:
            found = find(self.agent, self.step, target, action, self.before, patience)
        except Missing as no:
            self.before = no.now
            self._miss(Verdict.no(no.why, final=True), cause=no.cause)
        self.before = found.now
        if found.note:
            self._note(found.note)
        self.healed = found.healed
        return found.candidate

    def _claims_hold(self) -> None:
        """Before a commit: do the fields still hold what was proved? What does not is done again first."""
        tracker = self.agent.tracker
        if tracker.in_hand(self.before):
            # what an application makes of an entry it may show only when the field is left
            self.agent.journal.develop()
            with suppress(ActFailed, Stale):  # then it is seen when the commit leaves it
                self.agent.env.act(Press("Tab"))
            self.before = self._settle(None, self.step.timeout)
        broken = tracker.broken(self.before)
        if broken:
            self._miss(Verdict.no("before this, " + "; ".join(broken.values())), cause=Cause.SPOILT)

    def allowed(self, found: Element | None) -> None:
        """Raises Denied or NeedsApproval, with the record of this step."""
        asked = self.agent.clock.now()
        try:
            note = self.agent.policy.decide(self.step, found, self.before).require()
        except (Denied, NeedsApproval) as no:
            no.done = self._done(Verdict.no(no.why), self.before)
            raise
        if note:
            self.notes.append(note)
        self._aged = bool(note) or self.agent.clock.now() - asked > AGED

    def skipped(self) -> tuple[Done, Observation]:
        """The record of a step that a person goes on without: it was no commit, no rule of the task has seen it."""
        done = self._done(Verdict.yes(SKIPPED), self.before)
        step = replace(done.step, commit=False, already=None, name="")
        return replace(done, step=step, seen=(), notes=(*done.notes, SKIPPED)), self.before

    def act(self, found: Element | None) -> bool:
        """Dispatch it. False when the element was stale: look again. Raises StepFailed."""
        if self._early():
            return False
        self.picture = self.picture or self.agent.journal.keep(self.before)
        self.agent.journal.develop()
        if isinstance(self.step.action, Type):
            self.action = self.agent.policy.vault.fill(self.step.action)
        if isinstance(self.action, Click) and self.step.commit:
            self.action = replace(self.action, holding=self.agent.tracker.held(self.before))
        self.proof = self.agent.tracker.proof(self.step, self.action, found, self.before)
        try:
            self.agent.env.act(self._by_key(found) or self.action, found)
        except Crashed as lost:
            self._lost(lost)
        except Stale as stale:
            self._stale += 1
            self._note(f"looked again: {stale.why}")
            if self._stale >= TRIES:
                self._miss(Verdict.no(f"it did not hold still: {stale.why}"), cause=Cause.BLOCKED)
            self.before = self._settle(None, self.step.timeout)
            return False
        except ActFailed as no:
            self._sent(no.dispatched)
            if no.dispatched or not self._time_left:
                after = self._seen_through(self.proof) if no.dispatched else None
                self._miss(Verdict.no(no.why, final=True), after, Cause.BLOCKED)
            self._note(f"waited: {no.why}")
            self.before = self._settle(self._differs, self._time_left)
            return False
        except Unsupported as no:
            self._miss(Verdict.no(no.why, final=True))
        self._sent(True)
        return True

    def _seen_through(self, proof: Proof) -> Observation | None:
        """The screen after a press that broke off half-way, watched until one can tell whether it came to nothing."""
        if not isinstance(self.action, Click):
            return None
        try:
            after = self._settle(proof, QUIET)
        except Crashed as lost:
            self._lost(lost)  # a commit may have been taken all the same
        proof.verdict(after)
        return after

    def _early(self) -> bool:
        """Wait for the next one-time code, where this one is nearly over or was typed before; whether that was so."""
        wait = self.agent.policy.vault.wait(self.step.action)
        if wait <= 0:
            return False
        self._note("waited for the next code")
        began = self.agent.clock.now()
        self.before = self._settle(_never, wait)
        self._waited += self.agent.clock.now() - began
        return True

    def _sent(self, dispatched: bool) -> None:
        self.dispatched = dispatched
        if dispatched:
            self.agent.policy.vault.typed(self.step.action)

    def _by_key(self, found: Element | None) -> Press | None:
        """The key that does what a click does, where clicking came to nothing the last time. What has to be proved
        is the click's effect all the same."""
        if found is None or not isinstance(self.action, Click) or self.run.remedies(self.step.id)[-1:] != (KEYBOARD,):
            return None
        key = by_key(self.action, found)
        if key is not None:
            self._note("by the keyboard, since a click came to nothing")
        return key

    @property
    def _time_left(self) -> float:
        return max(0.0, self._start + self._waited + self.step.timeout - self.agent.clock.now())

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
            after = self._proved(self.proof, limit)
        except Crashed as lost:
            self._lost(lost)
        verdict = self.proof.verdict(after)
        if not verdict.holds and not (self.guard.breach or self.guard.slip):
            verdict, after = self._second_look(self.proof, verdict, after)
        verdict = self._kept(verdict, after)
        if not verdict.holds:
            self._miss(verdict, after)
        value: Json = None
        if isinstance(self.step.action, Ask):
            value = answer_of(after)
            verdict = Verdict.yes(f'the answer is "{value}"')
        elif self.step.keep is not None:
            value, verdict, after = self._read(self.step.keep, found, after)
        done = self.agent.tracker.confirm(self._done(verdict, after, value=value), self.proof, after)
        return done, after

    def _proved(self, proof: Proof, limit: float) -> Observation:
        """The look on which the proof holds, or the last before the deadline; where a firm one is due, on a world that
        has stayed as it was."""
        end = self.agent.clock.now() + limit
        while True:
            after = self._settle(self._settled, max(0.0, end - self.agent.clock.now()))
            if not proof(after) or not (self._firm or self.agent.policy.vault.hidden(after)):
                return after
            firm = self._settle(None, limit)  # pictures of what shows a secret are to be of no other moment
            if proof(firm) or self.agent.clock.now() >= end:
                return firm

    def _settled(self, after: Observation) -> bool:
        """The proof and the contract both have to hold."""
        assert self.proof is not None
        verdict = self.proof.verdict(after)
        return verdict.final or (verdict.holds and self._contract(after).holds)

    def _contract(self, after: Observation) -> Verdict:
        return self.guard.after(self.step, self.before, after, self._events, self.run)

    @property
    def _events(self) -> tuple[Event, ...]:
        return tuple(self.proof.events) if self.proof is not None else ()

    def _kept(self, verdict: Verdict, after: Observation) -> Verdict:
        """The verdict of the proof, unless the contract is broken. Raises Finished where nothing can mend that:
        what must never be seen was seen, or the step was a commit."""
        assert self.proof is not None
        if not self.guard.asks(self.step):
            return verdict
        said = self._contract(after) if verdict.holds else verdict
        why = self.guard.breach or self.guard.slip or ("" if said.holds or not verdict.holds else said.why)
        if not why:
            return verdict
        no = Verdict.no(why if verdict.holds else f"{why}; and {verdict.why}", final=True)
        if self.guard.breach or (self.step.commit and not self.proof.void):
            raise self._broken(no, after)
        return no

    def _second_look(self, proof: Proof, verdict: Verdict, after: Observation) -> tuple[Verdict, Observation]:
        """The page that the act led to, loaded again, where that repeats nothing."""
        for wait in waits(proof, after):
            if wait:
                self._settle(_never, wait)
            try:
                self.agent.env.act(loading(proof, after))
                after = self._settle(self._settled, min(self.step.timeout, AGAIN))
            except Crashed as lost:
                self._lost(lost)
            except EnvError as no:
                self._note(f"loaded the page again: {no.why}")
                continue
            verdict = proof.verdict(after)
            if verdict.holds:
                self._note("the page was loaded again")
                break
        return verdict, after

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

    def _settle(self, until: Until | None, timeout: float) -> Observation:
        return self.agent.tracker.watch(self.agent.env.settle(self.guard.watching(until), timeout))

    def _miss(self, verdict: Verdict, after: Observation | None = None, cause: Cause = Cause.UNPROVED) -> NoReturn:
        if self.dispatched and after is None and self.guard.asks(self.step):
            after = self._look()  # what an act led to that broke off has to be seen as well
        if self.guard.breach:
            why = verdict.why if self.guard.breach in verdict.why else f"{self.guard.breach}; and {verdict.why}"
            raise self._broken(Verdict.no(why, final=True), after or self.before)
        done = self._done(verdict, after or self.before)
        if self.dispatched and self.proof is not None:
            raise StepFailed(done, self.proof, cause_of(self.proof))
        raise StepFailed(done, None, cause)

    def _secretive(self, screen: Observation) -> tuple[Box, ...]:
        """Where a secret was typed, before and now: it may have been seen there even if it is gone again."""
        if self.candidate is None or not (
            isinstance(self.step.action, Type) and isinstance(self.step.action.text, Secret)
        ):
            return ()
        field = self.candidate.element
        now = screen.get(field.ref)
        return (field.box, now.box) if now is not None else (field.box,)

    def _new_words(self) -> str:
        """What the target would have to be called now."""
        assert self.candidate is not None
        grounder = self.agent.tracker.judge.grounder
        return shortest_target(self.candidate.element, self.before, grounder, self.step.action) or ""

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
            seen=self.guard.seen(self.before, after, self._events) if verdict.holds else (),
            ms=round((self.agent.clock.now() - self._start) * 1000, 3),
            pictures=(self.picture or journal.keep(self.before), journal.keep(after, self._secretive(after))),
            notes=tuple(self.notes),
            healed=self._new_words() if self.healed and verdict.holds else "",
        )
        return self.agent.policy.vault.masked(done)


def _never(screen: Observation) -> bool:
    return False
