"""A way that is closed: the goal is reached by another one that earlier runs know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.tracker import chart
from cua.tracker.memory import MapMemory
from envs.action import Open
from envs.fake import Fake, FakeSite, Goes, Item, button, heading, link, screen, textbox
from envs.fake import text as words
from tests.cua.detour.office import CLOSED, HOME, REPORTS, TOUR, WALK, assembled, drive, office, to
from tests.cua.world import ASKED, ORIGIN, agent, click, doing


@pytest.mark.parametrize("closed", CLOSED.values(), ids=CLOSED.keys())
def test_a_known_path_is_taken_where_the_way_is_closed(toured: Path, closed: tuple[Item, ...]) -> None:
    run = drive(Fake(office(*closed)), toured, WALK, done=REPORTS)
    assert run.outcome is Outcome.REACHED, run.why
    assert [done.step.words for done in run.done if done.proved] == [
        'click "Everything"',
        'click "The reports"',
        WALK.words,
    ]
    assert [done.step.id for done in run.done if done.proved] == ["1~1", "1~2", "1"]
    assert run.proved["1"].verdict.why.startswith('another way: click "Everything", then click "The reports"; ')


def test_the_address_is_opened_where_no_path_is_known(tmp_path: Path) -> None:
    assert drive(Fake(office()), tmp_path, WALK).outcome is Outcome.REACHED
    run = drive(Fake(office(words("Nothing"))), tmp_path, WALK, done=REPORTS)
    assert run.outcome is Outcome.REACHED, run.why
    assert "another way: open https://fake.test/reports" in run.proved["1"].verdict.why


def test_without_an_expectation_the_address_proves_it(tmp_path: Path) -> None:
    silent = replace(WALK, expect=None)
    assert drive(Fake(office()), tmp_path, silent).outcome is Outcome.REACHED
    assert drive(Fake(office(words("Nothing"))), tmp_path, silent).outcome is Outcome.REACHED


def test_what_no_run_has_seen_is_not_guessed(tmp_path: Path) -> None:
    run = drive(Fake(office(words("Nothing"))), tmp_path, WALK)
    assert run.outcome is Outcome.NOT_REACHED
    assert not any(done.dispatched for done in run.done)


def test_what_a_path_does_is_in_the_journal(toured: Path) -> None:
    run = drive(Fake(office(words("Nothing"))), toured, WALK, done=REPORTS)
    made = agent(Fake(office()), (), toured)
    kept, _ = made.journal.load(run.id)
    assert kept == run
    made.journal.close()


def test_a_path_that_is_closed_too_is_given_up_for_the_address(toured: Path) -> None:
    alone = office(words("Nothing"), extra={"all": screen("Everything", heading("All there is"), to("Start", "home"))})
    run = drive(Fake(alone), toured, WALK, done=REPORTS)
    assert run.outcome is Outcome.REACHED, run.why
    assert run.proved["1"].verdict.why.startswith(
        'another way: click "Everything", then open https://fake.test/reports'
    )


def test_a_page_that_does_not_say_it_is_not_the_one(toured: Path) -> None:
    changed = office(words("Nothing"), extra={"reports": screen("Reports", heading("No reports"), button("Print"))})
    run = drive(Fake(changed), toured, WALK)
    assert run.outcome is Outcome.NOT_REACHED
    assert "1" not in run.proved
    assert not any(done.proved for done in run.done)
    assert "did not lead there" in run.done[-1].verdict.why
    assert run.rollbacks[-1].lost == tuple(done.step.id for done in run.done if "~" in done.step.id)


def test_the_next_run_knows_that_the_way_is_closed(toured: Path) -> None:
    closed = office(words("Nothing"))
    drive(Fake(closed), toured, WALK, done=REPORTS)
    made = assembled(Fake(closed), (), toured)
    made.tracker.arrive(made.env.reset())
    rates = {way.step.words: way.rate for way in made.tracker.memory.ways()}
    assert rates['click "Reports"'] < 1 == rates['click "Everything"']
    made.journal.close()


def test_expectations_and_records_speak_of_the_states_of_the_map(tmp_path: Path) -> None:
    first = drive(Fake(office()), tmp_path, WALK)
    there = replace(WALK, expect=ex.InState("Reports"))
    again = office(
        extra={"reports": screen("Reports", heading("Reports of the year"), button("Print"), button("Send"))}
    )
    made = assembled(Fake(again), (there,), tmp_path)
    assert isinstance(made.tracker.memory, MapMemory)
    made.tracker.judge = replace(made.tracker.judge, state=made.tracker.memory.called)
    run = made.run(Goal("see it", start=HOME), ASKED)
    made.journal.close()
    assert run.outcome is Outcome.REACHED, run.why
    assert (run.done[0].before, run.done[0].after) == (first.done[0].before, first.done[0].after), "another look of it"


def test_the_screen_of_a_failed_step_is_no_state_by_itself(tmp_path: Path) -> None:
    run = drive(Fake(office(link("Reports", Goes("error")))), tmp_path, WALK)
    assert run.outcome is Outcome.NOT_REACHED
    made = agent(Fake(office()), (), tmp_path)
    assert [one.name for one in chart.states(made.journal, ORIGIN)] == ["Home"]
    made.journal.close()


def test_a_way_back_is_verified_by_how_the_state_was_when_it_was_arrived_at(tmp_path: Path) -> None:
    """An older look of a state is the same state, and still not where the run was."""

    def form(fields: int) -> Fake:
        shown = (textbox(f"Field {letter}") for letter in "abcdefghijkl"[:fields])
        return Fake(FakeSite("form", {"form": screen("Form", heading("Form"), *shown)}))

    made = assembled(form(9), (), tmp_path)
    old = made.tracker.arrive(made.env.reset())
    assert made.tracker.arrive(form(12).reset()) == old, "three fields more"
    fewer = form(8).reset()
    assert made.tracker.shown(fewer) == old
    assert not made.tracker.at_last_proof(fewer), "four fields fewer than it had"
    assert made.tracker.at_last_proof(form(12).reset())
    made.journal.close()


def poisoned(folder: Path, statement: str, *values: object) -> None:
    journal = agent(Fake(office()), (), folder).journal
    journal.db.execute(statement, values)
    journal.close()


def test_a_way_that_was_made_up_loses_its_weight(tmp_path: Path) -> None:
    tour = (click("h", "Help"), doing("g", Open(HOME)), *TOUR)
    learned = drive(Fake(office()), tmp_path, *tour)
    reports = learned.proved["a"].after
    poisoned(tmp_path, "update transitions set after = ?, ms = 0 where step = 'click \"Help\"'", reports)
    closed, taken = office(words("Nothing")), []
    for _ in range(3):
        run = drive(Fake(closed), tmp_path, WALK, done=REPORTS)
        assert run.outcome is Outcome.REACHED, run.why
        taken.append(next(done.step.words for done in run.done if done.proved))
    assert taken == ['click "Help"', 'click "Help"', 'click "Everything"']


DAMAGE = (
    "update states set id = id || 'x'",
    "update states set address = 7, name = x'ff'",
    "update looks set features = '{'",
    "update looks set id = id || 'x', state = 'y'",
    "update transitions set act = '{', rate = 'much'",
    "update transitions set after = before",
    "update routes set ms = 'long', ok = 'often'",
    "drop table looks",
    "drop table transitions",
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_no_damage_of_the_map_stops_a_run(toured: Path, damage: str) -> None:
    poisoned(toured, damage)
    run = drive(Fake(office(words("Nothing"))), toured, WALK, done=REPORTS)
    assert run.outcome in {Outcome.REACHED, Outcome.NOT_REACHED}
    run = drive(Fake(office()), toured, WALK, click("2", "Print", ex.Text("nowhere")))
    assert [done.proved for done in run.done] == [True, False, False]
