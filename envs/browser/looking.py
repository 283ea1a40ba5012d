"""Looking at the active tab: now, once it is at rest, once something holds there; and the pictures of these looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from envs.browser.happened import Happened
from envs.browser.picture import Exposure, Shot, shoot
from envs.browser.reader import Look, look
from envs.browser.settle import LOOK, SOON, Resting, Scene, Settler
from envs.browser.tab import Tab
from envs.browser.windows import Windows
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Deadline
from envs.env import Until
from envs.errors import Crashed
from envs.events import Event
from envs.geometry import Box
from envs.observation import Observation

NAVIGATING = 15.0
"""Seconds that a look waits for a document to exist while pages replace each other."""
LOOKS = 2
"""How often a page is looked at before it has shown that it is at rest."""
CERTAIN = 1.0
"""Seconds in which what was waited for may come to rest; it is looked at once more then."""


class Looking:
    """The looks at the tabs of one context, and the pictures that belong to them.

    A picture is begun as soon as somebody is likely to want it and the page was quiet for a frame; it is there before
    anything else is done to the world (ADR 6).
    """

    def __init__(
        self,
        scene: Scene,
        place: str,
        settler: Settler,
        windows: Windows,
        happened: Happened,
        numbers: Iterator[int],
        alive: Callable[[], None],
        overdue: Callable[[], None],
    ) -> None:
        """`numbers` are those of the looks; `alive` raises Crashed; `overdue` has told what came without a word."""
        self._scene, self._place, self._settler, self._windows = scene, place, settler, windows
        self._happened, self._numbers, self._alive, self._overdue = happened, numbers, alive, overdue
        self.last: Observation | None = None
        self.mutations = 0
        """How often the page had changed by the last look."""
        self._exposure: Exposure | None = None
        """The picture of the last look."""
        self._taking: Exposure | None = None
        """The picture that was begun last."""
        self._staying: Resting | None = None
        """Whether the page stays as the last look found it is still being asked: it was quiet for a frame."""
        self._pictured = self._picturing = False
        """Whether somebody wanted a picture since the last act; since the one before it, and so will want the next."""
        self._prompt = True
        """Whether the page was at rest the last time it was looked at: then the picture is begun with the look."""

    def now(self, *, listen: bool = False, shot: Shot | None = None) -> Observation:
        """Look now; `listen`: also for what came since the last time and listens for clicks; `shot`: a picture of it is
        under way. Raises Crashed."""
        tab, seen = self._look(listen)
        self._staying = None
        self._overdue()
        self.mutations = seen.mutations
        self._exposure = exposure = Exposure(tab, seen.mutations, seen.width, self._wanted, shot)
        if shot is not None:
            self._taking = exposure
        self.last = tab.seen = Observation(
            seq=next(self._numbers),
            place=self._place,
            url=seen.url,
            title=seen.title,
            elements=seen.elements,
            events=self._happened.take(),
            document=tab.document,
            windows=self._windows.listed(seen.url, seen.title),
            window=tab.id,
            viewport=Box(0, 0, seen.width, seen.height),
            at=self._scene.clock.now(),
            picture=exposure.frame,
            pending=lambda: exposure.pending,
        )
        return self.last

    def _look(self, listen: bool) -> tuple[Tab, Look]:
        deadline = Deadline(NAVIGATING, self._scene.clock)
        while True:
            self._alive()
            tab = self._scene.active
            try:
                return tab, look(tab, self._place, listen=listen)
            except (MovedOn, TargetGone) as error:
                self._alive()
                if deadline.passed:
                    raise Crashed("no page comes to rest here") from error

    def settled(self, until: Until | None, deadline: Deadline) -> Observation:
        """The look at a world at rest; with `until`, the first one on which that holds, or the last before the
        deadline. The events of all looks on the way are on it. Raises Crashed.

        Where `until` holds it is the look at a page that was quiet for a frame: whether it stays so is asked meanwhile,
        and told to who acts next (`stays`) or settles again.
        """
        if until is None and self._fresh and self.stays():
            assert self.last is not None, "it was looked at"
            self.last = replace(self.last, events=())
            return self.last
        now, holds = self._at_rest(until, deadline)
        if until is not None and not holds:
            now = self._wait_for(until, now, deadline)
        self.last = now
        return now

    def _at_rest(self, until: Until | None, deadline: Deadline) -> tuple[Observation, bool]:
        """The look at a world at rest, and whether `until` holds then.

        What an act does, most pages do at once: they are looked at, and thought about, while it shows that they rest.
        """
        earlier: tuple[Event, ...] = ()
        for nth in range(LOOKS):
            early = self._picturing or until is not None
            resting = self._settler.resting(deadline, "quiet" if early else "rest")
            if resting is None:
                break
            shot = shoot(self._scene.active) if nth == 0 and self._picturing and self._prompt else None
            now = self.last = _with(earlier, self.now(listen=True, shot=shot))
            holds = until is None or until(now)
            rests = self._settler.rested(resting, self.mutations)
            if nth == 0:
                self._prompt = rests != ""
            if rests == "quiet":
                self.picture()
                self._staying = self._settler.resting(deadline, "stay")
                if until is not None and holds and self._staying is not None and not self._happened:
                    return now, True
                rests = "still" if self.stays() else ""
            if rests and not self._happened:
                return now, holds
            earlier = now.events
        self._settler.rest(deadline)
        now = self.last = _with(earlier, self.now(listen=True))
        return now, until is None or until(now)

    @property
    def _fresh(self) -> bool:
        """Whether the last look is young enough to be given once more, if the page stays as it is."""
        young = self.last is not None and self._scene.clock.now() - self.last.at < SOON
        return self.staying and young

    @property
    def staying(self) -> bool:
        """Whether nobody has waited yet for what `stays` tells."""
        return self._staying is not None

    def stays(self) -> bool:
        """Whether the page is as the last look found it, a frame after it was quiet for one. Raises Crashed."""
        staying, self._staying = self._staying, None
        return staying is None or (self._settler.rested(staying, self.mutations) != "" and not self._happened)

    def _wait_for(self, until: Until, now: Observation, deadline: Deadline) -> Observation:
        """Look again at every change until `until` holds, which it does not yet."""
        holds = False
        while not holds and not deadline.passed:
            self._settler.change(self.mutations, min(LOOK, deadline.left))
            now = _with(now.events, self.now())
            holds = until(now)
            if holds:  # what was seen may have been on its way to something else
                self._settler.rest(Deadline(min(CERTAIN, deadline.left), self._scene.clock))
                now = _with(now.events, self.now())
                holds = until(now)
        return now

    # ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def picture(self) -> None:
        """Have the picture of the last look taken, where the next act will want it, if it is not on its way."""
        if self._picturing and self._exposure is not None and self._exposure is not self._taking:
            self._take_picture(self._exposure)

    def leave(self, acting: bool = True) -> None:
        """Something is about to be done to the world: not before its picture is there. `acting`: by an act."""
        if self._taking is not None:
            self._taking.finish()
            self._taking = None
        if not acting:
            self._staying = None
        else:
            self._pictured, self._picturing = False, self._pictured

    def _take_picture(self, exposure: Exposure) -> None:
        self._taking = exposure
        exposure.begin()

    def _wanted(self) -> None:
        """A picture is."""
        self._alive()
        self._pictured = True


def _with(earlier: tuple[Event, ...], now: Observation) -> Observation:
    return replace(now, events=earlier + now.events) if earlier else now
