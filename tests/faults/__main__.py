"""`python -m tests.faults [--kinds A,B] [--tasks C,D] [--seeds 3] [--results FILE]`: what the agent makes of faults.

Each kind of fault fires once in each task, at a moment that the seed chooses. With `--results` every run is a line of
that file, and runs that are in it already are not done again. Exit code 1: a false success, a double commit, a bug.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tasks.faulty.depot.catalogue import FAULTS
from tests.faults.ride import BUG, NONE, TASKS, Cell, Chances, Ride, cells, ride
from tests.faults.table import reasons, side_by_side, table
from tests.faults.variants import VARIANTS


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--kinds", default=",".join(FAULTS), help="faults, with commas between; else all of them")
    parser.add_argument("--tasks", default=",".join(TASKS), help=f"of {', '.join(TASKS)}")
    parser.add_argument("--seeds", type=int, default=3, help="how many times each")
    parser.add_argument("--from", type=int, default=0, dest="start", help="the first seed")
    parser.add_argument("--variants", default="", help=f"of the agent, side by side: {', '.join(VARIANTS)}")
    parser.add_argument("--results", type=Path, help="a file of JSON lines to add to, and to go on from")
    given = parser.parse_args(arguments)
    kinds, tasks = _known(parser, given.kinds, FAULTS), _known(parser, given.tasks, TASKS)
    seeds = range(given.start, given.start + given.seeds)
    chances: Chances = {}
    for task in tasks:
        plain, chances[task] = ride(Cell(NONE, task))
        if not plain.recovered:
            _say(f"without any fault: {plain}")
            return 1
    todo = list(cells(kinds, tasks, seeds, chances))
    if given.variants:
        variants = _known(parser, given.variants, VARIANTS)
        every = [replace(cell, variant=one) for cell in todo for one in variants]
        _say(f"\n{side_by_side(_ride_all(every, given.results))}")
        return 0
    rides = list(_ride_all(todo, given.results))
    _say(f"\n{table(rides)}\n\n{reasons(rides)}")
    return 1 if any(one.false_success or one.twice or one.outcome == BUG for one in rides) else 0


def _known(parser: argparse.ArgumentParser, words: str, known: Collection[str]) -> list[str]:
    names = [name.strip() for name in words.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown:
        parser.error(f'there is no "{unknown[0]}"; there are: {", ".join(known)}')
    return names


def _ride_all(todo: Sequence[Cell], results: Path | None) -> list[Ride]:
    earlier = _read(results)
    rides = []
    for cell in todo:
        one = earlier.get(cell)
        if one is None:
            one, _ = ride(cell)
            _say(str(one))
            if results is not None:
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        rides.append(one)
    return rides


def _read(results: Path | None) -> dict[Cell, Ride]:
    if results is None or not results.exists():
        return {}
    rides = [_ride(json.loads(line)) for line in results.read_text(encoding="utf-8").splitlines()]
    return {one.cell: one for one in rides}


def _ride(line: dict[str, Any]) -> Ride:
    known = {"cell": Cell(**line["cell"]), "untold": tuple(line["untold"]), "untrue": tuple(line["untrue"])}
    return Ride(**{**line, **known})


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
