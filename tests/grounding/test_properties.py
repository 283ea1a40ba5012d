"""What holds on every screen: unrelated things change nothing, a double is never guessed at, junk never crashes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from envs.action import Action, Check, Click, Type
from envs.geometry import Box
from envs.observation import Element, Observation
from grounding import BadTarget, Grounder
from tests.grounding.screens import (
    ORIGIN,
    Page,
    change_list,
    disks,
    headed_sections,
    login,
    save_row,
    two_addresses,
)

GROUNDER = Grounder()
WITH_CONTROLS = (change_list, disks, headed_sections, login, save_row, two_addresses)
ACTIONS: st.SearchStrategy[Action | None] = st.sampled_from([Click(), Type("x"), Check(), None])
ROLES = [
    "button",
    "link",
    "textbox",
    "checkbox",
    "text",
    "heading",
    "cell",
    "row",
    "combobox",
    "dialog",
    "img",
    "listitem",
]


@given(st.permutations(range(8)), st.lists(st.sampled_from(["Alpha", "Beta", "Gamma", "Delta 7"]), max_size=12))
def test_unrelated_elements_in_any_order_never_change_the_choice(order: list[int], others: list[str]) -> None:
    names = ["Save", "Save as new", "Save and close", "Delete", "Email", "Cancel", "Groups", "Undelete"]
    page = Page()
    for name in others[: len(others) // 2]:
        page.put("link", name)
    page.line()
    for at in order:
        page.put("button", names[at])
    page.line()
    for name in others[len(others) // 2 :]:
        page.put("button", name)
    for wanted in ("Save", "Delete", "Email", "Undelete"):
        assert GROUNDER.ground(wanted, page.seen(), Click()).require().element.name == wanted


@given(
    st.sampled_from(["Save", "Add", "Email", "Ok", "vda1"]),
    st.sampled_from(["button", "checkbox", "textbox"]),
    st.integers(0, 30),
)
def test_an_exact_double_is_ambiguous_never_a_guess(name: str, role: str, distance: int) -> None:
    page = Page()
    page.put(role, name)
    action: Action = {"button": Click(), "checkbox": Check(), "textbox": Type("x")}[role]
    page.put("text", "Something else")
    assert GROUNDER.ground(name, page.seen(), action).sure
    for _ in range(distance):
        page.line()
    page.put(role, name)
    double = GROUNDER.ground(name, page.seen(), action)
    assert double.found
    assert not double.sure


@given(st.data())
def test_doubling_any_control_of_a_screen_is_never_a_guess(data: st.DataObject) -> None:
    seen = data.draw(st.sampled_from(WITH_CONTROLS))()
    controls = [e for e in seen.elements if e.role in {"button", "checkbox", "textbox"} and e.name and e.visible]
    chosen = data.draw(st.sampled_from(controls))
    at = seen.elements.index(chosen)
    double = replace(chosen, ref="double", box=replace(chosen.box, x=chosen.box.x + 2))
    doubled = replace(seen, elements=(*seen.elements[: at + 1], double, *seen.elements[at + 1 :]))
    grounding = GROUNDER.ground(chosen.name, doubled, Click())
    if grounding.sure:
        assert grounding.best is not None
        assert grounding.best.element.ref not in {"double", chosen.ref}


Made = tuple[str, str, float, float, set[str], int]
ELEMENTS = st.builds(
    lambda role, name, x, y, states, up: (role, name, x, y, states, up),
    st.sampled_from(ROLES),
    st.one_of(st.text(max_size=20), st.sampled_from(["Save", "Add", "Groups", "vda1"])),
    st.floats(-2000, 5000, allow_nan=False),
    st.floats(-2000, 5000, allow_nan=False),
    st.sets(st.sampled_from(["hidden", "covered", "modal", "listens", "editable", "disabled", "selected"]), max_size=2),
    st.integers(0, 5),
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "Save",
            "Add near Groups",
            "Delete in the row of vda1",
            "last checkbox",
            "the field below Save",
            "3rd row",
            "Save in the dialog",
            "Save under Groups",
            "Add after Save",
            "Groups in the Save column",
            "row with vda1",
            "Add left of Save",
            "(Save) in (Groups in Add)",
            "Add in the row of Add",
        ]
    ),
)


@given(WORDS, st.lists(ELEMENTS, max_size=25), ACTIONS)
def test_any_words_on_any_screen_have_an_answer(words: str, made: list[Made], action: Action | None) -> None:
    elements: list[Element] = []
    for at, (role, name, x, y, states, up) in enumerate(made):
        parent = f"e{at - up}" if up and at - up >= 0 else None
        box = Box(x, y, len(name) * 8, 20)
        elements.append(Element(f"e{at}", role, name, box, None, frozenset(states), parent, origin=ORIGIN))
    seen = Observation(1, "web", f"{ORIGIN}/", "junk", tuple(elements))
    try:
        grounding = GROUNDER.ground(words, seen, action)
    except BadTarget:
        assert not words.strip()
        return
    assert isinstance(grounding.hint, str)
    assert all(0.0 <= candidate.confidence <= 1.0 for candidate in grounding.candidates)
    assert all(candidate.element.visible for candidate in grounding.candidates)
    ranks = [candidate.confidence for candidate in grounding.candidates]
    assert ranks == sorted(ranks, reverse=True)
