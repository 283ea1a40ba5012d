"""The journal: what was meant, before each act, and what came of it, on disk. One SQLite file (WAL) for all runs.

Intents are written with synchronous=FULL before anything is dispatched: a run that was killed can tell what may have
happened. Everything that is written passes the vault's mask first. Pictures are files named by lot (ADR 6).
"""

from __future__ import annotations

import sqlite3
import time
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cua.codec import Unreadable, decode, encode
from cua.errors import BadInput, Outcome
from cua.gallery import Gallery
from cua.goal import Goal
from cua.owner import alive, owner
from cua.run import Done, Rollback, Run
from cua.sealed import seal, unseal
from cua.step import Step
from cua.tables import MIGRATIONS, SCHEMA, VERSION
from cua.vault import Vault
from cua.witness import Witness
from envs.errors import CuaError, EnvError
from envs.geometry import Box
from envs.observation import Element, Observation

_ENDED = frozenset({Outcome.REACHED, Outcome.ALREADY})
"""Outcomes after which a run is not gone on with."""


class JournalBroken(CuaError):
    """The journal cannot be read or written (disk full, read-only, damaged); nothing is done without it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What `cua resume` needs to ask the same again: the task file or instruction, its options; never a secret's
    value."""

    what: str
    url: str | None = None
    params: Mapping[str, str] | None = None
    digest: str = ""
    """Of the task file: a changed file asks again."""
    options: Mapping[str, Any] | None = None
    row: tuple[str, str, int] | None = None
    """Of a batch (`cua.rows`): its id, the key of the row, its number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of runs."""

    id: str
    started: float
    words: str
    outcome: Outcome | None
    why: str


