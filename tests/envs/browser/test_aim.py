# ruff: noqa: E501 - pages are written on one line
"""What is clicked is what was seen, where it is seen: at the point, through transforms and frames, or it is refused."""

from __future__ import annotations

import html

import pytest

from envs.action import Click, Drag, Hover
from envs.browser.world import Context, World
from envs.errors import ActFailed, Stale
from envs.observation import Element
from tests.envs.browser.conftest import Reply, Seen, Site

LOG = """<script>window.log = []; for (const kind of ['pointerdown', 'click', 'dblclick', 'contextmenu']) addEventListener(kind, e => {
const t = e.composedPath()[0]; log.push(kind + ' ' + (t.closest?.('[id]')?.id || t.localName)) }, true)</script>"""
SAVE = "<button id=save>Save</button>"
ONCE = ["pointerdown save", "click save"]


def log(seen: Seen) -> list[str]:
    """What every frame of the page has met."""
    out: list[str] = []
    for frame in seen.browser.active.page.frames:
        out += frame.evaluate("() => window.log ?? []")
    return out


def save(seen: Seen) -> Element:
    return next(e for e in seen.now.elements if e.name == "Save" and e.role in ("button", "link", "checkbox"))


def click(seen: Seen, page: str, how: Click | None = None) -> list[str]:
    seen.open(LOG + page)
    seen.browser.act(how or Click(), save(seen))
    return log(seen)


# ── where it is ──────────────────────────────────────────────────────────────────────────────────────────────────────

PLACES = {
    "far down": f"<div style='height:3000px'></div>{SAVE}<div style='height:3000px'></div>",
    "zoom": f"<div style='zoom:1.7;padding:50px'>{SAVE}</div>",
    "transforms": f"<div style='transform:scale(.6) rotate(30deg) skew(10deg);padding:150px;width:100px'>{SAVE}</div>",
    "3d": f"<div style='perspective:300px'><div style='transform:rotateY(40deg);padding:50px;width:100px'>{SAVE}</div></div>",
    "round": "<button id=save style='width:90px;height:90px;border-radius:50%'>Save</button>",
    "clipped away in the middle": "<button id=save style='width:200px;height:60px;text-align:left;clip-path:polygon(0 0,40% 0,40% 100%,0 100%)'>Save</button>",
    "broken over lines": "<p style='width:60px'>Go and <a id=save href='#'>Save</a> it</p>",
    "open shadow": f"<div id=save></div><script>save.attachShadow({{mode: 'open'}}).innerHTML = '{SAVE}'</script>",
    "label of a hidden box": "<input id=box type=checkbox style='position:absolute;opacity:0;width:0;height:0'><label id=save for=box>Save</label>",
    "under a sticky header": f"<header style='position:sticky;top:0;height:300px;background:#eee'>H</header><div style='height:900px'></div>{SAVE}<div style='height:900px'></div>",
    "in a snapping scroller": f"<div style='height:100px;overflow:auto;scroll-snap-type:y mandatory'><p style='height:100px;scroll-snap-align:start'>1</p><p style='height:100px;scroll-snap-align:start'>{SAVE}</p></div>",
    "dialog over dialog": f"<dialog id=a>A</dialog><dialog id=b>{SAVE}</dialog><script>a.showModal(); b.showModal()</script>",
    "drifting": f"{SAVE}<script>let t = 0; (function run() {{ save.style.translate = (t += .3) % 50 + 'px'; requestAnimationFrame(run) }})()</script>",
}


@pytest.mark.parametrize("page", PLACES.values(), ids=PLACES)
def test_it_is_hit_where_it_is(seen: Seen, page: str) -> None:
    met = click(seen, page)
    assert met[0] == "pointerdown save"
    assert "click save" in met


FRAMES = {
    "padding and border": "padding:30px;border:20px solid red",
    "scaled": "transform:scale(1.5);transform-origin:0 0;border:7px solid",
    "rotated": "transform:rotate(30deg) scale(.8);margin:100px",
    "zoomed": "zoom:1.4",
    "turned in depth": "rotate:y 40deg;scale:1.2;margin:60px",
}


