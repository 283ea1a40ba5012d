"""A second look: the page that an act led to is loaded once more when it is not what should have come.

Servers are down for a moment, caches answer with another page, scripts never finish. A person presses reload before
giving up; so does this, and only where it repeats nothing: the page in front came by GET.
"""

from __future__ import annotations

from collections.abc import Iterable

from cua.expect import Within
from cua.ledger import weighs
from cua.login_pages import signs_in
from cua.proof import Proof
from envs.action import Action, Open, Reload
from envs.events import Answer, Event, Failure
from envs.observation import Observation

ONCE = (0.0,)
"""Seconds to wait before each load, of a page that came and is not the right one."""
PATIENT = (0.5, 1.5, 3.0)
"""The same, of a page that did not come: the server is down, too busy, or not reached."""
DOWN = frozenset({429, 500, 502, 503, 504})


def waits(proof: Proof, after: Observation) -> tuple[float, ...]:
    """How long to wait before each load of the page that this act led to; nothing where loading could repeat the act
    (the page is the answer to a form, or the act is a commit that is sent by opening an address), and where it would
    show the same."""
    came = _arrival(proof.events, after)
    if came is None or came.writes or isinstance(proof.step.expect, Within):
        return ()
    if proof.step.commit and not any(isinstance(e, Answer | Failure) and weighs(e) for e in proof.events):
        return ()
    if signs_in(after) and not signs_in(proof.before):
        return ()  # the session has ended
    if isinstance(came, Failure):
        return () if came.canceled or "BLOCKED" in came.why else PATIENT
    return PATIENT if came.status in DOWN else ONCE


def loading(proof: Proof, after: Observation) -> Action:
    """What loads that page again: where nothing came there is nothing to reload but an address."""
    came = _arrival(proof.events, after)
    return Open(came.url) if isinstance(came, Failure) else Reload()


def _arrival(events: Iterable[Event], after: Observation) -> Answer | Failure | None:
    """How the document on the screen came; documents of frames are others."""
    shown = after.url.partition("#")[0]
    documents = [
        event
        for event in events
        if isinstance(event, Answer | Failure) and event.kind == "document" and event.url.partition("#")[0] == shown
    ]
    return max(documents, key=lambda event: event.at, default=None)
