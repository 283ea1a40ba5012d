"""The person at the terminal as a place: it takes one action, Ask, and shows the answer as an element."""

from __future__ import annotations

from collections.abc import Callable

from envs.action import Action, Ask, Look
from envs.clock import Clock, SystemClock
from envs.env import Until
from envs.errors import ActFailed, OutOfOrder, Unsupported
from envs.geometry import Box
from envs.observation import Element, Observation, Source

Answer = Callable[[str], str]
"""Puts a question and returns what was answered. Raises EOFError where nobody is there after all."""


class Person:
    """`answer` is None where nobody is there to ask. Each question and its answer are one read-only textbox: its name
    is the question, its value the answer. Boxes are empty, for nothing of it is on a screen."""

    def __init__(self, answer: Answer | None = None, *, place: str = "person", clock: Clock | None = None) -> None:
        self.place = place
        self._answer = answer
        self._clock = clock or SystemClock()
        self._said: list[Element] = []
        self._seq = 0
        self._asked = 0
        self._open = False

    def reset(self) -> Observation:
        """Forgets what was said."""
        self._said.clear()
        self._open = True
        return self.observe()

    def observe(self) -> Observation:
        self._ready()
        self._seq += 1
        return Observation(
            seq=self._seq,
            place=self.place,
            url="",
            title="Person",
            elements=tuple(self._said),
            document="person",
            at=self._clock.now(),
        )

    def act(self, action: Action, found: Element | None = None) -> None:
        """Raises ActFailed where nobody answers, Unsupported for all but Ask and Look."""
        self._ready()
        if isinstance(action, Look):
            return
        if not isinstance(action, Ask):
            raise Unsupported(f"a person can be asked, and nothing else: {action.verb}")
        if self._answer is None:
            raise ActFailed(f'nobody is there to ask "{action.question}": run it at a terminal')
        try:
            said = self._answer(action.question)
        except EOFError:
            raise ActFailed(f'nobody answered "{action.question}"', dispatched=True) from None
        self._asked += 1
        self._said.append(
            Element(
                ref=f"p{self._asked}",
                role="textbox",
                name=action.question,
                box=Box(0, 0, 0, 0),
                value=said,
                states=frozenset({"readonly"}),
                place=self.place,
                origin=self.place,
                source=Source.AX,
            )
        )

    def settle(self, until: Until | None = None, timeout: float = 10.0) -> Observation:
        """Looks at once: nothing changes here while nobody is asked."""
        return self.observe()

    def close(self) -> None:
        self._open = False

    def _ready(self) -> None:
        if not self._open:
            raise OutOfOrder("nobody has been called yet: reset comes first, and nothing after close")
