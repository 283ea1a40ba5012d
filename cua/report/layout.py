"""Where the nodes and edges of a graph go: columns by distance from the start, folded into bands that fit a page.

An edge to the next column is a curve; any other runs on a lane of its own below its band, so that it crosses no node.
Lengths are px of the drawing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cua.report.graph import Edge, Graph, Node

LANE = 22.0
_TALLEST = 6
"""Nodes in a column; more go to a column of their own."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a node, of the gap to the next column (which holds an edge's label), and how many columns a band has."""

    width: float = 144
    picture: float = 82
    text: float = 40
    gap: float = 60
    row_gap: float = 40
    columns: int = 5
    margin: float = 22

    def height(self, node: Node) -> float:
        return self.text + (self.picture if node.picture else 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it lies; x, y are its top left corner."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    band: int
    column: int
    lowest: bool


@dataclass(frozen=True, slots=True)
class Route:
    """An edge as the corners of its way, and where its label's centre goes. `curved`: one curve from end to end."""

    edge: Edge
    points: tuple[tuple[float, float], ...]
    label: tuple[float, float]
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    width: float
    height: float
    spots: tuple[Spot, ...] = ()
    routes: tuple[Route, ...] = ()


def layout(graph: Graph, sizes: Sizes) -> Layout:
    """Places every node and routes every edge."""
    columns = _columns(graph)
    placing = _Placing(graph, sizes, columns)
    return placing.layout()


def _columns(graph: Graph) -> list[list[Node]]:
    """The nodes by their distance from the start, each column ordered by where its nodes are reached from."""
    onward: dict[str, list[str]] = {}
    for edge in graph.edges:
        if not edge.back:
            onward.setdefault(edge.source, []).append(edge.target)
    depth: dict[str, int] = {}
    for root in (graph.start, *(node.id for node in graph.nodes)):
        if root and root not in depth:
            _measure(root, onward, depth)
    layers: dict[int, list[Node]] = {}
    for node in graph.nodes:
        layers.setdefault(depth[node.id], []).append(node)
    columns: list[list[Node]] = []
    for _, layer in sorted(layers.items()):
        ordered = _ordered(layer, columns[-1] if columns else [], onward)
        columns.extend(ordered[at : at + _TALLEST] for at in range(0, len(ordered), _TALLEST))
    return columns


def _measure(root: str, onward: Mapping[str, Sequence[str]], depth: dict[str, int]) -> None:
    depth[root] = 0
    waiting = deque([root])
    while waiting:
        here = waiting.popleft()
        for there in onward.get(here, ()):
            if there not in depth:
                depth[there] = depth[here] + 1
                waiting.append(there)


def _ordered(layer: list[Node], left: Sequence[Node], onward: Mapping[str, Sequence[str]]) -> list[Node]:
    """By the mean place of the nodes in the column before that lead here (the barycentre heuristic, Sugiyama 1981)."""

    def place(node: Node) -> float:
        rows = [row for row, before in enumerate(left) if node.id in onward.get(before.id, ())]
        return sum(rows) / len(rows) if rows else float(len(left))

    return sorted(layer, key=place)


@dataclass
class _Lanes:
    """The lanes below one band: an edge takes the first lane that is free over its whole width."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def take(self, one: float, other: float) -> int:
        left, right = min(one, other) - 12, max(one, other) + 12
        for number, lane in enumerate(self.taken):
            if all(right <= start or end <= left for start, end in lane):
                lane.append((left, right))
                return number
        self.taken.append([(left, right)])
        return len(self.taken) - 1


class _Placing:
    def __init__(self, graph: Graph, sizes: Sizes, columns: Sequence[Sequence[Node]]) -> None:
        self.graph, self.sizes, self.columns = graph, sizes, columns
        self.bands = -(-len(columns) // sizes.columns)
        self.at = {node.id: index for index, column in enumerate(columns) for node in column}
        self.lanes = [_Lanes() for _ in range(self.bands)]
        self.lane_of: dict[int, int] = {}
        self.ports: dict[tuple[str, bool], list[int]] = {}

    def layout(self) -> Layout:
        sizes = self.sizes
        for index, edge in enumerate(self.graph.edges):
            if edge.source != edge.target:
                self.ports.setdefault((edge.source, False), []).append(index)
                self.ports.setdefault((edge.target, True), []).append(index)
                if not self._near(edge):
                    lanes = self.lanes[self._band(edge.source)]
                    self.lane_of[index] = lanes.take(self._x(edge.source), self._x(edge.target))
        spots = self._spots()
        routes = tuple(self._route(index, edge, spots) for index, edge in enumerate(self.graph.edges))
        widest = min(len(self.columns), sizes.columns)
        width = 2 * sizes.margin + widest * sizes.width + max(0, widest - 1) * sizes.gap
        return Layout(width, self._bottom(), tuple(spots.values()), routes)

    def _near(self, edge: Edge) -> bool:
        one, other = self.at[edge.source], self.at[edge.target]
        return other == one + 1 and self._band(edge.source) == self._band(edge.target)

    def _band(self, node: str) -> int:
        return self.at[node] // self.sizes.columns

    def _x(self, node: str) -> float:
        return self.sizes.margin + (self.at[node] % self.sizes.columns) * (self.sizes.width + self.sizes.gap)

    def _band_height(self, band: int) -> float:
        columns = self.columns[band * self.sizes.columns : (band + 1) * self.sizes.columns]
        return max((self._column_height(column) for column in columns), default=0.0)

    def _column_height(self, column: Iterable[Node]) -> float:
        heights = [self.sizes.height(node) for node in column]
        return sum(heights) + self.sizes.row_gap * (len(heights) - 1)

    def _band_top(self, band: int) -> float:
        above = sum(self._band_height(b) + self._lanes_height(b) + self.sizes.row_gap for b in range(band))
        return self.sizes.margin + above

    def _lanes_height(self, band: int) -> float:
        lanes = len(self.lanes[band].taken)
        return lanes * LANE + (10 if lanes else 0)

    def _bottom(self) -> float:
        last = self.bands - 1
        if last < 0:
            return 0.0
        return self._band_top(last) + self._band_height(last) + self._lanes_height(last) + self.sizes.margin

    def _spots(self) -> dict[str, Spot]:
        spots: dict[str, Spot] = {}
        for index, column in enumerate(self.columns):
            band = index // self.sizes.columns
            y = self._band_top(band) + (self._band_height(band) - self._column_height(column)) / 2
            for row, node in enumerate(column):
                height = self.sizes.height(node)
                lowest = row == len(column) - 1
                spots[node.id] = Spot(node, self._x(node.id), y, self.sizes.width, height, band, index, lowest)
                y += height + self.sizes.row_gap
        return {node.id: spots[node.id] for node in self.graph.nodes}

    def _port(self, node: str, index: int, *, incoming: bool) -> float:
        """How far from the middle of the side this edge ends, so that edges side by side stay apart."""
        ends = self.ports[node, incoming]
        apart = min(20.0, 0.9 * self.sizes.text / len(ends) if len(ends) > 1 else 0.0)
        return (ends.index(index) - (len(ends) - 1) / 2) * apart

    def _route(self, index: int, edge: Edge, spots: Mapping[str, Spot]) -> Route:
        source, target = spots[edge.source], spots[edge.target]
        if edge.source == edge.target:
            x, y = source.x + source.width / 2, source.y
            return Route(edge, ((x - 24, y), (x - 24, y - 12), (x + 24, y - 12), (x + 24, y)), (x, y - 12))
        leave, arrive = self._port(edge.source, index, incoming=False), self._port(edge.target, index, incoming=True)
        if self._near(edge):
            one = (source.x + source.width, source.y + source.height / 2 + leave)
            other = (target.x, target.y + target.height / 2 + arrive)
            return Route(edge, (one, other), ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2), curved=True)
        band = source.band
        lane = self._band_top(band) + self._band_height(band) + 14 + self.lane_of[index] * LANE
        out, into = self._leaving(source, lane, leave), self._arriving(target, band, lane, arrive)
        middle = (out[-1][0] + into[0][0]) / 2
        return Route(edge, (*out, *into), (middle, lane))

    def _leaving(self, spot: Spot, lane: float, port: float) -> list[tuple[float, float]]:
        if spot.lowest:
            x = spot.x + spot.width * 0.62 + port
            return [(x, spot.y + spot.height), (x, lane)]
        x = spot.x + spot.width + 14 + abs(port) / 2
        y = spot.y + spot.height / 2 + port
        return [(spot.x + spot.width, y), (x, y), (x, lane)]

    def _arriving(self, spot: Spot, band: int, lane: float, port: float) -> list[tuple[float, float]]:
        if spot.lowest and spot.band == band:
            x = spot.x + spot.width * 0.38 + port
            return [(x, lane), (x, spot.y + spot.height)]
        x = spot.x - 14 - abs(port) / 2
        y = spot.y + spot.height / 2 + port
        return [(x, lane), (x, y), (spot.x, y)]
