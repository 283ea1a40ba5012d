"""The planner in the real loop, on a fake application in the manner of an admin, from the text to the records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cua.errors import Outcome
from cua.planners.instruct import InstructPlanner
from cua.planners.instruct.done import goal_of
from cua.run import Run
from cua.vault import Binding, Vault
from envs.fake import (
    Drops,
    Each,
    Fake,
    FakeSite,
    Goes,
    Saves,
    Screen,
    Sends,
    button,
    checkbox,
    form,
    heading,
    item,
    link,
    password,
    row,
    screen,
    select,
    textbox,
)
from envs.fake import text as words
from grounding.grounder import Grounder
from tests.cua.world import ASKED, ORIGIN, agent


def office() -> FakeSite:
    """A sign-in page, a page with two lists, groups that can be made and deleted, users with a page each."""
    groups = screen(
        "Groups",
        heading("Groups"),
        link("Add group", Goes("new")),
        item("table", "", Each("group", row(item("cell", "{Name}"), button("Delete", Drops(), Goes("gone"))))),
    )
    screens: dict[str, Screen] = {
        "login": screen("Sign in", form(textbox("Username"), password("Password"), button("Log in", Goes("home")))),
        "home": screen(
            "Home",
            words("Welcome, admin"),
            link("Log out", Goes("login")),
            item(
                "table",
                "",
                row(link("Groups", Goes("groups")), link("Add", Goes("new"))),
                row(link("Users", Goes("users")), link("Add", Goes("user"))),
            ),
        ),
        "groups": groups,
        "new": screen(
            "New group",
            heading("Add group"),
            form(
                textbox("Name"),
                select("Colour", ["Red", "Green"]),
                checkbox("Active"),
                button("Save", Saves("group", then=Goes("saved"))),
                button("Save and add another", Saves("group", then=Goes("again"))),
            ),
        ),
        "again": screen(
            "New group",
            words("The group was added successfully. You may add another group below."),
            form(textbox("Name"), button("Save", Saves("group", then=Goes("saved")))),
        ),
        "saved": screen(
            "Groups",
            words("The group was added successfully."),
            item("table", "", Each("group", row(item("cell", "{Name}")))),
        ),
        "gone": screen("Groups", words("The group was deleted successfully."), link("Home", Goes("home"))),
        "users": screen("Users", heading("Users"), link("alice", Goes("alice")), link("bob", Goes("alice"))),
        "user": screen(
            "New user",
            form(
                textbox("Username"),
                password("Password"),
                password("Password confirmation"),
                button("Create", Saves("user", then=Goes("created"))),
            ),
        ),
        "created": screen("Users", words("The user dave was created.")),
        "alice": screen(
            "alice",
            heading("alice"),
            link("History", Goes("history")),
            form(textbox("First name"), checkbox("Staff status"), button("Save", Saves("alice", then=Goes("changed")))),
        ),
        "changed": screen("Users", words("The user alice was changed successfully.")),
        "history": screen("History", heading("History of alice"), words("Nothing happened.")),
    }
    return FakeSite("login", screens)


def drive(text: str, folder: Path, site: FakeSite | None = None) -> tuple[Run, Fake]:
    planner = InstructPlanner(text, grounder=Grounder())
    env = Fake(site or office())
    bindings: Mapping[str, Binding] = {n: Binding(v, ORIGIN) for n, v in planner.instruction.literals.items()}
    ready = agent(env, (), folder, vault=Vault(dict(bindings)))
    ready.planner = planner
    goal = goal_of(planner.instruction.masked, planner.instruction.clauses, ORIGIN)
    return ready.run(goal, ASKED), env


def saved(env: Fake, kind: str) -> list[dict[str, str]]:
    return [dict(record.fields) for record in env.saved if record.kind == kind]


LOG_IN = "Log in as admin with password secret"


@pytest.mark.parametrize(
    "text",
    [
        f"{LOG_IN}, open Groups, add a group named Editors and save",
        f"{LOG_IN}, add a group named Editors",
        f"{LOG_IN}. Create a new group called Editors. Save it.",
        f"{LOG_IN}, then open Groups, click Add group, type Editors into Name and press Save",
        f"{LOG_IN}, click Add in the row of Groups, fill in Name with Editors, then save",
        f"1. {LOG_IN}\n2. Open Groups\n3. Add a group named 'Editors'\n4. Save",
    ],
)
def test_a_group_is_made(text: str, tmp_path: Path) -> None:
    run, env = drive(text, tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert [record["Name"] for record in saved(env, "group")] == ["Editors"]


def test_all_kinds_of_fields(tmp_path: Path) -> None:
    run, env = drive(
        f"{LOG_IN}, add a group named Editors, choose green from the Colour dropdown, tick Active and save", tmp_path
    )
    assert run.outcome is Outcome.REACHED, run.why
    assert saved(env, "group") == [{"Name": "Editors", "Colour": "Green", "Active": "on"}]


def test_the_screen_decides_what_belongs_to_a_name(tmp_path: Path) -> None:
    text = f"{LOG_IN}, add a group named One, press Save and add another, type Two into Name and save"
    run, env = drive(text, tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert [record["Name"] for record in saved(env, "group")] == ["One", "Two"]
    assert any("+" in done.step.id for done in run.done)


def test_a_password_is_given_twice_where_it_is_asked_for_twice(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN} and create a user dave with password s3cret!x", tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    (record,) = saved(env, "user")
    assert record == {"Username": "dave", "Password": "s3cret!x", "Password confirmation": "s3cret!x"}
    assert "s3cret!x" not in repr(run)


def test_a_record_is_opened_and_changed(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN}, open Users, set the first name of alice to Alice and save", tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert [record["First name"] for record in saved(env, "alice")] == ["Alice"]


def test_a_record_is_reached_by_its_kind(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN}, tick Staff status for the user alice", tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert [record["Staff status"] for record in saved(env, "alice")] == ["on"]


def test_the_history_of_a_record(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN} and open the history of the user alice", tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert env.observe().title == "History"
    assert not env.saved


def test_without_saving_nothing_is_saved(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN}, open Groups, add a group named Editors but don't save", tmp_path)
    assert run.outcome is Outcome.REACHED, run.why
    assert not env.saved


def test_no_way_is_said_with_what_there_is(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN} and add a printer named Laser", tmp_path)
    assert run.outcome is Outcome.INFEASIBLE
    assert "way to a new printer" in run.why
    assert '"Groups"' in run.why
    assert not env.saved


def test_two_ways_are_no_way(tmp_path: Path) -> None:
    site = FakeSite(
        "list",
        {
            "list": screen("List", button("Delete", Goes("gone")), button("Delete", Goes("gone"))),
            "gone": screen("Gone", words("It was deleted.")),
        },
    )
    run, _ = drive("click Delete", tmp_path, site)
    assert run.outcome is Outcome.NOT_REACHED
    assert "2 elements fit" in run.why
    assert not any(done.dispatched for done in run.done)


def test_a_wrong_password_is_no_success(tmp_path: Path) -> None:
    site = FakeSite(
        "login",
        {
            "login": screen(
                "Sign in", form(textbox("Username"), password("Password"), button("Log in", Goes("wrong")))
            ),
            "wrong": screen(
                "Sign in",
                words("Please enter the correct password."),
                form(textbox("Username"), password("Password"), button("Log in", Goes("wrong"))),
            ),
        },
    )
    run, _ = drive(LOG_IN, tmp_path, site)
    assert run.outcome is Outcome.NOT_REACHED
    assert 'click "Log in" did not work' in run.why
    assert [done.step.id for done in run.done if done.dispatched].count("1.submit") == 1


def test_deleting_by_the_button_of_the_row(tmp_path: Path) -> None:
    deletes = row(item("cell", "Editors"), button("Delete", Sends(then=Goes("gone"))))
    others = row(item("cell", "Writers"), button("Delete", Sends(then=Goes("wrong"))))
    site = FakeSite(
        "groups",
        {
            "groups": screen("Groups", heading("Groups"), item("table", "", others, deletes)),
            "gone": screen("Groups", words("The group Editors was deleted.")),
            "wrong": screen("Groups", words("The group Writers was deleted.")),
        },
    )
    run, env = drive("delete the group Editors", tmp_path, site)
    assert run.outcome is Outcome.REACHED, run.why
    assert any(element.name == "The group Editors was deleted." for element in env.observe().elements)
    assert [done.step.commit for done in run.done] == [True]


def test_the_planner_is_pure(tmp_path: Path) -> None:
    run, env = drive(f"{LOG_IN}, open Groups", tmp_path)
    planner = InstructPlanner(f"{LOG_IN}, open Groups", grounder=Grounder())
    now = Fake(office()).reset()
    empty = Run("x", run.goal)
    plans = [planner.plan(run.goal, now, empty) for _ in range(3)]
    assert plans[0] == plans[1] == plans[2]
    assert [step.id for step in plans[0].steps] == ["1.user", "1.password", "1.submit"]
    assert planner.plan(run.goal, env.observe(), run).steps == ()
