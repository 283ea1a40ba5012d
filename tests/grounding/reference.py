"""The slow way to the same answers: every element of the screen is scored, and every label worked out."""

from __future__ import annotations

from collections.abc import Sequence

from envs.observation import Element, Observation
from envs.parts import Part
from grounding.screen import Placed, Screen
from grounding.sieve import Sieve
from grounding.structure import Structure
from grounding.target import Target


class WholeScreen(Screen):
    """Lets everything through."""

    def called(self, sieve: Sieve, slipped: bool = False, held: bool = False, columns: bool = False) -> Placed:
        return self.everything()

    def attributed(self, sieve: Sieve, slipped: bool = False) -> Placed:
        return self.everything()

    def answering(self, role: str) -> Placed:
        return self.everything()


class SlowStructure(Structure):
    """Weighs every element of every row."""

    def __init__(self) -> None:
        self._screens: list[WholeScreen] = []
        super().__init__(self._whole)

    def _whole(self, observation: Observation) -> WholeScreen:
        if not self._screens or self._screens[0].observation is not observation:
            self._screens[:] = [WholeScreen(observation)]
        return self._screens[0]

    def _held_rows(self, target: Target, screen: Screen) -> None:
        return None


def cut(elements: Sequence[Element], size: int) -> tuple[Part, ...]:
    """The elements in parts of this size, as an environment that reads what changed makes them."""
    return tuple(_part(tuple(elements[at : at + size])) for at in range(0, len(elements), size))


def _part(elements: tuple[Element, ...]) -> Part:
    return Part(lambda: elements, len(elements))
