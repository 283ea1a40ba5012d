"""Back, forward and reload, windows and files in applications that we did not write."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from envs import events
from envs.action import Action, Back, Click, Download, Forward, Open, Reload, Switch, Type
from envs.browser import Browser, BrowserOptions
from envs.env import Until
from envs.observation import Element, Observation
from tests.apps.servers import Server, start

pytestmark = pytest.mark.slow


class Visit:
    """A browser at one of the applications, and short words to use it."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        browser.options = BrowserOptions(url=server.url)
        self.now: Observation = browser.reset()

    def one(self, role: str, name: str) -> Element:
        found = [e for e in self.now.elements if e.role == role and e.name == name]
        assert found, f"no {role} {name!r} in {[str(e) for e in self.now.elements]}"
        return found[0]

    def do(self, action: Action, role: str = "", name: str = "", until: Until | None = None) -> Observation:
        self.browser.act(action, self.one(role, name) if role else None)
        self.now = self.browser.settle(until)
        return self.now

    def log_in(self, user: str, password: str, button: str) -> None:
        self.do(Type("admin"), "textbox", user)
        self.do(Type("secret"), "textbox", password)
        self.do(Click(), "button", button)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


@pytest.mark.parametrize(
    ("app", "links"),
    [
        ("django-admin", ["Users", "admin"]),
        ("flask-admin", ["Customers", "Create"]),
        ("roundup", ["Search", "Register"]),
    ],
)
def test_history(browser: Browser, tmp_path: Path, app: str, links: list[str]) -> None:
    with start(app, tmp_path / "state") as server:
        visit = Visit(browser, server)
        if app == "django-admin":
            visit.log_in("Username:", "Password:", "Log in")
        urls = [visit.now.url, *(visit.do(Click(), "link", link).url for link in links)]
        field = next(e for e in visit.now.elements if e.role == "textbox" and "offscreen" not in e.states and e.name)
        held = field.value
        visit.do(Type("unsaved"), "textbox", field.name)
        assert visit.do(Reload()).url == urls[2]
        assert visit.one("textbox", field.name).value == held
        seen = [visit.do(way).url for way in (Back(), Back(), Forward(), Forward())]
    assert seen == [urls[1], urls[0], urls[1], urls[2]]


def test_a_window_that_gives_its_answer_to_the_one_before(browser: Browser, tmp_path: Path) -> None:
    with start("django-admin", tmp_path / "state") as server:
        visit = Visit(browser, server)
        visit.log_in("Username:", "Password:", "Log in")
        visit.do(Open(f"{server.url}auth/user/1/change/"))
        form = visit.now.title
        visit.do(Click(), "link", "Add another group")
        assert visit.now.title.startswith("Add group")
        assert visit.do(Switch("Change user")).title == form
        visit.do(Switch("new"))
        visit.do(Type("Editors"), "textbox", "Name:")
        visit.do(Click(), "button", "Save", lambda now: now.title == form)
        assert visit.now.title == form
        assert [window.title for window in visit.now.windows] == [form]
        assert "Editors" in [e.name for e in visit.now.elements if e.role == "option"]
        assert "Editors" in server.oracle.groups()


def test_a_file_of_rows(browser: Browser, tmp_path: Path) -> None:
    with start("roundup", tmp_path / "state") as server:
        visit = Visit(browser, server)
        visit.do(Click(), "link", "Show All")
        visit.do(Download(tmp_path / "issues.csv"), "link", "Download as CSV")
        rows = list(csv.DictReader((tmp_path / "issues.csv").read_text(encoding="utf-8").splitlines()))
        shown = {e.name for e in visit.now.elements if e.role == "link" and "/issue" in e.attributes.get("href", "")}
    assert {row["title"] for row in rows} <= shown
    assert len(rows) == 4
    assert [event.failure for event in visit.now.events if isinstance(event, events.Downloaded)] == [None]
