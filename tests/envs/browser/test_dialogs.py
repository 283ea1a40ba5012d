"""Native dialogs are answered the moment they come, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from envs import events
from envs.action import Back, Click, Open, Reload, Type
from envs.browser.dialogs import MOST, careful
from envs.errors import Crashed
from tests.envs.browser.conftest import Seen, Site

UNSAVED = """<title>one</title><input aria-label=Name><a href=/two>away</a>
<script>addEventListener('beforeunload', (event) => event.preventDefault())</script>"""


def told(seen: Seen) -> list[tuple[str, str, bool]]:
    return [(e.kind, e.message, e.accepted) for e in seen.now.events if isinstance(e, events.Dialog)]


@pytest.fixture
def stubborn(seen: Seen) -> Iterator[Seen]:
    """Nothing is agreed to, leaving a page neither."""
    seen.browser.dialogs = lambda kind, message: False
    yield seen
    seen.browser.dialogs = careful


def test_several_in_a_row_and_only_a_commit_agrees(seen: Seen) -> None:
    seen.open("<button onclick=\"alert('a'); document.title = confirm('b') + '/' + prompt('c', 'x')\">go</button>")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle()
    assert told(seen) == [("alert", "a", True), ("confirm", "b", False), ("prompt", "c", False)]
    assert seen.now.title == "false/null"
    seen.browser.act(Click(agrees=True), seen.one("button"))
    seen.settle()
    assert told(seen) == [("alert", "a", True), ("confirm", "b", True), ("prompt", "c", False)]
    assert seen.now.title == "true/null"


def test_while_a_page_loads_and_in_frames(seen: Seen, other_site: Site) -> None:
    other_site.pages["/f"] = "<script>alert('frame')</script><button onclick=\"alert('inside')\">in</button>"
    seen.open(f"<script>alert('head')</script><h1>x</h1><iframe src='{other_site.url('/f')}'></iframe>")
    assert {message for _, message, _ in told(seen)} == {"head", "frame"}
    seen.browser.act(Click(), seen.one("button", "in"))
    seen.settle()
    assert told(seen) == [("alert", "inside", True)]


def test_in_a_background_tab(seen: Seen) -> None:
    seen.site.pages["/two"] = "<title>two</title>"
    seen.open("<a href=/two target=_blank>go</a>")
    behind = seen.browser.active
    seen.browser.act(Click(), seen.one("link"))
    seen.settle()
    behind.wire.begin("Runtime.evaluate", {"expression": "alert('behind')"})
    seen.settle(lambda now: any(isinstance(event, events.Dialog) for event in now.events))
    assert told(seen) == [("alert", "behind", True)]
    assert seen.now.title == "two"


@pytest.mark.parametrize("how", ["open", "reload", "click"])
def test_a_page_with_something_unsaved_is_left(seen: Seen, how: str) -> None:
    seen.site.pages["/two"] = "<title>two</title>"
    seen.open(UNSAVED)
    seen.browser.act(Type("Ada"), seen.one("textbox"))
    seen.settle()
    if how == "click":
        seen.browser.act(Click(), seen.one("link"))
    else:
        seen.browser.act(Open(seen.site.url("/two")) if how == "open" else Reload())
    seen.settle()
    assert told(seen) == [("beforeunload", "", True)]
    assert seen.now.title == ("one" if how == "reload" else "two")


def test_staying_does_not_hang(stubborn: Seen) -> None:
    seen = stubborn
    seen.site.pages["/two"] = "<title>two</title>"
    seen.open(UNSAVED)
    seen.browser.act(Type("Ada"), seen.one("textbox"))
    seen.settle()
    for act in (Open(seen.site.url("/two")), Reload(), Back()):
        seen.browser.act(act)
        seen.settle()
        assert told(seen) == [("beforeunload", "", False)]
        assert seen.one("textbox").value == "Ada"


def open_and_click(seen: Seen, html: str) -> None:
    seen.open(html)
    seen.browser.act(Click(), seen.one("button"))


@pytest.mark.parametrize("where", ["onclick", "onload"])
def test_a_page_that_asks_without_end_is_shut(seen: Seen, where: str) -> None:
    loop = "while (true) alert('again')"
    with pytest.raises(Crashed, match=f"more than {MOST} dialogs"):
        open_and_click(
            seen, f"<script>{loop}</script>" if where == "onload" else f'<button onclick="{loop}">go</button>'
        )
    assert seen.open("<title>again</title>").title == "again"
