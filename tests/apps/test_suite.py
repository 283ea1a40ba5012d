"""Each goal of the suite can be reached, is judged right when it is reached, and wrong when it is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from ruamel.yaml import YAML

from envs.browser import BrowserOptions
from envs.browser.launch import launch
from tests.apps.by_hand import solve
from tests.apps.servers import start
from tests.apps.suite import Entry, entries

# Goals that are asked for as a file and in words are one here.
GOALS = {f"{entry.app} {entry.check} {entry.given}": entry for entry in entries()}.values()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    launched = launch(BrowserOptions())
    assert launched.browser is not None
    yield launched.browser
    launched.close()


@pytest.mark.parametrize("goal", [pytest.param(entry, id=entry.id) for entry in GOALS])
def test_a_goal_reached_by_hand_is_judged_right_and_one_not_reached_wrong(
    goal: Entry, browser: Browser, tmp_path: Path
) -> None:
    with start(goal.app, tmp_path / "state") as server, browser.new_context() as context:
        before = server.oracle.tables()
        assert goal.wrong(before, before), "nothing has happened yet"
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda request: outside.append(request.url))
        page.goto(server.url)
        solve(page, goal.check, goal.given)
        assert goal.wrong(before, server.oracle.tables()) is None
        origin = server.url.split("/", 3)[2]
        assert [url for url in outside if origin not in url and not url.startswith(("data:", "blob:"))] == []


def test_there_are_twelve_files_and_twelve_instructions() -> None:
    first = [entry for entry in entries() if not entry.needs]
    files = [entry for entry in first if entry.file]
    assert len(files) == len(first) - len(files) == 12
    assert len({entry.id for entry in entries()}) == len(entries())
    for kind in (files, [entry for entry in first if entry.instruction]):
        assert sum(entry.app == "django-admin" for entry in kind) == 8


@pytest.mark.parametrize("goal", [pytest.param(entry, id=entry.id) for entry in entries() if entry.file])
def test_a_task_file_declares_just_what_the_suite_gives_it(goal: Entry) -> None:
    assert goal.path is not None
    task = YAML(typ="safe", pure=True).load(goal.path)
    assert task["name"] == goal.path.stem
    assert set(task.get("params", {})) == set(goal.params)
    assert set(task.get("secrets", ())) == set(goal.secrets)
    assert task["done"]


def test_a_task_file_for_every_goal_and_a_goal_for_every_task_file() -> None:
    paths = {entry.path for entry in entries() if entry.path}
    assert paths == {path for folder in {path.parent for path in paths} for path in folder.glob("*.yaml")}
