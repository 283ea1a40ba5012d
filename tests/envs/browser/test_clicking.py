# ruff: noqa: E501 - pages are written on one line
"""A click reaches what was meant, or says why not; nothing is dispatched to anything else."""

from __future__ import annotations

import pytest

from envs.action import Click, Type
from envs.errors import ActFailed, Crashed, Stale
from tests.envs.browser.conftest import Seen, Site
from tests.envs.browser.told import LOG, js, log


def test_click_kinds(seen: Seen) -> None:
    seen.open(
        LOG
        + '<button onclick=\'log(event.detail + (event.ctrlKey ? "c" : "") + event.isTrusted)\' ondblclick=\'log("double")\' oncontextmenu=\'log("menu"); return false\'>B</button>'
    )
    button = seen.one("button")
    seen.browser.act(Click(), button)
    seen.browser.act(Click(modifiers=("Control",)), button)
    seen.browser.act(Click(button="right"), button)
    seen.browser.act(Click(count=2), button)
    assert log(seen) == "1true 1ctrue menu 1true 2true double"


def test_a_link_that_wraps_is_hit_where_it_is(seen: Seen) -> None:
    seen.open(
        "<title>A</title><div style='width:220px;font:20px monospace'>xxxxxxxxxxxxxxxx <a href=/b>aa bbbbbbbbbbbbbb</a> x</div>"
    )
    seen.site.pages["/b"] = "<title>B</title>"
    seen.browser.act(Click(), seen.one("link"))
    assert seen.settle().title == "B"


def test_scrolls_into_view_first(seen: Seen) -> None:
    seen.open(
        LOG
        + "<div style='height:300px;overflow:auto'><div style='height:4000px'></div><button onclick='log(\"hit\")'>Deep</button></div>"
    )
    assert seen.one("button").is_("offscreen")
    seen.browser.act(Click(), seen.one("button"))
    assert log(seen) == "hit"


def test_under_a_sticky_header(seen: Seen) -> None:
    seen.open(
        LOG
        + "<div style='position:sticky;top:0;height:100px;background:red;z-index:1' onclick='log(\"header\")'>H</div>"
        "<div style='height:1500px'></div><button onclick='log(\"hit\")'>B</button><div style='height:3000px'></div><script>scrollTo(0, 1500)</script>"
    )
    seen.browser.act(Click(), seen.one("button", "B"))
    assert log(seen) == "hit"


@pytest.mark.parametrize("cover", ["background:red", "opacity:0", ""])
def test_covered_is_refused(seen: Seen, cover: str) -> None:
    seen.open(
        LOG
        + f"<button onclick='log(\"hit\")'>B</button><div id=veil onclick='log(\"veil\")' style='position:fixed;inset:0;{cover}'></div>"
    )
    with pytest.raises(ActFailed, match="covered by <div>") as failed:
        seen.browser.act(Click(), seen.one("button"))
    assert not failed.value.dispatched
    assert log(seen) == ""


def test_partly_covered_is_hit_beside_the_cover(seen: Seen) -> None:
    seen.open(
        LOG
        + "<button style='position:absolute;left:0;top:50px;width:400px;height:40px;text-align:left' onclick='log(\"hit\")'>B</button>"
        "<div style='position:absolute;left:150px;top:0;width:100px;height:200px;background:red' onclick='log(\"veil\")'></div>"
    )
    seen.browser.act(Click(), seen.one("button"))
    assert log(seen) == "hit"


@pytest.mark.parametrize(
    "change",
    [
        "b.remove()",
        "b.textContent = 'Delete all'",
        "b.replaceWith(b.cloneNode(true))",
        "b.setAttribute('role', 'link')",
        "b.hidden = true",
        "b.form.action = 'https://evil.example/'",
        "document.body.innerHTML = document.body.innerHTML",
    ],
)
def test_what_changed_is_stale(seen: Seen, change: str) -> None:
    seen.open(f"{LOG}<form action=/good onsubmit='log(\"sent\"); return false'><button>B</button></form>")
    button = seen.one("button")
    js(seen, f"(() => {{ const b = document.querySelector('button'); {change} }})()")
    with pytest.raises(Stale):
        seen.browser.act(Click(), button)
    assert log(seen) == ""


