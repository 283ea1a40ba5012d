"""How a run is going, told while it goes: live on a terminal, a line a step in a pipe. stdout is left to results."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol, TextIO

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from cua.report import words
from cua.report.words import Standing, Tone
from cua.run import Done, Rollback, Run
from cua.step import Plan, Step
from cua.visible import stripped

Where = Callable[[Run], Path | None]
"""Where the report of a run will be; None when there will be none."""

_STYLES = {Tone.GOOD: "green", Tone.WARN: "yellow", Tone.BAD: "red"}
_ASCII = {"✓": "+", "↩": "<", "✗": "x", "·": "-", "…": "...", "→": "->"}


class Progress(Protocol):
    """What the loop calls: began; then planned, trying, proved or failed, rolled_back, again and again; finished.

    `proved` or `failed` comes once for a step that was tried, `rolled_back` after the failed step it belongs to.
    """

    def began(self, run: Run) -> None:
        """The run starts, or goes on (`run.done` is not empty)."""

    def planned(self, plan: Plan) -> None: ...

    def trying(self, step: Step) -> None: ...

    def proved(self, done: Done) -> None: ...

    def failed(self, done: Done) -> None: ...

    def rolled_back(self, rollback: Rollback) -> None: ...

    def finished(self, run: Run) -> None: ...

    def paused(self) -> AbstractContextManager[None]:
        """While it lasts nothing is drawn, so that a question can be put to the person at the terminal."""
        ...


def _nowhere(run: Run) -> Path | None:
    return None


def on(stream: TextIO, *, report: Where = _nowhere, env: dict[str, str] | None = None) -> Progress:
    """Progress for this stream (stderr): live on a terminal that can, plain lines everywhere else.

    NO_COLOR (no-color.org) takes the colours away, TERM=dumb the liveliness. `env` is the environment, os.environ
    where it is None.
    """
    env = dict(os.environ) if env is None else env
    if stream.isatty() and env.get("TERM", "").lower() not in {"", "dumb", "unknown"}:
        return Terminal(Console(file=stream, no_color=bool(env.get("NO_COLOR")), highlight=False), report=report)
    return Plain(stream, report=report)


class Silent:
    """Tells nothing."""

    def began(self, run: Run) -> None: ...

    def planned(self, plan: Plan) -> None: ...

    def trying(self, step: Step) -> None: ...

    def proved(self, done: Done) -> None: ...

    def failed(self, done: Done) -> None: ...

    def rolled_back(self, rollback: Rollback) -> None: ...

    def finished(self, run: Run) -> None: ...

    def paused(self) -> AbstractContextManager[None]:
        return nullcontext()


class Several:
    """Tells all of them, in their order."""

    def __init__(self, *parts: Progress) -> None:
        self.parts: Sequence[Progress] = parts

    def began(self, run: Run) -> None:
        for part in self.parts:
            part.began(run)

    def planned(self, plan: Plan) -> None:
        for part in self.parts:
            part.planned(plan)

    def trying(self, step: Step) -> None:
        for part in self.parts:
            part.trying(step)

    def proved(self, done: Done) -> None:
        for part in self.parts:
            part.proved(done)

    def failed(self, done: Done) -> None:
        for part in self.parts:
            part.failed(done)

    def rolled_back(self, rollback: Rollback) -> None:
        for part in self.parts:
            part.rolled_back(rollback)

    def finished(self, run: Run) -> None:
        for part in self.parts:
            part.finished(run)

    @contextmanager
    def paused(self) -> Iterator[None]:
        with ExitStack() as all_of_them:
            for part in self.parts:
                all_of_them.enter_context(part.paused())
            yield


class Plain:
    """One line an event that matters, without any control character: for pipes, logs and dumb terminals."""

    def __init__(self, out: TextIO, *, report: Where = _nowhere) -> None:
        self._out = out
        self._report = report
        self._number = 0

    def began(self, run: Run) -> None:
        self._number = len(run.done)
        again = f" (going on after {words.count(self._number, 'step')})" if run.done else ""
        self._line(f"run {run.id}: {run.goal.words}{again}")

    def planned(self, plan: Plan) -> None: ...

    def trying(self, step: Step) -> None: ...

    def proved(self, done: Done) -> None:
        self._step(done)

    def failed(self, done: Done) -> None:
        self._step(done)

    def rolled_back(self, rollback: Rollback) -> None:
        self._line(f"rollback: {words.rollback(rollback)} ({words.duration(rollback.ms)})")

    def finished(self, run: Run) -> None:
        self._line(f"{words.outcome(run)}: {run.why}" if run.why else words.outcome(run))
        for effect in run.effects:
            self._line(f"left behind: {effect.kind}: {effect.what}")
        if advice := words.advice(run):
            self._line(advice)
        if path := self._report(run):
            self._line(f"report: {path}")

    def paused(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _step(self, done: Done) -> None:
        self._number += 1
        facts = [words.percent(done.found.confidence)] if done.found and done.found.confidence else []
        facts.append(words.duration(done.ms))
        self._line(f"step {self._number}: {done.step.words} ({', '.join(facts)}): {words.verdict(done)}")

    def _line(self, text: str) -> None:
        line = stripped(text)
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        self._out.write(line.encode(encoding, "replace").decode(encoding, "replace") + "\n")
        self._out.flush()


class Terminal:
    """A line a step that stays, and below it the step that is being tried, with a spinner and the time it has taken."""

    def __init__(self, console: Console, *, report: Where = _nowhere) -> None:
        self._console = console
        self._report = report
        self._number = 0
        self._live: Live | None = None
        self._trying: _Trying | None = None
        self._fits = not console.legacy_windows and console.encoding.lower().startswith("utf")

    def began(self, run: Run) -> None:
        self._number = len(run.done)
        self._console.print(self._text(run.goal.words, "bold"), soft_wrap=False)
        if run.done:
            self._console.print(self._text(f"Going on after {words.count(self._number, 'step')}.", "dim"))
        self._console.print()

    def planned(self, plan: Plan) -> None: ...

    def trying(self, step: Step) -> None:
        self._stop()
        self._trying = _Trying(self._console, self._number + 1, stripped(step.words), fits=self._fits)
        self._start()

    def proved(self, done: Done) -> None:
        self._step(done, Standing.of(done))

    def failed(self, done: Done) -> None:
        self._step(done, Standing.UNDONE if done.undone else Standing.FAILED)

    def rolled_back(self, rollback: Rollback) -> None:
        self._end()
        mark = "↩" if rollback.ok else "✗"
        style = "yellow" if rollback.ok else "red"
        self._console.print(_row(self._text(mark, style), self._text(words.rollback(rollback), style), rollback.ms))

    def finished(self, run: Run) -> None:
        self._end()
        style = _STYLES[words.tone(run)]
        proved = sum(done.proved for done in run.done)
        counts = (
            f"{proved} of {words.count(len(run.done), 'step')} proved, {words.count(len(run.rollbacks), 'rollback')}"
        )
        lines = [self._text(words.sentence(run.why))] if run.why else []
        lines += [self._text(f"left behind: {effect.kind}: {effect.what}", "yellow") for effect in run.effects]
        lines.append(self._text(f"{counts}, {words.duration(run.ms)}", "dim"))
        if advice := words.advice(run):
            lines.append(self._text(advice, "bold"))
        title = self._text(words.outcome(run), f"bold {style}")
        self._console.print()
        self._console.print(Panel(Group(*lines), title=title, title_align="left", border_style=style, padding=(0, 1)))
        if path := self._report(run):
            # Below the panel and never wrapped, so that it can be clicked and copied whole.
            self._console.print(self._text(f"Report: {path}"), soft_wrap=True)

    @contextmanager
    def paused(self) -> Iterator[None]:
        self._stop()
        try:
            yield
        finally:
            self._start()

    def _step(self, done: Done, standing: Standing) -> None:
        self._end()
        self._number += 1
        style = _STYLES[standing.tone]
        label = Text.assemble((f"{self._number:>3} ", "dim"), self._text(done.step.words))
        sure = words.percent(done.found.confidence) if done.found and done.found.confidence else ""
        self._console.print(_row(self._text(standing.mark, style), label, done.ms, sure))
        if not done.verdict.holds:
            self._console.print(Padding(self._text(words.verdict(done), style), (0, 0, 0, 6)))

    def _text(self, text: str, style: str = "") -> Text:
        """Never markup: what a page says is shown, not obeyed."""
        line = stripped(text)
        if not self._fits:
            line = "".join(_ASCII.get(char, char) for char in line)
            line = line.encode(self._console.encoding, "replace").decode(self._console.encoding)
        return Text(line, style=style)

    def _start(self) -> None:
        if self._trying is not None and self._live is None:
            self._live = Live(
                self._trying, console=self._console, refresh_per_second=10, transient=True, redirect_stdout=False
            )
            atexit.register(self._stop)  # a bug that ends the program must not leave the cursor hidden
            self._live.start()

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None
            atexit.unregister(self._stop)

    def _end(self) -> None:
        self._stop()
        self._trying = None


class _Trying:
    """The line of the current step: it moves, and it counts the seconds."""

    def __init__(self, console: Console, number: int, text: str, *, fits: bool) -> None:
        self._clock = console.get_time
        self._began = self._clock()
        self._spinner = Spinner("dots" if fits else "line", style="cyan")
        self._label = Text.assemble((f"{number:>3} ", "dim"), text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        now = self._clock()
        yield _row(self._spinner.render(now), self._label, (now - self._began) * 1000)


def _row(mark: object, label: Text, ms: float, sure: str = "") -> Table:
    """mark, label, how sure, time: one line, the label cut where it does not fit."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1, no_wrap=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True, style="dim", width=4)
    table.add_column(justify="right", no_wrap=True, style="dim", min_width=7)
    table.add_row(mark, label, sure, words.duration(ms))  # type: ignore[arg-type]
    return table
