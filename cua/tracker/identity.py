"""Which screen is this? A state's identity keeps the structure of a screen and ignores its data.

The same list with other rows, sorted, filtered or empty, the same form with another record, the same page for another
person are one state. A dialog, a menu or a list that is open, another tab, a complaint about what was entered, another
step of a wizard, another page are others. After MAPLE (states as abstractions of screens), with predicates in the
place of a model's sentences.
"""

from __future__ import annotations

import hashlib
import weakref
from dataclasses import dataclass
from functools import lru_cache

from cua.tracker.address import DATA, agreement, bare, pattern, records
from cua.tracker.evidence import CONTROLS, evidence
from cua.tracker.features import features, static
from cua.tracker.likeness import difference, likeness
from cua.tracker.naming import name_of, pieces
from envs.observation import Observation

SAME = 0.7
"""From this likeness on two screens that nothing sets apart are the same state."""


@dataclass(frozen=True, slots=True)
class State:
    """A node of the application map."""

    id: str
    name: str
    place: str
    address: str
    """Origin and path, data replaced by *."""
    features: frozenset[str]

    def like(self, other: State) -> float:
        """0..1: how much of the structure is common; 0 at an address that does not go together with this one."""
        agrees = agreement(self.address, other.address) if self.place == other.place else 0.0
        return likeness(evidence(self.features), evidence(other.features), agrees) if agrees else 0.0

    def apart(self, other: State) -> str | None:
        """Why the two are not the same state, in words; None where they are."""
        if self.id == other.id:
            return None
        if self.place != other.place or not agreement(self.address, other.address):
            return f"{other.address} is another address than {self.address}"
        why = difference(evidence(self.features), evidence(other.features))
        if why is None and (like := self.like(other)) < SAME:
            return f"they have {like:.0%} in common"
        return why

    def same(self, other: State) -> bool:
        return self.apart(other) is None


def state_of(screen: Observation) -> State:
    """The state that this screen shows. Cost: one pass over the parts that have changed."""
    last = _last[0]
    if last is not None and last[0]() is screen:
        return last[1]
    spelt = records(screen.url)
    address = pattern(screen.url)
    found = features(screen, spelt) | _title(screen.title, spelt)
    state = State(digest(screen.place, address, found), name_of(screen), screen.place, address, found)
    _last[0] = (weakref.ref(screen), state)
    return state


_last: list[tuple[weakref.ref[Observation], State] | None] = [None]
"""The screen that was asked about last; the loop asks more than once about the same."""


@lru_cache(maxsize=256)
def _title(title: str, spelt: frozenset[str]) -> frozenset[str]:
    return frozenset(f"title:{DATA if bare(piece) in spelt else static(piece)}" for piece in pieces(title))


@lru_cache(maxsize=256)
def digest(place: str, address: str, found: frozenset[str]) -> str:
    """The id of a look: two that show the same have the same."""
    return hashlib.blake2b("\n".join([place, address, *sorted(found)]).encode(), digest_size=8).hexdigest()


def controls(state: State) -> str:
    """A digest of the place, the address and all that a developer wrote: other data leave it as it is."""
    written = (one for one in state.features if one.partition(":")[0].rpartition("/")[2] in CONTROLS)
    return digest(state.place, state.address, frozenset(written))
