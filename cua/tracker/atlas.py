"""The states of one application, found again by likeness: among 100,000 of them in a millisecond or two.

Two screens that are the same state share nearly all of their controls. So the rarest things of a screen lead to those
that it may be: they are looked up in lists of who has them, the most promising are compared in full. Adding a state
costs what is on it, however many there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cua.tracker.evidence import CONTROLS
from cua.tracker.identity import State
from cua.tracker.naming import particulars

INDEXED = frozenset({"field", "button", "tab", "heading", "title", "link", "column"})
"""Kinds of features that lead to a state."""
NEAR = 12
"""So many looks at the same address are all compared, and so many of the most promising otherwise."""
SURE = 0.95
"""A look that is so much alike ends the search."""
LISTED = 4_000
"""Entries of the lists that are read for one screen; the shortest lists come first."""
MANY = 1_000
"""Looks that were forgotten and are still in the lists, before these are made anew."""
LOOKS = 3
"""Of each state, so many of the latest looks are known by which it differed from itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """A known state, and how alike the screen is to the look of it that fits best (0..1)."""

    state: State
    like: float


class Atlas:
    """Known states. A state is known by several looks, so that an application may change by and by."""

    def __init__(self, known: Iterable[State] = ()) -> None:
        self._looks: list[State] = []
        self._of: list[str] = []
        """The id of the state that each look is one of."""
        self._states: dict[str, State] = {}
        self._exact: dict[str, int] = {}
        """By the id of the look."""
        self._at: dict[tuple[str, str], array[int]] = {}
        """By place and address."""
        self._made_of: dict[int, array[int]] = {}
        """By address and all controls together."""
        self._having: dict[str, array[int]] = {}
        """By feature."""
        self._latest: dict[str, list[int]] = {}
        self._forgotten = 0
        self._names: set[str] = set()
        self._called: dict[str, list[str]] = {}
        """States by the name that their screen was given, before it was told from others."""
        for state in known:
            self.add(state)

    def __len__(self) -> int:
        return len(self._states)

    def __iter__(self) -> Iterator[State]:
        return iter(self._states.values())

    def __contains__(self, look: object) -> bool:
        """Whether the look of this id is known."""
        return look in self._exact

    def get(self, state: str) -> State | None:
        """The state of this id."""
        return self._states.get(state)

    def add(self, state: State, called: str = "") -> None:
        """Know this state under its own id; nothing happens where it is known. `called`: what its screen says of
        itself, where its name says more to tell it from others."""
        if state.id not in self._states:
            self._know(state, called or state.name)

    def recall(self, look: State, state: str) -> tuple[State, ...]:
        """Know the state of this id by one more look; the looks by which it is known now, the first one first."""
        if look.id not in self._exact:
            self._look(look, state)
        return tuple(self._looks[at] for at in self._latest[state])

    def reserve(self, names: Iterable[str]) -> None:
        """Names that are given already: nothing new is called so."""
        self._names.update(names)

    def locate(self, screen: State) -> State | None:
        """The known state that this screen shows; None where it is new."""
        found = self.nearest(screen)
        return found.state if found is not None else None

    def nearest(self, screen: State) -> Found | None:
        """The same, with how alike it is."""
        exact = self._exact.get(screen.id)
        if exact is not None:
            return Found(self._states[self._of[exact]], 1.0)
        best: Found | None = None
        for at in self._candidates(screen):
            look = self._looks[at]
            if look.same(screen):
                like = look.like(screen)
                if best is None or like > best.like:
                    best = Found(self._states[self._of[at]], like)
                if like >= SURE:
                    break
        return best

    def place(self, screen: State) -> State:
        """The state that this screen shows, under the id and the name that it is known by; new ones are added, called
        so that nothing else is."""
        found = self.nearest(screen)
        if found is None:
            new = replace(screen, name=self.name(screen))
            self.add(new, screen.name)
            return new
        self.recall(screen, found.state.id)
        return found.state

    # ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _know(self, state: State, called: str) -> None:
        self._states[state.id] = state
        self._names.add(state.name)
        self._called.setdefault(called, []).append(state.id)
        self._look(state, state.id)

    def _look(self, look: State, state: str) -> None:
        if len(self._latest.setdefault(state, [])) > LOOKS:
            self._forget(self._latest[state].pop(1))  # the first stays: what the state was is not lost step by step
        at = len(self._looks)
        self._looks.append(look)
        self._of.append(state)
        self._latest[state].append(at)
        self._exact[look.id] = at
        self._at.setdefault((look.place, look.address), array("q")).append(at)
        self._made_of.setdefault(_kinds(look)[1], array("q")).append(at)
        for feature in _kinds(look)[0]:
            self._having.setdefault(feature, array("q")).append(at)

    def _forget(self, at: int) -> None:
        """A look is left in the lists and leads nowhere any more, until there are many of those."""
        self._exact.pop(self._looks[at].id, None)
        self._of[at] = ""
        self._forgotten += 1
        if self._forgotten > max(MANY, len(self._looks) // 2):
            self._tidy()

    def _tidy(self) -> None:
        """The lists anew, without what was forgotten."""
        kept = {state: [self._looks[at] for at in latest] for state, latest in self._latest.items()}
        for lists in (self._looks, self._of, self._exact, self._at, self._made_of, self._having, self._latest):
            lists.clear()
        self._forgotten = 0
        for state, looks in kept.items():
            for look in looks:
                self._look(look, state)

    # ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────

    def _candidates(self, screen: State) -> list[int]:
        here = self._at.get((screen.place, screen.address), array("q"))
        if len(here) <= NEAR:
            close = [at for at in here if self._of[at]]
            if any(self._looks[at].same(screen) for at in close):
                return close
        else:
            close = []
        alike = self._made_of.get(_kinds(screen)[1], array("q"))[-NEAR:]
        ranked = self._ranked(screen)
        return [at for at in dict.fromkeys((*ranked, *alike, *close)) if self._of[at]]

    def _ranked(self, screen: State) -> list[int]:
        """Those that share the most of what is rare, first."""
        lists = sorted((self._having[one] for one in _kinds(screen)[0] if one in self._having), key=len)
        taken: list[NDArray[np.int64]] = []
        read = 0
        for entries in lists:
            if taken and read + len(entries) > LISTED:
                break
            read += len(entries)
            # a copy: a list that something looks at cannot grow
            taken.append(np.array(entries[-LISTED:], dtype=np.int64))
        if not taken:
            return []
        looks, shared = np.unique(np.concatenate(taken), return_counts=True)
        if len(looks) > NEAR:
            top = np.argpartition(-shared, NEAR)[:NEAR]
            looks, shared = looks[top], shared[top]
        return [int(at) for at in looks[np.argsort(-shared, kind="stable")]]

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, screen: State) -> str:
        """What a screen that is new is to be called: its name, with what tells it from others of that name where there
        are any."""
        others = self._called.get(screen.name, [])
        if not others and screen.name not in self._names:
            return screen.name
        theirs = frozenset().union(*(self._states[other].features for other in others[-NEAR:]))
        for words in particulars(screen.features, screen.address, theirs):
            if (name := f"{screen.name} ({words})") not in self._names:
                return name
        number = 2
        while f"{screen.name} ({number})" in self._names:
            number += 1
        return f"{screen.name} ({number})"


@lru_cache(maxsize=64)
def _kinds(look: State) -> tuple[tuple[str, ...], int]:
    """The features that lead to it, and its address and all controls together as one number."""
    leads, controls = [], []
    for feature in look.features:
        kind = feature.partition(":")[0].rpartition("/")[2]
        if kind in INDEXED:
            leads.append(feature)
            if kind in CONTROLS:
                controls.append(feature)
    return tuple(leads), hash((look.place, look.address, frozenset(controls)))
