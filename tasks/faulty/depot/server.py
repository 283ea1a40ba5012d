"""A running instance: the application on one port of the loopback interface, its books and switches on another.

    with Faulty(folder, faults=("drop-after-commit",), seed=7) as running:
        ...                                   # drive running.url
        assert running.books()["stored_twice"] == 0

Everything is in the folder; two instances share nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .admin import Admin
from .application import Depot
from .books import Books
from .catalogue import FAULTS
from .fault import armed
from .handler import Handler
from .injector import Injector
from .store import Store

HOST = "127.0.0.1"
DATABASE = "depot.sqlite3"
POLL = 0.02
"""Seconds between two looks whether to stop listening."""


class Faulty:
    """`folder` holds the database; it is made when it is missing and gone on with otherwise. Ports: 0 is a free one.
    Raises UnknownFault."""

    def __init__(
        self,
        folder: Path,
        *,
        faults: Sequence[str] = (),
        seed: int = 0,
        password: str = "secret",
        port: int = 0,
        admin_port: int = 0,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.database = folder / DATABASE
        self.depot = Depot(Store(self.database), password)
        self.injector = Injector(self.depot)
        self.log = Books()
        self.arm(faults, seed)
        self._timers: list[threading.Timer] = []
        self._lock = threading.Lock()
        self._server = self._listen(port)
        self.port = self._server.server_port
        self._admin = Listener((HOST, admin_port), Admin)
        self._admin.running = self

    def __enter__(self) -> Self:
        for server in (self._server, self._admin):
            _serve(server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.depot.closing.set()
        with self._lock:
            for timer in self._timers:
                timer.cancel()
        for server in (self._server, self._admin):
            server.shutdown()
            server.server_close()
        self.depot.store.close()

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/"

    @property
    def admin(self) -> str:
        return f"http://{HOST}:{self._admin.server_port}/"

    def arm(self, faults: Sequence[str], seed: int) -> None:
        """Switch on these faults, and no others. Raises UnknownFault."""
        self.injector.arm(armed(faults, FAULTS, seed), seed)

    def books(self) -> dict[str, Any]:
        """What really happened so far."""
        return self.log.as_json(self.depot.store, self.injector)

    def reset(self) -> None:
        """Everything as it was at the first start; who was signed in is not any more."""
        self.depot.restart(self.database)
        self.log.clear()
        self.injector.arm(self.injector.armed, self.injector.seed)

    # ── listening ──

    def _listen(self, port: int) -> Listener:
        server = Listener((HOST, port), Handler)
        server.running = self
        return server

    def refuse(self, seconds: float) -> None:
        """Take no connection for so long: the browser is told that nobody is there."""
        with self._lock:
            if self.depot.closing.is_set():
                return
            self._server.shutdown()
            self._server.server_close()
            timer = threading.Timer(seconds, self._open_again)
            self._timers.append(timer)
            timer.start()

    def _open_again(self) -> None:
        with self._lock:
            if self.depot.closing.is_set():
                return
            self._server = self._listen(self.port)
            _serve(self._server)


class Listener(ThreadingHTTPServer):
    """One open port."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    running: Faulty

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news."""


def _serve(server: ThreadingHTTPServer) -> None:
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