class Journal:
    """Opens or makes the journal in this folder. Raises JournalBroken in one line."""

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self.folder = folder
        self.vault = vault or Vault()
        self._last_kept: tuple[Callable[[], Observation | None], str, tuple[Box, ...]] = (_nothing, "", ())
        self._exposed: tuple[Observation, str, tuple[Box, ...]] | None = None
        """The screen whose picture is still to be taken, its name and what to black out."""
        with told(folder):
            self._pictures = Gallery(folder / "pictures")
            self._witness = Witness(folder / "commits")
            self._db = sqlite3.connect(folder / "cua.sqlite", isolation_level=None, timeout=10)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = full")
            self._db.execute("pragma foreign_keys = on")
            self._migrate()

    def _migrate(self) -> None:
        if self._version() == VERSION:
            return
        self._db.execute("begin immediate")
        try:
            version = self._version()  # another process may have been faster
            steps = [SCHEMA] if version == 0 else [MIGRATIONS[v] for v in range(version, VERSION)]
            for statement in "".join(steps).split(";"):
                self._db.execute(statement)
            self._db.execute(f"pragma user_version = {VERSION}")
            self._db.execute("commit")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("rollback")
            raise

    def _version(self) -> int:
        version: int = self._db.execute("pragma user_version").fetchone()[0]
        if version > VERSION:
            raise JournalBroken(f"{self.folder} was written by a newer version of this program")
        return version

    def close(self) -> None:
        try:
            with told(self.folder):
                self._pictures.close()
        finally:
            self._db.close()

    @property
    def db(self) -> sqlite3.Connection:
        """For the application map, which lives in the same file."""
        return self._db

    def begin(self, goal: Goal, request: Request) -> Run:
        """A new run, owned by this process."""
        run = Run(new_id(), self.vault.masked(goal))
        with told(self.folder), self._db:
            self._db.execute("begin immediate")
            if request.row is not None:
                self._db.execute(
                    "insert or replace into batch_rows (batch, row, number, run) values (?, ?, ?, ?)",
                    (*request.row, run.id),
                )
            self._db.execute(
                "insert into runs (id, started, request, goal, owner) values (?, ?, ?, ?, ?)",
                (
                    run.id,
                    time.time(),
                    seal(request_fields(self.vault.masked(request))),
                    seal(encode(run.goal)),
                    owner(),
                ),
            )
        return run

    def intend(self, run: Run, step: Step, found: Element | None) -> None:
        """On disk before the act. Raises JournalBroken: no act without a durable intent."""
        intent = {"step": encode(self.vault.masked(step)), "found": str(found) if found else None}
        self._owned(run)
        with told(self.folder):
            witnessed = self._witness.intend(run.id, len(run.done), intent) if step.commit else None
            try:
                self._db.execute(
                    "insert or replace into intents values (?, ?, ?, ?)",
                    (run.id, len(run.done), seal(intent), time.time()),
                )
            except sqlite3.Error:
                if witnessed is not None:
                    self._witness.withdraw(run.id, witnessed)
                raise

    def append(self, run: Run) -> None:
        """The last thing that was done, and the run's outcome once it has one.

        A step that was proved and left nothing behind waits for no disk: should the power fail before the next intent
        takes it along, its own intent is there without a record, and whoever resumes treats it as in doubt. Everything
        else is on disk by now.
        """
        last = run.last
        light = last is not None and last.proved and not (last.step.commit or last.effects) and run.outcome is None
        with told(self.folder):
            self._db.execute(f"pragma synchronous = {'normal' if light else 'full'}")
            try:
                with self._db:
                    self._append(run)
            finally:
                self._db.execute("pragma synchronous = full")
            if not light:
                self.develop()
                self._pictures.flush()
            if run.outcome in _ENDED:
                self._witness.forget(run.id)

    def _append(self, run: Run) -> None:
        self._db.execute("begin immediate")
        self._owned(run)
        if run.done:
            last = run.done[-1]
            self._db.execute(
                "insert or replace into steps values (?, ?, ?)",
                (run.id, len(run.done) - 1, seal(encode(self.vault.masked(last)))),
            )
        if run.rollbacks:
            self._db.execute(
                "insert or replace into rollbacks values (?, ?, ?)",
                (run.id, len(run.rollbacks) - 1, seal(encode(self.vault.masked(run.rollbacks[-1])))),
            )
        if run.outcome is not None:
            why = self.vault.mask(run.why)
            row = (run.outcome.value, why, run.ms, run.id)
            self._db.execute("update runs set outcome = ?, why = ?, ms = ?, owner = '' where id = ?", row)
            self._db.execute(
                "update batch_rows set outcome = ?, why = ? where run = ?", (run.outcome.value, why, run.id)
            )

    def keep(self, screen: Observation, secretive: Iterable[Box] = ()) -> str:
        """Keep the picture of this screen, secrets and `secretive` (px of its elements) blacked out; its name, "" where
        the world has no pixels.

        One that is on its way is waited for by `develop` only, any other taken at once: a moment later the page may
        show something else, and secrets elsewhere. It is encoded and written beside the run, and is there when a step
        has failed or the run ended.
        """
        last, name, before = self._last_kept
        earlier = last()
        if earlier is screen:
            return name
        hidden = (*self.vault.hidden(screen), *secretive)
        self.develop(hidden)
        if not screen.pictured:
            return ""
        # The picture may be a little older than the look: what was hidden in the last one is hidden where it was, too.
        moved = () if earlier is None or earlier.document != screen.document else before
        name = self._pictures.name()
        self._last_kept = (weakref.ref(screen), name, hidden)
        self._exposed = (screen, name, (*hidden, *moved))
        if not screen.pending():
            self.develop()
        return name

    def develop(self, also: Iterable[Box] = ()) -> None:
        """Take the picture that is still to be taken: before anything is done to the world. One that its world does
        not give any more stays away. `also`: what is to be hidden by now, should it be younger than its look."""
        exposed, self._exposed = self._exposed, None
        if exposed is None:
            return
        screen, name, mask = exposed
        try:
            frame = screen.frame()
        except (LookupError, EnvError):
            return
        with told(self.folder):
            self._pictures.add(name, frame, tuple(dict.fromkeys((*mask, *also))))

    def shows(self, picture: str) -> str:
        """The same for pictures (names) of this run that show the same."""
        self.develop()
        return self._pictures.shows(picture)

    def picture(self, name: str) -> bytes:
        """The bytes of a kept picture. Raises KeyError when it was cleaned away."""
        self.develop()
        with told(self.folder):
            return self._pictures.read(name)

    def load(self, wanted: str | None = None) -> tuple[Run, Request]:
        """A run by its id or the beginning of it; None is the newest. Raises BadInput, JournalBroken."""
        with told(self.folder):
            like = "%" if wanted is None else wanted.replace("%", "").replace("_", "") + "%"
            rows = self._db.execute(
                "select id, request, goal, outcome, why, ms from runs where id like ? order by started desc limit 2",
                (like,),
            ).fetchall()
            exact = [row for row in rows if row[0] == wanted]
            if not rows:
                raise BadInput(f"no run {wanted!r} in {self.folder}" if wanted else f"no runs in {self.folder} yet")
            if len(rows) > 1 and wanted is not None and not exact:
                raise BadInput(f"{wanted!r} is the beginning of several runs: {rows[0][0]}, {rows[1][0]}")
            row = exact[0] if exact else rows[0]
            with _readable(f"the record of run {row[0]} in {self.folder}"):
                return self._read(*row)

    def _read(self, run: str, request: str, goal: str, outcome: str | None, why: str, ms: float) -> tuple[Run, Request]:
        steps = self._db.execute("select seq, done from steps where run = ? order by seq", (run,)).fetchall()
        backs = self._db.execute("select seq, rollback from rollbacks where run = ? order by seq", (run,)).fetchall()
        rollbacks: tuple[Rollback, ...] = tuple(decode(unseal(text)) for (_, text) in backs)
        done: tuple[Done, ...] = tuple(decode(unseal(text)) for (_, text) in steps)
        if [seq for seq, _ in steps] != list(range(len(steps))):
            raise Unreadable("a step of it is missing")
        return (
            Run(
                run,
                decode(unseal(goal)),
                _with_losses(done, rollbacks),
                rollbacks,
                Outcome(outcome) if outcome else None,
                why,
                ms,
            ),
            Request(**unseal(request)),
        )

    def earlier(self, run: Run, request: Request) -> Iterator[Run]:
        """The runs of the same task file, as it is now, that were begun before this one; the latest first."""
        if not request.digest:
            return
        with told(self.folder):
            rows = self._db.execute(
                "select id, request, goal, outcome, why, ms from runs where id != ? and instr(request, ?) > 0 and "
                "started <= (select started from runs where id = ?) order by started desc",
                (run.id, request.digest, run.id),
            ).fetchall()
        for row in rows:
            with told(self.folder), _readable(f"the record of run {row[0]} in {self.folder}"):
                found, asked = self._read(*row)
            if (asked.what, asked.digest) == (request.what, request.digest):
                yield found

    def unclear(self, run: Run) -> Step | None:
        """The step that was intended last and has no record: it may or may not have been done."""
        with told(self.folder), _readable(f"what run {run.id} in {self.folder} intended last"):
            row = self._db.execute(
                "select step from intents where run = ? and seq >= ? order by seq desc limit 1", (run.id, len(run.done))
            ).fetchone()
            intent = self._witness.last(run.id, len(run.done)) or (unseal(row[0]) if row is not None else None)
            step: Step | None = decode(intent["step"]) if intent is not None else None
            return step

    def take_over(self, run: Run) -> Run:
        """Own a run that is to be resumed. Raises BadInput when a living process owns it."""
        with told(self.folder), self._db:
            (sound,) = self._db.execute("pragma quick_check(1)").fetchone()
            if sound != "ok":
                raise JournalBroken(f"the journal in {self.folder} is damaged: {' '.join(sound.split())}")
            self._db.execute("begin immediate")
            row = self._db.execute("select owner from runs where id = ?", (run.id,)).fetchone()
            if row is None:
                raise JournalBroken(f"run {run.id} is not in {self.folder} any more")
            (before,) = row
            if before and before != owner() and alive(before):
                raise BadInput(f"run {run.id} is being run by process {before.split('@')[0]}")
            self._db.execute("update runs set owner = ?, outcome = null, why = '' where id = ?", (owner(), run.id))
            self._db.execute("update batch_rows set outcome = null where run = ?", (run.id,))
        return replace(run, outcome=None, why="", resumed=run.resumed + 1)

    def _owned(self, run: Run) -> None:
        row = self._db.execute("select owner from runs where id = ?", (run.id,)).fetchone()
        if row is not None and row[0] != owner():
            raise JournalBroken(f"run {run.id} was taken over by another process ({row[0] or 'finished'})")

    def entries(self, limit: int = 50) -> tuple[Entry, ...]:
        """The newest runs first."""
        with told(self.folder):
            rows = self._db.execute(
                "select id, started, goal, outcome, why from runs order by started desc limit ?", (limit,)
            ).fetchall()
        with _readable(f"the list of runs in {self.folder}"):
            return tuple(
                Entry(run, started, decode(unseal(goal)).words, Outcome(outcome) if outcome else None, why)
                for run, started, goal, outcome, why in rows
            )

    def clean(self, older: float) -> int:
        """Forget runs that began more than `older` seconds ago, and pictures nobody refers to; how many runs."""
        with told(self.folder):
            gone = self._db.execute(
                "delete from runs where started < ? and owner = ''", (time.time() - older,)
            ).rowcount
            self._db.execute(
                "delete from batches where started < ? and owner = '' and not exists "
                "(select 1 from batch_rows join runs on runs.id = run where batch = batches.id)",
                (time.time() - older,),
            )
            kept = "\n".join(
                text for (text,) in self._db.execute("select done from steps union all select picture from states")
            )
            self._pictures.forget_all_but(kept)
            self._witness.forget_all_but({run for (run,) in self._db.execute("select id from runs")})
        return gone


