"""Writes that were refused are remembered until they are made good."""

from __future__ import annotations

import pytest

from cua.ledger import Ledger, effects_of
from envs.events import Answer, Dialog, Event, Failure, Request

URL = "https://a.test/save?x=1"


def sent(number: str, url: str = URL, method: str = "POST", kind: str = "fetch") -> Request:
    return Request(id=number, method=method, url=url, kind=kind)


def answered(number: str, status: int, url: str = URL, refusal: str | None = None) -> Answer:
    return Answer(id=number, method="POST", url=url, status=status, kind="fetch", refusal=refusal)


def ledger(*events: Event) -> Ledger:
    book = Ledger()
    book.touch(0.0)
    book.enter(events)
    return book


def test_a_write_is_open_until_it_is_answered() -> None:
    assert ledger(sent("1")).waits(0.0)
    book = ledger(sent("1"), answered("1", 200))
    assert (book.waits(0.0), book.refused) == (False, "")


@pytest.mark.parametrize("no", [answered("1", 500), answered("1", 409), answered("1", 200, refusal="ok: false")])
def test_a_refusal_stays_until_a_later_write_is_accepted(no: Answer) -> None:
    book = ledger(sent("1"), no)
    assert "refused POST /save" in book.refused
    book.enter([sent("2"), answered("2", 201)])
    assert book.refused == ""


def test_an_event_counts_once_however_often_it_is_handed_out() -> None:
    refused, accepted = answered("1", 500), answered("2", 200)
    book = ledger(sent("1"), refused, sent("2"), accepted)
    book.enter([refused])
    assert book.refused == ""


def test_a_lost_answer_is_a_refusal_and_a_cancelled_request_is_none() -> None:
    lost = Failure(id="1", method="POST", url=URL, why="connection reset", kind="fetch")
    assert "got no answer" in ledger(sent("1"), lost).refused
    given_up = Failure(id="1", method="POST", url=URL, why="aborted", kind="fetch", canceled=True)
    assert ledger(sent("1"), given_up).refused == ""


@pytest.mark.parametrize(
    "noise",
    [
        sent("1", kind="ping"),
        sent("1", kind="websocket"),
        sent("1", method="GET"),
        sent("1", url="https://a.test/api/telemetry"),
        Request(id="1", method="POST", url=URL, first_party=False),
    ],
)
def test_what_is_no_write_of_the_application_does_not_count(noise: Request) -> None:
    assert not ledger(noise).waits(0.0)


def test_effects_are_what_a_step_left_behind() -> None:
    asked = Dialog(kind="confirm", message="Sure?", accepted=True)
    kinds = [effect.kind for effect in effects_of([sent("1"), answered("1", 302), asked])]
    assert kinds == ["write", "dialog"]