@pytest.mark.parametrize("where", ["same origin", "same site", "another site"])
@pytest.mark.parametrize("css", FRAMES.values(), ids=FRAMES)
def test_frames_may_be_transformed(seen: Seen, other_site: Site, css: str, where: str) -> None:
    inner = f"<!doctype html>{LOG}<body style='margin:0'><div style='padding:120px 0 0 200px'>{SAVE}<button id=other>Other</button></div>"
    source = f'srcdoc="{html.escape(inner)}"'
    if where != "same origin":
        other_site.pages["/inner"] = inner
        source = f"src={other_site.url('/inner')}"
        if where == "same site":
            source = source.replace("localhost", "127.0.0.1")
    assert click(seen, f"<iframe style='width:400px;height:250px;{css}' {source}></iframe>") == ONCE


def test_a_frame_in_perspective_is_refused(seen: Seen) -> None:
    seen.open(
        f'<div style="perspective:300px"><iframe style="transform:rotateY(30deg)" srcdoc="{html.escape(SAVE)}"></iframe></div>'
    )
    with pytest.raises(ActFailed, match="perspective"):
        seen.browser.act(Click(), save(seen))


def test_a_pinched_page_is_pointed_at_where_it_is_shown(seen: Seen) -> None:
    seen.open(f"{LOG}<div style='height:400px'></div><div style='margin-left:900px'>{SAVE}</div>")
    wire = seen.browser.active.wire
    wire.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    try:
        seen.browser.act(Click(), save(seen))
        assert log(seen) == ONCE
    finally:
        wire.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})


def test_a_control_in_it_is_not_clicked_in_its_place(seen: Seen) -> None:
    card = "<div id=save role=button tabindex=0 style='width:300px;height:90px'>Save <p style='text-align:center'><button id=no style='width:150px'>x</button></p></div>"
    seen.open(LOG + card)
    seen.browser.act(Click(), next(e for e in seen.now.elements if e.name.startswith("Save")))
    assert log(seen) == ONCE
    seen.open(
        f"{LOG}<label id=label><input id=box type=checkbox style='opacity:0;position:absolute;width:0'>I take the <a id=terms href=#>very long terms of it</a></label>"
    )
    seen.browser.act(Click(), next(e for e in seen.now.elements if e.role == "checkbox"))
    assert "click terms" not in log(seen)


# ── what is seen there ───────────────────────────────────────────────────────────────────────────────────────────────

UNSEEN = {
    "white on white": ("<button id=save style='color:#fff;background:#fff'>Save</button>", "cannot be seen"),
    "white on a white page": (
        "<body style='background:#fff'><a id=save href=# style='color:#fefefe'>Save</a>",
        "cannot be seen",
    ),
    "tiny": ("<button id=save style='font-size:1px'>Save</button>", "cannot be seen"),
    "transparent text": ("<button id=save style='color:transparent'>Save</button>", "cannot be seen"),
    "nearly transparent": (f"<div style='opacity:.02'>{SAVE}</div>", "transparent"),
    "painted over": (
        f"{SAVE}<div style='position:absolute;inset:0;height:90px;background:#fff;pointer-events:none'>Cancel</div>",
        "painted over",
    ),
    "painted over by a pseudo-element": (
        f"<style>p::after {{ content:'';position:absolute;inset:0;height:90px;background:#fff;pointer-events:none }}</style><p>{SAVE}</p>",
        "painted over",
    ),
    "words over it": (
        f"{SAVE}<b style='position:absolute;left:8px;top:10px;pointer-events:none'>Delete</b>",
        "other words",
    ),
    "named otherwise": ("<button id=save aria-label=Save>Delete everything</button>", "what is to be read"),
    "its text covered": (
        "<button id=save style='width:400px;height:40px'>Save</button><div style='position:absolute;left:150px;top:0;width:150px;height:90px;background:#fff'></div>",
        "its text is covered",
    ),
}


@pytest.mark.parametrize(("page", "why"), UNSEEN.values(), ids=UNSEEN)
def test_what_cannot_be_seen_is_not_clicked(seen: Seen, page: str, why: str) -> None:
    seen.open(LOG + page)
    with pytest.raises(ActFailed, match=why):
        seen.browser.act(Click(), save(seen))
    assert log(seen) == []


