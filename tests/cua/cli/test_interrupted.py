"""Stopped by a signal, or killed: the run ends in good order, nothing stays behind, and resuming does nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cua.cli.conftest import ADD, Cua
from tests.cua.cli.site import Site

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]

WAITING = ADD.rpartition("done:")[0] + "  - click: Gate\n  - wait: {text: The gate is open, within: 40}\n"


def until(holds: Callable[[], bool], seconds: float = 25.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def started(events: Path, step: str) -> bool:
    """Whether this step is being tried."""
    lines = events.read_text().splitlines() if events.exists() else []
    told = [json.loads(line) for line in lines if line.endswith("}")]
    return any(one["event"] == "step_started" and one["step"] == step for one in told)


def left(mark: str) -> list[str]:
    """The processes that carry this mark in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "comm").read_text().strip())
        except OSError:
            continue
    return found


def stopped_while_waiting(cua: Cua, site: Site, number: signal.Signals) -> subprocess.CompletedProcess[str]:
    flow = cua.file("f.yaml", WAITING)
    events = cua.folder / "e.jsonl"
    mark = f"mark-{os.getpid()}-{number.name}"
    process = cua.start("run", flow, "--url", site.url, "--yes", "--json", "--events", events, MARK=mark)
    until(lambda: started(events, "4"))
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    until(lambda: not left(mark), 10)
    return subprocess.CompletedProcess([], process.returncode, out, err)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_run_in_good_order(cua: Cua, site: Site, number: signal.Signals) -> None:
    ended = stopped_while_waiting(cua, site, number)
    result = json.loads(ended.stdout)
    assert (ended.returncode, result["outcome"]) == (130, "interrupted"), ended.stderr
    assert f"cua resume {result['run']}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(result["steps"]) >= 3
    site.open = True
    again = cua("resume", result["run"], "--json")
    assert (again.code, again.result["outcome"]) == (0, "reached"), again.err
    assert site.saved == ["Milk"]


def test_a_killed_run_is_gone_on_with(cua: Cua, site: Site) -> None:
    ended = stopped_while_waiting(cua, site, signal.SIGKILL)
    assert ended.returncode == -signal.SIGKILL
    assert json.loads(cua("show", "--list", "--json").out)[0]["outcome"] is None
    site.open = True
    again = cua("resume", "--json")
    assert (again.code, again.result["outcome"]) == (0, "reached"), again.err
    assert site.saved == ["Milk"]


def test_what_was_sent_is_proved_before_the_run_ends(cua: Cua, site: Site, flow: Path) -> None:
    site.delay = 1.5
    events = cua.folder / "e.jsonl"
    process = cua.start("run", flow, "--url", site.url, "--yes", "--json", "--events", events)
    until(lambda: bool(site.saved))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    result = json.loads(out)
    assert result["outcome"] in {"interrupted", "reached"}, err
    assert [step["verified"] for step in result["steps"]] == [True, True]
    site.delay = 0
    if result["outcome"] == "interrupted":
        assert cua("resume", "--json").result["outcome"] == "reached"
    assert site.saved == ["Milk"]


def test_a_file_that_has_changed_asks_again(cua: Cua, site: Site, flow: Path) -> None:
    run = cua("run", flow, "--url", site.url, "--json").result["run"]
    flow.write_text(ADD.replace("goal: Add", "goal: Now add"))
    ended = cua("resume", run, "--json")
    assert (ended.code, ended.result["outcome"]) == (3, "needs_approval")
    assert "add.yaml has changed" in ended.err
    assert site.saved == []
    assert cua("resume", run, "--yes").code == 0
    assert site.saved == ["Milk"]


def test_a_secret_is_read_again_on_resume(cua: Cua, site: Site) -> None:
    words = 'Click "Sign in", log in as ada with password hunter2hunter2, open Home, type Milk into Name and click Save'
    first = cua("run", words, "--url", site.url, "--json")
    assert first.code == 3, first.err
    run = first.result["run"]
    ended = cua("resume", run, "--yes", "--json")
    assert (ended.code, ended.result["outcome"]) == (2, "not_reached")
    assert "--secret password=ENV_VARIABLE@" in ended.err
    assert len(site.entered) == 1
    again = cua("resume", run, "--yes", "--secret", "password=PW", PW="hunter2hunter2")
    assert again.code == 0, again.err
    assert (site.entered, site.saved) == (["hunter2hunter2"] * 2, ["Milk"])
