# ruff: noqa: E501 - pages are written on one line
"""The other actions: hovering, dragging, downloads, scrolling, history, windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs import events
from envs.action import Back, Click, Download, Drag, Forward, Hover, Open, Reload, Scroll, Switch
from envs.errors import ActFailed
from tests.envs.browser.conftest import Reply, Seen, dead_url
from tests.envs.browser.told import LOG, js, log


def test_hover_opens_a_menu(seen: Seen) -> None:
    seen.open(
        "<style>ul { display: none } div:hover ul { display: block }</style><div tabindex=0>Menu<ul><li><a href=/x>Item</a></ul></div>"
    )
    assert not seen.all("link")
    seen.browser.act(Hover(), seen.all("generic")[0])
    assert seen.settle(lambda now: any(e.name == "Item" for e in now.elements)).elements


def test_drag(seen: Seen) -> None:
    seen.open(
        LOG + "<button style='position:absolute;left:10px;top:100px' onpointerdown='log(\"down\")'>From</button>"
        "<button style='position:absolute;left:300px;top:200px' onpointerup='log(\"up\")'>To</button><script>let n = 0; onpointermove = e => { if (e.buttons && ++n === 5) log('moves') }</script>"
    )
    seen.browser.act(Drag(seen.one("button", "To").ref), seen.one("button", "From"))
    assert log(seen) == "down moves up"


def test_html5_drag(seen: Seen) -> None:
    seen.open(
        LOG
        + "<div draggable=true tabindex=0 style='width:80px' ondragstart='event.dataTransfer.setData(\"text\", \"data\")'>From</div>"
        "<div tabindex=0 style='height:90px;background:#eee' ondragover='event.preventDefault()' ondrop='log(event.dataTransfer.getData(\"text\"))'>To</div>"
    )
    seen.browser.act(Drag(seen.one("generic", "To").ref), seen.one("generic", "From"))
    assert log(seen) == "data"


def test_download(seen: Seen, tmp_path: Path) -> None:
    seen.site.pages["/file"] = Reply(
        "data", kind="text/csv", headers=(("content-disposition", 'attachment; filename="../../x/..evil.csv"'),)
    )
    seen.open("<a href=/file>Get</a>")
    seen.browser.act(Download(tmp_path / "got.csv"), seen.one("link"))
    assert (tmp_path / "got.csv").read_text() == "data"
    got = [e for e in seen.settle().events if isinstance(e, events.Downloaded)]
    assert len(got) == 1
    assert "/" not in got[0].name
    assert not got[0].name.startswith(".")


def test_scroll(seen: Seen) -> None:
    seen.open("<div style='height:5000px'>long</div><p>End</p>")
    seen.browser.act(Scroll(dy=400))
    seen.settle(lambda now: bool(js(seen, "scrollY")) and js(seen, "scrollY") == 400)
    assert js(seen, "scrollY") == 400
    seen.browser.act(Scroll(to="bottom"))
    seen.settle()
    assert not next(e for e in seen.now.elements if e.name == "End").is_("offscreen")
    seen.browser.act(Scroll(to="top"))
    assert js(seen, "scrollY") == 0


def test_history(seen: Seen) -> None:
    seen.site.pages["/b"] = "<title>B</title>"
    seen.open("<title>A</title>")
    with pytest.raises(ActFailed, match="forward"):
        seen.browser.act(Forward())
    seen.browser.act(Open(seen.site.url("/b")))
    assert seen.settle().title == "B"
    seen.browser.act(Back())
    assert seen.settle().title == "A"
    seen.browser.act(Forward())
    assert seen.settle().title == "B"
    before = seen.now.document
    seen.browser.act(Reload())
    assert seen.settle().document != before


def test_restore(seen: Seen) -> None:
    seen.site.pages.update({"/b": "<title>B</title><a href=/c>c</a>", "/c": "<title>C</title>"})
    seen.open("<title>A</title><a href=/b>b</a>")
    start = seen.browser.checkpoint()
    seen.browser.act(Click(), seen.one("link"))
    seen.settle()
    seen.browser.act(Click(), seen.one("link"))
    assert seen.settle().title == "C"
    assert seen.browser.restore(start).title == "A"
    seen.browser.act(Open(seen.site.url("/c")))
    seen.settle()
    assert seen.browser.restore(start, by="url").title == "A"


def test_a_dead_address(seen: Seen) -> None:
    seen.open("x")
    with pytest.raises(ActFailed, match="connection refused"):
        seen.browser.act(Open(dead_url()))


def test_switch(seen: Seen) -> None:
    seen.site.pages["/b"] = "<title>B</title>"
    seen.open("<title>A</title><a href=/b target=_blank>b</a>")
    seen.browser.act(Click(), seen.one("link"))
    now = seen.settle()
    assert (now.title, [w.title for w in now.windows]) == ("B", ["A", "B"])
    assert any(isinstance(e, events.WindowOpened) for e in now.events)
    for to, title in (("A", "A"), ("2", "B"), (seen.site.url("/"), "A"), ("new", "B")):
        seen.browser.act(Switch(to))
        assert seen.settle().title == title
    with pytest.raises(ActFailed, match='1: "A"'):
        seen.browser.act(Switch("Nothing"))
    js(seen, "window.close()")
    now = seen.settle(lambda now: now.title == "A")
    assert [w.title for w in now.windows] == ["A"]