SEEN = {
    "white on a picture behind it": "<div style='position:absolute;left:0;top:0;width:500px;height:100px;background:linear-gradient(red,blue);pointer-events:none'></div><button id=save style='position:relative;color:#fff;background:none'>Save</button>",
    "white on dark": "<div style='background:#222'><button id=save style='color:#fff;background:none'>Save</button></div>",
    "text filled with a gradient": "<button id=save style='background:linear-gradient(red,blue);background-clip:text;color:transparent'>Save</button>",
    "an icon": "<button id=save aria-label=Save style='color:#fff;background:#fff'><svg width=20 height=20><circle r=9 cx=10 cy=10 /></svg></button>",
    "a sign": "<button id=save aria-label=Save>✕</button>",
    "under a faint veil": f"{SAVE}<div style='position:absolute;inset:0;height:90px;background:rgba(0,0,0,.1);pointer-events:none'></div>",
    "under an empty canvas": f"{SAVE}<canvas style='position:absolute;left:0;top:0;pointer-events:none'></canvas>",
    "beside a badge that takes no clicks": "<button id=save style='width:200px;text-align:left'>Save</button><i style='position:absolute;left:90px;top:8px;width:60px;height:20px;background:red;pointer-events:none'></i>",
    "a ripple of its own": "<style>#save { position:relative } #save::after { content:'';position:absolute;inset:0;background:rgba(0,0,255,.1);pointer-events:none }</style>"
    + SAVE,
}


@pytest.mark.parametrize("page", SEEN.values(), ids=SEEN)
def test_what_can_be_seen_is_clicked(seen: Seen, page: str) -> None:
    assert click(seen, page) == ONCE


