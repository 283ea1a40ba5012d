# ruff: noqa: E501 - pages are written on one line
"""The world is at rest when what the act caused is over, whatever the page does by itself; and what happened is told."""

from __future__ import annotations

import json
import time

import pytest

from envs import events
from envs.action import Click, Look, Open, Type
from envs.browser.downloads import harmless
from envs.browser.traffic import refusal_of
from envs.observation import Observation
from tests.envs.browser.conftest import Reply, Seen, Site


def says(word: str) -> object:
    return lambda now: has(now, word)


def has(now: Observation, word: str) -> bool:
    return any(word in e.name for e in now.elements)


def click(seen: Seen, name: str = "Go") -> Observation:
    seen.browser.act(Click(), next(e for e in seen.now.elements if e.name == name and e.role in ("button", "link")))
    return seen.settle()


def test_form_submit_redirect_new_document(seen: Seen) -> None:
    seen.site.pages["/save"] = lambda method, body: Reply(status=302, headers=(("location", "/done"),), delay=0.3)
    seen.site.pages["/done"] = Reply("<title>Done</title><p>Saved</p>", delay=0.2)
    seen.open("<form action=/save method=post><button>Go</button></form>")
    now = click(seen)
    assert (now.title, has(now, "Saved")) == ("Done", True)
    kinds = [(type(e).__name__, getattr(e, "status", 0)) for e in now.events if isinstance(e, events.Answer)]
    assert kinds[:2] == [("Answer", 302), ("Answer", 200)]
    assert any(isinstance(e, events.Navigated) and e.url.endswith("/done") for e in now.events)
    assert any(isinstance(e, events.Request) and e.writes and e.kind == "document" for e in now.events)


@pytest.mark.parametrize(
    "code",
    [
        "location.href = '/next'",
        "Promise.resolve().then(() => location.href = '/next')",
        "setTimeout(() => location.href = '/next')",
        "requestAnimationFrame(() => location.assign('/next'))",
        "fetch('/slow').then(() => location.href = '/next')",
        "history.pushState(0, '', '/next'); document.title = 'Next'",
        "document.querySelector('form').submit()",
    ],
)
def test_navigation_by_script(seen: Seen, code: str) -> None:
    seen.site.pages["/next"] = Reply("<title>Next</title>", delay=0.2)
    seen.site.pages["/slow"] = Reply("ok", delay=0.2)
    seen.open(f'<form action=/next></form><button onclick="{code}">Go</button>')
    assert click(seen).title == "Next"


def test_what_the_act_fetched_is_there(seen: Seen) -> None:
    seen.site.pages["/data"] = Reply("Fetched", delay=0.5)
    seen.open(
        "<p id=p></p><button onclick=\"fetch('/data').then(r => r.text()).then(t => p.textContent = t)\">Go</button>"
    )
    assert has(click(seen), "Fetched")


def test_animations_are_over(seen: Seen) -> None:
    seen.open(
        "<style>p { transition: margin-left .3s } .on { margin-left: 200px }</style><p>Text</p><button onclick=\"document.querySelector('p').className = 'on'\">Go</button>"
    )
    now = click(seen)
    assert next(e for e in now.elements if e.name == "Text").box.x == pytest.approx(208)


def test_animations_in_shadow_roots_are_over_too(seen: Seen) -> None:
    seen.open(
        "<my-box></my-box><script>"
        "const root = document.querySelector('my-box').attachShadow({mode: 'open'});"
        "root.innerHTML = '<button>Grow</button><div style=\"height:20px;width:20px\" role=img aria-label=Box></div>';"
        "root.querySelector('button').onclick = () => root.querySelector('div').animate("
        "[{width: '20px'}, {width: '400px'}], {duration: 300, fill: 'forwards'})</script>"
    )
    seen.browser.act(Click(), seen.one("button"))
    seen.settle()
    assert seen.one("img").box.width == 400


NEVER_AT_REST = {
    "polling": "setInterval(() => fetch('/poll'), 30)",
    "a ticker": "setInterval(() => p.textContent = ++window.n || (window.n = 1), 10)",
    "frames": "(function tick() { p.textContent = performance.now(); requestAnimationFrame(tick) })()",
    "a long poll": "fetch('/hang')",
    "an event source": "new EventSource('/hang')",
    "a spinner": "p.animate([{ opacity: .5 }, { opacity: 1 }], { duration: 100, iterations: Infinity })",
}


