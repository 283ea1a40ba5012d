"""An application whose pages lie by request: a form "New item", the list of items, and books of what really happened.

`liar.page(effect="none", says="before")` is the address of a form that misbehaves so (`pages/liar.js` does it):

- via: form (native post), fetch, xhr, put, local (no server: localStorage); then: what an honest fetch shows (list,
  row, reset, reload); wait, slow, render: ms before the request, before its answer, before the page shows it
- effect: what Save does in place of saving; answer: what the server says (`ANSWERS`) and whether it stores
- believes: anything, status: what the page takes for a yes; says: before, saving, never; admits; names
- shown, there: how the success is shown, and how its text was on the page before; toast: ms after which it vanishes
- optimistic, autosave, confirm, button, field, noise, reload
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    quantity: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """How the server answers a save. `body` None: a redirect to `to`; status 0: the connection is closed."""

    stores: bool = False
    status: int = 200
    body: str | None = None
    to: str = ""
    html: bool = False


JSON_YES = '{"ok": true, "name": "Lamp"}'
SAID = 'The item "{name}" was saved.'
ANSWERS: Mapping[str, Reply] = {
    "okfalse": Reply(body='{"ok": false, "message": "the quota is used up"}'),
    "successfalse": Reply(body='{"success": false}'),
    "errors": Reply(body='{"errors": ["Quantity is too large"], "ok": null}'),
    "graphql": Reply(body='{"data": null, "errors": [{"message": "not authorised"}]}'),
    "statuserror": Reply(body='{"status": "error"}'),
    "page": Reply(body="<h1>New item</h1><p>Error: the item could not be saved.</p>", html=True),
    "login": Reply(status=303, to="/login"),
    "back": Reply(status=303, to="/new?flash=The+item+could+not+be+saved."),
    "again": Reply(status=303, to="/new"),
    "home": Reply(status=303, to="/"),
    "close": Reply(status=0),
    "stored-close": Reply(stores=True, status=0),
    "stored-500": Reply(stores=True, status=500, body="<h1>Server error</h1>", html=True),
    "stored-502": Reply(stores=True, status=502, body="{}"),
    "stored-form": Reply(stores=True, status=303, to="/new"),
    "stored-mute": Reply(stores=True, status=303, to="/"),
    "stored-204": Reply(stores=True, status=204, body=""),
    **{f"says-{status}": Reply(status=status, body=f"<p>{SAID}</p>", html=True) for status in (400, 409, 500, 503)},
    **{str(status): Reply(status=status, body='{"ok": true}') for status in (400, 403, 409, 422, 500, 503)},
}


class Liar:
    """A running server; `with Liar() as liar`. `records` and `seen` (method and path → number) are the truth."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.seen: Counter[str] = Counter()
        self.more: dict[str, str] = {}
        """Further pages, by path; "→ URL" is a redirect there."""
        self.posted: list[tuple[str, str]] = []
        """Path and body of every write."""
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.liar = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def page(self, **switches: str | int) -> str:
        """The address of the form with these switches."""
        return f"{self.origin}/new?{urlencode({key: str(value) for key, value in switches.items()})}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    liar: Liar

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass

    @property
    def liar(self) -> Liar:
        return self.server.liar

    def _begin(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        with self.liar.lock:
            self.liar.seen[f"{self.command} {parts.path}"] += 1
        return parts.path, dict(parse_qsl(parts.query))

    def _give(self, body: str, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")  # on a used connection Chromium itself would send a lost request again
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        path, query = self._begin()
        if path in self.liar.more:
            return self._more(self.liar.more[path])
        match path:
            case "/" | "/items":
                self._list(query.get("flash", ""))
            case "/new":
                self._form(query.get("flash", ""))
            case "/liar.js":
                self._give((PAGES / "liar.js").read_text(), kind="text/javascript; charset=utf-8")
            case "/local":
                self._give(_LOCAL.replace("FLASH", html.escape(query.get("flash", ""))))
            case "/frame":
                self._give(f"<!doctype html><title>Messages</title><p>{html.escape(query.get('words', ''))}</p>")
            case "/login":
                self._give(_LOGIN)
            case "/other" | "/help":
                self._give(_ELSEWHERE.format(name=path[1:].title()))
            case "/ticks":
                self._give("{}", kind="application/json")
            case "/longpoll":
                self.liar.closing.wait(10.0)
                self._give("{}", kind="application/json")
            case "/socket":
                self._socket()
            case _:
                self._give("<h1>Not found</h1>", 404)
        return None

    def do_POST(self) -> None:
        path, query = self._begin()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with self.liar.lock:
            self.liar.posted.append((path, body))
        match path:
            case "/save":
                self._save({key: values[0] for key, values in parse_qs(body).items()}, query)
            case "/draft":
                time.sleep(float(query.get("slow", "0")) / 1000)
                self._give("{}", int(query.get("draft", "200")), "application/json")
            case "/badbeat":
                self._give("{}", 500, "application/json")
            case "/login":
                self._give("<!doctype html><title>Home</title><h1>Welcome</h1>")
            case _:
                self._give("{}", kind="application/json")

    do_PUT = do_POST  # noqa: N815 - so are these

    def _save(self, fields: dict[str, str], query: dict[str, str]) -> None:
        native = query.get("via") == "form"
        name = "Chair" if query.get("stores") == "other" else fields.get("name", "")
        reply = ANSWERS.get(query.get("answer", ""))
        with self.liar.lock:  # a request whose connection was closed Chromium sends once more, by itself
            again = reply is not None and reply.status == 0 and bool(self.liar.records)
        if (reply is None or reply.stores) and not again:
            with self.liar.lock:
                self.liar.records.append(Record(name, fields.get("quantity", ""), fields.get("notes", "")))
        time.sleep(float(query.get("slow", "0")) / 1000)
        shown = fields.get("name", "") if query.get("names") == "typed" else name
        if reply is None:
            if native:
                self._give("", 303, Location="/items?" + urlencode({"flash": SAID.format(name=shown)}))
            else:
                self._give(json.dumps({"ok": True, "name": shown}), kind="application/json")
        elif reply.status == 0:
            self.close_connection = True
            self.connection.close()
        elif reply.body is None:
            self._give("", reply.status, Location=reply.to)
        else:
            kind = "text/html; charset=utf-8" if reply.html or native else "application/json"
            self._give(reply.body.replace("{name}", html.escape(shown)), reply.status, kind)

    def _more(self, page: str) -> None:
        if page.startswith("→ "):
            self._give("", 302, Location=page.removeprefix("→ "))
        else:
            self._give(page)

    def _list(self, flash: str) -> None:
        with self.liar.lock:
            rows = "".join(
                f"<tr><td>{html.escape(record.name)}</td><td>{html.escape(record.quantity)}</td></tr>"
                for record in self.liar.records
            )
        said = f'<p class="flash">{html.escape(flash)}</p>' if flash else ""
        self._give(
            '<!doctype html><html lang="en"><title>Items</title><link rel="icon" href="data:,"><h1>Items</h1>'
            f"{said}<p><a href='/new'>New item</a></p><table><tr><th>Name</th><th>Quantity</th></tr>{rows}</table>"
        )

    def _form(self, flash: str) -> None:
        page = (PAGES / "new.html").read_text()
        self._give(page.replace('<div id="there">', f'{_flash(flash)}<div id="there">'))

    def _socket(self) -> None:
        """A feed over a WebSocket (RFC 6455): a text frame every 0.2 s."""
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.send_response(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept)):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        for number in range(200):
            words = f"Order {number} is on its way".encode()
            try:
                self.wfile.write(struct.pack("!BB", 0x81, len(words)) + words)
                self.wfile.flush()
            except OSError:
                return
            if self.liar.closing.wait(0.2):
                return


def _flash(words: str) -> str:
    return f'<p class="flash">{html.escape(words)}</p>' if words else ""


_ELSEWHERE = """<!doctype html><html lang="en"><title>{name}</title><link rel="icon" href="data:,"><h1>{name}</h1>
<p>Items that were added or changed are saved on our server. Thank you for reading.</p>"""

_LOGIN = """<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,"><h1>Sign in</h1>
<form method="post"><label>User <input name="user"></label><label>Password
<input type="password" name="password"></label><button>Sign in</button></form>"""

_LOCAL = """<!doctype html><html lang="en"><title>Items</title><link rel="icon" href="data:,"><h1>Items</h1><p>FLASH</p>
<ul id="rows"></ul><script>
for (const item of JSON.parse(localStorage.getItem("items") || "[]")) {
  const row = document.createElement("li");
  row.textContent = `${item.name} (${item.quantity})`;
  document.getElementById("rows").append(row);
}
</script>"""