def test_a_link_that_leads_elsewhere_is_stale(seen: Seen) -> None:
    seen.open("<a href=/a>A</a>")
    js(seen, "document.querySelector('a').href = '/b'")
    with pytest.raises(Stale, match="leads elsewhere"):
        seen.browser.act(Click(), seen.one("link"))


def test_swapped_buttons_are_told_apart(seen: Seen) -> None:
    seen.open(LOG + "<button onclick='log(\"keep\")'>Keep</button><button onclick='log(\"drop\")'>Drop</button>")
    keep = seen.one("button", "Keep")
    js(seen, "document.body.append(document.querySelector('button'))")
    seen.browser.act(Click(), keep)
    assert log(seen) == "keep"


def test_a_moving_target_is_waited_for(seen: Seen) -> None:
    seen.open(
        LOG
        + "<style>@keyframes go { to { left: 500px } }</style><button style='position:absolute;left:0;animation:go .4s linear forwards' onclick='log(\"hit\")'>B</button>"
    )
    seen.now = seen.browser.observe()
    seen.browser.act(Click(), seen.one("button"))
    assert log(seen) == "hit"


def test_disabled_and_disabled_late(seen: Seen) -> None:
    seen.open("<button>B</button>")
    js(seen, "document.querySelector('button').disabled = true")
    with pytest.raises(ActFailed, match="disabled"):
        seen.browser.act(Click(), seen.one("button"))


def test_in_frames_of_another_process(seen: Seen, other_site: Site) -> None:
    other_site.pages["/f"] = (
        "<div style='height:900px'></div><label>Mail <input></label><button onclick='this.textContent = \"Sent\"'>Send</button>"
    )
    seen.open(
        f"<div style='height:1200px'></div><iframe src='{other_site.url('/f')}' style='margin:30px;padding:11px;border:5px solid' width=400 height=200></iframe>"
    )
    seen.settle(lambda now: any(e.name == "Send" for e in now.elements))
    seen.browser.act(Type("a@b.c"), seen.one("textbox", "Mail"))
    seen.settle()
    assert seen.one("textbox", "Mail").value == "a@b.c"
    seen.browser.act(Click(), seen.one("button", "Send"))
    seen.settle(lambda now: any(e.name == "Sent" for e in now.elements))
    assert seen.names("button") == ["Sent"]


def test_a_cover_over_a_frame_is_seen(seen: Seen, other_site: Site) -> None:
    other_site.pages["/f"] = "<button>Send</button>"
    seen.open(
        f"<iframe src='{other_site.url('/f')}'></iframe><iframe srcdoc='<button>Near</button>'></iframe><div style='position:fixed;inset:0'></div>"
    )
    seen.settle(lambda now: any(e.name == "Send" for e in now.elements))
    for name in ("Send", "Near"):
        with pytest.raises(ActFailed, match="covered"):
            seen.browser.act(Click(), seen.one("button", name))


def test_a_page_that_hangs_is_given_up(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("envs.browser.pointer.PATIENCE", 1.0)
    seen.open("<title>A</title><button onclick='for (;;) {}'>B</button>")
    with pytest.raises(Crashed, match="has not answered"):
        seen.browser.act(Click(), seen.one("button"))
    assert seen.open("<title>C</title>").title == "C"


def test_there_is_no_such_click(seen: Seen) -> None:
    seen.open("<button>B</button>")
    for wrong in (Click(button="fourth"), Click(modifiers=("Enter",))):
        with pytest.raises(ActFailed, match="no such click"):
            seen.browser.act(wrong, seen.one("button"))
