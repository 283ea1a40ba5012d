"""Documents of origins that were not allowed are stopped before their request leaves, redirects and pop-ups included;
servers that ask for a name and a password get what is theirs, or a no.

One interception for the whole browser (CDP Fetch on the browser target): it sees the first request of a pop-up and of a
frame with a process of its own, which a session of a tab would miss. It looks at documents only: others cost nothing,
and go on while nobody is there to answer for them. What a document was given, the browser gives by itself to what
that document loads from its origin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from envs import events
from envs.browser.options import Credentials
from envs.browser.wire import Wire
from envs.clock import Clock
from envs.origins import origin_of, refusal

Ours = Callable[[str], bool]
"""Whether a frame (its id) belongs to this run; in a person's own browser others do not."""


class Guard:
    """`refused` are the questions for credentials that got a no: frame → in words."""

    def __init__(self, wire: Wire, clock: Clock, place: str, tell: Callable[[events.Event], None], ours: Ours) -> None:
        self._wire, self._clock, self._place, self._tell, self._ours = wire, clock, place, tell, ours
        self._origins: tuple[str, ...] | None = None
        self._known: dict[str | None, Credentials] = {}
        self._tried: set[tuple[str, str]] = set()
        self.refused: dict[str, str] = {}
        wire.on("Fetch.requestPaused", self._paused)
        wire.on("Fetch.authRequired", self._asked)

    def allow(self, origins: tuple[str, ...] | None, credentials: Sequence[Credentials]) -> None:
        """From now on: the origins of documents (None is no limit), and what servers get that ask for a password."""
        self._origins = origins
        self._known = {origin_of(entry.origin): entry for entry in credentials}
        self._tried.clear()
        self.refused.clear()
        documents = {"urlPattern": "*", "resourceType": "Document"}
        self._wire.begin("Fetch.enable", {"patterns": [documents], "handleAuthRequests": True})

    def _paused(self, event: dict[str, Any]) -> None:
        url, request = event["request"]["url"], {"requestId": event["requestId"]}
        why = refusal(url, self._origins) if event["resourceType"] == "Document" else None
        if why is None or not self._ours(event["frameId"]):
            self._wire.begin("Fetch.continueRequest", request)
            return
        self._tell(events.Blocked(at=self._clock.now(), place=self._place, url=url, why=why))
        self._wire.begin("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})

    def _asked(self, event: dict[str, Any]) -> None:
        """A server (401) or the proxy (407) wants a name and a password. Given once a request, to their origin only."""
        challenge = event["authChallenge"]
        origin = origin_of(challenge["origin"]) or ""
        attempt = (event["requestId"], origin)
        entry = self._known.get(origin) if attempt not in self._tried else None
        self._tried.add(attempt)
        answer: dict[str, str] = {"response": "CancelAuth"}
        if not self._ours(event["frameId"]):
            answer = {"response": "Default"}
        elif entry is not None:
            answer = {"response": "ProvideCredentials", "username": entry.user, "password": entry.password}
        else:
            self._refuse(event["frameId"], origin, challenge)
        self._wire.begin("Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer})

    def _refuse(self, frame: str, origin: str, challenge: dict[str, Any]) -> None:
        who = f"the proxy {origin}" if challenge["source"] == "Proxy" else origin
        realm = f' for "{challenge["realm"]}"' if challenge.get("realm") else ""
        wrong = " others than those given" if origin in self._known else ""
        what = f"{who} wants a name and a password{realm}{',' + wrong if wrong else ''}"
        self.refused[frame] = what
        self._tell(events.Asked(at=self._clock.now(), place=self._place, kind="credentials", what=what))