@pytest.mark.parametrize("code", NEVER_AT_REST.values(), ids=NEVER_AT_REST)
def test_pages_that_never_rest_settle_too(seen: Seen, code: str) -> None:
    seen.site.pages["/poll"] = Reply("ok", delay=0.02)
    seen.site.pages["/hang"] = Reply("ok", delay=20)
    seen.open(
        f"<p id=p>x</p><button onclick=\"b.textContent = 'done'\">Go</button><b id=b></b><script>setTimeout(() => {{ {code} }}, 50)</script>"
    )
    seen.settle(lambda now: False, timeout=0.2)
    began = time.monotonic()
    assert has(click(seen), "done")
    assert time.monotonic() - began < 4


def test_a_long_answer_is_not_waited_for(seen: Seen) -> None:
    seen.site.pages["/hang"] = Reply("ok", delay=20)
    seen.open("<button onclick=\"fetch('/hang')\">Go</button>")
    began = time.monotonic()
    click(seen)
    assert time.monotonic() - began < 5


def test_until_sees_what_comes_late(seen: Seen) -> None:
    seen.open(
        "<p id=p></p><input id=i aria-label=I><button onclick=\"setTimeout(() => p.textContent = 'Late', 700)\">Go</button><button onclick=\"setTimeout(() => i.value = 'set', 600)\">Value</button>"
    )
    seen.browser.act(Click(), seen.one("button", "Go"))
    assert has(seen.settle(lambda now: has(now, "Late")), "Late")
    seen.browser.act(Click(), seen.one("button", "Value"))
    seen.settle(lambda now: any(e.value == "set" for e in now.elements))
    assert seen.one("textbox").value == "set"


def test_until_ends_at_its_deadline_without_spinning(seen: Seen) -> None:
    seen.open("<p>still</p>")
    looks = 0

    def never(now: Observation) -> bool:
        nonlocal looks
        looks += 1
        return False

    began = time.monotonic()
    seen.settle(never, timeout=1.0)
    assert 0.9 < time.monotonic() - began < 2.5
    assert looks <= 8


def test_until_lives_through_navigations(seen: Seen) -> None:
    seen.site.pages["/a"] = "<script>setTimeout(() => location.href = '/b', 200)</script>A"
    seen.site.pages["/b"] = Reply("<p>Arrived</p>", delay=0.3)
    seen.open("<a href=/a>Go</a>")
    seen.browser.act(Click(), seen.one("link"))
    assert has(seen.settle(lambda now: has(now, "Arrived")), "Arrived")


def test_a_message_that_is_taken_back_does_not_count(seen: Seen) -> None:
    seen.site.pages["/save"] = Reply('{"ok": false, "message": "quota"}', kind="application/json", delay=0.4)
    seen.open(
        """<p id=p></p><button onclick="p.textContent = 'Saved'; fetch('/save', {method: 'POST'}).then(r => r.json()).then(j => { if (!j.ok) p.textContent = 'Refused' })">Go</button>"""
    )
    seen.browser.act(Click(), seen.one("button"))
    now = seen.settle(lambda now: has(now, "Saved"), timeout=1.5)
    assert has(now, "Refused")
    answer = next(e for e in now.events if isinstance(e, events.Answer))
    assert (answer.refusal, answer.refused, answer.writes) == ("quota", True, True)


def test_requests_have_parties_and_failures(seen: Seen, other_site: Site) -> None:
    other_site.pages["/x"] = Reply("x", headers=(("access-control-allow-origin", "*"),))
    seen.site.pages["/gone"] = Reply("no", status=404)
    seen.open(
        f"<button onclick=\"fetch('{other_site.url('/x')}'); fetch('/gone'); fetch('http://127.0.0.1:1/').catch(() => 0)\">Go</button>"
    )
    now = click(seen)
    answers = {e.url: (e.status, e.first_party) for e in now.events if isinstance(e, events.Answer)}
    assert answers == {other_site.url("/x"): (200, False), seen.site.url("/gone"): (404, True)}
    assert [e.url for e in now.events if isinstance(e, events.Failure)] == ["http://127.0.0.1:1/"]


