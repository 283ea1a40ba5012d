"""`python -m tests.closed [--seeds N] [--tasks A,B] [--without-map]`: how often a goal is reached when the way to it is
closed.

Exit code 1: a false success, or (with the map) fewer than 95% reached.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.closed.cases import TASKS, Came, came, cases, learned
from tests.closed.office import opened

LEAST = 0.95


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.closed", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many times each")
    parser.add_argument("--tasks", default="", help=f"of {', '.join(task.name for task in TASKS)}")
    parser.add_argument("--without-map", action="store_true", help="no earlier run has learned anything")
    given = parser.parse_args(arguments)
    wanted = set(filter(None, given.tasks.split(","))) or {task.name for task in TASKS}
    all_: list[Came] = []
    with TemporaryDirectory() as scratch, opened() as office:
        for task in TASKS:
            if task.name in wanted and not given.without_map:
                learned(office, task, Path(scratch) / task.name)
        for number, case in enumerate(case for case in cases(given.seeds) if case.task.name in wanted):
            known = Path(scratch) / (f"new-{number}" if given.without_map else case.task.name)
            known.mkdir(exist_ok=True)
            one = came(office, case, known, Path(scratch) / str(number))
            sys.stdout.write(f"{one}\n")
            sys.stdout.flush()
            all_.append(one)
    ways = [one for one in all_ if not one.case.trap]
    reached, false = sum(one.reached for one in ways), sum(one.false_success for one in all_)
    sys.stdout.write(f"\nreached {reached} of {len(ways)}; false successes {false} of {len(all_)}\n")
    return 1 if false or (reached < LEAST * len(ways) and not given.without_map) else 0


if __name__ == "__main__":
    sys.exit(main())
