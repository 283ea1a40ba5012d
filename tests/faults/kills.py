"""`python -m tests.faults.kills [--task restock-two] [--who agent,browser] [--every 1] [--first 1]`: killed at every
point and gone on with, against the depot and a real browser: every commit once, or the run says that it does not know.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.faulty.depot.server import Faulty
from tasks.faulty.oracle import Oracle, check
from tests.faults.ride import FOLDER

ROOT = Path(__file__).resolve().parents[2]
LONG = 180.0
"""Seconds after which a process is taken to hang."""
REACHED, UNCLEAR = 0, 5


@dataclass(frozen=True, slots=True)
class Kill:
    """`first` and `second`: exit codes of the killed process and of the one that went on (0 where none was needed);
    `wrong`: the oracle's reason; `twice`: commits that were stored twice."""

    who: str
    point: int
    first: int
    second: int
    wrong: str
    twice: int
    said: str

    @property
    def sound(self) -> bool:
        """Done and right, or honest."""
        return not self.twice and (self.second != REACHED or not self.wrong)

    def __str__(self) -> str:
        word = "reached" if self.second == REACHED else f"exit {self.second}"
        return f"{self.who} killed at {self.point}: {word}{'' if self.sound else ' WRONG'}: {self.said} {self.wrong}"


def kill(task: str, who: str, point: int) -> Kill:
    with TemporaryDirectory(prefix="killed-") as scratch:
        runs, oracle = Path(scratch) / "runs", Oracle(Path(scratch))
        with Faulty(Path(scratch)) as running:
            before = oracle.tables()
            file = str(FOLDER / f"{task}.yaml")
            first = _process("tests.faults.killed", file, running.url, str(runs), who, str(point))
            second, said = first.returncode, first.stdout + first.stderr
            if second != REACHED and (runs / "cua.sqlite").exists():
                secret = f"password=DEPOT@{running.url.rstrip('/')}"
                given = ("--secret", secret, "--yes", "--runs", str(runs), "--json")
                went_on = _process("cua", "resume", *given)
                second, said = went_on.returncode, went_on.stdout + went_on.stderr
            twice = running.books()["stored_twice"]
            wrong = check(task, before, oracle.tables()) or ""
    return Kill(who, point, first.returncode, second, wrong, twice, " ".join(said.split())[-160:])


def points(task: str) -> int:
    """How many there are in a run that nobody kills."""
    with TemporaryDirectory(prefix="killed-") as scratch, Faulty(Path(scratch)) as running:
        whole = _process("tests.faults.killed", str(FOLDER / f"{task}.yaml"), running.url, f"{scratch}/runs")
        return int(whole.stdout.split()[0])


def _process(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env={**os.environ, "DEPOT": "secret"}, capture_output=True, text=True, timeout=LONG, check=False,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kills", description=__doc__)
    parser.add_argument("--task", default="restock-two")
    parser.add_argument("--who", default="agent,browser")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    given = parser.parse_args(arguments)
    last = points(given.task)
    sys.stdout.write(f"{last} points\n")
    kills: list[Kill] = []
    for who in given.who.split(","):
        for point in range(given.first, last + 1, given.every):
            kills.append(kill(given.task, who, point))
            sys.stdout.write(f"{kills[-1]}\n")
            sys.stdout.flush()
    for who in given.who.split(","):
        mine = [one for one in kills if one.who == who]
        reached, unclear = (sum(one.second == end for one in mine) for end in (REACHED, UNCLEAR))
        wrong = sum(not one.sound for one in mine)
        sys.stdout.write(f"{who}: {len(mine)} kills, {reached} reached, {unclear} unclear, {wrong} wrong\n")
    return 1 if any(not one.sound for one in kills) else 0


if __name__ == "__main__":
    sys.exit(main())
