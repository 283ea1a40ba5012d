"""The ways back to the last proved state, the cheapest first. Each is only tried here; the tracker verifies where it
led."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cua.proof import Proof
from envs.action import Action, Check, Clear, Select, Type
from envs.env import Checkpoint, Env, Restorable
from envs.errors import ActFailed, EnvError
from envs.observation import Element, Observation

SETTLE = 5.0
"""Seconds that a route may take to come to rest."""


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    take: Callable[[], Observation]
    """Goes there and looks. Raises ActFailed where the way does not exist."""


def routes(env: Env, proof: Proof, checkpoint: Checkpoint | None) -> Iterator[Route]:
    """Stay (nothing happened), undo the act itself, go back in the history, load the address anew."""
    yield Route("nothing", env.observe)
    inverse = _inverse(proof.action, proof.found)
    if inverse is not None and proof.found is not None:
        yield Route("inverse", lambda: _act(env, inverse, proof.found))
    if checkpoint is not None and isinstance(env, Restorable):
        world = env
        yield Route("history", lambda: _restore(world, checkpoint, "history"))
        yield Route("url", lambda: _restore(world, checkpoint, "url"))


def _inverse(action: Action, found: Element | None) -> Action | None:
    """What puts the element back to how it was; None where that is not known (a password cannot be read)."""
    if found is None or "password" in found.states:
        return None
    match action:
        case Type() | Clear():
            return Type(found.value) if found.value else Clear()
        case Check(on=on):
            return Check(not on)
        case Select() if found.value:
            return Select(found.value)
    return None


def _act(env: Env, action: Action, found: Element | None) -> Observation:
    try:
        env.act(action, found)
    except EnvError as no:
        raise ActFailed(no.why) from no
    return env.settle(timeout=SETTLE)


def _restore(env: Restorable, checkpoint: Checkpoint, by: str) -> Observation:
    return env.restore(checkpoint, by)
