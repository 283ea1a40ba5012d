"""A run in a process of its own that is killed at a point: `python -m tests.faults.killed FILE URL RUNS WHO POINT`.

Points are numbered from 1: just before and just after every call to the journal and to the world. WHO is agent (this
process, by SIGKILL) or browser (Chromium, by SIGKILL; the run goes on and has to notice). Without a POINT nothing is
killed; the number of points is printed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from cua.options import Options, SecretSource
from cua.session import open_run
from tests.fuse import Fuse

WATCHED = (("journal", ("begin", "intend", "append")), ("env", ("observe", "act", "settle")))


def kill_agent() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_browser() -> None:
    for pid in _below(os.getpid()):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"--remote-debugging" in command and b"--type=" not in command:
            os.kill(pid, signal.SIGKILL)


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _below(int(child))


def main() -> int:
    file, url, runs, *rest = sys.argv[1:]
    who, point = (rest[0], int(rest[1])) if rest else ("agent", 0)
    options = Options(url=url, secrets=(SecretSource("password", variable="DEPOT"),), yes=True, runs=Path(runs))
    fuse = Fuse(point, kill_agent if who == "agent" else kill_browser)
    with open_run(file, options) as session:
        for part, names in WATCHED:
            for name in names:
                fuse.around(getattr(session.agent, part), name)
        run = session.go()
    assert run.outcome is not None
    sys.stdout.write(f"{fuse.passed} {run.outcome.value} {run.why}\n")
    return run.outcome.exit_code


if __name__ == "__main__":
    sys.exit(main())
