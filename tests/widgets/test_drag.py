"""Things are dragged where they were meant to go, as the libraries themselves tell it: SortableJS (HTML and pointer),
dragula, interact.js, jQuery UI, jsTree, FullCalendar, Split.js."""

from __future__ import annotations

import pytest

from envs.action import Drag
from envs.observation import Element
from tests.widgets.conftest import Bench


def named(bench: Bench, name: str) -> Element:
    return next(e for e in bench.now.elements if name in e.name and e.role not in ("tree", "list"))


@pytest.mark.parametrize(
    ("page", "source", "target", "said"),
    [
        ("sortable", "Anna", "Cleo", "plain Bert,Cleo,Anna,Dora"),
        ("sortable", "Egon", "Gina", "fallback Fred,Gina,Egon,Hans"),
        ("dragula", "Anna", "Cleo", "drop Anna left Bert,Anna,Cleo"),
        ("dragula", "Bert", "Dora", "drop Bert right Bert,Dora"),
        ("interact", "Card", "Zone", "dropped card"),
        ("jqueryui", "Report", "Trash", "trashed file"),
        ("jqueryui", "One", "Three", "rows Two,Three,One"),
        ("jstree", "Bread", "Fruit", "move Bread a 0"),
    ],
)
def test_drop(bench: Bench, page: str, source: str, target: str, said: str) -> None:
    bench.open(page)
    bench.act(Drag(named(bench, target).ref), named(bench, source))
    assert said in bench.happened


def test_into_what_is_out_of_view_in_a_scroller(bench: Bench) -> None:
    bench.open("sortable")
    bench.act(Drag(named(bench, "Row 12").ref), named(bench, "Row 1"))
    (said,) = bench.happened
    assert said.startswith("long Row 2,")
    assert "Row 12,Row 1,Row 13" in said or "Row 11,Row 1,Row 12" in said  # on its upper or lower half


def test_calendar_event(bench: Bench) -> None:
    bench.open("fullcalendar")
    day = next(e for e in bench.now.elements if e.name in ("12", "March 12, 2026"))
    review = [e for e in bench.now.elements if "Review" in e.name][-1]
    bench.act(Drag(day.ref), review)
    assert bench.happened == ["drop Review 2026-03-12"]


def test_divider(bench: Bench) -> None:
    bench.open("split")
    bench.act(Drag(named(bench, "Right part").ref), bench.one("separator", "Divider"))
    (said,) = bench.happened
    assert said.startswith("split 7")
