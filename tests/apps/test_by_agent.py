"""The agent on applications that we did not write: every goal of the suite, on fresh state, judged by their databases.

CUA_REPEATS=5 does each goal five times (the figures of `docs/benchmarks.md`).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cua.errors import Outcome
from cua.options import Options, SecretSource
from cua.session import open_run
from tests.apps.servers import start
from tests.apps.suite import Entry, entries

pytestmark = pytest.mark.slow

REPEATS = int(os.environ.get("CUA_REPEATS", "1"))
PLAIN = [entry for entry in entries() if not entry.needs]


@pytest.mark.parametrize("turn", range(REPEATS))
@pytest.mark.parametrize("entry", PLAIN, ids=lambda entry: entry.id)
def test_a_goal_is_reached_and_proved(entry: Entry, turn: int, tmp_path: Path) -> None:
    with start(entry.app, tmp_path / "app") as server:
        before = server.oracle.tables()
        options = Options(
            url=server.url,
            params=entry.params,
            secrets=tuple(SecretSource(name, value=value) for name, value in entry.secrets.items()),
            yes=True,
            runs=tmp_path / "runs",
        )
        with open_run(str(entry.path or entry.instruction), options) as session:
            run = session.go()
        wrong = entry.wrong(before, server.oracle.tables())
    assert not (run.outcome is Outcome.REACHED and wrong), f"a false success: {wrong}"
    assert run.outcome is Outcome.REACHED, f"{run.why} (the application: {wrong or 'as it should be'})"
