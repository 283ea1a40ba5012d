"""A workflow of 50 steps on Django's admin: replayed with every step verified, beside the same steps as Playwright's
codegen writes them, which check nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from cua.errors import Outcome
from cua.options import Options, SecretSource
from cua.session import open_run
from envs.browser.find import find
from envs.browser.options import BrowserOptions
from tests.apps.servers import start
from tests.bench.rounds import interleaved, timed
from tests.bench.table import Table, times

NAME = "replay"
ABOUT = "A workflow of 50 steps replayed by us, every step proved, beside Playwright's script of the same steps."
STEPS, ROUNDS = 50, 7
TARGET = 1.0
PASSWORD = "secret"
"""Of the seeded application; it protects nothing."""

Act = Callable[[Page], object]


def _steps(count: int) -> list[tuple[str, Act]]:
    """Each as a line of a task file, and as codegen writes it: sign in, then group after group is added, looked for and
    opened."""
    found: list[tuple[str, Act]] = [
        ("type: {into: Username, text: admin}", lambda page: page.get_by_label("Username:").fill("admin")),
        ("type: {into: Password, secret: password}", lambda page: page.get_by_label("Password:").fill(PASSWORD)),
        ("click: Log in", lambda page: page.get_by_role("button", name="Log in").click()),
    ]
    number = 0
    while len(found) < count:
        number += 1
        found += _round(f"Team {number:03}")
    return found[:count]


def _round(team: str) -> list[tuple[str, Act]]:
    return [
        ("open: /admin/auth/group/", lambda page: page.goto(urljoin(page.url, "/admin/auth/group/"))),
        ("click: Add group", lambda page: page.get_by_role("link", name="Add group").click()),
        (f"type: {{into: Name, text: {team}}}", lambda page: page.get_by_label("Name:", exact=True).fill(team)),
        (
            "click: Save\n    commit: true",
            lambda page: page.get_by_role("button", name="Save", exact=True).click(),
        ),
        (
            f"type: {{into: searchbox, text: {team}}}",
            lambda page: page.get_by_role("textbox", name="Search").fill(team),
        ),
        ("click: Search button", lambda page: page.get_by_role("button", name="Search").click()),
        (f"click: \"'{team}' link\"", lambda page: page.get_by_role("link", name=team, exact=True).click()),
        (
            "click: \"'Home' link\"",
            lambda page: page.get_by_role("link", name="Home").click(),
        ),
    ]


def run(quick: bool) -> Sequence[Table]:
    count, rounds = (11, 1) if quick else (STEPS, ROUNDS)
    steps = _steps(count)
    with TemporaryDirectory() as folder:
        places = iter(range(10_000))

        def ours() -> float:
            return _ours(steps, Path(folder) / str(next(places)))

        def theirs() -> float:
            return _theirs(steps, Path(folder) / str(next(places)))

        found = interleaved({"ours": ours, "codegen": theirs}, rounds + 1)
    for contender in found.values():
        del contender.ms[0]  # what is loaded and compiled once
    mine, script = found["ours"], found["codegen"]
    row = (f"{count} steps", script.said(), mine.said(), times(mine.median / script.median), f"{TARGET:.1f} x")
    return (
        Table(
            ("", "codegen's script: ms, median (min)", "ours, verified: ms, median (min)", "ratio", "target"),
            [row],
            f"{rounds} rounds, each on fresh state, from starting the browser to its end",
        ),
    )


def _ours(steps: Sequence[tuple[str, Act]], place: Path) -> float:
    place.mkdir()
    with start("django-admin", place / "app") as server:
        file = place / "flow.yaml"
        lines = [f"  - {line}" for line, _ in steps]
        head = ["cua: 1", "name: bench", "goal: Add groups", f'start: {{url: "{server.url}"}}', "secrets: [password]"]
        file.write_text("\n".join([*head, "steps:", *lines]))
        secrets = (SecretSource("password", value=PASSWORD),)
        options = Options(url=server.url, yes=True, secrets=secrets, runs=place / "runs")

        def replayed() -> None:
            with open_run(str(file), options) as session:
                run = session.go()
            assert run.outcome is Outcome.REACHED, run.why

        return timed(replayed)


def _theirs(steps: Sequence[tuple[str, Act]], place: Path) -> float:
    place.mkdir()
    with start("django-admin", place / "app") as server:

        def replayed() -> None:
            with sync_playwright() as playwright:
                executable = find(BrowserOptions(url=server.url), playwright)
                browser = playwright.chromium.launch(executable_path=str(executable), args=["--no-sandbox"])
                page = browser.new_context().new_page()
                page.goto(server.url)
                for _, act in steps:
                    act(page)
                browser.close()

        with ThreadPoolExecutor(1) as own:  # Playwright has one loop a thread, and may have one in this
            return timed(own.submit(replayed).result)
