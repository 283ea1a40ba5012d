"""A picture is of the moment of its look, begun with the look or taken when it was asked for."""

from __future__ import annotations

import pytest

from envs.action import Click
from envs.browser.picture import Shot, capture
from envs.browser.tab import Tab
from envs.browser.wire import Wire
from envs.geometry import Box
from envs.observation import Observation
from tests.envs.browser.conftest import Seen

FIELD = "<div id=field role=textbox aria-label=Field style='position:absolute;left:300px;width:80px;height:40px;"


@pytest.fixture
def captured(monkeypatch: pytest.MonkeyPatch) -> list[Wire]:
    """The pictures that were not there, or not of the right moment, when they were asked for."""
    taken: list[Wire] = []

    def told(wire: Wire) -> bytes:
        taken.append(wire)
        return capture(wire)

    monkeypatch.setattr("envs.browser.picture.capture", told)
    return taken


def colour(now: Observation, box: Box) -> tuple[int, ...]:
    """Of the middle of a box, CSS px."""
    frame = now.frame()
    at = frame.pixels[int(box.center.y * frame.scale), int(box.center.x * frame.scale)]
    return tuple(int(part) for part in at)


def field(now: Observation) -> Box:
    return next(e.box for e in now.elements if e.name == "Field")


def test_what_a_click_did_at_once_is_taken_once(seen: Seen, captured: list[Wire]) -> None:
    seen.open(
        FIELD
        + """top:100px;background:rgb(0,0,200)'></div><button>Paint</button><script>
        let n = 0; document.querySelector('button').onclick = () => { n += 40;
        field.style.background = `rgb(${n}, 0, 0)`; field.style.top = 100 + n + 'px' }</script>"""
    )
    assert colour(seen.now, field(seen.now)) == (0, 0, 200)
    for n in range(1, 5):
        seen.browser.act(Click(), seen.one("button"))
        seen.now = seen.browser.settle()
        assert colour(seen.now, field(seen.now)) == (40 * n, 0, 0)
    assert len(captured) == 1, "but for the first they were begun"


@pytest.mark.parametrize(
    "effect",
    [
        "setTimeout(() => { field.style.background = 'rgb(200,0,0)'; field.setAttribute('aria-label', 'Field') }, 120)",
        "field.style.transition = 'top 0.3s'; field.style.top = '400px'; field.style.background = 'rgb(200,0,0)';"
        "field.setAttribute('aria-label', 'Field')",
        "field.animate({transform: ['none', 'translateX(300px)']}, {duration: 250, fill: 'forwards'});"
        "field.style.background = 'rgb(200,0,0)'; field.setAttribute('aria-label', 'Field')",
        "document.body.style.height = '3000px'; scrollTo({top: 60, behavior: 'smooth'});"
        "field.style.background = 'rgb(200,0,0)'; field.setAttribute('aria-label', 'Field')",
    ],
    ids=["late", "transition", "animation", "smooth-scroll"],
)
def test_what_comes_later_is_in_the_picture(seen: Seen, effect: str) -> None:
    seen.open(
        FIELD.replace("aria-label=Field", "aria-label=Old")
        + f"""top:200px;background:rgb(0,0,200)'></div>
        <button>Go</button><script>document.querySelector('button').onclick = () => {{ {effect} }}</script>"""
    )
    seen.now.frame()
    seen.browser.act(Click(), seen.one("button"))
    seen.browser.settle(lambda now: any(e.name == "Field" for e in now.elements))
    seen.now = seen.browser.settle()
    assert colour(seen.now, field(seen.now)) == (200, 0, 0)


def test_an_older_look_and_another_page_do_not_share_a_picture(seen: Seen) -> None:
    seen.site.pages["/next"] = "<!doctype html><title>Next</title><body style='background:rgb(0,90,0)'>" + (
        FIELD + "top:100px'></div>"
    )
    seen.open("<body style='background:rgb(90,0,0)'>" + FIELD + "top:100px'></div><a href='/next'>Next</a>")
    assert colour(seen.now, field(seen.now)) == (90, 0, 0)
    seen.browser.act(Click(), seen.one("link"))
    seen.now = seen.browser.settle(lambda now: now.title == "Next")
    assert colour(seen.now, field(seen.now)) == (0, 90, 0)


def test_nothing_is_taken_where_nobody_wants_pictures(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Tab] = []

    def shot(tab: Tab) -> Shot:
        taken.append(tab)
        return Shot(tab)

    seen.open("<button>Go</button>")
    monkeypatch.setattr("envs.browser.picture.Shot", shot)
    go = seen.one("button")
    seen.browser.act(Click(), go)
    seen.browser.settle()
    assert not taken
    seen.browser.act(Click(), go)
    seen.browser.settle().frame()  # from here on they are wanted
    seen.browser.act(Click(), go)
    seen.browser.settle()
    assert len(taken) == 1
