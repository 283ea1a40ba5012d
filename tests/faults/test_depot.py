"""The application without faults: what is sent is stored, as often as it is sent, and the books say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasks.faulty.depot.routes import COMMITS, PAGES, ROUTES
from tasks.faulty.depot.server import Faulty
from tasks.faulty.oracle import WISHES, Oracle, at_first, check
from tests.faults.client import Client, Reply

ITEM = {"name": "Lava lamp", "quantity": "12", "category": "Lighting", "note": "Red"}
SETTINGS = {"display_name": "Clara", "report": "1", "language": "German", "start": "Items"}
TRANSFER = {"item": "Ladder", "quantity": "2", "place": "Oslo", "day": "2026-06-15", "checked": "1"}

SENDS: dict[str, Callable[[Client], Reply]] = {
    "item-new": lambda client: client.post("/items/new", **ITEM),
    "item-edit": lambda client: client.send("/items/3/edit", **ITEM),
    "item-delete": lambda client: client.send("/items/17/delete"),
    "item-file": lambda client: client.upload("/items/1/files", "note.txt", "Dear Ada"),
    "transfer": lambda client: client.post("/transfers/new/3", **TRANSFER),
    "payment": lambda client: client.send("/invoices/3", method="Card", reference="R-1"),
    "settings": lambda client: client.send("/settings", **SETTINGS),
}
"""How each of its writes is sent."""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Faulty]:
    with Faulty(tmp_path) as running:
        yield running


@pytest.fixture
def client(running: Faulty) -> Client:
    return Client(running.url).sign_in()


def test_every_screen_has_a_title_and_nothing_but_the_truth(running: Faulty, client: Client) -> None:
    client.post("/transfers/new", item="Ladder", quantity="2")
    client.post("/transfers/new/2", place="Oslo", day="2026-06-15")
    client.send("/invoices/3", method="Card", reference="R-1")
    numbered = {route.name: route.pattern.replace("([0-9]+)", "3") for route in ROUTES if route.method == "GET"}
    for moment in sorted(PAGES):
        reply = client.get(numbered[moment.partition(" ")[2]])
        assert (reply.status, "<title>" in reply.body) == (200, True), moment
    assert client.get("/items/999").status == 404
    assert client.get("/nowhere").status == 404


@pytest.mark.parametrize("write", SENDS)
def test_what_is_sent_twice_is_stored_twice(running: Faulty, client: Client, write: str) -> None:
    reply = SENDS[write](client)
    assert reply.status in (200, 303), reply.body
    books = running.books()
    assert (books["stored"], books["stored_twice"], books["writes"][write]) == ({write: 1}, 0, 1)
    again = SENDS[write](client)
    books = running.books()
    if write == "item-delete":  # it is gone
        assert (again.status, books["stored"], books["stored_twice"]) == (404, {write: 1}, 0)
    else:
        assert (again.status, books["stored"], books["stored_twice"]) == (reply.status, {write: 2}, 1)
    assert [entry["stored"] for entry in books["requests"] if entry["name"] == write] == [
        1,
        int(write != "item-delete"),
    ]


def test_all_commits_are_tried_here() -> None:
    assert {f"POST {write}" for write in SENDS} == COMMITS


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/items/new", {**ITEM, "quantity": "many"}, "whole number"),
        ("/items/new", {**ITEM, "name": " "}, "needs a name"),
        ("/transfers/new", {"item": "Ladder", "quantity": "900"}, "There are 8 pieces"),
        ("/transfers/new/2", {"place": "Rome", "day": "tomorrow"}, "Choose a destination"),
        ("/transfers/new/3", {**TRANSFER, "checked": ""}, "you have checked it"),
        ("/settings", {**SETTINGS, "display_name": ""}, "need a name"),
    ],
)
def test_what_is_wrong_is_refused_and_said(
    running: Faulty, client: Client, path: str, fields: dict[str, str], words: str
) -> None:
    reply = (client.send if path == "/settings" else client.post)(path, **fields)
    assert (reply.status, words in reply.body) == (422, True)
    assert running.books()["stored"] == {}


def test_nobody_gets_in_without_the_password(running: Faulty) -> None:
    stranger = Client(running.url)
    assert stranger.get("/items").to == "/sign-in?to=/items"
    assert stranger.post("/sign-in", user="clerk", password="guess").status == 422
    assert stranger.send("/settings", **SETTINGS).status == 401
    assert stranger.post("/items/new", **ITEM).to == "/sign-in"
    assert running.books()["stored"] == {}
    assert stranger.sign_in().get("/items").status == 200


def test_after_the_sign_in_it_goes_on_where_it_was_and_nowhere_else(running: Faulty) -> None:
    client = Client(running.url)
    assert client.post("/sign-in?to=/settings", user="clerk", password="secret").to == "/settings"
    assert client.post("/sign-in?to=//evil.test", user="clerk", password="secret").to == "/"


def test_instances_share_nothing_and_a_folder_is_gone_on_with(tmp_path: Path) -> None:
    with Faulty(tmp_path / "one") as one, Faulty(tmp_path / "two") as two:
        SENDS["item-new"](Client(one.url).sign_in())
        assert (one.books()["stored"], two.books()["stored"]) == ({"item-new": 1}, {})
    with Faulty(tmp_path / "one") as one:
        assert one.books()["stored"] == {"item-new": 1}
        one.reset()
        assert (one.books()["stored"], Oracle(tmp_path / "one").tables()) == ({}, at_first())


def test_every_task_has_a_wish_and_nothing_done_is_wrong_for_each() -> None:
    folder = Path(__file__).resolve().parents[2] / "tasks" / "faulty"
    assert {path.stem for path in folder.glob("*.yaml")} == set(WISHES)
    before = at_first()
    for task in WISHES:
        assert check(task, before, before) is not None


def test_the_oracle_tells_right_from_wrong(running: Faulty, client: Client, tmp_path: Path) -> None:
    oracle, before = Oracle(tmp_path), at_first()
    client.send("/invoices/3", method="Direct debit", reference="CL-2026-118")
    assert check("pay-invoice", before, oracle.tables()) is None
    assert oracle.stored_twice() == 0
    client.send("/invoices/3", method="Direct debit", reference="CL-2026-118")
    assert "Nobody asked for" in str(check("pay-invoice", before, oracle.tables()))
    assert oracle.stored_twice() == 1
