"""A batch in the journal: which rows it has, which run each of them got, and how that ended.

A row is tied to its run in the transaction that begins the run, and gets its outcome in the one that ends it: at
whatever moment a process dies, the next one knows of every row whether it was begun.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cua.errors import BadInput, Outcome
from cua.journal import Journal, JournalBroken, Request, new_id, request_fields, told
from cua.owner import alive, owner
from cua.rows.plan import Planned
from cua.sealed import seal, unseal

PREFIX = "rows-"


@dataclass(frozen=True, slots=True)
class Record:
    """The run of a row; `outcome` None: it has not ended."""

    run: str
    outcome: Outcome | None
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """`digest` is that of the task file when the batch began."""

    id: str
    started: float
    request: Request
    digest: str

    @property
    def data(self) -> str:
        """The file of the rows."""
        return str((self.request.options or {}).get("data", ""))


def find(journal: Journal, request: Request, rows: Sequence[Planned]) -> Batch | None:
    """The newest batch of this file of rows, or of just these rows, with the same task file, start and params."""
    with told(journal.folder):
        row = journal.db.execute(_NEWEST, (_asked(request), _rows(request, rows))).fetchone()
    return _batch(row) if row is not None else None


_NEWEST = """select id, started, request, digest from batches where asked = ? or rows = ?
             order by started desc limit 1"""


def named(journal: Journal, wanted: str) -> Batch:
    """A batch by its id or the beginning of it. Raises BadInput."""
    with told(journal.folder):
        like = wanted.replace("%", "").replace("_", "") + "%"
        query = "select id, started, request, digest from batches where id like ? order by started desc limit 2"
        found = journal.db.execute(query, (like,)).fetchall()
    if not found:
        raise BadInput(f"no batch {wanted!r} in {journal.folder}")
    if len(found) > 1 and found[0][0] != wanted:
        raise BadInput(f"{wanted!r} is the beginning of several batches: {found[0][0]}, {found[1][0]}")
    return _batch(found[0])


def of_newest(journal: Journal) -> str | None:
    """The batch that the newest run belongs to; None where it belongs to none."""
    with told(journal.folder):
        row = journal.db.execute(
            "select batch from runs left join batch_rows on run = runs.id order by runs.started desc limit 1"
        ).fetchone()
    return row[0] if row is not None else None


def begin(journal: Journal, request: Request, rows: Sequence[Planned], before: Batch | None = None) -> Batch:
    """A new batch; nothing of it has been done. `before` is what `find` found. Raises BadInput where another process
    has begun it since."""
    batch = Batch(f"{PREFIX}{new_id()}", time.time(), request, request.digest)
    with told(journal.folder), journal.db:
        journal.db.execute("begin immediate")
        newest = journal.db.execute(_NEWEST, (_asked(request), _rows(request, rows))).fetchone()
        if newest is not None and (before is None or newest[0] != before.id):
            raise BadInput(f"batch {newest[0]} of these rows has just been begun by another process")
        journal.db.execute(
            "insert into batches (id, started, request, digest, asked, rows) values (?, ?, ?, ?, ?, ?)",
            (
                batch.id,
                batch.started,
                seal(request_fields(request)),
                request.digest,
                _asked(request),
                _rows(request, rows),
            ),
        )
    return batch


def records(journal: Journal, batch: Batch) -> dict[str, Record]:
    """What became of its rows, by their keys."""
    with told(journal.folder):
        found = journal.db.execute(
            "select row, run, outcome, why from batch_rows where batch = ?", (batch.id,)
        ).fetchall()
    return {key: Record(run, Outcome(outcome) if outcome else None, why) for key, run, outcome, why in found}


@contextmanager
def owned(journal: Journal, batch: Batch) -> Iterator[None]:
    """While it lasts no other process goes on with the batch. Raises BadInput where a living one does."""
    db = journal.db
    with told(journal.folder), db:
        db.execute("begin immediate")
        row = db.execute("select owner from batches where id = ?", (batch.id,)).fetchone()
        if row is None:
            raise JournalBroken(f"batch {batch.id} is not in {journal.folder} any more")
        if row[0] and row[0] != owner() and alive(row[0]):
            raise BadInput(f"batch {batch.id} is being run by process {row[0].split('@')[0]}")
        db.execute("update batches set owner = ? where id = ?", (owner(), batch.id))
    try:
        yield
    finally:
        with told(journal.folder):
            db.execute("update batches set owner = '' where id = ? and owner = ?", (batch.id, owner()))


def adopt(journal: Journal, batch: Batch, request: Request, rows: Sequence[Planned]) -> None:
    """The batch is that of these rows and this task file from now on."""
    with told(journal.folder):
        journal.db.execute(
            "update batches set request = ?, digest = ?, asked = ?, rows = ? where id = ?",
            (
                seal(request_fields(request)),
                request.digest,
                _asked(request),
                _rows(request, rows),
                batch.id,
            ),
        )


def _batch(row: tuple[str, float, str, str]) -> Batch:
    id_, started, request, digest = row
    try:
        return Batch(id_, started, Request(**unseal(request)), digest)
    except (ValueError, TypeError) as damage:
        raise JournalBroken(f"the record of batch {id_} is damaged: {damage}") from damage


def _asked(request: Request) -> str:
    return _digest([*_same(request), str((request.options or {}).get("data", ""))])


def _rows(request: Request, rows: Sequence[Planned]) -> str:
    return _digest([*_same(request), *(one.key for one in rows)])


def _same(request: Request) -> list[object]:
    params: Mapping[str, str] = request.params or {}
    return [request.what, request.url, sorted(params.items())]


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=16).hexdigest()
