"""What is not guessed: each refusal names its clause, why, and what was understood before it."""

from __future__ import annotations

import pytest

from cua.errors import BadInput
from cua.planners.instruct import understand

REFUSALS = [
    ("if there is a Save button, click it", "if there is a Save button", "condition"),
    ("when the page shows Error, click Retry", "when the page shows Error", "condition"),
    ("click Save if it is enabled", "click Save if it is enabled", "“if”"),
    ("click Save unless it is disabled", "click Save unless it is disabled", "“unless”"),
    ("set Status to Open if it is Closed", "set Status to Open if it is Closed", "“if”"),
    ("for each user click Delete", "for each user click Delete", "loop"),
    ("for every row, tick the box", "for every row", "loop"),
    ("repeat clicking Next", "repeat clicking Next", "loop"),
    ("click Next until it is gone", "click Next until it is gone", "“until”"),
    ("click Next three times", "click Next three times", "quotes"),
    ("click Next twice", "click Next twice", "quotes"),
    ("What is the capital of France?", "What is the capital of France", "question"),
    ("Is bob active?", "Is bob active", "question"),
    ("how many users are there", "how many users are there", "question"),
    ("can you tell me the name of the first user?", "tell me the name of the first user", "no verb that is known"),
    ("do something nice", "do something nice", "does not say what to do"),
    ("clean up my data", "clean up my data", "does not say what to do"),
    ("figure out how to add a user", "figure out how to add a user", "does not say what to do"),
    ("make it better", "make it better", "quotes"),
    ("fill in the form", "fill in the form", "quotes"),
    ("fill in everything", "fill in everything", "quotes"),
    ("enter something in Name", "enter something in Name", "quotes"),
    ("type anything into Name", "type anything into Name", "quotes"),
    ("search for something", "search for something", "quotes"),
    ("add some users", "add some users", "quotes"),
    ("delete all users", "delete all users", "quotes"),
    ("delete everything", "delete everything", "quotes"),
    ("delete every group", "delete every group", "quotes"),
    ("delete the first user", "delete the first user", "quotes"),
    ("remove alice from the group Writers", "remove alice from the group Writers", "quotes"),
    ("add a user named dave to the group Writers", "add a user named dave to the group Writers", "quotes"),
    ("open it", "open it", "not clear what “it” stands for"),
    ("delete it", "delete it", "not clear what “it” stands for"),
    ("click it", "click it", "not clear what “it” stands for"),
    ("delete the user", "delete the user", "not clear what “user” stands for"),
    ("add another", "add another", "“another” of what"),
    ("frobnicate the widget", "frobnicate the widget", "“frobnicate” is no verb that is known"),
    ("Groups", "Groups", "no verb that is known"),
    ('"Save"', '"Save"', "it has no verb"),
    ("open", "open", "quotes"),
    ("set Name", "set Name", "quotes"),
    ("open Groups and frobnicate the widget", "frobnicate the widget", "Understood so far: 1. open Groups"),
    ("Open Groups and ad a group named X", "ad a group named X", "did you mean “add”?"),
    ("fill in Name with Editors and frobnicate the widget", "frobnicate the widget", 'set Name to "Editors"'),
    ("add a group named Editors and frobnicate Save", "frobnicate Save", "1. start a new group"),
    ("open Groups, then paint it red", "paint it red", "“paint” is no verb"),
    ("click Red or Blue", "click Red or Blue", "“or”"),
    ("choose either Red or Blue", "choose either Red or Blue", "“either”"),
    ("tick everything except Active", "tick everything except Active", "“except”"),
    ("select all rows except bob", "select all rows except bob", "“except”"),
    ("don't frobnicate", "don't frobnicate", "not to do something that is not understood"),
    ("do not", "do not", "not what"),
    ("wait 3 seconds", "wait 3 seconds", "time proves nothing"),
    ("wait", "wait", "time proves nothing"),
    ("before saving, tick Active", "before saving", "order of things"),
    ("click Save instead of Cancel", "click Save instead of Cancel", "“instead”"),
    ("email bob the report", "email bob the report", "no verb that is known"),
    ("give alice admin rights", "give alice admin rights", "quotes"),
    ("close the browser", "close the browser", "quotes"),
]


@pytest.mark.parametrize(("text", "clause", "why"), REFUSALS, ids=[text[:50] for text, _, _ in REFUSALS])
def test_a_refusal_names_the_clause_and_the_reason(text: str, clause: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        understand(text)
    said = str(refused.value)
    assert f"“{clause}”" in said
    assert why in said
    assert "Nothing has been done" in said
    assert "\n" not in said


def test_the_known_forms_that_are_like_it_are_named() -> None:
    with pytest.raises(BadInput, match="Forms like it: "):
        understand("frobnicate")


def test_the_clause_is_counted_and_the_ones_before_are_listed() -> None:
    with pytest.raises(BadInput) as refused:
        understand("Log in as admin with password secret, open Groups, frobnicate the widget")
    said = str(refused.value)
    assert "(clause 3)" in said
    assert 'so far: 1. log in as "admin" with password ‹password›; 2. open Groups.' in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "text",
    [
        "frobnicate with password hunter2",
        "log in as admin with password hunter2 and more words",
        "log in with the password 'hunter2 hunter2' and nothing",
        "hurl hunter2 into Password",
        "hurl the hunterhunter2 into the password field",
        "create user dave with password hunter2 frobnicate",
    ],
)
def test_a_refusal_does_not_give_the_password_away(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        understand(text)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "  ", "please", "!!!", "\n\n"])
def test_nothing_said(text: str) -> None:
    with pytest.raises(BadInput, match="the instruction is empty"):
        understand(text)


def test_an_open_quote() -> None:
    with pytest.raises(BadInput, match="never closed"):
        understand('click "Save')


@pytest.mark.parametrize(
    "text",
    [
        "save but don't save",
        "delete bob without confirming and confirm",
        "fill in Name with X without saving, press Save",
    ],
)
def test_contradictions(text: str) -> None:
    with pytest.raises(BadInput, match="contradict each other"):
        understand(text)
