"""What was meant and what came of it survive the process; damage is told, never guessed around."""

from __future__ import annotations

import io
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cua.errors import BadInput, GoalReached, Outcome
from cua.gallery import Gallery
from cua.goal import Goal
from cua.journal import Journal, JournalBroken, Request
from cua.run import Done, Rollback, Run
from cua.step import Step
from cua.vault import Binding, Vault
from cua.verdict import Verdict
from envs.action import Click, Secret, Type
from envs.errors import Crashed
from envs.geometry import Box
from envs.observation import Element, Frame, Observation

ASKED = Request("flow.yaml", "http://127.0.0.1/", {"name": "Editors"})


def done(step: str, *, ok: bool = True) -> Done:
    return Done(Step(step, Click(), f"click {step}"), Verdict(ok, "seen"), True)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "runs")


def begun(journal: Journal, words: str = "do it") -> Run:
    return journal.begin(Goal(words), ASKED)


def test_a_run_comes_back_as_it_was(journal: Journal, tmp_path: Path) -> None:
    run = begun(journal)
    for number in ("1", "2"):
        run = run.add(done(number))
        journal.append(run)
    run = run.finish(GoalReached("it is there"))
    journal.append(run)
    again, asked = Journal(tmp_path / "runs").load(run.id)
    assert again == run
    assert asked == replace(ASKED, options={})


def test_what_a_way_back_undid_is_undone_when_it_is_read_again(journal: Journal) -> None:
    run = begun(journal).add(done("1"))
    journal.append(run)
    run = run.undo(done("2", ok=False), Rollback("2", "url", "s", "no", True, lost=("1",)))
    journal.append(run)
    run = run.add(done("1"))
    journal.append(run)
    again, _ = journal.load(run.id)
    assert [d.undone for d in again.done] == [d.undone for d in run.done] == [True, True, False]


def test_an_intent_without_a_record_is_in_doubt(journal: Journal) -> None:
    run = begun(journal).add(done("1"))
    journal.append(run)
    assert journal.unclear(run) is None
    step = Step("2", Click(), "click Save", commit=True)
    journal.intend(run, step, None)
    assert journal.unclear(journal.load(run.id)[0]) == step
    journal.append(run.add(done("2")))
    assert journal.unclear(journal.load(run.id)[0]) is None


def test_no_secret_reaches_the_disk(tmp_path: Path) -> None:
    value = "hunter2-hunter2"
    journal = Journal(tmp_path, Vault({"pw": Binding(value, "http://a")}))
    run = journal.begin(Goal(f"log in with {value}"), ASKED)
    step = Step("1", Type(Secret("pw")), f"type {value}")
    journal.intend(run, step, None)
    journal.append(run.add(replace(done("1"), step=step, url=f"http://a/?p={value}", value=value)))
    journal.close()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or value.encode() not in path.read_bytes()


def test_pictures_hide_secrets_and_are_kept_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    pixels = np.full((40, 60, 3), 200, np.uint8)
    field = Element("1", "textbox", "Password", Box(10, 10, 20, 10), "••", frozenset({"password"}))
    screen = Observation(1, "web", "", "", (field,), picture=lambda: Frame(pixels))
    name = journal.keep(screen)
    again = journal.keep(replace(screen, seq=2))
    assert journal.keep(replace(screen, picture=lambda: Frame(pixels[:20]))) != name
    assert journal.shows(name) == journal.shows(again)
    journal.close()
    one, other = (tmp_path / "pictures" / f"{kept}.webp" for kept in (name, again))
    assert one.samefile(other)
    kept = np.asarray(Image.open(io.BytesIO(journal.picture(name))).convert("RGB"))
    assert kept[15, 20].max() < 10
    assert kept[35, 50].min() > 150


def test_what_was_hidden_a_look_ago_is_hidden_where_it_was(tmp_path: Path) -> None:
    """The picture may have been taken between the two looks."""
    journal = Journal(tmp_path)
    pixels = np.full((40, 60, 3), 200, np.uint8)

    def screen(seq: int, y: float, document: str = "d") -> Observation:
        field = Element("1", "textbox", "Password", Box(10, y, 20, 6), "••", frozenset({"password"}))
        shown = np.roll(pixels, seq, axis=1)
        return Observation(seq, "web", "", "", (field,), document=document, picture=lambda: Frame(shown))

    first, moved, later, other = screen(1, 4), screen(2, 20), screen(3, 20), screen(4, 4, "e")
    hidden = []
    for now in (first, moved, later, other):
        kept = np.asarray(Image.open(io.BytesIO(journal.picture(journal.keep(now)))).convert("RGB"))
        hidden.append((kept[6, 20].max() < 50, kept[22, 20].max() < 50))
    assert hidden == [(True, False), (True, True), (False, True), (True, False)]


