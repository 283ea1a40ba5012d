"""States and the ways between them, as data: the path of one run, or the map of an application. Drawn by `drawing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from cua.report import words
from cua.report.words import Standing
from cua.run import Done, Run
from cua.visible import one_line


class Way(StrEnum):
    """taken: proved to lead there; undone: tried, and not kept; back: a return to a proved state."""

    TAKEN = "taken"
    UNDONE = "undone"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Node:
    """A state. `picture` is the digest of how it looked, "" where there is no picture."""

    id: str
    name: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition. `ok` and `failed` count how often it led there and how often it did not."""

    source: str
    target: str
    label: str = ""
    ok: int = 1
    failed: int = 0
    back: bool = False

    @property
    def way(self) -> Way:
        return Way.BACK if self.back else Way.TAKEN if self.ok else Way.UNDONE


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order they were first seen; `start` is where it begins. Edges to unknown nodes are left out."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    start: str = ""

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        object.__setattr__(self, "edges", tuple(e for e in self.edges if e.source in known and e.target in known))
        if self.start not in known:
            object.__setattr__(self, "start", self.nodes[0].id if self.nodes else "")


def path(run: Run, names: Mapping[str, str]) -> Graph:
    """The way of a run through the states, its edges labelled with step numbers.

    `names` says what the states are called; one without a name is called by the address it was first reached at.
    """
    tracing = _Tracing(names)
    for number, (done, back) in enumerate(words.told(run), 1):
        tracing.step(number, done, back.to if back and back.ok else "")
    return tracing.graph()


def as_text(graph: Graph) -> str:
    """The graph as lines: each state numbered, and below it the ways out of it."""
    numbers = {node.id: number for number, node in enumerate(graph.nodes, 1)}
    lines: list[str] = []
    for node in graph.nodes:
        start = " (start)" if node.id == graph.start else ""
        lines.append(f"{numbers[node.id]}. {one_line(node.name)}{start}")
        lines += [
            f"   {_arrow(edge)} {_whither(edge, graph, numbers)}{_label(edge)}"
            for edge in graph.edges
            if edge.source == node.id
        ]
    return "\n".join(lines)


def _arrow(edge: Edge) -> str:
    return {Way.TAKEN: "→", Way.UNDONE: "⇢", Way.BACK: "↩"}[edge.way]


def _whither(edge: Edge, graph: Graph, numbers: Mapping[str, int]) -> str:
    if edge.source == edge.target:
        return "stays here"
    name = next(node.name for node in graph.nodes if node.id == edge.target)
    return f"{numbers[edge.target]}. {one_line(name)}"


def _label(edge: Edge) -> str:
    undone = " (not kept)" if edge.way is Way.UNDONE else ""
    failed = f" (failed {edge.failed} of {edge.ok + edge.failed})" if edge.ok and edge.failed else ""
    return f": {one_line(edge.label)}{undone}{failed}" if edge.label else f"{undone}{failed}"


@dataclass
class _Tracing:
    """Gathers nodes and edges along a run; parallel steps become one edge that carries all their numbers."""

    names: Mapping[str, str]
    nodes: dict[str, Node] = field(default_factory=dict)
    steps: dict[tuple[str, str, Way], list[int]] = field(default_factory=dict)

    def step(self, number: int, done: Done, returned: str) -> None:
        source, target = done.before, done.after or done.before
        if not source:
            source = target
        if not source:
            return
        self._visit(source, "", done.pictures[0])
        self._visit(target, done.url, done.pictures[1] if source != target or not done.before else "")
        way = Way.UNDONE if Standing.of(done) is not Standing.PROVED else Way.TAKEN
        self.steps.setdefault((source, target, way), []).append(number)
        if returned and target != (home := returned if returned in self.nodes else source):
            self.steps.setdefault((target, home, Way.BACK), []).append(number)

    def graph(self) -> Graph:
        edges = tuple(
            Edge(
                source,
                target,
                words.ranges(numbers),
                ok=0 if way is Way.UNDONE else len(numbers),
                failed=len(numbers) if way is Way.UNDONE else 0,
                back=way is Way.BACK,
            )
            for (source, target, way), numbers in self.steps.items()
        )
        return Graph(tuple(self.nodes.values()), edges)

    def _visit(self, state: str, url: str, picture: str) -> None:
        node = self.nodes.setdefault(state, Node(state, self.names.get(state) or state))
        name = _by_address(url) if node.name == state and url else node.name
        self.nodes[state] = replace(node, name=name, picture=node.picture or picture)


def _by_address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path if parts.path not in {"", "/"} else parts.netloc + parts.path) or url
