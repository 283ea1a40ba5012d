"""Scrolling until found: rows that a list draws only where it is scrolled to, what a feed loads at its end.

A target that is not on a screen which does not change is looked for in what can be scrolled: step by step, most of what
is to be seen at a time, down to the end and up to the beginning, and at every step on the whole screen, so that what
comes late elsewhere is still found. Nothing is clicked meanwhile, and nothing but scroll events reaches the page. What
was scrolled in vain is put back.

Seeing only a part must not make sure what is ambiguous in the whole, so it was decided:

- The candidates of all looks count together. Once one is found the looks go on: to the end for a commit, else for as
  long again as it took, and a second at least. A second candidate within the margin refuses the step.
- A commit whose list could not be seen through to both ends is refused.
- A target that counts ("the third row", "the last") is not sought: where only a part is drawn, it counts that part.
- What another container holds is not looked at once one has it, as a person would not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from cua.parts import each_content, same
from cua.tour import Tour
from envs.action import Action
from envs.clock import Clock, Deadline
from envs.env import Env, Until
from envs.errors import Stale
from envs.observation import Element, Observation
from envs.scrolling import Scrollable, Scroller
from grounding.errors import Ambiguous
from grounding.grounder import Grounder
from grounding.grounding import Grounding
from grounding.parse import readings
from grounding.target import Relation, Target

PATIENCE = 1.0
"""Seconds that a target is only waited for; a third of the deadline where that is less."""
SCREEN = 0.04
"""Seconds that a screen of a container takes, about."""
ALIKE = 60
"""Per cent of likeness from which a name says that others of its kind stand there."""


class Seeking:
    """The search for one target of a step. `watch` takes down what every look saw happen; `whole`: what was found in a
    container is refused where a part of that was not looked at."""

    def __init__(
        self, env: Env, grounder: Grounder, target: Target, action: Action | None, clock: Clock,
        watch: Callable[[Observation], Observation], *, whole: bool,
    ) -> None:  # fmt: skip
        self._env, self._clock, self._watch, self._whole = env, clock, watch, whole
        self._world = env if isinstance(env, Scrollable) else None
        self._grounder, self._target, self._action = grounder, target, action
        self._vain: list[str] = []
        self._refusal: Grounding | None = None
        self._why = ""
        self.note = ""
        """What was scrolled to see it, for the record of the step; "" where nothing was."""

    def wait(self, now: Observation, until: Until, timeout: float) -> Observation:
        """The screen once `until` holds (it does where the target is found), or after `timeout` seconds."""
        sought = _sought(self._target) if self._world is not None else None
        if self._world is None or sought is None:
            return self._settle(until, timeout)
        self._target = sought
        deadline, patience = Deadline(timeout, self._clock), min(PATIENCE, timeout / 3)
        while not deadline.passed:
            before, now = now, self._settle(until, min(patience, deadline.left))
            if until(now):
                return now
            if self._ground(now).found:
                break
            if same(before, now) or deadline.left < timeout / 2:
                likely = self._likely(self._world, now)
                if likely and not likely[0].loading:
                    now = self._seek(self._world, now, likely, deadline)
                    break
        return now if self._refusal is not None else self._settle(until, deadline.left)

    def answer(self, last: Grounding) -> Grounding:
        """The answer about all that was seen, where it refuses; else `last`, that about the last screen. Raises
        Ambiguous where too little was seen."""
        if self._refusal is not None and self._refusal.sure:
            raise Ambiguous(self._why, self._refusal)
        return self._refusal or last

    @property
    def told(self) -> str:
        """What was scrolled before a refusal, to be added to it; "" where nothing was."""
        if self._refusal is not None:
            return "" if self._refusal.sure else self._why
        return f"; not found either by scrolling {' and '.join(self._vain)}" if self._vain else ""

    def _ground(self, screen: Observation) -> Grounding:
        return self._grounder.ground(self._target, screen, self._action)

    def _settle(self, until: Until | None, seconds: float) -> Observation:
        return self._watch(self._env.settle(until, seconds))

    def _look(self) -> Observation:
        return self._watch(self._env.observe())

    def _likely(self, world: Scrollable, now: Observation) -> list[Scroller]:
        """What may hold it, the likeliest first: what goes with the things that the target is described by, then the
        rest, unless the target is said to be *in* one of them. Over an open menu only that is scrolled: it would close.
        """
        everything = {(one.ref, one.axis): one for one in world.scrollers()}
        if any(_opened(element) for element in now.elements):
            everything = {key: one for key, one in everything.items() if one.overlay}
        first: list[Scroller] = []
        for clause in self._target.clauses:
            known = self._grounder.ground(clause.target, now)
            if known.sure and known.best is not None:
                around = [one for one in world.scrollers(known.best.element) if (one.ref, one.axis) in everything]
                if clause.relation is Relation.IN:
                    return around
                first += around
        for element in self._alike(now):
            first += world.scrollers(element)
        order = dict.fromkeys([*((one.ref, one.axis) for one in first), *everything])
        return [everything[key] for key in order if key in everything]

    def _alike(self, now: Observation) -> list[Element]:
        """What has a name like one that is wanted: "Person 412" is likely to stand where "Person 1" does."""
        names = dict(each_content(now, "seeking.names", lambda part: [(e.ref, e.name) for e in part if e.name]))
        wanted = [*(clause.target.name for clause in self._target.clauses), self._target.name]
        close = [found for name in wanted for found in extract(name, names, scorer=ratio, score_cutoff=ALIKE, limit=3)]
        return [element for _, _, ref in close if (element := now.get(ref)) is not None]

    def _seek(self, world: Scrollable, now: Observation, likely: list[Scroller], deadline: Deadline) -> Observation:
        """Through one container after the other, until one has it; those that would take most of the time come last."""
        for start in sorted(likely, key=lambda one: SCREEN * one.length / one.part > deadline.left / 2):
            tour = Tour(world, start, self._ground, self._settle, self._look, deadline, self._clock)
            try:
                tour.go(now, whole=self._whole)
                if tour.elsewhere:
                    self.note = f"it came while {start.words} was scrolled"
                    return tour.now
                if tour.found:
                    return self._decided(tour)
                now = tour.put_back()
            except Stale:
                now = self._settle(None, deadline.left)
            self._vain.append(tour.told)
            if deadline.passed:
                break
        return now

    def _decided(self, tour: Tour) -> Observation:
        """The way back to what was found, where there is but one; refused and put back where there is not."""
        joint = tour.seen.answer(self._ground(tour.now))
        if not joint.sure or (self._whole and not tour.ended):
            self._refusal = joint
            if joint.sure and joint.best is not None:
                self._why = (
                    f"{joint.best.element} was found by scrolling {tour.told}, and a commit needs to see all of it"
                )
                self._why += ": say more closely where it is, narrow that down, or give the step more time"
            else:
                self._why = f"; seen by scrolling {tour.told}"
            return tour.put_back()
        now = tour.land()
        if self._ground(now).sure:
            self.note = f"found by scrolling {tour.told}"
        else:
            self._vain.append(f"{tour.told} (it was seen there, and gone when it was scrolled back to)")
        return now


def _sought(target: Target) -> Target | None:
    """The target as it is looked for, by the readings of its words that count nothing; None where there is none.

    Of a list that draws a part "the third row" would count that part. "Row 3000" may be a name, too.
    """
    every = readings(target)
    if not any(map(_counts, every)):
        return target
    if not _counts(target):
        return replace(target, text="")
    name = next((one for one in every if not _counts(one) and any(map(str.isdigit, one.name))), None)
    return replace(name, text="") if name is not None else None


def _opened(element: Element) -> bool:
    return element.visible and (element.role == "menu" or element.is_("haspopup", "expanded"))


def _counts(target: Target) -> bool:
    return target.nth is not None or any(_counts(clause.target) for clause in target.clauses)
