"""The application map as people read it: applications, states, ways, and the graph of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cua.journal import Journal
from cua.report.graph import Edge, Graph, Node

TABLES = ("states", "looks", "transitions", "routes", "anchors")


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
    """A transition as the map keeps it; `ms` is the mean. `back` is the route that led back when it had failed, ""
    where none was needed yet."""

    before: str
    step: str
    after: str
    ok: int
    failed: int
    ms: float
    rate: float = 1.0
    back: str = ""


@dataclass(frozen=True, slots=True)
class KnownApp:
    """A line of the list of maps."""

    app: str
    states: int
    ways: int


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
        "select before, step, after, ok, failed, ms, rate, back from transitions where app = ? "
        "order by ok + failed desc, step",
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
    """Forget the map of an application, with the looks of its states, its ways and the routes back; how many states
    that were."""
    gone = [journal.db.execute(f"delete from {table} where app = ?", (app,)).rowcount for table in TABLES]
    return gone[0]


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
