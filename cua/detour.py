"""Another way to where a step leads, when the step itself is closed: its target is gone, is disabled, or leads nowhere.

Only where the map knows where this same step led to in earlier runs. Tried are a path of other known ways, and the
address itself. Each step of it is found, allowed, written down and proved like any other; the closed step counts as
done only if it is proved to have led where it was meant to, and to the same record: a state's identity ignores data,
so the address has to be the recorded one, or must name no record, and the screen has to say the same of itself.

After Hell or High Water (arXiv 2508.11027): agents have to find other ways when one is closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cua.errors import Finished, StepFailed, Stranded, WorldLost
from cua.judge import View
from cua.run import Done, Rollback, Run
from cua.step import Step
from cua.tracker.address import names_record
from cua.tracker.naming import says
from cua.tracker.ways import ITEM, RECORD, Walk, Way, alike, path
from cua.verdict import Verdict
from envs.action import Open
from envs.errors import Crashed, Unavailable
from envs.observation import Observation

if TYPE_CHECKING:
    from cua.agent import Agent
    from cua.tracker.tracker import Mark

MOST = 4
"""Steps of a path of other ways."""
TRIES = 2
"""So often a step has to fail before it is taken to be closed, where trying it again may help."""
PATIENCE = 5.0
"""Seconds that a step of another way is given at most, and the last screen to show what the closed step is to be proved
by."""


def another_way(agent: Agent, miss: StepFailed, now: Observation, run: Run) -> tuple[Observation, Run] | None:
    """After a step has failed for good and `now` is where it began: go there by another way.

    None where there is none to try; else the screen and the run as they are then, in which the step is proved, or has
    failed once more, or which has come to its end.
    """
    if not _closed(agent, miss, run):
        return None
    tracker, step = agent.tracker, miss.done.step
    if not tracker.at_last_proof(now) or _ambiguous(agent, step, now):
        return None  # something else has happened to the page; a choice is not made by going round it
    if not miss.done.dispatched:  # a target that is gone weakens the way that it was
        tracker.memory.went(tracker.here, miss.done, tracker.here, Walk())
    ways = tracker.memory.ways()
    known = [way for way in ways if way.before == tracker.here.id != way.after and alike(way.step, step)]
    led = max(known, key=lambda way: (way.walk.left == now.url, way.rate), default=None)
    if led is None or not _may(led, step, now):
        return None
    harmless = tuple(way for way in ways if way.walk.harmless)
    return _Detour(agent, miss.done, led, harmless, now, run).go()


def _closed(agent: Agent, miss: StepFailed, run: Run) -> bool:
    """Whether this step is not going to work, and nothing is lost by going elsewhere."""
    done = miss.done
    hopeless = done.verdict.final and not done.dispatched
    if not hopeless and run.failures.get(done.step.id, 0) < TRIES:
        return False
    tried = any(one.step.id.startswith(f"{done.step.id}~") for one in run.done)
    return not (done.step.commit or done.effects or tried or agent.tracker.holds_fields)


def _ambiguous(agent: Agent, step: Step, now: Observation) -> bool:
    if step.target is None:
        return False
    grounding = agent.tracker.judge.grounder.ground(step.target, now, step.action)
    return grounding.found and not grounding.sure


def _may(led: Way, step: Step, now: Observation) -> bool:
    """Whether anything could prove that another way has led to the same: a stated expectation or, without one, the
    address of a plain link; and of a record, that it was the same one that led there."""
    walk = led.walk
    if step.expect is None and not (walk.plain and walk.led != walk.left):
        return False
    return walk.left == now.url if names_record(walk.led) else not _chooses(walk, mute=walk.led == walk.left)


def _chooses(walk: Walk, *, mute: bool) -> bool:
    """Whether a step chose a record, and nothing says which; in a list of links, where the address is `mute`."""
    return walk.picks == RECORD or (walk.picks == ITEM and mute)


@dataclass(slots=True)
class _Detour:
    agent: Agent
    miss: Done
    led: Way
    ways: tuple[Way, ...]
    now: Observation
    run: Run
    taken: list[tuple[Done, Walk]] = field(default_factory=list)
    """What was done, and the circumstances of it in earlier runs."""
    closed: set[tuple[str, str]] = field(default_factory=set)
    opened: bool = False
    numbers: int = 0

    def go(self) -> tuple[Observation, Run] | None:
        home, before = self.agent.tracker.mark, self.now
        self.closed = {(done.before, done.step.words) for done in self.run.done if not done.verdict.holds}
        self.agent.journal.append(self.run)
        try:
            while (then := self.next()) is not None:
                self.agent.limits.check(self.run, self.agent.journal.shows)
                if self.take(*then) and (why := self.proved(before)) is not None:
                    self.add(self.there(why))
                    return self.now, self.run
            if not self.numbers:
                return None
            if self.taken:
                self.return_to(home)
        except Finished as end:
            self.run = self.run.finish(end)
        except (Crashed, Unavailable) as lost:
            self.run = self.run.finish(WorldLost(lost.why))
        return self.now, self.run

    def next(self) -> tuple[Step, Walk] | None:
        """The first step of the cheapest path from here, else the address."""
        most = MOST - len(self.taken)
        found = path(self.ways, self.agent.tracker.here.id, self.led.after, most, self.closed)
        if found:
            return found[0].step, found[0].walk
        address = self.led.walk.led
        if self.opened or urlsplit(address).scheme not in {"http", "https"} or self.agent.policy.outside(address):
            return None
        self.opened = True
        return Step("", Open(address), f"open {address}"), Walk()

    def take(self, step: Step, walk: Walk) -> bool:
        """One step of it; False where it failed, and was undone."""
        agent = self.agent
        self.numbers += 1
        step = replace(step, id=f"{self.miss.step.id}~{self.numbers}", timeout=min(step.timeout, PATIENCE))
        agent.progress.trying(step)
        self.closed.add((agent.tracker.here.id, step.words))  # none is tried twice
        try:
            done, self.now = agent.advance(step, self.now, self.run)
        except StepFailed as no:
            agent.progress.failed(no.done)
            back = agent.tracker.roll_back(no)
            agent.progress.rolled_back(back.rollback)
            self.now, self.run = back.now, self.run.undo(no.done, back.rollback)
            agent.journal.append(self.run)
            return False
        self.now = agent.inside(self.now, done)
        self.taken.append((done, walk))
        self.add(done)
        return True

    def add(self, done: Done) -> None:
        self.agent.progress.proved(done)
        self.run = self.run.add(done)
        self.agent.journal.append(self.run)

    def proved(self, before: Observation) -> str | None:
        """What proves that the closed step has led here; None where nothing does."""
        if self.agent.tracker.here.id != self.led.after:
            return None
        why = self.evidence(before, self.now)
        if why is None:
            agent = self.agent
            self.now = agent.tracker.watch(
                agent.env.settle(lambda screen: self.evidence(before, screen) is not None, PATIENCE)
            )
            why = self.evidence(before, self.now)
            agent.tracker.arrive(agent.inside(self.now))
        return why

    def evidence(self, before: Observation, now: Observation) -> str | None:
        """Of the screen as it is now, and as it was before the closed step."""
        tracker, walk, stated = self.agent.tracker, self.led.walk, self.miss.step.expect
        if tracker.shown(now).id != self.led.after or self.agent.policy.vault.mask(says(now)) != walk.says:
            return None
        if names_record(now.url) or stated is None:
            if now.url != walk.led or now.url == before.url:
                return None
        elif any(_chooses(way, mute=now.url == before.url) for _, way in self.taken):
            return None
        if stated is None:
            return f"{now.url} is shown, as it was after it before"
        view, judge = View(now, before), tracker.judge
        verdict = judge.check(stated, view)
        return verdict.why if verdict.holds and judge.news(stated, view) else None

    def there(self, why: str) -> Done:
        """The record of the closed step, now that it is proved."""
        steps = [done for done, _ in self.taken]
        told = "another way: " + ", then ".join(done.step.words for done in steps)
        return replace(
            self.miss,
            verdict=Verdict.yes(f"{told}; {why}"),
            dispatched=False,
            after=self.agent.tracker.here.id,
            url=self.agent.policy.vault.mask(self.now.url),
            undone=False,
            ms=0.0,
            pictures=(self.miss.pictures[0], steps[-1].pictures[1]),
            notes=(*self.miss.notes, told),
        )

    def return_to(self, home: Mark) -> None:
        """No other way led there: back to where the closed step began. Raises Stranded."""
        words, start = self.miss.step.words, self.agent.clock.now()
        back = self.agent.tracker.go_back(home)
        tried = ", then ".join(done.step.words for done, _ in self.taken)
        why = f"{self.miss.verdict.why}; another way ({tried}) did not lead there"
        if back is None:
            raise Stranded(f'{words} failed ({why}), and there is no way back to "{home.state.name}"', self.miss)
        self.now, route = back
        lost = tuple(done.step.id for done, _ in self.taken)
        ms = (self.agent.clock.now() - start) * 1000
        miss = replace(self.miss, verdict=Verdict.no(why, final=True), dispatched=False, ms=0.0)
        rollback = Rollback(self.miss.step.id, route, home.state.id, why, True, ms, lost)
        self.agent.progress.failed(miss)
        self.agent.progress.rolled_back(rollback)
        self.run = self.run.undo(miss, rollback)
        self.agent.journal.append(self.run)
