"""Each fault of the server does what its line says, at the moment it was armed for, and the books tell it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.faulty.depot import on_server
from tasks.faulty.depot.catalogue import FAULTS
from tasks.faulty.depot.fault import UnknownFault, armed
from tasks.faulty.depot.server import Faulty
from tests.faults.client import LOST, Client, Reply
from tests.faults.test_depot import ITEM, SENDS, SETTINGS, TRANSFER

FIRST = {"item": "Ladder", "quantity": "2"}
SECOND = {"place": "Oslo", "day": "2026-06-15"}


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    """Nothing waits for longer than the moment it takes to note for how long it should have."""
    with Faulty(tmp_path) as running:
        waits: list[float] = []
        monkeypatch.setattr(type(running.depot), "pause", lambda self, seconds: waits.append(seconds))
        running.waits = waits  # type: ignore[attr-defined]
        yield running


@pytest.fixture
def client(running: Faulty) -> Client:
    return Client(running.url).sign_in()


def let_pass(running: Faulty, seconds: float) -> None:
    """As if so much time had passed."""
    for standing in running.injector._standing:
        standing.since -= seconds


def stored(running: Faulty) -> int:
    return sum(running.books()["stored"].values())


def answers(running: Faulty, name: str) -> list[object]:
    return [entry["answer"] for entry in running.books()["requests"] if entry["name"] == name]


# ── the answer to a write goes wrong ──


@pytest.mark.parametrize(
    ("fault", "status", "stores"),
    [("error-before-commit", 500, 0), ("error-after-commit", 500, 1), ("rate-limit", 429, 0)],
)
@pytest.mark.parametrize("write", sorted(SENDS))
def test_an_error_is_answered_once(
    running: Faulty, client: Client, fault: str, status: int, stores: int, write: str
) -> None:
    running.arm([fault], 0)
    assert SENDS[write](client).status == status
    assert stored(running) == stores
    assert running.books()["fired"] == [{"fault": fault, "at": f"POST {write}"}]
    let_pass(running, 5.0)
    if write != "item-delete" or not stores:
        assert SENDS[write](client).status in (200, 303)
        assert stored(running) == stores + 1


def test_what_failed_after_it_was_stored_is_not_praised_later(running: Faulty, client: Client) -> None:
    running.arm(["error-after-commit"], 0)
    SENDS["item-new"](client)
    page = client.get("/items").body
    assert "was added" not in page
    assert ITEM["name"] in page


@pytest.mark.parametrize(("fault", "stores"), [("drop-before-commit", 0), ("drop-after-commit", 1)])
def test_a_dropped_answer_is_none_and_a_resend_of_the_browser_stores_nothing(
    running: Faulty, client: Client, fault: str, stores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_server, "RESENT", 3600.0)
    running.arm([fault], 0)
    for _ in range(2):
        with pytest.raises(LOST):
            SENDS["item-new"](client)
    assert (stored(running), answers(running, "item-new")) == (stores, ["dropped", "dropped"])
    let_pass(running, 3601.0)
    SENDS["item-new"](client)
    assert stored(running) == stores + 1


def test_half_an_answer_breaks_off(running: Faulty, client: Client) -> None:
    running.arm(["half-answer"], 0)
    with pytest.raises(http.client.IncompleteRead):
        SENDS["payment"](client)
    assert (stored(running), answers(running, "payment")) == (1, ["cut in half"])


@pytest.mark.parametrize(("fault", "least", "most"), [("hang-after-commit", 40, 40), ("slow-commit", 2, 5)])
def test_an_answer_that_takes_its_time_was_stored_before(
    running: Faulty, client: Client, fault: str, least: float, most: float
) -> None:
    running.arm([fault], 0)
    assert SENDS["transfer"](client).to == "/transfers"
    (waited,) = running.waits  # type: ignore[attr-defined]
    assert least <= waited <= most
    assert stored(running) == 1


def test_what_has_not_been_answered_is_in_the_books_as_pending(
    running: Faulty, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def pause(self: object, seconds: float) -> None:
        reached.set()
        go_on.wait(5)

    monkeypatch.setattr(type(running.depot), "pause", pause)
    running.arm(["hang-after-commit"], 0)
    sender = threading.Thread(target=SENDS["item-new"], args=(client,))
    sender.start()
    assert reached.wait(5)
    assert (answers(running, "item-new"), stored(running)) == (["pending"], 1)
    go_on.set()
    sender.join(5)
    assert answers(running, "item-new") == [303]


def test_a_limit_lets_pages_through_and_ends(running: Faulty, client: Client) -> None:
    running.arm(["rate-limit"], 0)
    assert "Retry-After" in SENDS["item-new"](client).headers
    assert json.loads(SENDS["settings"](client).body)["ok"] is False
    assert client.get("/items").status == 200
    let_pass(running, 3.1)
    assert SENDS["settings"](client).status == 200


def test_a_conflict_lasts_until_the_form_is_loaded_anew(running: Faulty, client: Client) -> None:
    running.arm(["conflict"], 0)
    assert [SENDS["item-edit"](client).status for _ in range(2)] == [409, 409]
    client.get("/items/3/edit")
    assert (SENDS["item-edit"](client).status, stored(running)) == (200, 1)


# ── what is stored, and what is said of it ──


def test_a_form_that_comes_back_mute_has_been_stored(running: Faulty, client: Client) -> None:
    running.arm(["double-submit-trap"], 0)
    page = SENDS["item-new"](client)
    assert (page.status, stored(running)) == (200, 1)
    assert f'value="{ITEM["name"]}"' in page.body
    assert "was added" not in page.body
    SENDS["item-new"](client)
    assert running.books()["stored_twice"] == 1


@pytest.mark.parametrize("write", ["item-new", "payment"])
def test_a_toast_says_no_for_a_moment(running: Faulty, client: Client, write: str) -> None:
    running.arm(["validation-toast"], 0)
    reply = SENDS[write](client)
    assert (reply.status, stored(running)) == (200, 0)
    assert "could not be saved" in reply.body
    assert SENDS[write](client).status in (200, 303)
    assert stored(running) == 1


@pytest.mark.parametrize("write", sorted(SENDS))
def test_it_says_done_and_stores_nothing(running: Faulty, client: Client, write: str) -> None:
    honest = SENDS[write](Client(running.url).sign_in())
    running.reset()
    client.sign_in()
    running.arm(["says-saved-lost"], 0)
    lie = SENDS[write](client)
    assert (lie.status, lie.body, lie.to) == (honest.status, honest.body, honest.to)
    assert stored(running) == 0
    assert [entry["stored"] for entry in running.books()["requests"] if entry["name"] == write] == [0]


@pytest.mark.parametrize("write", ["item-new", "settings"])
def test_the_status_says_no_and_the_page_yes(running: Faulty, client: Client, write: str) -> None:
    running.arm(["says-saved-refused"], 0)
    reply = SENDS[write](client)
    assert (reply.status, stored(running)) == (409, 0)
    assert "was added" in reply.body or json.loads(reply.body)["ok"]


@pytest.mark.parametrize("seed", range(4))
def test_one_field_is_not_stored(running: Faulty, client: Client, seed: int) -> None:
    before = dict(running.depot.store.settings())
    running.arm(["partial-save"], seed)
    assert SENDS["settings"](client).status == 200
    after = running.depot.store.settings()
    wanted = {**SETTINGS, "alerts": ""}
    lost = [name for name in after if after[name] != wanted[name]]
    assert len(lost) == 1
    assert after[lost[0]] == before[lost[0]]


def test_the_amount_grows(running: Faulty, client: Client) -> None:
    assert "8,120.00" in client.get("/invoices/3").body
    running.arm(["amount-changes"], 0)
    SENDS["payment"](client)
    assert [paid.cents for paid in running.depot.store.payments(3)] == [817000]


def test_two_views_of_the_list_are_stale(running: Faulty, client: Client) -> None:
    running.arm(["stale-list"], 0)
    SENDS["item-new"](client)
    assert [ITEM["name"] in client.get("/items").body.partition("<table>")[2] for _ in range(3)] == [False, False, True]


def test_the_rows_are_shuffled_once(running: Faulty, client: Client) -> None:
    def rows() -> list[str]:
        return on_server.ROW.findall(client.get("/invoices").body)

    honest = rows()
    running.arm(["shuffled-list@1"], 3)
    mixed = rows()
    assert sorted(mixed) == sorted(honest) != mixed
    assert rows() == honest


def test_a_step_of_the_wizard_is_skipped(running: Faulty, client: Client) -> None:
    running.arm(["step-skipped"], 0)
    assert client.post("/transfers/new", **FIRST).to == "/transfers/new/3"
    assert "Berlin" in client.get("/transfers/new/3").body
    assert client.post("/transfers/new", **FIRST).to == "/transfers/new/2"


def test_the_draft_is_lost(running: Faulty, client: Client) -> None:
    running.arm(["draft-lost"], 0)
    client.post("/transfers/new", **FIRST)
    assert client.post("/transfers/new/2", **SECOND).to == "/transfers/new"
    assert client.get("/transfers/new/3").to == "/transfers/new"
    client.post("/transfers/new", **FIRST)
    assert client.post("/transfers/new/2", **SECOND).to == "/transfers/new/3"


# ── the way there ──


def test_the_session_ends_and_what_was_sent_is_lost(running: Faulty, client: Client) -> None:
    running.arm(["session-expires@1"], 0)
    assert client.post("/transfers/new/3", **TRANSFER).to == "/sign-in"
    assert client.get("/items").to == "/sign-in?to=/items"
    client.sign_in()
    assert (client.get("/items").status, stored(running)) == (200, 0)


def heading(reply: Reply) -> str:
    return reply.body.partition("<h1>")[2].partition("</h1>")[0]


def test_another_page_comes(running: Faulty, client: Client) -> None:
    running.arm(["wrong-page@1"], 0)
    assert [heading(client.get("/items")) for _ in range(2)] == ["Help", "Items"]


def test_another_record_comes(running: Faulty, client: Client) -> None:
    running.arm(["wrong-record@1"], 0)
    assert client.get("/items/7").to == "/items/6"
    assert heading(client.get("/items/7")) == "Stapler"


def test_links_lead_nowhere_for_one_view(running: Faulty, client: Client) -> None:
    running.arm(["dead-links@1"], 0)
    page = client.get("/items").body
    assert 'href="/gone/items/new"' in page
    assert 'href="/items">Items</a>' in page.partition("<main>")[0]  # the navigation is alive
    assert client.get("/gone/items/new").status == 404
    assert "/gone" not in client.get("/items").body


def test_terms_come_in_between(running: Faulty, client: Client) -> None:
    running.arm(["interstitial@1"], 0)
    page = client.get("/settings")
    assert (heading(page), '<a href="/settings">Continue' in page.body) == ("Our terms have changed", True)
    assert heading(client.get("/settings")) == "Settings"


def test_an_address_leads_to_itself_for_as_long_as_a_browser_follows(running: Faulty, client: Client) -> None:
    running.arm(["redirect-loop@1"], 0)
    assert {client.get("/items").to for _ in range(on_server.LOOPS)} == {"/items"}
    assert client.get("/items").status == 200


def test_maintenance_ends(running: Faulty, client: Client) -> None:
    running.arm(["maintenance@1"], 0)
    assert [client.get("/items").status, client.get("/").status, SENDS["item-new"](client).status] == [503, 503, 503]
    let_pass(running, 3.1)
    assert (client.get("/items").status, stored(running)) == (200, 0)


def test_nobody_listens_for_a_while(running: Faulty, client: Client) -> None:
    running.arm(["connection-refused@1"], 0)
    assert client.get("/items").status == 200
    began = threading.Event()
    for _ in range(400):  # until the port is closed, then until it is open again
        try:
            client.get("/items")
        except (ConnectionRefusedError, ConnectionResetError):
            began.set()
        else:
            if began.is_set():
                break
        threading.Event().wait(0.02)
    assert began.is_set()
    assert client.get("/items").status == 200


# ── which, when ──


def test_the_time_is_the_one_that_was_named(running: Faulty, client: Client) -> None:
    running.arm(["error-before-commit@2", "slow-page@always"], 0)
    assert [SENDS["item-new"](client).status for _ in range(3)] == [303, 500, 303]
    for _ in range(3):
        client.get("/items")
    assert len(running.waits) == 3  # type: ignore[attr-defined]


def test_a_seed_always_says_the_same() -> None:
    names = sorted(FAULTS)
    assert armed(names, FAULTS, 7) == armed(names, FAULTS, 7)
    assert len({armed(names, FAULTS, seed) for seed in range(10)}) == 10
    for one in (one for seed in range(20) for one in armed(names, FAULTS, seed)):
        assert one.time is not None
        assert 1 <= one.time <= one.fault.spread


@pytest.mark.parametrize(
    ("words", "why"),
    [("late-dialo", 'did you mean "late-dialog"'), ("late-dialog@0", "say NAME"), ("xyz", "--list tells all")],
)
def test_an_unknown_fault_is_said_with_what_to_do(words: str, why: str) -> None:
    with pytest.raises(UnknownFault, match=why):
        armed([words], FAULTS, 0)


def test_each_fault_can_fire_somewhere_and_says_so_in_a_line() -> None:
    assert len(FAULTS) >= 50
    for fault in FAULTS.values():
        assert fault.at
        assert 5 < len(fault.about) <= 50, fault.name


def test_chances_are_counted_whether_or_not_a_fault_is_armed(running: Faulty, client: Client) -> None:
    client.get("/items")
    client.get("/settings")
    SENDS["settings"](client)
    chances = running.books()["chances"]
    assert (chances["error-before-commit"], chances["late-dialog"], chances["amount-changes"]) == (1, 2, 0)
