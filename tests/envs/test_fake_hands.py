"""Fields, boxes, keys and files of a fake site behave as real ones do; what changes under the hand is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.action import (
    Check,
    Click,
    Download,
    Drag,
    Hover,
    Press,
    Scroll,
    Secret,
    Select,
    Type,
    Upload,
)
from envs.errors import ActFailed, Stale
from envs.events import Downloaded
from envs.fake import (
    Downloads,
    Drops,
    Each,
    Fake,
    FakeSite,
    Focuses,
    Goes,
    Hides,
    Later,
    Moves,
    Replaces,
    Saves,
    Sets,
    Shows,
    Turns,
    When,
    button,
    checkbox,
    item,
    password,
    radio,
    row,
    screen,
    select,
    text,
    textbox,
)
from tests.envs.fakes import do, names, one_page, opened, the

# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_field_takes_what_it_can_hold() -> None:
    env = opened(one_page(textbox("Code").having(maxlength="4"), textbox("Fixed", "x").being("readonly"), button("No")))
    assert the(do(env, Type("12345"), "Code"), "Code").value == "1234"
    with pytest.raises(ActFailed, match="read-only"):
        do(env, Type("y"), "Fixed")
    with pytest.raises(ActFailed, match="no text"):
        do(env, Type("y"), "No")
    with pytest.raises(ActFailed, match="pin came without its value"):
        do(env, Type(Secret("pin")), "Code")
    assert env.story == ['type textbox "Code"']


def test_typing_can_have_consequences() -> None:
    env = opened(
        one_page(
            textbox("Mail").on(
                "type", When({"Mail": ""}, Sets("Send", add=("disabled",)), Sets("Send", drop=("disabled",)))
            ),
            button("Send").being("disabled"),
        )
    )
    with pytest.raises(ActFailed, match="disabled"):
        do(env, Click(), "Send")
    assert not the(do(env, Type("a@b"), "Mail"), "Send").is_("disabled")
    do(env, Click(), "Send")
    assert env.story == ['type textbox "Mail"', 'click button "Send"']


def test_a_password_is_dots_to_everybody_but_the_server() -> None:
    env = opened(one_page(password("Password"), button("Go", Saves("login"))))
    now = do(env, Type("geheim"), "Password")
    assert the(now, "Password").value == "••••••"
    do(env, Click(), "Go")
    assert env.saved[0].fields == {"Password": "geheim"}


def test_an_unknown_option_lists_those_there_are() -> None:
    env = opened(one_page(select("Colour", ["Red", "Blue"]), textbox("Name")))
    assert the(do(env, Select("Blue"), "Colour"), "Colour").value == "Blue"
    with pytest.raises(ActFailed, match='no option "Pink"; it has: Red, Blue'):
        do(env, Select("Pink"), "Colour")
    with pytest.raises(ActFailed, match="no options"):
        do(env, Select("Pink"), "Name")


def test_boxes_and_radios() -> None:
    env = opened(
        one_page(item("group", "Size", radio("Small", on=True), radio("Large")), checkbox("Agree"), button("Send"))
    )
    now = do(env, Check(), "Large")
    assert (the(now, "Small").is_("checked"), the(now, "Large").is_("checked")) == (False, True)
    with pytest.raises(ActFailed, match="another"):
        do(env, Check(False), "Large")
    with pytest.raises(ActFailed, match="cannot be checked"):
        do(env, Check(), "Send")
    do(env, Check(), "Agree")
    do(env, Check(), "Agree")
    assert env.story == ['check radio "Large"', 'check checkbox "Agree"'], "what is so already is not done again"


def test_keys() -> None:
    env = opened(
        Fake(
            FakeSite(
                "p",
                {"p": screen("P", textbox("A"), button("B", Shows(text("pressed"))), keys={"Control+S": Saves("p")})},
            )
        )
    )
    do(env, Press("Tab"))
    do(env, Press("h"))
    now = do(env, Press("i"))
    assert the(now, "A").value == "hi"
    assert the(do(env, Press("Tab")), "B").is_("focused")
    assert "pressed" in names(do(env, Press("Enter")))
    assert the(do(env, Press("Shift+Tab")), "A").is_("focused")
    do(env, Press("Control+S"))
    assert len(env.saved) == 1


def test_files(tmp_path: Path) -> None:
    env = opened(
        one_page(
            item("button", "File").having(type="file"), button("Export", Downloads("a.csv", b"x,y")), button("None")
        )
    )
    sent = tmp_path / "in.txt"
    with pytest.raises(ActFailed, match="no such file"):
        do(env, Upload((sent,)), "File")
    sent.write_text("hello")
    assert the(do(env, Upload((sent,)), "File"), "File").value == "in.txt"
    now = do(env, Download(tmp_path / "out" / "a.csv"), "Export")
    assert (tmp_path / "out" / "a.csv").read_bytes() == b"x,y"
    assert [event.name for event in now.events if isinstance(event, Downloaded)] == ["a.csv"]
    with pytest.raises(ActFailed) as failed:
        do(env, Download(tmp_path / "b"), "None")
    assert failed.value.dispatched


def test_other_ways_to_touch() -> None:
    env = opened(
        one_page(
            item("listitem", "Card").on("drag", Shows(text("lifted"))).on("hover", Shows(text("tip"))),
            item("list", "Bin").on("drop", Shows(text("dropped"))),
            button("File", Shows(text("selected")))
            .on("double_click", Shows(text("opened")))
            .on("right_click", Shows(text("menu"))),
        )
    )
    now = env.observe()
    for action, name in (
        (Hover(), "Card"),
        (Drag(the(now, "Bin").ref), "Card"),
        (Click(count=2), "File"),
        (Click(button="right"), "File"),
    ):
        now = do(env, action, name)
    assert names(now)[3:] == ["tip", "lifted", "dropped", "opened", "menu"]
    with pytest.raises(Stale):
        do(env, Drag("e999"), "Card")


def test_a_double_click_on_save_saves_twice() -> None:
    env = opened(one_page(button("Save", Saves("x"))))
    do(env, Click(count=2), "Save")
    assert len(env.saved) == 2


# ── change ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "change",
    [Hides("Buy"), Replaces("Buy"), Moves("Buy", dx=40), Sets("Buy", name="Sell"), Shows(text("Sale!"), before="Buy")],
    ids=lambda change: type(change).__name__,
)
def test_what_changes_between_look_and_act_is_stale(change: Hides | Replaces | Moves | Sets | Shows) -> None:
    site = FakeSite("shop", {"shop": screen("Shop", button("Buy", Saves("order")), then=Later(0.05, change))})
    env = Fake(site, latency=0.1)
    now = env.reset()
    with pytest.raises(Stale):
        env.act(Click(), the(now, "Buy"))
    assert (env.log, env.saved) == ([], [])


def test_scrolling_is_no_moving() -> None:
    env = opened(one_page(*(button(f"b{n}") for n in range(60))))
    now = env.observe()
    assert the(now, "b59").is_("offscreen")
    down = do(env, Scroll(to="bottom"))
    assert not the(down, "b59").is_("offscreen")
    assert the(down, "b0").is_("offscreen")
    env.act(Click(), the(now, "b5"))
    assert do(env, Scroll(to="top")).elements[0].box == now.elements[0].box


def test_the_world_changes_by_itself() -> None:
    env = opened(one_page(button("Save")))
    env.happen(Shows(text("Session expired")), Sets("Save", add=("disabled",)), Focuses("Save"))
    now = env.observe()
    assert "Session expired" in names(now)
    assert the(now, "Save").is_("disabled", "focused")


def test_a_modal_covers_what_is_behind_it() -> None:
    modal = item("dialog", "Sure?", button("Yes", Hides("Sure?"))).being("modal")
    env = opened(one_page(button("Delete", Shows(modal)), button("Other").being("hidden")))
    now = do(env, Click(), "Delete")
    assert the(now, "Delete").is_("covered")
    with pytest.raises(ActFailed, match='covered by dialog "Sure\\?"'):
        do(env, Click(), "Delete")
    assert not the(do(env, Click(), "Yes"), "Delete").is_("covered")
    with pytest.raises(ActFailed, match="not visible"):
        do(env, Click(), "Other")


def test_an_effect_can_fail_to_come_the_first_time() -> None:
    env = opened(one_page(button("Next", Turns([(), Goes("next")])), next=screen("Next one")))
    assert do(env, Click(), "Next").title == "Page"
    assert do(env, Click(), "Next").title == "Next one"


def test_each_fills_the_record_into_what_is_shown_for_it() -> None:
    env = opened(
        one_page(
            textbox("Name"),
            button("Add", Saves("who", then=Goes("list"))),
            list=screen("L", Each("who", row(text("{Name}!"), button("X", Drops())))),
        )
    )
    do(env, Type("Ada"), "Name")
    assert names(do(env, Click(), "Add")) == ["Ada! X", "Ada!", "X"]
