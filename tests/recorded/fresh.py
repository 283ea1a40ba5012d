"""Applications that we did not write, on fresh state, and what they have stored; each a context manager."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tasks.tables import Tables
from tests.apps.servers import Server, oracle_of, start
from tests.names import packages
from tests.serving import serve
from tests.widgets import farm


@dataclass(frozen=True)
class Fresh:
    """One that runs: where a recording begins, the origins that it works at beside that, its server where it has an
    oracle, and what was stored at first."""

    url: str
    origins: tuple[str, ...] = ()
    server: Server | None = None
    before: Tables | None = None

    @property
    def origin(self) -> str:
        there = urlsplit(self.url)
        return f"{there.scheme}://{there.netloc}"

    def wrong(self, check: str, **given: object) -> str | None:
        """None where the application has stored what is asked for and nothing else; else what is wrong."""
        assert self.server is not None
        judge = getattr(oracle_of(self.server.app), check)
        why: str | None = judge(self.before, self.server.oracle.tables(), **given)
        return why

    def get(self, path: str, method: str = "GET") -> str:
        """What it answers."""
        asked = urllib.request.Request(self.origin + path, method=method)
        with urllib.request.urlopen(asked, timeout=20) as said:
            return str(said.read().decode())

    def listed(self, path: str) -> list[str]:
        """The names of what Jupyter's contents API lists in a folder."""
        return sorted(entry["name"] for entry in json.loads(self.get(path))["content"])


Opened = Callable[[Path], AbstractContextManager[Fresh]]


def admin(app: str) -> Opened:
    """An application of `tasks/`."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Fresh]:
        with start(app, folder / "state") as server:
            yield Fresh(server.url, server=server, before=server.oracle.tables())

    return opened


def framed(app: str) -> Opened:
    """The same in a frame of another origin: the start page of an intranet that shows it."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Fresh]:
        with start(app, folder / "state") as server, _page(PORTAL.format(server.url)) as url:
            there = urlsplit(server.url)
            before = server.oracle.tables()
            yield Fresh(url, (f"{there.scheme}://{there.netloc}",), server, before)

    return opened


def packaged(run: Callable[[], AbstractContextManager[str]], path: str = "/") -> Opened:
    """One from PyPI that keeps its state in a folder that goes away."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Fresh]:
        with ExitStack() as stack:
            yield Fresh(_started(run, stack) + path)

    return opened


def _started(run: Callable[[], AbstractContextManager[str]], stack: ExitStack) -> str:
    """On a machine that others use, too, one may not have started in its time: then once more."""
    try:
        return stack.enter_context(run())
    except packages.NotThere:
        return stack.enter_context(run())


def component(page: str) -> Opened:
    """A page of a component library; it stores nothing."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Fresh]:
        server = farm.serve()
        try:
            yield Fresh(f"http://127.0.0.1:{server.server_address[1]}/{page}.html")
        finally:
            server.shutdown()
            server.server_close()

    return opened


PORTAL = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Intranet</title><h1>Intranet</h1>"
    "<iframe src='{}' title='The shop' style='width: 1200px; height: 650px'></iframe>"
)


@contextmanager
def _page(text: str) -> Iterator[str]:
    """A page of a host of its own."""
    server = serve(lambda path, posted: text)
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
