"""Holds a run to its contract: every screen that the loop looks at passes `watch`, every step is asked for before and
after. A task without a contract costs nothing here.

What must never be seen is looked for on each look, also while something is waited for, and is for good: the run ends.
Everything else is judged on the screens that a step starts from and leads to, once each: a step that the contract does
not allow is not done, one that breaks it is not proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cua.contract import Before, Contract
from cua.errors import Finished, NotReached, Unclear
from cua.expect import Expect
from cua.judge import Judge, View
from cua.monitors import Deed, Letter, Monitor, Sight, Truth, after_all, followed, mark, sightings
from cua.run import Done, Run
from cua.step import Step
from cua.taskfile.words import question, rule
from cua.trail import Trail
from cua.verdict import Verdict
from envs.action import Look
from envs.env import Until
from envs.events import Event
from envs.observation import Observation

_FINE = Verdict.yes("nothing speaks against it")


@dataclass(slots=True)
class _Seen:
    """A screen, and what was judged of it."""

    screen: Observation
    said: dict[Expect, Verdict] = field(default_factory=dict)


@dataclass(slots=True)
class Guard:
    """`breach` says what was seen that must never be seen, "" while nothing was; `slip` the same of the step of now."""

    contract: Contract
    judge: Judge
    breach: str = ""
    slip: str = ""
    _step: Step | None = None
    _watched: Observation | None = None
    _seen: tuple[_Seen, ...] = ()
    """The two screens that were asked about last: the one before the step of now and the one after it."""
    _followed: tuple[Trail, tuple[Monitor, ...]] = field(default_factory=lambda: (Trail(), ()))

    def resume(self, run: Run) -> None:
        """A contract that was broken for good stays so, whoever goes on with the run."""
        self.breach = next((done.breach for done in run.done if done.breach), "")

    # What must never be seen

    def during(self, step: Step) -> None:
        """From now on it is this step that is tried."""
        self._step, self.slip, self._watched = step, "", None

    def watch(self, screen: Observation) -> None:
        """Look for what must never be seen."""
        own = self._step.never if self._step is not None else ()
        if screen is self._watched or not (own or self.contract.never):
            return
        self._watched = screen
        view = View(screen, None, screen.events)
        self.breach = self.breach or self._met(self.contract.never, view, "the run")
        self.slip = self.slip or self._met(own, view, "this step")

    def _met(self, never: Iterable[Expect], view: View, whole: str) -> str:
        for expect in never:
            verdict = self.judge.check(expect, view)
            if verdict.holds:
                return f"{whole} must never see that {question(expect)}, and {verdict.why}"
        return ""

    def watching(self, until: Until | None) -> Until | None:
        """The same question to each look of a wait, which ends at once where something was seen that must not be. A
        commit is given its time: whether it has happened has to be known."""
        step = self._step
        if until is None or not (self.contract.never or (step is not None and step.never)):
            return until

        def asked(screen: Observation) -> bool:
            self.watch(screen)
            over = bool(self.breach or self.slip) and not (step is not None and step.commit)
            return until(screen) or over

        return asked

    def check(self, run: Run) -> None:
        """Raises NotReached or Unclear where something was seen that must never be seen."""
        if self.breach:
            raise self.ending(run)

    def ending(self, run: Run) -> Finished:
        """The end of the run in which it was seen, with a record of its own where no step has it."""
        known = any(done.breach for done in run.done)
        return broken(run, self.breach, None if known else self._look())

    def signed(self, run: Run) -> Run:
        """The run that has ended, whatever it ended with; what was seen that must never be seen is on its record."""
        if not self.breach or any(done.breach for done in run.done):
            return run
        last = run.last or self._look()
        return replace(run, done=(*run.done[:-1], replace(last, breach=self.breach)))

    def _look(self) -> Done:
        look = Step("contract", Look(), "look at the screen")
        return Done(look, Verdict.no(self.breach), dispatched=False, breach=self.breach)

    # Before and after a step

    def asks(self, step: Step) -> bool:
        """Whether there is anything that it is held to."""
        return not self.contract.empty or step.pre is not None or bool(step.always or step.never)

    def before(self, step: Step, screen: Observation, run: Run) -> Verdict:
        """Whether it may be done on this screen. A remedy may be, to mend what does not hold."""
        if step.pre is not None:
            verdict = self.judge.check(step.pre, View(screen))
            if not verdict.holds:
                return Verdict.no(f"it may be done only when {question(step.pre)}: {verdict.why}")
        if step.mends:
            return _FINE
        for expect in (*self.contract.always, *step.always):
            verdict = self._said(expect, screen)
            if not verdict.holds:
                return Verdict.no(f"before it, it does not hold that always {question(expect)}: {verdict.why}")
        letters: tuple[Letter, ...] = (Sight(self._marks(screen)), *_deed(step))
        return _kept(after_all(self._order(run), letters), "before it", "it would break the order")

    def after(
        self, step: Step, before: Observation, after: Observation, events: tuple[Event, ...], run: Run
    ) -> Verdict:
        """Whether what holds always still does, and the order is kept. A remedy need not mend everything at once."""
        letters: tuple[Letter, ...] = (Sight(self._marks(before)), *_deed(step))
        for expect in (*self.contract.always, *step.always):
            verdict = self._said(expect, after, events)
            if not verdict.holds and not (step.mends and not self._said(expect, before).holds):
                return Verdict.no(f"after it, it does not hold any more that always {question(expect)}: {verdict.why}")
        if not self.contract.order:
            return _FINE
        was = after_all(self._order(run), letters)
        if step.mends:
            was = tuple(monitor for monitor in was if monitor.truth is not Truth.BROKEN)
        return _kept(after_all(was, (Sight(self._marks(after, events)),)), "after it", "it breaks the order")

    def seen(self, before: Observation, after: Observation, events: tuple[Event, ...]) -> tuple[tuple[str, ...], ...]:
        """What the record of a step keeps for the rules: the marks of what was seen before and after it."""
        if not self.contract.order:
            return ()
        return tuple(sorted(self._marks(before))), tuple(sorted(self._marks(after, events)))

    # The end

    def end(self, run: Run, screen: Observation, events: tuple[Event, ...] = ()) -> Verdict:
        """Whether the run may end on this screen: nothing is owed any more."""
        if self.contract.empty:
            return _FINE
        if self.breach:
            return Verdict.no(self.breach, final=True)
        for expect in self.contract.always:
            verdict = self._said(expect, screen, events)
            if not verdict.holds:
                return Verdict.no(f"at the end it does not hold that always {question(expect)}: {verdict.why}")
        monitors = after_all(self._order(run), (Sight(self._marks(screen, events)),))
        owing = next((monitor.rule for monitor in monitors if monitor.owes), None)
        if owing is not None:
            return Verdict.no(f"the run is over, and it was asked for: {rule(owing)}; that has not come")
        return _kept(monitors, "at the end", "the order is broken")

    # What is known of screens and of the run

    def _said(self, expect: Expect, screen: Observation, events: tuple[Event, ...] = ()) -> Verdict:
        """The verdict on this screen, each asked for once."""
        known = next((seen for seen in self._seen if seen.screen is screen), None) or _Seen(screen)
        self._seen = (*[seen for seen in self._seen if seen is not known][-1:], known)
        if expect not in known.said:
            known.said[expect] = self.judge.check(expect, View(screen, None, events))
        return known.said[expect]

    def _marks(self, screen: Observation, events: tuple[Event, ...] = ()) -> frozenset[str]:
        return frozenset(
            mark(expect) for expect in sightings(self.contract) if self._said(expect, screen, events).holds
        )

    def _order(self, run: Run) -> tuple[Monitor, ...]:
        """How the rules stand, from the run alone; only what is new in it is gone through."""
        if not self.contract.order:
            return ()
        past, monitors = self._followed
        if not past or not run.trail.goes_on_from(past):
            past, monitors = Trail(), tuple(Monitor(rule) for rule in self.contract.order)
        monitors = followed(monitors, run.trail[len(past) :])
        self._followed = run.trail, monitors
        return monitors


def _deed(step: Step) -> tuple[Deed, ...]:
    return (Deed(step.name),) if step.name else ()


def _kept(monitors: tuple[Monitor, ...], when: str, what: str) -> Verdict:
    """Whether none of the rules is broken. Waiting is no use where a step has to be done first."""
    gone = next((monitor.rule for monitor in monitors if monitor.truth is Truth.BROKEN), None)
    if gone is None:
        return _FINE
    undone = isinstance(gone, Before) and isinstance(gone.first, str)
    said = rule(gone) if isinstance(gone, Before) else f"{when}, {rule(gone)}"
    return Verdict.no(f"{what}: {said}", final=undone)


def broken(run: Run, why: str, done: Done | None = None, *, wrote: bool = False) -> Finished:
    """The end of a run whose contract is broken for good. Where something was done that cannot be undone, nobody should
    simply try again."""
    if wrote or any(one.step.commit and (one.proved or one.dispatched) for one in run.done):
        return Unclear(
            f"{why}. What cannot be undone was done: look at the application before running this again", done
        )
    return NotReached(why, done)
