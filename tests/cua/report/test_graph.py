"""The path of a run as a graph: what it holds, where it is drawn, and that nothing is drawn over a node."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.report.drawing import NARROW, WIDE, svg
from cua.report.graph import Edge, Graph, Node, Way, as_text, path
from cua.report.layout import Layout, Sizes, layout
from cua.run import Run
from tests.cua.report.page import read
from tests.cua.report.story import NAMES


def test_path_of_a_run(run: Run) -> None:
    graph = path(run, NAMES)
    assert [node.name for node in graph.nodes] == ["Log in", "Site administration", "Users", "Add group", "Groups"]
    ways = {(edge.source, edge.target, edge.way): edge.label for edge in graph.edges}
    assert ways == {
        ("login", "login", Way.TAKEN): "1–3",
        ("login", "index", Way.TAKEN): "4",
        ("index", "users", Way.UNDONE): "5",
        ("users", "index", Way.BACK): "5",
        ("index", "add", Way.TAKEN): "6",
        ("add", "add", Way.TAKEN): "7",
        ("add", "list", Way.TAKEN): "8",
        ("list", "list", Way.TAKEN): "9",
    }
    assert graph.start == "login"
    assert graph.nodes[0].picture == run.done[0].pictures[1]


def test_states_without_a_name_are_called_by_their_address(run: Run) -> None:
    assert [node.name for node in path(run, {}).nodes][:2] == ["/admin/login/", "/admin/"]


def test_as_text(run: Run) -> None:
    assert as_text(path(run, NAMES)).splitlines()[:7] == [
        "1. Log in (start)",
        "   → stays here: 1–3",
        "   → 2. Site administration: 4",
        "2. Site administration",
        "   ⇢ 3. Users: 5 (not kept)",
        "   → 4. Add group: 6",
        "3. Users",
    ]


def test_a_map_counts_its_failures() -> None:
    graph = Graph((Node("a", "A"), Node("b", "B\x1b[2J")), (Edge("a", "b", "click B", ok=3, failed=1),))
    assert as_text(graph).splitlines()[1] == "   → 2. B␛[2J: click B (failed 1 of 4)"
    assert "(1 failed)" in svg(graph)


def test_edges_to_nowhere_are_left_out() -> None:
    graph = Graph((Node("a", "A"),), (Edge("a", "b"), Edge("x", "a")), "z")
    assert graph.edges == ()
    assert graph.start == "a"


@pytest.mark.parametrize("sizes", [WIDE, NARROW])
def test_it_fits_the_page_it_is_for(run: Run, sizes: Sizes) -> None:
    assert layout(path(run, NAMES), sizes).width <= (1008 if sizes is WIDE else 340)


def test_nothing_is_as_it_says() -> None:
    assert layout(Graph(), WIDE) == Layout(2 * WIDE.margin, 0.0)
    assert as_text(Graph()) == ""


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names), st.booleans())
    edges = (Edge(a, b, f"{a}{b}", back=back) for a, b, back in draw(st.lists(ends, max_size=30)))
    return Graph(tuple(Node(name, name) for name in names), tuple(edges))


@settings(max_examples=200, deadline=None)
@given(graphs(), st.sampled_from([WIDE, NARROW]))
def test_no_node_is_hidden_and_no_edge_crosses_one(graph: Graph, sizes: Sizes) -> None:
    plan = layout(graph, sizes)
    assert [spot.node for spot in plan.spots] == list(graph.nodes)
    assert len(plan.routes) == len(graph.edges)
    for number, one in enumerate(plan.spots):
        assert one.x >= 0
        assert one.x + one.width <= plan.width
        assert one.y >= 0
        assert one.y + one.height <= plan.height
        for other in plan.spots[number + 1 :]:
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart_x or one.y + one.height <= other.y or other.y + other.height <= one.y
    for route in plan.routes:
        if route.curved or route.edge.source == route.edge.target:
            continue
        for (x1, y1), (x2, y2) in pairwise(route.points):
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            for spot in plan.spots:
                inside_x = right > spot.x + 0.1 and left < spot.x + spot.width - 0.1
                inside_y = bottom > spot.y + 0.1 and top < spot.y + spot.height - 0.1
                assert not (inside_x and inside_y), (route, spot)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_name_breaks_out_of_the_drawing(name: str, label: str) -> None:
    graph = Graph((Node("a", "x" + name), Node("b", "y")), (Edge("a", "b", "z" + label),))
    plain = Graph((Node("a", "x"), Node("b", "y")), (Edge("a", "b", "z"),))
    assert read(svg(graph)).skeleton() == read(svg(plain)).skeleton()
