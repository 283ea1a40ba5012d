"""A state keeps the structure of a screen and ignores its data."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua.tracker import state_of
from cua.tracker.address import agreement, pattern
from envs.geometry import Box
from envs.observation import Element, Observation

BOX = Box(0, 0, 10, 10)


def on(url: str, *elements: tuple[str, str], title: str = "") -> Observation:
    made = tuple(Element(str(i), role, name, BOX) for i, (role, name) in enumerate(elements))
    return Observation(1, "web", url, title, made)


def listing(rows: Sequence[str]) -> Observation:
    elements = [Element("t", "table", "", BOX), Element("b", "button", "Add", BOX)]
    for number, name in enumerate(rows):
        elements.append(Element(f"r{number}", "row", name, BOX, parent="t"))
        elements.append(Element(f"l{number}", "button", f"Delete {name}", BOX, parent=f"r{number}"))
    return Observation(1, "web", "http://a.test/groups/", "Groups", tuple(elements))


@given(st.lists(st.text(max_size=8), min_size=1, max_size=30), st.lists(st.text(max_size=8), min_size=1, max_size=30))
def test_other_rows_are_the_same_state(some: list[str], others: list[str]) -> None:
    assert state_of(listing(some)).id == state_of(listing(others)).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on("http://a/users/17/", ("button", "Save")), on("http://a/users/18/", ("button", "Save"))),
        (on("http://a/x?page=1", ("button", "Save")), on("http://a/x?page=2", ("button", "Save"))),
        (on("http://a/x", ("button", "Inbox (3)")), on("http://a/x", ("button", "Inbox (12)"))),
        (on("http://a/x", ("text", "10:41"), ("button", "Go")), on("http://a/x", ("text", "10:42"), ("button", "Go"))),
    ],
)
def test_data_makes_no_difference(one: Observation, other: Observation) -> None:
    assert state_of(one).same(state_of(other))


FORM = (("textbox", "Name"), ("button", "Save"), ("button", "Cancel"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on("http://a/x", *FORM), on("http://a/y", *FORM)),
        (on("http://a/x", *FORM), on("http://b/x", *FORM)),
        (on("http://a/x", *FORM), on("http://a/x", *FORM, ("dialog", "Sure?"), ("button", "Yes"), ("button", "No"))),
        (on("http://a/x", *FORM), on("http://a/x", *FORM, ("alert", "Error"))),
        (on("http://a/x", *FORM), on("http://a/x", ("textbox", "Street"), ("textbox", "Town"), ("button", "Save"))),
    ],
)
def test_other_structure_is_another_state(one: Observation, other: Observation) -> None:
    assert not state_of(one).same(state_of(other))


def test_the_order_of_elements_makes_no_difference() -> None:
    screen = on("http://a/x", *FORM, ("dialog", "Sure?"))
    mixed = list(screen.elements)
    random.Random(1).shuffle(mixed)
    assert state_of(screen).id == state_of(Observation(2, "web", screen.url, "", tuple(mixed))).id


def nested(*rows: tuple[str, str, str, str | None], url: str = "http://a/x", **states: str) -> Observation:
    """Elements as ref, role, name, parent; states by ref."""
    made = tuple(
        Element(ref, role, name, BOX, states=frozenset(states.get(ref, "").split()), parent=above)
        for ref, role, name, above in rows
    )
    return Observation(1, "web", url, "", made)


TABS = (("l", "tablist", "", None), ("t1", "tab", "General", "l"), ("t2", "tab", "Advanced", "l"))
FIELDS = (("f", "textbox", "Name", None), ("g", "textbox", "Town", None), ("b", "button", "Save", None))
POPUP = (("p", "link", "Today", None), ("q", "link", "Tomorrow", None))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (nested(*TABS, t1="selected"), nested(*TABS, t2="selected"), "another tab"),
        (nested(*FIELDS), nested(*FIELDS, f="invalid"), "refused"),
        (nested(*FIELDS), nested(*FIELDS, ("e", "text", "Please correct the error below.", None)), "refused"),
        (nested(*FIELDS), nested(*FIELDS, ("w", "textbox", "Password", None), w="password"), "password"),
        (nested(*FIELDS), nested(*FIELDS, b="expanded"), "expanded"),
        (nested(*FIELDS), nested(*FIELDS, *POPUP, f="covered", g="covered"), "lies over"),
        (
            nested(*FIELDS, ("h", "heading", "Address", None), ("n", "button", "Look up", None)),
            nested(*FIELDS, ("h", "heading", "Payment", None), ("n", "button", "Check card", None)),
            "one has",
        ),
    ],
)
def test_what_sets_two_screens_apart_is_said(one: Observation, other: Observation, why: str) -> None:
    for ours, theirs in ((one, other), (other, one)):
        assert why in (state_of(ours).apart(state_of(theirs)) or "")


def test_another_complaint_is_the_same_state() -> None:
    errors = [nested(*FIELDS, ("e", "alert", words, None)) for words in ("Name is required", "Town is invalid")]
    assert state_of(errors[0]).same(state_of(errors[1]))


def test_a_message_of_success_makes_no_difference() -> None:
    saved = nested(*FIELDS, ("a", "alert", "", None), ("s", "text", "It was saved", "a"), ("x", "button", "×", "a"))
    assert state_of(saved).same(state_of(nested(*FIELDS)))


def test_a_renamed_control_and_a_new_one_are_the_same_state() -> None:
    def version(button: str, *more: str) -> Observation:
        names = ("Name", "Town", "Street", *more)
        fields = [Element(name, "textbox", name, BOX, attributes={"name": name.lower()}) for name in names]
        return Observation(1, "web", "http://a/x", "", (*fields, Element("b", "button", button, BOX,
                                                                        attributes={"name": "submit"})))  # fmt: skip

    assert state_of(version("Save")).same(state_of(version("Save changes", "Country")))


def test_a_table_that_lays_out_a_form_is_no_data() -> None:
    def form(*labels: str) -> Observation:
        made = [Element("t", "table", "", BOX)]
        for at, label in enumerate(labels):
            made.append(Element(f"r{at}", "row", label, BOX, parent="t"))
            made.append(Element(f"f{at}", "textbox", label, BOX, parent=f"r{at}", attributes={"labelled": "1"}))
        return Observation(1, "web", "http://a/x", "", tuple(made))

    assert not state_of(form("Street", "Town", "Country")).same(state_of(form("Card", "Expires", "Code")))


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("http://a/users/17/change", "http://a/users/18/change", True),
        ("http://a/tree/My%20folder", "http://a/tree/notes.txt", True),
        ("http://a/blog/how-to-bake-bread", "http://a/blog/what-bees-eat", True),
        ("http://a/app#/users/1", "http://a/app#/users/2", True),
        ("http://a/app#/users", "http://a/app#/groups", False),
        ("http://a/customers", "http://a/products", False),
        ("http://a/login.php", "http://a/register.php", False),
    ],
)
def test_records_make_no_other_address(one: str, other: str, agrees: bool) -> None:
    assert (agreement(pattern(one), pattern(other)) == 1.0) is agrees


def test_a_state_is_called_what_a_person_would_call_it() -> None:
    assert state_of(on("http://a/x", title="Groups | Site admin")).name == "Groups"
    assert state_of(on("http://a/x", ("dialog", "Delete group"), title="Groups")).name == "Delete group (dialog)"
    assert state_of(on("http://a/x", ("heading", "Welcome"))).name == "Welcome"