def test_where_a_secret_was_typed_is_hidden_even_when_it_is_gone_again(journal: Journal) -> None:
    screen = Observation(1, "web", "", "", picture=lambda: Frame(np.full((40, 60, 3), 200, np.uint8)))
    kept = np.asarray(
        Image.open(io.BytesIO(journal.picture(journal.keep(screen, [Box(10, 10, 20, 10)])))).convert("RGB")
    )
    assert kept[15, 20].max() < 50
    assert kept[35, 50].min() > 150


def test_the_same_screen_is_not_pictured_twice(journal: Journal) -> None:
    taken: list[int] = []

    def picture() -> Frame:
        taken.append(1)
        return Frame(np.zeros((4, 4, 3), np.uint8))

    screen = Observation(1, "web", "", "", picture=picture, pending=lambda: True)
    assert journal.keep(screen) == journal.keep(screen)
    assert not taken, "it is on its way, and nothing was done to the world since: there is time"
    journal.develop()
    journal.develop()
    assert len(taken) == 1


def test_a_picture_is_taken_before_another_screen_is_kept(journal: Journal) -> None:
    taken: list[int] = []

    def screen(number: int) -> Observation:
        def picture() -> Frame:
            taken.append(number)
            return Frame(np.zeros((4, 4, 3), np.uint8))

        return Observation(number, "web", "", "", picture=picture, pending=lambda: True)

    for number in (1, 2, 3):
        journal.keep(screen(number))
    assert taken == [1, 2]


def test_what_is_not_on_its_way_is_taken_at_once(journal: Journal) -> None:
    """A moment later the page may show something else, and a secret where nothing was hidden."""
    taken: list[int] = []

    def picture() -> Frame:
        taken.append(1)
        return Frame(np.zeros((4, 4, 3), np.uint8))

    journal.keep(Observation(1, "web", "", "", picture=picture))
    assert taken == [1]


def test_a_picture_that_comes_late_hides_what_is_hidden_by_then(journal: Journal) -> None:
    pixels = np.full((40, 60, 3), 200, np.uint8)
    late = Observation(1, "web", "", "", picture=lambda: Frame(pixels), pending=lambda: True)
    field = Element("1", "textbox", "Password", Box(10, 10, 20, 10), "••", frozenset({"password"}))
    name = journal.keep(late)
    journal.keep(Observation(2, "web", "", "", (field,), picture=lambda: Frame(pixels)))
    kept = np.asarray(Image.open(io.BytesIO(journal.picture(name))).convert("RGB"))
    assert kept[15, 20].max() < 50


def test_a_world_that_went_away_leaves_no_picture_and_no_error(journal: Journal) -> None:
    def gone() -> Frame:
        raise Crashed("the browser went away")

    name = journal.keep(Observation(1, "web", "", "", picture=gone))
    journal.append(begun(journal).add(done("1", ok=False)))
    with pytest.raises(KeyError):
        journal.picture(name)


def test_what_failed_is_on_disk_with_its_picture_at_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(Gallery, "flush", lambda self: flushed.append("pictures"))
    journal.db.set_trace_callback(lambda said: flushed.append(said) if "synchronous = normal" in said else None)
    run = begun(journal)
    for step, told in (
        (done("1"), ["pragma synchronous = normal"]),
        (done("2", ok=False), ["pictures"]),
        (replace(done("3"), step=Step("3", Click(), "click Save", commit=True)), ["pictures"]),
    ):
        flushed.clear()
        run = run.add(step)
        journal.append(run)
        assert flushed == told
        assert journal.db.execute("pragma synchronous").fetchone() == (2,)
    flushed.clear()
    journal.append(run.add(done("4")).finish(GoalReached("")))
    assert flushed == ["pictures"]


