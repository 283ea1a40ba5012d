"""Two kills of `python -m tests.faults.kills` at each gate: agent and browser die between two commits."""

from __future__ import annotations

import pytest

from tests.faults.kills import REACHED, kill

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("who", "point"), [("agent", 111), ("browser", 97)])
def test_every_commit_once(who: str, point: int) -> None:
    killed = kill("restock-two", who, point)
    assert killed.first != REACHED, "it was not killed"
    assert killed.sound, killed
    assert killed.second == REACHED, killed
