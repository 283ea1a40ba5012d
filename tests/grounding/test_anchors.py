"""Recorded targets are found again after a change, and refused where they are gone or something else has come."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.geometry import Box
from envs.observation import Element, Observation
from grounding import Ambiguous, Anchor, BadAnchor, NotFound, anchor, confirmed, resolve
from grounding.plain import LONGEST
from grounding.roles import interactive
from tests.grounding import screens
from tests.grounding.screens import Page

SCREENS = (
    screens.admin_index,
    screens.login,
    screens.change_list,
    screens.save_row,
    screens.disks,
    screens.two_addresses,
)
Change = Callable[[Element], Element | None]


def changed(observation: Observation, change: Change) -> Observation:
    """The screen with each element as `change` says; None takes it away, with what is in it."""
    kept: list[Element] = []
    gone: set[str] = set()
    for element in observation.elements:
        now = change(element) if element.parent not in gone else None
        if now is None:
            gone.add(element.ref)
        else:
            kept.append(now)
    return replace(observation, seq=observation.seq + 1, elements=tuple(kept))


def only(ref: str, **given: Any) -> Change:
    return lambda element: replace(element, **given) if element.ref == ref else element


def named(observation: Observation, name: str, nth: int = 0, role: str = "") -> Element:
    return [e for e in observation.elements if e.name == name and interactive(e) and role in ("", e.role)][nth]


def settings() -> Observation:
    """A form, a bar of actions and a list of links; what has ids, and what has not."""
    page = Page()
    with page.inside("navigation", "Site"):
        for name in ("Home", "Orders", "Customers", "Reports"):
            page.put("link", name, href=f"{screens.ORIGIN}/{name.lower()}/", tag="a")
    page.line()
    page.put("heading", "Settings", level="1")
    page.line()
    with page.inside("form", "Profile"):
        for name, key in (("First name", "first"), ("Last name", "last"), ("Email", "email")):
            page.put("text", name)
            page.put("textbox", name, "editable", id=key, tag="input", type="text")
            page.line()
        page.put("textbox", "Password", "editable", "password", id="pw", tag="input", type="password")
        page.line()
        page.put("button", "Save", id="save", tag="button", type="submit")
        page.put("button", "Archive", tag="button", type="button")
        page.put("button", "Delete account", id="delete", tag="button", type="button")
    return page.seen()


@pytest.mark.parametrize("screen", SCREENS)
def test_on_the_page_as_it_was_each_control_is_itself_or_one_of_several(screen: Callable[[], Observation]) -> None:
    seen = screen()
    controls = [e for e in seen.elements if interactive(e)]
    found = [(one, resolve(anchor(one, seen), seen)) for one in controls]
    assert [str(one) for one, answer in found if answer.sure and answer.require().element.ref != one.ref] == []
    assert sum(answer.sure for _, answer in found) >= 0.9 * len(found)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Save", {"name": "Publish"}),  # the id is the same
        ("Save", {"name": "SAVE…", "attributes": {"tag": "button"}}),
        ("Save", {"role": "link", "attributes": {"tag": "a", "id": "other"}}),
        ("Archive", {"box": Box(900, 600, 80, 20)}),
        ("Email", {"name": "Mail", "attributes": {"id": "email", "tag": "input", "type": "text"}}),
        ("Orders", {"name": "Purchases"}),  # the address is the same
        ("Orders", {"attributes": {"tag": "a"}}),
    ],
)
def test_a_change_with_the_rest_as_it_was_does_not_hide_a_target(name: str, given: dict[str, Any]) -> None:
    seen = settings()
    target = named(seen, name)
    now = changed(seen, only(target.ref, **given))
    assert resolve(anchor(target, seen), now).require().element.ref == target.ref


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Save", {"name": "Publish", "attributes": {"id": "publish", "tag": "button", "type": "submit"}}),
        ("Save", {"name": "Save as draft", "attributes": {"id": "draft", "tag": "button", "type": "submit"}}),
        ("Archive", {"name": "Duplicate"}),  # nothing is left by which a person would know it
        ("Email", {"name": "Nickname", "attributes": {"id": "nick", "tag": "input", "type": "text"}}),
        ("Orders", {"name": "Billing", "attributes": {"href": f"{screens.ORIGIN}/billing/", "tag": "a"}}),
        ("Password", {"name": "Passphrase hint", "states": frozenset({"editable"}), "attributes": {"tag": "input"}}),
    ],
)
def test_something_plausible_in_the_same_place_is_refused(name: str, given: dict[str, Any]) -> None:
    seen = settings()
    target = named(seen, name)
    with pytest.raises(NotFound, match=name):
        resolve(anchor(target, seen), changed(seen, only(target.ref, **given))).require()


@pytest.mark.parametrize("name", ["Home", "Customers", "First name", "Password", "Save", "Archive", "Delete account"])
def test_what_is_gone_is_refused(name: str) -> None:
    seen = settings()
    target = named(seen, name)
    now = changed(seen, lambda e: None if e.ref == target.ref else e)
    with pytest.raises(NotFound):
        resolve(anchor(target, seen), now).require()


def test_a_button_of_a_row_stays_with_its_row() -> None:
    seen = screens.disks()
    target = named(seen, "Delete", 2)
    row = next(e for e in seen.ancestors(target) if e.role == "row")
    above = [e for e in seen.elements if e.role == "row" and e.name.startswith("vda1 ")]
    fewer = changed(seen, lambda e: None if e.ref == above[0].ref else e)
    assert resolve(anchor(target, seen), fewer).require().element.ref == target.ref
    gone = changed(seen, lambda e: None if e.ref == row.ref else e)
    with pytest.raises((NotFound, Ambiguous)):
        resolve(anchor(target, seen), gone).require()


def test_an_exact_copy_beside_it_makes_it_ambiguous_and_one_without_its_id_does_not() -> None:
    seen = settings()
    target = named(seen, "Save")
    for attributes, error in ((target.attributes, Ambiguous), ({"tag": "button", "type": "submit"}, None)):
        copy = replace(target, ref="copy", box=replace(target.box, x=target.box.x + 60), attributes=attributes)
        now = replace(
            seen, seq=2, elements=tuple(e for one in seen.elements for e in ([copy, one] if one is target else [one]))
        )
        answer = resolve(anchor(target, seen), now)
        if error is not None:
            with pytest.raises(error):
                answer.require()
        else:
            assert answer.require().element.ref == target.ref


def test_on_a_page_in_another_language_another_name_says_little() -> None:
    seen = settings()
    now = changed(seen, lambda e: replace(e, name="".join(chr(ord(c) + 1) for c in e.name)))
    for name in ("Orders", "Email", "Save", "Archive"):
        target = named(seen, name)
        assert resolve(anchor(target, seen), now).require().element.ref == target.ref


def test_plain_text_is_found_again_among_much_of_it() -> None:
    page = Page()
    for number in range(60):
        page.put("heading", f"Chapter {number}", level="2")
        page.put("text", f"Text of chapter {number}")
        page.line()
    seen = page.seen()
    target = seen.elements[40]
    moved = replace(seen, seq=2, elements=tuple(reversed(seen.elements)))
    assert resolve(anchor(target, seen), moved).require().element.ref == target.ref


def test_links_of_one_name_to_one_address_are_one() -> None:
    seen = settings()
    target = named(seen, "Orders")
    twin = replace(target, ref="twin", parent=None, box=Box(20, 700, 48, 20))
    now = replace(seen, seq=2, elements=(*seen.elements, twin))
    assert resolve(anchor(target, seen), now).require().element.ref in {target.ref, "twin"}


def test_a_frame_of_another_origin_is_another_place() -> None:
    seen = settings()
    target = named(seen, "Save")
    with pytest.raises(NotFound):
        resolve(anchor(target, seen), changed(seen, only(target.ref, origin="https://evil.test"))).require()


def test_another_world_is_another_place() -> None:
    seen = settings()
    target = named(seen, "Save")
    with pytest.raises(NotFound):
        resolve(anchor(target, seen), changed(seen, only(target.ref, place="desktop"))).require()


def test_a_file_field_that_only_a_button_shows_is_found() -> None:
    page = Page()
    page.put("button", "Attach a file", tag="button")
    page.put("file", "Attachment", "hidden", id="attachment", tag="input", type="file")
    seen = page.seen()
    renamed = changed(seen, only("e1", attributes={"tag": "input", "type": "file", "id": "x1"}))
    assert resolve(anchor(seen.elements[1], seen), renamed).require().element.ref == "e1"


def test_an_answer_says_why_and_what_was_nearest() -> None:
    seen = settings()
    target = named(seen, "Save")
    answer = resolve(anchor(target, seen), seen)
    assert "name equal" in answer.require().why
    now = changed(seen, lambda e: None if e.ref == target.ref else e)
    assert resolve(anchor(target, seen), now).why_not.startswith('no "Save (recorded)" here; nearest: ')


def test_evidence_that_never_held_in_earlier_runs_counts_less() -> None:
    seen = settings()
    target = named(seen, "Save")
    fresh = learned = anchor(target, seen)
    now = changed(seen, only(target.ref, attributes={"tag": "button", "type": "submit", "id": "x7"}))
    for _ in range(10):
        learned = confirmed(learned, named(now, "Save"), now)
    assert learned.held["id"] == (0, 10)
    assert learned.held["name"] == (10, 10)
    decoy = changed(seen, only(target.ref, name="Publish"))
    assert resolve(fresh, decoy).best.confidence > resolve(learned, decoy).best.confidence  # type: ignore[union-attr]
    assert Anchor.from_data(learned.as_data()) == learned


# ── written down, and read back ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_written_down_reads_the_same_and_is_short(screen: Callable[[], Observation]) -> None:
    seen = screen()
    for element in seen.elements:
        kept = anchor(element, seen)
        text = json.dumps(kept.as_data())
        assert Anchor.from_data(json.loads(text)) == kept
        assert len(text) < 4000


def test_long_texts_and_many_neighbours_are_bounded() -> None:
    page = Page()
    for number in range(300):
        page.put("button", f"{'very ' * 500}long {number}", id="i" * 5000, tag="button")
    seen = page.seen()
    kept = anchor(seen.elements[150], seen)
    assert len(json.dumps(kept.as_data())) < 8000
    assert Anchor.from_data(kept.as_data()) == kept


WHOLE = anchor(named(settings(), "Save"), settings()).as_data()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (["Save"], "an anchor must be a mapping, not list"),
        ({**WHOLE, "v": 2}, "an anchor of version 2 cannot be read here"),
        ({**WHOLE, "v": True}, "version True cannot"),
        ({**WHOLE, "xpath": "//a"}, "an anchor has no 'xpath'"),
        ({"v": 1}, "an anchor needs a role"),
        ({**WHOLE, "role": ""}, "an anchor needs a role"),
        ({**WHOLE, "name": "x" * (LONGEST + 1)}, "name of an anchor has 161 characters; 160 at most"),
        ({**WHOLE, "keys": {"onclick": "alert()"}}, "keys of an anchor has no 'onclick'"),
        ({**WHOLE, "keys": {"id": 7}}, "keys.id of an anchor must be text, not int"),
        ({**WHOLE, "row": "vda1"}, "row of an anchor must be a list, not str"),
        ({**WHOLE, "row": ["x"] * 17}, "row of an anchor has 17 entries; 16 at most"),
        ({**WHOLE, "nth": [3, 2]}, "3 is more than 2"),
        ({**WHOLE, "nth": [1]}, "nth of an anchor must be 2 whole numbers, not 1"),
        ({**WHOLE, "spot": [0, 0, 1e99, 1, 1]}, "spot of an anchor must be 5 whole numbers"),
        ({**WHOLE, "others": [{"role": "button", "run": "rm"}]}, "others of an anchor has no 'run'"),
        ({**WHOLE, "held": {"name": [2, 1]}}, "2 is more than 1"),
        ({**WHOLE, "common": {"id": 0}}, "common of an anchor must be 1 whole number"),
    ],
)
def test_what_is_no_anchor_is_refused_in_one_line(data: object, said: str) -> None:
    with pytest.raises(BadAnchor) as refused:
        Anchor.from_data(data)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*WHOLE, "frame", "row", "held", "common", "nth"]), JSON, max_size=6))
def test_nothing_that_is_read_ends_otherwise(data: dict[str, Any]) -> None:
    given = {**WHOLE, **data}
    refused = ""
    try:
        Anchor.from_data(given)
    except BadAnchor as why:
        refused = str(why)
    assert "\n" not in refused
    assert refused or Anchor.from_data(Anchor.from_data(given).as_data()) == Anchor.from_data(given)
