"""The application map of a run, on disk over all runs: the states that were seen, and the ways between them.

Which application it is, is told by the first screen. Read when it is needed, and only what is needed: a screen is
looked for by itself, then among those at its address, then at all addresses that may be its own. Written in batches
without waiting for the disk: what a power cut takes of it, the next run learns again. A map that cannot be read or
written never stops a run; the journal would have stopped it before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from cua.journal import Journal
from cua.run import Done, Run
from cua.step import Step
from cua.tracker.address import agreement
from cua.tracker.application import application_of
from cua.tracker.atlas import Atlas
from cua.tracker.identity import State, controls, digest, state_of
from cua.tracker.shelf import SAMPLE, Shelf, rows
from cua.tracker.ways import Walk, Way, kept
from envs.observation import Element, Observation
from grounding import Anchor, BadAnchor, anchor

BATCH = 50
"""Facts that are gathered before they are written."""
CROWD = 12
"""States at one address that are not all read for a look that is like some of them."""
LIKELY = 0.85
"""A look of the same controls that is so much alike is not looked for any further."""
PLAIN = 1_000
"""Looks that are known to name no secret."""
STEADY = 0.7
"""What the past counts in the rate of a way, against its last time."""

_SAW = """
insert into states (app, id, name, called, place, address, seen) values (?, ?, ?, ?, ?, ?, 1)
on conflict (app, id) do update set seen = seen + 1
"""
_LOOKED = """
insert or replace into looks (app, id, state, place, address, features, controls) values (?, ?, ?, ?, ?, ?, ?)
"""
_LED_ELSEWHERE = f"""
update transitions set rate = rate * {STEADY} where app = ? and before = ? and step = ? and after != ?
"""
_WENT = f"""
insert into transitions (app, before, step, after, ok, failed, ms, rate, act, barrier)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (app, before, step, after) do update set
    ms = (ms * (ok + failed) + excluded.ms) / (ok + failed + 1),
    ok = ok + excluded.ok, failed = failed + excluded.failed,
    rate = rate * {STEADY} + {1 - STEADY} * excluded.rate,
    act = case when excluded.ok then excluded.act else act end,
    barrier = max(barrier, excluded.barrier)
"""
_RETURNED = """
insert into routes (app, kind, route, ok, failed, ms) values (?, ?, ?, ?, ?, ?)
on conflict (app, kind, route) do update set
    ok = ok + excluded.ok, failed = failed + excluded.failed, ms = ms + excluded.ms
