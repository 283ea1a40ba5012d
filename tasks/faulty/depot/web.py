"""What goes in and out of the application: a request as it was asked, an answer as it is given, who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from enum import Enum
from urllib.parse import parse_qsl

HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(slots=True)
class Session:
    """One browser that is signed in. `flash`: said once, on the next page; `draft`: what the transfer has so far."""

    flash: list[str] = field(default_factory=list)
    draft: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    body: bytes = b""
    token: str = ""
    """The cookie of the session."""
    scripted: bool = False
    """Sent by the page's script, which wants JSON."""


class Cut(Enum):
    """Where the connection is closed instead of the whole answer being given."""

    NOWHERE = ""
    BEFORE = "dropped"
    HALF = "cut in half"


@dataclass(frozen=True, slots=True)
class Answer:
    """`to`: where it leads (a redirect, with a status of 3xx). `refuse_for`: seconds that no connection is taken after
    it was given."""

    body: str | bytes = ""
    status: int = 200
    kind: str = HTML
    to: str = ""
    cookie: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: Cut = Cut.NOWHERE
    refuse_for: float = 0.0
    by: str = ""
    """The fault that made it, for the books."""

    @property
    def told(self) -> int | str:
        """How it stands in the books."""
        return self.cut.value or self.status


def redirect(to: str, cookie: str | None = None) -> Answer:
    return Answer(status=303, to=to, cookie=cookie)


def fields_of(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields and files of a form, by the content type it was sent with."""
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}


def _multipart(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    form: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", "", header="content-disposition"))
        data = part.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        if part.get_filename() is None:
            form[name] = content.decode("utf-8", "replace")
        elif part.get_filename():
            files[name] = Upload(str(part.get_filename()), len(content))
    return form, files
