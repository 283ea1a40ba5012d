"""What must not pass for another way: other records, what was filled in, commits, redirects, other origins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.policy import Grants
from envs.action import Open
from envs.fake import Fake, FakeSite, Goes, Item, Saves, Screen, button, heading, item, link, screen, textbox
from envs.fake import text as words
from tests.cua.detour.office import HOME, WALK, assembled, drive, office, to
from tests.cua.world import ASKED, ORIGIN, click, doing, typing


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
        "home", {"home": screen("Book", heading("A book"), buy, *cart), "cart": screen("Cart", heading("Your cart"))}
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
