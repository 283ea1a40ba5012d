"""Words to targets: what a person most likely means, every other reading kept, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grounding import BadTarget, Clause, Relation, Target, describe, from_mapping, parse, readings
from grounding.describe import meaning

IN, ROW, NEAR, COLUMN = Relation.IN, Relation.ROW, Relation.NEAR, Relation.COLUMN


def said(name: str, role: str | None = None, nth: int | None = None, *clauses: Clause, exact: bool = False) -> Target:
    return Target(name, role, nth, clauses, exact)


MEANT = {
    "Email": said("Email"),
    "Save button": said("Save", "button"),
    "the Save button": said("Save", "button"),
    "Email field": said("Email", "textbox"),
    "link Groups": said("Groups", "link"),
    "button 'Save and add another'": said("Save and add another", "button", exact=True),
    "“Save” button": said("Save", "button", exact=True),
    "button called Save": said("Save", "button"),
    "field for Email": said("Email", "textbox"),
    "second Add": said("Add", None, 2),
    "last checkbox": said("", "checkbox", -1),
    "second to last row": said("", "row", -2),
    "3rd row": said("", "row", 3),
    "row 3": said("", "row", 3),
    "the field below Street": said("", "textbox", None, Clause(Relation.BELOW, said("Street"))),
    "checkbox next to I agree": said("", "checkbox", None, Clause(Relation.NEXT_TO, said("I agree"))),
    "Add near Groups": said("Add", None, None, Clause(NEAR, said("Groups"))),
    "second Add near Groups": said("Add", None, 2, Clause(NEAR, said("Groups"))),
    "Delete in the row of vda1": said("Delete", None, None, Clause(ROW, said("vda1"))),
    "Delete button in the row of “vda1”": said("Delete", "button", None, Clause(ROW, said("vda1", exact=True))),
    "Edit link in row 3": said("Edit", "link", None, Clause(ROW, said("", "row", 3))),
    "checkbox in the 3rd row": said("", "checkbox", None, Clause(ROW, said("", "row", 3))),
    "Price in the Pears row": said("Price", None, None, Clause(ROW, said("Pears"))),
    "Price in the Total column": said("Price", None, None, Clause(COLUMN, said("Total"))),
    "Name in the Address section": said("Name", None, None, Clause(IN, said("Address", "region"))),
    "OK in the dialog": said("OK", None, None, Clause(IN, said("", "dialog"))),
    "Add under Authentication": said("Add", None, None, Clause(IN, said("Authentication"))),
    "Log in in the dialog": said("Log in", None, None, Clause(IN, said("", "dialog"))),
    "Sign in button": said("Sign in", "button"),
    "Save on the page": said("Save"),
    "First name field": said("First name", "textbox"),
    "Add near (Groups in Users)": said(
        "Add", None, None, Clause(NEAR, said("Groups", None, None, Clause(IN, said("Users"))))
    ),
}


@pytest.mark.parametrize("words", MEANT)
def test_parse_says_what_a_person_means(words: str) -> None:
    assert meaning(parse(words)) == MEANT[words]
    assert parse(words).text == words


@pytest.mark.parametrize(
    "words",
    [
        "Sign in",
        "Log in",
        "Opt in to news",
        "Date of birth",
        "Next",
        "Back to top",
        "Add another Row",
        "Near miss",
        "Check in",
        "Save and continue editing",
        "Change password",
        "Text",
        "Search",
        "Menu",
        "Button text",
        "Password (again)",
        "First name",
        "Last login",
        "Below average",
        "In progress",
        "After hours",
        "Row",
        "Sort by name in reverse",
        "Save (as new)",
        "Terms of Service",
        "Buy 2 for 3",
        "Keep me signed in on this device",
        "Don't save",
        "“",
        "(",
        "'",
    ],
)
def test_the_first_reading_is_the_whole_text_as_a_name(words: str) -> None:
    first = readings(words)[0]
    assert (first.name, first.role, first.nth, first.clauses) == (words, None, None, ())


@pytest.mark.parametrize(
    "words",
    [
        "Sign in",
        "Log in",
        "Opt in to news",
        "Near miss",
        "Check in",
        "Back to top",
        "First name",
        "Last login",
        "Search",
        "Password (again)",
        "Save and continue editing",
        "Change password",
        "Date of birth",
    ],
)
def test_names_that_only_look_like_more_are_names(words: str) -> None:
    assert meaning(parse(words)) == said(words)


def test_a_quotation_has_one_reading() -> None:
    assert readings("'Sign in'") == (Target("Sign in", exact=True, text="'Sign in'"),)


def test_a_target_built_on_purpose_keeps_its_one_reading() -> None:
    built = Target("Save button", clauses=(Clause(NEAR, parse("Footer")),), text="Save button near Footer")
    assert readings(built) == (built,)
    assert readings(parse("Save button near Footer")) == readings("Save button near Footer")


@pytest.mark.parametrize("words", ["", "  ", "\n\t", "x" * 5_000])
def test_no_words_and_too_many_are_bad(words: str) -> None:
    with pytest.raises(BadTarget):
        parse(words)


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ({"target": "Add", "near": "Groups"}, "Add near Groups", MEANT["Add near Groups"]),
        ({"target": "Add", "nth": 2}, "second Add", said("Add", None, 2)),
        ({"target": "Add", "nth": "last"}, "last Add", said("Add", None, -1)),
        ({"role": "checkbox", "row": 3}, "checkbox in the third row", MEANT["checkbox in the 3rd row"]),
        ({"target": "OK", "in": "dialog"}, "OK in the dialog", MEANT["OK in the dialog"]),
        ({"target": "Save", "exact": True}, "'Save'", said("Save", exact=True)),
        ({"target": 7}, "7", said("7")),
    ],
)
def test_the_object_form(form: dict[str, object], text: str, wanted: Target) -> None:
    target = from_mapping(form)
    assert (target.text, meaning(target)) == (text, wanted)


def test_the_object_form_leaves_open_what_words_leave_open() -> None:
    target = from_mapping({"target": "Save button", "near": "Footer"})
    assert ("Save button", None) in {(reading.name, reading.role) for reading in readings(target)}
    assert ("Save", "button") in {(reading.name, reading.role) for reading in readings(target)}


def test_relations_of_the_object_form_nest() -> None:
    target = from_mapping({"target": "Delete", "row": {"target": "vda1", "in": "Disks section"}})
    (clause,) = target.clauses
    assert clause.relation is ROW
    assert meaning(clause.target) == said("vda1", None, None, Clause(IN, said("Disks", "region")))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"target": "Add", "nearr": "Groups"}, "did you mean 'near'"),
        ({"target": "Add", "role": "buton"}, "did you mean 'button'"),
        ({"near": "Groups"}, "a name or a role"),
        ({"target": "Add", "nth": 0}, "from 1"),
        ({"target": "Add", "nth": True}, "from 1"),
        ({"target": "Add", "near": None}, "needs words"),
        ({"target": "Add", "near": ["Groups"]}, "words or an object"),
        ({"target": True}, "is words"),
        ({"target": "Add", "exact": "yes"}, "true or false"),
        ({}, "a name or a role"),
    ],
)
def test_the_object_form_names_what_is_wrong(form: dict[str, object], words: str) -> None:
    with pytest.raises(BadTarget, match=words):
        from_mapping(form)


NAMES = st.sampled_from(
    [
        "Save",
        "Email",
        "I agree",
        "vda1",
        "Groups",
        "Sign in",
        "Date of birth",
        "Near miss",
        "Save and add another",
        "Row 3",
        "Übersicht",
        "保存",
        "Add",
        "it's",
        "First name",
        "Menu",
        "Delete (2)",
        "button text",
        "Add in bulk",
        "the end",
        "3rd floor",
    ]
)
ROLES = st.sampled_from([None, "button", "link", "textbox", "checkbox", "combobox", "menuitem", "tab"])
NTH = st.sampled_from([None, None, 1, 2, 11, 23, -1, -2])
PLACES = st.one_of(
    st.builds(lambda name: Clause(IN, Target(name)), NAMES),
    st.builds(lambda name: Clause(IN, Target(name, "dialog")), NAMES),
    st.just(Clause(IN, Target("", "dialog"))),
    st.just(Clause(ROW, Target("", "row", 3))),
    st.builds(
        lambda relation, name: Clause(relation, Target(name)),
        st.sampled_from([relation for relation in Relation if relation is not IN]),
        NAMES,
    ),
    st.builds(lambda a, b: Clause(NEAR, Target(a, None, 2, (Clause(IN, Target(b)),))), NAMES, NAMES),
)
_PIECES = "in the row of near ( ) Add 'x' second last under button to next 3rd column ”"
PIECES = _PIECES.split()
TARGETS = st.builds(
    lambda name, role, nth, clauses, exact: Target(name, role, nth, tuple(clauses), exact),
    NAMES,
    ROLES,
    NTH,
    st.lists(PLACES, max_size=2),
    st.booleans(),
)


def _loose(target: Target) -> Target:
    return Target(
        target.name,
        target.role,
        target.nth,
        tuple(Clause(clause.relation, _loose(clause.target)) for clause in target.clauses),
    )


@given(TARGETS)
def test_described_and_parsed_is_the_same_target_but_for_quotes(target: Target) -> None:
    back = parse(describe(target))
    assert _loose(back) == _loose(target)
    if target.exact:
        assert back.exact


@given(st.text(max_size=200))
def test_any_text_has_readings_or_is_bad(text: str) -> None:
    try:
        found = readings(text)
    except BadTarget:
        assert not text.strip()
        return
    assert 1 <= len(found) <= 16
    assert parse(text) in found or len(found) == 16
    for target in found:
        describe(target)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    )
)
def test_words_of_the_grammar_in_any_order_have_readings(words: list[str]) -> None:
    text = " ".join(words)
    if text:
        assert readings(text)
        assert readings(parse(text))
