"""A graph as inline SVG: nodes with picture and name, ways with what they are called. Styled by the page's classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from cua.report.graph import Edge, Graph, Way
from cua.report.layout import Layout, Route, Sizes, Spot, layout
from cua.visible import one_line

WIDE = Sizes()
NARROW = Sizes(width=112, picture=64, gap=62, columns=2, margin=24)
"""For a phone: fits into 340 px."""
_CHAR = 6.4
"""Mean px of a character at the size of names and labels (12 px): wide enough for any sans serif font."""
_ROUND = 8.0
_WIDENED = 80.0


def svg(graph: Graph, *, sizes: Sizes = WIDE, pictures: Mapping[str, str] | None = None, label: str = "") -> Markup:
    """The drawing as one `<svg>` element. `pictures` maps a node's digest to the id of a `<symbol>` in the same page.

    Arrow heads are the markers #arrow-taken, #arrow-undone and #arrow-back, which `markers` defines once a page.
    """
    pictures = pictures or {}
    known = {node.picture for node in graph.nodes} & set(pictures)
    plain = Graph(
        tuple(node if node.picture in known else type(node)(node.id, node.name) for node in graph.nodes),
        graph.edges,
        graph.start,
    )
    plan = layout(plain, _fitting(plain, sizes))
    parts = [
        *(_way(route) for route in plan.routes),
        *(_node(spot, pictures.get(spot.node.picture, ""), first=spot.node.id == plain.start) for spot in plan.spots),
        *(_label(route, sizes) for route in plan.routes if route.edge.label),
    ]
    return _svg(plan, label, parts)


def markers() -> Markup:
    """The arrow heads, for a `<defs>` of the page."""
    return Markup("").join(
        Markup(
            '<marker id="arrow-{}" class="arrow {}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" '
            'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            '<path d="M0 .6 7.4 4 0 7.4z"/></marker>'
        ).format(way.value, way.value)
        for way in Way
    )


def _svg(plan: Layout, label: str, parts: Sequence[Markup]) -> Markup:
    head = Markup('<svg class="graph" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">').format(
        one_line(label), *(_px(side) for side in (plan.width, plan.height) * 2)
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def _fitting(graph: Graph, sizes: Sizes) -> Sizes:
    """The gap between columns widened for long labels, so that they are not cut down to nothing."""
    longest = max((len(one_line(edge.label) + _failed(edge)) for edge in graph.edges), default=0)
    gap = min(max(sizes.gap, longest * _CHAR + 30), sizes.gap + _WIDENED)
    whole = sizes.columns * (sizes.width + sizes.gap)
    columns = min(sizes.columns, max(2, int(whole / (sizes.width + gap))))
    return replace(sizes, gap=gap, columns=columns)


def _node(spot: Spot, symbol: str, *, first: bool) -> Markup:
    x, y, width, height = (_px(n) for n in (spot.x, spot.y, spot.width, spot.height))
    inside = Markup("")
    text_top = spot.y
    if symbol:
        tall = spot.height - WIDE.text
        inside = Markup(
            '<svg x="{}" y="{}" width="{}" height="{}"><use href="#{}" width="100%" height="100%"/></svg>'
        ).format(_px(spot.x + 1), _px(spot.y + 1), _px(spot.width - 2), _px(tall), symbol)
        text_top += tall
    lines = list(_wrapped(one_line(spot.node.name), int((spot.width - 14) / _CHAR)))
    middle = text_top + (spot.y + spot.height - text_top) / 2
    rows = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(
            _px(spot.x + spot.width / 2), _px(middle + 4.2 + (row - (len(lines) - 1) / 2) * 15), escape(line)
        )
        for row, line in enumerate(lines)
    )
    return Markup(
        '<g class="node{}"><title>{}</title><rect class="shape" x="{}" y="{}" width="{}" height="{}" rx="8"/>{}'
        '<rect class="rim" x="{}" y="{}" width="{}" height="{}" rx="8"/><text>{}</text></g>'
    ).format(
        " first" if first else "", one_line(spot.node.name), x, y, width, height, inside, x, y, width, height, rows
    )


def _way(route: Route) -> Markup:
    way = route.edge.way.value
    return Markup('<path class="way {}" d="{}" marker-end="url(#arrow-{})"/>').format(way, _trace(route), way)


def _trace(route: Route) -> str:
    points = route.points
    start = f"M{_px(points[0][0])} {_px(points[0][1])}"
    if route.curved:
        (x1, y1), (x2, y2) = points
        bend = max(20.0, (x2 - x1) / 2)
        return f"{start}C{_px(x1 + bend)} {_px(y1)} {_px(x2 - bend)} {_px(y2)} {_px(x2)} {_px(y2)}"
    corners = "".join(_corner(*points[at - 1 : at + 2]) for at in range(1, len(points) - 1))
    return f"{start}{corners}L{_px(points[-1][0])} {_px(points[-1][1])}"


def _corner(before: tuple[float, float], corner: tuple[float, float], after: tuple[float, float]) -> str:
    """A line to just before the corner and a round bend to just after it."""
    one, other = _towards(corner, before), _towards(corner, after)
    return f"L{_px(one[0])} {_px(one[1])}Q{_px(corner[0])} {_px(corner[1])} {_px(other[0])} {_px(other[1])}"


def _towards(corner: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    dx, dy = end[0] - corner[0], end[1] - corner[1]
    far = (dx * dx + dy * dy) ** 0.5
    step = min(_ROUND, far / 2) / far if far else 0.0
    return corner[0] + dx * step, corner[1] + dy * step


def _label(route: Route, sizes: Sizes) -> Markup:
    edge = route.edge
    mark = {Way.TAKEN: "", Way.UNDONE: "", Way.BACK: "↩ "}[edge.way]
    most = int((sizes.gap + _WIDENED - 24) / _CHAR) if route.curved else 24
    failed = _failed(edge)
    text = mark + one_line(edge.label, max(4, most - len(failed))) + failed
    width = max(20.0, len(text) * _CHAR + 12)
    x, y = route.label
    return Markup(
        '<g class="pill {}"><title>{}</title><rect x="{}" y="{}" width="{}" height="18" rx="9"/>'
        '<text x="{}" y="{}">{}</text></g>'
    ).format(
        edge.way.value,
        f"{edge.way.value}: {one_line(edge.label)}",
        _px(x - width / 2),
        _px(y - 9),
        _px(width),
        _px(x),
        _px(y + 4),
        text,
    )


def _failed(edge: Edge) -> str:
    return f" ({edge.failed} failed)" if edge.ok and edge.failed else ""


def _wrapped(text: str, most: int) -> Iterator[str]:
    """At most two lines of so many characters."""
    if len(text) <= most:
        yield text
        return
    cut = text.rfind(" ", 0, most + 1)
    if cut <= most // 2 and (cut <= 0 or len(text) - cut - 1 > most):
        cut = most
    yield text[:cut].rstrip()
    rest = text[cut:].strip()
    yield rest if len(rest) <= most else rest[: most - 1].rstrip() + "…"


def _px(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
