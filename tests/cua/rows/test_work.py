"""Rows on the fake: every good one once, whenever the process dies; what is in doubt is left to a person."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cua.cli.batch import batch_meant
from cua.errors import BadInput, Outcome
from cua.journal import Journal
from cua.options import Options
from cua.report import batch as report
from cua.rows import batch as batches
from cua.rows.files import read
from cua.rows.plan import planned
from cua.rows.work import End, Ended, Work
from cua.run import Run
from cua.session import Around, Session, request_of
from cua.tables import SCHEMA
from cua.taskfile.load import load
from envs.action import Action
from envs.browser.options import BrowserOptions
from envs.env import Env
from envs.fake import Drops, Each, Fake, FakeSite, Goes, Saves, button, heading, item, link, screen, textbox
from envs.fake import text as words
from envs.fake.effects import Effect
from envs.fake.stage import Server
from envs.observation import Element
from tests.cua.rows.sheets import save

TASK = """cua: 1
name: groups
params: {name: {type: text}, n: {type: integer}}
timeout: 1
steps:
  - click: Add group
  - type: {into: Name, text: "{name}"}
  - click: Save
    commit: true
    expect: {text: The group was added}
done: {text: The group was added}
"""
LOOKUP = TASK.replace("    expect:", "    already: {text: 'Group {name}'}\n    expect:")
CSV = "name,n\nRed,1\nGreen,2\nBlue,many\nRed,1\nBlack,5\nWhite,6\n"
URL = "https://fake.test/home"
SAVES: tuple[Effect, ...] = (Saves("group", then=Goes("groups")),)


def _site(on_save: Sequence[Effect] = SAVES, save: str = "Save") -> FakeSite:
    listed = Each("group", item("listitem", "Group {Name}"))
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Administration"), link("Add group", Goes("group")), listed),
            "group": screen("New group", heading("New group"), textbox("Name"), button(save, *on_save)),
            "groups": screen("Groups", heading("Groups"), words("The group was added."), listed),
        },
    )


class Killed(BaseException):
    """SIGKILL, as far as the code can tell."""


@dataclass
class Person:
    says: bool
    asked: list[str] = field(default_factory=list)

    def approve(self, question: str) -> bool:
        self.asked.append(question)
        return self.says

    def answer(self, question: str) -> str:
        raise EOFError

    def secret(self, name: str) -> str:
        raise EOFError


@dataclass
class Desk:
    """A folder with a task and rows, and the application behind them. `kill`: at which act of all the process dies."""

    folder: Path
    server: Server = field(default_factory=Server)
    site: FakeSite = field(default_factory=_site)

    def lived(
        self,
        *,
        csv: str = CSV,
        task: str = LOOKUP,
        kill: int = 0,
        after: bool = False,
        person: Person | None = None,
        sheet: bool = False,
    ) -> Ended | None:
        """One process: what it told, None where it was killed. `sheet`: the rows are in a workbook."""
        (self.folder / "t.yaml").write_text(task)
        data = self.folder / ("a.xlsx" if sheet else "a.csv")
        if sheet:
            save(data, [[int(one) if one.isdigit() else one for one in line.split(",")] for line in csv.split()])
        else:
            data.write_text(csv)
        options = Options(url=URL, yes=True, runs=self.folder / "runs")
        file = load(self.folder / "t.yaml")
        rows = planned(read(data), file, {})
        request = request_of(str(self.folder / "t.yaml"), URL, file.digest, options)
        left = [kill]

        def fused(how: BrowserOptions) -> Env:
            return _fused(Fake(self.site, server=self.server), left, after)

        journal = Journal(self.folder / "runs")
        try:
            batch = batches.find(journal, request, rows) or batches.begin(journal, request, rows)
            around = Around(asker=person, browser=fused)
            work = Work(journal, batch, options, around, _ran)
            ends: list[End] = []
            with batches.owned(journal, batch):
                ends += work.ends(rows)
            return Ended(batch.id, tuple(ends), work.stopped)
        except Killed:
            return None
        finally:
            journal.close()

    @property
    def stored(self) -> Counter[str]:
        return Counter(str(dict(record.fields)["Name"]) for record in self.server.saved)


def _fused(env: Fake, left: list[int], after: bool) -> Env:
    inner = env.act

    def act(action: Action, found: Element | None = None) -> None:
        left[0] -= 1
        if left[0] == 0 and not after:
            raise Killed
        inner(action, found)
        if left[0] == 0:
            raise Killed

    env.act = act  # type: ignore[method-assign]
    return env


def _ran(session: Session) -> Run:
    return session.go()


def _told(ended: Ended | None) -> list[str]:
    assert ended is not None
    return [end.outcome for end in ended.rows]


GOOD = Counter({"Red": 2, "Green": 1, "Black": 1, "White": 1})
WHOLE = ["reached", "reached", "bad_row", "reached", "reached", "reached"]


def test_every_good_row_once_and_again_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    task = LOOKUP.replace("Group {name}", "Group {name} {n}")
    first = desk.lived(task=task)
    assert _told(first) == WHOLE
    assert first is not None
    assert first.rows[2].why == '"n" has to be a whole number, not "many"'
    assert first.outcome is Outcome.NOT_REACHED
    assert desk.stored == GOOD
    again = desk.lived(task=task)
    assert again is not None
    assert [end.earlier for end in again.rows] == [True, True, False, True, True, True]
    mended = desk.lived(csv=CSV.replace("many", "3"), task=task)
    assert mended is not None
    assert (mended.outcome, mended.rows[2].earlier) == (Outcome.REACHED, False)
    assert desk.stored == GOOD + Counter({"Blue": 1})
    done = desk.lived(csv=CSV.replace("many", "3"), task=task)
    assert done is not None
    assert done.outcome is Outcome.ALREADY
    assert desk.stored == GOOD + Counter({"Blue": 1})


@pytest.mark.parametrize(("kill", "after"), [(1, False), (3, False), (3, True), (6, True), (11, True)])
def test_killed_anywhere_every_good_row_is_done_once_or_in_doubt(tmp_path: Path, kill: int, after: bool) -> None:
    desk = Desk(tmp_path)
    task = TASK if kill % 2 else LOOKUP.replace("Group {name}", "Group {name} {n}")  # which the list never says
    assert desk.lived(kill=kill, after=after, task=task) is None
    ended = desk.lived(task=task)
    assert ended is not None
    doubtful = [end for end in ended.rows if end.outcome == "unclear"]
    assert len(doubtful) <= 1, _told(ended)
    assert all(want == got for want, got in zip(WHOLE, _told(ended), strict=True) if got != "unclear")
    assert not desk.stored - GOOD
    assert sum((GOOD - desk.stored).values()) <= len(doubtful)
    assert ended.outcome is (Outcome.UNCLEAR if doubtful else Outcome.NOT_REACHED)


@pytest.mark.parametrize(("kill", "after"), [(3, True), (6, True), (11, False)])
def test_rows_of_a_sheet_are_gone_on_with_as_those_of_a_csv(tmp_path: Path, kill: int, after: bool) -> None:
    desk = Desk(tmp_path)
    task = LOOKUP.replace("Group {name}", "Group {name} {n}")
    assert desk.lived(kill=kill, after=after, task=task, sheet=True) is None
    told = _told(desk.lived(task=task, sheet=True))
    assert all(want == got for want, got in zip(WHOLE, told, strict=True) if got != "unclear")
    stored = desk.stored
    assert not stored - GOOD
    assert sum((GOOD - stored).values()) <= told.count("unclear") <= 1
    assert _told(desk.lived(task=task)) == told, "the rows of a CSV with the same texts are the same rows"
    assert desk.stored == stored


def test_a_row_in_doubt_is_done_anew_only_by_a_person(tmp_path: Path) -> None:
    desk = Desk(tmp_path, site=_site((Drops(),)))
    csv = "name,n\nRed,1\n"
    assert _told(desk.lived(csv=csv, task=TASK)) == ["unclear"]
    desk.site = _site()
    assert _told(desk.lived(csv=csv, task=TASK)) == ["unclear"], "--yes is no answer to that"
    no = Person(False)
    assert _told(desk.lived(csv=csv, task=TASK, person=no)) == ["unclear"]
    assert "Do this row anew" in no.asked[-1]
    assert not desk.server.saved
    assert _told(desk.lived(csv=csv, task=TASK, person=Person(True))) == ["reached"]
    assert desk.stored == Counter({"Red": 1})


def test_a_row_that_failed_and_left_nothing_behind_is_done_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, site=_site(save="Keep"))
    csv = "name,n\nRed,1\nGreen,2\n"
    assert _told(desk.lived(csv=csv)) == ["not_reached", "not_reached"]
    desk.site = _site()
    assert _told(desk.lived(csv=csv)) == ["reached", "reached"]
    assert desk.stored == Counter({"Red": 1, "Green": 1})


@pytest.mark.parametrize("stated", [True, False], ids=["a-commit", "not-called-one"])
def test_a_row_that_failed_after_its_write_is_not_done_again(tmp_path: Path, stated: bool) -> None:
    task = TASK.replace("done: {text: The group was added}", "  - click: Publish\n")
    task = task if stated else task.replace("    commit: true\n", "")
    desk = Desk(tmp_path)
    csv = "name,n\nRed,1\n"
    assert _told(desk.lived(csv=csv, task=task)) != ["reached"]
    ended = desk.lived(csv=csv, task=task)
    assert _told(ended) != ["reached"]
    assert desk.stored == Counter({"Red": 1})


def test_two_processes_do_not_share_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    ended = desk.lived()
    assert ended is not None
    journal = Journal(tmp_path / "runs")
    journal.db.execute("update batches set owner = '1@there'")
    monkeypatch.setattr(batches, "alive", lambda other: True)
    with pytest.raises(BadInput, match="being run by process 1"):
        desk.lived()
    journal.close()
    assert batch_meant(None, tmp_path / "runs") == ended.batch
    assert batch_meant("2026", tmp_path / "runs") is None


def test_a_journal_of_before_there_were_rows_takes_them(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "runs").mkdir()
    with sqlite3.connect(tmp_path / "runs" / "cua.sqlite") as db:
        db.executescript(SCHEMA.partition("create table anchors")[0] + "pragma user_version = 2;")
    db.close()
    assert _told(desk.lived()) == WHOLE


def test_told_as_json_junit_and_table(tmp_path: Path) -> None:
    ended = Desk(tmp_path).lived()
    assert ended is not None
    xml = report.as_xml(ended, "groups").decode()
    assert 'failures="1" errors="0" skipped="0" tests="6"' in xml
    assert '"counts": {"rows": 6, "earlier": 0, "bad_row": 1, "reached": 5}' in report.as_json(ended)
    lines = list(report.table(ended))
    assert "bad row" in lines[3]
    assert lines[-1].endswith("5 of 6 rows reached; 1 bad row")
