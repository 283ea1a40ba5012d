"""The server, the pages and the windows of a fake site; a wrong description is found when it is built."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from envs.action import (
    Back,
    Check,
    Click,
    Forward,
    Open,
    Reload,
    Switch,
    Type,
)
from envs.errors import ActFailed, Crashed, OutOfOrder, Stale
from envs.events import Answer, ConsoleError, Dialog, Failure, Request, WindowClosed, WindowOpened
from envs.fake import (
    Asks,
    Closes,
    Crashes,
    Each,
    Fails,
    Fake,
    FakeSite,
    Goes,
    Item,
    Later,
    Opens,
    Reports,
    Saves,
    Sends,
    Shows,
    Turns,
    When,
    button,
    checkbox,
    link,
    row,
    screen,
    text,
    textbox,
)
from tests.envs.fakes import do, names, one_page, opened, the

# ── the outside ──────────────────────────────────────────────────────────────────────────────────────────────────────


def writes(events: Sequence[object]) -> list[str]:
    return [f"{type(e).__name__} {e.method}" for e in events if isinstance(e, Request | Answer | Failure) and e.writes]


@pytest.mark.parametrize(
    ("effect", "kept", "said", "seen"),
    [
        (Saves("x", then=Shows(text("Saved"))), 1, "Saved", ["Request POST", "Answer POST"]),
        (Saves("x", status=500, otherwise=Shows(text("Saved"))), 0, "Saved", ["Request POST", "Answer POST"]),
        (Saves("x", refusal="taken", otherwise=Shows(text("No"))), 0, "No", ["Request POST", "Answer POST"]),
        (Saves("x", lost="reset", otherwise=Shows(text("No"))), 1, "No", ["Request POST", "Failure POST"]),
        (Saves("x", kept=False, then=Shows(text("Saved"))), 0, "Saved", ["Request POST", "Answer POST"]),
        (Saves("x", status=500, kept=True), 1, "", ["Request POST", "Answer POST"]),
        (Sends(method="DELETE", url="/x/1", takes=1), 0, "", ["Request DELETE", "Answer DELETE"]),
    ],
    ids=["accepted", "says-saved", "refused", "lost", "forgets", "keeps-all-the-same", "no-record"],
)
def test_what_the_server_does_and_what_the_page_says(effect: Sends, kept: int, said: str, seen: list[str]) -> None:
    env = opened(one_page(button("Save", effect)))
    env.settle()
    now = do(env, Click(), "Save")
    assert len(env.saved) == kept
    assert (said in names(now)) is bool(said)
    assert writes(now.events) == seen


@pytest.mark.parametrize("accepts", [True, False])
def test_native_dialogs_are_answered_as_told(accepts: bool) -> None:
    env = opened(
        one_page(button("Delete", Asks("Really?", Shows(text("gone")), otherwise=Shows(text("kept")))), accepts=accepts)
    )
    now = do(env, Click(), "Delete")
    assert names(now)[-1] == ("gone" if accepts else "kept")
    (dialog,) = [event for event in now.events if isinstance(event, Dialog)]
    assert (dialog.kind, dialog.message, dialog.accepted) == ("confirm", "Really?", accepts)


def test_a_crash_ends_it_until_reset() -> None:
    env = opened(one_page(button("Boom", Crashes("out of memory"))))
    with pytest.raises(Crashed, match="out of memory"):
        do(env, Click(), "Boom")
    with pytest.raises(Crashed):
        env.observe()
    assert env.reset().title == "Page"


def test_an_act_can_fail_before_or_after_it_arrived() -> None:
    env = opened(one_page(button("A", Fails("no")), button("B", Saves("b"), Fails("half", dispatched=True))))
    with pytest.raises(ActFailed):
        do(env, Click(), "A")
    with pytest.raises(ActFailed):
        do(env, Click(), "B")
    assert env.story == ['click button "B"']
    assert len(env.saved) == 1


def test_other_events_are_reported_with_time_and_place() -> None:
    env = opened(one_page(button("Go", Later(1, Reports(ConsoleError(text="x is not a function"))))))
    do(env, Click(), "Go")
    (error,) = env.settle(lambda now: bool(now.events)).events
    assert error == ConsoleError(text="x is not a function", at=1.0, place="web")


# ── pages and windows ────────────────────────────────────────────────────────────────────────────────────────────────


def test_history_keeps_pages_as_they_were_left() -> None:
    env = opened(one_page(textbox("Name"), link("On", Goes("two")), two=screen("Two", link("On", Goes("page")))))
    first = do(env, Type("Ada"), "Name")
    do(env, Click(), "On")
    back = do(env, Back())
    assert (back.document, the(back, "Name").value) == (first.document, "Ada")
    assert do(env, Forward()).title == "Two"
    with pytest.raises(ActFailed, match="forward"):
        do(env, Forward())
    do(env, Back())
    with pytest.raises(ActFailed, match="back"):
        do(env, Back())
    assert the(do(env, Reload()), "Name").value == ""


def test_a_page_that_is_not_kept_is_loaded_anew() -> None:
    items = textbox("Name"), link("On", Goes("two"))
    env = Fake(FakeSite("one", {"one": screen("One", *items, kept=False, takes=0.5), "two": screen("Two")}))
    first = env.reset()
    do(env, Type("Ada"), "Name")
    do(env, Click(), "On")
    env.act(Back())
    assert env.observe().title == "Two", "it stays until the other one is loaded"
    back = env.settle()
    assert (back.title, the(back, "Name").value) == ("One", "")
    assert back.document != first.document


def test_the_same_document_can_show_another_screen() -> None:
    env = opened(one_page(link("Tab", Goes("tab", same_document=True)), tab=screen("Tab")))
    first = env.observe()
    now = do(env, Click(), "Tab")
    assert (now.title, now.document) == ("Tab", first.document)
    assert not any(isinstance(event, Request) for event in now.events)
    assert do(env, Back()).title == "Page"


def test_an_unknown_address_names_those_there_are() -> None:
    env = opened(one_page())
    with pytest.raises(ActFailed, match=r"https://fake\.test/page"):
        env.act(Open("/nowhere"))


def test_windows_open_behind_and_are_switched_to() -> None:
    env = opened(
        one_page(button("Help", Opens("help")), help=screen("Help page", button("Done", Closes()), text("Read me")))
    )
    now = do(env, Click(), "Help")
    assert now.title == "Page"
    assert [window.title for window in now.windows] == ["Page", "Help page"]
    assert any(isinstance(event, WindowOpened) for event in now.events)
    stale = the(now, "Help")
    now = do(env, Switch("new"))
    assert (now.title, now.window) == ("Help page", now.windows[1].id)
    with pytest.raises(Stale, match="window"):
        env.act(Click(), stale)
    assert do(env, Switch("1")).title == "Page"
    assert do(env, Switch("help")).title == "Help page"
    with pytest.raises(ActFailed, match='1 "Page", 2 "Help page"'):
        do(env, Switch("Settings"))
    with pytest.raises(ActFailed, match="more than one"):
        do(env, Switch("page"))
    now = do(env, Click(), "Done")
    assert (now.title, len(now.windows)) == ("Page", 1)
    assert any(isinstance(event, WindowClosed) for event in now.events)


def test_closing_the_last_window_is_a_crash() -> None:
    env = opened(one_page(button("Quit", Closes())))
    with pytest.raises(Crashed, match="last window"):
        do(env, Click(), "Quit")


def test_restoring() -> None:
    env = opened(
        one_page(
            link("On", Goes("two")),
            button("Pop", Opens("two")),
            two=screen("Two", link("On", Goes("page")), button("Close", Closes())),
        )
    )
    start = env.checkpoint()
    do(env, Click(), "On")
    later = env.checkpoint()
    do(env, Click(), "On")
    assert env.restore(start).document == start.document
    with pytest.raises(ActFailed, match="history"):
        env.restore(later)
    assert env.restore(later, by="url").url == later.url
    do(env, Open("/page"))
    do(env, Click(), "Pop")
    do(env, Switch("new"))
    popped = env.checkpoint()
    do(env, Click(), "Close")
    with pytest.raises(ActFailed, match="closed"):
        env.restore(popped)


# ── the description ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ((button("Go", Goes("hme")),), "click button Go"),
        ((button("Go", Later(1, When({}, (), otherwise=[Asks("?", Goes("hme"))]))),), "click button Go"),
        ((row(link("Go", Turns([(), Saves("x", then=Opens("hme"))]))),), "click link Go"),
        ((Each("x", row(link("Go", Goes("hme")))),), "click link Go"),
        ((button("Go", Shows(link("On", Goes("hme")))),), "click link On"),
    ],
    ids=["plain", "nested", "turns", "each", "shown"],
)
def test_a_way_to_nowhere_is_found_when_the_site_is_built(items: tuple[Item | Each, ...], where: str) -> None:
    with pytest.raises(ValueError, match=f'{where}: no screen is called "hme"; there are: home'):
        FakeSite("home", {"home": screen("Home", *items)})


def test_a_start_that_is_not_there_is_found_too() -> None:
    with pytest.raises(ValueError, match="start"):
        FakeSite("home", {})


def test_nothing_works_before_reset() -> None:
    with pytest.raises(OutOfOrder, match="reset"):
        Fake(FakeSite("a", {"a": screen("A")})).observe()


def test_looks_at_a_world_at_rest_share_their_elements() -> None:
    env = opened(one_page(text("x")))
    assert env.observe().elements is env.observe().elements


def test_pictures_differ_where_the_screen_does() -> None:
    env = opened(one_page(checkbox("Agree")))
    before = env.observe().frame()
    after = do(env, Check(), "Agree").frame()
    assert before.pixels.shape == (600, 800, 3)
    assert (before.pixels != after.pixels).any()
    assert (env.observe().frame().pixels == after.pixels).all()
