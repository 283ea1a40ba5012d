"""A small application that counts what really happened to it: notes, a password, and pages that misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HOME = """<h1>Notes</h1>
<form method=post action=/save><label>Name <input name=name></label> <button>Save</button></form>
<form method=post action=/lose><label>Title <input name=name></label> <button>Send away</button></form>
<p><a href=/gate>Gate</a> <a href=/login>Sign in</a> <a href=/odd>Odd</a></p><ul>{notes}</ul>"""
LOGIN = """<h1>Sign in</h1><form method=post action=/enter><label>User <input name=user></label>
<label>Password <input type=password name=password></label> <button>Log in</button></form>"""
GATE = """<h1>Gate</h1><p id=p>The gate is shut</p><script>
const ask = async () => { if (await (await fetch('/open?')).text() === 'yes') p.textContent = 'The gate is open';
else setTimeout(ask, 100) }; ask()</script>"""
ODD = """<h1>Odd</h1><form method=post action=/save><input type=hidden name=name value=odd>
<button>Save\x1b[31m red\u202e</button></form>"""


@dataclass
class Site:
    """`saved` is what was stored, in order; `entered` the passwords that were sent; `open` is the gate,
    `delay` the seconds that storing takes."""

    url: str = ""
    saved: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    lost: int = 0
    visits: int = 0
    open: bool = False
    delay: float = 0.0

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    @property
    def elsewhere(self) -> str:
        """The same site under an address that does not count as this machine itself."""
        return self.url.replace("127.0.0.1", "0.0.0.0")

    def clear(self) -> None:
        self.saved.clear()
        self.entered.clear()
        self.lost = self.visits = 0
        self.open = False
        self.delay = 0.0


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.site.visits += path == "/"
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.site.saved)
        last = escape(self.site.saved[-1]) if self.site.saved else ""
        pages = {
            "/": HOME.format(notes=notes),
            "/saved": f"<h1>Done</h1><a href=/gate>Gate</a><p>Saved the note {last}</p>",
            "/login": LOGIN,
            "/inside": "<h1>Welcome</h1><a href=/>Home</a>",
            "/gate": GATE,
            "/odd": ODD,
        }
        if path == "/open":
            self.answer("yes" if self.site.open else "no", kind="text/plain")
        elif path in pages:
            self.answer(f"<!doctype html><title>Notes</title>{pages[path]}")
        else:
            self.answer("not here", status=404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        match self.path:
            case "/save":
                self.site.saved.append(form["name"][0])
                time.sleep(self.site.delay)
                self.go("/saved")
            case "/enter":
                self.site.entered.append(form["password"][0])
                self.go("/inside")
            case _:  # stored or not, nobody is told
                self.site.lost += 1
                self.close_connection = True

    def answer(self, text: str, *, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def go(self, to: str) -> None:
        self.send_response(303)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving() -> Iterator[Site]:
    """The site on a free port, until the end of the block."""
    site = Site()
    handler = type("OfThisSite", (Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join()
