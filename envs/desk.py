"""An Env made of several: a browser, a desktop, a person to ask. The loop does not know how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

from envs.action import Action, Ask, Open, Switch
from envs.env import Checkpoint, Env, Restorable, Until
from envs.errors import ActFailed, OutOfOrder, Unsupported
from envs.events import Event
from envs.observation import Element, Observation
from envs.scrolling import Scrollable, Scroller

PERSON = "person"
"""The place that questions go to, where there is one of this name."""


class Desk:
    """One place is current: looks go there. An act goes to the place of its element, of Open, or that Switch names,
    and that place is current from then on; everything else goes to the current place.

    A question (Ask) goes to the place "person" without making it current: until the next act, what is seen is the
    current place with the person's answers after its elements.

    Whatever the environments call themselves, here they have the names given; a ref is unique within its place. Events
    of a place that is left are kept for the next look. The desk is Restorable; a place that is not cannot be restored.
    It is Scrollable; a place that is not has nothing to scroll.
    """

    def __init__(self, places: Mapping[str, Env], first: str) -> None:
        """Raises ValueError if `first` is none of the places."""
        if first not in places:
            raise ValueError(f'no place is called "{first}"; there are: {", ".join(places)}')
        self.places, self.first = dict(places), first
        self._current = first
        self._aside = ""
        self._seq = 0
        self._open = False
        self._kept: list[Event] = []
        self._own: dict[str, str] = {}

    @property
    def current(self) -> str:
        return self._current

    def reset(self) -> Observation:
        """Opens all places. If one cannot be opened, those that were are closed again."""
        self._current, self._aside = self.first, ""
        self._kept.clear()
        started: dict[str, Observation] = {}
        with ExitStack() as undo:
            for name, env in self.places.items():
                undo.callback(env.close)
                started[name] = env.reset()
            undo.pop_all()
        self._open = True
        self._own = {name: start.place for name, start in started.items()}
        for name, start in started.items():
            if name != self.first:
                self._kept += _placed(start.events, name)
        return self._hand_out(started[self.first], None)

    def observe(self) -> Observation:
        self._ready()
        return self._hand_out(self._here.observe(), self._beside())

    def act(self, action: Action, found: Element | None = None) -> None:
        self._ready()
        self._aside = ""
        if isinstance(action, Ask) and PERSON in self.places:
            self.places[PERSON].act(action)
            self._aside = PERSON if self._current != PERSON else ""
        elif isinstance(action, Switch) and action.to in self.places:
            self._go(action.to)
        else:
            where = self._where(action, found)
            own = replace(found, place=self._own[where]) if found and found.place != self._own[where] else found
            self.places[where].act(action, own)
            self._go(where)

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        self._ready()
        beside = self._beside()
        judge = None if until is None else lambda now: until(self._view(now, beside))
        return self._hand_out(self._here.settle(judge, timeout), beside)

    def close(self) -> None:
        """Closes every place, also when closing one of them fails; then that failure is raised."""
        self._open = False
        with ExitStack() as last:
            for env in self.places.values():
                last.callback(env.close)

    # ── Restorable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def checkpoint(self) -> Checkpoint:
        """Of the current place. Raises Unsupported."""
        self._ready()
        return replace(self._restorable(self._current).checkpoint(), place=self._current)

    def restore(self, checkpoint: Checkpoint, by: str = "history") -> Observation:
        """The checkpoint's place, which is current from then on."""
        self._ready()
        if checkpoint.place not in self.places:
            raise ActFailed(f'no place is called "{checkpoint.place}"; there are: {", ".join(self.places)}')
        env = self._restorable(checkpoint.place)
        self._go(checkpoint.place)
        self._aside = ""
        return self._hand_out(env.restore(replace(checkpoint, place=self._own[checkpoint.place]), by), None)

    def _restorable(self, name: str) -> Restorable:
        env = self.places[name]
        if not isinstance(env, Restorable):
            raise Unsupported(f'the place "{name}" cannot return to an earlier state')
        return env

    # ── Scrollable ───────────────────────────────────────────────────────────────────────────────────────────────────

    def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        """Of the current place; empty where nothing can be scrolled there."""
        self._ready()
        return self._here.scrollers(around) if isinstance(self._here, Scrollable) else ()

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        self._ready()
        if not isinstance(self._here, Scrollable):
            raise Unsupported(f'nothing can be scrolled in the place "{self._current}"')
        return self._here.roll(scroller, to)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _here(self) -> Env:
        return self.places[self._current]

    def _ready(self) -> None:
        if not self._open:
            raise OutOfOrder("the desk is not open: reset comes first, and nothing after close")

    def _where(self, action: Action, found: Element | None) -> str:
        asked = found.place if found else action.place if isinstance(action, Open) else None
        if asked is not None and asked not in self.places:
            raise ActFailed(f'no place is called "{asked}"; there are: {", ".join(self.places)}')
        return asked or self._current

    def _go(self, name: str) -> None:
        """Make a place current; what happened at the one that is left goes into the next look."""
        if name != self._current:
            self._kept += _placed(self._here.observe().events, self._current)
            self._current = name

    def _beside(self) -> Observation | None:
        return self.places[self._aside].observe() if self._aside else None

    def _view(self, now: Observation, beside: Observation | None) -> Observation:
        """What a place shows, in the words of the desk. Elements are not copied where the names agree."""
        self._seq += 1
        elements = _named(now.elements, self._current)
        events = (*self._kept, *_placed(now.events, self._current))
        if beside is not None:
            elements += _named(beside.elements, self._aside)
            events += _placed(beside.events, self._aside)
        return replace(now, seq=self._seq, place=self._current, elements=elements, events=events)

    def _hand_out(self, now: Observation, beside: Observation | None) -> Observation:
        seen = self._view(now, beside)
        self._kept.clear()
        return seen


def _named(elements: Sequence[Element], place: str) -> tuple[Element, ...]:
    if all(element.place == place for element in elements):
        return tuple(elements)
    return tuple(replace(element, place=place) for element in elements)


def _placed(events: tuple[Event, ...], place: str) -> tuple[Event, ...]:
    return tuple(event if event.place == place else replace(event, place=place) for event in events)
