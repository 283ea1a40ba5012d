"""Files that pages send: a private folder, harmless names, never opened, never endless."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs import events
from envs.action import Click, Download, Open
from envs.browser import BrowserOptions
from envs.browser.downloads import LONGEST, harmless
from tests.envs.browser.conftest import Reply, Seen


def got(seen: Seen) -> list[events.Downloaded]:
    return [event for event in seen.now.events if isinstance(event, events.Downloaded)]


def attached(name: str, body: str = "hello") -> Reply:
    how = f'attachment; filename="{name}"'
    return Reply(body, kind="application/octet-stream", headers=(("content-disposition", how),))


@pytest.mark.parametrize(
    ("suggested", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("..", "download"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\u200bb\x00c\x1b.txt", "abc.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("name. . .", "name"),
        ("a<b>:c|d?.txt", "abcd.txt"),
        ("", "download"),
        ("Übersicht 日本.csv", "Übersicht 日本.csv"),
    ],
)
def test_names_are_made_harmless(suggested: str, kept: str) -> None:
    assert harmless(suggested) == kept


@given(st.text(max_size=600))
def test_whatever_a_page_suggests_is_one_plain_name(name: str) -> None:
    made = harmless(name)
    assert made
    assert len(made.encode()) <= LONGEST
    assert Path(made).name == made
    assert made not in (".", "..")
    assert made.isprintable()
    assert not made.startswith((".", "-"))


def test_a_long_name_keeps_its_extension() -> None:
    assert harmless("日" * 300 + ".tar.gz").endswith(".gz")


def test_links_blobs_and_data(seen: Seen) -> None:
    seen.site.pages["/a"] = attached("a.txt")
    seen.open("""<a href=/a>link</a><a href=/a target=_blank>tab</a><a href="data:text/plain,hi" download=d.txt>data</a>
    <a id=b download=b.txt>blob</a><script>b.href = window.URL.createObjectURL(new Blob(['blobby']))</script>""")
    for name, text in (("link", "hello"), ("tab", "hello"), ("data", "hi"), ("blob", "blobby")):
        seen.browser.act(Click(), seen.one("link", name))
        seen.settle(lambda now: any(isinstance(event, events.Downloaded) for event in now.events))
        (file,) = got(seen)
        assert file.path is not None, name
        assert file.path.read_text() == text
        assert stat.S_IMODE(file.path.parent.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert len(seen.now.windows) == 1


def test_several_of_one_name_that_come_by_themselves(seen: Seen) -> None:
    seen.site.pages["/a"] = attached("same.txt")
    seen.open("""<script>for (let i = 0; i < 3; i++) {
      const a = document.createElement('a'); a.href = '/a?' + i; a.download = ''; a.click(); }</script><h1>x</h1>""")
    seen.settle(lambda now: len(seen.browser._downloads.finished) == 3)
    files = [event.path for event in seen.browser._downloads.finished]
    assert len(set(files)) == 3
    assert {path.name for path in files if path} == {"same.txt"}


def test_a_failed_one_is_told(seen: Seen) -> None:
    seen.open("<a href=/nothing download=x.txt>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle(lambda now: any(isinstance(event, events.Downloaded) for event in now.events))
    (file,) = got(seen)
    assert file.path is None
    assert file.failure == "it was canceled or the server sent no file"


def test_a_navigation_that_is_a_download_leaves_the_page(seen: Seen, tmp_path: Path) -> None:
    seen.site.pages["/a"] = attached("a.txt")
    seen.open("<title>here</title><a href=/a>go</a>")
    seen.browser.act(Open(seen.site.url("/a")))
    seen.settle(lambda now: any(isinstance(event, events.Downloaded) for event in now.events))
    assert got(seen)[0].name == "a.txt"
    assert seen.now.title == "here"
    seen.browser.act(Download(to=tmp_path / "kept.txt"), seen.one("link"))
    assert (tmp_path / "kept.txt").read_text() == "hello"


@pytest.fixture
def endless() -> Iterator[str]:
    """A server whose file never ends."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/octet-stream")
            self.send_header("content-disposition", "attachment; filename=endless.bin")
            self.end_headers()
            try:
                while not over.is_set():
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    over.set()
    server.shutdown()
    server.server_close()


def test_one_that_is_too_large_is_cut_off(seen: Seen, endless: str) -> None:
    seen.site.pages["/"] = f"<a href='{endless}'>go</a>"
    seen.browser.options = BrowserOptions(url=seen.site.url(), downloads=1 << 20)
    seen.now = seen.browser.reset()
    seen.browser.act(Click(), seen.one("link"))
    seen.settle(lambda now: any(isinstance(event, events.Downloaded) for event in now.events))
    (file,) = got(seen)
    assert file.path is None
    assert file.failure == "it is larger than 1048576 bytes"


def test_the_folder_goes_with_the_next_start(seen: Seen) -> None:
    seen.site.pages["/a"] = attached("a.txt")
    seen.open("<a href=/a>go</a>")
    seen.browser.act(Click(), seen.one("link"))
    seen.settle(lambda now: any(isinstance(event, events.Downloaded) for event in now.events))
    path = got(seen)[0].path
    assert path is not None
    seen.open("<h1>x</h1>")
    assert not path.exists()
