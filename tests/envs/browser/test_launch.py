# ruff: noqa: E501 - pages are written on one line
"""Finding, starting, attaching to and losing browsers; what origins are allowed."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from envs import events
from envs.action import Click, Open
from envs.browser import Browser, BrowserOptions
from envs.browser.examine import examine
from envs.browser.find import VARIABLE
from envs.env import Restorable
from envs.errors import ActFailed, Crashed, Unavailable
from tests.envs.browser.conftest import Reply, Seen, Site, dead_url


@pytest.fixture
def opened() -> Iterator[list[Browser]]:
    """Browsers to be closed at the end."""
    browsers: list[Browser] = []
    yield browsers
    for browser in browsers:
        browser.close()


@pytest.mark.parametrize("channel", ["firefox", "webkit", "safari"])
def test_other_engines_are_refused(channel: str) -> None:
    with pytest.raises(Unavailable, match="Chromium family"):
        Browser(BrowserOptions(channel=channel)).reset()


def test_what_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match="does not exist: /nowhere"):
        Browser(BrowserOptions(executable=Path("/nowhere"))).reset()
    with pytest.raises(Unavailable, match="msedge-dev is not installed"):
        Browser(BrowserOptions(channel="msedge-dev")).reset()
    with pytest.raises(Unavailable, match="no channel"):
        Browser(BrowserOptions(channel="opera")).reset()
    monkeypatch.setenv(VARIABLE, "/usr/bin/firefox")
    with pytest.raises(Unavailable, match="firefox"):
        Browser().reset()
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unavailable, match="apt-get install chromium"):
        Browser().reset()


def test_a_program_that_is_no_browser(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(Unavailable, match="does not start"):
        Browser(BrowserOptions(executable=program)).reset()


def test_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(Unavailable, match="xvfb-run"):
        Browser(BrowserOptions(headed=True)).reset()


def test_a_dead_address_is_unavailable(opened: list[Browser]) -> None:
    browser = Browser(BrowserOptions(url=dead_url()))
    opened.append(browser)
    with pytest.raises(Unavailable, match=r"nothing answers at http://127.0.0.1:\d+/ \(connection refused\)"):
        browser.reset()
    with pytest.raises(Crashed):
        Browser().observe()


def test_two_at_once(site: Site, opened: list[Browser]) -> None:
    site.pages.update({"/a": "<title>A</title>", "/b": "<title>B</title>"})
    one, two = (Browser(BrowserOptions(url=site.url(path))) for path in ("/a", "/b"))
    opened += [one, two]
    assert (one.reset().title, two.reset().title, one.observe().title) == ("A", "B", "A")
    one.close()
    assert two.observe().title == "B"
    assert isinstance(two, Restorable)


def test_sign_in_is_kept(site: Site, tmp_path: Path, opened: list[Browser]) -> None:
    site.pages["/in"] = Reply("in", headers=(("set-cookie", "who=ada; Max-Age=1000"),))
    site.pages["/"] = "<script>document.write('<p>cookie ' + document.cookie)</script>"
    auth = tmp_path / "sub" / "auth.json"
    first = Browser(BrowserOptions(url=site.url("/in"), auth=auth))
    first.reset()
    first.close()
    assert auth.stat().st_mode & 0o077 == 0
    again = Browser(
        BrowserOptions(url=site.url(), auth=auth, locale="de-DE", timezone="Asia/Tokyo", viewport=(900, 600))
    )
    opened.append(again)
    now = again.reset()
    assert any("who=ada" in e.name for e in now.elements)
    assert (now.viewport.width, now.viewport.height) == (900, 600)
    page = again.active.page
    assert page.evaluate("navigator.language + Intl.DateTimeFormat().resolvedOptions().timeZone") == "de-DEAsia/Tokyo"


def test_a_profile_outlives_the_run(site: Site, tmp_path: Path) -> None:
    site.pages["/"] = "<script>document.write('<p>n' + (localStorage.n = +(localStorage.n || 0) + 1))</script>"
    for expected in ("n1", "n2"):
        browser = Browser(BrowserOptions(url=site.url(), profile=tmp_path / "profile"))
        assert any(e.name == expected for e in browser.reset().elements)
        browser.close()


def test_attached_browsers_are_left_running(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    site.pages["/"] = "<title>Mine</title><button>B</button>"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        program = subprocess.Popen(
            [
                str(examine().path),
                "--headless",
                "--no-sandbox",
                f"--remote-debugging-port={port}",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert program.stderr is not None
            for line in program.stderr:
                if "DevTools listening" in line:
                    break
            for _ in range(2):
                browser = Browser(BrowserOptions(url=site.url(), cdp_url=f"http://127.0.0.1:{port}"))
                assert browser.reset().title == "Mine"
                browser.close()
                assert program.poll() is None
        finally:
            program.terminate()
            program.communicate()
    with pytest.raises(Unavailable, match="no browser answers"):
        Browser(BrowserOptions(cdp_url=dead_url())).reset()


def test_a_crash_is_told_and_survived(site: Site, opened: list[Browser]) -> None:
    site.pages["/"] = "<title>A</title>"
    browser = Browser(BrowserOptions(url=site.url()))
    opened.append(browser)
    browser.reset()
    with suppress(Error):
        browser.active.page.goto("chrome://crash", timeout=5000)
    with pytest.raises(Crashed, match="crashed"):
        browser.observe()
    assert browser.reset().title == "A"
    browser._running.launched.browser.close()  # type: ignore[union-attr]
    with pytest.raises(Crashed):
        browser.observe()
    assert browser.reset().title == "A"


# ── origins ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def guarded(site: Site, opened: list[Browser]) -> Seen:
    browser = Browser(BrowserOptions(url=site.url(), origins=(site.origin,)))
    opened.append(browser)
    return Seen(browser, site)


WAYS_OUT = {
    "a link": "<a id=x href='{}'>x</a>",
    "a new window": "<a id=x target=_blank href='{}'>x</a>",
    "a new window without an opener": "<a id=x target=_blank rel=noopener href='{}'>x</a>",
    "window.open": "<button id=x onclick=\"window.open('{}')\">x</button>",
    "location": "<button id=x onclick=\"location = '{}'\">x</button>",
    "a form": "<form action='{}'><button id=x>x</button></form>",
    "a posting form": "<form method=post action='{}'><button id=x>x</button></form>",
    "a frame": "<button id=x onclick=\"document.body.append(Object.assign(document.createElement('iframe'), {{src: '{}'}}))\">x</button>",
    "a redirect": "<a id=x href='/redirect?{}'>x</a>",
    "meta refresh": "<a id=x href='/refresh?{}'>x</a>",
}


@pytest.mark.parametrize("html", WAYS_OUT.values(), ids=WAYS_OUT)
def test_documents_of_other_origins_never_leave(guarded: Seen, other_site: Site, html: str) -> None:
    away = other_site.url("/evil")
    guarded.site.pages["/redirect"] = Reply(status=302, headers=(("location", away),))
    guarded.site.pages["/refresh"] = f"<meta http-equiv=refresh content='0;url={away}'>"
    guarded.site.pages["/"] = "<!doctype html>" + html.format(away)
    guarded.now = guarded.browser.reset()
    guarded.browser.act(Click(), next(e for e in guarded.now.elements if e.name == "x"))
    now = guarded.settle(lambda now: any(isinstance(e, events.Blocked) for e in now.events), timeout=5)
    assert [e.url.rstrip("?") for e in now.events if isinstance(e, events.Blocked)] == [away]
    assert not [hit for hit in other_site.hits if "evil" in hit[1]]


def test_opening_another_origin_is_refused(guarded: Seen, other_site: Site) -> None:
    guarded.site.pages["/"] = "<title>Home</title>"
    guarded.browser.reset()
    for url in (
        other_site.url(),
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        f"http://x\\@127.0.0.1:{guarded.site.port}/",
    ):
        with pytest.raises(ActFailed, match="may not be opened") as failed:
            guarded.browser.act(Open(url))
        assert not failed.value.dispatched
    now = guarded.browser.settle()
    assert now.title == "Home"
    assert len([e for e in now.events if isinstance(e, events.Blocked)]) == 5
    assert not other_site.hits


def test_files_can_be_granted(tmp_path: Path, opened: list[Browser]) -> None:
    page = tmp_path / "a.html"
    page.write_text("<title>File</title><button>B</button>")
    browser = Browser(BrowserOptions(url=page.as_uri(), origins=("file://",)))
    opened.append(browser)
    now = browser.reset()
    assert now.title == "File"
    assert next(e for e in now.elements if e.role == "button").origin == "file://"
    with pytest.raises(Unavailable, match="may not be opened"):
        Browser(BrowserOptions(url=page.as_uri(), origins=("http://a.example",))).reset()


def test_importing_does_nothing() -> None:
    code = "import sys, envs.browser; print('playwright.sync_api' in sys.modules)"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True)
