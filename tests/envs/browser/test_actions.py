# ruff: noqa: E501 - pages are written on one line
"""Every action reaches what was meant, or says why not; nothing is dispatched to anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from envs import events
from envs.action import (
    Back,
    Check,
    Clear,
    Click,
    Download,
    Drag,
    Forward,
    Hover,
    Open,
    Press,
    Reload,
    Scroll,
    Select,
    Switch,
    Type,
    Upload,
)
from envs.errors import ActFailed, Crashed, Stale
from tests.envs.browser.conftest import Reply, Seen, Site, dead_url

LOG = "<p id=log></p><script>const log = t => document.querySelector('#log').textContent += t + ' ';</script>"


def js(seen: Seen, expression: str) -> Any:
    return seen.browser.active.page.evaluate(expression)


def log(seen: Seen) -> str:
    return str(js(seen, "document.querySelector('#log').textContent")).strip()


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


def test_type_replaces_appends_and_clears(seen: Seen) -> None:
    seen.open(
        "<input aria-label=i value=old><textarea aria-label=t>one</textarea><div contenteditable aria-label=e>was</div><input type=number aria-label=n value=3>"
    )
    for name, role in (("i", "textbox"), ("t", "textbox"), ("e", "textbox"), ("n", "spinbutton")):
        seen.browser.act(Type("12"), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == "12"
        seen.browser.act(Type("34", append=True), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == "1234"
        seen.browser.act(Clear(), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == ""


def test_typing_is_heard(seen: Seen) -> None:
    seen.open(
        LOG
        + "<input aria-label=i oninput='log(\"in\" + event.isTrusted)' onkeyup='log(event.key)' onchange='log(\"change\")'><input aria-label=j>"
    )
    seen.browser.act(Type("Ünï¢ode ok"), seen.one("textbox", "i"))
    seen.browser.act(Type("x"), seen.one("textbox", "j"))
    assert log(seen) == "intrue intrue k change"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2026-11-22"),
        ("time", "13:45"),
        ("datetime-local", "2026-11-22T13:45"),
        ("color", "#ff0000"),
        ("range", "42"),
        ("month", "2026-11"),
    ],
)
def test_special_fields(seen: Seen, kind: str, value: str) -> None:
    seen.open(f"{LOG}<input type={kind} aria-label=f onchange='log(this.value)'>")
    field = next(e for e in seen.now.elements if e.name == "f")
    seen.browser.act(Type(value), field)
    assert log(seen).split()[-1] == value
    assert kind == "range" or log(seen) == value


def test_a_field_that_does_not_take_the_value(seen: Seen) -> None:
    seen.open("<input type=date aria-label=f>")
    with pytest.raises(ActFailed, match="does not take"):
        seen.browser.act(Type("tomorrow"), seen.one("textbox", "f"))


def test_press(seen: Seen) -> None:
    seen.open(
        LOG
        + "<form onsubmit='log(\"sent\"); return false'><input aria-label=i></form><script>onkeydown = e => log((e.ctrlKey ? 'C+' : '') + (e.shiftKey ? 'S+' : '') + e.key)</script>"
    )
    seen.browser.act(Press("Enter"), seen.one("textbox"))
    seen.browser.act(Press("Control+S"))
    seen.browser.act(Press("shift+tab"))
    assert log(seen) == "Enter sent Control C+ C+s Shift S+ S+Tab".replace("Control C+", "C+Control").replace(
        "Shift S+ ", "S+Shift "
    )
    for wrong in ("Nokey", "", "A+B", "Control+"):
        with pytest.raises(ActFailed):
            seen.browser.act(Press(wrong))


def test_native_select(seen: Seen) -> None:
    seen.open(
        LOG
        + "<select aria-label=s onchange='log(this.value)'><option value=1>One<option value=2>Two<option value=3 disabled>Three</select>"
    )
    seen.browser.act(Select("Two"), seen.one("combobox"))
    seen.browser.act(Select("1"), seen.one("combobox"))
    assert log(seen) == "2 1"
    with pytest.raises(ActFailed, match='no option "Four"; it has: One, Two') as failed:
        seen.browser.act(Select("Four"), seen.one("combobox"))
    assert not failed.value.dispatched
    with pytest.raises(ActFailed, match="disabled"):
        seen.browser.act(Select("Three"), seen.one("combobox"))


COMBO = """<div role=combobox tabindex=0 aria-label=c aria-controls=l aria-expanded=false onclick="
  setTimeout(() => { l.hidden = false; this.setAttribute('aria-expanded', true) }, 120)">Pick</div>
<ul role=listbox id=l hidden><li role=option onclick="log('red')">Red</li><li role=option onclick="log('blue'); l.hidden = true">Blue</li></ul>"""


def test_custom_select(seen: Seen) -> None:
    seen.open(LOG + COMBO)
    seen.browser.act(Select("Blue"), seen.one("combobox"))
    assert log(seen) == "blue"


def test_custom_select_without_the_option(seen: Seen) -> None:
    seen.open(LOG + COMBO)
    with pytest.raises(ActFailed, match="Red, Blue") as failed:
        seen.browser.act(Select("Green"), seen.one("combobox"))
    assert failed.value.dispatched


def test_check(seen: Seen) -> None:
    seen.open(
        LOG
        + "<label><input type=checkbox onchange='log(this.checked)'> A</label><label style='display:block'><input type=checkbox style='opacity:0;position:absolute' onchange='log(\"s\" + this.checked)'> Styled</label>"
        '<div role=switch tabindex=0 aria-checked=false onclick=\'this.setAttribute("aria-checked", true); log("on")\'>W</div>'
    )
    box = seen.one("checkbox", "A")
    seen.browser.act(Check(), box)
    seen.browser.act(Check(), box)
    seen.browser.act(Check(on=False), box)
    seen.browser.act(Check(), seen.one("checkbox", "Styled"))
    seen.browser.act(Check(), seen.one("switch"))
    seen.browser.act(Check(), seen.one("switch"))
    assert log(seen) == "true false strue on"


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


def test_upload(seen: Seen, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("hello")
    seen.open(
        LOG
        + "<input type=file aria-label=F onchange='log(this.files[0].name)'><button onclick='f.click()'>Choose</button><input type=file hidden id=f onchange='log(\"b\" + this.files[0].size)'>"
    )
    seen.browser.act(Upload((file,)), seen.one("button", "F"))
    seen.browser.act(Upload((file,)), seen.one("button", "Choose"))
    seen.settle()
    assert log(seen) == "a.txt b5"
    with pytest.raises(ActFailed, match="no file"):
        seen.browser.act(Upload((tmp_path / "none",)), seen.one("button", "F"))


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
