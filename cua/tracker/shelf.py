"""The rows of one application's map, read when they are asked for and looked through before they are believed.

A row that is not what was written (changed by hand, cut off, of another page) is dropped with a note; a file that
cannot be read is an empty one. What is dropped is learned again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cua.codec import Unreadable
from cua.journal import Journal
from cua.tracker.address import agreement
from cua.tracker.identity import State, digest
from cua.tracker.ways import Way, known

AT_ONCE = 500
"""States that are asked for in one statement."""
SAMPLE = 20
"""States that speak for an application: those that were seen most often."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A state as it was kept: `called` is what its screen says of itself, `looks` are the latest of it, the first one
    first."""

    state: State
    called: str
    looks: tuple[State, ...]


class Shelf:
    """The map of `app`; `note` is told of what was dropped."""

    def __init__(self, journal: Journal, app: str, note: Callable[[str], None]) -> None:
        self.app = app
        self._journal = journal
        self._note = note

    def showing(self, look: str) -> Iterator[str]:
        """The state that this look (id) is one of."""
        for (state,) in self._rows("select state from looks where app = ? and id = ?", self.app, look):
            yield str(state)

    def at(self, place: str, address: str) -> Iterator[str]:
        """The states (ids) that were seen at this address."""
        asked = "select distinct state from looks where app = ? and place = ? and address = ?"
        for (state,) in self._rows(asked, self.app, place, address):
            yield str(state)

    def made_of(self, controls: str) -> Iterator[str]:
        """The states (ids) that were seen with these controls."""
        for (state,) in self._rows(
            "select distinct state from looks where app = ? and controls = ?", self.app, controls
        ):
            yield str(state)

    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Places and addresses of all looks."""
        rows = self._rows("select distinct place, address from looks where app = ?", self.app)
        return tuple((str(place), str(address)) for place, address in rows)

    def names(self) -> dict[str, tuple[str, str]]:
        """By the id of each state: its name, and what its screen says of itself."""
        rows = self._rows("select id, name, called from states where app = ?", self.app)
        return {str(state): (str(name), str(called)) for state, name, called in rows}

    def most_seen(self) -> Iterator[str]:
        asked = f"select id from states where app = ? order by seen desc limit {SAMPLE}"
        for (state,) in self._rows(asked, self.app):
            yield str(state)

    def states(self, ids: Iterable[str]) -> Iterator[Kept]:
        """These states with the looks that are sound; those without any are left out."""
        wanted = list(ids)
        for start in range(0, len(wanted), AT_ONCE):
            yield from self._some(wanted[start : start + AT_ONCE])

    def _some(self, wanted: Sequence[str]) -> Iterator[Kept]:
        among = f"in ({', '.join('?' * len(wanted))})"
        asked = f"select id, name, called, place, address from states where app = ? and id {among}"
        known = {row[0]: row[1:] for row in self._rows(asked, self.app, *wanted)}
        looks: dict[str, list[State]] = {}
        asked = f"select id, state, place, address, features from looks where app = ? and state {among} order by rowid"
        for row in self._rows(asked, self.app, *wanted):
            look = self._look(row, known)
            if look is not None:
                looks.setdefault(row[1], []).append(look)
        for state, (name, called, place, address) in known.items():
            if own := looks.get(state):
                first = next((look for look in own if look.id == state), own[0])
                whole = State(state, name, place, address, first.features)
                yield Kept(whole, called, (first, *(look for look in own if look is not first)))

    def _look(self, row: tuple[Any, ...], known: dict[str, tuple[str, ...]]) -> State | None:
        """The look in this row; it has to be what its id says, at an address that goes with its state's."""
        id_, state, place, address, features = row
        try:
            found = frozenset(json.loads(features))
            sound = digest(place, address, found) == id_  # raises TypeError where one is no text
            sound = sound and state in known and agreement(known[state][3], address) > 0
        except (ValueError, TypeError, AttributeError):
            sound = False
            found = frozenset()
        if sound:
            return State(id_, known[state][0], place, address, found)
        self._drop("a look of a state was not what was written", "looks", id=id_)
        return None

    def ways(self) -> tuple[Way, ...]:
        """All the ways that can be gone again; those that were followed by a write are not among them."""
        asked = (
            "select before, step, after, act, rate, ms from transitions t where app = ? and act != '' and ok > 0 "
            "and not exists (select 1 from transitions b where b.app = t.app and b.before = t.before "
            "and b.step = t.step and b.barrier)"
        )
        found = []
        for before, words, after, act, rate, ms in self._rows(asked, self.app):
            try:
                found.append(known(before, words, after, act, rate, ms))
            except Unreadable:
                self._drop("a way was not what was written", "transitions", before=before, step=words, after=after)
        return tuple(found)

    def costs(self, kind: str) -> dict[str, tuple[int, float]]:
        """By route: how often it led back after an act of this kind, and the ms that all tries of it took."""
        rows = self._rows("select route, ok, ms from routes where app = ? and kind = ?", self.app, kind)
        return {
            str(route): (ok, float(ms))
            for route, ok, ms in rows
            if isinstance(ok, int) and isinstance(ms, int | float) and ok >= 0 and 0 <= ms < float("inf")
        }

    def _drop(self, why: str, table: str, **key: object) -> None:
        self._note(f"the map of {self.app}: {why}; it was dropped")
        where = " and ".join(f"{column} is ?" for column in key)
        db = self._journal.db
        with suppress(db.Error):  # it is not believed either way
            db.execute(f"delete from {table} where app = ? and {where}", (self.app, *key.values()))

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return rows(self._journal, statement, values, self._note)


def rows(
    journal: Journal, statement: str, values: Sequence[object], note: Callable[[str], None]
) -> list[tuple[Any, ...]]:
    """What the map says; nothing where it cannot be read."""
    db = journal.db
    try:
        return db.execute(statement, tuple(values)).fetchall()
    except (db.Error, UnicodeDecodeError) as error:
        note(f"the map cannot be read: {' '.join(str(error).split())}")
        return []
