"""Where browser-use's rerun fails or stores something else, the table says so. It is not needed here itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.rerun import Failed, Recorder, Recording, Rerun
from tests.bench.rival import Missing, Worker
from tests.bench.rounds import Times
from tests.bench.sections.replay import Reruns
from tests.bench.workflow import workflow

ECHO = """
import json, sys
for line in sys.stdin:
    command = json.loads(line)
    if "record" in command:
        open(command["record"], "w").write(" ".join([command["url"], *(step["open"] for step in command["steps"])]))
        answer = {}
    else:
        answer = {"failed": 3, "why": open(command["rerun"]).read()}
    print(json.dumps(answer), flush=True)
    if "rerun" in command:
        break
"""


@contextmanager
def worker(program: str) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield Worker(process)
    process.communicate()


def test_a_recording_is_run_again_at_another_address(tmp_path: Path) -> None:
    with worker(ECHO) as echo:
        recording = Recorder(echo).record("http://127.0.0.1:1/admin/", [{"open": "/groups/"}], tmp_path / "history")
        with pytest.raises(Failed) as failed:
            recording.rerun("http://127.0.0.1:2/admin/")
        assert str(failed.value) == "failed at step 3: http://127.0.0.1:2/admin/ http://127.0.0.1:2/groups/"
        with pytest.raises(Missing, match="ended in the middle of it"):
            recording.rerun("http://127.0.0.1:2/admin/")


def test_what_cannot_be_recorded_is_said(tmp_path: Path) -> None:
    with (
        worker("""input(); print('{"why": "no such link"}')""") as refusing,
        pytest.raises(Missing, match="could not be recorded with it: no such link"),
    ):
        Recorder(refusing).record("http://127.0.0.1:1/", [], tmp_path / "history")


class Idle(Recording):
    """Its reruns end as given, and do nothing."""

    def __init__(self, *ends: Rerun | Failed) -> None:
        self._ends = iter(ends)

    def rerun(self, url: str) -> Rerun:
        end = next(self._ends)
        if isinstance(end, Failed):
            raise end
        return end


def test_a_rerun_that_failed_or_stored_something_else_has_no_time(tmp_path: Path) -> None:
    """The first round is what is compiled once; with two steps nothing is stored, with seven a group."""
    reruns = Reruns(Idle(Rerun(9, 0), Failed("failed at step 7: gone"), Rerun(40, 1), Rerun(20, 0)))
    for number, steps in enumerate((2, 2, 2, 7)):
        reruns.once(workflow(steps), tmp_path / str(number))
    cell, ratio, notes = reruns.told(Times([10]))
    assert (cell, ratio) == ("40.0 (40.0); failed at step 7 (1 of 3); stored something else (1 of 3)", "1/4.0")
    assert "again, each after 5 s or more: 1 in 1 reruns." in notes[-3]
    assert notes[-2] == "Where it has no time: failed at step 7: gone"
    assert "Team 001" in notes[-1]
