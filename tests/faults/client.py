"""A person with a browser that runs no scripts: signs in, reads pages, sends forms. For tests of the application."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
LOST = (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionResetError)
"""How an answer fails to come."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: str
    to: str
    headers: Mapping[str, str]


class Client:
    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.cookie = ""

    def sign_in(self) -> Client:
        reply = self.post("/sign-in", user="clerk", password="secret")
        self.cookie = reply.headers["Set-Cookie"].partition(";")[0]
        return self

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, **fields: str) -> Reply:
        return self._ask("POST", path, urlencode(fields).encode(), {"Content-Type": FORM})

    def send(self, path: str, **fields: str) -> Reply:
        """As the page's own script does it."""
        headers = {"Content-Type": FORM, "Accept": "application/json"}
        return self._ask("POST", path, urlencode(fields).encode(), headers)

    def upload(self, path: str, name: str, content: str) -> Reply:
        part = f'--X\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n--X--\r\n'
        return self._ask("POST", path, part.encode(), {"Content-Type": "multipart/form-data; boundary=X"})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.request(method, path, body, {**headers, "Cookie": self.cookie})
            answer = connection.getresponse()
            text = answer.read().decode()
            return Reply(answer.status, text, answer.getheader("Location") or "", dict(answer.getheaders()))
        finally:
            connection.close()
