"""The tracker holds the machine: the states that were seen, the last proved one, and what proved steps claim of it.

It verifies (`proof`), undoes (`roll_back`) and concludes (`conclude`); the loop asks it and believes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from cua.contract import Contract
from cua.effects import again
from cua.errors import Finished, StepFailed, Stranded, Unclear
from cua.goal import Goal
from cua.guard import Guard
from cua.judge import Judge, View
from cua.ledger import Ledger
from cua.login_pages import signs_in
from cua.proof import Proof
from cua.run import Done, Rollback, Run
from cua.step import DEFAULT_TIMEOUT, Step
from cua.tracker.claims import LASTING, Claim, after_act, leaves_by_tab, standing, strayed
from cua.tracker.costs import Tries
from cua.tracker.ending import beginning, ending
from cua.tracker.identity import State, state_of
from cua.tracker.remembering import Memory
from cua.tracker.retrace import since
from cua.tracker.routes import routes
from cua.tracker.ways import walked
from envs.action import Action, Held, Hover, Look, Scroll, Type
from envs.clock import Clock, SystemClock
from envs.env import Checkpoint, Env, Restorable
from envs.errors import ActFailed
from envs.events import Answer, Event
from envs.observation import Element, Observation

_NATIVE = frozenset({"input", "textarea", "select"})


@dataclass(frozen=True, slots=True)
class Back:
    """A verified return: the screen as it is now, and the record of it."""

    now: Observation
    rollback: Rollback


@dataclass(frozen=True, slots=True)
class Mark:
    """A proved state to come back to: how it looked, and what it takes."""

    state: State
    look: State
    way_back: Checkpoint | None


@dataclass(slots=True)
class Tracker:
    env: Env
    judge: Judge
    memory: Memory
    clock: Clock = field(default_factory=SystemClock)
    _proved: State | None = None
    _look: State | None = None
    """How the last proved state looked when it was arrived at; a state is known by its first look, too."""
    _way_back: Checkpoint | None = None
    _claims: tuple[Claim, ...] = ()
    _signed_in: bool = False
    """A proved step has led on from a sign-in page, and none back to one."""
    _ledger: Ledger = field(default_factory=Ledger)
    _foreseen: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Step and address → whether what would show that the step has happened showed there before it was done."""
    guard: Guard = field(init=False)

    def __post_init__(self) -> None:
        self.guard = Guard(Contract(), self.judge)

    def hold_to(self, goal: Goal, run: Run) -> None:
        """The contract of the goal, from the first look on."""
        self.guard = Guard(goal.contract, self.judge)
        self.guard.resume(run)

    def arrive(self, now: Observation) -> State:
        """Take this screen as the last proved state."""
        self._look = state_of(now)
        self._proved = self.memory.saw(self._look)
        self._way_back = self.env.checkpoint() if isinstance(self.env, Restorable) else None
        return self._proved

    def shown(self, screen: Observation) -> State:
        """The state that this screen shows, as the map knows it; what is new stays new."""
        return self.memory.known(state_of(screen))

    def at_last_proof(self, screen: Observation) -> bool:
        """Whether the last proved state is the one on the screen, as it was when it was arrived at."""
        assert self._look is not None, "arrive comes first"
        return state_of(screen).same(self._look)

    @property
    def here(self) -> State:
        assert self._proved is not None, "arrive comes first"
        return self._proved

    @property
    def checkpoint(self) -> Checkpoint | None:
        return self._way_back

    def proof(self, step: Step, action: Action, found: Element | None, before: Observation) -> Proof:
        """What has to be seen after `action` (the step's own, with secrets filled in) was done to `found`."""
        self._ledger.touch(self.clock.now(), presses=not isinstance(action, (*LASTING, Hover, Look, Scroll)))
        return Proof(step, action, found, before, self.judge, self.clock, self._ledger.habits, self._signed_in)

    def broken(self, now: Observation) -> dict[str, str]:
        """The proved steps whose claim does not hold any more, by id, with the reason."""
        found = {claim.step.id: claim.broken(now, self.judge) for claim in self._claims}
        return {step: why for step, why in found.items() if why is not None}

    def in_hand(self, now: Observation) -> bool:
        """Whether the run has written into the field that has the focus, and the Tab key does no more than leave it."""
        focused = {element.ref: element for element in now.elements if "focused" in element.states}
        return any(leaves_by_tab(focused[claim.found.ref]) for claim in self._claims if claim.found.ref in focused)

    def held(self, now: Observation) -> tuple[Held, ...]:
        """What the native fields hold that proved steps have filled in, as the screen shows it."""
        fields = (now.get(claim.found.ref) for claim in self._claims)
        return tuple(
            Held(one.ref, one.value, "checked" in one.states)
            for one in fields
            if one is not None and one.visible and one.attributes.get("tag") in _NATIVE
        )

    def fills(self, holder: Element, now: Observation) -> bool:
        """Whether the run has filled in something in there."""
        inside = {element.ref for element in now.inside(holder)}
        return any(claim.found.ref in inside for claim in self._claims)

    def confirm(self, done: Done, proof: Proof, now: Observation) -> Done:
        """A step was proved: its state is the one to come back to, its claim stands."""
        before = self.here
        if done.step.mends:  # the run goes on with the same form: what does not hold any more is done again
            done = replace(done, lost=tuple(self.broken(now)))
            self._claims = tuple(claim for claim in self._claims if claim.step.id not in done.lost)
        elif now.document != proof.before.document or done.step.commit:
            self._claims = ()
        if signs_in(proof.before) or signs_in(now):
            self._signed_in = not signs_in(now)
        self._claims = after_act(self._claims, proof.action, now, self.judge)
        if proof.found is not None and isinstance(proof.action, LASTING):
            self._claims = standing(self._claims, Claim(done.step, proof.action, proof.found, now.document))
        after = self.arrive(now)
        self._ledger.enter(proof.events)
        self.memory.went(before, done, after, walked(proof, now))
        if proof.found is not None and done.step.target is not None:
            self.memory.anchored(before, done.step, proof.found, proof.before)
        return done

    def foresee(self, steps: Iterable[Step], now: Observation) -> None:
        """What already shows, on a page that the run comes to, of commits that are still to come. Asked once a page."""
        for step in steps:
            key = (step.id, now.url)
            if step.already is not None and step.commit and key not in self._foreseen:
                self._foreseen[key] = self.judge.check(step.already, View(now)).holds

    def foreseen(self, step: Step, screen: Observation) -> bool:
        """Whether it showed on this page before the step was done: then it proves nothing there."""
        return self._foreseen.get((step.id, screen.url), False)

    def seen_to_have_happened(self, failed: StepFailed) -> None:
        """A commit that failed was looked up, and has happened: what the server said to it speaks against nothing."""
        if failed.proof is not None:
            self._ledger.forgive(failed.proof.events)

    def watch(self, screen: Observation) -> Observation:
        """Take down what happened; every screen that the loop looks at passes here."""
        self._ledger.enter(screen.events)
        self.guard.watch(screen)
        return screen

    def roll_back(self, failed: StepFailed) -> Back:
        """Return to the last proved state by the cheapest route that is verified, after a step that failed.

        Raises Unclear when the step was a commit that may have happened, Stranded when no route leads back.
        """
        start = self.clock.now()
        miss, proof = failed.done, failed.proof
        if not miss.dispatched or proof is None:
            return self._back(failed, "nothing", self.env.observe(), start)
        looks = proof.half and miss.step.already is not None  # a body alone is no reason to send it again
        if (miss.step.commit or proof.wrote) and (looks or not proof.void):
            raise Unclear(
                f"{miss.step.words} was sent, and it is not known whether it has happened: {miss.verdict.why}. "
                "Look at the application before running this again",
                miss,
            )
        self._ledger.enter(proof.events)
        self.memory.went(self.here, miss, self.here, walked(proof, proof.before))
        reached = "nothing"
        tries = Tries(routes(self.env, proof, self._way_back), miss.step.action.verb, self.memory, self.clock)
        for route in tries:
            try:
                now = route.take()
            except ActFailed as no:
                reached = f"{route.name}: {no.why}"
                continue
            self.guard.watch(now)
            reached = self._elsewhere(proof, now)
            if not reached:
                tries.led_back()
                return self._back(failed, route.name, now, start)
            reached = f"{route.name} {reached}"
        raise Stranded(
            f'{miss.step.words} failed ({miss.verdict.why}), and there is no way back to "{self.here.name}": {reached}',
            miss,
        )

    def load_again(self, failed: StepFailed, run: Run) -> tuple[Back | None, Observation]:
        """Load the page of the last proved state anew: the verified return, or None and what is there instead.

        Where steps of the run have led on from how the page begins (a dialog that they opened), that is what it comes
        back to, and they are done again. Raises ActFailed where nothing comes.
        """
        start = self.clock.now()
        if self._way_back is None or not isinstance(self.env, Restorable):
            raise ActFailed("there is no page to load anew")
        now = self.watch(self.env.restore(self._way_back, "url"))
        if failed.proof is None and self._is_page(now):
            self.arrive(now)  # nothing was done there yet: what comes now is how it begins
        if not self._elsewhere(failed.proof, now):
            return self._back(failed, "url", now, start), now
        again = since(run, self.shown(now).id, now.url) if self._is_page(now) else ()
        if not again:
            return None, now
        self.arrive(now)
        back = self._back(failed, "url", now, start)
        lost = tuple(dict.fromkeys((*back.rollback.lost, *again)))
        self._claims = tuple(claim for claim in self._claims if claim.step.id not in again)
        return replace(back, rollback=replace(back.rollback, lost=lost)), now

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done inside (signing in again, looking something up) leads away from the last proved state, which
        stays the one to come back to."""
        kept = self._proved, self._look, self._way_back, self._claims
        try:
            yield
        finally:
            self._proved, self._look, self._way_back, self._claims = kept

    def _elsewhere(self, proof: Proof | None, now: Observation) -> str:
        """Why this is not where the failed step began; "" where it is."""
        if not self.at_last_proof(now):
            return f'led to "{state_of(now).name}"'
        return "" if proof is None or self._as_before(proof, now) else f"left what {proof.step.words} did"

    def _as_before(self, proof: Proof, now: Observation) -> bool:
        """Whether the field that was acted on holds again what it held, and none of the others what was meant for it; a
        state ignores data, a way back does not."""
        if proof.found is None or not isinstance(proof.action, LASTING):
            return True
        if isinstance(proof.action, Type) and strayed(proof.action, proof.found, proof.before, now):
            return False
        field = again(proof.step, proof.found, now, self.judge)
        marks = frozenset({"checked", "mixed", "selected", "pressed"})
        return field is not None and (field.value, field.states & marks) == (
            proof.found.value,
            proof.found.states & marks,
        )

    def _back(self, failed: StepFailed, route: str, now: Observation, start: float) -> Back:
        self.guard.watch(now)
        miss, proof = failed.done, failed.proof
        lost = tuple(self.broken(now))
        self._claims = tuple(claim for claim in self._claims if claim.step.id not in lost)
        ms = (self.clock.now() - start) * 1000
        if miss.dispatched:
            self.memory.led_back(self.here, miss.step.words, route, ms)
        void = miss.step.commit and miss.dispatched and proof is not None and bool(proof.void)
        return Back(now, Rollback(miss.step.id, route, self.here.id, miss.verdict.why, True, ms, lost, void=void))

    @property
    def mark(self) -> Mark:
        """The last proved state, for `go_back`."""
        assert self._look is not None, "arrive comes first"
        return Mark(self.here, self._look, self._way_back)

    @property
    def holds_fields(self) -> bool:
        """Whether fields were filled in on this page: whoever leaves it loses them."""
        return bool(self._claims)

    def go_back(self, mark: Mark) -> tuple[Observation, str] | None:
        """To an earlier proved state after steps that were proved as well, and the route that led there; None where it
        is not reached again."""
        if mark.way_back is None or not isinstance(self.env, Restorable):
            return None
        for route in ("history", "url"):
            try:
                now = self.watch(self.env.restore(mark.way_back, route))
            except ActFailed:
                continue
            if now.url == mark.way_back.url and state_of(now).same(mark.look):
                self.arrive(now)
                return now, route
        return None

    def conclude(self, goal: Goal, now: Observation, run: Run) -> Finished:
        """The planner has nothing left: is the goal reached? The screen decides."""
        seen: dict[Event, None] = {}
        shown: list[float] = []

        def look(screen: Observation) -> bool:
            seen.update(dict.fromkeys(screen.events))
            self.watch(screen)
            holds = goal.done is None or self.judge.check(goal.done, View(screen, None, tuple(seen))).holds
            holds = holds and self.guard.end(run, screen, tuple(seen)).holds
            shown[:] = (shown or [self.clock.now()]) if holds else []
            return bool(self.guard.breach) or (holds and not self._ledger.waits(shown[0]))

        if not look(now):
            now = self.env.settle(look, DEFAULT_TIMEOUT)
            kept = self.guard.end(run, now, tuple(seen))  # a page that broke it is not made good by another one
            if not look(now) and not self._ledger.refused and kept.holds:
                now = self._anew(now)
                look(now)
        view = View(now, None, tuple(seen))
        return ending(goal, run, view, self.judge, self.guard, refused=self._ledger.refused)

    def _anew(self, now: Observation) -> Observation:
        """The page that the run ended on, loaded once more: it may have been an old one, or never have come whole.

        Another page (a sign-in, an error) is none to judge the goal by: then the screen as it was.
        """
        if self._way_back is None or not isinstance(self.env, Restorable) or now.url != self._way_back.url:
            return now
        try:
            again = self.env.restore(self._way_back, "url")
        except ActFailed:
            return now
        self.guard.watch(again)
        return again if self._is_page(again) else now

    def _is_page(self, now: Observation) -> bool:
        """Whether this is the page of the last proved state, whatever is on it; a sign-in or an error is not."""
        failed = any(isinstance(e, Answer) and e.kind == "document" and e.refused for e in now.events)
        return self._way_back is not None and now.url == self._way_back.url and not failed and not signs_in(now)

    def already(self, goal: Goal, now: Observation, run: Run) -> Finished | None:
        """Is the goal true before anything is done? Never asked of a goal that commits or reads something."""
        return beginning(goal, run, View(now), self.judge, self.guard)
