"""What happened in a world between two observations. Plain data; every event names its place and its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""HTTP methods that may change something on the server (RFC 9110 section 9.2.1: not safe)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: float = 0.0
    """Monotonic seconds."""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Event):
    """A request left the application. `id` pairs it with its Answer or its Failure."""

    id: str
    method: str
    url: str
    kind: str = "other"
    """document, xhr, fetch, image, websocket, ping ... (CDP Network.ResourceType, lower case)."""
    first_party: bool = True
    """Same site as the page that sent it."""
    body: str | None = field(default=None, repr=False)
    """What a request that writes carries, its first 64 KiB; None where that is not known. It may hold secrets: it is
    compared with and never kept."""

    @property
    def writes(self) -> bool:
        return self.method.upper() in WRITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Event):
    """The answer to a request. `refusal` is what the body says against its own status ("ok": false, "errors": [..])."""

    id: str
    method: str
    url: str
    status: int
    kind: str = "other"
    first_party: bool = True
    refusal: str | None = None

    @property
    def writes(self) -> bool:
        return self.method.upper() in WRITES

    @property
    def refused(self) -> bool:
        return self.status >= 400 or self.refusal is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Event):
    """A request that got no answer (connection lost, blocked). `canceled`: the page itself gave it up."""

    id: str
    method: str
    url: str
    why: str
    kind: str = "other"
    first_party: bool = True
    canceled: bool = False

    @property
    def writes(self) -> bool:
        return self.method.upper() in WRITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigated(Event):
    """The top frame shows another document (`same_document`: only its URL changed)."""

    url: str
    same_document: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog(Event):
    """A native dialog was shown and answered. kind: alert, confirm, prompt, beforeunload."""

    kind: str
    message: str
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded(Event):
    """A file arrived in the quarantine folder; it is never opened."""

    name: str
    url: str
    path: Path | None
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """The browser itself would have asked the person something that is no dialog of the page, and was answered by the
    run's grants. kind: credentials (HTTP sign-in), file (a file chooser), print, program (mailto: and the like)."""

    kind: str
    what: str
    granted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages(Event):
    """Messages that a web socket carried since the last look. What they say is not kept."""

    url: str
    sent: int
    received: int
    first_party: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOpened(Event):
    window: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowClosed(Event):
    """`why` where it did not close by itself: it crashed."""

    window: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleError(Event):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Event):
    """A request or navigation that the run's grants do not cover was stopped before it left."""

    url: str
    why: str
