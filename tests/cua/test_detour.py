"""A way that is closed: the goal is reached by another one that earlier runs know, and none that only looks so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from cua import expect as ex
from cua.agent import Agent
from cua.errors import Outcome
from cua.goal import Goal
from cua.policy import Grants
from cua.run import Run
from cua.step import Step
from cua.tracker import chart
from cua.tracker.memory import MapMemory
from envs.action import Open
from envs.fake import Fake, FakeSite, Goes, Item, Saves, Screen, Shows, button, heading, item, link, screen, textbox
from envs.fake import text as words
from tests.cua.world import ASKED, ORIGIN, agent, click, doing, typing

HOME = f"{ORIGIN}/home"
REPORTS = ex.Text("Reports of the year")


def to(name: str, where: str) -> Item:
    return link(name, Goes(where)).having(href=f"/{where}")


def office(*reports: Item, extra: dict[str, Screen] | None = None) -> FakeSite:
    """A start page with a link to the reports (`reports` in its place), and another one behind "Everything"."""
    shown = reports or (to("Reports", "reports"),)
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Office"), *shown, to("Everything", "all"), to("Help", "help")),
            "all": screen("Everything", heading("All there is"), to("The reports", "reports"), to("Start", "home")),
            "help": screen("Help", heading("How to"), words("Ask somebody."), to("Start", "home")),
            "reports": screen("Reports", heading("Reports of the year"), button("Print", Shows(words("done")))),
            "error": screen("Not found", heading("There is nothing here")),
            **(extra or {}),
        },
    )


def assembled(env: Fake, steps: Sequence[Step], folder: Path) -> Agent:
    made = agent(env, steps, folder)
    made.tracker.memory = MapMemory(made.journal, ORIGIN)
    return made


def drive(env: Fake, folder: Path, *steps: Step, done: ex.Expect | None = None) -> Run:
    made = assembled(env, steps, folder)
    try:
        return made.run(Goal("see it", done, start=HOME), ASKED)
    finally:
        assert isinstance(made.tracker.memory, MapMemory)
        made.tracker.memory.close()
        made.journal.close()


WALK = click("1", "Reports", REPORTS)
TOUR = (replace(WALK, id="a"), doing("b", Open(HOME)), click("c", "Everything"), click("d", "The reports"))
CLOSED: dict[str, tuple[Item, ...]] = {
    "gone": (words("Nothing here"),),
    "disabled": (to("Reports", "reports").being("disabled"),),
    "a no-op": (link("Reports"),),
    "a wrong page": (link("Reports", Goes("error")),),
    "behind another name": (to("Numbers", "help"),),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs that knows the office, and how steps that failed there were undone."""
    folder = tmp_path_factory.mktemp("office")
    assert drive(Fake(office()), folder, click("0", "Help", ex.Text("nowhere"))).outcome is Outcome.NOT_REACHED
    assert drive(Fake(office()), folder, *TOUR).outcome is Outcome.REACHED
    return folder


