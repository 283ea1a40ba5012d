"""Small words for tests on a fake site."""

from __future__ import annotations

from envs.action import (
    Action,
)
from envs.fake import (
    Each,
    Fake,
    FakeSite,
    Item,
    Screen,
    screen,
)
from envs.observation import Element, Observation


def one_page(*items: Item | Each, latency: float = 0.0, accepts: bool = True, **more: Screen) -> Fake:
    return Fake(FakeSite("page", {"page": screen("Page", *items), **more}), latency=latency, accepts=accepts)


def the(now: Observation, name: str) -> Element:
    (found,) = [element for element in now.elements if element.name == name]
    return found


def names(now: Observation) -> list[str]:
    return [element.name for element in now.elements]


def do(env: Fake, action: Action, name: str = "") -> Observation:
    """Look, act, settle."""
    now = env.observe()
    env.act(action, the(now, name) if name else None)
    return env.settle()


def opened(env: Fake) -> Fake:
    env.reset()
    return env