def _nothing() -> None:
    return None


def _with_losses(done: tuple[Done, ...], rollbacks: tuple[Rollback, ...]) -> tuple[Done, ...]:
    """Steps that a way back or a remedy undid were on disk before it; the record of that says which."""
    failed = iter(rollbacks)
    kept: list[Done] = []
    for one in done:
        if one.undone:
            back = next(failed, None)
            lost = back.lost if back else ()
            kept = [replace(old, undone=True) if old.step.id in lost else old for old in kept]
        if one.lost:
            kept = [replace(old, undone=True) if old.step.id in one.lost else old for old in kept]
        kept.append(one)
    return tuple(kept)


def request_fields(request: Request) -> dict[str, Any]:
    return {
        "what": request.what,
        "url": request.url,
        "params": dict(request.params or {}),
        "digest": request.digest,
        "options": dict(request.options or {}),
        "row": request.row,
    }


def new_id() -> str:
    """Sortable by time and short enough to type: 20261121-235501-3f2a."""
    return time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + uuid.uuid4().hex[:4]


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Errors of the disk and of the file, in one line."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        raise JournalBroken(f"the journal in {folder} cannot be used: {_one_line(error)}") from error


@contextmanager
def _readable(what: str) -> Iterator[None]:
    """What was written does not say what it should: flipped bits that SQLite does not notice."""
    try:
        yield
    except (Unreadable, ValueError, KeyError, TypeError, AttributeError) as damage:
        raise JournalBroken(f"{what} is damaged: {_one_line(damage)}") from damage


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
