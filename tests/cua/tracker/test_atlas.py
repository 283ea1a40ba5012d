"""Known states are found again by what they are made of, and go on being found while an application changes."""

from __future__ import annotations

import random

import pytest

from cua.tracker import State
from cua.tracker.application import application_of, place_of
from cua.tracker.atlas import NEAR, Atlas


def state(name: str, *features: str, address: str = "http://a/x") -> State:
    return State(f"{name} {sorted(features)} {address}", name, "web", address, frozenset(features))


def screen(number: int, address: str = "http://a/x") -> State:
    """One of many on which most things are the same."""
    choose = random.Random(number)
    own = {f"field:textbox {choose.randrange(10_000)}" for _ in range(6)} | {f"heading:1 screen {number}"}
    return state(f"screen {number}", "button:button Save", "link:link Home", *sorted(own), address=address)


def other_data(one: State) -> State:
    return state("other", *(one.features - {"link:link Home"}), "row:link @", address=one.address)


def test_what_was_never_seen_is_not_found() -> None:
    assert Atlas().locate(screen(1)) is None
    assert Atlas([screen(1)]).locate(screen(2)) is None


@pytest.mark.parametrize("many", [NEAR - 2, 40 * NEAR])
def test_each_of_many_is_found_by_another_look_at_it(many: int) -> None:
    known = [screen(number) for number in range(many)]
    atlas = Atlas(known)
    assert [atlas.locate(other_data(one)) for one in known] == known
    assert atlas.locate(screen(many)) is None


def test_the_index_finds_what_comparing_with_all_finds() -> None:
    known = [screen(number, f"http://a/{'xy'[number % 2]}") for number in range(300)]
    atlas = Atlas(known)
    for number in range(0, 600, 7):
        look = other_data(screen(number, f"http://a/{'xy'[number % 2]}"))
        assert (atlas.locate(look) is None) == (not any(one.same(look) for one in known))


def test_a_screen_that_changes_step_by_step_stays_the_same_state() -> None:
    atlas = Atlas()
    fields = [f"field:textbox {number}" for number in range(12)]
    first = atlas.place(state("form", "button:button Save", *fields))
    for version in range(1, 7):
        now = [f"field:textbox new {number}" if number < version else one for number, one in enumerate(fields)]
        assert atlas.place(state("form", "button:button Save", *now)).id == first.id
    assert len(atlas) == 1
    assert atlas.locate(state("form", "button:button Save", *fields)) == first, "the first look is kept"


def test_states_of_one_name_are_told_apart_by_what_is_particular() -> None:
    atlas = Atlas()
    tabs = ("tab:tab general", "tab:tab advanced")
    names = [
        atlas.place(state("Settings", *tabs, "picked:tab:tab general")).name,
        atlas.place(state("Settings", *tabs, "picked:tab:tab advanced")).name,
        atlas.place(state("Settings", "field:textbox a", "field:textbox b", address="http://a/settings/mail")).name,
    ]
    assert names == ["Settings", "Settings (advanced tab)", "Settings (mail)"]


def test_an_application_is_where_it_is_and_what_its_start_shows() -> None:
    place = place_of("http://a.example/admin/?x=1")
    assert place == "http://a.example/admin"
    shop = state("Shop", "heading:1 shop", "link:link orders", "button:button buy", "title:shop")
    wiki = state("Wiki", "heading:1 wiki", "link:link recent", "button:button edit", "title:wiki")
    newer = state("Shop", "heading:1 shop", "link:link orders", "button:button buy now", "title:shop", "link:link help")
    assert application_of(place, shop, {}) == place
    assert application_of(place, newer, {place: [shop]}) == place
    other = application_of(place, wiki, {place: [shop]})
    assert other.startswith(f"{place}#")
    assert application_of(place, wiki, {place: [shop], other: [wiki]}) == other
    assert application_of(place, state("blank"), {place: [shop]}) == place
