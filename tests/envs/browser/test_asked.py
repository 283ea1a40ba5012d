"""What a browser would ask a person for: nobody is there, nothing waits."""

from __future__ import annotations

import pytest

from envs import events
from envs.action import Click, Open, Press
from envs.browser import Browser, BrowserOptions
from envs.browser.launch import displayed
from envs.errors import ActFailed
from tests.envs.browser.conftest import Seen


def asked(seen: Seen) -> list[tuple[str, str]]:
    return [(event.kind, event.what) for event in seen.now.events if isinstance(event, events.Asked)]


@pytest.mark.parametrize(
    "ask",
    [
        "new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))",
        "Notification.requestPermission().then((said) => { if (said !== 'granted') throw said; })",
        "navigator.mediaDevices.getUserMedia({video: true})",
        "navigator.mediaDevices.getUserMedia({audio: true})",
        "navigator.clipboard.readText()",
        "navigator.requestMIDIAccess({sysex: true})",
        "IdleDetector.requestPermission().then((said) => { if (said !== 'granted') throw said; })",
        "getScreenDetails()",
    ],
)
def test_permissions_are_denied_at_once(seen: Seen, ask: str) -> None:
    seen.open(f"""<button>go</button><script>document.querySelector('button').onclick = () =>
      {ask}.then(() => 'yes', () => 'no').then((said) => document.title = said)</script>""")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: bool(now.title))
    assert seen.now.title == "no"


def test_what_the_options_grant_is_granted_to_that_origin(seen: Seen) -> None:
    query = "navigator.permissions.query({name: 'NAME'}).then((said) => document.title += said.state + ',')"
    both = ";".join(query.replace("NAME", name) for name in ("geolocation", "notifications"))
    seen.site.pages["/"] = f"<script>{both}</script>"
    seen.browser.options = BrowserOptions(url=seen.site.url(), permissions=("geolocation",))
    seen.now = seen.browser.reset()
    seen.settle(lambda now: "denied" in now.title and "granted" in now.title)
    assert sorted(seen.now.title.split(",")) == ["", "denied", "granted"]


def test_copying_goes_on_working(seen: Seen) -> None:
    seen.open(
        """<button onclick="navigator.clipboard.writeText('x').then(() => document.title = 'copied')">c</button>"""
    )
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: bool(now.title))
    assert seen.now.title == "copied"


def test_printing_is_told_and_does_not_block(seen: Seen) -> None:
    seen.open("<button onclick=\"print(); document.title = 'on'\">go</button>")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: now.title == "on")
    assert asked(seen) == [("print", "the page asks to be printed")]


@pytest.mark.skipif(not displayed(), reason="there is no screen")
def test_a_print_preview_is_closed(seen: Seen) -> None:
    seen.site.pages["/"] = "<button onclick=\"print(); document.title = 'on'\">go</button>"
    browser = Browser(BrowserOptions(url=seen.site.url(), headed=True))
    try:
        seen.now = browser.reset()
        browser.act(Click(), seen.one("button"))
        assert browser.settle(lambda now: now.title == "on").title == "on"
        browser.act(Press("Control+p"))
        assert browser.settle().title == "on"
    finally:
        browser.close()


def test_a_file_chooser_that_a_page_opens_by_itself(seen: Seen) -> None:
    seen.open("<input type=file id=f><button onclick=f.click()>go</button>")
    seen.browser.act(Click(), seen.one("button", "go"))
    seen.settle(lambda now: any(isinstance(event, events.Asked) for event in now.events))
    assert asked(seen) == [("file", "the page asks for a file")]


@pytest.mark.parametrize("url", ["mailto:a@b.c", "tel:123", "foo:bar"])
def test_what_is_for_another_program(seen: Seen, url: str) -> None:
    seen.open(f"<title>here</title><a href='{url}'>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle(lambda now: any(isinstance(event, events.Asked) for event in now.events))
    assert asked(seen) == [("program", f"{url} is for another program")]
    assert seen.now.title == "here"
    assert not [event for event in seen.now.events if isinstance(event, events.Failure)]
    with pytest.raises(ActFailed, match="is no page"):
        seen.browser.act(Open(url))


def test_an_address_that_is_a_script_is_not_opened(seen: Seen) -> None:
    seen.open("<title>here</title>")
    with pytest.raises(ActFailed, match="is no page"):
        seen.browser.act(Open("javascript:document.title='there'"))
    assert seen.settle().title == "here"
