"""Environments by name: those that come with the package, and those that other distributions announce.

A plug-in is an entry point of the group `cua.envs` whose object, called with the options, gives an `Env`. Nothing is
imported before it is asked for by name; a built-in name cannot be taken over.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Any, cast

from envs.env import Env
from envs.errors import CuaError

GROUP = "cua.envs"
BUILT_IN = {
    "browser": EntryPoint("browser", "envs.browser:browser", GROUP),
    "fake": EntryPoint("fake", "envs.fake:Fake", GROUP),
    "person": EntryPoint("person", "envs.person:Person", GROUP),
    "desk": EntryPoint("desk", "envs.desk:Desk", GROUP),
}


class UnknownEnv(CuaError):
    """No environment is installed under this name."""


def known() -> dict[str, EntryPoint]:
    """Every environment that can be made here, by name."""
    return {point.name: point for point in entry_points(group=GROUP)} | BUILT_IN


def make(name: str, **options: Any) -> Env:
    """A new environment, not yet reset: make("browser", url="https://..."), make("fake", site=...).

    `options` are those of the environment itself. Raises UnknownEnv with the names there are.
    """
    there = known()
    if name not in there:
        raise UnknownEnv(f'no environment is called "{name}"; there are: {", ".join(sorted(there))}')
    build = cast(Callable[..., Env], there[name].load())
    return build(**options)
