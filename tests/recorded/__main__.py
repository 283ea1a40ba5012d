# ruff: noqa: T201 - a command that prints a table
"""Workflows recorded by OS-level input into a browser with a window, each replayed on fresh state.

    python -m tests.recorded [--times 20] [--only NAME,NAME] [--keep FOLDER] [--json FILE]

The applications are those of `tasks/`, of `tests.names.packages` and of `tests.widgets` (`npm ci`). Every workflow is
recorded once, by `cua record` attached to a Chromium on a screen of its own (Xvfb), with pointer and keys sent to the
X server (XTEST); then `cua run` replays its file, without a window, as often as asked, each time on an application that
was just started. A replay counts when it was proved and, by the application's own storage, right.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import statistics
import sys
import tempfile
from pathlib import Path

from tests.recorded.person import Lost
from tests.recorded.ride import Replay, record, replay
from tests.recorded.screen import Screen
from tests.recorded.workflows import WORKFLOWS, Workflow


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.recorded", description=__doc__.splitlines()[0])
    options.add_argument("--times", type=int, default=20, help="replays of each")
    options.add_argument("--only", default="", metavar="NAMES", help=", ".join(one.name for one in WORKFLOWS))
    options.add_argument("--keep", type=Path, default=None, help="a folder for the task files")
    options.add_argument("--json", type=Path, default=None, help="a file for the figures")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by the way that ends the browsers, too
    wanted = [one for one in WORKFLOWS if not given.only or one.name in given.only.split(",")]
    rows: list[dict[str, object]] = []
    print(f"{'workflow':10} {'application':17} {'steps':>5} {'proved':>8} {'median':>8}  shows", flush=True)
    for workflow in wanted:
        row = one(workflow, given.times, given.keep)
        rows.append(row)
        proved = f"{row['good']}/{row['times']}"
        print(
            f"{workflow.name:10} {workflow.app:17} {row['steps']:>5} {proved:>8} {row['ms']:>6} ms  {workflow.shows}",
            flush=True,
        )
        for why in dict.fromkeys(row["failures"] if isinstance(row["failures"], list) else ()):
            print(f"    {why}", flush=True)
    if given.json is not None:
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    good = [row for row in rows if row["good"] == row["times"] and row["steps"]]
    apps = len({str(row["app"]) for row in good})
    print(f"{len(good)} of {len(rows)} workflows, {apps} applications: every replay proved")
    return 0 if len(good) == len(rows) else 1


def one(workflow: Workflow, times: int, keep: Path | None) -> dict[str, object]:
    """The figures of one workflow."""
    failures: list[str] = []
    done: list[Replay] = []
    steps = 0
    with tempfile.TemporaryDirectory(prefix="recorded-") as home, Screen() as screen:
        try:
            file, said = record(workflow, screen, Path(home))
        except Lost as lost:
            failures.append(f"not recorded: {lost}")
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(home) / "lost.png", keep / f"{workflow.name}.png")
        else:
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            steps = text.partition("\nanchors:")[0].count("\n  - ")
            failures += [line for line in said.splitlines() if "HOLE" in line]
            if keep is not None and text:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / file.name).write_text(text, encoding="utf-8")
            done = [replay(workflow, file, Path(home) / "runs") for _ in range(times)] if text else []
            if not text:
                failures.append(said[-300:])
        failures += [f"{one.outcome}: {one.why} {one.wrong}"[:400] for one in done if not one.good]
    middle = round(statistics.median([one.ms for one in done])) if done else 0
    return {
        "workflow": workflow.name, "app": workflow.app, "shows": workflow.shows, "steps": steps, "times": times,
        "good": sum(one.good for one in done), "ms": middle, "failures": failures,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
