"""The report of a run: one HTML file that opens anywhere, asks the network for nothing and runs no script."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cua.pictures import measure
from cua.report import graph as graphs
from cua.report.drawing import NARROW, WIDE, markers, svg
from cua.report.view import Album, headline, view
from cua.report.words import duration, sentence
from cua.run import Run
from cua.visible import visible

Pictures = Callable[[str], bytes]
"""The bytes of the picture with this digest. Raises LookupError or OSError where there is none any more."""


def write(
    run: Run, pictures: Pictures, to: Path, *, states: Mapping[str, str] | None = None, started: datetime | None = None
) -> Path:
    """Writes the report to the file, whole or not at all, and returns its path. Raises OSError.

    `states` maps the ids of states to their names; `started` is when the run began.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_pieces(run, pictures, states or {}, started))
        return part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def as_html(
    run: Run, pictures: Pictures, *, states: Mapping[str, str] | None = None, started: datetime | None = None
) -> str:
    """The report as text."""
    return "".join(_pieces(run, pictures, states or {}, started))


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture as the page holds it, once: CSS px of what it shows, and its bytes."""

    symbol: str
    width: float
    height: float
    media: str
    data: bytes

    @property
    def uri(self) -> str:
        return f"data:{self.media};base64,{base64.b64encode(self.data).decode('ascii')}"


def _pieces(run: Run, pictures: Pictures, names: Mapping[str, str], started: datetime | None) -> Iterator[str]:
    stored = dict(_store(run, pictures))
    began = f"{started.astimezone():%d %B %Y, %H:%M:%S}".lstrip("0") if started else ""
    shown = view(run, Album({d: (p.symbol, p.width, p.height) for d, p in stored.items()}), names, began)
    way = graphs.path(run, names)
    symbols = {digest: picture.symbol for digest, picture in stored.items()}
    label = f"The path through {len(way.nodes)} states; the same as text follows."
    style = _style()
    yield from (
        _environment()
        .get_template("report.html.j2")
        .generate(
            view=shown,
            run=run,
            title=headline(run),
            style=Markup(style),
            style_hash=_hash(style),
            graph=way if way.edges else None,
            graph_wide=svg(way, sizes=WIDE, pictures=symbols, label=label),
            graph_narrow=svg(way, sizes=NARROW, pictures=symbols, label=label),
            graph_text=graphs.as_text(way),
            ways={edge.way.value for edge in way.edges},
            markers=markers(),
            pictures=list(stored.values()),
        )
    )


def _store(run: Run, pictures: Pictures) -> Iterator[tuple[str, Stored]]:
    digests = dict.fromkeys(digest for done in run.done for digest in done.pictures if digest)
    for number, digest in enumerate(digests, 1):
        try:
            data = pictures(digest)
            size = measure(data)
        except (LookupError, OSError, ValueError):
            continue  # cleaned up or damaged: the page says so in its place
        width, height = round(size.width / size.scale, 2), round(size.height / size.scale, 2)
        yield digest, Stored(f"picture-{number}", width, height, size.media, data)


def _finalize(value: object) -> object:
    """What every expression of the template passes through before it is escaped."""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link(url: str) -> str:
    """The URL where following it is harmless, "" for every other scheme than http and https."""
    return url if url.lower().startswith(("http://", "https://")) else ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cua.report", "."),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(duration=duration, link=_link, sentence=sentence)
    return environment


@cache
def _style() -> str:
    return resources.files("cua.report").joinpath("report.css").read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
