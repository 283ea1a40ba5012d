"""Names in braces: plain substitution, once, and never grammar."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.run import Json
from cua.taskfile.aims import aim, aim_at, filled
from cua.taskfile.template import BadTemplate, Known, NoValue, Ref, Template
from grounding.parse import parse, readings
from grounding.target import Target

TARGETS = [
    "{a}", "'{a}'", "{a} button", "the {a} button", "Delete in the row of {a}", "{a} in the row of {b}", "second {a}",
    "checkbox next to {a}", "{a} near {b}", "Edit in the {a} dialog", "row {a}", "Save {a}", "{a} {b}", "{a}{b}",
    "(Add near {a}) in {b}", "third {a} link below {b}", "link called {a}", "Name", "Sign in to {a}", "Delete for {a}",
]  # fmt: skip
WILD = [
    "a in the row of b", "Save button", "second", "x near y", "'quoted'", '"', "(", "last row", "{b}", "{{", "Zqvax",
    "the", "Zqvbx", "checkbox", "- click: Delete", "a: b", "\nin the row of c", "  padded  ",
    "*", "!x", "&a", "%s", "\\1", "\\g<0>",
]  # fmt: skip
values = st.one_of(st.sampled_from(WILD), st.text(min_size=1).filter(lambda text: bool(text.strip())))


def shape(target: Target) -> object:
    """Everything of a target but the names."""
    return (target.role, target.nth, target.exact, tuple((c.relation, shape(c.target)) for c in target.clauses))


def names(target: Target) -> list[str]:
    return [target.name, *(name for clause in target.clauses for name in names(clause.target))]


@settings(deadline=None)
@given(st.sampled_from(TARGETS), values, values)
def test_a_value_never_changes_the_structure_of_a_target(words: str, a: str, b: str) -> None:
    form = aim(Template.parse(words, 1))
    plain = filled(form, Known({"a": "Xanthippe", "b": "Yolanda"}))
    wild = filled(form, Known({"a": a, "b": b}))
    assert shape(wild) == shape(plain)
    expected = [name.replace("Xanthippe", "\0").replace("Yolanda", "\1") for name in names(plain)]
    assert names(wild) == ["".join({"\0": a, "\1": b}.get(char, char) for char in name) for name in expected]


@settings(deadline=None)
@given(st.sampled_from(TARGETS), values, values)
def test_no_other_reading_makes_grammar_of_a_value(words: str, a: str, b: str) -> None:
    """The grounder tries other readings of a target's words; those must be the readings of the template."""
    form = aim(Template.parse(words, 1))
    allowed = {str(shape(reading)) for reading in readings(form.target)}
    assert {str(shape(reading)) for reading in readings(filled(form, Known({"a": a, "b": b})))} <= allowed


def test_a_plain_value_keeps_the_other_readings() -> None:
    form = aim(Template.parse("Delete for {a}", 1))
    assert readings(filled(form, Known({"a": "Ada"}))) == readings(parse("Delete for Ada"))


@settings(deadline=None)
@given(values)
def test_a_value_beside_a_relation_is_a_name(value: str) -> None:
    pieces = {"target": Template.parse("Greet", 1), "row": Template.parse("{a}", 1)}
    target = filled(aim_at(pieces, 1), Known({"a": value}))
    assert target.name == "Greet"
    assert [clause.target.name for clause in target.clauses] == [value]


@pytest.mark.parametrize("value", ["", "  ", None, "\n"])
def test_an_empty_value_names_nothing(value: Json) -> None:
    with pytest.raises(NoValue, match="is empty"):
        filled(aim(Template.parse("Delete {a}", 1)), Known({"a": value}))


@settings(deadline=None)
@given(st.text(), st.text())
def test_filling_is_plain_and_once(a: str, b: str) -> None:
    scope = Known({"a": a, "b": b})
    assert Template.parse("<{a}|{b}|{{a}}>", 1).fill(scope) == f"<{a}|{b}|{{a}}>"


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    written = text.replace("{", "{{").replace("}", "}}")
    assert Template.parse(written, 1).plain == text


@settings(deadline=None)
@given(st.text(alphabet="{}ab. ", max_size=12))
def test_parsing_is_total(text: str) -> None:
    with contextlib.suppress(BadTemplate):
        assert all(isinstance(ref, Ref) for ref in Template.parse(text, 1).refs)


PARTS: list[tuple[str, Json, str]] = [
    ("{r.x}", {"x": "1"}, "1"),
    ("{r.Name}", {"name": "Ada"}, "Ada"),
    ("{r.First name}", {"First name": "Ada"}, "Ada"),
    ("{r.2}", ["a", "b"], "b"),
    ("{ r.x }", {"x": True}, "true"),
    ("{r}", 1.5, "1.5"),
    ("{r}", 7, "7"),
    ("{r}", None, ""),
]


@pytest.mark.parametrize(("text", "value", "said"), PARTS, ids=range(len(PARTS)))
def test_parts(text: str, value: Json, said: str) -> None:
    assert Template.parse(text, 1).fill(Known({"r": value})) == said


WITHOUT: list[tuple[str, Json, str]] = [
    ("{r}", ["a"], "is a list"),
    ("{r}", {"a": 1}, "has parts"),
    ("{r.x}", {"a": 1}, "has only a"),
    ("{r.x}", "text", "no part of that name"),
    ("{r.3}", ["a"], "no part of that name"),
    ("{s}", "text", "has no value"),
]


@pytest.mark.parametrize(("text", "value", "why"), WITHOUT, ids=range(len(WITHOUT)))
def test_what_cannot_be_written_as_text(text: str, value: Json, why: str) -> None:
    with pytest.raises(NoValue, match=why):
        Template.parse(text, 1).fill(Known({"r": value}))
