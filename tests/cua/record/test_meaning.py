"""From what was done to steps as a person would write them: noise, words, proofs, commits, params."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cua.record.proofs import stable
from cua.taskfile.check import check
from cua.taskfile.load import load
from cua.taskfile.write import Comment
from envs.events import Dialog, Downloaded, Event, WindowOpened
from envs.geometry import Box
from envs.observation import Element
from tests.cua.record.story import Story, element

NAME = element("n1", "textbox", "Name", "editable", value="")
SAVE = element("b2", "button", "Save")
TERMS = element("c3", "checkbox", "Terms")


def holding(field: Element, value: str) -> Element:
    return element(field.ref, field.role, field.name, *field.states, value=value)


def test_typing_that_was_corrected_is_one_step_and_the_click_before_it_none() -> None:
    story = Story().sees(NAME, SAVE).clicks("n1").sees(NAME, SAVE)
    story.types("n1", "A", "Ad", "Adx", "Ad", "Ada").sees(holding(NAME, "Ada"), SAVE)
    assert story.steps == [{"type": {"into": "Name", "text": "Ada"}}]


def test_a_field_that_was_left_as_it_was_is_no_step_and_one_that_was_emptied_is_cleared() -> None:
    full = holding(NAME, "Ada")
    same = Story().sees(full, SAVE).types("n1", "Adam", "Ada").sees(full, SAVE)
    assert same.steps == []
    emptied = Story().sees(full, SAVE).types("n1", "").sees(NAME, SAVE)
    assert emptied.steps == [{"clear": "Name"}]


def test_a_click_that_did_nothing_is_noise() -> None:
    heading = element("h5", "heading", "Welcome")
    story = Story().sees(heading, SAVE).clicks("h5").sees(heading, SAVE)
    assert story.steps == []


def test_what_is_typed_into_a_password_field_is_a_secret() -> None:
    password = element("p1", "textbox", "Password", "editable", "password", value="")
    story = Story().sees(password, SAVE).types("p1", "a", "ab", secret=True).sees(holding(password, "••"), SAVE)
    assert story.workflow.data["secrets"] == ["password"]
    assert story.steps == [{"type": {"into": "Password", "secret": "password"}}]


def test_a_box_that_was_clicked_is_checked() -> None:
    ticked = element("c3", "checkbox", "Terms", "checked")
    story = Story().sees(TERMS, SAVE).does("down", "c3").does("click", "c3", count=1).does("check", "c3", checked=True)
    assert story.sees(ticked, SAVE).steps == [{"check": "Terms"}]


def test_a_switch_that_only_scripts_make_one_is_unchecked() -> None:
    on = element("s1", "switch", "Dark", "checked")
    off = element("s1", "switch", "Dark")
    assert Story().sees(on).clicks("s1").sees(off).steps == [{"uncheck": "Dark"}]


def test_arrows_in_a_list_are_the_option_that_was_chosen_in_the_end() -> None:
    colour = element("l1", "combobox", "Colour", value="Red")
    story = (
        Story().sees(colour).clicks("l1").does("key", "l1", key="ArrowDown").does("choose", "l1", options=("Green",))
    )
    story.does("key", "l1", key="ArrowDown").does("choose", "l1", options=("Blue",))
    assert story.sees(holding(colour, "Blue")).steps == [{"select": {"from": "Colour", "option": "Blue"}}]


def test_a_list_made_by_scripts_is_chosen_from() -> None:
    size, large = element("d1", "combobox", "Size", "haspopup", value="Small"), element("o2", "option", "Large")
    story = Story().sees(size).clicks("d1").sees(size, element("o3", "option", "Small"), large).clicks("o2")
    assert story.sees(holding(size, "Large")).steps == [{"select": {"from": "Size", "option": "Large"}}]


def test_a_pointer_that_passes_over_something_while_a_click_shows_more_hovers_for_nothing() -> None:
    menu, item, far = element("m1", "button", "File"), element("i2", "link", "Print"), element("h7", "heading", "Far")
    story = Story().sees(menu, far).clicks("m1").does("over", "h7").sees(menu, item, far)
    steps = story.does("over", "i2").clicks("i2").sees(menu, far, element("t9", "status", "Printed")).steps
    assert [next(iter(step)) for step in steps] == ["click", "click"]


def test_enter_that_submits_is_pressed_and_the_click_that_the_browser_makes_of_it_does_not_count() -> None:
    found = element("t9", "status", "3 things found")
    story = Story().sees(NAME, SAVE).types("n1", "lamp").sees(holding(NAME, "lamp"), SAVE)
    story.does("key", "n1", key="Enter", editing=True).does("click", "b2", count=0).does("submit", "f1")
    steps = story.sees(holding(NAME, "lamp"), SAVE, found).steps
    assert steps[1] == {"press": {"keys": "Enter", "into": "Name"}, "expect": {"text": "things found"}}


def test_enter_on_a_button_is_a_click() -> None:
    story = Story().sees(SAVE).does("key", "b2", key="Enter").does("click", "b2", count=0)
    assert story.sees(SAVE, element("t9", "status", "All is well")).steps == [
        {"click": "Save", "expect": {"text": "All is well"}}
    ]


def test_keys_of_the_caret_and_of_the_browser_are_no_steps() -> None:
    story = Story().sees(NAME)
    for key, held in (("ArrowLeft", ()), ("a", ("Control",)), ("Home", ()), ("Tab", ()), ("l", ("Control",))):
        story.does("key", "n1", key=key, keys=held, editing=True).sees(NAME, element("t9", "status", f"Now {key}!"))
    assert story.steps == []


def test_a_double_click_is_one_step() -> None:
    story = Story().sees(SAVE).clicks("b2").clicks("b2").does("double", "b2")
    assert story.sees(SAVE, element("t9", "status", "Opened")).steps[0]["double_click"] == "Save"


def test_dragging_names_both_ends() -> None:
    card, lane = element("c1", "text", "Card"), element("g4", "group", "Doing")
    moved = element("t9", "status", "Moved it")
    story = Story().sees(card, lane).does("down", "c1").does("drag", "c1").does("drop", "g4")
    assert story.sees(card, lane, moved).steps == [
        {"drag": {"from": "Card", "to": "Doing section"}, "expect": {"text": "Moved it"}}
    ]


def test_items_without_a_name_are_called_by_their_text_and_their_order_counts() -> None:
    def item(ref: str, name: str) -> tuple[Element, Element]:
        return element(f"i{ref}", "listitem"), element(f"t{ref}", "text", name, parent=f"i{ref}")

    anna, bert = item("1", "Anna"), item("2", "Bert")
    story = Story().sees(*anna, *bert).does("down", "i1", "t1").does("up", "x9", "i1", "t1", "i2", "t2")
    assert story.sees(*bert, *anna).steps == [{"drag": {"from": "Anna", "to": "Bert", "at": "bottom"}}]


def test_what_only_a_hover_shows_is_hovered_for() -> None:
    menu, item, far = element("m1", "link", "File"), element("i2", "link", "Print"), element("h7", "heading", "Far")
    done = element("t9", "status", "Printed")
    story = Story().sees(menu, far).does("over", "h7").sees(menu, far).does("over", "m1").sees(menu, item, far)
    story.does("over", "i2").clicks("i2").sees(menu, far, done)
    assert story.steps == [{"hover": "File"}, {"click": "Print", "expect": {"text": "Printed"}}]


def test_a_commit_is_seen_by_what_it_sent_and_what_was_typed_becomes_a_param(tmp_path: Path) -> None:
    story = Story().sees(NAME, SAVE, title="Add group | Shop", url="http://shop/add").types("n1", "Ada Lane")
    story.sees(holding(NAME, "Ada Lane"), SAVE, title="Add group | Shop", url="http://shop/add").clicks("b2")
    said, listed = element("t5", "status", "Ada Lane was added."), element("a6", "link", "Ada Lane")
    story.sees(said, listed, title="Groups | Shop", url="http://shop/groups", events=story.wrote())
    assert story.steps == [
        {"type": {"into": "Name", "text": "{name}"}},
        {"click": "Save", "commit": True, "already": {"text": "{name}"}, "expect": {"text": "{name} was added."}},
    ]
    data = story.workflow.data
    assert data["params"] == {"name": "Ada Lane"}
    assert data["goal"] == "Add group: {name}"
    assert data["done"] == {"text": "{name}"}
    file = tmp_path / "story.yaml"
    file.write_text(story.text, encoding="utf-8")
    report = check(file)
    assert report.good, report.problems
    assert not report.notes


SIGN_IN = (NAME, element("p4", "textbox", "Password", "editable", "password", value="••"), SAVE)


@pytest.mark.parametrize(
    ("shown", "label", "after"),
    [
        (SIGN_IN, "Log in", "Welcome"),
        ((NAME,), "Search", "Things found"),
        ((NAME,), "Go", "Are you sure you want to delete it?"),
    ],
)
def test_signing_in_searching_and_what_only_leads_to_a_question_commit_nothing(
    shown: tuple[Element, ...], label: str, after: str
) -> None:
    button = element("b8", "button", label)
    story = Story().sees(*shown, button).clicks("b8")
    story.sees(element("h9", "heading", after), title="Next", url="http://shop/next", events=story.wrote("/go"))
    assert story.steps == [{"click": label, "expect": {"title": "Next"}}]


def test_a_question_that_was_agreed_to_is_a_commit() -> None:
    story = Story().sees(SAVE).clicks("b2")
    asked: tuple[Event, ...] = (Dialog(at=1.0, kind="confirm", message="Really?", accepted=True),)
    assert story.sees(element("t9", "status", "Deleted it"), events=asked).steps[0]["commit"] is True


def test_a_write_in_the_background_is_no_commit() -> None:
    button = element("b8", "button", "Open details")
    story = Story().sees(button).clicks("b8")
    story.sees(button, element("h9", "heading", "Details"), events=story.wrote("/beat", "fetch", "t=1"))
    assert story.steps == [{"click": "Open details", "expect": {"text": "Details"}}]


def test_a_file_that_came_and_one_that_was_given() -> None:
    link = element("a1", "link", "List as CSV")
    story = Story().sees(link).clicks("a1")
    came: tuple[Event, ...] = (Downloaded(at=1.0, name="list.csv", url="http://shop/l", path=None),)
    assert story.sees(link, events=came).steps[0]["download"] == {"target": "List as CSV", "to": "list.csv"}

    begun = Story().sees(link).clicks("a1").does("download", value="list.csv").sees(link)
    assert begun.steps == [{"download": {"target": "List as CSV", "to": "list.csv"}}]

    picture = element("f1", "file", "Picture")
    given = Story().sees(picture).clicks("f1").does("files", "f1", files=("dot.png",))
    given.sees(holding(picture, "dot.png"))
    assert given.steps == [{"upload": {"into": "Picture", "file": "dot.png"}}]
    assert given.workflow.files == ("dot.png",)


def test_going_to_another_tab_is_a_step_and_being_taken_there_is_not() -> None:
    link, note = element("a1", "link", "Details"), element("b2", "button", "Note it")
    back, thanks = element("b3", "button", "Back"), element("t4", "status", "Thanks")
    story = Story().sees(link, back).clicks("a1")
    first = story.now
    opened: tuple[Event, ...] = (WindowOpened(at=1.0, window="w2", url="http://shop/2"),)
    story.sees(note, title="More", url="http://shop/2", window="w2", windows={"w1": "Shop"}, events=opened)
    story.clicks("b2").sees(note, thanks, title="More", url="http://shop/2", window="w2", windows={"w1": "Shop"})
    story.clicks("b3", before=first).sees(link, back, thanks, windows={"w2": "More"})
    assert [next(iter(step)) for step in story.steps] == ["click", "click", "switch", "click"]
    assert story.steps[0]["expect"] == {"window": "More"}
    assert story.steps[2]["switch"] == "Shop"


def test_an_address_that_was_entered_is_opened_and_what_a_click_led_to_is_not() -> None:
    link, there = element("a1", "link", "Next"), element("h9", "heading", "Here")
    typed = Story().sees(link).sees(there, title="Other", url="http://shop/other")
    typed.does("open", value="http://shop/other")
    assert typed.sees(there, title="Other", url="http://shop/other").steps == [
        {"open": "http://shop/other", "expect": {"title": "Other"}}
    ]
    clicked = Story().sees(link).clicks("a1").sees(there, title="Other", url="http://shop/other").does("back")
    assert [next(iter(step)) for step in clicked.sees(there, title="Other", url="http://shop/other").steps] == ["click"]


def test_what_has_no_words_is_a_hole_that_is_seen() -> None:
    story = Story().sees(SAVE).clicks("x77").sees(SAVE, element("t9", "status", "Done so"))
    (hole,) = story.steps
    assert isinstance(hole, Comment)
    assert hole.text.startswith("HOLE click: it was not on the page yet")
    assert story.workflow.holes == (hole.text,)
    assert "# HOLE click" in story.text


def test_other_origins_that_were_worked_at_are_told() -> None:
    pay = replace(element("b6", "button", "Pay"), origin="http://bank")
    story = Story().sees(SAVE, pay).clicks("b6").sees(SAVE, pay, element("t9", "status", "Paid it"))
    assert story.workflow.origins == ("http://bank",)
    assert not Story().sees(SAVE).clicks("b2").sees(SAVE, element("t9", "status", "Kept")).workflow.origins


def test_braces_that_were_typed_are_text() -> None:
    story = Story().sees(NAME).types("n1", "A set {1}").sees(holding(NAME, "A set {1}"))
    assert story.steps == [{"type": {"into": "Name", "text": "A set {{1}}"}}]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The group was added.", "The group was added."),
        ("Issue 17: Coffee machine leaks", "Coffee machine leaks"),
        ("Room 12 was booked", "Room 12 was booked"),
        ("Created on 2026-11-02", "Created on"),
        ("7", None),
        ("Saved today", None),
        ("", None),
    ],
)
def test_what_changes_by_itself_is_left_out_of_what_is_looked_for(text: str, kept: str | None) -> None:
    assert stable(text, {"Room 12": "room"}) == kept


def placed(one: Element, y: float, **more: Any) -> Element:
    return replace(one, box=Box(20, y, 200, 30), **more)


def test_a_new_order_is_what_a_drag_in_a_list_is_proved_by() -> None:
    rows = [placed(element(f"i{n}", "listitem", name), 40.0 * n) for n, name in enumerate(("Anna", "Bert", "Cleo"))]
    anna, bert, cleo = rows
    story = Story().sees(*rows).does("down", "i0").does("up", "x9", "i0", "list")
    moved = (placed(bert, 0.0), placed(cleo, 40.0), placed(anna, 80.0))
    assert story.sees(*moved).steps == [
        {"drag": {"from": "Anna list item", "to": "Cleo", "at": "bottom"}, "expect": {"element": "Anna below Cleo"}}
    ]
    up = Story().sees(*rows).does("down", "i2").does("up", "x9", "i2", "list")
    assert up.sees(placed(cleo, 0.0), placed(anna, 40.0), placed(bert, 80.0)).steps == [
        {"drag": {"from": "Cleo list item", "to": "Anna", "at": "top"}, "expect": {"element": "Cleo above Anna"}}
    ]


def test_what_was_carried_to_another_list_is_in_that_one() -> None:
    lists = [placed(element(f"l{n}", "list", name), 0.0) for n, name in enumerate(("Todo", "Done"))]
    plan, read = (
        placed(element(f"i{n}", "listitem", name), 10.0, parent=f"l{n}") for n, name in enumerate(("Plan", "Read"))
    )
    story = Story().sees(lists[0], plan, lists[1], read).does("down", "i0").does("up", "x9", "i0", "l1")
    assert story.sees(lists[0], lists[1], read, placed(plan, 50.0, parent="l1")).steps == [
        {"drag": {"from": "Plan list item", "to": "Read", "at": "bottom"}, "expect": {"element": "Plan in Done"}}
    ]


@pytest.mark.parametrize(("pressed", "held"), [("March 17, 2026", True), ("Tomorrow", False)])
def test_a_day_that_was_picked_is_seen_in_its_field(pressed: str, held: bool) -> None:
    start, day = element("n1", "textbox", "Start", value="2026-03-10"), element("b5", "button", pressed)
    story = Story().sees(start, day).clicks("b5").sees(holding(start, "2026-03-17"), day)
    expect = {"expect": {"value": {"target": "Start", "is": "2026-03-17"}}} if held else {}
    assert story.steps == [{"click": pressed} | expect]


def test_a_name_made_of_what_stands_in_it_is_no_text_to_wait_for() -> None:
    menu, opener = element("m4", "menu", "Copy Share"), element("b1", "button", "Actions")
    items = [element(f"i{n}", "menuitem", name, parent="m4") for n, name in ((5, "Copy"), (6, "Share"))]
    assert Story().sees(opener).clicks("b1").sees(opener, menu, *items).steps == [
        {"click": "Actions", "expect": {"text": "Copy"}}
    ]


def test_what_listens_for_all_its_items_is_not_what_was_clicked() -> None:
    many = element("g1", "generic", "Anna Bert", "listens")
    items = [element(f"i{n}", "listitem", name, parent="g1") for n, name in ((2, "Anna"), (3, "Bert"))]
    said = element("t9", "status", "Anna is away")
    story = Story().sees(many, *items).clicks("i2", "g1").sees(many, *items, said)
    assert story.steps == [{"click": "Anna list item", "expect": {"text": "Anna is away"}}]


def test_how_long_ago_something_was_is_not_waited_for() -> None:
    told = element("t7", "text", "Last checkpoint: 2 minutes ago"), element("t7", "text", "Last checkpoint: now")
    story = Story().sees(SAVE, told[0]).clicks("b2").sees(SAVE, told[1])
    assert story.steps == [{"click": "Save", "expect": {"text": "Last checkpoint"}}]


def test_anchors_are_kept_of_what_a_run_can_heal_and_of_nothing_secret(tmp_path: Path) -> None:
    password = element("p4", "textbox", "Password", "editable", "password", value="••")
    link = element("a6", "link", "Details", attributes={"href": "/d?session=f3a9c1d27b5e4a60f3a9c1d2"})
    story = Story().sees(NAME, password, link, SAVE).types("n1", "Ada").types("p4", "x", secret=True).clicks("a6")
    there = element("h9", "heading", "More")
    story.sees(there, SAVE, title="More", url="http://shop/more").clicks("b2")
    story.sees(there, SAVE, element("t7", "status", "It was saved"), title="More", events=story.wrote(kind="fetch"))
    assert [next(iter(step)) for step in story.steps] == ["type", "type", "click", "click"]
    kept = story.workflow.data["anchors"]
    assert isinstance(kept, list)
    (details,) = (one.data for one in kept)
    assert details["for"] == "click Details"  # Save is a commit, the fields state nothing
    assert details["keys"] == {"href": "/d?session="}
    assert "f3a9c1d2" not in story.text
    file = tmp_path / "story.yaml"
    file.write_text(story.text, encoding="utf-8")
    report = check(file)
    assert report.good, report.problems
    assert not [note for note in report.notes if "anchor" in note.what]
    assert len(load(file).anchors) == 1


def test_the_same_words_on_two_pages_have_an_anchor_each() -> None:
    def page(number: int) -> list[Element]:
        return [element("a1", "link", "Next"), element("h9", "heading", f"Part {'one' * number}")]

    story = Story().sees(*page(1), title="One", url="http://shop/one").clicks("a1")
    story.sees(*page(2), title="Two", url="http://shop/two").clicks("a1")
    story.sees(*page(3), title="Three", url="http://shop/three")
    kept = story.workflow.data["anchors"]
    assert isinstance(kept, list)
    assert [(one.data["for"], one.data["at"]) for one in kept] == [("click Next", "/one"), ("click Next", "/two")]
