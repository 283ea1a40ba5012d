"""What the tracker asks of the application map, wherever that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cua.run import Done
from cua.step import Step
from cua.tracker.identity import State
from cua.tracker.ways import Walk, Way
from envs.observation import Element, Observation
from grounding import Anchor


class Memory(Protocol):
    """Where the application map is kept."""

    def known(self, look: State) -> State:
        """The state that this look shows, under the id and the name that it is known by; the look itself where it is
        new."""
        ...

    def saw(self, look: State) -> State:
        """The same; what is new is known from now on."""
        ...

    def went(self, before: State, done: Done, after: State, walk: Walk) -> None:
        """A step was tried in this state: it was proved to lead to that one, or has failed."""
        ...

    def ways(self) -> tuple[Way, ...]:
        """The ways that can be gone again."""
        ...

    def costs(self, kind: str) -> Mapping[str, tuple[int, float]]:
        """By route: how often it led back after an act of this kind, and the ms that all tries of it took."""
        ...

    def returned(self, kind: str, route: str, ms: float, *, ok: bool) -> None:
        """A route was tried after an act of this kind had failed."""
        ...

    def anchored(self, where: State, step: Step, element: Element, screen: Observation) -> None:
        """A step was proved on this element of this screen."""
        ...

    def anchor(self, where: State, step: Step) -> Anchor | None:
        """What is remembered of the target of this step."""
        ...

    def led_back(self, before: State, words: str, route: str, ms: float) -> None:
        """The route by which a failed step was undone."""
        ...
