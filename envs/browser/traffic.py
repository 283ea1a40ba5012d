"""Requests and answers of all tabs, as events, and which of them the last act caused and are still open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext, Error, Request, Response, WebSocket

from envs import events
from envs.browser.refusals import in_html, signed_out
from envs.clock import Clock
from envs.origins import same_site

LONG_LIVED = frozenset(
    {"websocket", "eventsource", "ping", "media", "manifest", "texttrack", "prefetch", "cspviolationreport"}
)
"""Kinds that nothing waits for."""
QUIET = 2.0
"""Seconds without any traffic after which an open request counts as long-lived."""
WRITE_PATIENCE = 8.0
"""The same for requests that write: what they answer decides."""
UNREAD = 0.5
"""Seconds after its headers that a body may take; a script that does not read a body keeps it from ending at all."""
SMALL = 64 * 1024
SCRIPTED = frozenset({"xhr", "fetch"})
NETWORK = frozenset({"http", "https", "ws", "wss", "file", "ftp"})
"""Schemes of what is asked of somebody else."""
INTERNAL = frozenset({"data", "blob", "about", "javascript", "filesystem", "view-source", "devtools"})
"""Schemes that the browser answers itself, beside those that begin with "chrome"."""
MOST_BODY = 1 << 16
"""Bytes of a request that are looked at."""
SHOWN = 200
"""Characters of an address that are told."""


@dataclass(slots=True)
class _Open:
    id: str
    began: float
    kind: str
    method: str
    first_party: bool
    caused: bool
    response: Response | None = None
    heard: float = 0.0
    """When its headers came."""
    answered: bool = False

    @property
    def played(self) -> bool:
        """It is a film or a sound: what is shown of it comes bit by bit."""
        form = self.response.headers.get("content-type", "") if self.response is not None else ""
        return form.startswith(("video/", "audio/"))


@dataclass  # no slots: Playwright marks the object whose methods it calls
class _Socket:
    url: str
    first_party: bool
    sent: int = 0
    received: int = 0
    open: bool = True

    def shut(self, _: object) -> None:
        self.open = False

    def told(self, _: object) -> None:
        self.sent += 1

    def heard(self, _: object) -> None:
        self.received += 1


class Traffic:
    """Listens to a browser context. `tell` takes the events, `wake` is called when something ended."""

    def __init__(
        self,
        context: BrowserContext,
        place: str,
        clock: Clock,
        tell: Callable[[events.Event], None],
        wake: Callable[[], None],
    ) -> None:
        self._place, self._clock, self._tell, self._wake = place, clock, tell, wake
        self._numbers = count(1)
        self._open: dict[Request, _Open] = {}
        self._sockets: list[_Socket] = []
        self._background: set[tuple[str, str]] = set()
        self._repeated: set[tuple[str, str]] = set()
        """What was asked since the act began: who asks again is polling, and polling has no end to wait for."""
        self._acting = False
        self._last = 0.0
        self.page_url: Callable[[], str] = lambda: ""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)

    def mark(self) -> None:
        """An act begins: what is sent from now on is caused by it."""
        self._acting = True
        self._repeated.clear()
        for entry in self._open.values():
            entry.caused = False

    def unmark(self) -> None:
        """The act and what it caused are over: what is sent from now on is the page's own."""
        self._acting = False

    def forget(self) -> None:
        """Another document: what the one before did in the background counts no longer."""
        self._background.clear()

    def pending(self) -> str | None:
        """What the last act caused and is worth waiting for, in words; None when there is nothing."""
        now = self._clock.now()
        for request, entry in self._open.items():
            if not entry.caused or entry.kind in LONG_LIVED:
                continue
            if entry.played:
                continue
            if entry.kind in SCRIPTED and entry.response is not None and now - entry.heard >= UNREAD:
                continue
            patience = WRITE_PATIENCE if entry.method in events.WRITES else QUIET
            waits = entry.kind == "document" and entry.response is None  # one that has begun is the tab's to wait for
            if waits or now - max(entry.began, self._last) < patience:
                return f"{entry.method} {request.url}"
        return None

    def overdue(self) -> None:
        """Tell the answers whose body does not end (the script that asked does not read it) and what went through
        sockets since the last look."""
        now = self._clock.now()
        for entry in self._open.values():
            if entry.response is not None and not entry.answered and now - entry.heard >= UNREAD:
                self._answer(entry, entry.response, None)
        for line in self._sockets:
            if line.sent or line.received:
                self._tell(
                    events.Messages(
                        at=now,
                        place=self._place,
                        url=line.url,
                        sent=line.sent,
                        received=line.received,
                        first_party=line.first_party,
                    )
                )
                line.sent = line.received = 0
        self._sockets = [line for line in self._sockets if line.open]

    # ── what Playwright tells ────────────────────────────────────────────────────────────────────────────────────────

    def _request(self, request: Request) -> None:
        now = self._clock.now()
        self._last = now
        kind, method, url = request.resource_type, request.method.upper(), request.url
        scheme = url.partition(":")[0].lower()
        if scheme not in NETWORK:
            if kind == "document" and scheme not in INTERNAL and not scheme.startswith("chrome"):
                what = f"{url[:SHOWN]} is for another program"
                self._tell(events.Asked(at=now, place=self._place, kind="program", what=what))
            return
        key = (method, url.partition("?")[0])
        caused = self._acting and key not in self._background and (method, url) not in self._repeated
        self._repeated.add((method, url))
        if not self._acting:
            self._background.add(key)
        entry = _Open(f"r{next(self._numbers)}", now, kind, method, _same(url, self._page_of(request)), caused)
        self._open[request] = entry
        self._tell(
            events.Request(
                at=now,
                place=self._place,
                id=entry.id,
                method=method,
                url=url,
                kind=kind,
                first_party=entry.first_party,
                body=_body(request) if method in events.WRITES else None,
            )
        )

    def _page_of(self, request: Request) -> str:
        try:
            return request.frame.page.url
        except Error:  # a service worker's, or that of a tab that is only coming up
            return self.page_url()

    def _response(self, response: Response) -> None:
        entry = self._open.get(response.request)
        if entry is None:
            return
        self._last = self._clock.now()
        entry.response, entry.heard = response, self._last
        if not self._telling(entry, response):
            moved = entry.method in events.WRITES and entry.kind in SCRIPTED and 300 <= response.status < 400
            self._answer(entry, response, signed_out(response.headers.get("location", "")) if moved else None)

    def _telling(self, entry: _Open, response: Response) -> bool:
        """Whether the body may say something against the status of a write: JSON, or HTML for a script."""
        headers = response.headers
        length, form = headers.get("content-length", "0"), headers.get("content-type", "")
        return (
            entry.method in events.WRITES
            and response.status < 300
            and ("json" in form or ("html" in form and entry.kind in SCRIPTED))
            and (not length.isdigit() or int(length) <= SMALL)
        )

    def _answer(self, entry: _Open, response: Response, refusal: str | None) -> None:
        entry.answered = True
        self._tell(
            events.Answer(
                at=entry.heard or self._clock.now(),
                place=self._place,
                id=entry.id,
                method=entry.method,
                url=response.url,
                status=response.status,
                kind=entry.kind,
                first_party=entry.first_party,
                refusal=refusal,
            )
        )

    def _finished(self, request: Request) -> None:
        entry = self._open.get(request)
        if entry is None:
            return
        response = entry.response
        if response is not None and not entry.answered:
            try:
                body = response.body()
                html = "html" in response.headers.get("content-type", "")
                said = in_html(body[:SMALL].decode("utf-8", "replace")) if html else refusal_of(body)
            except Error:  # the body went away with its page
                said = None
            self._answer(entry, response, said)
        self._close(request)

    def _failed(self, request: Request) -> None:
        entry = self._open.get(request)
        if entry is None:
            return
        why = request.failure or "no answer"
        if entry.response is not None and not entry.answered and "ERR_ABORTED" in why:
            self._answer(entry, entry.response, None)  # it was answered; the page went on without reading it
        elif not entry.answered:
            self._tell(
                events.Failure(
                    at=self._clock.now(),
                    place=self._place,
                    id=entry.id,
                    method=entry.method,
                    url=request.url,
                    why=why,
                    kind=entry.kind,
                    first_party=entry.first_party,
                    canceled="ERR_ABORTED" in why,
                )
            )
        self._close(request)

    def _close(self, request: Request) -> None:
        self._open.pop(request, None)
        self._last = self._clock.now()
        self._wake()

    def socket(self, socket: WebSocket, page_url: str) -> None:
        line = _Socket(socket.url, _same(socket.url, page_url))
        self._tell(
            events.Request(
                at=self._clock.now(),
                place=self._place,
                id=f"r{next(self._numbers)}",
                method="GET",
                url=line.url,
                kind="websocket",
                first_party=line.first_party,
            )
        )
        self._sockets.append(line)
        socket.on("framesent", line.told)
        socket.on("framereceived", line.heard)
        socket.on("close", line.shut)


def _body(request: Request) -> str | None:
    try:
        data = request.post_data_buffer
    except Error:  # its page went away
        return None
    return (data or b"")[:MOST_BODY].decode("utf-8", "replace")


def _same(url: str, page: str) -> bool:
    return page in ("", "about:blank") or same_site(url, page) or (url.startswith("file:") and page.startswith("file:"))


def refusal_of(body: bytes) -> str | None:
    """What a JSON answer says against its own status, in words: ok or success false, errors, a status of "error"."""
    if len(body) > SMALL:
        return None
    try:
        said: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    message = next((str(said[key]) for key in ("message", "detail", "reason", "error") if said.get(key)), "")
    for key in ("ok", "success", "succeeded"):
        if said.get(key) is False:
            return message or f'the answer says "{key}": false'
    for key in ("error", "errors"):
        if said.get(key):
            return json.dumps(said[key], ensure_ascii=False) if not isinstance(said[key], str) else said[key]
    if str(said.get("status", "")).lower() in ("error", "fail", "failed", "failure"):
        return message or f'the answer says "status": "{said["status"]}"'
    return None