def test_dialogs(seen: Seen) -> None:
    seen.open(
        "<p id=p></p><button onclick=\"alert('hi'); p.textContent = confirm('sure?') + ' ' + prompt('name?')\">Go</button>"
    )
    now = click(seen)
    assert has(now, "false null")
    told = [(e.kind, e.message, e.accepted) for e in now.events if isinstance(e, events.Dialog)]
    assert told == [("alert", "hi", True), ("confirm", "sure?", False), ("prompt", "name?", False)]
    seen.browser.dialogs = lambda kind, message: "Ada" if kind == "prompt" else True
    try:
        assert has(click(seen), "true Ada")
    finally:
        from envs.browser.dialogs import careful

        seen.browser.dialogs = careful


def test_an_act_that_agrees_says_yes_to_questions(seen: Seen) -> None:
    seen.open("<p id=p></p><button onclick=\"p.textContent = 'deleted: ' + confirm('sure?')\">Go</button>")
    assert has(click(seen), "deleted: false")
    button = next(e for e in seen.browser.observe().elements if e.role == "button")
    seen.browser.act(Click(agrees=True), button)
    assert has(seen.browser.settle(), "deleted: true")
    assert has(click(seen), "deleted: false")


def test_leaving_a_page_that_asks(seen: Seen) -> None:
    seen.site.pages["/b"] = "<title>B</title>"
    seen.open(
        "<title>A</title><input aria-label=I><a href=/b>b</a><script>onbeforeunload = e => e.preventDefault()</script>"
    )
    seen.browser.act(Type("x"), seen.one("textbox"))
    seen.browser.act(Click(), seen.one("link"))
    now = seen.settle()
    assert now.title == "B"
    assert any(isinstance(e, events.Dialog) and e.kind == "beforeunload" for e in now.events)


def test_console_errors_and_downloads_are_told(seen: Seen) -> None:
    seen.site.pages["/f"] = Reply("data", kind="application/octet-stream")
    seen.open(
        "<a href=/f download='a.bin'>File</a><button onclick=\"console.error('oh'); setTimeout(() => { throw new Error('no') })\">Go</button>"
    )
    told = [e.text for e in click(seen).events if isinstance(e, events.ConsoleError)]
    assert told[0] == "oh"
    assert "no" in told[1]
    got = [e for e in click(seen, "File").events if isinstance(e, events.Downloaded)]
    got = got or [
        e
        for e in seen.settle(lambda now: any(isinstance(e, events.Downloaded) for e in now.events)).events
        if isinstance(e, events.Downloaded)
    ]
    assert got[0].path is not None
    assert got[0].path.read_text() == "data"


def test_a_download_by_address(seen: Seen) -> None:
    seen.site.pages["/f"] = Reply("data", kind="application/octet-stream")
    seen.open("<title>Stays</title>")
    seen.browser.act(Open(seen.site.url("/f")))
    assert seen.settle().title == "Stays"


def test_events_are_handed_out_once(seen: Seen) -> None:
    now = seen.open("x")
    assert now.events
    seen.browser.act(Look())
    assert not seen.browser.observe().events


REFUSALS = [
    ({"ok": False}, True),
    ({"success": False, "message": "no"}, True),
    ({"errors": ["x"]}, True),
    ({"error": "bad"}, True),
    ({"status": "error"}, True),
    ({"status": "fail", "message": "m"}, True),
    ({"ok": True, "errors": []}, False),
    ({"error": None}, False),
    ({"status": "ok"}, False),
    ([1, 2], False),
    ("x", False),
]


@pytest.mark.parametrize(("body", "refused"), REFUSALS, ids=[json.dumps(body) for body, _ in REFUSALS])
def test_refusals_in_bodies(body: object, refused: bool) -> None:
    assert (refusal_of(json.dumps(body).encode()) is not None) is refused


def test_bodies_that_are_no_json_say_nothing() -> None:
    assert refusal_of(b"<html>") is None
    assert refusal_of(b"\xff\xfe") is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.exe", "x.exe"),
        (".bashrc", "bashrc"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("", "download"),
        ("C:\\a\\b.txt", "b.txt"),
    ],
)
def test_file_names_are_harmless(name: str, safe: str) -> None:
    assert harmless(name) == safe
