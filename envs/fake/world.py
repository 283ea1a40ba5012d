"""The fake environment: a site, a clock that only it moves, and the five methods of a world. It never sleeps."""

from __future__ import annotations

import itertools
from functools import partial

from envs.action import Action, Back, Open
from envs.clock import ManualClock
from envs.env import Checkpoint, Until
from envs.errors import ActFailed, Crashed, OutOfOrder
from envs.fake.effects import Effect
from envs.fake.hands import Did, Hands
from envs.fake.page import Record
from envs.fake.picture import draw
from envs.fake.play import Player
from envs.fake.site import FakeSite
from envs.fake.stage import Server, Stage, Tab
from envs.geometry import Box
from envs.observation import Element, Observation, Window


class Fake:
    """An in-memory GUI: deterministic, restorable, and honest about what really happened to it.

    `latency` seconds pass between a look and the act that follows, so that a page can change in between; `accepts` is
    how native dialogs are answered. A second Fake on the same `server` is the application opened again, after a crash.
    """

    def __init__(
        self,
        site: FakeSite,
        *,
        clock: ManualClock | None = None,
        server: Server | None = None,
        place: str = "web",
        latency: float = 0.0,
        accepts: bool = True,
    ) -> None:
        self.site, self.place, self.latency = site, place, latency
        self.clock = clock or ManualClock()
        self.server = server or Server()
        self._player = Player(accepts)
        self._hands = Hands(self._player)
        self._seq = 0
        self._open = False
        self._numbers = itertools.count(1)
        self._stage = self._fresh()

    # ── what really happened ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def log(self) -> list[Did]:
        """Every act that reached the site, in order."""
        return self._hands.log

    @property
    def story(self) -> list[str]:
        """The log in words: ['type textbox "Name"', 'click button "Save"']."""
        return [str(did) for did in self.log]

    @property
    def saved(self) -> list[Record]:
        """Every record the server has ever accepted, in order; dropping one does not take it out of here."""
        return self.server.saved

    def records(self, kind: str) -> list[Record]:
        """What the server holds now."""
        return [record for record in self.server.records if record.kind == kind]

    def happen(self, *effects: Effect) -> None:
        """The world changes by itself, between looks: these effects on the page in front."""
        self._ready()
        self._stage.catch_up()
        self._player.play(effects, self._stage.front.page, None)

    # ── Env ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def reset(self) -> Observation:
        """Opens the site anew in one window. What the server holds, the log and the clock stay."""
        self._stage = self._fresh()
        self._open = True
        self._stage.open(self.site.start)
        return self._hand_out()

    def observe(self) -> Observation:
        self._ready()
        self._stage.catch_up()
        return self._hand_out()

    def act(self, action: Action, found: Element | None = None) -> None:
        self._ready()
        self.clock.advance(self.latency)
        self._stage.catch_up()
        self._hands.act(action, found)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Moves the clock from change to change: while something loads, then until `until` holds or time is up."""
        self._ready()
        stage, deadline = self._stage, self.clock.now() + timeout
        stage.catch_up()
        while stage.loading and self._step(deadline):
            self._ready()
        while until is not None and not until(self._look()) and self._step(deadline):
            self._ready()
        self._ready()
        return self._hand_out()

    def close(self) -> None:
        self._open = False

    # ── Restorable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def checkpoint(self) -> Checkpoint:
        self._ready()
        tab = self._stage.front
        return Checkpoint(self.place, tab.page.url, tab.id, tab.page.document, inner=tab.page.entry)

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        self._ready()
        tab = next((tab for tab in self._stage.tabs if tab.id == checkpoint.window), None)
        if tab is None:
            raise ActFailed(f"window {checkpoint.window} is closed")
        if by == "history":
            self._go_back(tab, checkpoint)
        elif by == "url":
            self._stage.front = tab
            self._hands.act(Open(checkpoint.url), None)
        else:
            raise ActFailed(f"there is no way back by {by}; there are: history, url")
        self._stage.front = tab
        return self.settle()

    def _go_back(self, tab: Tab, checkpoint: Checkpoint) -> None:
        entries = [page.entry for page in tab.pages]
        if checkpoint.inner not in entries or entries.index(checkpoint.inner) > tab.at:
            raise ActFailed(f"{checkpoint.url} is not behind this page in the history")
        by = entries.index(checkpoint.inner) - tab.at
        if by:
            self.log.append(Did(Back(), at=self.clock.now()))
            self._stage.travel(tab, by)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fresh(self) -> Stage:
        stage = Stage(self.site, self.clock, self.server, self.place, self._player.play, self._numbers)
        self._player.stage = stage
        return stage

    def _ready(self) -> None:
        if not self._open:
            raise OutOfOrder("the fake site is not open: call reset first")
        if self._stage.crashed:
            raise Crashed(self._stage.crashed)

    def _step(self, deadline: float) -> bool:
        """On to the next change; False, and at the deadline, where none comes before it."""
        at = self._stage.next_at
        self._stage.advance_to(deadline if at is None else min(at, deadline))
        return at is not None and at <= deadline

    def _hand_out(self) -> Observation:
        seen = self._look()
        self._stage.events.clear()
        return seen

    def _look(self) -> Observation:
        self._seq += 1
        stage, tab, page = self._stage, self._stage.front, self._stage.front.page
        view = Box(0, 0, *self.site.viewport)
        elements = page.elements(self.place, tab.id, self.site.origin, view)
        return Observation(
            seq=self._seq,
            place=self.place,
            url=page.url,
            title=page.screen.title,
            elements=elements,
            events=tuple(stage.events),
            document=page.document,
            windows=tuple(Window(t.id, t.page.screen.title, t.page.url, t is tab) for t in stage.tabs),
            window=tab.id,
            viewport=view,
            at=self.clock.now(),
            picture=partial(draw, elements, view),
        )
