"""How the words of a target are read: names, roles, counts, other languages, and what is only like a name."""

from __future__ import annotations

import pytest

from envs.action import Hover, Upload
from grounding import Ambiguous, NotFound
from tests.grounding.places import CLICK, GROUNDER, TYPE
from tests.grounding.screens import Page


def test_a_literal_name_is_preferred_to_its_reading() -> None:
    page = Page()
    for name in ("Sign", "Sign in", "Add near Groups", "second Add", "Add", "Add"):
        page.put("button", name)
    page.put("text", "Groups")
    for words in ("Sign in", "Add near Groups", "second Add"):
        assert GROUNDER.ground(words, page.seen(), CLICK).require().element.name == words


def test_a_count_of_one_is_only_for_what_comes_in_rows() -> None:
    page = Page()
    page.put("button", "Login")
    page.put("button", "Delete")
    assert GROUNDER.ground("first Delete", page.seen(), CLICK).require().element.name == "Delete"
    with pytest.raises(NotFound):
        GROUNDER.ground("second Login", page.seen(), CLICK).require()
    with pytest.raises(NotFound):
        GROUNDER.ground("final Login", page.seen(), CLICK).require()


def test_names_for_programs_never_name_a_button_nor_outdo_what_is_seen() -> None:
    page = Page()
    page.put("button", "Search", id="submit")
    page.put("textbox", "Chosen groups: choose from these", "editable", id="x")
    page.put("textbox", "Available groups: choose from these", "editable", id="groups")
    assert not GROUNDER.ground("Submit", page.seen(), CLICK).found
    assert not GROUNDER.ground("Groups", page.seen(), TYPE).sure


def test_a_placeholder_is_seen_and_competes() -> None:
    page = Page()
    page.put("searchbox", "Filter navigation items", "editable")
    page.put("textbox", "Type here to find a group", "editable", placeholder="Filter")
    found = GROUNDER.ground("Filter", page.seen(), TYPE).require()
    assert found.element.role == "textbox"


def test_a_number_that_is_part_of_the_names_is_no_count() -> None:
    page = Page()
    for name in ("Item 2", "Item 3"):
        page.put("listitem", name, "listens")
        page.line()
    for words in ("Item 1", "item 1", "Option 1"):
        assert not GROUNDER.ground(words, page.seen(), CLICK).found
    assert GROUNDER.ground("first item", page.seen(), CLICK).require().element.name == "Item 2"
    assert GROUNDER.ground("item 3", page.seen(), CLICK).require().element.name == "Item 3"


def test_what_is_not_quite_of_the_role_is_less_sure_beside_one_that_is() -> None:
    page = Page()
    page.put("link", "Save", href="/save")
    assert GROUNDER.ground("Save button", page.seen(), CLICK).sure
    page.put("button", "Save draft")
    assert not GROUNDER.ground("Save button", page.seen(), CLICK).sure
    assert GROUNDER.ground("Save link", page.seen(), CLICK).sure


def test_other_languages_only_where_nothing_is_called_so() -> None:
    page = Page()
    page.put("button", "Speichern")
    page.put("button", "Löschen")
    found = GROUNDER.ground("Save", page.seen(), CLICK).require()
    assert (found.element.name, found.why) == ("Speichern", '"Save" in German')
    assert found.confidence < 0.7
    assert GROUNDER.ground("Delete", page.seen(), CLICK).require().element.name == "Löschen"
    assert not GROUNDER.ground("Submit", page.seen(), CLICK).found
    own = page.put("button", "Save")
    assert GROUNDER.ground("Save", page.seen(), CLICK).require().element.ref == own.ref


def test_a_symbol_is_called_by_what_people_call_it() -> None:
    page = Page()
    plus = page.put("button", "+")
    page.put("button", "↻", title="Refresh list")
    page.put("text", "×")
    assert GROUNDER.ground("plus", page.seen(), CLICK).require().element.ref == plus.ref
    assert GROUNDER.ground("Refresh", page.seen(), CLICK).require().element.name == "↻"
    assert not GROUNDER.ground("close", page.seen(), CLICK).found


def test_a_role_word_that_is_a_name_elsewhere_is_no_role_here() -> None:
    page = Page()
    page.put("heading", "List of issues")
    page.put("checkbox", "Anything")
    for words in ("Title", "title", "Heading", "Checkbox"):
        assert not GROUNDER.ground(words, page.seen(), CLICK).found
    assert GROUNDER.ground("the checkbox", page.seen(), CLICK).sure


def test_the_action_chooses_between_a_field_and_its_button() -> None:
    page = Page()
    page.put("text", "Photo")
    field = page.put("button", "Photo", type="file")
    box = page.put("textbox", "Find", "editable")
    push = page.put("button", "Find")
    seen = page.seen()
    assert GROUNDER.ground("Photo", seen, Upload(())).require().element.ref == field.ref
    assert GROUNDER.ground("Find", seen, TYPE).require().element.ref == box.ref
    assert GROUNDER.ground("Find", seen, CLICK).require().element.ref == push.ref
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Find", seen).require()


def test_attributes_are_weaker_than_names() -> None:
    page = Page()
    plain = page.put("textbox", "", "editable", title="Your e-mail", id="contact_email")
    seen = page.seen()
    found = GROUNDER.ground("Your email", seen, TYPE).require()
    assert found.element.ref == plain.ref
    assert found.confidence < 0.9
    assert GROUNDER.ground("contact email", seen, TYPE).require().confidence < 0.8
    named = page.put("textbox", "Your e-mail", "editable")
    assert GROUNDER.ground("Your email", page.seen(), TYPE).require().element.ref == named.ref


def test_text_is_meant_only_when_no_control_is_called_so() -> None:
    page = Page()
    page.put("heading", "Groups", level="1")
    waiting = GROUNDER.ground("Groups", page.seen(), CLICK)
    assert not waiting.found
    assert 'say "Groups heading"' in waiting.hint
    assert GROUNDER.ground("Groups", page.seen(), Hover()).require().element.role == "heading"
    with page.inside("row", "", "listens"):
        page.put("cell", "Editors")
    assert GROUNDER.ground("Editors", page.seen(), CLICK).require().element.role == "cell"
    page.put("link", "Groups", href="/groups/")
    assert GROUNDER.ground("Groups", page.seen(), CLICK).require().element.role == "link"
    assert GROUNDER.ground("Groups heading", page.seen()).require().element.role == "heading"
