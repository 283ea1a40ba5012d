"""Going through rows: each is done once, gone on with, looked up, or left to a person; none of them stops the others.

What decides is the record of the row in the journal:
- none: it has its first run;
- reached: it is passed by;
- interrupted, waiting for approval, browser lost: its run is gone on with (`cua.resume` repeats no commit);
- unclear: its run is gone on with, which only looks whether it has happened. Where that stays open a person is asked
  before it is done anew; `--yes` is no answer to that;
- failed: done anew where the run left nothing behind; else a person is asked before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cua.errors import BadInput, Denied, Interrupted, NeedsApproval, Outcome
from cua.journal import Journal
from cua.options import Options
from cua.rows import batch as batches
from cua.rows.batch import Batch, Record
from cua.rows.plan import Planned
from cua.run import Json, Run
from cua.session import Around, Session, open_run, reopen
from cua.signing import entrance
from cua.task import Task

GOOD = frozenset({Outcome.REACHED, Outcome.ALREADY})
_GOES_ON = frozenset({None, Outcome.INTERRUPTED, Outcome.NEEDS_APPROVAL, Outcome.ENVIRONMENT})
_LOST = 2
"""So many rows one after the other for which there was no browser or no page end the batch."""
BAD_ROW = "bad_row"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class End:
    """What became of a row. `outcome` is that of its run, "bad_row" or "left" (not come to); `earlier`: it was so
    before this time."""

    number: int
    line: int
    outcome: str
    why: str = ""
    run: str | None = None
    earlier: bool = False
    extracted: Mapping[str, Json] = field(default_factory=dict)
    ms: float = 0.0

    @property
    def good(self) -> bool:
        return self.outcome in {one.value for one in GOOD}


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a batch: each of its rows, in order; `stopped` is why it did not come to the last one."""

    batch: str
    rows: tuple[End, ...]
    stopped: str = ""
    ms: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Rows in all, and how many of each outcome; "earlier": reached before this time."""
        found = Counter(end.outcome for end in self.rows)
        earlier = sum(end.earlier and end.good for end in self.rows)
        return {"rows": len(self.rows), "earlier": earlier, **dict(sorted(found.items()))}

    @property
    def outcome(self) -> Outcome:
        """That of its worst row: interrupted, then unclear, then what stopped it, then what failed.

        "already": every row was reached before this time."""
        found = {end.outcome for end in self.rows}
        for worst in (Outcome.INTERRUPTED, Outcome.UNCLEAR, Outcome.NEEDS_APPROVAL):
            if worst in found:
                return worst
        if Outcome.ENVIRONMENT in found and LEFT in found:
            return Outcome.ENVIRONMENT
        if self.stopped:
            return Outcome.INTERRUPTED
        if not all(end.good for end in self.rows):
            return Outcome.NOT_REACHED
        return Outcome.ALREADY if all(end.earlier for end in self.rows) else Outcome.REACHED


class Work:
    """The rows of a batch and how their runs are opened. `ran` gets each session that is ready: it runs it, and writes
    what is written about a run."""

    def __init__(
        self,
        journal: Journal,
        batch: Batch,
        options: Options,
        around: Around,
        ran: Callable[[Session], Run],
    ) -> None:
        self.journal = journal
        self.batch = batch
        self.options = options
        self.around = around
        self.ran = ran
        self.stopped = ""
        self._lost = 0

    def ends(self, rows: Sequence[Planned]) -> Iterator[End]:
        """The end of each row, as it comes. Raises BadInput for what is wrong with all of them, JournalBroken."""
        known = batches.records(self.journal, self.batch)
        for one in rows:
            end = End(one.row.number, one.row.line, BAD_ROW, one.problem)
            if not one.problem:
                end = self._row(one, known.get(one.key))
            yield end
            self._lost = self._lost + 1 if end.outcome == Outcome.ENVIRONMENT else 0
            if end.outcome in (Outcome.INTERRUPTED, Outcome.NEEDS_APPROVAL) or self._lost == _LOST:
                self.stopped = self.stopped or end.why

    def _row(self, one: Planned, record: Record | None) -> End:
        known = _told(one, record)
        if record is not None and record.outcome in GOOD:
            return known
        if self.stopped:
            return known if record is not None and record.outcome is not None else replace(known, outcome=LEFT)
        try:
            self.around.interrupts.check()
            return self._done(one, record)
        except Interrupted as end:
            self.stopped = str(end)
            return replace(known, outcome=Outcome.INTERRUPTED.value, why=str(end))
        except (NeedsApproval, Denied) as end:
            return replace(known, outcome=end.outcome.value, why=str(end))

    def _done(self, one: Planned, record: Record | None) -> End:
        if record is None:
            return self._anew(one)
        run = self._read(record)
        if run is None:
            return self._asked(one, record.outcome or Outcome.UNCLEAR, f"its run {record.run} is not kept any more")
        if record.outcome in _GOES_ON or record.outcome is Outcome.UNCLEAR:
            end = self._opened(one, lambda around: reopen(record.run, self.options, around))
            if end.outcome == Outcome.UNCLEAR and record.outcome is Outcome.UNCLEAR:
                return self._asked(one, Outcome.UNCLEAR, end.why, record)
            return end
        behind = left_behind(run)
        if behind:
            return self._asked(one, Outcome.NOT_REACHED, f"{record.why} (it left behind: {behind})", record)
        return self._anew(one)

    def _asked(self, one: Planned, outcome: Outcome, why: str, record: Record | None = None) -> End:
        """Done anew where the person says so."""
        question = f"Row {one.row.number}: {why}. Look at the application. Do this row anew from its beginning?"
        if self.around.asker is not None and self.around.asker.approve(question):
            return self._anew(one)
        told = record.outcome if record is not None and record.outcome is not None else outcome
        run = record.run if record is not None else None
        return End(one.row.number, one.row.line, told.value, why, run, earlier=True)

    def _anew(self, one: Planned) -> End:
        options = replace(self.options, params=dict(one.values))
        try:
            task = Task.of(self.batch.request.what, options)
        except BadInput as error:
            return End(one.row.number, one.row.line, BAD_ROW, str(error))
        return self._opened(one, lambda around: open_run(task, options, around))

    def _opened(self, one: Planned, open_: Callable[[Around], Session]) -> End:
        around = replace(self.around, row=(self.batch.id, one.key, one.row.number))
        with open_(around) as session:
            run = self.ran(session)
        outcome = run.outcome or Outcome.INTERRUPTED
        extracted = dict(run.extracted)
        return End(one.row.number, one.row.line, outcome.value, run.why, run.id, extracted=extracted, ms=run.ms)

    def _read(self, record: Record) -> Run | None:
        try:
            return self.journal.load(record.run)[0]
        except BadInput:
            return None


def left_behind(run: Run) -> str:
    """What a run that failed has done to the application, in words; "" where that is nothing.

    What was written to sign in is nothing; any other write counts, whether or not the file calls it a commit."""
    committed = [done.step.words for done in run.done if done.step.commit and done.proved]
    doubt = [done.step.words for done in run.done if done.step.commit and run.in_doubt(done.step.id)]
    signing_in = {done.step.id for done in entrance(run)}
    proved = (done for done in run.done if done.proved and done.step.id not in signing_in)
    wrote = [effect for done in proved for effect in done.effects if effect.kind == "write" and not effect.undone]
    told = (f"{one.kind}: {one.what}" for one in (*run.effects, *wrote))
    return "; ".join(dict.fromkeys((*committed, *doubt, *told)))


def _told(one: Planned, record: Record | None) -> End:
    if record is None:
        return End(one.row.number, one.row.line, LEFT)
    outcome = record.outcome.value if record.outcome is not None else Outcome.INTERRUPTED.value
    return End(one.row.number, one.row.line, outcome, record.why, record.run, earlier=True)
