"""One run of one task file under one fault, by the whole product, and what the application's own books say of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from cua.errors import Outcome
from cua.options import Options, SecretSource
from cua.run import Run
from cua.session import open_run
from tasks.faulty.depot.server import Faulty
from tasks.faulty.oracle import WISHES, Oracle, check
from tests.faults.variants import variant

FOLDER = Path(__file__).resolve().parents[2] / "tasks" / "faulty"
TASKS = tuple(sorted(WISHES))
NONE = "none"
"""The name of no fault at all."""
BUG = "bug"
"""The outcome of a run that ended in an exception that is no CuaError."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`time`: at which of its chances the fault fires, from 1. `variant`: of the agent (`variants`)."""

    fault: str
    task: str
    seed: int = 0
    time: int = 1
    variant: str = "whole"

    @property
    def armed(self) -> tuple[str, ...]:
        return () if self.fault == NONE else (f"{self.fault}@{self.time}",)

    def __str__(self) -> str:
        told = "" if self.variant == "whole" else f", {self.variant}"
        return f"{self.fault}@{self.time}, {self.task}, seed {self.seed}{told}"


@dataclass(frozen=True, slots=True)
class Ride:
    """`wrong` is the oracle's reason, "" where what is stored is just what was asked for; `late`: commits that were
    proved and had not been stored (it may have been noticed afterwards); `untold`: writes that were stored and that the
    run does not tell of; `untrue`: answers in the record that the books do not know."""

    cell: Cell
    outcome: str
    why: str
    fired: bool
    wrong: str
    stored: int
    twice: int
    late: int
    untold: tuple[str, ...]
    untrue: tuple[str, ...]
    seconds: float
    steps: int
    rollbacks: int

    @property
    def reached(self) -> bool:
        return self.outcome in (Outcome.REACHED, Outcome.ALREADY)

    @property
    def recovered(self) -> bool:
        return self.reached and not self.wrong and not self.twice

    @property
    def false_success(self) -> bool:
        return self.reached and not self.recovered

    @property
    def noticed(self) -> bool:
        """Nobody was told that it is done when it was not: it is done, or the run has said that it is not."""
        return self.recovered or (not self.reached and self.outcome != BUG)

    @property
    def true_effects(self) -> bool:
        return not self.untold and not self.untrue

    @property
    def spoiled(self) -> bool:
        """Something is stored that nobody asked for."""
        return self.wrong.startswith("Nobody asked for")

    @property
    def invites(self) -> bool:
        """Something was stored, and the outcome says that it is safe to simply run it again."""
        return self.outcome == Outcome.NOT_REACHED.value and self.stored > 0

    @property
    def word(self) -> str:
        """What became of it."""
        if self.recovered:
            return "recovered"
        if self.false_success:
            return "FALSE SUCCESS"
        return "invites a second run" if self.invites else self.outcome

    def __str__(self) -> str:
        return f"{self.cell}: {self.word}: {self.why}" + (f" [oracle: {self.wrong}]" if self.wrong else "")


def cells(kinds: Sequence[str], tasks: Sequence[str], seeds: Sequence[int], chances: Chances) -> Iterator[Cell]:
    """Every kind at a moment that the seed chooses among those that the task offers; none where it offers none."""
    for kind in kinds:
        for task in tasks:
            for seed in seeds:
                times = chances[task][kind]
                if times:
                    yield Cell(kind, task, seed, Random(f"{seed}/{task}/{kind}").randint(1, times))


Chances = dict[str, Counter[str]]
"""By task: how often each fault could have fired in a run without faults."""


def ride(cell: Cell) -> tuple[Ride, Counter[str]]:
    """Run it on a fresh instance; the second value is how often each fault could have fired."""
    with TemporaryDirectory(prefix="faulty-") as scratch:
        oracle = Oracle(Path(scratch))
        with Faulty(Path(scratch), faults=cell.armed, seed=cell.seed) as running:
            before = oracle.tables()
            began = time.monotonic()
            run, failure = _run(cell, running.url, Path(scratch) / "runs")
            seconds = time.monotonic() - began
            books = running.books()
            after = oracle.tables()
    ridden = _judged(cell, run, failure, books, check(cell.task, before, after) or "", round(seconds, 1))
    return ridden, Counter(books["chances"])


def _run(cell: Cell, url: str, runs: Path) -> tuple[Run | None, str]:
    options = Options(url=url, secrets=(SecretSource("password", value="secret"),), yes=True, runs=runs)
    with open_run(str(FOLDER / f"{cell.task}.yaml"), options) as session:
        try:
            with variant(cell.variant, session.agent):
                return session.go(), ""
        except Exception as bug:  # noqa: BLE001 - what is no CuaError is a bug of ours: one of the things looked for
            return None, f"{type(bug).__name__}: {str(bug).splitlines()[0] if str(bug) else ''}"


def _judged(cell: Cell, run: Run | None, failure: str, books: dict[str, Any], wrong: str, seconds: float) -> Ride:
    done = run.done if run is not None else ()
    stored = sum(books["stored"].values())
    proved = sum(one.step.commit and one.proved for one in done)
    untold, untrue = effects(run, books) if run is not None else ((), ())
    return Ride(
        cell=cell,
        outcome=run.outcome.value if run is not None and run.outcome is not None else BUG,
        why=" ".join((run.why if run is not None else failure).split()),
        fired=bool(books["fired"]),
        wrong=wrong,
        stored=stored,
        twice=books["stored_twice"],
        late=max(0, proved - stored),
        untold=untold,
        untrue=untrue,
        seconds=seconds,
        steps=len(done),
        rollbacks=len(run.rollbacks) if run is not None else 0,
    )


def effects(run: Run, books: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was stored and the run does not tell of, and the answers in its record that the books do not know.

    Where the goal was reached what its steps wrote is told; where not, only what is in the effects of the run.
    """
    told = [_told(effect.what) for done in run.done for effect in done.effects if effect.kind == "write"]
    left = told if reached(run) else [_told(effect.what) for effect in run.effects if effect.kind == "write"]
    paths = Counter(path for path, _ in left)
    given = {(entry["path"], str(answer)) for entry in books["requests"] for answer in _seen(entry["answer"])}
    stored: Counter[str] = Counter()
    for entry in books["requests"]:
        stored[entry["path"]] += entry["stored"]
    untold = tuple(path for path, count in stored.items() if count > paths[path])
    return untold, tuple(f"{path} {answer}" for path, answer in told if answer and (path, answer) not in given)


def reached(run: Run) -> bool:
    return run.outcome in (Outcome.REACHED, Outcome.ALREADY)


def _seen(answer: int | str) -> tuple[int | str, ...]:
    """How the browser may have seen what was answered: of a half answer the status came."""
    return (200,) if answer == "cut in half" else (answer,)


def _told(effect: str) -> tuple[str, str]:
    """Path and status of `POST URL answered 200`; no status in `POST URL without an answer`."""
    _, url, *rest = effect.split()
    return urlsplit(url).path, rest[-1] if rest[0] == "answered" else ""
