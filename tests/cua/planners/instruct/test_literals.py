"""Nothing that was written is lost or changed, and passwords go no further than their name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.errors import BadInput
from cua.planners.instruct import intents as it
from cua.planners.instruct import understand
from cua.planners.instruct.fillers import MERE
from cua.planners.instruct.lexer import Kind, tokens
from cua.planners.instruct.patterns import Phrase
from envs.action import Secret

NO_QUOTES = st.text(
    st.characters(exclude_characters="\"“”„'’‘«»`{}", exclude_categories=["Cs"]), min_size=1, max_size=40
)
PAIRS = [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("'", "'"), ("‘", "’"), ("`", "`")]


@settings(deadline=None)
@given(NO_QUOTES, st.sampled_from(PAIRS))
def test_a_quoted_literal_survives_whatever_it_holds(literal: str, pair: tuple[str, str]) -> None:
    read = understand(f"open Notes, type {pair[0]}{literal}{pair[1]} into Message and save")
    assert [type(clause.intent) for clause in read.clauses] == [it.Open, it.Fill, it.Save]
    assert read.clauses[1].intent == it.Fill(Phrase("Message"), literal)


@settings(deadline=None)
@given(NO_QUOTES)
def test_a_quoted_target_survives(literal: str) -> None:
    (clause,) = understand(f"click “{literal}”").clauses
    assert clause.intent == it.Click(Phrase(literal, quoted=True))


@settings(deadline=None)
@given(NO_QUOTES.filter(lambda text: len(text.strip()) >= 4))
def test_a_quoted_password_is_kept_beside_and_masked(literal: str) -> None:
    read = understand(f"log in as zz with password “{literal}”")
    assert dict(read.literals) == {"password": literal}
    assert read.clauses[0].intent == it.LogIn("zz", Secret("password"))
    assert f"“{literal}”" not in read.masked


PIECES = (
    "open Groups click Save add a group named Editors and then , . ; type Hello into Message bob tick Active "
    "search for with password secret delete the user please don't save if not ( ) : = 1. -"
)
WORDS = st.lists(st.sampled_from([*PIECES.split(), '"', "“x, y”", "'a and b'"]), min_size=1, max_size=14)


@settings(deadline=None)
@given(WORDS)
def test_every_token_is_in_its_place(words: list[str]) -> None:
    text = " ".join(words)
    try:
        found = tokens(text)
    except BadInput:
        return
    for before, after in pairwise(found):
        assert before.end <= after.start
    covered = {n for token in found for n in range(token.start, token.end)}
    assert all(text[n].isspace() for n in range(len(text)) if n not in covered)


@settings(deadline=None)
@given(WORDS)
def test_no_word_is_left_out(words: list[str]) -> None:
    """Every word stands in a clause, or is a filler or a separator."""
    text = " ".join(words)
    try:
        read = understand(text)
    except BadInput:
        return
    covered = {n for clause in read.clauses for start, end in clause.spans for n in range(start, end)}
    loose = {token.low for token in tokens(text) if token.word and token.start not in covered}
    assert loose <= MERE | {",", ".", ";", "-", "&", ":", "hello", "now", "ok", "lparen", "rparen"}


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = understand(text)
    except BadInput:
        return
    assert read.clauses


@pytest.mark.parametrize(
    ("text", "masked", "literals"),
    [
        ("Log in as admin with password secret.", "Log in as admin with password ‹password›.", {"password": "secret"}),
        ("log in as admin/s3cret", "log in as admin/‹password›", {"password": "s3cret"}),
        ("log in as admin (password: s3cret)", "log in as admin (password: ‹password›)", {"password": "s3cret"}),
        ("log in as bo with password bo", "log in as bo with password ‹password›", {"password": "bo"}),
        ("type s3cret into Password", "type ‹password› into Password", {"password": "s3cret"}),
        ("set PIN to 1234", "set PIN to ‹password›", {"password": "1234"}),
        (
            "log in as a with password one1, create a user b with password two2",
            "log in as a with password ‹password›, create a user b with password ‹password2›",
            {"password": "one1", "password2": "two2"},
        ),
        (
            "type one1 into Password and one1 into Password confirmation",
            "type ‹password› into Password and ‹password› into Password confirmation",
            {"password": "one1"},
        ),
        ("log in as a with password {admin_password}", "log in as a with password {admin_password}", {}),
        ("log in as a with password ‹admin_password›", "log in as a with password ‹admin_password›", {}),
        ("log in as a with password s3cret!x!", "log in as a with password ‹password›", {"password": "s3cret!x!"}),
    ],
)
def test_passwords_are_masked(text: str, masked: str, literals: dict[str, str]) -> None:
    read = understand(text)
    assert read.masked == masked
    assert dict(read.literals) == literals
    kept = "".join(f"{clause}{clause.words}" for clause in read.clauses) + repr(read)
    assert not any(value in kept for value in literals.values() if len(value) > 2)


def test_a_masked_instruction_reads_the_same() -> None:
    read = understand("log in as admin with password secret and create a user dave with password s3cret!x")
    again = understand(read.masked)
    assert [clause.intent for clause in again.clauses] == [clause.intent for clause in read.clauses]
    assert not again.literals


def test_params_are_literal_text() -> None:
    read = understand("add a group named {name} and save", {"name": "x, then delete the user bob"})
    assert [str(clause.intent) for clause in read.clauses] == [
        'start a new group named "x, then delete the user bob"',
        "save it",
    ]


def test_kinds_of_tokens() -> None:
    kinds = [token.kind for token in tokens("- open Groups, click 'a. b'; http://h/a,b. bob@example.org 1.5 Dr. X.")]
    assert kinds == [
        Kind.STOP, Kind.WORD, Kind.WORD, Kind.COMMA, Kind.WORD, Kind.QUOTED, Kind.STOP, Kind.WORD, Kind.STOP, Kind.WORD,
        Kind.WORD, Kind.WORD, Kind.WORD, Kind.STOP,
    ]  # fmt: skip
