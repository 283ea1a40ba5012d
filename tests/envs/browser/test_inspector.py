"""Pointing at things: the node that was clicked is told, and the page has not noticed."""

from __future__ import annotations

import pytest

from envs.browser import pointer
from envs.browser.inspector import Inspector
from envs.browser.reveal import reveal
from envs.errors import Stale
from envs.observation import Element
from tests.envs.browser.conftest import Seen, Site

PATIENCE = 10.0
PAGE = """<title>Shop</title><body style="margin:0">
<button style="position:absolute;left:20px;top:20px;width:200px;height:60px"><b>Save <i>it</i></b></button>
<form style="position:absolute;left:20px;top:100px"><input name=parentNode aria-label=Email></form>
<div id=host style="position:absolute;left:20px;top:140px"></div>
<div id=shut style="position:absolute;left:20px;top:170px"></div>
<iframe style="position:absolute;left:20px;top:200px;width:300px;height:80px;border:0"
 srcdoc="<body style='margin:0'><button>Inner</button>"></iframe>
<iframe style="position:absolute;left:20px;top:300px;width:300px;height:80px;border:0" src="{other}"></iframe>
<script>
host.attachShadow({{mode: 'open'}}).innerHTML = '<button>Shadow</button>';
shut.attachShadow({{mode: 'closed'}}).innerHTML = '<button>Shut</button>';
window.felt = [];
for (const kind of ['mousemove', 'mouseover', 'mousedown', 'click', 'pointerdown', 'focusin', 'keydown'])
  addEventListener(kind, () => felt.push(kind), true);
new MutationObserver(() => felt.push("mutation")).observe(document, {{subtree: true, childList: true}});
</script>"""


@pytest.fixture
def shop(seen: Seen, other_site: Site) -> Seen:
    other_site.pages["/pay"] = "<!doctype html><body style='margin:0'><button>Pay</button>"
    seen.open(PAGE.format(other=other_site.url("/pay")))
    seen.settle(lambda now: any(element.name == "Pay" for element in now.elements))
    return seen


def point_at(seen: Seen, element: Element, inspector: Inspector) -> tuple[str, ...]:
    middle = element.box.center
    pointer.click(seen.browser.active.wire, middle.x, middle.y)
    return inspector.next(PATIENCE)


@pytest.mark.parametrize("name", ["Save it", "Email", "Shadow", "Shut", "Inner", "Pay"])
def test_what_is_clicked_is_told_inside_out(shop: Seen, name: str) -> None:
    element = next(e for e in shop.now.elements if e.name == name and e.role in {"button", "textbox"})
    with Inspector(shop.browser) as inspector:
        path = point_at(shop, element, inspector)
    assert element.ref in path
    known = [ref for ref in path if shop.now.get(ref) is not None]
    assert known[0] == element.ref or shop.now.get(known[0]) in shop.now.children(element)


def test_the_page_feels_and_shows_nothing(shop: Seen) -> None:
    page = shop.browser.active.page
    before = shop.browser.screenshot()
    with Inspector(shop.browser) as inspector:
        for name in ("Save it", "Email", "Inner"):
            assert point_at(shop, next(e for e in shop.now.elements if e.name == name), inspector)
        assert page.evaluate("felt") == []
        assert shop.browser.screenshot() == before
    button = shop.one("button", "Save it")
    pointer.click(shop.browser.active.wire, button.box.center.x, button.box.center.y)
    assert "click" in page.evaluate("felt")


def test_escape_and_a_closed_window_end_it_and_time_does_not(seen: Seen) -> None:
    seen.open("<button>A</button>")
    wire = seen.browser.active.wire
    with Inspector(seen.browser) as inspector:
        waiting = (inspector.next(0.05), inspector.over)
        assert waiting == ((), False)
        escape = {"key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27}
        wire.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **escape})
        assert inspector.next(PATIENCE) == ()
        assert inspector.over
    seen.open("<button>A</button>")
    with Inspector(seen.browser) as inspector:
        seen.browser.active.page.close()
        assert inspector.next(PATIENCE) == ()
        assert inspector.over


def test_it_goes_on_after_the_page_has_changed(seen: Seen) -> None:
    seen.open("<a href='/two'>Two</a>")
    seen.site.pages["/two"] = "<!doctype html><button>New</button>"
    with Inspector(seen.browser) as inspector:
        seen.browser.active.page.goto(seen.site.url("/two"))
        seen.settle()
        assert seen.one("button", "New").ref in point_at(seen, seen.one("button", "New"), inspector)


def test_elements_are_brought_into_view(seen: Seen) -> None:
    seen.open(
        "<div style='height:3000px'>Top</div><div style='height:200px;overflow:auto'><div style='height:2000px'></div>"
        "<button>Deep</button></div><iframe style='height:100px' srcdoc=\"<div style='height:900px'></div>"
        '<button>Framed</button>"></iframe>'
    )
    for name in ("Deep", "Framed"):
        found = seen.one("button", name)
        assert "offscreen" in found.states
        reveal(seen.browser.active, found)
        seen.settle()
        assert "offscreen" not in seen.one("button", name).states
    deep = seen.one("button", "Deep")
    seen.browser.active.page.evaluate("document.querySelector('button').remove()")
    with pytest.raises(Stale):
        reveal(seen.browser.active, deep)
