"""Small servers of this machine for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def serve(answer: Callable[[str, bytes], str]) -> ThreadingHTTPServer:
    """HTML for a path and what was posted to it (empty where nothing was), on a free port of 127.0.0.1, in a thread of
    its own. Whoever starts it shuts it down and closes it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(answer(self.path, b""))

        def do_POST(self) -> None:
            self._say(answer(self.path, self.rfile.read(int(self.headers["content-length"]))))

        def _say(self, html: str) -> None:
            body = html.encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            return

    return started(Handler)


def started(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server of what this handler answers, as `serve` starts it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
