"""HTTP authentication: what is theirs to those who ask, a clear refusal to all others, and never a hang."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from envs import events
from envs.action import Click, Open
from envs.browser import Browser, BrowserOptions
from envs.browser.options import Credentials
from envs.errors import ActFailed, Unavailable
from tests.envs.browser.conftest import Seen
from tests.serving import started


class Locked:
    """A server (or a proxy) that wants a name and a password for everything. `sent` is what it was given."""

    def __init__(self, scheme: str = "Basic", *, proxy: bool = False) -> None:
        self.sent: list[str | None] = []
        status, ask, give = (
            (407, "proxy-authenticate", "proxy-authorization") if proxy else (401, "www-authenticate", "")
        )
        sent, challenge = self.sent, f'{scheme} realm="Area 51", nonce="n", qop="auth"'
        right = "Basic " + base64.b64encode(b"ada:secret").decode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                given = self.headers.get(give or "authorization")
                sent.append(given)
                fine = given is not None and (given == right or given.startswith("Digest"))
                body = b"<title>in</title><h1>Welcome</h1><img src=/i>" if fine else b"<h1>Half a page</h1>"
                self.send_response(200 if fine else status)
                if not fine:
                    self.send_header(ask, challenge)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                return

        self.server = started(Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def locked(request: pytest.FixtureRequest) -> Iterator[Locked]:
    server = Locked(**getattr(request, "param", {}))
    yield server
    server.close()


def start(seen: Seen, url: str, **options: Any) -> None:
    seen.browser.options = BrowserOptions(url=url, **options)
    seen.now = seen.browser.reset()


@pytest.mark.parametrize("locked", [{"scheme": "Basic"}, {"scheme": "Digest"}], indirect=True)
def test_given_to_the_origin_they_are_for(seen: Seen, locked: Locked) -> None:
    start(seen, locked.origin, credentials=(Credentials(locked.origin, "ada", "secret"),))
    assert seen.now.title == "in"
    assert locked.sent[0] is None


def test_without_them_the_start_is_refused_with_origin_and_realm(seen: Seen, locked: Locked) -> None:
    with pytest.raises(Unavailable, match=f'{locked.origin} wants a name and a password for "Area 51"$'):
        start(seen, locked.origin)
    assert seen.open("<title>next</title>").title == "next"


def test_wrong_ones_are_sent_once(seen: Seen, locked: Locked) -> None:
    with pytest.raises(Unavailable, match='"Area 51", others than those given'):
        start(seen, locked.origin, credentials=(Credentials(locked.origin, "ada", "wrong"),))
    assert len([given for given in locked.sent if given]) == 1


def test_another_origin_never_gets_them(seen: Seen, locked: Locked) -> None:
    seen.site.pages["/"] = f"<a href='{locked.origin}'>go</a><iframe src='{locked.origin}'></iframe>"
    start(seen, seen.site.url(), credentials=(Credentials(seen.site.origin, "ada", "secret"),))
    asked = [event for event in seen.now.events if isinstance(event, events.Asked)]
    assert [event.kind for event in asked] == ["credentials"]
    with pytest.raises(ActFailed, match="wants a name and a password"):
        seen.browser.act(Open(locked.origin))
    seen.settle()
    assert set(locked.sent) == {None}


def test_a_link_to_what_is_locked_tells_what_is_wanted(seen: Seen, locked: Locked) -> None:
    seen.open(f"<a href='{locked.origin}'>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle()
    (asked,) = [event for event in seen.now.events if isinstance(event, events.Asked)]
    assert "Area 51" in asked.what
    assert not asked.granted
    assert [e.status for e in seen.now.events if isinstance(e, events.Answer) and e.kind == "document"] == [401]


@pytest.mark.parametrize("locked", [{"proxy": True}], indirect=True)
@pytest.mark.parametrize("known", [True, False])
def test_a_proxy(locked: Locked, known: bool) -> None:
    given = (Credentials(locked.origin, "ada", "secret"),) if known else ()
    browser = Browser(BrowserOptions(url="http://app.test/", proxy=locked.origin, credentials=given))
    try:
        if known:
            assert browser.reset().title == "in"
        else:
            with pytest.raises(
                Unavailable, match=f'the proxy {locked.origin} wants a name and a password for "Area 51"'
            ):
                browser.reset()
    finally:
        browser.close()


def test_they_are_not_shown() -> None:
    assert "secret" not in repr(BrowserOptions(credentials=(Credentials("http://x", "ada", "secret"),)))
