"""Decides at each request which faults fire, lets them, and keeps what goes on holding after they have fired."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random

from .application import Depot
from .catalogue import FAULTS
from .fault import Armed, Call, Standing
from .routes import find
from .web import Answer, Request

COUNTED = tuple(FAULTS.values())


@dataclass(slots=True)
class Injector:
    """Between the server and the site. `fired` and `chances` are for the books: what fired at which moment, and how
    often each fault could have."""

    depot: Depot
    armed: tuple[Armed, ...] = ()
    seed: int = 0
    fired: list[tuple[str, str]] = field(default_factory=list)
    chances: Counter[str] = field(default_factory=Counter)
    _standing: list[Standing] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self, faults: Sequence[Armed], seed: int) -> None:
        """Switch these on, and whatever was on off; counting begins anew."""
        with self._lock:
            self.armed, self.seed = tuple(faults), seed
            self.fired.clear()
            self.chances.clear()
            self._standing.clear()

    def answer(self, request: Request) -> Answer:
        standing = self._holding(request)
        if standing is not None:
            return replace(standing.answer(request), by=standing.by)
        found = find(request.method, request.path)
        if found is None or self.depot.session(request) is None:
            return self.depot.answer(request)
        moment, by = found[0].moment, []
        go_on: Callable[[Request], Answer] = self.depot.answer
        for one, rng in self._due(moment):
            go_on = partial(self._fire, one, rng, moment, go_on)
            by.append(one.fault.name)
        return replace(go_on(request), by=", ".join(by))

    def _fire(
        self, one: Armed, rng: Random, moment: str, go_on: Callable[[Request], Answer], request: Request
    ) -> Answer:
        return one.fault.act(Call(request, moment, self.depot, rng, partial(self._stand, one.fault.name), go_on))

    def _due(self, moment: str) -> list[tuple[Armed, Random]]:
        with self._lock:
            self.chances.update(fault.name for fault in COUNTED if moment in fault.at)
            due = [
                one for one in self.armed if moment in one.fault.at and one.time in (None, self.chances[one.fault.name])
            ]
            self.fired += [(one.fault.name, moment) for one in due]
            times = Counter(name for name, _ in self.fired)
            return [(one, Random(f"{self.seed}/{one.fault.name}/{times[one.fault.name]}")) for one in due]

    def _stand(self, name: str, standing: Standing) -> None:
        standing.by = name
        with self._lock:
            self._standing.append(standing)

    def _holding(self, request: Request) -> Standing | None:
        with self._lock:
            self._standing = [one for one in self._standing if not one.over and not one.ends(request)]
            for one in self._standing:
                if one.fits(request):
                    one.times -= 1
                    return one
        return None
