"""Running to the end: what `cua run` and `cua resume` share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cua import folders
from cua.cli.ending import bug, details_of, out, say
from cua.cli.given import PROMOTE
from cua.cli.steady import Steady
from cua.cli.terminal import OneByOne, PauseOnFailure, needs, terminal
from cua.errors import BadInput, Outcome
from cua.healing import promote, proposals
from cua.interrupt import Interrupts
from cua.policy import Rule
from cua.progress import Progress, Several, on
from cua.report import as_json as result_json
from cua.report import junit, write
from cua.report.events import JsonEvents
from cua.run import Run
from cua.session import Around, Session
from cua.tracker.chart import names
from cua.vault import Vault
from envs.errors import CuaError

Open = Callable[[Around], Session]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the run is told, beside the journal and its report."""

    runs: Path
    as_json: bool = False
    junit: Path | None = None
    events: Path | None = None
    step: bool = False
    pause_on_failure: bool = False
    promote: int = PROMOTE


def conduct(open_: Open, outputs: Outputs) -> int:
    """Opens the run, runs it, writes its report; the exit code. Raises CuaError where no run came about."""
    vault = Vault()
    try:
        with Interrupts() as interrupts, ExitStack() as stack:
            shown = on(Steady(sys.stderr), report=lambda run: folders.report_of(outputs.runs, run.id))
            progress, rules = told(outputs, interrupts, stack, shown)
            stack.push(lambda kind, *_: still(progress) if kind is not None else None)
            asker = terminal(progress, interrupts)
            session = stack.enter_context(open_(mending(Around(asker, progress, interrupts, rules), outputs, progress)))
            vault = session.journal.vault
            run = session.go()
            for note in session.memory.notes:
                say(note)
            for line in of_healing(run, session, outputs):
                say(line)
            written = wrote(run, session, outputs)
            if outputs.as_json:
                out(result_json(run))
    except (CuaError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - a bug of ours: it is saved with the secrets masked, and said in one line
        return bug(vault.mask(details_of(error)), outputs.runs, as_json=outputs.as_json)
    code = (run.outcome or Outcome.INTERRUPTED).exit_code
    return code if written or code else Outcome.ENVIRONMENT.exit_code


def told(
    outputs: Outputs, interrupts: Interrupts, stack: ExitStack, shown: Progress
) -> tuple[Progress, tuple[Rule, ...]]:
    """Who is told of the run beside what is shown, and the rules that the person at the terminal adds."""
    parts: list[Progress] = []
    rules: list[Rule] = []
    if outputs.junit is not None and outputs.junit.is_dir():
        raise BadInput("--junit needs the name of a file; this is a folder", file=outputs.junit)
    if outputs.events is not None:
        try:
            parts.append(JsonEvents(stack.enter_context(outputs.events.open("w", encoding="utf-8"))))
        except OSError as error:
            raise BadInput(f"--events: the file cannot be written: {error.strerror}", file=outputs.events) from None
    if outputs.step:
        rules.append(OneByOne(needs(terminal(shown, interrupts), "--step")))
    return Several(shown, *parts), tuple(rules)


def mending(around: Around, outputs: Outputs, shown: Progress) -> Around:
    """With somebody who is asked where a step has failed, if that is wanted. Raises BadInput."""
    if not outputs.pause_on_failure:
        return around
    pause = PauseOnFailure(needs(terminal(shown, around.interrupts), "--pause-on-failure"), around.interrupts)
    return replace(around, mender=pause, browser=pause.seeing(around.browser))


def of_healing(run: Run, session: Session, outputs: Outputs) -> list[str]:
    """What is to be said of targets that are called otherwise now."""
    written = promote(run, session.request, session.journal, outputs.promote)
    if written:
        return written
    found = proposals(run)
    told = [f'line {one.line}: "{one.old}" was not there; "{one.new}" is what it was' for one in found]
    return [*told, f"`cua heal {run.id} --apply` writes it into the file"] if found else []


def still(progress: Progress) -> None:
    """Nothing is drawn any more: an error is about to be told."""
    progress.paused().__enter__()


def wrote(run: Run, session: Session, outputs: Outputs) -> bool:
    """Writes report and JUnit file; whether both are there."""
    journal = session.journal
    began = started(session, run)
    try:
        report = folders.report_of(outputs.runs, run.id)
        write(run, journal.picture, report, states=names(journal), started=began)
        if outputs.junit is not None:
            junit.write(run, outputs.junit, started=began)
    except OSError as error:
        say(f"the report of run {run.id} cannot be written: {error}")
        return False
    return True


def started(session: Session, run: Run) -> datetime | None:
    """When the run began."""
    row = session.journal.db.execute("select started from runs where id = ?", (run.id,)).fetchone()
    return datetime.fromtimestamp(row[0], UTC) if row else None
