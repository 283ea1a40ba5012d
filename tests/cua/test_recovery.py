"""What is done about a step that failed, before it is tried again: by cause, and never twice what was committed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import Outcome
from cua.goal import Goal
from cua.run import Run
from cua.step import Step
from cua.vault import Binding, Vault
from envs.action import Secret, Type
from envs.fake import (
    Each,
    Effect,
    Fake,
    FakeSite,
    Goes,
    Hides,
    Item,
    Later,
    Saves,
    Sends,
    Shows,
    Turns,
    button,
    heading,
    item,
    link,
    password,
    screen,
    textbox,
)
from envs.fake import text as words
from grounding import from_mapping
from grounding.target import Target
from tests.cua.world import ASKED, ORIGIN, agent, click, typing

ADDED = ex.Text("was added successfully")
GOAL = Goal("add the group Editors", ADDED, start=f"{ORIGIN}/home", commits=True)
SAVE = click("3", "Save", ADDED, commit=True)
ADD = (click("1", "Add group"), typing("2", "Name", "Editors"), SAVE)
SAVED = Saves("group", then=Goes("saved"))
LIST = Item("table", "Groups", children=(Each("group", item("row", "{Name}")),))


def site(on_save: tuple[Effect, ...] = (SAVED,), on_add: tuple[Effect, ...] = (Goes("new"),), *also: Item) -> FakeSite:
    return FakeSite(
        "home",
        {
            "home": screen("Home", heading("Groups"), link("Add group", *on_add), LIST),
            "new": screen("New group", heading("New group"), textbox("Name"), button("Save", *on_save), *also),
            "saved": screen("Groups", heading("Groups"), words("The group was added successfully."), LIST),
            "error": screen("Error", heading("Server error")),
        },
    )  # fmt: skip


def drive(folder: Path, world: FakeSite, steps: tuple[Step, ...] = ADD, tries: int = 4) -> tuple[Run, Fake]:
    env = Fake(world)
    return agent(env, steps, folder, tries=tries).run(GOAL, ASKED), env


def done_about(run: Run) -> list[str]:
    return [back.remedy for back in run.rollbacks]


def test_a_click_that_comes_to_nothing_is_done_by_the_keyboard(tmp_path: Path) -> None:
    save = button("Save", Turns(((), SAVED))).on("press Enter", SAVED)
    world = site()
    world.screens["new"]  # the button that swallows its first click takes the key
    world = replace(
        world, screens={**world.screens, "new": screen("New group", heading("New group"), textbox("Name"), save)}
    )
    run, env = drive(tmp_path, world)
    assert run.outcome is Outcome.REACHED, run.why
    assert done_about(run) == ["keyboard"]
    assert len(env.saved) == 1


def test_a_server_that_is_busy_is_asked_again_later(tmp_path: Path) -> None:
    busy = Sends(method="POST", kind="document", status=429, otherwise=Goes("error"))
    run, env = drive(tmp_path, site((Turns((busy, SAVED)),)))
    assert run.outcome is Outcome.REACHED, run.why
    assert done_about(run) == ["wait"]
    assert run.rollbacks[0].lost == ("2",)  # what was filled in is filled in again
    assert len(env.saved) == 1


def test_a_refusal_that_names_no_entry_is_tried_once_more_with_the_form_loaded_anew(tmp_path: Path) -> None:
    no = Sends(method="POST", kind="document", status=422)
    run, env = drive(tmp_path, site((Turns((no, SAVED)),)))
    assert run.outcome is Outcome.REACHED, run.why
    assert done_about(run) == ["reload"]
    assert len(env.saved) == 1


MARKED = Shows(replace(textbox("Code"), states=frozenset({"invalid"})))


@pytest.mark.parametrize(
    ("status", "marked", "also"),
    [(422, (MARKED,), ()), (422, (), (password("PIN"),)), (402, (), ())],
    ids=["it marks an entry", "it asks for a password", "payment required"],
)
def test_a_refusal_for_good_has_no_remedy(
    tmp_path: Path, status: int, marked: tuple[Effect, ...], also: tuple[Item, ...]
) -> None:
    no = Sends(method="POST", kind="document", status=status)
    run, env = drive(tmp_path, site((no, *marked), (Goes("new"),), *also), tries=1)
    assert run.outcome is Outcome.NOT_REACHED
    assert set(done_about(run)) == {""}
    assert env.saved == []


def test_what_lies_over_the_page_is_closed_without_agreeing(tmp_path: Path) -> None:
    survey = Item(
        "dialog",
        "How do you like it?",
        states=frozenset({"modal"}),
        children=(button("Rate it", Goes("error")), button("Not now", Hides("How do you like it?"))),
    )
    opening = textbox("Name").on("type", Shows(survey))
    world = site()
    form = screen("New group", heading("New group"), opening, button("Save", SAVED))
    run, env = drive(tmp_path, replace(world, screens={**world.screens, "new": form}))
    assert run.outcome is Outcome.REACHED, run.why
    assert "dismiss" in done_about(run)
    assert "error" not in env.story
    closed = [done for done in run.done if done.step.id.endswith("~close")]
    assert [done.verdict.holds for done in closed] == [True]


SIGN_IN = (
    typing("1", "User", "clerk"),
    Step("2", Type(Secret("password")), "type the password", Target("Password", text="Password")),
    click("3", "Sign in", ex.Text("Groups")),
    click("4", "Add group", ex.Text("New group")),
    typing("5", "Name", "Editors"),
    replace(SAVE, id="6"),
)


def test_a_session_that_has_ended_is_signed_in_again(tmp_path: Path) -> None:
    entrance = screen("Sign in", textbox("User"), password("Password"), button("Sign in", Goes("home")))
    world = site(on_add=(Turns((Goes("sign-in"), Goes("new"))),))
    ended = Turns((Goes("home"), Goes("home")))
    entrance = screen("Sign in", textbox("User"), password("Password"), button("Sign in", ended))
    world = replace(world, start="sign-in", screens={**world.screens, "sign-in": entrance})
    env = Fake(world)
    vault = Vault({"password": Binding("secret", ORIGIN)})
    run = agent(env, SIGN_IN, tmp_path, vault=vault, tries=3).run(GOAL, ASKED)
    assert run.outcome is Outcome.REACHED, run.why
    assert len(env.saved) == 1


def sends_away(entrance: Item, way_out: str = "Items") -> FakeSite:
    """After signing in, one link of the page leads to the entrance the first time."""
    away = link(way_out, Turns((Sends(url=f"{ORIGIN}/items", kind="document", then=Goes("sign-in")), Goes("new"))))
    return FakeSite(
        "sign-in",
        {
            "sign-in": screen("Sign in", textbox("User"), password("Password"), entrance),
            "home": screen("Home", heading("Groups"), away),
            "new": screen("New group", heading("New group")),
        },
    )  # fmt: skip


@pytest.mark.parametrize("expect", [None, ex.Changed(), ex.Within(ex.Changed(), 5.0)])
def test_a_sign_in_page_in_place_of_what_was_asked_for_is_no_success(tmp_path: Path, expect: ex.Expect | None) -> None:
    steps = (*SIGN_IN[:3], click("4", "Items", expect))
    vault = Vault({"password": Binding("secret", ORIGIN)})
    env = Fake(sends_away(button("Sign in", Goes("home"))))
    run = agent(env, steps, tmp_path, vault=vault, tries=3).run(Goal("look at the items", ex.Text("New group")), ASKED)
    assert run.outcome is Outcome.REACHED, run.why
    assert [done.verdict.why for done in run.done if not done.proved] == ["a sign-in page came instead"]


def test_who_signs_out_is_led_to_the_sign_in_page(tmp_path: Path) -> None:
    steps = (*SIGN_IN[:3], click("4", "Log out", None))
    vault = Vault({"password": Binding("secret", ORIGIN)})
    env = Fake(sends_away(button("Sign in", Goes("home")), "Log out"))
    run = agent(env, steps, tmp_path, vault=vault).run(Goal("sign out"), ASKED)
    assert run.outcome is Outcome.REACHED, run.why


@pytest.mark.parametrize(("name", "waits"), [("Editors", True), ("Writers", False)])
def test_what_was_just_stored_is_waited_for_in_a_list_that_is_behind(tmp_path: Path, name: str, waits: bool) -> None:
    world = site()
    behind = screen("Groups", words("The group was added successfully."), Item("table", "Groups"))
    world = replace(world, screens={**world.screens, "saved": behind})
    run, _ = drive(tmp_path, world, (*ADD, replace(click("4", name, None), timeout=0.1)), tries=5)
    assert run.outcome is Outcome.NOT_REACHED
    assert ("wait" in done_about(run)) is waits
    assert 'not undone: click "Save"' in run.why


LOOKED_UP = (*ADD[:2], replace(SAVE, already=ex.Exists(from_mapping({"target": "Editors", "in": "Groups table"}))))


@pytest.mark.parametrize(
    ("steps", "remedy", "outcome"), [(ADD, "", Outcome.NOT_REACHED), (LOOKED_UP, "look up", Outcome.REACHED)]
)
def test_a_body_that_says_no_is_sent_again_only_after_looking_it_up(
    tmp_path: Path, steps: tuple[Step, ...], remedy: str, outcome: Outcome
) -> None:
    """Of a 200 with errors in it (GraphQL) a part may have happened."""
    no = Sends(method="POST", kind="document", status=200, refusal="That could not be saved.", then=Goes("error"))
    run, env = drive(tmp_path, site((Turns((no, no if outcome is not Outcome.REACHED else SAVED)),)), steps, tries=1)
    assert run.outcome is outcome, run.why
    assert set(done_about(run)) == {remedy}
    assert len(env.saved) == (outcome is Outcome.REACHED)


BROKEN = Sends(method="POST", kind="document", status=500, otherwise=Goes("error"))


def test_what_is_missing_where_it_would_be_seen_has_not_happened(tmp_path: Path) -> None:
    run, env = drive(tmp_path, site((Turns((BROKEN, SAVED)),)), LOOKED_UP)
    assert run.outcome is Outcome.REACHED, run.why
    assert done_about(run) == ["look up"]
    assert run.rollbacks[0].void
    assert len(env.saved) == 1


def test_what_has_happened_is_not_done_again(tmp_path: Path) -> None:
    kept = Saves("group", status=500, kept=True, otherwise=Goes("error"))
    run, env = drive(tmp_path, site((Turns((kept, SAVED)),)), LOOKED_UP)
    assert len(env.saved) == 1
    assert "3" in run.proved


def test_a_list_that_goes_on_is_read_to_its_end(tmp_path: Path) -> None:
    """On the first page it is missing; on the second it stands."""
    kept = Saves("group", status=500, kept=True, otherwise=Goes("error"))
    world = site((Turns((kept, SAVED)),))
    add, following = link("Add group", Goes("new")), link("Next", Goes("second")).having(href=f"{ORIGIN}/second")
    first = screen("Home", heading("Groups"), add, Item("table", "Groups"), following)
    second = screen("Home, page 2", heading("Groups"), LIST)
    world = replace(world, screens={**world.screens, "home": first, "second": second})
    run, env = drive(tmp_path, world, LOOKED_UP)
    assert len(env.saved) == 1
    assert "3" in run.proved


def test_without_a_place_to_look_nothing_is_known(tmp_path: Path) -> None:
    steps = (*ADD[:2], replace(SAVE, already=ex.Text("Editors")))
    run, env = drive(tmp_path, site((Turns((BROKEN, SAVED)),)), steps)
    assert run.outcome is Outcome.UNCLEAR
    assert env.saved == []


def test_what_has_happened_in_part_is_not_done_again(tmp_path: Path) -> None:
    """The name is there, the note is not: done again, there would be two of that name."""
    seen = ex.All((ex.Title("Home"), ex.Text("Editors"), ex.Text("They edit")))
    steps = (*ADD[:2], replace(SAVE, already=seen))
    half = Saves("group", status=500, kept=True, otherwise=Goes("error"))
    run, env = drive(tmp_path, site((Turns((half, SAVED)),)), steps)
    assert run.outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1


def test_a_page_that_says_saved_and_does_not_show_it_is_not_believed(tmp_path: Path) -> None:
    lost = Saves("group", kept=False, then=Goes("saved"))
    run, env = drive(tmp_path, site((Turns((lost, SAVED)),)), LOOKED_UP)
    assert run.outcome is Outcome.REACHED, run.why
    assert done_about(run) == ["look up"]
    assert len(env.saved) == 1


def test_a_request_that_is_still_open_is_never_repeated(tmp_path: Path) -> None:
    slow = Saves("group", takes=60.0, then=Goes("saved"))
    run, env = drive(tmp_path, site((slow,)), LOOKED_UP)
    assert run.outcome in (Outcome.UNCLEAR, Outcome.REACHED)
    assert env.story.count('click button "Save"') == 1


def test_what_was_committed_is_told_where_the_goal_is_not_reached(tmp_path: Path) -> None:
    steps = (*ADD, click("4", "Nowhere"))
    run, env = drive(tmp_path, site(), steps, tries=0)
    assert run.outcome is Outcome.NOT_REACHED
    assert len(env.saved) == 1
    assert [effect.kind for effect in run.effects] == ["write"]


def test_an_answer_of_the_application_is_never_pressed_to_make_room(tmp_path: Path) -> None:
    """ "Reject" on an ordinary page, and in a dialog that asks about the application's own things, is no closing."""
    ask = Item(
        "dialog",
        "Approve the request?",
        states=frozenset({"modal"}),
        children=(button("Approve", Goes("error")), button("Reject", Goes("error")), button("Cancel", Goes("error"))),
    )
    for shown in ((button("Reject", Goes("error")), button("Close", Goes("error"))), (ask,)):
        world = site()
        form = screen("New group", heading("New group"), textbox("Name"), *shown)
        folder = tmp_path / str(len(shown))
        folder.mkdir()
        run, env = drive(folder, replace(world, screens={**world.screens, "new": form}))
        assert run.outcome is not Outcome.REACHED
        assert not [line for line in env.story if line.startswith("click button")]


def test_one_endpoint_for_everything_hides_what_was_sent(tmp_path: Path) -> None:
    """A page that polls the very address that it saves to: that nothing was sent cannot be told."""
    poll = Sends(method="POST", url=f"{ORIGIN}/api")
    mute = Saves("group", url=f"{ORIGIN}/api")
    world = site((mute,))
    form = screen("New group", heading("New group"), textbox("Name"), button("Save", mute), then=(Later(0.1, poll),))
    run, env = drive(tmp_path, replace(world, screens={**world.screens, "new": form}))
    assert run.outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1


def test_a_button_is_not_pressed_to_look_something_up(tmp_path: Path) -> None:
    kept = Saves("group", status=500, kept=True, otherwise=Goes("error"))
    world = site((Turns((kept, SAVED)),))
    add, following = link("Add group", Goes("new")), button("Next", Saves("group"))
    first = screen("Home", heading("Groups"), add, Item("table", "Groups"), following)
    run, env = drive(tmp_path, replace(world, screens={**world.screens, "home": first}), LOOKED_UP)
    assert run.outcome is Outcome.UNCLEAR
    assert len(env.saved) == 1
