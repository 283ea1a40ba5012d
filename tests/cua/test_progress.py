"""Progress: what a person sees on a terminal, what a log file holds, and that no page can write to either."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from cua.errors import Outcome
from cua.progress import Plain, Progress, Several, Silent, Terminal, on
from cua.report.events import JsonEvents
from cua.run import Done, Effect, Rollback, Run
from cua.step import Plan, Step
from cua.verdict import Verdict
from tests.cua.report.story import Shelf, story

STORY = story(Shelf())


@pytest.fixture
def run() -> Run:
    return STORY


def tell(progress: Progress, run: Run) -> None:
    """Calls what the loop would call for this run."""
    progress.began(replace(run, done=(), outcome=None))
    backs = list(run.rollbacks)
    for done in run.done:
        progress.planned(Plan((done.step,)))
        progress.trying(done.step)
        (progress.proved if done.proved else progress.failed)(done)
        if done.undone and backs:
            progress.rolled_back(backs.pop(0))
    progress.finished(run)


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def terminal(width: int = 80, encoding: str = "utf-8", *, colour: bool = False) -> tuple[Terminal, io.StringIO]:
    out = Tty()
    console = Console(file=out, width=width, height=40, force_terminal=True, no_color=not colour, highlight=False)
    console._environ = {}
    return Terminal(console, report=lambda run: Path("/runs/run-1/report.html")), out


def shown(out: io.StringIO) -> list[str]:
    """The lines that stay on the screen: what a live line drew and erased is left out."""
    text = re.sub(r"\x1b\[\?25[lh]", "", out.getvalue())
    kept: list[str] = []
    for line in re.sub(r"\x1b\[1A", "", text).split("\n"):
        last = re.split(r"\x1b\[2K", line.replace("\r", ""))[-1]
        kept.append(re.sub(r"\x1b\[[0-9;]*m", "", last).rstrip())
    return kept


def test_a_pipe_gets_a_line_a_step(run: Run) -> None:
    out = io.StringIO()
    tell(Plain(out, report=lambda run: Path("/runs/run-1/report.html")), run)
    lines = out.getvalue().splitlines()
    assert lines[0] == "run run-1: Add the group Editors"
    assert lines[2] == 'step 2: type "admin" into Username (99%, 64 ms): proved: the field holds "admin"'
    assert lines[5].startswith("step 5: click Add near Groups (71%, 2.0 s): not proved: ")
    assert lines[6] == "rollback: went back through the browser's history (311 ms)"
    assert lines[-3:] == [
        'Goal reached: the text "Editors" is there',
        "left behind: write: POST /admin/jsi18n/ answered 204",
        "report: /runs/run-1/report.html",
    ]
    assert len(lines) == 1 + len(run.done) + 1 + 3


def test_a_terminal_shows_marks_and_the_verdict(run: Run) -> None:
    progress, out = terminal()
    tell(progress, run)
    lines = [line for line in shown(out) if line]
    assert all(len(line) <= 80 for line in lines[:-1])
    text = "\n".join(lines)
    assert re.search(r'^✓   2 type "admin" into Username +99% +64 ms$', text, re.MULTILINE)
    assert re.search(r"^↩   5 click Add near Groups +71% +2.0 s$", text, re.MULTILINE)
    assert '      not proved: no text "Add group" within 10 s' in lines
    assert "Goal reached" in text
    assert "8 of 9 steps proved, 1 rollback, 4.9 s" in text
    assert lines[-1] == "Report: /runs/run-1/report.html"


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_long_words_are_cut_and_never_wrapped(run: Run, width: int) -> None:
    progress, out = terminal(width)
    step = replace(run.done[0].step, words="open " + "x" * 500)
    progress.began(replace(run, done=()))
    progress.proved(replace(run.done[0], step=step))
    line = next(line for line in shown(out) if line.startswith("✓"))
    assert len(line) <= width
    assert line.endswith("412 ms")


def test_the_terminal_without_colour_has_none(run: Run) -> None:
    out = Tty()
    progress = on(out, env={"TERM": "xterm-256color", "NO_COLOR": "1"})
    assert isinstance(progress, Terminal)
    tell(progress, run)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", out.getvalue())


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_dumb_terminal_gets_plain_lines(term: str) -> None:
    assert isinstance(on(Tty(), env={"TERM": term}), Plain)


def test_a_pipe_is_no_terminal() -> None:
    assert isinstance(on(io.StringIO(), env={"TERM": "xterm"}), Plain)


def test_an_ascii_pipe_gets_ascii(run: Run) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    tell(Plain(out), replace(run, why="“é”"))
    assert b"Goal reached: ???" in raw.getvalue()


def test_an_ascii_terminal_gets_ascii_marks(run: Run) -> None:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding="ascii"), width=80, force_terminal=True, no_color=True)
    tell(Terminal(console), run)
    console.file.flush()
    assert b"+" in raw.getvalue()


HOSTILE = st.one_of(
    st.sampled_from(
        ["\x1b[2J\x1b[H", "\x1b]0;pwned\x07", "\x9b31m", "\u202eevil", "[red]x[/red]", "[link=http://x]y", "\r\n\x08"]
    ),
    st.text(alphabet="\x1b\x9b[]0;mJH\x07\\\u202e\u2066\r\n\x08\x00ab"),
    st.text(),
)


@settings(deadline=None, max_examples=60)
@given(HOSTILE)
def test_no_page_writes_to_the_terminal(hostile: str) -> None:
    base = STORY

    def told(word: str) -> Run:
        step = replace(base.done[0].step, words="words" + word)
        done = replace(base.done[4], step=step, verdict=Verdict.no("no" + word), effects=(Effect("write", "e" + word),))
        back = replace(base.rollbacks[0], route="route" + word, step=step.id)
        goal = replace(base.goal, words="goal" + word)
        return replace(base, id="id" + word, goal=goal, done=(done,), rollbacks=(back,), why="why" + word)

    for make in (lambda out: Plain(out), lambda out: Terminal(Console(file=out, width=4000, no_color=True))):
        plain, out = io.StringIO(), io.StringIO()
        tell(make(plain), told(""))
        tell(make(out), told(hostile))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out.getvalue())
        assert out.getvalue().count("\n") == plain.getvalue().count("\n")


def test_markup_is_text(run: Run) -> None:
    progress, out = terminal()
    progress.finished(replace(run, why="[bold]x[/bold] :smile:"))
    assert "[bold]x[/bold] :smile:" in out.getvalue()


def test_nothing_is_drawn_while_it_is_paused(run: Run) -> None:
    progress, out = terminal()
    progress.began(replace(run, done=()))
    progress.trying(run.done[0].step)
    with progress.paused():
        drawn = out.getvalue()
        assert drawn.count("\x1b[?25l") == drawn.count("\x1b[?25h") == 1
    assert out.getvalue().count("\x1b[?25l") == 2
    progress.proved(run.done[0])
    with progress.paused():
        pass
    assert out.getvalue().count("\x1b[?25l") == out.getvalue().count("\x1b[?25h") == 2


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_every_outcome_is_told(run: Run, outcome: Outcome | None) -> None:
    progress, out = terminal()
    progress.finished(replace(run, outcome=outcome, done=()))
    assert "0 of 0 steps proved" in out.getvalue()


class Heard:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def began(self, run: Run) -> None:
        self.calls.append("began")

    def planned(self, plan: Plan) -> None:
        self.calls.append("planned")

    def trying(self, step: Step) -> None:
        self.calls.append("trying")

    def proved(self, done: Done) -> None:
        self.calls.append("proved")

    def failed(self, done: Done) -> None:
        self.calls.append("failed")

    def rolled_back(self, rollback: Rollback) -> None:
        self.calls.append("rolled_back")

    def finished(self, run: Run) -> None:
        self.calls.append("finished")

    def paused(self) -> AbstractContextManager[None]:
        @contextmanager
        def pause() -> Iterator[None]:
            self.calls.append("paused")
            yield
            self.calls.append("on")

        return pause()


def test_several_are_told_the_same(run: Run) -> None:
    one, other = Heard(), Heard()
    both: Progress = Several(one, Silent(), JsonEvents(io.StringIO()), other)
    tell(both, run)
    with both.paused():
        pass
    assert one.calls == other.calls
    assert one.calls[:4] == ["began", "planned", "trying", "proved"]
    assert one.calls[-3:] == ["finished", "paused", "on"]
    assert one.calls.count("failed") == one.calls.count("rolled_back") == 1
