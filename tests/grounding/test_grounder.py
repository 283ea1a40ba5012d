"""What the grounder picks on realistic screens, what it refuses, and what it says then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from envs.action import Action
from envs.observation import Observation
from grounding import Ambiguous, Candidate, Grounder, NotFound, Target, Vote, from_mapping, parse, shortest_target
from grounding.screen import screen_of
from tests.grounding.places import CHECK, CLICK, GROUNDER, SELECT, TYPE, Screens, place
from tests.grounding.screens import (
    ALL,
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
