"""Names: what is the same to a person, and what must never be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grounding.grounder import FLOOR, MARGIN
from grounding.scoring import bare, disguised, likeness, normal

SAME = [
    ("Save", "save"),
    ("Email", "Email:"),
    ("Email", "Email *"),
    ("Email", "Email (required)"),
    ("Email", "E-mail"),
    ("Email address", "E-mail"),
    ("login", "Log in"),
    ("Sign in", "Log in"),
    ("Sign out", "Logout"),
    ("User name", "Username"),
    ("okay", "OK"),
    ("Save…", "Save"),
    ("More", "More ▾"),
    ("“New” item", "'New' item"),
    ("straße", "STRASSE"),
    ("Inbox", "Inbox (3)"),
    ("Sign-in", "Sign in"),
    ("Add", "+ Add"),
    ("Ｓａｖｅ", "Save"),
    ("Save", "Sa\u00adve"),
    ("Given name", "First name"),
    ("Terms & Conditions", "Terms and conditions"),
    ("Muller", "Müller"),
    ("Mueller", "Müller"),
    ("A propos", "À propos"),
    ("الغاء", "إلغاء"),
    ("סיום", "סיום\u200f"),
    ("Log in now", "Sign in now"),
]
ALIKE = [
    ("Remove user", "Delete user"),
    ("Find", "Search"),
    ("Save", "Save changes"),
    ("Emial", "Email"),
    ("Usernme", "Username"),
    ("Email", "Your email"),
    ("保存", "保存する"),
    ("保存する", "保存"),
    ("검색", "검색하기"),
    ("first nmae", "First name"),
    ("Matrin", "Martin"),
    ("Save and continue", "Save and continue editing"),
]
OTHER = [
    ("Group", "Groups"),
    ("Name", "name, email"),
    ("Delete user", "Delete users"),
    ("New password", "New password confirmation"),
    ("Delete", "Undelete"),
    ("Active", "Inactive"),
    ("Add", "Address"),
    ("admin", "administrator"),
    ("Subscribe", "Unsubscribe"),
    ("Unsubscribe", "Subscribe"),
    ("vda1", "vda2"),
    ("vda1", "vda10"),
    ("vda1", "vda1.qcow2"),
    ("Item 3", "Item 4"),
    ("Item (3)", "Item (4)"),
    ("Edit", "Exit"),
    ("Upload", "Unload"),
    ("Import", "Export"),
    ("Save", "Submit"),
    ("Close", "Cancel"),
    ("Save", "Don't save"),
    ("Agree", "I do not agree"),
    ("Smith", "Smyth"),
    ("10.0.0.1", "10.0.0.11"),
    ("Sаve", "Save"),
    ("Save", "Sаve"),
    ("pаypal.test", "paypal.test"),
    ("No", "Number"),
    ("Order 1", "Order"),
    ("", "Save"),
    ("Save", ""),
    ("Enable", "Disable"),
    ("Lock", "Unlock"),
    ("Price 1.50", "Price 15.0"),
    ("alice", "alice2"),
    ("bob", "bob@example.test"),
    ("Save as new", "Save"),
    ("Delete account", "Delete"),
    ("保存", "保存しない"),
    ("发送", "不发送"),
    ("かき", "かぎ"),
    ("й", "и"),
    ("Andersen", "Anderson"),
    ("Item 5 6", "Item 56"),
    ("link as button", "button as link"),
    ("Log", "Sign in"),
    ("admin", "Administration"),
]


@pytest.mark.parametrize(("wanted", "name"), SAME)
def test_the_same_to_a_person(wanted: str, name: str) -> None:
    assert likeness(wanted, name).score >= 0.85


@pytest.mark.parametrize(("wanted", "name"), ALIKE)
def test_alike_is_found_and_said_to_be_less_sure(wanted: str, name: str) -> None:
    assert FLOOR < likeness(wanted, name).score <= 0.8


@pytest.mark.parametrize(("wanted", "name"), OTHER)
def test_never_taken_for_each_other(wanted: str, name: str) -> None:
    assert likeness(wanted, name).score < FLOOR


@pytest.mark.parametrize(
    "name", ["Save as new", "Save and continue editing", "Save changes", "Saved", "Saves", "Don't save"]
)
def test_the_equal_name_leads_by_more_than_the_margin(name: str) -> None:
    assert likeness("Save", "Save").score - likeness("Save", name).score > MARGIN


def test_another_action_diverges() -> None:
    for wanted, name in (("Save", "Save as new"), ("Delete", "Delete all"), ("Password", "Password confirmation")):
        assert likeness(wanted, name).score < FLOOR
    assert likeness("Save", "Save changes").score > FLOOR
    assert likeness("Yes", "Yes, I’m sure").score > FLOOR
    assert likeness("Weight", "Weight (kg)").score > FLOOR
    assert likeness("Password", "Password (again)").score < FLOOR


@pytest.mark.parametrize("name", ["save it", "E-mail", "Saved"])
def test_exact_takes_equal_names_only(name: str) -> None:
    assert likeness("Save", name, exact=True).score == 0
    assert likeness("Save", "save *", exact=True).score > 0.9


def test_disguises_are_seen() -> None:
    assert disguised("Sаve")
    assert disguised("Save\u202eevil")
    assert not disguised("Сохранить")
    assert not disguised("Größe")
    assert not disguised("\u202bשמירה\u202c")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_scores_between_nothing_and_equal(a: str, b: str) -> None:
    assert 0.0 <= likeness(a, b).score <= 1.0
    assert likeness(a, b, exact=True).score <= likeness(a, b).score
    assert bare(a) in normal(a)


@given(st.text(min_size=1, max_size=60))
def test_every_name_equals_itself(name: str) -> None:
    assert likeness(name, name).score == (1.0 if normal(name) else 0.0)
    assert normal(normal(name)) == normal(name)
