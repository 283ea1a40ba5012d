"""A real browser, and a small server that shows it the pages of a test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from envs.browser import Browser, BrowserOptions
from envs.observation import Element, Observation


@dataclass(frozen=True, slots=True)
class Reply:
    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    """Seconds before the answer."""


@dataclass
class Site:
    """Path → page (or a function of method and body). `hits` is what arrived: method, path, body."""

    port: int = 0
    pages: dict[str, Reply | str | Callable[[str, bytes], Reply]] = field(default_factory=dict)
    hits: list[tuple[str, str, str]] = field(default_factory=list)
    host: str = "127.0.0.1"

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        return self.origin + path

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        self.hits.append((method, path, body.decode("utf-8", "replace")))
        page = self.pages.get(urlsplit(path).path)
        if callable(page):
            return page(method, body)
        if isinstance(page, str):
            return Reply(page)
        return page or Reply("not here", 404)


def serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            reply = site.answer(self.command, self.path, body)
            if reply.delay:
                time.sleep(reply.delay)
            data = reply.body.encode() if isinstance(reply.body, str) else reply.body
            try:
                self.send_response(reply.status)
                self.send_header("content-type", reply.kind)
                self.send_header("content-length", str(len(data)))
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except ConnectionError:
                return  # the browser has left

        do_POST = do_GET  # noqa: N815 - names of the base class
        do_PUT = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


def dead_url() -> str:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(pages={"/favicon.ico": Reply(status=204)})
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    """Another origin on another site (localhost is not 127.0.0.1)."""
    site = Site(pages={"/favicon.ico": Reply(status=204)}, host="localhost")
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def session_browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


class Seen:
    """A browser that shows a page, and short words to use it."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.now: Observation

    def open(self, html: str | None = None, path: str = "/") -> Observation:
        """Serve `html` at `path` and start there."""
        if html is not None:
            self.site.pages[path] = "<!doctype html>" + html
        self.browser.options = BrowserOptions(url=self.site.url(path))
        self.now = self.browser.reset()
        return self.now

    def all(self, role: str, name: str | None = None) -> list[Element]:
        return [e for e in self.now.elements if e.role == role and name in (None, e.name)]

    def one(self, role: str, name: str | None = None) -> Element:
        found = self.all(role, name)
        assert len(found) == 1, f"{len(found)} are {role} {name!r} in {[str(e) for e in self.now.elements]}"
        return found[0]

    def names(self, role: str) -> list[str]:
        return [e.name for e in self.all(role)]

    def settle(self, until: Callable[[Observation], bool] | None = None, timeout: float = 10.0) -> Observation:
        self.now = self.browser.settle(until, timeout)
        return self.now


@pytest.fixture
def seen(session_browser: Browser, site: Site) -> Seen:
    return Seen(session_browser, site)
