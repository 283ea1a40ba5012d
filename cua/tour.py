"""A scroll container, scrolled through: from where it stands down to its end, and then up to its beginning."""

from __future__ import annotations

from collections.abc import Callable

from cua.sightings import Sightings
from envs.clock import Clock, Deadline
from envs.env import Until
from envs.observation import Observation
from envs.scrolling import Scrollable, Scroller
from grounding.grounding import Grounding

STEP = 0.8
"""Of what is to be seen at once, beyond what is drawn already; the rest is seen twice."""
PAUSE = 0.3
"""Seconds that a step which brings nothing into view is given."""
LOADING = 3.0
"""Seconds that the requests of a step are waited for."""
END = 1.0
"""Seconds that an end is given to load more."""
LOOK_ON = 1.0
"""Seconds of looking on, at least, after something was found."""
RETURN = 1.0
"""Seconds of the deadline that are kept for the way back to it."""
DULL = 2
"""Steps without anything new after which the end is tried: what has nothing new there draws all that it has."""


class Tour:
    """`ground` is asked of every screen, `settle` and `look` see it. Raises Stale where the container goes away."""

    def __init__(
        self, world: Scrollable, start: Scroller, ground: Callable[[Observation], Grounding],
        settle: Callable[[Until | None, float], Observation], look: Callable[[], Observation], deadline: Deadline,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._world, self._ground, self._settle, self._look = world, ground, settle, look
        self._deadline, self._clock = deadline, clock
        self._began = clock.now()
        self._on: Deadline | None = None
        """How long it is looked on for, once something was found."""
        self.start = self.spot = start
        self.seen = Sightings()
        self.now: Observation
        self.ended = self.found = self.elsewhere = False
        """All of it was seen; something in it fits, and perhaps not alone; something fits that does not stand in it."""

    def go(self, now: Observation, *, whole: bool) -> None:
        """Through it, from the screen as it is; `whole`: to the ends even where something was found."""
        self._whole = whole
        self._take(now)
        down = self._sweep(1)
        if abs(self.spot.at - self.start.at) > 1 and not self._over:
            self.spot = self._world.roll(self.spot, self.start.at)
        self.ended = self._sweep(-1) and down

    def put_back(self) -> Observation:
        """The screen with the container as it stood at first."""
        self.spot = self._world.roll(self.spot, self.start.at)
        return self._settle(None, LOADING)

    def land(self) -> Observation:
        """The screen with the best candidate in the middle of the container, and with nothing over it any more: lists
        take no clicks just after they were scrolled."""
        best = self.seen.best
        for to in (best.spot - self.spot.part / 2, best.at):
            self.spot = self._world.roll(self.spot, self._within(to))
            self.now = self._settle(self._ready, RETURN)
            if self._ground(self.now).sure:
                break
        return self.now

    @property
    def told(self) -> str:
        """Which, how far, and how much was seen: 'the grid "People" to its end: 412 rows seen'."""
        far = (
            "to its end" if self.ended else "as far as the time allowed" if self._deadline.left <= RETURN else "a part"
        )
        way = " sideways" if self.start.axis == "x" else ""
        return f"{self.start.words}{way} {far}: {self.seen.told}"

    def _sweep(self, way: int) -> bool:
        """One way; whether the end was reached."""
        if abs(self.start.at - self._end(way)) <= 1:
            return True  # it stood there all the while that was waited
        dull = 0
        while not self._over:
            before, plain = self.spot, not self.seen.virtual
            if abs(before.at - self._end(way)) <= 1:
                if not self._more(way):
                    return True
                dull = 0
            elif dull >= DULL and plain:
                new = self._step(self._end(way))
                if not new and not self._more(way):
                    return True
                if self.seen.virtual:  # what lies between was not drawn
                    self.spot = self._world.roll(self.spot, before.at)
                dull = 0
            else:
                drawn = before.after if way > 0 else before.before
                dull = 0 if self._step(before.at + way * (drawn + STEP * before.part)) else dull + 1
                if abs(self.spot.at - before.at) < 1:
                    return True  # it goes no further
        return False

    def _end(self, way: int) -> float:
        return self.spot.most if way > 0 else self.spot.least

    def _within(self, to: float) -> float:
        return max(self.spot.least, min(to, self.spot.most))

    def _step(self, to: float) -> bool:
        """Scroll there and look; whether something new is to be seen."""
        self.spot = self._world.roll(self.spot, self._within(to))
        now = self._settle(None, min(LOADING, self._deadline.left)) if self.spot.loading else self._look()
        if not self.seen.moved(now):
            now = self._settle(self.seen.moved, min(PAUSE, self._deadline.left))
        return self._take(now)

    def _more(self, way: int) -> bool:
        """At an end: whether there is more after a while."""
        wait, before = Deadline(min(END, self._deadline.left), self._clock), self.spot.length
        while True:
            self._take(self._settle(self.seen.new, wait.left))
            self.spot = self._world.roll(self.spot, None)
            if self.spot.length > before + 1 or abs(self.spot.at - self._end(way)) > 1:
                return True
            if wait.passed or self._over:
                return False

    def _take(self, now: Observation) -> bool:
        self.now = now
        answer = self._ground(now)
        if answer.found and answer.best is not None and not self.found:
            around = self._world.scrollers(answer.best.element)
            self.found = any(one.ref == self.spot.ref for one in around)
            self.elsewhere = not self.found
            self._on = Deadline(max(LOOK_ON, self._clock.now() - self._began), self._clock)
        return self.seen.take(now, answer, self.spot)

    def _ready(self, now: Observation) -> bool:
        answer = self._ground(now)
        return answer.sure and answer.best is not None and not answer.best.element.is_("covered")

    @property
    def _over(self) -> bool:
        if self._on is None:
            return self._deadline.passed
        return self.elsewhere or self._deadline.left <= RETURN or (not self._whole and self._on.passed)
