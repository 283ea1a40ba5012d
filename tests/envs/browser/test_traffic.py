"""Requests and answers as events: whose they are, how they ended, and what nothing waits for."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from envs import events
from envs.action import Click, Open, Reload, Upload
from envs.errors import ActFailed
from tests.envs.browser.conftest import Reply, Seen, Site


def requests(seen: Seen, path: str) -> list[events.Request]:
    return [e for e in seen.now.events if isinstance(e, events.Request) and e.url.partition("?")[0].endswith(path)]


def answers(seen: Seen, path: str) -> list[int]:
    return [
        e.status for e in seen.now.events if isinstance(e, events.Answer) and e.url.partition("?")[0].endswith(path)
    ]


def go(seen: Seen, script: str, path: str) -> None:
    """Run a script at a click, and wait until the request for this path was seen."""
    seen.open(f'<button onclick="{script}">go</button>')
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: any(isinstance(e, events.Request) and e.url.endswith(path) for e in now.events))


def test_a_post_that_is_redirected_is_two_answers(seen: Seen) -> None:
    seen.site.pages["/save"] = Reply(status=303, headers=(("location", "/done"),))
    seen.site.pages["/done"] = "<title>done</title>"
    seen.open("<form method=post action=/save><input name=who value=Ada><button>Save</button></form>")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: now.title == "done")
    assert answers(seen, "/save") == [303]
    assert answers(seen, "/done") == [200]
    (save,) = requests(seen, "/save")
    assert (save.method, save.kind, save.first_party, save.body) == ("POST", "document", True, "who=Ada")


def test_somebody_elses_server_is_told_apart(seen: Seen, other_site: Site) -> None:
    other_site.pages["/t"] = Reply("", headers=(("access-control-allow-origin", "*"),))
    go(seen, f"fetch('{other_site.url('/t')}', {{method: 'POST', body: 'x'}})", "/t")
    assert [request.first_party for request in requests(seen, "/t")] == [False]


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("navigator.sendBeacon('/b', 'x')", "ping"),
        ("fetch('/b', {method: 'POST', body: 'x', keepalive: true})", "fetch"),
    ],
)
def test_beacons_and_keepalive(seen: Seen, script: str, kind: str) -> None:
    go(seen, script, "/b")
    (request,) = requests(seen, "/b")
    assert (request.method, request.kind, request.body) == ("POST", kind, "x")


def test_an_event_stream_is_not_waited_for(seen: Seen) -> None:
    seen.site.pages["/s"] = Reply("data: x\n\n", kind="text/event-stream", delay=1.0)
    go(seen, "new EventSource('/s')", "/s")
    assert [request.kind for request in requests(seen, "/s")] == ["eventsource"]


def test_what_was_kept_is_told_like_what_came(seen: Seen) -> None:
    seen.site.pages["/c"] = Reply("x", headers=(("cache-control", "max-age=60"),))
    seen.open("<button onclick=\"fetch('/c').then(r => r.text()).then(() => fetch('/c'))\">go</button>")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: len(answers_of(now.events, "/c")) == 2)
    assert answers(seen, "/c") == [200, 200]
    assert len([hit for hit in seen.site.hits if hit[1] == "/c"]) == 1


def answers_of(happened: tuple[events.Event, ...], path: str) -> list[events.Answer]:
    return [event for event in happened if isinstance(event, events.Answer) and event.url.endswith(path)]


def test_a_service_worker_answers(seen: Seen) -> None:
    worker = """addEventListener('install', () => skipWaiting());
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    addEventListener('fetch', (event) => { if (event.request.url.endsWith('/w'))
      event.respondWith(new Response('from the worker', {status: 202})); });"""
    seen.site.pages["/sw.js"] = Reply(worker, kind="text/javascript")
    seen.open("""<button onclick="fetch('/w', {method: 'POST'})">go</button><script>
      navigator.serviceWorker.register('/sw.js');
      navigator.serviceWorker.addEventListener('controllerchange', () => document.title = 'ready')</script>""")
    seen.settle(lambda now: now.title == "ready")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: bool(answers_of(now.events, "/w")))
    assert answers(seen, "/w") == [202]
    assert not [hit for hit in seen.site.hits if hit[1] == "/w"]


def test_a_file_that_is_sent_is_not_kept_whole(seen: Seen, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(b"x" * 500_000)
    seen.site.pages["/up"] = "<title>up</title>"
    seen.open("""<form method=post action=/up enctype=multipart/form-data>
      <input type=file name=f aria-label=File><button>Send</button></form>""")
    field = next(element for element in seen.now.elements if element.attributes.get("type") == "file")
    seen.browser.act(Upload((path,)), field)
    seen.settle()
    seen.browser.act(Click(), seen.one("button", "Send"))
    seen.settle(lambda now: now.title == "up")
    (request,) = requests(seen, "/up")
    assert request.body is None or len(request.body) <= 1 << 16
    assert any(hit[1] == "/up" and len(hit[2]) > 500_000 for hit in seen.site.hits)


@pytest.fixture
def echo() -> Iterator[str]:
    """A web socket (RFC 6455) that answers every short text with itself, twice."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            key = self.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101)
            self.send_header("upgrade", "websocket")
            self.send_header("connection", "Upgrade")
            self.send_header("sec-websocket-accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
            self.end_headers()
            self.wfile.flush()
            while len(head := self.rfile.read(2)) == 2 and head[0] & 15 == 1:
                mask, body = self.rfile.read(4), self.rfile.read(head[1] & 127)
                text = bytes(byte ^ mask[at % 4] for at, byte in enumerate(body))
                self.wfile.write(bytes((0x81, len(text))) + text + bytes((0x81, len(text))) + text)
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"ws://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_messages_of_web_sockets_are_counted(seen: Seen, echo: str) -> None:
    seen.open(f"""<button onclick="s.send('a'); s.send('b')">go</button><script>
      let n = 0; const s = new WebSocket('{echo}'); s.onopen = () => document.title = 'open';
      s.onmessage = () => {{ if (++n === 4) document.title = 'four'; }}</script>""")
    seen.settle(lambda now: now.title == "open")
    seen.browser.act(Click(), seen.one("button"))
    seen.settle(lambda now: now.title == "four")
    told = [event for event in seen.now.events if isinstance(event, events.Messages)]
    assert (sum(event.sent for event in told), sum(event.received for event in told)) == (2, 4)


def test_errors_on_the_console_are_told_and_bounded(seen: Seen) -> None:
    seen.open("<script>for (let i = 0; i < 500; i++) console.error('no ' + i); throw new Error('thrown')</script>")
    told = [event.text for event in seen.now.events if isinstance(event, events.ConsoleError)]
    assert told[0] == "no 0"
    assert len(told) <= 100


def test_redirects_without_end(seen: Seen) -> None:
    seen.open("<title>here</title>")
    seen.site.pages["/r"] = Reply(status=302, headers=(("location", "/r"),))
    with pytest.raises(ActFailed, match="it redirects without end"):
        seen.browser.act(Open(seen.site.url("/r")))


def test_an_error_without_a_page(seen: Seen) -> None:
    seen.open("<title>here</title>")
    seen.site.pages["/e"] = Reply(status=500)
    with pytest.raises(ActFailed, match="answered with an error and no page"):
        seen.browser.act(Open(seen.site.url("/e")))


def test_nothing_on_the_browsers_own_error_page_is_used(seen: Seen) -> None:
    seen.site.pages["/e"] = Reply(status=500)
    seen.open("<a href=/e>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle()
    with pytest.raises(ActFailed, match="the browser's own page of an error"):
        seen.browser.act(Click(), seen.all("button")[0])
    seen.site.pages["/e"] = "<title>well</title>"
    seen.browser.act(Reload())
    assert seen.settle(lambda now: now.title == "well").title == "well"
