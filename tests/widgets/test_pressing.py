"""Clicks of all kinds, hover menus, tips, boxes and switches; back, forward and reload."""

from __future__ import annotations

import pytest

from envs.action import Action, Back, Check, Click, Forward, Hover, Press, Reload, Type
from envs.env import Until
from envs.observation import Element, Observation
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


def containing(bench: Bench, role: str, words: str) -> Element:
    """The last element of this role with these words in its name: the innermost."""
    return [e for e in bench.all(role) if words in e.name][-1]


@pytest.mark.parametrize(
    ("page", "role", "on", "menu", "item", "said"),
    [
        ("jstree", "treeitem", "Bread", "link", "Delete", None),
        ("tabulatormenu", "gridcell", "Person 2", "generic", "Remove", "remove Person 2"),
        ("vaadinmenu", "generic", "Right here", "menuitem", "Copy", "menu Copy"),
    ],
)
def test_right_click_opens_a_menu(
    bench: Bench, page: str, role: str, on: str, menu: str, item: str, said: str | None
) -> None:
    bench.open(page)
    bench.settle(lambda now: any(on in e.name for e in now.elements))
    bench.act(Click(button="right"), containing(bench, role, on))
    bench.settle(has(item))
    bench.act(Click(), bench.one(menu, item))
    assert said is None or bench.happened == [said]


@pytest.mark.parametrize(("page", "said"), [("aggrid", "cell Person 2 age 44"), ("tabulatormenu", "cell 2 44")])
def test_double_click_edits_a_cell(bench: Bench, page: str, said: str) -> None:
    bench.open(page)
    bench.settle(lambda now: any(e.role == "gridcell" for e in now.elements))
    bench.act(Click(count=2), next(e for e in bench.all("gridcell") if e.name == "21"))
    bench.act(Type("44"), next(e for e in bench.now.elements if "editable" in e.states))
    bench.act(Press("Enter"))
    assert bench.happened == [said]


def test_double_click_opens_a_branch(bench: Bench) -> None:
    bench.open("jstree")
    bench.act(Click(count=2), bench.one("treeitem", "Fruit"))
    bench.until("happened.includes('open Fruit')")
    assert bench.one("treeitem", "Apple").visible


def test_double_click_selects_a_word(bench: Bench) -> None:
    bench.open("codemirror")
    bench.act(Click(count=2), bench.one("textbox", "Plain"))
    assert bench.js("plain.state.sliceDoc(plain.state.selection.main.from, plain.state.selection.main.to)") in (
        "old",
        "text",
    )


@pytest.mark.parametrize(
    ("page", "role", "name", "keys", "came"),
    [
        ("shoelace", "treeitem", "Fruit", ["ArrowRight"], "document.querySelector('sl-tree-item').expanded"),
        ("nouislider", "slider", "Level", ["ArrowRight", "End"], "happened.at(-1) === 'one 100'"),
        ("lists", "combobox", "Book", ["ArrowDown", "ArrowDown", "Enter"], "happened.at(-1) === 'book Ulysses'"),
        (
            "tiptap",
            "textbox",
            "Story",
            ["Control+A", "Control+B"],
            "editor.getHTML() === '<p><strong>Old text</strong></p>'",
        ),
        ("quill", "textbox", "Story", ["Control+A", "Delete"], "quill.getText().trim() === ''"),
    ],
)
def test_keys(bench: Bench, page: str, role: str, name: str, keys: list[str], came: str) -> None:
    bench.open(page)
    for n, key in enumerate(keys):
        bench.act(Press(key), bench.one(role, name) if n == 0 else None)
    bench.until(came)


def test_a_bare_handle_by_keys(bench: Bench) -> None:
    bench.open("jqueryui")
    handles = [e for e in bench.all("generic") if 20 < e.box.width < 23 and 20 < e.box.height < 23]
    bench.act(Press("ArrowRight"), handles[0])
    assert bench.happened == ["span 21,60"]


def test_tree_by_keys(bench: Bench) -> None:
    bench.open("shoelace")
    bench.act(Press("ArrowRight"), bench.one("treeitem", "Fruit"))
    bench.act(Click(), bench.one("treeitem", "Apple"))
    assert bench.happened[-1] == "tree Apple"
