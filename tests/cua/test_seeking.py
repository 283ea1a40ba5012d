"""Scrolling until found: what is not drawn yet is found, nothing else is touched, and a part is never taken for the
whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.errors import Outcome
from cua.goal import Goal
from cua.run import Done, Run
from cua.step import Step
from envs.action import Click
from envs.fake import Goes, Hides, Later, Shows, button, item, text
from envs.scrolling import Scroller
from grounding.parse import parse
from tests.cua.rolling import Feed, Rolling
from tests.cua.world import ASKED, agent

FILMS = [f"Film {n}" for n in range(1, 201)]


def clicks(*what: str, timeout: float = 10.0, commit: bool = False) -> list[Step]:
    return [
        Step(str(n), Click(), f'click "{one}"', parse(one), timeout=timeout, commit=commit)
        for n, one in enumerate(what, 1)
    ]


def run(env: Rolling, steps: Sequence[Step], folder: Path) -> Run:
    one = agent(env, steps, folder, tries=0)
    done = one.run(Goal("see films"), ASKED)
    one.journal.close()
    return done


def only(ran: Run) -> Done:
    (done,) = ran.done
    return done


def test_what_is_there_is_found_without_a_look_around(tmp_path: Path) -> None:
    env = Rolling(FILMS)
    assert run(env, clicks("Film 5"), tmp_path).outcome is Outcome.REACHED
    assert (env.asked, env.rolled, env.clock.now()) == (0, [], 0)


@pytest.mark.parametrize("spare", [0, 3, 40])
@pytest.mark.parametrize(("film", "at"), [("Film 57", 0), ("Film 200", 0), ("Film 3", 150), ("Film 1", 190)])
def test_what_is_not_drawn_is_scrolled_to(film: str, at: int, spare: int, tmp_path: Path) -> None:
    env = Rolling(FILMS, at=at, spare=spare)
    ran = run(env, clicks(film, timeout=60), tmp_path)
    assert ran.outcome is Outcome.REACHED, ran.why
    assert env.story == [f'click option "{film}"']
    assert only(ran).notes[0].startswith('found by scrolling the listbox "Films"')


def test_what_is_not_anywhere_is_refused_and_the_list_put_back(tmp_path: Path) -> None:
    env = Rolling(FILMS, at=50)
    ran = run(env, clicks("Unknown", timeout=60), tmp_path)
    assert env.log == []
    assert only(ran).verdict.why.endswith('not found either by scrolling the listbox "Films" to its end: 200 rows seen')
    assert env.rolled[-1] == 50


def test_a_refusal_says_when_the_time_was_over(tmp_path: Path) -> None:
    env = Rolling([f"Film {n}" for n in range(20_000)], lines=3)
    ran = run(env, clicks("Unknown"), tmp_path)
    assert "as far as the time allowed" in only(ran).verdict.why
    assert env.clock.now() < 11


def test_a_list_that_goes_away_is_left(tmp_path: Path) -> None:
    env = Rolling(FILMS, around=[button("Close", Later(2.0, Hides("Films")))])
    env.reset()

    def close(scroller: Scroller, to: float | None) -> Scroller:
        env.gone = len(env.rolled) > 5
        return Rolling.roll(env, scroller, to)

    env.roll = close  # type: ignore[method-assign]
    ran = run(env, clicks("Film 199"), tmp_path)
    assert (ran.outcome, env.log) == (Outcome.NOT_REACHED, [])


# ── what is not to be scrolled ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", ["the third Film", "the last checkbox", "second button in the list 'Films'"])
def test_what_counts_is_not_sought(what: str, tmp_path: Path) -> None:
    env = Rolling(FILMS)
    assert run(env, clicks(what), tmp_path).outcome is Outcome.NOT_REACHED
    assert (env.log, env.rolled) == ([], [])


def test_a_name_that_could_count_is_sought_by_its_name(tmp_path: Path) -> None:
    env = Rolling([f"Row {n}" for n in range(1, 301)])
    assert run(env, clicks("Row 250", timeout=60), tmp_path).outcome is Outcome.REACHED
    assert env.story == ['click option "Row 250"']


def test_nothing_is_scrolled_under_an_open_menu(tmp_path: Path) -> None:
    env = Rolling(FILMS, around=[button("More").being("haspopup", "expanded")])
    assert run(env, clicks("Film 150"), tmp_path).outcome is Outcome.NOT_REACHED
    assert env.rolled == []


def test_what_is_said_to_be_elsewhere_is_not_sought_here(tmp_path: Path) -> None:
    env = Rolling(FILMS, around=[item("region", "Books", button("Book 1"))])
    assert run(env, clicks("Film 150 in the region Books"), tmp_path).outcome is Outcome.NOT_REACHED
    assert env.rolled == []


def test_what_draws_all_it_has_is_soon_done_with(tmp_path: Path) -> None:
    env = Rolling(FILMS, spare=1000)
    ran = run(env, clicks("Unknown"), tmp_path)
    assert len(env.rolled) < 6
    assert "to its end: 200 rows seen" in only(ran).verdict.why


# ── what comes late ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("late", [0.3, 0.9, 1.5, 3.0, 9.0])
def test_what_comes_late_is_found_when_it_comes(late: float, tmp_path: Path) -> None:
    env = Rolling(
        FILMS, around=[button("Start", Shows(text("Wait")), Later(late, Shows(button("Save", Goes("films")))))]
    )
    ran = run(env, clicks("Start", "Save"), tmp_path)
    assert env.story == ['click button "Start"', 'click button "Save"'], ran.why
    assert env.log[-1].at <= late + 1.5
    assert bool(env.rolled) is (late > 1)


def test_a_page_that_changes_is_waited_for(tmp_path: Path) -> None:
    ticks = [Later(n * 0.5, Shows(text(f"{n} films are loaded"))) for n in range(1, 7)]
    env = Rolling(FILMS, around=[button("Load", *ticks, Later(3.2, Shows(button("Save", Goes("films")))))])
    assert run(env, clicks("Load", "Save"), tmp_path).done[-1].proved
    assert env.rolled == []


def test_a_feed_loads_more_until_it_is_there(tmp_path: Path) -> None:
    env = Feed(FILMS[:80])
    ran = run(env, clicks("Film 75", timeout=60), tmp_path)
    assert env.story == ['click option "Film 75"'], ran.why


def test_a_feed_without_an_end_is_given_up(tmp_path: Path) -> None:
    env = Feed(FILMS[:20], endless=True)
    ran = run(env, clicks("Unknown"), tmp_path)
    assert (ran.outcome, env.log) == (Outcome.NOT_REACHED, [])
    assert env.clock.now() < 12


# ── a part is not the whole ──────────────────────────────────────────────────────────────────────────────────────────


def named(n: int, *places: int, name: str = "Anna Smith") -> list[str]:
    return [name if place in places else f"Film {place}" for place in range(n)]


def test_two_of_one_name_are_refused_though_never_seen_together(tmp_path: Path) -> None:
    env = Rolling(named(100, 30, 60))
    ran = run(env, clicks("Anna Smith", timeout=60), tmp_path)
    assert env.log == []
    assert only(ran).verdict.why.startswith('2 elements fit "Anna Smith"')
    assert "seen by scrolling the list" in only(ran).verdict.why
    assert env.rolled[-1] == 0


def test_a_better_one_further_on_is_taken(tmp_path: Path) -> None:
    rows = named(100, 60, name="Quarterly report")
    rows[30] = "Quarterly reports"
    env = Rolling(rows)
    run(env, clicks("Quarterly report", timeout=60), tmp_path)
    assert env.story == ['click option "Quarterly report"']


def test_what_is_far_beyond_the_first_one_is_left_unseen_and_said(tmp_path: Path) -> None:
    env = Rolling(named(5000, 30, 4900))
    ran = run(env, clicks("Anna Smith"), tmp_path)
    assert env.story == ['click option "Anna Smith"']
    assert "a part: " in only(ran).notes[0]


def test_a_commit_needs_to_see_all_of_it(tmp_path: Path) -> None:
    env = Rolling(named(5000, 30))
    ran = run(env, clicks("Anna Smith", commit=True), tmp_path)
    assert env.log == []
    assert "a commit needs to see all of it" in only(ran).verdict.why
    env = Rolling(named(300, 30))
    run(env, clicks("Anna Smith", commit=True, timeout=60), tmp_path / "short")
    assert env.story == ['click option "Anna Smith"']


def test_a_row_that_is_another_when_it_is_come_back_to(tmp_path: Path) -> None:
    env = Rolling(named(100, 30))

    def shuffled(scroller: Scroller, to: float | None) -> Scroller:
        if len(env.rolled) > 10:
            env.rows = FILMS[:100]
        return Rolling.roll(env, scroller, to)

    env.roll = shuffled  # type: ignore[method-assign]
    ran = run(env, clicks("Anna Smith"), tmp_path)
    assert env.log == []
    assert "gone when it was scrolled back to" in only(ran).verdict.why


@settings(max_examples=40)
@given(st.data())
def test_whatever_is_where_only_the_one_of_that_name_is_clicked(data: st.DataObject) -> None:
    size = data.draw(st.integers(12, 150))
    places = data.draw(st.sets(st.integers(0, size - 1), max_size=3))
    lines, spare = data.draw(st.integers(3, 10)), data.draw(st.integers(0, 12))
    at = data.draw(st.integers(0, size - lines)) if size > lines else 0
    env = Rolling(named(size, *places), lines=lines, spare=spare, at=at)
    drawn = {n for n in places if at - spare <= n < at + lines + spare}
    with TemporaryDirectory() as folder:
        ran = run(env, clicks("Anna Smith", commit=True, timeout=500), Path(folder))
    if len(drawn) == 1 or len(places) == 1:  # what is drawn is found at once, as ever
        assert env.story == ['click option "Anna Smith"'], ran.why
    else:
        assert env.log == []
    assert all(done.notes == () or not drawn for done in ran.done)


def test_two_steps_in_one_list(tmp_path: Path) -> None:
    env = Rolling(FILMS)
    ran = run(env, [replace(step, timeout=60) for step in clicks("Film 180", "Film 2")], tmp_path)
    assert env.story == ['click option "Film 180"', 'click option "Film 2"'], ran.why
