"""The workflow that the section `replay` measures, on Django's admin: each step as each contender is given it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

from tasks.tables import Tables, added, wrong
from tests.apps.servers import oracle_of
from tests.bench.rerun import Act

PASSWORD = "secret"
"""Of the seeded application; it protects nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a task file, a call as codegen writes it, and what browser-use's agent is told while it is recorded."""

    line: str
    call: Callable[[Page], object]
    act: Act


def workflow(count: int) -> list[Step]:
    """Sign in, then group after group is added, looked for and opened: so many steps."""
    found = [
        Step(
            "type: {into: Username, text: admin}",
            lambda page: page.get_by_label("Username:").fill("admin"),
            {"into": ("textbox", "Username:"), "text": "admin"},
        ),
        Step(
            "type: {into: Password, secret: password}",
            lambda page: page.get_by_label("Password:").fill(PASSWORD),
            {"into": ("textbox", "Password:"), "text": PASSWORD},
        ),
        Step(
            "click: Log in",
            lambda page: page.get_by_role("button", name="Log in").click(),
            {"click": ("button", "Log in")},
        ),
    ]
    number = 0
    while len(found) < count:
        number += 1
        found += _round(_team(number))
    return found[:count]


def _round(team: str) -> list[Step]:
    return [
        Step(
            "open: /admin/auth/group/",
            lambda page: page.goto(urljoin(page.url, "/admin/auth/group/")),
            {"open": "/admin/auth/group/"},
        ),
        Step(
            "click: Add group",
            lambda page: page.get_by_role("link", name="Add group").click(),
            {"click": ("link", "Add group")},
        ),
        Step(
            f"type: {{into: Name, text: {team}}}",
            lambda page: page.get_by_label("Name:", exact=True).fill(team),
            {"into": ("textbox", "Name:"), "text": team},
        ),
        Step(
            "click: Save\n    commit: true",
            lambda page: page.get_by_role("button", name="Save", exact=True).click(),
            {"click": ("button", "Save")},
        ),
        Step(
            f"type: {{into: searchbox, text: {team}}}",
            lambda page: page.get_by_role("textbox", name="Search").fill(team),
            {"into": ("textbox", "Search"), "text": team},
        ),
        Step(
            "click: Search button",
            lambda page: page.get_by_role("button", name="Search").click(),
            {"click": ("button", "Search")},
        ),
        Step(
            f"click: \"'{team}' link\"",
            lambda page: page.get_by_role("link", name=team, exact=True).click(),
            {"click": ("link", team)},
        ),
        Step(
            "click: \"'Home' link\"",
            lambda page: page.get_by_role("link", name="Home").click(),
            {"click": ("link", "Home")},
        ),
    ]


def missed(steps: Sequence[Step], before: Tables, after: Tables) -> str | None:
    """What the application has stored that these steps do not store, or has not that they do; None if all is well."""
    oracle = oracle_of("django-admin")
    saved = sum(step.line.startswith("click: Save") for step in steps)
    teams = [_team(number + 1) for number in range(saved)]
    groups = [added("auth_group", name=team) for team in teams]
    return wrong(before, after, *groups, *(oracle.logged(oracle.ADDED, team) for team in teams))


def _team(number: int) -> str:
    return f"Team {number:03}"
