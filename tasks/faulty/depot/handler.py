"""HTTP for the application: bytes in, a request through the faults, bytes out, a line in the books."""

from __future__ import annotations

import base64
import hashlib
import socket
import struct
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlsplit

from .web import Answer, Cut, Request, fields_of

if TYPE_CHECKING:
    from .server import Listener

FILES = {"/depot.js": "text/javascript; charset=utf-8", "/depot.css": "text/css; charset=utf-8"}
HERE = Path(__file__).parent
NEWS = 0.3
"""Seconds between two messages of the feed."""
MOST_NEWS = 12
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass

    @property
    def listener(self) -> Listener:
        return cast("Listener", self.server)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path in FILES:
            self._give(Answer((HERE / path[1:]).read_bytes(), kind=FILES[path]))
        elif path == "/feed":
            self._feed()
        else:
            self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        running = self.listener.running
        request = self._request()
        entry = running.log.asked(request)
        with running.depot.store.told(entry):
            answer = running.injector.answer(request)
        running.log.answered(entry, answer)
        self._give(answer)
        if answer.refuse_for:
            running.refuse(answer.refuse_for)

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        form, files = fields_of(self.headers.get("Content-Type", ""), body)
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("session")
        return Request(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query)),
            form,
            files,
            body,
            cookie.value if cookie else "",
            "json" in self.headers.get("Accept", ""),
        )

    def _give(self, answer: Answer) -> None:
        # On a connection that was used before, Chromium itself would send once more what got no answer.
        self.close_connection = True
        if answer.cut is Cut.BEFORE:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        data = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        if answer.to:
            self.send_header("Location", answer.to)
        if answer.cookie is not None:
            self.send_header("Set-Cookie", f"session={answer.cookie}; HttpOnly; SameSite=Lax; Path=/")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if answer.cut is Cut.HALF else data)

    def _feed(self) -> None:
        """A feed over a WebSocket (RFC 6455): text frames, then silence until the instance ends."""
        accept = hashlib.sha1((self.headers.get("Sec-WebSocket-Key", "") + GUID).encode()).digest()
        self.send_response(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade")):
            self.send_header(name, value)
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
        self.end_headers()
        self.close_connection = True
        closing = self.listener.running.depot.closing
        for number in range(1, MOST_NEWS + 1):
            words = f"Truck {number} has left".encode()
            self.wfile.write(struct.pack("!BB", 0x81, len(words)) + words)
            if closing.wait(NEWS):
                return
        closing.wait()
