"""Clicks of all kinds, hover menus, tips, boxes and switches; back, forward and reload."""

from __future__ import annotations

import pytest

from envs.action import Action, Back, Check, Click, Forward, Hover, Press, Reload, Type
from envs.env import Until
from envs.observation import Observation
from tests.widgets.conftest import Bench


def has(name: str) -> Until:
    def there(now: Observation) -> bool:
        return any(e.name == name for e in now.elements)

    return there


def test_bootstrap_menu_and_history(bench: Bench) -> None:
    bench.open("bootstrap")
    bench.act(Click(), bench.one("button", "Actions"))
    bench.act(Click(), bench.one("link", "Edit"))
    assert bench.happened == ["edit"]
    seen = []
    for way in (Back(), Forward(), Reload()):
        bench.act(way)
        seen.append(bench.js("location.hash"))
    assert seen == ["", "#edit", "#edit"]


def test_dialog(bench: Bench) -> None:
    bench.open("bootstrap")
    bench.act(Click(), bench.one("button", "Open dialog"))
    bench.until("happened.includes('modal open')")
    bench.act(Type("because"), bench.one("textbox", "Reason"))
    bench.act(Click(), bench.one("button", "Close"))
    bench.until("happened.includes('modal closed')")


def test_tips(bench: Bench) -> None:
    bench.open("bootstrap")
    bench.act(Hover(), bench.one("button", "Hint"))
    bench.until("happened.includes('tooltip')")
    bench.act(Hover(), bench.one("button", "Tippy"))
    bench.until("happened.includes('tippy')")
    bench.open("jqueryui")
    bench.act(Hover(), bench.one("button", "Save"))
    bench.until("happened.includes('tip')")


def test_menu_of_three_levels_by_hover(bench: Bench) -> None:
    bench.open("jqueryui")
    for name, inner in (("Electronics", "Car"), ("Car", "Radio")):
        bench.browser.act(Hover(), bench.one("menuitem", name))
        bench.settle(has(inner))
    bench.act(Click(), bench.one("menuitem", "Radio"))
    assert bench.happened == ["menu Radio"]


@pytest.mark.parametrize(
    ("page", "acts", "said"),
    [
        (
            "bootstrap",
            [
                (Check(), "checkbox", "Accept terms"),
                (Check(), "switch", "Wi-Fi"),
                (Check(on=False), "checkbox", "Accept terms"),
            ],
            ["terms true", "wifi true", "terms false"],
        ),
        (
            "shoelace",
            [
                (Check(), "checkbox", "Accept terms"),
                (Check(on=False), "checkbox", "Accept terms"),
                (Check(), "switch", "Wi-Fi"),
                (Check(), "radio", "Cash"),
            ],
            ["terms true", "terms false", "wifi true", "pay cash"],
        ),
        ("mui", [(Check(), "checkbox", "Accept terms"), (Check(), "switch", "Wi-Fi")], ["terms true", "wifi true"]),
        ("fluent", [(Check(), "checkbox", "Accept terms"), (Check(), "switch", "Wi-Fi")], ["terms true", "wifi true"]),
    ],
)
def test_boxes(bench: Bench, page: str, acts: list[tuple[Action, str, str]], said: list[str]) -> None:
    bench.open(page)
    for action, role, name in acts:
        bench.act(action, bench.one(role, name))
        bench.act(action, bench.one(role, name))  # is so already: nothing happens
    assert [word for word in bench.happened if not word.startswith("split")] == said


def test_right_click_opens_a_menu(bench: Bench) -> None:
    bench.open("jstree")
    bread = [e for e in bench.now.elements if "Bread" in e.name][-1]
    bench.act(Click(button="right"), bread)
    assert bench.one("link", "Rename").visible


def test_double_click_edits_a_cell(bench: Bench) -> None:
    bench.open("aggrid")
    cell = next(e for e in bench.all("gridcell") if e.name == "21")
    bench.act(Click(count=2), cell)
    editor = next(e for e in bench.now.elements if "editable" in e.states)
    bench.act(Type("44"), editor)
    bench.act(Press("Enter"))
    assert bench.happened == ["cell Person 2 age 44"]


def test_tree_by_keys(bench: Bench) -> None:
    bench.open("shoelace")
    bench.act(Press("ArrowRight"), bench.one("treeitem", "Fruit"))
    bench.act(Click(), bench.one("treeitem", "Apple"))
    assert bench.happened[-1] == "tree Apple"
