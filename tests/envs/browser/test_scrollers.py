# ruff: noqa: E501 - pages are written on one line
"""What can be scrolled, the likeliest first; scrolling it; and what is read of it wherever it stands."""

from __future__ import annotations

import pytest

from envs.errors import Stale
from envs.scrolling import Scrollable, Scroller
from tests.envs.browser.conftest import Seen, Site

ROWS = "".join(f"<li><button>Row {n}</button>" for n in range(1, 61))
LIST = f"<ul aria-label=Films style='margin:0;padding:0;height:200px;width:300px;overflow:auto'>{ROWS}</ul>"


def words(seen: Seen, name: str | None = None) -> list[str]:
    around = next(e for e in seen.now.elements if e.name == name) if name else None
    return [one.words for one in seen.browser.scrollers(around)]


def only(seen: Seen) -> Scroller:
    (found,) = seen.browser.scrollers()
    return found


def test_a_browser_is_scrollable(seen: Seen) -> None:
    assert isinstance(seen.browser, Scrollable)


def test_what_lies_over_others_comes_first_then_the_largest_and_the_page_last(seen: Seen) -> None:
    seen.open(
        "<body style='height:3000px;margin:0'>"
        f"<section aria-label=Small style='height:100px;width:200px;overflow:auto'><ul>{ROWS}</ul></section>"
        f"<section aria-label=Large style='height:400px;width:600px;overflow-y:scroll'><p style='height:900px'>Much</section>"
        f"<div role=listbox aria-label=Top style='position:absolute;top:250px;left:50px;height:80px;width:150px;overflow:auto;background:#fff'>{ROWS}</div>"
    )
    assert words(seen) == ['the listbox "Top"', 'the region "Large"', "the list", "the page"]
    assert [one.overlay for one in seen.browser.scrollers()] == [True, False, False, False]
    assert words(seen, "Row 3") == ["the list", "the page"]
    assert words(seen, "Large") == ['the region "Large"', "the page"]


@pytest.mark.parametrize(
    "html",
    [
        "<textarea style='height:60px'>" + "line\n" * 50 + "</textarea>",
        "<div style='height:100px;overflow:hidden'><p style='height:900px'>Cut off</div>",
        "<div style='height:100px;overflow:auto'><p>Short</div>",
        f"<div style='visibility:hidden'>{LIST}</div>",
        f"<div style='height:20px;overflow:auto'>{ROWS}</div>",
        f"{LIST}<div style='position:fixed;inset:0;background:#fff'>Wait</div>",
        f"{LIST}<dialog id=d>Sure?</dialog><script>d.showModal()</script>",
        "<body style='height:3000px'><dialog id=d>Sure?</dialog><script>d.showModal()</script>",
        "<body style='height:3000px'><div role=dialog aria-modal=true style='position:fixed;inset:20px;background:#fff'>Sure?</div>",
    ],
)
def test_what_nobody_can_scroll_is_left_out(seen: Seen, html: str) -> None:
    seen.open(html)
    assert seen.browser.scrollers() == ()


def test_a_list_in_a_dialog(seen: Seen) -> None:
    seen.open(f"<body style='height:3000px'><dialog id=d>{LIST}</dialog><script>d.showModal()</script>")
    assert (only(seen).words, only(seen).overlay) == ('the list "Films"', True)


def test_it_is_scrolled_at_once_and_told_how_it_stands(seen: Seen) -> None:
    seen.open("<style>ul { scroll-behavior: smooth } li { height: 30px }</style>" + LIST.replace("200px", "210px"))
    start = only(seen)
    assert (start.at, start.least, start.most, start.part, start.start) == (0, 0, 1590, 210, 8)
    there = seen.browser.roll(start, 600)
    assert (there.at, there.before, there.after) == (600, 600, 990)
    assert seen.browser.roll(there, None).at == 600
    seen.settle()
    assert [n for n in seen.names("button") if not seen.one("button", n).is_("offscreen")] == [
        f"Row {n}" for n in range(21, 28)
    ]
    assert seen.browser.roll(there, 99_999).at == 1590


