"""Scroll containers, for those who look for what a world draws only once it is scrolled to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from envs.observation import Element


@dataclass(frozen=True, slots=True)
class Scroller:
    """A scroll container at one moment, in one direction; the window that shows a document is one, too.

    `ref` names the live node, `words` what a person calls it ('the grid "People"', "the page"). `axis` is "y" (up and
    down) or "x". `at` is how far it is scrolled, `least` and `most` how far it can be, `part` how much of it is to be
    seen at once, `start` where on the screen that begins: CSS px along the axis (screen px on a desktop).
    """

    ref: str
    words: str
    axis: str
    at: float
    least: float
    most: float
    part: float
    start: float
    before: float = 0.0
    after: float = 0.0
    """How far it is drawn beyond what is to be seen of it, px; 0 where that is not known."""
    overlay: bool = False
    """It stands in a menu, a list that was opened or a dialog."""
    loading: bool = False
    """Something that was asked for before, or by scrolling, is on its way."""

    @property
    def length(self) -> float:
        """Of all that can be scrolled through, px."""
        return self.most - self.least + self.part


@runtime_checkable
class Scrollable(Protocol):
    """A world in which something can be scrolled without any input: nothing but scroll events reaches it."""

    def scrollers(self, around: Element | None = None) -> tuple[Scroller, ...]:
        """What is to be seen, on top, and can be scrolled; those that are likeliest to hold something first.

        `around`: only what this element stands in, or what stands in it. Raises Crashed.
        """
        ...

    def roll(self, scroller: Scroller, to: float | None) -> Scroller:
        """Scroll it to `to` at once (None: leave it); how it stands once that is drawn. Raises Stale, Crashed."""
        ...
