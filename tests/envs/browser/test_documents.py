"""What a tab may show beside a plain HTML page: it is read where it can be, and nothing hangs on it."""

from __future__ import annotations

import io
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from envs import events
from envs.action import Click, Open
from envs.errors import ActFailed, Unavailable
from tests.envs.browser.conftest import Reply, Seen


def picture(form: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(file, form)
    return file.getvalue()


XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><button>Save</button></body></html>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text x="9" y="20">drawn</text></svg>'
STRICT = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; sandbox"
READ = {
    "text": (Reply("plain words", kind="text/plain"), "plain words"),
    "json": (Reply('{"a": 1}', kind="application/json"), '{"a": 1}'),
    "xml": (Reply("<a><b>bee</b></a>", kind="application/xml"), "<b>bee</b>"),
    "broken xml": (Reply("<a><b>bee</a>", kind="application/xml"), "This page contains the following errors:"),
    "svg": (Reply(SVG, kind="image/svg+xml"), "drawn"),
    "xhtml": (Reply(XHTML, kind="application/xhtml+xml"), "Save"),
    "quirks": (Reply("<table><tr><td><button>Save</button></table>"), "Save"),
    "frameset": (Reply("<frameset cols=*><frame src='data:text/html,<button>Save</button>'></frameset>"), "Save"),
    "shift jis": (Reply("<meta charset=shift_jis><button>保存</button>".encode("shift_jis"), kind="text/html"), "保存"),
    "utf-16": (Reply("<button>保存</button>".encode("utf-16"), kind="text/html"), "保存"),
    "right to left": (Reply("<html dir=rtl><button>שמור</button>"), "שמור"),
    "strict": (Reply("<button>Save</button>", headers=(("content-security-policy", STRICT),)), "Save"),
    "isolated": (
        Reply(
            "<button>Save</button>",
            headers=(("cross-origin-opener-policy", "same-origin"), ("cross-origin-embedder-policy", "require-corp")),
        ),
        "Save",
    ),
    "huge title": (Reply(f"<title>{'x' * 100_000}</title><button>Save</button>"), "Save"),
}


@pytest.mark.parametrize("kind", READ)
def test_it_is_read(seen: Seen, kind: str) -> None:
    reply, shown = READ[kind]
    seen.site.pages["/d"] = reply
    seen.open("<h1>start</h1>")
    seen.browser.act(Open(seen.site.url("/d")))
    seen.settle()
    assert shown in [element.name for element in seen.now.elements]


UNREAD = {
    "png": Reply(picture("png"), kind="image/png"),
    "pdf": Reply(picture("pdf"), kind="application/pdf"),
    "film": Reply(b"\0" * 100, kind="video/mp4"),
    "nothing": Reply(""),
}


@pytest.mark.parametrize("kind", UNREAD)
def test_what_has_no_words_is_shown_and_left(seen: Seen, kind: str) -> None:
    seen.site.pages["/d"] = UNREAD[kind]
    seen.open("<title>start</title>")
    seen.browser.act(Open(seen.site.url("/d")))
    seen.settle(lambda now: now.url.endswith("/d"))
    own = [event.url for event in seen.now.events if isinstance(event, events.Request)]
    assert {url for url in own if not url.startswith("http")} == set()
    seen.browser.act(Open(seen.site.url("/")))
    assert seen.settle(lambda now: now.title == "start").title == "start"


@pytest.mark.parametrize("status", [204, 205])
def test_an_answer_without_content_leaves_the_page(seen: Seen, status: int) -> None:
    seen.site.pages["/d"] = Reply(status=status)
    seen.open("<title>start</title>")
    seen.browser.act(Open(seen.site.url("/d")))
    assert seen.settle().title == "start"


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[str]:
    """A server whose certificate nobody has signed but itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_trusts(seen: Seen, untrusted: str) -> None:
    seen.open(f"<a href='{untrusted}'>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle()
    failed = [event.why for event in seen.now.events if isinstance(event, events.Failure)]
    assert failed == ["net::ERR_CERT_AUTHORITY_INVALID"]
    with pytest.raises(ActFailed, match="the browser's own page of an error"):
        seen.browser.act(Click(), seen.one("button", "Advanced"))
    with pytest.raises(ActFailed, match="its certificate is self-signed"):
        seen.browser.act(Open(untrusted))
    seen.browser.options = type(seen.browser.options)(url=untrusted)
    with pytest.raises(Unavailable, match="its certificate is self-signed"):
        seen.browser.reset()
