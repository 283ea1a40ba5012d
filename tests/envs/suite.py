"""The contract suite as a pytest class: subclass it, give `make_env`, and every law is a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from envs.contract import CHECKS, Law, run
from envs.env import Env
from envs.geometry import Space


class EnvContract:
    space = Space.CSS

    @pytest.fixture
    def make_env(self) -> Callable[[], Env]:
        raise NotImplementedError("give a function that makes a new environment showing envs.standard")

    @pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
    def test_contract(self, make_env: Callable[[], Env], check: Law) -> None:
        run(check, make_env, self.space)
