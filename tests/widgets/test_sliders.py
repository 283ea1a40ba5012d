"""Sliders get a value by their keys: noUiSlider, jQuery UI's neighbours, Fluent, Shoelace (a native one inside)."""

from __future__ import annotations

import pytest

from envs.action import Drag, Type
from envs.errors import ActFailed
from tests.widgets.conftest import Bench


@pytest.mark.parametrize(
    ("page", "name", "value", "said"),
    [
        ("nouislider", "Level", "60", "one 60"),
        ("nouislider", "Lowest", "45", "two 45,60"),
        ("nouislider", "Height", "70", "up 70"),
        ("shoelace", "Volume", "55", "volume 55"),
        ("shoelace", "Stars", "4", "stars 4"),
        ("fluent", "Volume", "33", "volume 33"),
        ("jqueryui", "Level", "60", "slider 60"),
    ],
)
def test_value(bench: Bench, page: str, name: str, value: str, said: str) -> None:
    bench.open(page)
    bench.act(Type(value), bench.one("slider", name))
    assert bench.happened[-1] == said


def test_split_panel(bench: Bench) -> None:
    bench.open("shoelace")
    bench.act(Type("42"), bench.one("separator"))
    assert bench.happened[-1] == "split 42"


def test_thumb_is_dragged(bench: Bench) -> None:
    bench.open("nouislider")
    bench.act(Drag(bench.one("slider", "Highest").ref), bench.one("slider", "Level"))
    assert bench.happened == ["one 60"]


@pytest.mark.parametrize("value", ["63", "400", "much"])
def test_what_it_cannot_be_is_refused(bench: Bench, value: str) -> None:
    bench.open("nouislider")
    with pytest.raises(ActFailed, match="does not take"):
        bench.browser.act(Type(value), bench.one("slider", "Level"))
