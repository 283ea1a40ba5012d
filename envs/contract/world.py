"""What a law of the contract works with: an environment under test, and the words to handle it."""

from __future__ import annotations

from envs.action import Action
from envs.env import Env
from envs.errors import EnvError
from envs.events import Event
from envs.geometry import Space
from envs.observation import Element, Observation

PATIENCE = 10.0
"""Seconds that the standard world may take for anything it does."""


class Broken(AssertionError):
    """The environment does not keep its contract."""


class World:
    """What a check works with: the environment under test, not yet reset, and the words to handle it."""

    def __init__(self, env: Env, space: Space) -> None:
        self.env, self.space = env, space
        self.events: list[Event] = []
        self.now: Observation

    def start(self) -> Observation:
        return self._saw(self.env.reset())

    def look(self) -> Observation:
        return self._saw(self.env.observe())

    def settle(self) -> Observation:
        return self._saw(self.env.settle(timeout=PATIENCE))

    def until(self, *words: str) -> Observation:
        """Wait for elements (or a title) of these names."""
        after = self._saw(self.env.settle(lambda now: all(has(now, word) for word in words), PATIENCE))
        missing = [word for word in words if not has(after, word)]
        must(not missing, f"{missing} did not appear; there are: {', '.join(map(str, after.elements))}")
        return after

    def do(self, action: Action, role: str = "", name: str = "") -> Observation:
        self.env.act(action, self.one(role, name) if name else None)
        return self.settle()

    def one(self, role: str, name: str) -> Element:
        """The element of the observation at hand."""
        found = [e for e in self.now.elements if (e.role, e.name) == (role, name)]
        must(len(found) == 1, f'{len(found)} elements are {role} "{name}"; there are: {names(self.now)}')
        return found[0]

    def fails(self, kind: type[EnvError], action: Action, found: Element | None = None) -> EnvError:
        """The act must raise exactly this kind of error, and nothing may have reached the application."""
        try:
            self.env.act(action, found)
        except kind as failed:
            must(not getattr(failed, "dispatched", False), f"{action} says that it was dispatched: {failed.why}")
            must(bool(failed.why.strip()), f"the error of {action} says nothing")
            return failed
        except EnvError as failed:
            raise Broken(
                f"{action} on {found} raised {type(failed).__name__}, not {kind.__name__}: {failed}"
            ) from failed
        raise Broken(f"{action} on {found} did not raise {kind.__name__}")

    def _saw(self, now: Observation) -> Observation:
        self.now = now
        self.events += now.events
        return now


def must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise Broken(otherwise)


def has(now: Observation, words: str) -> bool:
    return any(element.visible and element.name == words for element in now.elements) or now.title == words


def names(now: Observation) -> str:
    return ", ".join(map(str, now.elements))


def what(now: Observation) -> tuple[object, ...]:
    """An observation without its time, number and events."""
    return now.place, now.url, now.title, now.document, now.window, now.elements
