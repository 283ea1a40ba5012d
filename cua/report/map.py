"""The map of an application as a page of its own, in the clothes of the report."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from cua.pictures import measure
from cua.report import graph as graphs
from cua.report.drawing import NARROW, WIDE, markers, svg
from cua.report.graph import Graph
from cua.report.page import Pictures, Stored, _environment, _hash, _style


def write(graph: Graph, pictures: Pictures, to: Path, app: str) -> Path:
    """Writes the page and returns its path. Raises OSError."""
    stored = _stored(graph, pictures)
    symbols = {digest: picture.symbol for digest, picture in stored.items()}
    label = f"The {len(graph.nodes)} states of {app}; the same as text follows."
    sheet = _style()
    html = (
        _environment()
        .get_template("map.html.j2")
        .render(
            app=app,
            graph=graph,
            style=Markup(sheet),
            style_hash=_hash(sheet),
            graph_wide=svg(graph, sizes=WIDE, pictures=symbols, label=label),
            graph_narrow=svg(graph, sizes=NARROW, pictures=symbols, label=label),
            graph_text=graphs.as_text(graph),
            markers=markers(),
            pictures=list(stored.values()),
        )
    )
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(html, encoding="utf-8")
    return to


def _stored(graph: Graph, pictures: Pictures) -> dict[str, Stored]:
    stored: dict[str, Stored] = {}
    for number, digest in enumerate(dict.fromkeys(node.picture for node in graph.nodes if node.picture), 1):
        try:
            data = pictures(digest)
            size = measure(data)
        except (LookupError, OSError, ValueError):
            continue  # cleaned away: the state is drawn without it
        width, height = round(size.width / size.scale, 2), round(size.height / size.scale, 2)
        stored[digest] = Stored(f"picture-{number}", width, height, size.media, data)
    return stored
