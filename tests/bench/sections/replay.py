"""A workflow of 50 steps on Django's admin: replayed with every step verified, beside the same steps as Playwright's
codegen writes them, which check nothing, and beside browser-use's rerun of its own history of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from cua.errors import Outcome
from cua.options import Options, SecretSource
from cua.session import open_run
from envs.browser.find import find
from envs.browser.options import BrowserOptions
from tests.apps.servers import Server, start
from tests.bench.rerun import Failed, Recorder, Recording, Rerun, recorder
from tests.bench.rival import VERSION, Missing
from tests.bench.rounds import Times, interleaved, timed
from tests.bench.table import Table, times
from tests.bench.workflow import PASSWORD, Step, missed, workflow

NAME = "replay"
ABOUT = (
    "A workflow of 50 steps replayed by us, every step proved, beside Playwright's script of the same steps and "
    "browser-use's rerun of them."
)
STEPS, ROUNDS = 50, 7
SCRIPT_TARGET, RERUN_TARGET = "1.0 x", "1/5"
NOTES = (
    f"browser-use {VERSION}: `Agent.load_and_rerun` of the history that its own agent made of these steps, one action "
    "a step. `step_interval` and `delay_between_actions` are 0; all else is at its defaults but its extensions, which "
    "need a network. The summary by a model that ends it is answered at once by a stub.",
    "The waits that remain are written into its code: 0.23 s in each click, 0.06 s and 6 ms a character in each "
    "typing, a look every 0.05 s whether an opened page has loaded. Of its settings, nothing in a rerun reads "
    "`minimum_wait_page_load_time` and `wait_for_network_idle_page_load_time`, and `wait_between_actions` is for steps "
    "of several actions: so there is no second figure with these at 0.",
    "What the application has stored is compared after each rerun, as after ours and after the script.",
)


def run(quick: bool) -> Sequence[Table]:
    amount, rounds = (7, 1) if quick else (STEPS, ROUNDS)
    steps = workflow(amount)
    with TemporaryDirectory() as folder, _rival(quick, steps, Path(folder)) as rival:
        places = (Path(folder) / str(number) for number in count())

        def fresh(contender: Callable[[Sequence[Step], Path], float]) -> float:
            place = next(places)
            place.mkdir()
            return contender(steps, place)

        contenders = {"ours": partial(fresh, _ours), "codegen": partial(fresh, _codegen)}
        if isinstance(rival, Reruns):
            contenders["browser-use"] = partial(fresh, rival.once)
        found = interleaved(contenders, rounds + 1)
    for contender in found.values():
        del contender.ms[0]  # what is loaded and compiled once
    mine, script = found["ours"], found["codegen"]
    their, ratio, notes = (rival, "–", []) if isinstance(rival, str) else rival.told(mine)
    return (
        Table(
            ("beside", "it: ms, median (min)", "ours, verified: ms, median (min)", "ours / it", "target"),
            [
                ("codegen's script", script.said(), mine.said(), times(mine.median / script.median), SCRIPT_TARGET),
                ("browser-use's rerun, intervals at zero", their, mine.said(), ratio, RERUN_TARGET),
            ],
            f"{amount} steps, {rounds} rounds, each on fresh state, from starting the browser to its end",
            notes,
        ),
    )


def _checked(steps: Sequence[Step], server: Server, replayed: Callable[[], object]) -> tuple[float, str | None]:
    """Its ms, and what the application has stored else than it should, if anything."""
    before = server.oracle.tables()
    return timed(replayed), missed(steps, before, server.oracle.tables())


# ── ours and codegen's ───────────────────────────────────────────────────────────────────────────────────────────────


def _ours(steps: Sequence[Step], place: Path) -> float:
    with start("django-admin", place / "app") as server:
        file = place / "flow.yaml"
        lines = [f"  - {step.line}" for step in steps]
        head = ["cua: 1", "name: bench", "goal: Add groups", f'start: {{url: "{server.url}"}}', "secrets: [password]"]
        file.write_text("\n".join([*head, "steps:", *lines]))
        secrets = (SecretSource("password", value=PASSWORD),)
        options = Options(url=server.url, yes=True, secrets=secrets, runs=place / "runs")

        def replayed() -> None:
            with open_run(str(file), options) as session:
                run = session.go()
            assert run.outcome is Outcome.REACHED, run.why

        ms, wrong = _checked(steps, server, replayed)
        assert wrong is None, wrong
        return ms


def _codegen(steps: Sequence[Step], place: Path) -> float:
    with start("django-admin", place / "app") as server:

        def replayed() -> None:
            with sync_playwright() as playwright:
                executable = find(BrowserOptions(url=server.url), playwright)
                browser = playwright.chromium.launch(executable_path=str(executable), args=["--no-sandbox"])
                page = browser.new_context().new_page()
                page.goto(server.url)
                for step in steps:
                    step.call(page)
                browser.close()

        with ThreadPoolExecutor(1) as own:  # Playwright has one loop a thread, and may have one in this
            ms, wrong = _checked(steps, server, own.submit(replayed).result)
        assert wrong is None, wrong
        return ms


# ── browser-use's ────────────────────────────────────────────────────────────────────────────────────────────────────


class Reruns:
    """A recording run again, a round each: its time, or why there is none."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._rounds: list[Rerun | str] = []

    def once(self, steps: Sequence[Step], place: Path) -> float:
        with start("django-admin", place / "app") as server:
            before = server.oracle.tables()
            try:
                done: Rerun | str = self._recording.rerun(server.url)
            except (Failed, Missing) as why:
                done = str(why)
            else:
                wrong = missed(steps, before, server.oracle.tables())
                done = f"stored something else: {wrong}" if wrong else done
        self._rounds.append(done)
        return nan if isinstance(done, str) else done.ms

    def told(self, mine: Times) -> tuple[str, str, list[str]]:
        """Its cell, the ratio to ours, and what is to be said below; all of it without the first round."""
        rounds = self._rounds[1:]
        ended = [done for done in rounds if isinstance(done, Rerun)]
        failed = [done for done in rounds if isinstance(done, str)]
        theirs = Times([done.ms for done in ended])
        heads = Counter(why.partition(":")[0] for why in failed)
        cell = [theirs.said()] if ended else []
        cell += [f"{head} ({often} of {len(rounds)})" for head, often in heads.items()]
        retries = sum(done.retries for done in ended)
        tried = f"Steps that it tried again, each after 5 s or more: {retries} in {len(ended)} reruns."
        why_not = [f"Where it has no time: {why}" for why in dict.fromkeys(failed)]
        return "; ".join(cell), times(mine.median / theirs.median) if ended else "–", [*NOTES, tried, *why_not]


@contextmanager
def _rival(quick: bool, steps: Sequence[Step], folder: Path) -> Iterator[Reruns | str]:
    """What is measured of browser-use, or why nothing is."""
    if quick:
        yield "left out of the quick run"
        return
    with ExitStack() as stack:
        try:
            rival: Reruns | str = Reruns(_recorded(stack.enter_context(recorder()), steps, folder))
        except Missing as why:
            rival = f"left out: {why}"
        yield rival


def _recorded(own: Recorder, steps: Sequence[Step], folder: Path) -> Recording:
    with start("django-admin", folder / "recorded") as server:
        before = server.oracle.tables()
        recording = own.record(server.url, [step.act for step in steps], folder / "history.json")
        if wrong := missed(steps, before, server.oracle.tables()):
            raise Missing(f"recording the workflow with it stored something else: {wrong}")
    return recording