"""
_ANCHORED = "insert or replace into anchors (app, address, step, anchor) values (?, ?, ?, ?)"
_BACK = "update transitions set back = ?, back_ms = ? where app = ? and before = ? and step = ?"


class MapMemory:
    """The map of the application at this place; the tracker's Memory. Close it (or `flush`) to have everything written.

    `notes`: what of it was not sound.
    """

    def __init__(
        self, journal: Journal, place: str, recorded: Callable[[Step, str], Anchor | None] = lambda step, address: None
    ) -> None:
        """`recorded`: what was recorded of a step's target (at an address), where no run has been proved on it."""
        self.place = place
        self._recorded = recorded
        self.notes: list[str] = []
        self._journal = journal
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._shelf: Shelf | None = None
        self._atlas = Atlas()
        self._at: set[tuple[str, str]] = set()
        """Places and addresses whose states are loaded."""
        self._names: dict[str, tuple[str, str]] | None = None
        self._last: tuple[str, State | None] = ("", None)
        """The look that was asked for last, and the state that was found."""
        self._anchors: dict[tuple[str, str], Anchor | None] = {}
        """By address and act: what is remembered of its target."""
        self._plain: dict[str, None] = {}
        """Looks that name no secret."""

    @property
    def app(self) -> str:
        """The key of the application; until its first screen was seen, its place."""
        return self._shelf.app if self._shelf is not None else self.place

    # ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def known(self, look: State) -> State:
        """The state that this look shows, as it is known; the look itself where it is new."""
        look = self._clean(look)
        return self._find(look) or look

    def called(self, screen: Observation) -> str:
        """The name of the state that this screen shows; of a new one, the name that it would be given."""
        look = self._clean(state_of(screen))
        found = self._find(look)
        return found.name if found is not None else self._named(look)

    def saw(self, look: State) -> State:
        """The same as `known`, and what is new is known from now on."""
        look = self._clean(look)
        found = self._find(look)
        if found is None:
            state = replace(look, name=self._named(look))
            self._atlas.add(state, look.name)
            self._last = (look.id, state)
            self._looked(look, state.id)
        else:
            state = found
            if look.id not in self._atlas:
                looks = self._atlas.recall(look, state.id)
                self._looked(look, state.id)
                spare = ", ".join("?" * len(looks))
                self._add(
                    f"delete from looks where app = ? and state = ? and id not in ({spare})",
                    (self.app, state.id, *(one.id for one in looks)),
                )
        called = look.name if found is None else state.name
        self._add(_SAW, (self.app, state.id, state.name, called, state.place, state.address))
        return state

    def _looked(self, look: State, state: str) -> None:
        features = json.dumps(sorted(look.features), ensure_ascii=False)
        self._add(_LOOKED, (self.app, look.id, state, look.place, look.address, features, controls(look)))

    def _clean(self, look: State) -> State:
        """Without secrets: what is known and what is written are the same."""
        vault = self._journal.vault
        if not vault.bindings or look.id in self._plain:
            return look
        features, address, name = (
            frozenset(map(vault.mask, look.features)),
            vault.mask(look.address),
            vault.mask(look.name),
        )
        if (features, address, name) == (look.features, look.address, look.name):
            self._plain[look.id] = None
            if len(self._plain) > PLAIN:
                del self._plain[next(iter(self._plain))]
            return look
        return State(digest(look.place, address, features), name, look.place, address, features)

    def _find(self, look: State) -> State | None:
        """Cost: one row where this very look is known, else what was seen at its address (where many were, those with
        the same controls first), else at all that agree."""
        if self._last[0] == look.id and self._last[1] is not None:
            return self._last[1]
        shelf = self._shelf or self._begun(look)
        if look.id not in self._atlas:
            self._load(shelf.showing(look.id))
        found = self._atlas.locate(look) if look.id in self._atlas else self._near(look, shelf)
        if found is None:
            for place, address in shelf.addresses():
                if place == look.place and agreement(address, look.address) > 0:
                    self._load_at(place, address)
            found = self._atlas.locate(look)
        self._last = (look.id, found)
        return found

    def _near(self, look: State, shelf: Shelf) -> State | None:
        """The state among those at its address."""
        here = (look.place, look.address)
        if here not in self._at and sum(1 for _ in shelf.at(*here)) > CROWD:
            self._load(shelf.made_of(controls(look)))
            found = self._atlas.nearest(look)
            if found is not None and found.like >= LIKELY:
                return found.state
        self._load_at(*here)
        return self._atlas.locate(look)

    def _load_at(self, place: str, address: str) -> None:
        if (place, address) not in self._at and self._shelf is not None:
            self._at.add((place, address))
            self._load(self._shelf.at(place, address))

    def _load(self, states: Iterable[str]) -> None:
        assert self._shelf is not None
        for one in self._shelf.states([state for state in states if self._atlas.get(state) is None]):
            self._atlas.add(one.state, one.called)
            for look in one.looks:
                self._atlas.recall(look, one.state.id)

    def _named(self, look: State) -> str:
        """What a new state is to be called."""
        shelf = self._shelf or self._begun(look)
        if self._names is None:
            self._names = shelf.names()
            self._atlas.reserve(name for name, _ in self._names.values())
        if look.id in self._names:
            return self._names[look.id][0]  # its looks were lost, its name was not
        self._load(state for state, (_, called) in self._names.items() if called == look.name)
        return self._atlas.name(look)

    def _begun(self, start: State) -> Shelf:
        """Which application this is: the one that knows this very screen, else the one that it is like."""
        keys = [str(key) for (key,) in self._rows(
            "select distinct app from states where app = ? or (app > ? and app < ?)",
            self.place, f"{self.place}#", f"{self.place}$",
        )]  # fmt: skip
        shelves = {key: Shelf(self._journal, key, self._note) for key in keys}
        exact = [key for key, shelf in shelves.items() if any(True for _ in shelf.showing(start.id))]
        if len(exact) == 1:
            key = exact[0]
        else:
            speaking = {key: self._speaking(start, shelf) for key, shelf in shelves.items()}
            key = application_of(self.place, start, speaking)
        self._shelf = shelves.get(key) or Shelf(self._journal, key, self._note)
        return self._shelf

    def _speaking(self, start: State, shelf: Shelf) -> list[State]:
        """Looks that speak for an application: those made of the same as its start screen or, where there are none,
        those at its address; and those that were seen most often."""
        alike = list(islice(shelf.made_of(controls(start)), SAMPLE)) or islice(
            shelf.at(start.place, start.address), SAMPLE
        )
        return [look for one in shelf.states({*alike, *shelf.most_seen()}) for look in one.looks]

    # ── ways ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def went(self, before: State, done: Done, after: State, walk: Walk) -> None:
        """A step was done in this state and was proved to lead to that one, or it failed."""
        vault, ok = self._journal.vault, done.verdict.holds
        step = vault.masked(done.step)
        act = kept(step, vault.masked(walk)) if ok and not done.effects else ""
        way = (self.app, before.id, step.words, after.id)
        self._add(_LED_ELSEWHERE, way)
        self._add(_WENT, (*way, int(ok), int(not ok), done.ms, float(ok), act, int(step.commit or walk.wrote)))

    def ways(self) -> tuple[Way, ...]:
        """All the ways that can be gone again, this run's too."""
        self.flush()
        return self._shelf.ways() if self._shelf is not None else ()

    def returned(self, kind: str, route: str, ms: float, *, ok: bool) -> None:
        """A route was tried after an act of this kind had failed."""
        self._add(_RETURNED, (self.app, kind, route, int(ok), int(not ok), ms))

    def led_back(self, before: State, words: str, route: str, ms: float) -> None:
        """The route by which a failed step was undone."""
        self._add(_BACK, (route, ms, self.app, before.id, self._journal.vault.mask(words)))

    def costs(self, kind: str) -> dict[str, tuple[int, float]]:
        """By route: how often it led back after an act of this kind, and the ms that all tries of it took."""
        self.flush()
        return self._shelf.costs(kind) if self._shelf is not None else {}

    # ── targets ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def anchored(self, where: State, step: Step, element: Element, screen: Observation) -> None:
        """A step was proved on this element: how it is found again when its name has changed. Where it is as it was
        known, nothing is worked out anew."""
        before = self._proved(where, step)
        if before is not None and (before.traits.role, before.traits.name) == (element.role, element.name):
            return
        data = json.dumps(_masked(anchor(element, screen).as_data(), self._journal.vault.mask), ensure_ascii=False)
        aim = self._aim(where, step)
        self._anchors[aim] = self._read(data, step)
        self._add(_ANCHORED, (self.app, *aim, data))

    def anchor(self, where: State, step: Step) -> Anchor | None:
        """What is remembered of this step's target in such a place: of the last run that proved it, else what was
        recorded; None where nothing is."""
        proved = self._proved(where, step)
        return proved if proved is not None else self._recorded(step, where.address)

    def _proved(self, where: State, step: Step) -> Anchor | None:
        aim = self._aim(where, step)
        if aim not in self._anchors:
            asked = "select anchor from anchors where app = ? and address = ? and step = ?"
            kept = next(iter(self._rows(asked, self.app, *aim)), None)
            self._anchors[aim] = self._read(str(kept[0]), step) if kept is not None else None
            if len(self._anchors) > PLAIN:
                del self._anchors[next(iter(self._anchors))]
        return self._anchors[aim]

    def _read(self, data: str, step: Step) -> Anchor | None:
        try:
            return Anchor.from_data(json.loads(data))
        except (ValueError, BadAnchor) as no:
            self._note(f"what was remembered of the target of {step.words} is not sound: {no}")
            return None

    def _aim(self, where: State, step: Step) -> tuple[str, str]:
        mask = self._journal.vault.mask
        return mask(where.address), mask(f"{step.action.verb} {step.target}")

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def pictured(self, run: Run) -> None:
        """How the states looked in this run: the picture after a proved step is that of where it led."""
        for done in run.done:
            if done.proved and done.after and done.pictures[1]:
                row = (done.pictures[1], self.app, done.after)
                self._add("update states set picture = ? where app = ? and id = ?", row)

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        return rows(self._journal, statement, values, self._note)

    def _add(self, statement: str, row: tuple[object, ...]) -> None:
        self._waiting.append((statement, row))
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        db = self._journal.db
        try:
            db.execute("pragma synchronous = normal")
            db.execute("begin immediate")
            for statement, row in waiting:
                db.execute(statement, row)
            db.execute("commit")
        except db.Error as error:
            self._note(f"the map cannot be written: {' '.join(str(error).split())}")
            if db.in_transaction:
                db.execute("rollback")
        finally:
            db.execute("pragma synchronous = full")

    close = flush


def _masked(data: object, mask: Callable[[str], str]) -> object:
    """Plain data without secrets: before it is JSON, where a quote in one is written otherwise."""
    if isinstance(data, str):
        return mask(data)
    if isinstance(data, dict):
        return {key: _masked(value, mask) for key, value in data.items()}
    return [_masked(value, mask) for value in data] if isinstance(data, list | tuple) else data