@pytest.fixture
def toured(known: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return copytree(known, tmp_path / "runs")


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


# ── what must not pass ───────────────────────────────────────────────────────────────────────────────────────────────


def people(*, closed: bool, by: str = "path", first: str = "alice", expect: bool = True) -> FakeSite:
    """A list of two, a page for each, an Edit link on each; `by`: how an address tells them apart, if at all."""
    urls = {"path": "/people/{}", "query": "/person?n={}", "nothing": "/person"}[by]
    numbers = {"alice": "5", "bob": "7"}

    def page(who: str) -> Screen:
        edit = link("Edit", Goes(f"edit {who}")).having(href=urls.format(numbers[who]) + "/edit")
        items = (heading("A person"), words(who), words("Nothing") if closed else edit)
        return screen("Person", *items, url=urls.format(numbers[who]))

    def form(who: str) -> Screen:
        shown = (heading("Edit person"), textbox("Name").having(value=who), button("Save", Saves(who)))
        return screen("Edit person", *shown, url=urls.format(numbers[who]) + "/edit")

    screens = {"home": screen("Home", heading("People"), to("Mine", first))}
    for who in numbers:
        screens |= {who: page(who), f"edit {who}": form(who)}
    return FakeSite("home", screens)


@pytest.mark.parametrize("by", ["path", "query"])
@pytest.mark.parametrize("stated", [True, False])
def test_the_record_of_bob_does_not_pass_for_that_of_alice(tmp_path: Path, by: str, stated: bool) -> None:
    steps = (click("1", "Mine"), click("2", "Edit", ex.Text("Edit person") if stated else None))
    assert drive(Fake(people(closed=False, by=by, first="bob")), tmp_path, *steps).outcome is Outcome.REACHED
    run = drive(Fake(people(closed=True, by=by, first="alice")), tmp_path, *steps)
    assert run.outcome is Outcome.NOT_REACHED
    assert "edit" not in run.done[-1].url
    again = drive(Fake(people(closed=True, by=by, first="bob")), tmp_path, *steps)
    assert again.outcome is Outcome.REACHED, "it is the same record"


def listed(*, closed: bool) -> FakeSite:
    """An application in which no address tells anything: who is picked in the table is edited."""
    pick = [item("row", who, link(who, Goes(f"edit {who}"))) for who in (["Bob"] if closed else ["Alice", "Bob"])]
    forms = {
        f"edit {who}": screen("App", heading("Edit person"), textbox("Name").having(value=who), url="/app")
        for who in ("Alice", "Bob")
    }
    return FakeSite("list", {"list": screen("App", heading("People"), item("table", "", *pick), url="/app"), **forms})


def test_what_was_picked_from_a_list_is_not_exchanged_for_another(tmp_path: Path) -> None:
    say = ex.Text("Edit person")
    for who in ("Alice", "Bob"):
        assert drive(Fake(listed(closed=False)), tmp_path, click("1", who, say)).outcome is Outcome.REACHED
    run = drive(Fake(listed(closed=True)), tmp_path, click("1", "Alice", say))
    assert run.outcome is Outcome.NOT_REACHED
    assert not any(done.dispatched for done in run.done)


def test_what_was_filled_in_is_not_left_behind(tmp_path: Path) -> None:
    def form(*more: Item) -> FakeSite:
        first = screen("Step 1", heading("Step 1"), textbox("Name"), *more)
        return FakeSite("one", {"one": first, "two": screen("Step 2", heading("Step 2"))})

    steps = (typing("1", "Name", "Alice"), click("2", "Next", ex.Text("Step 2")))
    assert drive(Fake(form(to("Next", "two"))), tmp_path, *steps).outcome is Outcome.REACHED
    run = drive(Fake(form()), tmp_path, *steps)
    assert run.outcome is Outcome.NOT_REACHED
    assert {done.step.id for done in run.done if done.dispatched} == {"1"}


def test_a_commit_and_a_step_that_wrote_have_no_other_way(tmp_path: Path) -> None:
    def site(*shown: Item) -> FakeSite:
        saved = screen("Saved", heading("Saved"), words("was saved"))
        return FakeSite("home", {"home": screen("Home", heading("Office"), *shown), "saved": saved})

    for commit in (True, False):
        folder = tmp_path / str(commit)
        step = replace(click("1", "Save", ex.Text("was saved"), commit=True), commit=commit)
        open_ = site(button("Save", Saves("it", then=Goes("saved"))))
        assert drive(Fake(open_), folder, step).outcome is Outcome.REACHED
        run = drive(Fake(site(words("Nothing"))), folder, step)
        assert run.outcome is Outcome.NOT_REACHED
        assert not any("~" in done.step.id for done in run.done)


def test_nothing_is_opened_outside_of_what_was_granted(tmp_path: Path) -> None:
    drive(Fake(office()), tmp_path, WALK)
    made = assembled(Fake(office(words("Nothing"))), (WALK,), tmp_path)
    made.policy = replace(made.policy, grants=Grants(frozenset({"https://else.test"})))
    run = made.run(Goal("see it", start=HOME), ASKED)
    made.journal.close()
    assert run.outcome is not Outcome.REACHED
    assert not any(done.dispatched for done in run.done)


def crowd(*, closed: bool) -> FakeSite:
    """Alice's page, with a link to edit her and one to a list of all, where each can be edited."""

    def form(who: str, n: int) -> Screen:
        return screen("Edit", heading("Edit person"), textbox("Name").having(value=who), url=f"/people/{n}/edit")

    edit = words("Nothing") if closed else link("Edit", Goes("edit alice")).having(href="/people/5/edit")
    edits = {"alice": "/people/5/edit", "bob": "/people/7/edit"}
    rows = [item("row", who, link(who, Goes(f"edit {who}")).having(href=to)) for who, to in edits.items()]
    return FakeSite(
        "alice",
        {
            "alice": screen("Person", heading("A person"), edit, to("Everybody", "list"), url="/people/5"),
            "list": screen("All", heading("Everybody"), item("table", "", *rows)),
            "edit alice": form("alice", 5),
            "edit bob": form("bob", 7),
        },
    )


def test_a_path_to_another_record_is_not_believed_and_the_right_one_is_gone_to(tmp_path: Path) -> None:
    edit = click("1", "Edit", ex.Text("Edit person"))
    tour = (edit, doing("b", Open(f"{ORIGIN}/people/5")), click("c", "Everybody"), click("d", "bob"))
    assert drive(Fake(crowd(closed=False)), tmp_path, *tour).outcome is Outcome.REACHED
    run = drive(Fake(crowd(closed=True)), tmp_path, edit, done=ex.Text("Edit person"))
    assert run.outcome is Outcome.REACHED
    assert [done.url for done in run.done if done.proved][1:] == [f"{ORIGIN}/people/{n}/edit" for n in (7, 5, 5)]


def test_a_path_that_picks_a_record_proves_nothing_where_the_address_does_not_tell(tmp_path: Path) -> None:
    def app(*mine: Item) -> FakeSite:
        rows = item("table", "", item("row", "Bob", link("Bob", Goes("form")).having(href="/app")))
        form = screen("App", heading("Edit person"), textbox("Name"), url="/app")
        return FakeSite("list", {"list": screen("App", heading("All"), *mine, rows, url="/app"), "form": form})

    mine = click("1", "My data", ex.Text("Edit person"))
    tour = (mine, doing("b", Open(f"{ORIGIN}/app")), click("c", "Bob"))
    assert drive(Fake(app(link("My data", Goes("form")))), tmp_path, *tour).outcome is Outcome.REACHED
    run = drive(Fake(app()), tmp_path, mine)
    assert run.outcome is Outcome.NOT_REACHED
    assert any(done.step.words == 'click "Bob"' and done.undone for done in run.done)


def test_what_is_stated_has_to_be_seen(tmp_path: Path) -> None:
    def site(said: str, *shown: Item) -> FakeSite:
        reports = screen("Reports", heading("Reports of the year"), words(said))
        return FakeSite("home", {"home": screen("Home", heading("Office"), *shown), "reports": reports})

    step = click("1", "Reports", ex.Text("all 12 are there"))
    assert drive(Fake(site("all 12 are there", to("Reports", "reports"))), tmp_path, step).outcome is Outcome.REACHED
    run = drive(Fake(site("only 11 are there")), tmp_path, step)
    assert run.outcome is Outcome.NOT_REACHED
    assert run.rollbacks[-1].lost == ("1~1",)


def shop(*cart: Item) -> FakeSite:
    buy = link("Add to cart", Goes("cart")).having(href="/cart/add")
    return FakeSite(
        "home",
        {"home": screen("Book", heading("A book"), buy, *cart), "cart": screen("Cart", heading("Your cart"))},
    )


def test_a_link_that_redirects_may_have_done_something_and_is_no_other_way(tmp_path: Path) -> None:
    look = click("1", "Cart", ex.Text("Your cart"))
    tour = (look, doing("b", Open(HOME)), click("c", "Add to cart"))
    assert drive(Fake(shop(to("Cart", "cart"))), tmp_path, *tour).outcome is Outcome.REACHED
    env = Fake(shop())
    run = drive(env, tmp_path, look, done=ex.Text("Your cart"))
    assert run.outcome is Outcome.REACHED, run.why
    assert not any("Add to cart" in did for did in env.story)


def test_a_choice_between_two_is_not_made_by_going_round_it(toured: Path) -> None:
    run = drive(Fake(office(to("Reports", "reports"), to("Reports", "help"))), toured, WALK)
    assert run.outcome is Outcome.NOT_REACHED
    assert not any(done.dispatched for done in run.done)


# ── one map for everything that a run says ───────────────────────────────────────────────────────────────────────────


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


# ── a map that is wrong ──────────────────────────────────────────────────────────────────────────────────────────────


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
