"""`--data`: one verified run a row, told in a line each; again after a crash, with what has not been done."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from cua.cli.conduct import Outputs, mending, still, told, wrote
from cua.cli.ending import bug, details_of, out, say, tell
from cua.cli.steady import Steady
from cua.cli.terminal import terminal
from cua.errors import BadInput, NeedsApproval, Outcome
from cua.interrupt import Interrupts
from cua.journal import Journal, Request
from cua.options import Options
from cua.progress import Silent
from cua.report import batch as report
from cua.rows import batch as batches
from cua.rows.batch import Batch
from cua.rows.files import read
from cua.rows.plan import Planned, planned
from cua.rows.work import BAD_ROW, GOOD, End, Ended, Work
from cua.rows.world import Browsers
from cua.run import Run
from cua.session import Around, Asker, Session, as_before, request_of
from cua.step import Step
from cua.task import is_file
from cua.taskfile.load import load
from cua.vault import Vault
from cua.visible import stripped
from envs.errors import CuaError


def run_rows(what: str, data: Path, options: Options, outputs: Outputs, *, again: bool) -> int:
    """`cua run WHAT --data FILE`; the exit code. Raises CuaError for what is wrong with all of it."""
    if not is_file(what):
        raise BadInput("--data is for task files; this is an instruction")
    if options.start_at != 1:
        raise BadInput("--from is for one run; with --data each row begins at the first step")
    return _conduct(Path(what), data, options, outputs, again=again)


def resume_rows(wanted: str, options: Options, outputs: Outputs) -> int:
    """`cua resume BATCH`; the exit code."""
    journal = Journal(outputs.runs)
    try:
        batch = batches.named(journal, wanted)
    finally:
        journal.close()
    known = as_before(batch.request, options)
    return _conduct(Path(batch.request.what), Path(batch.data), known, outputs, batch=batch)


def batch_meant(wanted: str | None, folder: Path) -> str | None:
    """The batch that `cua resume` was asked for: by its name, or as that of the newest run."""
    if wanted is not None:
        return wanted if wanted.startswith(batches.PREFIX) else None
    if not (folder / "cua.sqlite").exists():
        return None
    journal = Journal(folder)
    try:
        return batches.of_newest(journal)
    finally:
        journal.close()


def _conduct(
    path: Path, data: Path, options: Options, outputs: Outputs, *, again: bool = False, batch: Batch | None = None
) -> int:
    file = load(path)
    rows = planned(read(data), file, options.params)
    if options.url is None and not file.starts:
        raise BadInput("the file does not say where to start; name it with --url", file=path)
    if outputs.junit is not None and outputs.junit.is_dir():
        raise BadInput("--junit needs the name of a file; this is a folder", file=outputs.junit)
    request = request_of(str(path.resolve()), options.url, file.digest, options)
    request = replace(request, options={**(request.options or {}), "data": str(data.resolve())})
    vault = Vault()
    try:
        with Interrupts() as interrupts, ExitStack() as stack:
            shown = RowLine(Steady(sys.stderr), len(rows))
            progress, rules = told(replace(outputs, junit=None), interrupts, stack, shown)
            stack.push(lambda kind, *_: still(progress) if kind is not None else None)
            asker = terminal(progress, interrupts)
            journal = Journal(outputs.runs)
            stack.callback(journal.close)
            browsers = Browsers()
            stack.callback(browsers.close)
            batch = _taken(journal, batch, request, rows, options, asker, again=again)
            stack.enter_context(batches.owned(journal, batch))

            def ran(session: Session) -> Run:
                nonlocal vault
                vault = session.journal.vault
                run = session.go()
                for note in session.memory.notes:
                    say(note)
                wrote(run, session, replace(outputs, junit=None))
                if run.outcome is Outcome.ENVIRONMENT:
                    browsers.close()  # the next row has a new one
                return run

            around = Around(asker, progress, interrupts, rules, browser=browsers.open)
            around = mending(around, outputs, progress)
            ended = _gone_through(Work(journal, batch, options, around, ran), rows, shown)
    except (CuaError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - a bug of ours: it is saved with the secrets masked, and said in one line
        return bug(vault.mask(details_of(error)), outputs.runs, as_json=outputs.as_json)
    return _told_all(ended, file.name, outputs)


def _taken(
    journal: Journal,
    batch: Batch | None,
    request: Request,
    rows: Sequence[Planned],
    options: Options,
    asker: Asker | None,
    *,
    again: bool,
) -> Batch:
    """The batch to go on with, or a new one. Raises NeedsApproval where a person has to say yes first."""
    batch = batch or batches.find(journal, request, rows)
    if batch is None:
        return batches.begin(journal, request, rows)
    known = batches.records(journal, batch)
    if again:
        open_ = sum(record.outcome in (None, Outcome.UNCLEAR) for record in known.values())
        if open_:
            what = f"of batch {batch.id} {open_} of the rows are not finished, or it is not known what became of them"
            otherwise = f"{what}: look at the application; only a person at a terminal can say yes"
            _granted(False, asker, f"{what}. Begin all rows anew?", otherwise)
        return batches.begin(journal, request, rows, batch)
    if batch.digest != request.digest:
        what = f"{Path(request.what).name} has changed since batch {batch.id} began"
        otherwise = f"{what}: look at it, then run this again with --yes"
        _granted(options.yes, asker, f"{what}. Go on with it as it is now?", otherwise)
    keys = {one.key for one in rows}
    gone = [record for key, record in known.items() if key not in keys]
    fresh = [one for one in rows if one.key not in known and not one.problem]
    if gone and fresh:
        what = (
            f"rows that were run before are not in {batch.data} any more ({len(gone)}), and others are new "
            f"({len(fresh)}, the first is row {fresh[0].row.number}): they may be the same ones, changed"
        )
        _granted(options.yes, asker, f"{what}. Run the new ones?", f"{what}; to run the new ones, say --yes")
    batches.adopt(journal, batch, request, rows)
    reached = sum(known[one.key].outcome in GOOD for one in rows if one.key in known)
    say(f"going on with batch {batch.id}: {reached} of {len(rows)} rows were reached before")
    return batch


def _granted(yes: bool, asker: Asker | None, question: str, otherwise: str) -> None:
    if not (yes or (asker is not None and asker.approve(question))):
        raise NeedsApproval(otherwise)


def _gone_through(work: Work, rows: Sequence[Planned], shown: RowLine) -> Ended:
    began = time.monotonic()
    ends: list[End] = []
    for end in work.ends(rows):
        shown.ended(end)
        ends.append(end)
    return Ended(work.batch.id, tuple(ends), work.stopped, (time.monotonic() - began) * 1000)


def _told_all(ended: Ended, name: str, outputs: Outputs) -> int:
    for line in report.table(ended):
        tell(line)
    if ended.outcome is Outcome.ALREADY:
        say("nothing was left to do; to do every row again, say --again")
    elif all(end.good or end.outcome == BAD_ROW for end in ended.rows) and ended.outcome.exit_code:
        say("mend the bad rows and say the same again: what was reached is passed by")
    elif ended.outcome.exit_code:
        say(f"to go on: cua resume {ended.batch}")
    code = ended.outcome.exit_code
    if outputs.junit is not None:
        try:
            report.junit(ended, name, outputs.junit)
        except OSError as error:
            say(f"the JUnit file cannot be written: {error}")
            code = code or Outcome.ENVIRONMENT.exit_code
    if outputs.as_json:
        out(report.as_json(ended))
    return code


class RowLine(Silent):
    """A line a row that has ended; on a terminal, below them, the row and step that is under way."""

    def __init__(self, stream: Steady, total: int) -> None:
        self._stream = stream
        self._total = total
        self._number = 0
        self._goal = ""
        self._live = stream.isatty() and os.environ.get("TERM", "").lower() not in {"", "dumb", "unknown"}
        self._open = False

    def began(self, run: Run) -> None:
        self._goal = run.goal.words

    def trying(self, step: Step) -> None:
        self._under_way(f"row {self._number + 1} of {self._total}: {step.words}")

    def ended(self, end: End) -> None:
        """This row is over."""
        self._clear()
        self._number = end.number
        if not (end.earlier and end.good):
            self._stream.write(report.line(end, self._goal if end.ms else "", self._total) + "\n")

    @contextmanager
    def paused(self) -> Iterator[None]:
        self._clear()
        yield

    def _under_way(self, words: str) -> None:
        if self._live:
            width = max(20, shutil.get_terminal_size().columns - 1)
            self._stream.write(f"\r\x1b[2K{stripped(words)[:width]}")
            self._open = True

    def _clear(self) -> None:
        if self._open:
            self._stream.write("\r\x1b[2K")
            self._open = False
