"""A whole verified step of the agent beside Playwright's bare call, on equal pages in one browser, turn by turn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import cast

from playwright.sync_api import Page

from cua.interrupt import Interruptible
from cua.journal import Journal
from cua.options import Options
from cua.policy import Policy
from cua.proof import Proof
from cua.run import Run
from cua.session import Session, open_run
from cua.step import Step
from cua.tracker import Tracker
from cua.tracker.memory import MapMemory
from envs.browser import Browser, aim, kept
from envs.browser.looking import Looking
from envs.browser.picture import Exposure
from envs.browser.settle import Settler
from envs.observation import Observation
from grounding.grounder import Grounder
from tests.bench.pages import cards, served
from tests.bench.rounds import Times, interleaved, timed
from tests.bench.stopwatch import Part, Stopwatch
from tests.bench.table import Table, times

NAME = "step"
ABOUT = "A whole verified step (journal, pictures and proof as by default) beside Playwright's bare click and fill."
ELEMENTS, ROUNDS = 1000, 200
WARM = 5
"""Steps that come before and are not counted."""
TARGETS = {"click": 1.0, "fill": 2.0}
"""The most a step may take, as a multiple of the bare call's median (issue 3)."""


def _everywhere(function: Callable[..., object]) -> tuple[Part, ...]:
    """The modules of the browser that have imported it."""
    name = function.__name__
    modules = [module for path, module in list(sys.modules.items()) if path.startswith("envs.browser.")]
    return tuple((module, name) for module in modules if getattr(module, name, None) is function)


PARTS: dict[str, tuple[Part, ...]] = {
    "look": ((Looking, "_look"),),
    "elements made": ((kept.Run, "_made"),),
    "ground": ((Grounder, "ground"),),
    "policy": ((Policy, "decide"),),
    "intend": ((Journal, "intend"),),
    "picture": ((Journal, "keep"), (Exposure, "frame"), (Exposure, "finish")),
    "aim": _everywhere(aim.take),
    "dispatch": ((Browser, "act"),),
    "settle": ((Browser, "settle"), (Settler, "rest"), (Settler, "rested"), (Settler, "change")),
    "proof": ((Proof, "__call__"), (Proof, "verdict"), (Tracker, "proof")),
    "state": ((Tracker, "shown"), (Tracker, "arrive"), (Tracker, "confirm"), (MapMemory, "flush")),
    "record": ((Journal, "append"),),
}


def run(quick: bool) -> Sequence[Table]:
    elements, rounds = (100, 3) if quick else (ELEMENTS, ROUNDS)
    rows: list[tuple[str | float, ...]] = []
    spent: dict[str, dict[str, float]] = {}
    with served() as url:
        for verb in TARGETS:
            watch = Stopwatch()
            with watch.watching(PARTS):
                bare, ours = _measured(verb, f"{url}{elements}", cards(elements), rounds, watch)
            ratio = ours.median / bare.median
            rows.append((verb, bare.said(), ours.said(), times(ratio), f"{TARGETS[verb]:.1f} x"))
            rests = [ms - sum(parts) for ms, *parts in zip(ours.ms, *watch.laps.values(), strict=True)]
            spent[verb] = {part: median(laps) for part, laps in {**watch.laps, "the rest": rests}.items()}
    return (
        Table(
            ("", "Playwright's bare call: ms, median (min)", "our whole step: ms, median (min)", "ratio", "target"),
            rows,
            f"{rounds} verified steps on a page of {elements:,} elements",
        ),
        Table(
            ("", *(f"{verb}: ms a step" for verb in TARGETS)),
            [(part, *(spent[verb][part] for verb in TARGETS)) for part in (*PARTS, "the rest")],
            "Where the time of our step goes (medians of each part)",
        ),
    )


def _measured(verb: str, url: str, on: int, rounds: int, watch: Stopwatch) -> tuple[Times, Times]:
    lines = [_line(number, on) for number in range(WARM + rounds)]
    with _session(verb, url, lines) as walk, walk.beside(url) as page:
        turn = iter(lines)

        def bare() -> float:
            name, text = next(turn)
            role, name = ("button", f"Open item {name}") if verb == "click" else ("textbox", f"Note {name}")
            found = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
            return timed(found.click if verb == "click" else lambda: found.fill(text))

        def ours() -> float:
            counted = watch.running = walk.steps >= WARM
            taken = timed(walk.step)
            watch.running = False
            if counted:
                watch.lap()
            return taken

        found = interleaved({"bare": bare, "ours": ours}, WARM + rounds)
        walk.check()
    return tuple(Times(found[name].ms[WARM:]) for name in ("bare", "ours"))  # type: ignore[return-value]


@dataclass(slots=True)
class _Walk:
    """A session that is taken step by step: the body of `Agent.run`'s loop, so that something else may run between."""

    session: Session
    run: Run
    now: Observation
    todo: tuple[Step, ...] = ()
    steps: int = 0

    def step(self) -> None:
        agent = self.session.agent
        self.now, self.todo, self.run = agent.turn(self.session.task.goal, self.now, self.todo, self.run)
        agent.journal.append(self.run)
        self.steps += 1

    def check(self) -> None:
        """Every step was proved, or the figures would tell of something else."""
        for done in self.run.done:
            assert done.proved, f"{done.step.words}: {done.verdict.why}"

    @contextmanager
    def beside(self, url: str) -> Iterator[Page]:
        """A plain page of Playwright's in the same browser, without anything of ours in it."""
        world = cast(Browser, cast(Interruptible, self.session.agent.env).inner)
        here = world.active.page
        chromium = here.context.browser
        assert chromium is not None
        context = chromium.new_context(viewport=here.viewport_size)
        try:
            page = context.new_page()
            page.goto(url)
            yield page
        finally:
            context.close()


@contextmanager
def _session(verb: str, url: str, steps: Sequence[tuple[str, str]]) -> Iterator[_Walk]:
    say: Callable[[str, str], str] = (
        (lambda name, text: f"  - click: Open item {name}")
        if verb == "click"
        else (lambda name, text: f'  - type: {{into: Note {name}, text: "{text}"}}')
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "flow.yaml"
        lines = (say(*step) for step in steps)
        file.write_text(
            "\n".join(["cua: 1", "name: bench", "goal: Bench", f'start: {{url: "{url}"}}', "steps:", *lines])
        )
        with open_run(str(file), Options(url=url, runs=Path(folder) / "runs")) as session:
            agent, goal = session.agent, session.task.goal
            now, run = agent.begin(goal, agent.journal.begin(goal, session.request), False)
            yield _Walk(session, run, now)


def _line(number: int, of: int) -> tuple[str, str]:
    """Which card the step of this number is about, in an order that jumps, and the text that it types."""
    return str(1 + number * 7 % of), f"text {number}"
