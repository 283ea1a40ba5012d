"""The application map on disk: the states that were seen and the ways between them, over all runs.

Written in batches without waiting for the disk: what a power cut takes of it, the next run learns again. A map that
cannot be written never stops a run; the journal would have stopped it before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cua.journal import Journal
from cua.report.graph import Edge, Graph, Node
from cua.run import Run
from cua.step import Step
from cua.tracker.identity import State
from envs.origins import origin_of

BATCH = 50
"""Facts that are gathered before they are written."""

_SAW = """
insert into states (app, id, name, address, features, seen) values (?, ?, ?, ?, ?, 1)
on conflict (app, id) do update set seen = seen + 1, name = excluded.name
"""
_WENT = """
insert into transitions (app, before, step, after, ok, failed, ms) values (?, ?, ?, ?, ?, ?, ?)
on conflict (app, before, step, after) do update set
    ms = (ms * (ok + failed) + excluded.ms) / (ok + failed + 1),
    ok = ok + excluded.ok, failed = failed + excluded.failed
"""


def app_of(url: str | None) -> str:
    """The key of the application that an address belongs to: origin and first part of the path.

    Two applications behind one origin (/admin/, /wiki/) have a map each; an address that is none is its own key.
    """
    origin = origin_of(url or "")
    if origin is None:
        return url or "application"
    leading = next((part for part in urlsplit(url or "").path.split("/") if part), "")
    return f"{origin}/{leading}" if leading else origin


@dataclass(frozen=True, slots=True)
class KnownState:
    """A state as the map keeps it. `picture` is the digest of how it looked last, "" where there is none."""

    id: str
    name: str
    address: str
    seen: int
    picture: str


@dataclass(frozen=True, slots=True)
class KnownWay:
    """A transition as the map keeps it; `ms` is the mean."""

    before: str
    step: str
    after: str
    ok: int
    failed: int
    ms: float


@dataclass(frozen=True, slots=True)
class KnownApp:
    """A line of the list of maps."""

    app: str
    states: int
    ways: int


class MapMemory:
    """The map of one application; the tracker's Memory. Close it (or `flush`) to have everything written."""

    def __init__(self, journal: Journal, app: str) -> None:
        self.app = app
        self._journal = journal
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._rows: dict[str, tuple[str, ...]] = {}
        """By the state's id: what is written of it but its name."""

    def saw(self, state: State) -> None:
        mask = self._journal.vault.mask
        if state.id not in self._rows:
            features = json.dumps(sorted(mask(feature) for feature in state.features), ensure_ascii=False)
            self._rows[state.id] = (mask(state.address), features)
        self._add(_SAW, (self.app, state.id, mask(state.name), *self._rows[state.id]))

    def went(self, before: State, step: Step, after: State, *, ok: bool, ms: float) -> None:
        words = self._journal.vault.mask(step.words)
        self._add(_WENT, (self.app, before.id, words, after.id, int(ok), int(not ok), ms))

    def pictured(self, run: Run) -> None:
        """How the states looked in this run: the picture after a proved step is that of where it led."""
        for done in run.done:
            if done.proved and done.after and done.pictures[1]:
                row = (done.pictures[1], self.app, done.after)
                self._add("update states set picture = ? where app = ? and id = ?", row)

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
        except db.Error:
            if db.in_transaction:
                db.execute("rollback")
        finally:
            db.execute("pragma synchronous = full")

    close = flush


def apps(journal: Journal) -> tuple[KnownApp, ...]:
    """The applications that have a map, by name."""
    rows = journal.db.execute(
        "select app, count(*), (select count(*) from transitions t where t.app = s.app) from states s "
        "group by app order by app"
    )
    return tuple(KnownApp(*row) for row in rows)


def states(journal: Journal, app: str) -> tuple[KnownState, ...]:
    """The states of an application, in the order in which they were first seen."""
    rows = journal.db.execute("select id, name, address, seen, picture from states where app = ?", (app,)).fetchall()
    known = [KnownState(*row) for row in rows]
    order = {state: number for number, state in enumerate(_reached(ways(journal, app)))}
    return tuple(sorted(known, key=lambda state: (order.get(state.id, len(order)), -state.seen, state.name)))


def ways(journal: Journal, app: str) -> tuple[KnownWay, ...]:
    """The transitions of an application, the most travelled first."""
    rows = journal.db.execute(
        "select before, step, after, ok, failed, ms from transitions where app = ? order by ok + failed desc, step",
        (app,),
    )
    return tuple(KnownWay(*row) for row in rows)


def names(journal: Journal) -> dict[str, str]:
    """What the known states are called, of all applications."""
    return dict(journal.db.execute("select id, name from states"))


def graph(journal: Journal, app: str) -> Graph:
    """The map as a graph; ways that lead to the same state, and stay in it, are one edge each."""
    nodes = tuple(Node(one.id, one.name, one.picture) for one in states(journal, app))
    joint: dict[tuple[str, str], list[KnownWay]] = {}
    for way in ways(journal, app):
        if way.before != way.after:
            joint.setdefault((way.before, way.after), []).append(way)
    edges = tuple(
        Edge(before, after, _label(parallel), sum(w.ok for w in parallel), sum(w.failed for w in parallel))
        for (before, after), parallel in joint.items()
    )
    return Graph(nodes, edges)


def _label(parallel: list[KnownWay]) -> str:
    first, *others = parallel
    return f"{first.step} +{len(others)}" if others else first.step


def forget(journal: Journal, app: str) -> int:
    """Forget the map of an application; how many states that were."""
    gone = journal.db.execute("delete from states where app = ?", (app,)).rowcount
    journal.db.execute("delete from transitions where app = ?", (app,))
    return gone


def _reached(all_ways: Iterable[KnownWay]) -> list[str]:
    """State ids breadth first along the ways, from one that nothing else leads to."""
    outward: dict[str, list[str]] = {}
    inward: set[str] = set()
    for way in all_ways:
        if way.ok and way.before != way.after:
            outward.setdefault(way.before, []).append(way.after)
            inward.add(way.after)
    order: dict[str, None] = {}
    waiting = [state for state in outward if state not in inward] or list(outward)[:1]
    while waiting:
        state = waiting.pop(0)
        if state not in order:
            order[state] = None
            waiting += outward.get(state, [])
    return list(order)
