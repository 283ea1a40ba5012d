"""Which application is this? Origin and leading path say where; what the start screen is made of says which.

Two applications that are served on one port, one after the other, are two; a new version of one, or another start
screen of it (signed in already), is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from cua.tracker.evidence import CONTROLS, NONE, Scope, evidence
from cua.tracker.identity import State
from envs.origins import origin_of

KNOWN = 0.4
"""So much of what a start screen is made of is known of an application that it belongs to."""
TELLING = ("heading", "title", "link", "chrome", "item", *CONTROLS)
"""Kinds that tell an application from another."""


def place_of(url: str | None) -> str:
    """Where an application is: origin and first part of the path.

    Two applications behind one origin (/admin/, /wiki/) are two; an address that is none stands for itself.
    """
    origin = origin_of(url or "")
    if origin is None:
        return url or "application"
    leading = next((part for part in urlsplit(url or "").path.split("/") if part), "")
    return f"{origin}/{leading}" if leading else origin


def application_of(place: str, start: State, known: Mapping[str, Iterable[State]]) -> str:
    """The key of the application at this place that shows this start screen; `known` are the states of those that were
    seen there, by key.

    The first one at a place has the place as its key; every other has a fingerprint of its start screen behind it.
    """
    told = _told(start)
    best, most = "", 0.0
    for key, states in known.items():
        theirs = _vocabulary(states)
        if not theirs:
            continue
        share = len(told & theirs) / len(told) if told else 0.0
        if share > most:
            best, most = key, share
    if most >= KNOWN:
        return best
    if place not in known:
        return place
    if not told:
        return place  # an empty page tells nothing: no reason to begin a map anew
    return f"{place}#{start.id[:8]}"


def _vocabulary(states: Iterable[State]) -> frozenset[str]:
    return frozenset().union(*(_told(state) for state in states))


def _told(state: State) -> frozenset[str]:
    """What the screen calls things, whatever it says of them."""
    seen: Scope = evidence(state.features).page
    return frozenset(f"{kind}:{what}" for kind in TELLING for what in seen.kinds.get(kind, NONE))
