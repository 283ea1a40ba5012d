"""`python -m tests.rows [--rows 200] [--kills 2] [--seed 1] [--expires 3]`: a CSV of so many rows, some of them bad,
into the depot of `tasks/faulty`, killed (SIGKILL, browser and all) again and again while sessions expire. The depot's
own books count: every good row exactly once, every bad one reported with its reason. Exit code 1 where that is not so.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tasks.faulty.depot.server import Faulty
from tasks.faulty.oracle import Oracle

ROOT = Path(__file__).resolve().parents[2]
STOCK = Path(__file__).with_name("stock.yaml")
HEADER = ("name", "quantity", "category", "note")
CATEGORIES = ("Furniture", "Kitchen", "Lighting", "Office", "Tools")
BAD = (
    (("{name}", "many", "Tools", ""), '"quantity" has to be a whole number'),
    (("{name}", "7", "Toys", ""), '"category" has to be'),
    (("", "7", "Tools", ""), 'the cell of "name" is empty'),
    (("{name}", "7", "Tools", "a", "b"), "it has 5 cells, the header has 4"),
)
"""Cells, and what has to be said of them."""
EVERY = 13
"""One of so many rows is bad."""
LONG = 3600.0


@dataclass(frozen=True)
class Rows:
    """`good`: what has to be stored, by name; `bad`: what has to be said, by the number of the row."""

    cells: list[tuple[str, ...]]
    good: dict[str, tuple[int, str, str]]
    bad: dict[int, str]


def made(number: int, chance: Random) -> Rows:
    rows = Rows([], {}, {})
    for at in range(1, number + 1):
        name = f"Crate {at:03} {chance.choice(('oak', 'pine', 'steel, blue', 'felt “soft”'))}"
        if at % EVERY == 4:
            cells, said = BAD[at // EVERY % len(BAD)]
            rows.cells.append(tuple(cell.format(name=name) for cell in cells))
            rows.bad[at] = said
            continue
        quantity, category, note = chance.randint(1, 900), chance.choice(CATEGORIES), chance.choice(("", f"Shelf {at}"))
        rows.cells.append((name, str(quantity), category, note))
        rows.good[name] = (quantity, category, note)
    return rows


def wrong(rows: Rows, result: dict[str, Any], oracle: Oracle, before: set[str]) -> list[str]:
    """What is not as it has to be."""
    found = []
    stored = [row for row in oracle.tables().all("item") if str(row["name"]) not in before]
    times = Counter(str(row["name"]) for row in stored)
    found += [f"{name} was stored {times[name]} times" for name in rows.good if times[name] != 1]
    found += [f"{name} was stored and should not be" for name in times if name not in rows.good]
    for row in stored:
        want = rows.good.get(str(row["name"]))
        if want is not None and (row["quantity"], row["category"], row["note"]) != want:
            found.append(f"{row['name']} was stored as {row}")
    told = {end["row"]: end for end in result["rows"]}
    for number, said in rows.bad.items():
        if told[number]["outcome"] != "bad_row" or said not in told[number]["why"]:
            found.append(f"row {number}: {told[number]}")
    for number in range(1, len(rows.cells) + 1):
        if number not in rows.bad and told[number]["outcome"] != "reached":
            found.append(f"row {number}: {told[number]['outcome']}: {told[number]['why']}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rows", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--kills", type=int, default=2, help="evenly spread over the rows")
    parser.add_argument("--expires", type=int, default=3, help="how many sessions end in the middle")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance = Random(given.seed)
    rows = made(given.rows, chance)
    faults = [f"session-expires@{(2 * at + 1) * given.rows * 2 // given.expires + at}" for at in range(given.expires)]
    began = time.monotonic()
    with TemporaryDirectory(prefix="rows-") as scratch:
        data, oracle = Path(scratch) / "rows.csv", Oracle(Path(scratch))
        with data.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows.cells])
        with Faulty(Path(scratch), faults=faults, seed=given.seed) as running:
            before = {str(row["name"]) for row in oracle.tables().all("item")}
            for kill in range(1, given.kills + 1):
                at = len(rows.good) * kill // (given.kills + 1)
                _say(_killed(running, data, at, chance.random() * 3))
            code, out = _to_the_end(running, data)
            books, fired = running.books(), list(running.books()["fired"])
            result: dict[str, Any] = json.loads(out)
            problems = wrong(rows, result, oracle, before)
    _say(
        f"{given.rows} rows ({len(rows.good)} good, {len(rows.bad)} bad), {given.kills} kills, "
        f"{len(fired)} sessions expired: exit {code}, {result['why']}; stored {books['stored']}, "
        f"stored twice {books['stored_twice']}; {time.monotonic() - began:.0f} s"
    )
    problems += [] if code == 1 else [f"exit code {code}, not 1"]
    problems += [] if len(fired) == given.expires else [f"sessions expired: {fired}"]
    for problem in problems:
        _say(f"WRONG: {problem}")
    return 1 if problems or books["stored_twice"] else 0


def _command(running: Faulty, data: Path) -> list[str]:
    secret = f"password=DEPOT@{running.url.rstrip('/')}"
    given = ("--url", running.url, "--data", str(data), "--secret", secret, "--yes", "--json")
    return [sys.executable, "-m", "cua", "run", str(STOCK), *given, "--runs", str(data.parent / "runs")]


def _started(running: Faulty, data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _command(running, data),
        cwd=ROOT, env={**os.environ, "DEPOT": "secret"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def _killed(running: Faulty, data: Path, at: int, later: float) -> str:
    """Started, and killed `later` seconds after the depot holds so many more items."""
    process = _started(running, data)
    assert process.stderr is not None
    deadline = time.monotonic() + LONG
    while running.books()["stored"].get("item-new", 0) < at and process.poll() is None and time.monotonic() < deadline:
        ready, _, _ = select.select([process.stderr], [], [], 0.5)
        if ready:
            process.stderr.readline()
    select.select([], [], [], later)
    stored = running.books()["stored"].get("item-new", 0)
    with_all = process.poll() is None
    if with_all:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return f"killed with {stored} items stored" if with_all else f"ended by itself with {process.returncode}"


def _to_the_end(running: Faulty, data: Path) -> tuple[int, str]:
    process = _started(running, data)
    out, told = process.communicate(timeout=LONG)
    sys.stdout.write("".join(f"  {line}\n" for line in told.splitlines() if ": reached" not in line))
    return process.returncode, out


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
