"""A run of many steps: the memory that it takes, and what a step costs after thousands of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from cua.agent import Agent
from cua.goal import Goal
from cua.journal import Journal, Request
from cua.judge import Judge
from cua.limits import Limits
from cua.policy import Grants, Policy
from cua.run import Run
from cua.step import Plan, Step
from cua.tracker import Tracker
from cua.tracker.memory import MapMemory
from cua.vault import Vault
from envs.action import Check, Type
from envs.fake import Fake, FakeSite, button, checkbox, heading, screen, textbox
from envs.geometry import Box
from envs.observation import Observation
from grounding.grounder import Grounder
from grounding.target import Target
from tests.bench.table import Table

NAME = "memory"
ABOUT = "A run of 10,000 steps on the fake environment: resident memory, and what a step costs early and late."
POINTS = (100, 1_000, 5_000, 10_000)
ORIGIN = "https://fake.test"
WINDOW = 100
"""Steps whose median is told."""


@dataclass(frozen=True)
class _Endless:
    """Fills in three fields again and again, in lines of 100 steps."""

    name: str = "endless"

    def plan(self, goal: Goal, now: Observation, run: Run) -> Plan:
        first = len(run.done)
        return Plan(tuple(_step(number) for number in range(first, first + 100)))


def _step(number: int) -> Step:
    words, turn = f"step {number}", number % 3
    if turn == 2:
        return Step(str(number), Check(number % 2 == 0), words, Target("Fragile"))
    return Step(str(number), Type(f"text {number}"), words, Target(("Name", "Note")[turn]))


class _Blind(Journal):
    """Keeps no pictures."""

    def keep(self, screen: Observation, secretive: Iterable[Box] = ()) -> str:
        return ""


def run(quick: bool) -> Sequence[Table]:
    points = (20, 40) if quick else POINTS
    table: list[tuple[str | int, ...]] = []
    for pictures in (False, True):
        with TemporaryDirectory() as folder:
            journal = (Journal if pictures else _Blind)(Path(folder))
            rows = _walked(journal, points)
        after = rows[0 if quick else 1][1]
        with_them = "yes" if pictures else "no"
        table += [(with_them, steps, f"{mib:.1f}", f"{mib / after:.3f} x", f"{ms:.2f}") for steps, mib, ms in rows]
    notes = (
        "the whole loop with journal, map and proofs; the world in memory, its log of what was done to it emptied",
        f"ms: processor time of a step, the median of the last {WINDOW}",
        "with pictures the allocator has taken what the thread that encodes them needs after about 2,000 steps",
    )
    head = ("pictures", "steps", "resident, MiB", "of that after 1,000", "ms a step")
    return (Table(head, table, "A long run", notes),)


def _walked(journal: Journal, points: Sequence[int]) -> list[tuple[int, float, float]]:
    form = screen("Form", heading("A form"), textbox("Name"), textbox("Note"), checkbox("Fragile"), button("Save"))
    env = Fake(FakeSite("form", {"form": form}))
    memory = MapMemory(journal, ORIGIN)
    tracker = Tracker(env, Judge(Grounder(), memory.called), memory, env.clock)
    limits = Limits(steps=10**9, seconds=10**9, clock=env.clock)
    agent = Agent(
        env, _Endless(), tracker, Policy(Grants(frozenset({ORIGIN})), Vault()), journal, limits, clock=env.clock
    )
    goal = Goal("fill it in")
    now, run = agent.begin(goal, journal.begin(goal, Request("bench", ORIGIN)), False)
    todo: tuple[Step, ...] = ()
    rows: list[tuple[int, float, float]] = []
    taken: list[float] = []
    for number in range(1, points[-1] + 1):
        since = time.thread_time()
        now, todo, run = agent.turn(goal, now, todo, run)
        journal.append(run)
        taken = [*taken[1 - WINDOW :], (time.thread_time() - since) * 1000]
        assert run.last is not None
        assert run.last.proved, run.last.verdict.why
        env.log.clear()
        if number in points:
            gc.collect()
            rows.append((number, _resident(), median(taken)))
    assert len(run.proved) == points[-1]
    memory.close()
    journal.close()
    return rows


def _resident() -> float:
    """MiB of this process that are in memory."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