def test_a_picture_that_could_not_be_written_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    shown = Observation(1, "web", "", "", picture=lambda: Frame(np.zeros((4, 4, 3), np.uint8)))
    (tmp_path / "pictures").rmdir()
    journal.keep(shown)
    run = begun(journal)
    with pytest.raises(JournalBroken, match="cannot be used"):
        journal.append(run.add(done("1", ok=False)))


def test_a_screen_without_pixels_has_no_picture(journal: Journal) -> None:
    assert journal.keep(Observation(1, "web", "", "")) == ""
    with pytest.raises(KeyError):
        journal.picture("nothing")


def test_runs_are_found_by_the_beginning_of_their_id(journal: Journal) -> None:
    first = begun(journal, "first")
    assert journal.load(first.id[:-1])[0].id == first.id
    assert journal.load()[0].id == first.id
    with pytest.raises(BadInput, match="no run 'zzz'"):
        journal.load("zzz")
    assert [entry.words for entry in journal.entries()] == ["first"]


def test_a_run_of_a_living_process_is_not_taken_over(journal: Journal) -> None:
    run = begun(journal)
    owner = journal.db.execute("select owner from runs").fetchone()[0]
    journal.db.execute("update runs set owner = ?", (owner.replace(str(os.getpid()), "1"),))
    with pytest.raises(BadInput, match="is being run by process 1"):
        journal.take_over(run)


def test_who_was_taken_over_writes_nothing_more(journal: Journal) -> None:
    run = begun(journal)
    journal.db.execute("update runs set owner = '1@other'")
    with pytest.raises(JournalBroken, match="taken over"):
        journal.intend(run, Step("1", Click(), "click"), None)
    with pytest.raises(JournalBroken, match="taken over"):
        journal.append(run.add(done("1")))
    assert journal.load(run.id)[0].done == ()


def test_a_dead_process_leaves_its_run_to_another(journal: Journal) -> None:
    run = begun(journal)
    journal.db.execute("update runs set owner = '999999999@gone'")
    assert journal.take_over(run).resumed == 1
    journal.intend(run, Step("1", Click(), "click"), None)


def test_cleaning_forgets_old_runs_and_their_pictures(journal: Journal) -> None:
    screen = Observation(1, "web", "", "", picture=lambda: Frame(np.zeros((4, 4, 3), np.uint8)))
    run = begun(journal)
    name = journal.keep(screen)
    run = run.add(replace(done("1"), pictures=(name, "")))
    journal.append(run.finish(GoalReached("")))
    assert journal.clean(older=3600) == 0
    assert journal.picture(name)
    journal.db.execute("update runs set started = started - 7200")
    assert journal.clean(older=3600) == 1
    assert list(journal.folder.glob("pictures/*.webp")) == []


@pytest.mark.parametrize("cut", [0, 1, 60, 4096, 9000])
def test_a_truncated_file_is_a_clear_error_or_a_valid_journal(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path)
    run = begun(journal)
    journal.append(run.add(done("1")))
    journal.close()
    path = tmp_path / "cua.sqlite"
    path.write_bytes(path.read_bytes()[:cut])
    for extra in tmp_path.glob("cua.sqlite-*"):
        extra.unlink()
    said = ""
    try:
        Journal(tmp_path).load(run.id)
    except (JournalBroken, BadInput) as error:
        said = str(error)
    assert said.count("\n") == 0
    assert said


def test_a_damaged_record_is_named(journal: Journal) -> None:
    run = begun(journal)
    journal.append(run.add(done("1")))
    journal.db.execute('update steps set done = \'{"is": "Popen"}\'')
    with pytest.raises(JournalBroken, match=f"record of run {run.id}"):
        journal.load(run.id)


def test_a_newer_journal_is_not_touched(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    with sqlite3.connect(tmp_path / "cua.sqlite") as db:
        db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(JournalBroken, match="newer version"):
        Journal(tmp_path)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalBroken, match="cannot be used"):
        Journal(tmp_path / "file" / "runs")


def test_outcomes_have_the_documented_exit_codes() -> None:
    assert {outcome.value: outcome.exit_code for outcome in Outcome} == {
        "reached": 0,
        "already": 0,
        "not_reached": 1,
        "infeasible": 1,
        "denied": 3,
        "needs_approval": 3,
        "environment": 4,
        "unclear": 5,
        "interrupted": 130,
    }
