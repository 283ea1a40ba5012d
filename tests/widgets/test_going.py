"""Where a page leads: back, forward and reload in a router, other windows, files."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.action import Back, Click, Download, Forward, Reload, Switch, Type
from tests.widgets.conftest import Bench


def heading(bench: Bench) -> str:
    return bench.one("heading").name


def test_history_of_a_router(bench: Bench) -> None:
    bench.open("router", "Boolean(document.querySelector('h1'))")
    for name in ("Films", "Brazil"):
        bench.act(Click(), bench.one("link", name))
    bench.act(Type("seen"), bench.one("textbox", "Note"))
    seen = []
    for way in (Back(), Back(), Forward(), Forward(), Reload()):
        bench.act(way)
        seen.append(heading(bench))
    assert seen == ["Films", "Home", "Films", "Brazil", "Brazil"]
    assert bench.js("location.hash") == "#/films/Brazil"
    assert bench.one("textbox", "Note").value == ""


@pytest.mark.parametrize("maker", ["Shoelace", "Fluent", "Material"])
def test_a_window_beside(bench: Bench, maker: str) -> None:
    bench.open("outwards")
    bench.settle(lambda now: any(e.role == "link" and e.name == f"Beside by {maker}" for e in now.elements))
    bench.act(Click(), bench.one("link", f"Beside by {maker}"))
    assert bench.one("button", "Open dialog").visible
    bench.act(Switch("What leads out"))
    assert bench.one("link", f"Beside by {maker}").visible
    bench.act(Switch("new"))
    assert bench.now.title == "Bootstrap and Tippy"


def test_a_window_from_a_cell(bench: Bench) -> None:
    bench.open("tabulatormenu")
    bench.act(Click(), bench.one("link", "Page of Person 3"))
    assert bench.now.url.endswith("bootstrap.html?3")
    bench.act(Switch("1"))
    assert bench.now.title == "Tabulator with menus"


@pytest.mark.parametrize(
    ("page", "role", "name", "begins"),
    [
        ("tabulatormenu", "button", "Export", '"Name","Age","Page"\n"Person 1","20"'),
        ("outwards", "button", "Load by AG Grid", '"Name","Age"\r\n"Ann","30"'),
        ("outwards", "link", "Load by Shoelace", "// What a widget told"),
    ],
)
def test_a_file(bench: Bench, tmp_path: Path, page: str, role: str, name: str, begins: str) -> None:
    bench.open(page)
    bench.settle(lambda now: any(e.name == name for e in now.elements))
    bench.act(Download(tmp_path / "got.txt"), bench.one(role, name))
    assert (tmp_path / "got.txt").read_text(encoding="utf-8-sig").startswith(begins.replace("\r\n", "\n"))
