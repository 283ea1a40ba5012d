"""On pages that we did not write, every control can be named: the shortest words for it mean it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cua.looking import ACTIONS, natural
from envs.action import Action, Click, Open, Type
from envs.browser import Browser, BrowserOptions
from envs.observation import Observation
from grounding import Grounder, shortest_target
from grounding.roles import interactive
from grounding.screen import screen_of
from tests.apps.servers import Server, start

pytestmark = [pytest.mark.timeout(120), pytest.mark.slow]

GROUNDER = Grounder()
NAMED = 0.99
"""The share of controls that there are words for: two may look, lie and lead alike."""
PAGES = {
    "django-admin": (
        "", "auth/user/", "auth/user/2/change/", "auth/user/add/", "auth/group/", "auth/user/2/delete/",
        "password_change/",
    ),
    "flask-admin": ("", "customers/", "products/", "customers/new/"),
    "roundup": ("", "issue?@template=item", "issue", "user?@template=register"),
}  # fmt: skip
SIGN_IN = {
    "django-admin": (("Username", Type("admin")), ("Password", Type("secret")), ("Log in", Click())),
    "flask-admin": (),
    "roundup": (("username", Type("admin")), ("password", Type("secret")), ("Login button", Click())),
}


@pytest.fixture(params=PAGES)
def application(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with start(request.param, tmp_path / "state") as server:
        yield server


def test_every_control_of_an_application_has_words_of_its_own(application: Server) -> None:
    browser = Browser(BrowserOptions(url=application.url))
    named, nameless, wrong = 0, [], []
    try:
        now = browser.reset()
        for target, action in SIGN_IN[application.app]:
            browser.act(action, GROUNDER.ground(target, now, action).require().element)
            now = browser.settle()
        for page in PAGES[application.app]:
            browser.act(Open(application.url + page))
            good, none, bad = named_on(browser.settle())
            named += good
            nameless += [f"{page}: {name}" for name in none]
            wrong += [f"{page}: {name}" for name in bad]
    finally:
        browser.close()
    assert wrong == []
    assert named > 20
    assert named >= NAMED * (named + len(nameless)), nameless


def named_on(now: Observation) -> tuple[int, list[str], list[str]]:
    """How many controls got words that mean them, which got none, which got words that mean something else."""
    good, none, bad = 0, [], []
    for element in screen_of(now).visible:
        if not interactive(element):
            continue
        verb = natural(element)
        action: Action | None = ACTIONS[verb] if verb is not None else None
        words = shortest_target(element, now, GROUNDER, action)
        if words is None:
            none.append(str(element))
            continue
        answer = GROUNDER.ground(words, now, action)
        right = answer.sure and answer.best is not None and answer.best.element.ref == element.ref
        good += right
        bad += [] if right else [f"{element} by {words!r}"]
    return good, none, bad
