"""A tab that crashes, a page that hangs, a browser that is killed: said in time, and the next start works."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from envs.action import Action, Click, Open
from envs.browser import Browser, BrowserOptions, pointer
from envs.browser.wire import Wire
from envs.errors import Crashed
from envs.observation import Element
from tests.envs.browser.conftest import Seen, Site


@pytest.fixture
def impatient(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """A page that answers nothing for a second counts as hung, and so does one that takes no input for so long."""
    send = Wire.send

    def quick(self: Wire, method: str, params: Any = None, timeout: float = 1.0) -> dict[str, Any]:
        return send(self, method, params, timeout if method == "Page.navigate" else min(timeout, 1.0))

    seen.open("<h1>x</h1>")
    monkeypatch.setattr(Wire, "send", quick)
    monkeypatch.setattr(pointer, "PATIENCE", 1.0)
    return seen


def act_and_settle(seen: Seen, action: Action, found: Element | None = None) -> None:
    seen.browser.act(action, found)
    seen.settle(lambda now: False, timeout=3)


def open_and_click(seen: Seen, html: str) -> None:
    seen.open(html)
    act_and_settle(seen, Click(), seen.one("button"))


def test_a_tab_that_crashes(seen: Seen) -> None:
    seen.open("<button>go</button>")
    seen.browser.active.wire.begin("Page.crash")
    with pytest.raises(Crashed, match="the tab crashed"):
        seen.settle(lambda now: False)
    with pytest.raises(Crashed, match="the tab crashed"):
        seen.browser.act(Click(), seen.one("button"))
    assert seen.open("<title>again</title>").title == "again"


def test_an_address_that_crashes_the_tab(seen: Seen) -> None:
    seen.open("<h1>x</h1>")
    with pytest.raises(Crashed, match="the tab crashed"):
        act_and_settle(seen, Open("chrome://crash"))
    assert seen.open("<title>again</title>").title == "again"


@pytest.mark.parametrize("when", ["onclick", "later", "load"])
def test_a_page_that_hangs(impatient: Seen, when: str) -> None:
    seen = impatient
    hang = {"load": "", "onclick": "while (true);", "later": "setTimeout(() => { while (true); })"}[when]
    loading = "<script>while (true);</script>" if when == "load" else ""
    with pytest.raises(Crashed, match="has not answered"):
        open_and_click(seen, f'<button onclick="{hang}">go</button>{loading}')
    with pytest.raises(Crashed, match="has not answered"):
        seen.browser.observe()
    assert seen.open("<title>again</title>").title == "again"


def test_a_frame_of_another_process_that_hangs(impatient: Seen, other_site: Site) -> None:
    seen = impatient
    other_site.pages["/f"] = "<button onclick='while (true);'>in</button>"
    seen.open(f"<h1>top</h1><iframe src='{other_site.url('/f')}'></iframe>")
    with pytest.raises(Crashed, match="has not answered"):
        act_and_settle(seen, Click(), seen.one("button"))
    assert seen.open("<title>again</title>").title == "again"


def below(pid: int) -> set[int]:
    """The processes that descend from one (proc(5))."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, new = {pid}, {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found - {pid}


def named(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_a_browser_that_is_killed(site: Site) -> None:
    site.pages["/"] = "<title>one</title><button>go</button>"
    before = below(os.getpid())
    browser = Browser(BrowserOptions(url=site.url()))
    now = browser.reset()
    started = {pid for pid in below(os.getpid()) - before if "--user-data-dir" in named(pid)}
    (chief,) = [pid for pid in started if "--type=" not in named(pid)]
    os.kill(chief, signal.SIGKILL)
    with pytest.raises(Crashed, match="the browser went away"):
        browser.settle(lambda now: False)
    with pytest.raises(Crashed, match="the browser went away"):
        browser.act(Click(), now.elements[0])
    assert browser.reset().title == "one"
    browser.close()
    assert not {pid for pid in below(os.getpid()) - before if "--user-data-dir" in named(pid)}
