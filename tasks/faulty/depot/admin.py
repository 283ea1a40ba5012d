"""The books and the switches as JSON, on a port of their own: no page of the application knows of it.

    GET  /books      what really happened: requests, writes, what was stored, what was stored twice, what fired
    GET  /tables     every row of every table
    GET  /faults     the catalogue, and what is switched on
    POST /faults     {"faults": ["late-dialog@2"], "seed": 7} switches on these and no others
    POST /reset      everything as it was at the first start; the same faults, counted anew

There is no sign-in: it listens on the loopback interface only, and a page (a request with an Origin) is refused.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, cast

from .catalogue import FAULTS
from .fault import UnknownFault

if TYPE_CHECKING:
    from .server import Faulty, Listener


class BadRequest(Exception):
    """What was sent cannot be read."""


class Admin(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass

    @property
    def running(self) -> Faulty:
        return cast("Listener", self.server).running

    def do_GET(self) -> None:
        match self.path:
            case "/books":
                self._give(self.running.books())
            case "/tables":
                self._give(self.running.depot.store.tables())
            case "/faults":
                self._give(self._faults())
            case _:
                self._give({"error": f"nothing is at {self.path}; there are /books, /tables, /faults, /reset"}, 404)

    def do_POST(self) -> None:
        if self.headers.get("Origin") is not None:
            self._give({"error": "pages have no business here"}, 403)
            return
        try:
            match self.path:
                case "/faults":
                    self._arm(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                    self._give(self._faults())
                case "/reset":
                    self.running.reset()
                    self._give({"ok": True})
                case _:
                    self._give({"error": f"nothing is at {self.path}; there are /faults and /reset"}, 404)
        except (BadRequest, UnknownFault) as no:
            self._give({"error": str(no)}, 400)

    def _arm(self, body: bytes) -> None:
        try:
            asked = json.loads(body or b"{}")
        except ValueError:
            raise BadRequest('the body must be JSON: {"faults": ["late-dialog"], "seed": 0}') from None
        faults = asked.get("faults", []) if isinstance(asked, dict) else None
        if not isinstance(faults, list) or not all(isinstance(one, str) for one in faults):
            raise BadRequest('"faults" must be a list of names')
        seed = asked.get("seed", 0)
        if not isinstance(seed, int):
            raise BadRequest('"seed" must be a whole number')
        self.running.arm(faults, seed)

    def _faults(self) -> dict[str, object]:
        injector = self.running.injector
        return {
            "armed": [str(one) for one in injector.armed],
            "seed": injector.seed,
            "known": [
                {"name": one.name, "about": one.about, "at": sorted(one.at), "way": one.way.value}
                for one in FAULTS.values()
            ],
        }

    def _give(self, what: object, status: int = 200) -> None:
        data = json.dumps(what, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
