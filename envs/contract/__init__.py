"""The `Env` protocol as a test suite that every implementation passes (after dm_env's and Gymnasium's checkers).

    for check in CHECKS:                      # pytest: @pytest.mark.parametrize("check", CHECKS, ids=name)
        run(check, make)                      # make() gives a new environment that shows `envs.standard`

`check_env(make)` runs them all. It needs no test framework; what is broken is raised as `Broken`, in words.
"""

from __future__ import annotations

from collections.abc import Callable

from envs.contract.laws import CHECKS, Law
from envs.contract.world import Broken, World
from envs.env import Env
from envs.geometry import Space

__all__ = ["CHECKS", "Broken", "Law", "World", "check_env", "run"]


def run(check: Law, make: Callable[[], Env], space: Space = Space.CSS) -> None:
    """One law on a new environment, which is closed afterwards. Raises Broken."""
    env = make()
    try:
        check(World(env, space))
    finally:
        env.close()


def check_env(make: Callable[[], Env], space: Space = Space.CSS) -> None:
    """All laws. `make` gives a new environment each time; `space` is that of its boxes. Raises Broken at the first."""
    for check in CHECKS:
        run(check, make, space)