def test_rows_that_are_empty_or_wait_to_be_filled_are_not_drawn(seen: Seen) -> None:
    filled = "".join(f"<li>Row {n}" for n in range(8))
    waiting = "<li>Loading" * 30
    seen.open(
        f"<style>li {{ height: 30px }} ul {{ margin: 0; height: 90px; overflow: auto }}</style><ul>{filled}<li><li>Beyond a gap</ul><ul>{filled}{waiting}</ul>"
    )
    assert sorted(seen.browser.roll(one, 0).after for one in seen.browser.scrollers()) == [150, 180]


def test_backwards_and_sideways(seen: Seen) -> None:
    seen.open(
        f"<ul aria-label=Chat style='display:flex;flex-direction:column-reverse;height:200px;overflow:auto'>{ROWS}</ul>"
        "<section aria-label=Wide style='width:300px;height:80px;overflow-x:auto'><p style='width:2000px'>Far</section>"
    )
    chat, wide = seen.browser.scrollers()
    assert (chat.words, chat.at, chat.most) == ('the list "Chat"', 0, 0)
    assert seen.browser.roll(chat, chat.least).at == chat.least < -300
    assert (wide.words, wide.axis, wide.most) == ('the region "Wide"', "x", 1700)
    assert seen.browser.roll(wide, 500).at == 500


def test_in_frames_of_this_and_of_another_origin(seen: Seen, other_site: Site) -> None:
    other_site.pages["/"] = f"<!doctype html><body style='margin:0'>{LIST}"
    seen.open(
        f"<body style='margin:0'><iframe srcdoc=\"<body style='margin:0'>{LIST}\" style='border:0;display:block;width:400px;height:150px'></iframe>"
        f"<iframe src='{other_site.url()}' style='border:0;display:block;width:400px;height:300px'></iframe>"
    )
    seen.settle(lambda now: sum(e.role == "list" for e in now.elements) == 2)
    lists = [one for one in seen.browser.scrollers() if one.words == 'the list "Films"']
    assert [one.start for one in lists] == [0, 150]
    for one in lists:
        assert seen.browser.roll(one, 400).at == 400
    seen.settle()
    assert all(e.is_("offscreen") for e in seen.all("button", "Row 1"))
    inner = [one.words for one in seen.browser.scrollers(seen.all("button", "Row 30")[1])]
    assert inner == ['the list "Films"']


def test_what_is_gone_is_stale(seen: Seen) -> None:
    seen.open(LIST)
    films = only(seen)
    seen.browser.active.page.evaluate("document.body.replaceChildren()")
    with pytest.raises(Stale, match='the list "Films" is not there any more'):
        seen.browser.roll(films, 10)


# ── what is read of it ───────────────────────────────────────────────────────────────────────────────────────────────

PANE = f"<body style='margin:0'><div style='height:300px;overflow:hidden'><main style='height:300px;overflow:auto'>{ROWS}</main></div>"


def test_what_a_pane_can_be_scrolled_to_is_read_though_a_frame_around_it_cuts_it_off(seen: Seen) -> None:
    seen.open(PANE)
    assert len(seen.all("button")) == 60
    assert not seen.one("button", "Row 2").is_("offscreen")
    assert seen.one("button", "Row 59").is_("offscreen")


def test_what_was_scrolled_away_is_read_wherever_the_pane_stands(seen: Seen) -> None:
    seen.open(PANE)
    seen.browser.roll(only(seen), 900)
    seen.settle()
    assert len(seen.all("button")) == 60
    assert seen.one("button", "Row 1").is_("offscreen")
    seen.browser.roll(only(seen), 300)
    seen.settle()
    assert len(seen.all("button")) == 60


@pytest.mark.parametrize("at", [0, 900])
def test_what_stands_before_the_beginning_of_a_pane_is_never_seen(seen: Seen, at: int) -> None:
    hidden = (
        "<a href=x style='position:absolute;left:-9999px'>No</a><a href=x style='position:absolute;top:-500px'>No</a>"
    )
    seen.open(PANE.replace("<main style='", "<main style='position:relative;").replace(ROWS, hidden + ROWS))
    seen.browser.roll(only(seen), at)
    assert not [e for e in seen.settle().elements if e.name == "No"]
