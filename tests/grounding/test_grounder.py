"""What the grounder picks on realistic screens, what it refuses, and what it says then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from envs.action import Action, Check, Click, Hover, Select, Type, Upload
from envs.observation import Observation
from grounding import Ambiguous, Candidate, Grounder, NotFound, Target, Vote, from_mapping, parse, shortest_target
from grounding.screen import screen_of
from tests.grounding.screens import (
    ALL,
    Page,
    admin_index,
    change_list,
    dialog_over,
    disks,
    headed_sections,
    login,
    nameless_fields,
    price_table,
    save_row,
    two_addresses,
)

CLICK, TYPE, CHECK, SELECT = Click(), Type("x"), Check(), Select("x")
GROUNDER = Grounder()
Screens = Callable[[], Observation]

PICKED: list[tuple[Screens, str, Action, str]] = [
    (admin_index, "Add near Groups", CLICK, "Groups/Add"),
    (admin_index, "Add next to Users", CLICK, "Users/Add"),
    (admin_index, "Add in the row of Users", CLICK, "Users/Add"),
    (admin_index, "second Add", CLICK, "Users/Add"),
    (admin_index, "first Add", CLICK, "Groups/Add"),
    (admin_index, "last Change", CLICK, "Users/Change"),
    (admin_index, "Groups", CLICK, "Groups/Groups"),
    (admin_index, "Uesrs", CLICK, "Users/Users"),
    (admin_index, "link Groups", CLICK, "Groups/Groups"),
    (admin_index, "groups link", CLICK, "Groups/Groups"),
    (login, "Username", TYPE, "Username:"),
    (login, "user name field", TYPE, "Username:"),
    (login, "Password", TYPE, "Password:"),
    (login, "Log in", CLICK, "Log in"),
    (login, "Sign in", CLICK, "Log in"),
    (login, "the Log in button", CLICK, "Log in"),
    (change_list, "Search", CLICK, "Search"),
    (change_list, "Search", TYPE, "Search users"),
    (change_list, "search field", TYPE, "Search users"),
    (change_list, "Action", SELECT, "Action:"),
    (change_list, "Action dropdown", SELECT, "Action:"),
    (change_list, "checkbox in the row of alice", CHECK, "alice/Select this object for an action"),
    (change_list, "checkbox next to bob", CHECK, "bob/Select this object for an action"),
    (change_list, "checkbox in row 1", CHECK, "admin/Select this object for an action"),
    (change_list, "first checkbox", CHECK, "Select all objects on this page for an action"),
    (change_list, "alice", CLICK, "alice/alice"),
    (change_list, "No in the By staff status section", CLICK, "No"),
    (save_row, "Save", CLICK, "Save"),
    (save_row, "Save and continue", CLICK, "Save and continue editing"),
    (save_row, "button 'Save and add another'", CLICK, "Save and add another"),
    (save_row, "Remove", CLICK, "Delete"),
    (save_row, "Name", TYPE, "Name:"),
    (nameless_fields, "Street", TYPE, "y20"),
    (nameless_fields, "City field", TYPE, "y52"),
    (nameless_fields, "Comment", TYPE, "y136"),
    (nameless_fields, "the field below Street", TYPE, "y52"),
    (nameless_fields, "field below Comment", TYPE, "y136"),
    (nameless_fields, "I agree", CHECK, "y216"),
    (nameless_fields, "checkbox next to I agree", CHECK, "y216"),
    (nameless_fields, "last checkbox", CHECK, "y248"),
    (price_table, "Price in the Pears row", TYPE, "Pears/Price"),
    (price_table, "Stock in the row of Plums", TYPE, "Plums/Stock"),
    (price_table, "field in the Price column in the Plums row", TYPE, "Plums/Price"),
    (price_table, "second field in the row of Apples", TYPE, "Apples/Stock"),
    (disks, "Delete in the row of vda1", CLICK, "vda1/Delete"),
    (disks, "Delete button in the row of “vda2”", CLICK, "vda2/Delete"),
    (disks, "Delete for vda10", CLICK, "vda10/Delete"),
    (disks, "Edit in row 3", CLICK, "vda2/Edit"),
    (disks, "Delete in the last row", CLICK, "backup of vda1/Delete"),
    (two_addresses, "Name in the Billing address section", TYPE, "Billing address/Name"),
    (two_addresses, "Name under Delivery address", TYPE, "Delivery address/Name"),
    (two_addresses, "second Name", TYPE, "Delivery address/Name"),
    (two_addresses, "Invoice", CHECK, "Payment/Invoice"),
    (two_addresses, "Cash in Payment", CHECK, "Payment/Cash"),
    (headed_sections, "Email in Profile", TYPE, "y84"),
    (headed_sections, "Email under Notifications", TYPE, "y180"),
    (headed_sections, "Save changes in the Notifications section", CLICK, "y212"),
    (dialog_over, "Delete", CLICK, "Delete disk/Delete"),
    (dialog_over, "Delete in the dialog", CLICK, "Delete disk/Delete"),
]


def place(observation: Observation, ref: str) -> set[str]:
    """What a case may call an element: its name, its height on the page, row head or container and name."""
    element = observation.get(ref)
    assert element is not None
    above = list(observation.ancestors(element))
    name = element.name or next((a.attributes["colheader"] for a in above if "colheader" in a.attributes), "")
    names = {name, f"y{element.box.y:.0f}", *(f"{a.name}/{name}" for a in above)}
    row = next((a for a in above if a.role == "row"), None)
    heads = [e.name for e in observation.inside(row) if e.role in {"rowheader", "cell"} and e.name] if row else []
    return names | {f"{heads[0]}/{name}" for _ in heads[:1]}


@pytest.mark.parametrize(("screen", "words", "action", "wanted"), PICKED)
def test_picks_what_is_meant(screen: Screens, words: str, action: Action, wanted: str) -> None:
    seen = screen()
    assert wanted in place(seen, GROUNDER.ground(words, seen, action).require().element.ref)


REFUSED: list[tuple[Screens, str, Action, type[Exception], str]] = [
    (admin_index, "Add", CLICK, Ambiguous, '"Add in the row of Groups", "Add in the row of Users" or "first Add"'),
    (admin_index, "Add under Authentication and Authorization", CLICK, Ambiguous, '"Add in the row of Groups"'),
    (admin_index, "Delete", CLICK, NotFound, "nothing on the screen is like it"),
    (admin_index, "Add in the row of Editors", CLICK, NotFound, 'called "Editors"'),
    (admin_index, "third Add", CLICK, NotFound, "only 2 of"),
    (login, "Log in", TYPE, NotFound, "nothing to type on"),
    (change_list, "No", CLICK, Ambiguous, '"No in By staff status"'),
    (change_list, "first name", CLICK, NotFound, ""),
    (save_row, "Save changes", CLICK, NotFound, 'Did you mean "Save"?'),
    (save_row, "Submit", CLICK, NotFound, ""),
    (save_row, "Save as new", CLICK, NotFound, ""),
    (dialog_over, "OK", CLICK, NotFound, 'outside of the open dialog "Delete disk"'),
    (price_table, "Price", TYPE, Ambiguous, '"Price in the row of Apples"'),
    (disks, "Delete", CLICK, Ambiguous, '"Delete in the row of vda1"'),
    (disks, "Delete in the row of vda3", CLICK, NotFound, 'called "vda3"'),
    (disks, "Delete in the row of 20 GB", CLICK, Ambiguous, '"Delete in the row of vda1"'),
    (disks, "Delete in row 5", CLICK, NotFound, ""),
    (two_addresses, "Name", TYPE, Ambiguous, '"Name in Billing address"'),
    (headed_sections, "Save", CLICK, Ambiguous, '"Save changes in Profile"'),
    (disks, "checkbox", CHECK, NotFound, ""),
    (disks, "vda1", TYPE, NotFound, ""),
]


@pytest.mark.parametrize(("screen", "words", "action", "error", "said"), REFUSED)
def test_refuses_and_says_what_would_do(
    screen: Screens, words: str, action: Action, error: type[Exception], said: str
) -> None:
    grounding = GROUNDER.ground(words, screen(), action)
    with pytest.raises(error) as refusal:
        grounding.require()
    assert said in str(refusal.value)


@pytest.mark.parametrize("screen", ALL)
def test_the_shortest_words_for_an_element_mean_it(screen: Screens) -> None:
    seen = screen()
    found = 0
    usable = screen_of(seen).visible
    for element in usable:
        words = shortest_target(element, seen, GROUNDER)
        if words is not None:
            found += 1
            assert GROUNDER.ground(words, seen).require().element.ref == element.ref, words
    assert found > len(usable) * 0.6


def test_an_open_dialog_that_covers_the_page_counts_as_modal() -> None:
    seen = dialog_over(modal=False)
    assert "Delete disk/Delete" in place(seen, GROUNDER.ground("Delete", seen, CLICK).require().element.ref)
    with pytest.raises(NotFound):
        GROUNDER.ground("OK", seen, CLICK).require()


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


def test_the_same_link_twice_is_one() -> None:
    page = Page()
    page.put("link", "Groups", href="/groups/")
    page.put("link", "Groups", href="/groups/")
    assert GROUNDER.ground("Groups", page.seen(), CLICK).sure
    page.put("link", "Groups", href="/other/")
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Groups", page.seen(), CLICK).require()


@pytest.mark.parametrize("href", ["#", "javascript:void(0)", "", "/page#"])
def test_links_that_scripts_hang_on_are_not_the_same(href: str) -> None:
    page = Page()
    page.put("link", "Vote", href=href)
    page.put("link", "Vote", href=href)
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Vote", page.seen(), CLICK).require()


def test_a_link_around_a_button_is_the_button() -> None:
    page = Page()
    with page.inside("link", "Buy now", href="/buy"):
        page.put("button", "Buy now")
    assert GROUNDER.ground("Buy now", page.seen(), CLICK).require().element.role == "button"


def test_the_row_of_a_thing_that_is_gone_is_not_that_of_its_namesake() -> None:
    seen = disks()
    cell = next(e for e in seen.elements if e.role == "cell" and e.name == "vda1")
    row = next(seen.ancestors(cell))
    gone = {row.ref, *(e.ref for e in seen.inside(row))}
    left = replace(seen, elements=tuple(e for e in seen.elements if e.ref not in gone))
    for words in ("Delete in the row of vda1", "Delete near vda1", "Delete next to vda1", "Delete for vda1"):
        assert not GROUNDER.ground(words, left, CLICK).found
    hint = GROUNDER.ground("Delete in the row of vda1", left, CLICK).hint
    assert 'Did you mean "Delete in the row of backup of vda1"?' in hint


def test_rows_are_counted_a_table_each_without_their_heads() -> None:
    page = Page()
    with page.inside("table", "Models"):
        for name in ("Groups", "Users"):
            with page.inside("row"):
                page.put("cell", name)
            page.line()
    with page.inside("table", "People"):
        with page.inside("row"):
            page.put("columnheader", "Name")
        page.line()
        for name in ("Ada", "Grace"):
            with page.inside("row"):
                page.put("cell", name)
                page.put("checkbox", "")
            page.line()
    seen = page.seen()
    assert "Grace/" in place(seen, GROUNDER.ground("checkbox in row 2", seen, CHECK).require().element.ref)
    assert "Ada/" in place(seen, GROUNDER.ground("checkbox in the first row", seen, CHECK).require().element.ref)
    with pytest.raises(Ambiguous):
        GROUNDER.ground("second row", seen, CLICK).require()


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


def test_a_row_is_told_by_several_of_its_cells() -> None:
    page = Page()
    with page.inside("table"):
        for cells in (("Alice Smith", "Berlin"), ("Alice Smith", "Paris"), ("Bob Stone", "Berlin")):
            with page.inside("row"):
                for cell in cells:
                    page.put("cell", cell)
                page.put("button", "Delete")
            page.line()
    seen = page.seen()
    assert "Paris/Delete" in {
        f"{cell.name}/Delete"
        for cell in seen.children(
            next(seen.ancestors(GROUNDER.ground("Delete in the row of Alice Paris", seen, CLICK).require().element))
        )
    }
    for words in ("Alice Smith", "Bob Paris", "Bob Stonewall Berlin", "Alice Stone"):
        assert not GROUNDER.ground(f"Delete in the row of {words}", seen, CLICK).sure


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


def test_a_field_is_called_by_the_head_of_its_row_when_it_is_the_only_one_of_its_kind() -> None:
    page = Page()
    with page.inside("table"):
        for head in ("Title", "Status"):
            with page.inside("row"):
                page.put("rowheader", head)
                with page.inside("cell", "", rowheader=head, colheader="Filter on"):
                    page.put("textbox", "", "editable")
                with page.inside("cell", "", rowheader=head, colheader="Display"):
                    page.put("checkbox", "")
            page.line()
    seen = page.seen()
    assert "Title/Filter on" in place(seen, GROUNDER.ground("Title", seen, TYPE).require().element.ref)
    assert "Status/Display" in place(
        seen, GROUNDER.ground("Display in the Status row", seen, CHECK).require().element.ref
    )


def test_hidden_elements_are_never_picked_but_said() -> None:
    page = Page()
    page.put("button", "Save", "hidden")
    grounding = GROUNDER.ground("Save", page.seen(), CLICK)
    assert not grounding.found
    assert "hidden" in grounding.hint


@pytest.mark.parametrize("state", ["disabled", "offscreen", "covered"])
def test_a_state_does_not_decide_between_equals(state: str) -> None:
    page = Page()
    page.put("button", "Other")
    page.put("button", "Delete", state)
    assert GROUNDER.ground("Delete", page.seen(), CLICK).sure
    page.put("button", "Delete")
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Delete", page.seen(), CLICK).require()


def test_what_is_not_what_it_looks_like_is_less_sure() -> None:
    page = Page()
    page.put("button", "Save", "renamed")
    page.put("button", "Ѕave")
    best = GROUNDER.ground("Save", page.seen(), CLICK).require()
    assert best.confidence < 0.9
    assert "not what is seen" in best.why
    alone = Page()
    alone.put("button", "Ѕave")
    assert not GROUNDER.ground("Save", alone.seen(), CLICK).found


def test_a_foreign_frame_is_not_preferred() -> None:
    page = Page("http://shop.test/")
    page.put("button", "Pay", origin="http://evil.test")
    assert "frame of http://evil.test" in GROUNDER.ground("Pay", page.seen(), CLICK).require().why
    own = page.put("button", "Pay", origin="http://shop.test")
    assert GROUNDER.ground("Pay", page.seen(), CLICK).require().element.ref == own.ref


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


def test_another_expert_is_heard() -> None:
    seen = save_row()

    class Seer:
        name = "seer"

        def rank(self, target: Target, observation: Observation, action: Action | None = None) -> list[Candidate]:
            return [
                Candidate(e, 0.6, (Vote("seer", 0.6, ("looks like it",)),))
                for e in observation.elements
                if e.name == "Save"
            ]

    alone = Grounder([Seer()]).ground("floppy disk icon", seen, CLICK).require()
    assert (alone.element.name, alone.expert, alone.confidence) == ("Save", "seer", 0.6)
    assert Grounder([]).ground("Save", seen).candidates == ()


def test_words_objects_and_targets_ground_alike() -> None:
    seen = admin_index()
    refs = {
        GROUNDER.ground(target, seen, CLICK).require().element.ref
        for target in ("Add near Groups", parse("Add near Groups"), from_mapping({"target": "Add", "near": "Groups"}))
    }
    assert len(refs) == 1


def test_the_same_question_has_the_same_answer() -> None:
    seen = disks()
    first = GROUNDER.ground("Delete in the row of vda1", seen, CLICK)
    GROUNDER.ground("Delete", admin_index(), CLICK)
    assert GROUNDER.ground("Delete in the row of vda1", replace(seen, seq=2), CLICK) == first
