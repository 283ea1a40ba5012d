"""Each fault of the page does what its line says to a person in a real browser, and leaves the next page alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from envs.browser import BrowserOptions
from envs.browser.launch import launch
from tasks.faulty.depot.catalogue import FAULTS
from tasks.faulty.depot.server import Faulty
from tasks.faulty.depot.web import Session

Check = Callable[[Page, Faulty], None]
NEW = "/items/new"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    launched = launch(BrowserOptions())
    assert launched.browser is not None
    yield launched.browser
    launched.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    with Faulty(tmp_path_factory.mktemp("depot")) as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        yield page


@pytest.fixture
def page(tab: Page, running: Faulty) -> Page:
    """Somebody who has signed in to a fresh depot, on a page without faults."""
    running.arm([], 0)
    running.reset()
    running.depot.sessions["known"] = Session()
    tab.context.add_cookies([{"name": "session", "value": "known", "url": running.origin}])
    tab.goto(running.origin + "/help")
    return tab


def save(page: Page) -> None:
    page.get_by_role("button", name="Save item").click()


def fill(page: Page) -> None:
    page.get_by_label("Name").fill("Lava lamp")
    page.get_by_label("Quantity").fill("1500")


def noop_click(page: Page, running: Faulty) -> None:
    fill(page)
    save(page)
    expect(page).to_have_title("New item – Depot")
    assert "POST" not in {entry["method"] for entry in running.books()["requests"]}
    save(page)
    expect(page.get_by_text("was added")).to_be_visible()


def dead_button(page: Page, running: Faulty) -> None:
    fill(page)
    for _ in range(3):
        save(page)
    page.reload()
    fill(page)
    save(page)
    expect(page.get_by_text("was added")).to_be_visible()
    assert running.books()["stored"] == {"item-new": 1}


def late_dialog(page: Page, running: Faulty) -> None:
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("How do you like the Depot?")
    dialog.get_by_role("button", name="Not now").click()
    expect(dialog).to_have_count(0)


def cookie_banner(page: Page, running: Faulty) -> None:
    banner = page.get_by_role("region", name="Cookies")
    expect(banner).to_be_visible()
    assert covered(page)
    banner.get_by_role("button", name="Only necessary").click()
    expect(banner).to_have_count(0)
    assert not covered(page)


def covered(page: Page) -> bool:
    """Whether a click on the main button would go to something else."""
    return bool(
        page.evaluate("""() => {
        const b = document.querySelector("[data-main]"), r = b.getBoundingClientRect();
        return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) !== b; }""")
    )


def overlay(page: Page, running: Faulty) -> None:
    expect(page.get_by_text("Subscribe to our newsletter!")).to_be_visible()
    assert covered(page)
    page.get_by_role("button", name="Close").click()
    assert not covered(page)


def moved_element(page: Page, running: Faulty) -> None:
    button = page.get_by_role("button", name="Save item")
    places = set()
    for _ in range(10):
        box = button.bounding_box()
        places.add(box and box["x"])
        page.wait_for_timeout(60)
    assert len(places) > 2


def replaced_element(page: Page, running: Faulty) -> None:
    page.evaluate("window.first = document.querySelector('[data-main]')")
    page.wait_for_function("!window.first.isConnected && document.querySelector('[data-main]')")


def renamed_element(page: Page, running: Faulty) -> None:
    expect(page.get_by_role("button", name="Store")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Save item")).to_be_visible()


def disabled_until(page: Page, running: Faulty) -> None:
    button = page.get_by_role("button", name="Save item")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled()
    page.get_by_label("Name").fill("Lava lamp")
    expect(button).to_be_disabled()


def duplicate_label(page: Page, running: Faulty) -> None:
    expect(page.get_by_role("button", name="Save item")).to_have_count(2)
    expect(page.get_by_label("Name")).to_have_count(2)
    page.get_by_role("button", name="Save item").first.click()
    page.wait_for_url("**/newsletter")
    assert running.books()["stored"] == {}


def native_question(page: Page, running: Faulty) -> None:
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", dismiss)
    fill(page)
    save(page)
    assert asked == ["Do you really want to send this?"]
    save(page)
    expect(page.get_by_text("was added")).to_be_visible()


def loses(page: Page, running: Faulty) -> None:
    """One of the three fields, whichever the seed chose, and only once."""
    for again in (False, True):
        for label in ("Name", "Quantity", "Note"):
            page.get_by_label(label).fill("77")
        page.get_by_label("Category").focus()
        page.wait_for_timeout(150)
        held = [page.get_by_label(label).input_value() for label in ("Name", "Quantity", "Note")]
        assert sorted(held) == (["77"] * 3 if again else ["", "77", "77"])


def focus_stolen(page: Page, running: Faulty) -> None:
    for label in ("Name", "Quantity", "Note"):
        field = page.get_by_label(label)
        field.focus()
        page.wait_for_timeout(60)
        if not field.evaluate("field => field === document.activeElement"):
            return
    raise AssertionError("no field lost the focus")


def form_reset(page: Page, running: Faulty) -> None:
    fill(page)
    expect(page.get_by_label("Name")).to_have_value("")
    fill(page)
    page.wait_for_timeout(700)
    expect(page.get_by_label("Name")).to_have_value("Lava lamp")


def choice_reverts(page: Page, running: Faulty) -> None:
    page.get_by_label("Category").select_option("Kitchen")
    expect(page.get_by_label("Category")).to_have_value("Tools")
    page.get_by_label("Category").select_option("Kitchen")
    page.wait_for_timeout(700)
    expect(page.get_by_label("Category")).to_have_value("Kitchen")


def auto_format(page: Page, running: Faulty) -> None:
    fill(page)
    page.get_by_label("Note").focus()
    expect(page.get_by_label("Quantity")).to_have_value("1,500")
    save(page)
    expect(page.get_by_role("row", name="Lava lamp")).to_contain_text("1,500")


def changes(page: Page, running: Faulty) -> None:
    """One of the fields does not keep what was typed, as long as the page is there."""
    for label in ("Name", "Quantity", "Note"):
        page.get_by_label(label).press_sequentially("lamp")
    page.get_by_label("Category").focus()
    held = [page.get_by_label(label).input_value() for label in ("Name", "Quantity", "Note")]
    assert sorted(held) in (["LAMP", "lamp", "lamp"], ["lam", "lamp", "lamp"])


def optimistic(page: Page, running: Faulty) -> None:
    fill(page)
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("Saved.")).to_have_count(0)
    assert (running.books()["stored"], running.books()["requests"][-1]["answer"]) == ({}, 409)
    save(page)
    expect(page.get_by_text("was added")).to_be_visible()


def leave_question(page: Page, running: Faulty) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_label("Name").click()  # a page that nobody has touched may not ask
    page.get_by_role("link", name="Settings").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    expect(page).to_have_title("New item – Depot")
    page.once("dialog", lambda dialog: dialog.accept())


def heartbeats(page: Page, running: Faulty) -> None:
    page.wait_for_timeout(1200)
    answers = [entry["answer"] for entry in running.books()["requests"] if entry["name"] == "beat"]
    assert len(answers) >= 2
    assert set(answers) == ({500} if running.books()["armed"] == ["bad-heartbeats@1"] else {200})


def ticker(page: Page, running: Faulty) -> None:
    line = page.get_by_role("status").filter(has_text="people are looking")
    first = line.inner_text()
    expect(line).not_to_have_text(first)


def feed(page: Page, running: Faulty) -> None:
    expect(page.get_by_role("list", name="News")).to_contain_text("Truck 3 has left")  # more may have come meanwhile


def late_content(page: Page, running: Faulty) -> None:
    expect(page.get_by_text("Loading…")).to_be_visible()
    fill(page)
    save(page)
    expect(page.get_by_text("was added")).to_be_visible()


def never_loads(page: Page, running: Faulty) -> None:
    expect(page.get_by_text("Loading…")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.get_by_label("Name").count() == 0
    page.reload()
    expect(page.get_by_label("Name")).to_be_visible()


def new_tabs(page: Page, running: Faulty) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="New item").click()
    expect(opened.value).to_have_title("New item – Depot")
    opened.value.close()


CHECKS: dict[str, Check] = {
    "noop-click": noop_click,
    "dead-button": dead_button,
    "late-dialog": late_dialog,
    "cookie-banner": cookie_banner,
    "overlay": overlay,
    "moved-element": moved_element,
    "replaced-element": replaced_element,
    "renamed-element": renamed_element,
    "disabled-until": disabled_until,
    "duplicate-label": duplicate_label,
    "native-question": native_question,
    "blur-loses-value": loses,
    "hydration": loses,
    "focus-stolen": focus_stolen,
    "form-reset": form_reset,
    "choice-reverts": choice_reverts,
    "auto-format": auto_format,
    "auto-correct": changes,
    "cuts-text": changes,
    "optimistic-rollback": optimistic,
    "leave-question": leave_question,
    "heartbeats": heartbeats,
    "bad-heartbeats": heartbeats,
    "ticker": ticker,
    "feed": feed,
    "late-content": late_content,
    "never-loads": never_loads,
    "new-tabs": new_tabs,
}


@pytest.mark.parametrize("fault", CHECKS)
def test_the_page_goes_wrong_once_and_the_next_one_does_not(page: Page, running: Faulty, fault: str) -> None:
    start = "/items" if fault == "new-tabs" else NEW
    running.arm([f"{fault}@1"], 1)
    page.goto(running.origin + start)
    assert [fired["fault"] for fired in running.books()["fired"]] == [fault]
    CHECKS[fault](page, running)
    page.goto(running.origin + start)
    assert "TROUBLES" not in page.content()


def test_what_is_not_tried_here_is_a_fault_of_the_server() -> None:
    tried = (Path(__file__).parent / "test_server_faults.py").read_text(encoding="utf-8")
    for name in FAULTS:
        assert name in CHECKS or f'"{name}' in tried, name