def test_a_page_without_passive_covers_is_asked_no_more(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    seen.open(LOG + SAVE)
    world = seen.browser.active.world
    asked: list[str] = []

    def ask(context: Context, name: str, *arguments: object, timeout: float = 30.0) -> object:
        asked.append(name)
        return World.ask(world, context, name, *arguments, timeout=timeout)

    monkeypatch.setattr(world, "ask", ask)
    seen.browser.act(Click(), save(seen))
    assert asked == ["verdict"]


# ── as the press arrives ─────────────────────────────────────────────────────────────────────────────────────────────

VEIL = "const d = document.createElement('div'); d.id = 'veil'; d.style = 'position:fixed;inset:0'; document.body.append(d)"
LATE = {
    "a cover that comes on hover": f"addEventListener('mousemove', () => {{ {VEIL} }}, {{once: true}})",
    "another name on hover": "addEventListener('mousemove', () => save.textContent = 'Delete', {once: true})",
    "another node on hover": "addEventListener('mousemove', () => save.outerHTML = '<button id=no>Save</button>', {once: true})",
    "disabled on hover": "addEventListener('mousemove', () => save.disabled = true, {once: true})",
    "moved away on hover": "addEventListener('mousemove', () => save.style.translate = '300px', {once: true})",
}


@pytest.mark.parametrize("code", LATE.values(), ids=LATE)
def test_what_comes_under_the_pointer_does_not_get_the_click(seen: Seen, code: str) -> None:
    seen.open(f"{LOG}{SAVE}<script>{code}</script>")
    with pytest.raises(Stale):
        seen.browser.act(Click(), save(seen))
    assert log(seen) == []


def test_what_comes_on_the_press_does_not_get_the_rest(seen: Seen) -> None:
    seen.open(f"{LOG}{SAVE}<script>addEventListener('pointerdown', () => {{ {VEIL} }}, {{once: true}})</script>")
    with pytest.raises(ActFailed, match="came in its place") as no:
        seen.browser.act(Click(), save(seen))
    assert no.value.dispatched
    assert log(seen) == ["pointerdown save"]


def test_a_field_that_was_entered_by_the_press_was_clicked(seen: Seen) -> None:
    field = "<label>Day <input id=day></label>"
    over = f"day.onfocus = () => {{ {VEIL}; document.querySelector('#veil').innerHTML = '<button style=position:fixed;inset:0>No</button>' }}"
    seen.open(f"{LOG}{field}<script>{over}</script>")
    seen.browser.act(Click(), seen.one("textbox", "Day"))
    assert log(seen) == ["pointerdown day"]


def test_a_second_click_does_not_go_to_what_the_first_brought(seen: Seen) -> None:
    cover = "save.onclick = () => { const b = document.createElement('button'); b.id = 'no'; b.style = 'position:fixed;inset:0'; document.body.append(b) }"
    seen.open(f"{LOG}{SAVE}<script>{cover}</script>")
    with pytest.raises(ActFailed):
        seen.browser.act(Click(count=2), save(seen))
    assert log(seen) == ONCE


@pytest.mark.parametrize("how", [Click(count=2), Click(button="right"), Click(modifiers=("Shift",))], ids=str)
def test_other_clicks_pass_too(seen: Seen, how: Click) -> None:
    met = click(seen, SAVE, how)
    assert met[-1] == {2: "dblclick save", 1: "click save"}[how.count] if how.button == "left" else "contextmenu save"
    assert all(entry.endswith(" save") for entry in met)


def test_the_guard_goes_away_with_the_click(seen: Seen) -> None:
    seen.open(LOG + SAVE + "<button id=other>Other</button>")
    seen.browser.act(Click(), save(seen))
    seen.browser.act(Hover(), save(seen))
    box = seen.one("button", "Other").box
    seen.browser.active.page.mouse.click(box.center.x, box.center.y)
    assert log(seen) == [*ONCE, "pointerdown other", "click other"]


# ── what stands around it ────────────────────────────────────────────────────────────────────────────────────────────

REUSED = {
    "a row": (
        "<table><tr><td id=what>Lamp<td>" + SAVE + "<tr><td>Desk<td><button>Edit</button></table>",
        "what.textContent = 'Chair'",
    ),
    "a list item": ("<ul><li><span id=what>Lamp 12</span> " + SAVE + "</ul>", "what.firstChild.data = 'Lamp 1'"),
    "a dialog": ("<dialog open><p id=what>Delete Lamp?</p>" + SAVE + "</dialog>", "what.textContent = 'Delete Desk?'"),
    "another place": ("<ul><li>Lamp " + SAVE + "<li id=what>Desk</ul>", "what.append(save)"),
}


@pytest.mark.parametrize(("page", "code"), REUSED.values(), ids=REUSED)
def test_the_same_button_in_another_row_is_another(seen: Seen, page: str, code: str) -> None:
    seen.open(LOG + page)
    old = save(seen)
    seen.browser.active.page.evaluate(code)
    with pytest.raises(Stale):
        seen.browser.act(Click(), old)
    seen.now = seen.browser.observe()
    seen.browser.act(Click(), save(seen))
    assert log(seen) == ONCE


def test_what_changes_elsewhere_does_not_matter(seen: Seen) -> None:
    seen.open(
        f"{LOG}<ul><li>Lamp {SAVE}<li id=what>Desk</ul><p id=p>1</p><script>setInterval(() => p.textContent++, 5)</script>"
    )
    seen.browser.active.page.evaluate("what.textContent = 'Chair'")
    seen.browser.act(Click(), save(seen))
    assert log(seen) == ONCE


def test_what_never_holds_still_is_hit_or_refused(seen: Seen) -> None:
    seen.open(
        f"{LOG}<div style='margin-left:500px'>{SAVE}</div><script>(function run() {{ save.style.translate = 300 * Math.random() + 'px'; requestAnimationFrame(run) }})()</script>"
    )
    try:
        seen.browser.act(Click(), save(seen))
    except Stale:
        assert log(seen) == []
    except ActFailed:  # it was pressed, and was somewhere else when it was let go
        assert "click save" not in log(seen)
    else:
        assert log(seen) == ONCE  # a busy machine may show it for a while where it is


def test_a_drag_still_works(seen: Seen) -> None:
    seen.site.pages["/drop"] = Reply("")
    seen.open(
        f"{LOG}<button id=save>Save</button><p id=to style='margin:100px;width:200px'>Here</p><script>addEventListener('pointerup', e => log.push('up ' + e.target.id), true)</script>"
    )
    there = seen.one("text", "Here")
    seen.browser.act(Drag(there.ref), save(seen))
    assert log(seen)[0] == "pointerdown save"
    assert "up to" in log(seen)


def test_a_refusal_leaves_no_guard(seen: Seen) -> None:
    seen.open(
        f"{LOG}{SAVE}<div style='position:absolute;inset:0;height:90px;background:#fff;pointer-events:none'>No</div><p style='height:200px'></p><button id=other>Other</button>"
    )
    with pytest.raises(ActFailed, match="painted over"):
        seen.browser.act(Click(), save(seen))
    box = seen.one("button", "Other").box
    seen.browser.active.page.mouse.click(box.center.x, box.center.y)
    assert log(seen) == ["pointerdown other", "click other"]
