"""Tabs and pop-ups: which one is looked at, and what is told of the others."""

from __future__ import annotations

from typing import TypeVar

import pytest

from envs import events
from envs.action import Click, Open, Switch
from envs.errors import ActFailed, Crashed
from tests.envs.browser.conftest import Seen

E = TypeVar("E", bound=events.Event)
TWO = "<!doctype html><title>two</title><h1>Two</h1>"


def told(seen: Seen, kind: type[E]) -> list[E]:
    return [event for event in seen.now.events if isinstance(event, kind)]


def click(seen: Seen, role: str, name: str) -> None:
    seen.browser.act(Click(), seen.one(role, name))
    seen.settle()


@pytest.mark.parametrize(
    "opener",
    [
        "<a href=/two target=_blank>go</a>",
        "<a href=/two target=_blank rel=noopener>go</a>",
        "<a href=# onclick=\"window.open('/two')\">go</a>",
        "<a href=# onclick=\"window.open('/two', 'w', 'width=300,height=200')\">go</a>",
        "<a href=# onclick=\"window.open('/two', '_blank', 'noopener')\">go</a>",
        "<a href=# onclick=\"fetch('/two').then(() => window.open('/two'))\">go</a>",
    ],
)
def test_a_window_that_the_page_opens_is_looked_at(seen: Seen, opener: str) -> None:
    seen.site.pages["/two"] = TWO
    seen.open(f"<title>one</title>{opener}")
    seen.browser.act(Click(), seen.one("link", "go"))
    seen.settle(lambda now: now.title == "two")
    assert seen.names("heading") == ["Two"]
    assert [window.active for window in seen.now.windows] == [False, True]
    assert [event.url for event in told(seen, events.WindowOpened)] == [seen.site.url("/two")]
    seen.browser.act(Switch("one"))
    assert seen.settle().title == "one"


def test_a_window_that_is_written_into(seen: Seen) -> None:
    seen.open("<button onclick=\"let w = window.open(''); w.document.write('<h1>Written</h1>')\">go</button>")
    click(seen, "button", "go")
    assert seen.names("heading") == ["Written"]


def test_a_click_opens_one_window_and_the_flood_behind_it_is_told(seen: Seen) -> None:
    seen.site.pages["/two"] = TWO
    seen.open("<button onclick=\"for (let i = 0; i < 200; i++) window.open('/two?' + i)\">go</button>")
    click(seen, "button", "go")
    seen.browser.act(Switch("1"))
    seen.settle()
    assert len(seen.now.windows) == 2
    blocked = told(seen, events.Blocked)
    assert "198 more" in blocked[0].why


def test_pop_ups_close_one_after_the_other_and_the_one_below_is_looked_at(seen: Seen) -> None:
    seen.site.pages["/p"] = (
        "<title>p</title><button onclick=\"window.open('/q')\">more</button><button onclick=window.close()>bye</button>"
    )
    seen.site.pages["/q"] = "<title>q</title><button onclick=window.close()>bye</button>"
    seen.open("<title>one</title><button onclick=\"window.open('/p')\">pop</button>")
    click(seen, "button", "pop")
    click(seen, "button", "more")
    assert seen.now.title == "q"
    click(seen, "button", "bye")
    assert seen.now.title == "p"
    assert len(told(seen, events.WindowClosed)) == 1
    click(seen, "button", "bye")
    assert seen.now.title == "one"
    assert len(seen.now.windows) == 1


def test_a_window_opened_in_the_background_does_not_take_the_screen(seen: Seen) -> None:
    seen.site.pages["/two"] = "<title>two</title><a href=/three target=_blank>three</a><h1>Two</h1>"
    seen.site.pages["/three"] = "<title>three</title>"
    seen.open("<title>one</title><a href=/two target=_blank>go</a>")
    click(seen, "link", "go")
    behind = seen.browser.active
    seen.browser.act(Switch("one"))
    seen.settle()
    behind.page.evaluate("document.querySelector('a').click()")
    seen.settle(lambda now: len(now.windows) == 3)
    assert seen.now.title == "one"


def test_switching_to_what_is_not_there_lists_what_is(seen: Seen) -> None:
    seen.open("<title>one</title>")
    with pytest.raises(ActFailed, match='no window is "elsewhere"; there are 1: "one"'):
        seen.browser.act(Switch("elsewhere"))


def test_all_tabs_closed_is_said(seen: Seen) -> None:
    seen.open("<title>one</title>")
    seen.browser.active.page.close()
    with pytest.raises(Crashed, match="all tabs were closed"):
        seen.browser.observe()
    assert seen.open("<title>again</title>").title == "again"


def test_a_tab_that_crashes_in_the_background_is_told(seen: Seen) -> None:
    seen.site.pages["/two"] = TWO
    seen.open("<title>one</title><a href=/two target=_blank rel=noopener>go</a>")
    behind = seen.browser.active
    click(seen, "link", "go")
    behind.wire.begin("Page.crash")
    seen.settle(lambda now: len(now.windows) == 1)
    assert told(seen, events.WindowClosed)[-1].why == "the tab crashed"
    seen.browser.act(Open(seen.site.url("/two")))
    assert seen.settle().title == "two"
