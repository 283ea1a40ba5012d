"""A fake site as a whole, and its time: deterministic, never sleeping."""

from __future__ import annotations

from envs.action import (
    Click,
    Open,
    Press,
    Type,
)
from envs.clock import ManualClock
from envs.events import Failure
from envs.fake import (
    Asks,
    Drops,
    Each,
    Fake,
    FakeSite,
    Goes,
    Later,
    Saves,
    Shows,
    When,
    button,
    form,
    heading,
    link,
    password,
    row,
    screen,
    text,
    textbox,
)
from envs.observation import Observation
from tests.envs.fakes import do, names, one_page, opened, the

GROUPS = FakeSite(
    start="login",
    screens={
        "login": screen(
            "Log in",
            form(
                textbox("Username"),
                password("Password"),
                button(
                    "Log in",
                    When({"Password": "secret"}, Goes("groups", takes=0.2), otherwise=Shows(text("Wrong password"))),
                ),
            ),
        ),
        "groups": screen(
            "Groups",
            heading("Groups"),
            Each("group", row(text("{Name}"), button("Delete", Asks("Sure?", [Drops(), Goes("groups")])))),
            link("Add", Goes("add")),
            kept=False,
        ),
        "add": screen("Add group", textbox("Name"), button("Save", Saves("group", takes=0.3, then=Goes("groups")))),
    },
)


# ── the whole of it ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_story_saves_exactly_once() -> None:
    env = Fake(GROUPS)
    env.reset()
    do(env, Type("admin"), "Username")
    do(env, Type("secret"), "Password")
    now = do(env, Press("Enter"), "Password")
    assert (now.title, now.url, now.at) == ("Groups", "https://fake.test/groups", 0.2)
    do(env, Click(), "Add")
    do(env, Type("Editors"), "Name")
    now = do(env, Click(), "Save")
    assert "Editors" in names(now)
    assert [dict(record.fields) for record in env.saved] == [{"Name": "Editors"}]
    assert env.story == [
        'type textbox "Username"',
        'type textbox "Password"',
        'press Enter textbox "Password"',
        'click link "Add"',
        'type textbox "Name"',
        'click button "Save"',
    ]


def test_the_server_outlives_the_program_in_front_of_it() -> None:
    first = Fake(GROUPS)
    first.reset()
    do(first, Open("/add"))
    do(first, Type("Editors"), "Name")
    first.act(Click(), the(first.observe(), "Save"))  # and the program is killed here
    again = Fake(GROUPS, server=first.server)
    again.reset()
    assert "Editors" in names(do(again, Open("groups")))
    assert "Editors" not in names(do(again, Click(), "Delete"))
    assert again.records("group") == []
    assert len(again.saved) == 1


def test_two_runs_of_one_story_are_equal() -> None:
    def told() -> Observation:
        env = Fake(GROUPS)
        env.reset()
        do(env, Type("x"), "Password")
        return do(env, Click(), "Log in")

    assert told() == told()


# ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_settle_goes_on_to_the_next_change_and_no_further() -> None:
    env = one_page(button("Go", Later(0.5, Shows(text("first"))), Later(2, Shows(text("second")))))
    now = do(opened(env), Click(), "Go")
    assert now.at == 0.0, "a timer is no load: nothing tells that it is coming"
    now = env.settle(lambda now: "first" in names(now))
    assert (now.at, "second" in names(now)) == (0.5, False)
    assert env.settle(lambda now: "second" in names(now), timeout=1).at == 1.5
    assert "second" in names(env.settle(lambda now: "second" in names(now), timeout=1))


def test_a_load_is_waited_for_and_the_old_page_stays_until_it_is_there() -> None:
    env = opened(one_page(link("Next", Goes("next", takes=3)), next=screen("Next one")))
    env.act(Click(), the(env.observe(), "Next"))
    assert env.observe().title == "Page"
    assert env.settle(timeout=1).title == "Page"
    now = env.settle()
    assert (now.title, now.at) == ("Next one", 3.0)


def test_a_load_that_is_overtaken_is_canceled() -> None:
    env = opened(
        one_page(
            link("Slow", Goes("slow", takes=3)),
            link("Fast", Goes("fast", takes=1)),
            slow=screen("Slow one"),
            fast=screen("Fast one"),
        )
    )
    env.act(Click(), the(env.observe(), "Slow"))
    env.act(Click(), the(env.observe(), "Fast"))
    now = env.settle()
    assert now.title == "Fast one"
    assert [event.canceled for event in now.events if isinstance(event, Failure)] == [True]


def test_nothing_late_happens_on_a_page_that_was_left() -> None:
    env = opened(
        one_page(
            button("Later", Later(1, Shows(text("Too late")))),
            link("Away", Goes("other")),
            other=screen("Other"),
        )
    )
    do(env, Click(), "Later")
    do(env, Click(), "Away")
    assert "Too late" not in names(env.settle(lambda now: False, timeout=5))


def test_the_clock_can_be_moved_by_others() -> None:
    clock = ManualClock()
    site = FakeSite(
        "a", {"a": screen("A", then=Later(1, Goes("b"))), "b": screen("B", then=Later(1, Shows(text("x"))))}
    )
    env = Fake(site, clock=clock)
    env.reset()
    clock.advance(5)
    now = env.observe()
    assert "x" in names(now)
    assert [event.at for event in now.events] == [1.0, 1.0, 1.0], "each thing at its own time"
