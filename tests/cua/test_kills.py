"""A run that is killed at any point, and gone on with in a fresh world: every commit once, or the run says that it does
not know.

A kill is an exception that nothing catches, thrown from just before or just after every call that leaves the process:
to the journal and to the world. What had been written by then is what the next process finds.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from cua import expect as ex
from cua.agent import Agent
from cua.errors import Outcome
from cua.goal import Goal
from cua.run import Run
from cua.step import Step
from envs.action import Open
from envs.errors import CuaError
from envs.fake import Each, Fake, FakeSite, Goes, Saves, button, heading, item, link, screen, textbox
from envs.fake import text as words
from envs.fake.stage import Server
from tests.cua.world import ASKED, agent, click, doing, typing
from tests.fuse import Fuse

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]
LISTS = (Each("group", item("listitem", "Group {Name}")), Each("user", item("listitem", "User {Login}")))
GROUP = (textbox("Name"), textbox("Note"), button("Save", Saves("group", then=Goes("groups"))))
USER = (textbox("Login"), textbox("Mail"), textbox("City"), button("Save", Saves("user", then=Goes("users"))))
LINKS = (link("Add group", Goes("group")), link("Add user", Goes("user")))
SITE = FakeSite(
    "home",
    {
        "home": screen("Home", heading("Administration"), *LINKS, *LISTS),
        "group": screen("New group", heading("New group"), *GROUP),
        "groups": screen("Groups", heading("Groups"), words("The group was added."), *LISTS),
        "user": screen("New user", heading("New user"), *USER),
        "users": screen("Users", heading("Users"), words("The user was added."), *LISTS),
    },
)
GOAL = Goal("a group and a user", ex.Text("User ada"), commits=True)


def _steps(*, lookup: bool) -> tuple[Step, ...]:
    """Ten, two of them commits; with `lookup` they say how to see that they have happened."""
    group = click("4", "Save", ex.Text("group was added"), commit=True)
    user = click("10", "Save", ex.Text("user was added"), commit=True)
    if lookup:
        group, user = replace(group, already=ex.Text("Group Editors")), replace(user, already=ex.Text("User ada"))
    return (
        click("1", "Add group"),
        typing("2", "Name", "Editors"),
        typing("3", "Note", "They edit"),
        group,
        doing("5", Open("https://fake.test/home")),
        click("6", "Add user"),
        typing("7", "Login", "ada"),
        typing("8", "Mail", "ada@example.org"),
        typing("9", "City", "London"),
        user,
    )


class Killed(BaseException):
    """SIGKILL, as far as the code can tell: nothing may run after it."""


def _kill() -> None:
    raise Killed


def _fuse(at: int | None = None) -> Fuse:
    return Fuse(at, _kill)


def _assembled(folder: Path, server: Server, fuse: Fuse, *, lookup: bool) -> Agent:
    made = agent(Fake(SITE, server=server), _steps(lookup=lookup), folder)
    for owner, names in (
        (made.journal, ("begin", "intend", "append")),
        (made.env, ("reset", "observe", "act", "settle")),
    ):
        for name in names:
            fuse.around(owner, name)
    return made


def _lived(folder: Path, server: Server, fuse: Fuse, *, lookup: bool, resume: bool) -> Run | None:
    """One process: the run as it ended, None where it was killed."""
    made = _assembled(folder, server, fuse, lookup=lookup)
    try:
        run = None
        if resume:
            kept, _ = made.journal.load()
            if kept.outcome in (Outcome.REACHED, Outcome.ALREADY):
                return kept
            run = made.journal.take_over(kept)
        return made.run(GOAL, ASKED, run)
    except Killed:
        return None
    finally:
        made.journal.close()


def _points(folder: Path) -> int:
    """How many there are in a run that nobody kills."""
    fuse = _fuse()
    run = _lived(folder, Server(), fuse, lookup=True, resume=False)
    assert run is not None
    assert run.outcome is Outcome.REACHED
    return fuse.passed


def _stored(server: Server) -> Counter[str]:
    return Counter(record.kind for record in server.saved)


@pytest.mark.parametrize("lookup", [True, False], ids=["with-already", "without"])
def test_killed_anywhere_every_commit_happens_once(tmp_path: Path, lookup: bool) -> None:
    points = _points(tmp_path / "whole")
    assert points >= 80
    ends: Counter[Outcome] = Counter()
    for at in range(1, points + 1, 1 if lookup else 2):
        folder, server = tmp_path / str(at), Server()
        killed = _lived(folder, server, _fuse(at), lookup=lookup, resume=False)
        assert killed is None, at
        if not _begun(folder):
            continue  # nothing was written, and nothing can have been done
        run = _lived(folder, server, _fuse(), lookup=lookup, resume=True)
        assert run is not None, at
        stored = _stored(server)
        assert max(stored.values(), default=0) <= 1, (at, stored)
        assert run.outcome in (Outcome.REACHED, Outcome.UNCLEAR), (at, run.outcome, run.why)
        assert run.outcome is Outcome.UNCLEAR or stored == {"group": 1, "user": 1}, at
        ends[run.outcome] += 1
    # Unclear is what was killed between the intent of a commit and its record; with `already`, before it was sent.
    assert ends[Outcome.UNCLEAR] <= (4 if lookup else 12), ends


def test_killed_again_and_again_every_commit_happens_once(tmp_path: Path) -> None:
    chance, points = random.Random(7), _points(tmp_path / "whole")
    for trial in range(25):
        folder, server = tmp_path / str(trial), Server()
        run = _lived(folder, server, _fuse(chance.randint(3, points)), lookup=True, resume=False)
        for _ in range(5):
            if run is not None:
                break
            run = _lived(folder, server, _fuse(chance.randint(1, points)), lookup=True, resume=True)
        run = run or _lived(folder, server, _fuse(), lookup=True, resume=True)
        assert run is not None
        stored = _stored(server)
        assert max(stored.values(), default=0) <= 1, (trial, stored)
        assert run.outcome is Outcome.UNCLEAR or stored == {"group": 1, "user": 1}, (trial, run.outcome, run.why)


def _begun(folder: Path) -> bool:
    with sqlite3.connect(folder / "cua.sqlite") as db:
        return bool(db.execute("select count(*) from runs").fetchone()[0])


@pytest.fixture(scope="module")
def broken_off(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Server]:
    """The journal of a run that was killed between its two commits, with the log that SQLite has not folded in yet, and
    what the application holds."""
    folder, server = tmp_path_factory.mktemp("kills"), Server()
    made = _assembled(folder / "live", server, _fuse(60), lookup=True)
    with pytest.raises(Killed):
        made.run(GOAL, ASKED)
    copytree(folder / "live", folder / "journal")
    made.journal.close()
    assert _stored(server) == {"group": 1}
    assert (folder / "journal" / "cua.sqlite-wal").stat().st_size > 0
    return folder / "journal", server


def _damaged(source: Path, target: Path, file: str, damage: Callable[[bytes], bytes]) -> Path:
    copytree(source, target)
    (target / "cua.sqlite-shm").unlink(missing_ok=True)
    (target / file).write_bytes(damage((target / file).read_bytes()))
    return target


FILES = ("cua.sqlite", "cua.sqlite-wal")


def _carries_on(folder: Path, server: Server) -> None:
    """It is gone on with rightly, or refused in one line; what had been committed is not committed again."""
    server = Server(list(server.saved), list(server.records))
    refusal = ""
    try:
        _lived(folder, server, _fuse(), lookup=True, resume=True)
    except CuaError as no:
        refusal = str(no)
    assert "\n" not in refusal
    assert max(_stored(server).values()) == 1, _stored(server)


@pytest.mark.parametrize("file", FILES)
def test_a_journal_that_was_cut_off_is_a_prefix_or_refused(
    broken_off: tuple[Path, Server], tmp_path: Path, file: str
) -> None:
    source, server = broken_off
    size = (source / file).stat().st_size
    for part in range(16):
        length = size * part // 16 + 7 * part
        _carries_on(_damaged(source, tmp_path / str(part), file, lambda data, at=length: data[:at]), server)  # type: ignore[misc]


@pytest.mark.parametrize("file", FILES)
def test_a_journal_with_flipped_bits_is_read_rightly_or_refused(
    broken_off: tuple[Path, Server], tmp_path: Path, file: str
) -> None:
    source, server = broken_off
    chance = random.Random(11)

    def flipped(data: bytes) -> bytes:
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]

    for trial in range(20):
        _carries_on(_damaged(source, tmp_path / str(trial), file, flipped), server)
