"""Documents of origins that were not allowed are stopped before their request leaves, redirects and pop-ups included.

One interception for the whole browser (CDP Fetch on the browser target): it sees the first request of a pop-up and of a
frame with a process of its own, which a session of a tab would miss. It looks at documents only: others cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from envs import events
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.clock import Clock
from envs.origins import refusal


class Guard:
    def __init__(
        self, wire: Wire, origins: tuple[str, ...], clock: Clock, place: str, tell: Callable[[events.Event], None]
    ) -> None:
        self._wire, self._origins, self._clock, self._place, self._tell = wire, origins, clock, place, tell
        wire.on("Fetch.requestPaused", self._paused)
        wire.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})

    def _paused(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        why = refusal(url, self._origins)
        try:
            if why is None:
                self._wire.send("Fetch.continueRequest", {"requestId": event["requestId"]})
                return
            self._tell(events.Blocked(at=self._clock.now(), place=self._place, url=url, why=why))
            self._wire.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "BlockedByClient"})
        except (MovedOn, TargetGone):
            return  # the page gave the request up itself
