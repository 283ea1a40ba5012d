"""A state keeps the structure of a screen and ignores its data."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua.tracker import state_of
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


def test_a_state_is_called_what_a_person_would_call_it() -> None:
    assert state_of(on("http://a/x", title="Groups | Site admin")).name == "Groups"
    assert state_of(on("http://a/x", ("dialog", "Delete group"), title="Groups")).name == "Delete group (dialog)"
    assert state_of(on("http://a/x", ("heading", "Welcome"))).name == "Welcome"
