"""Options are chosen in lists that libraries build: in the page, in a portal, in shadow roots, after typing, after a
request, by scrolling where only a part is drawn; one or several."""

from __future__ import annotations

import pytest

from envs.action import Select
from envs.errors import ActFailed
from tests.widgets.conftest import Bench


@pytest.mark.parametrize(
    ("page", "name", "option", "said"),
    [
        ("shoelace", "Size", "Medium", "size m"),
        ("material", "Size", "Medium", "size m"),
        ("vaadin", "Country", "Island 250", "country Island 250"),
        ("vaadin", "City", "City 90", "lazy City 90"),
        ("vaadin", "Languages", "Dutch\nFrench", "langs Dutch,French"),
        ("fluent", "Size", "Large", "size l"),
        ("mui", "Size", "Large", "size l"),
        ("mui", "Colours", "Red\nBlue", "many red,blue"),
        ("mui", "Film", "Film 150", "film Film 150"),
        ("mui", "Fruit", "Plum\nCherry", "fruit Plum,Cherry"),
        ("lists", "Colour", "Blue", "colour blue"),
        ("lists", "Colours", "Blue\nRed", "many blue,red"),
        ("lists", "City", "Lima", "city lima"),
        ("lists", "Tag", "Yellow", "tag yellow"),
        ("lists", "Book", "Walden", "book Walden"),
        ("lists", "Shelf", "Dracula", "shelf Dracula"),
        ("tomselect", "Colour", "Green", "one g"),
        ("tomselect", "Colours", "Green\nBlue", "many g,b"),
        ("tomselect", "City", "Rome", "remote Rome"),
    ],
)
def test_choose(bench: Bench, page: str, name: str, option: str, said: str) -> None:
    bench.open(page)
    bench.act(Select(option), bench.one("combobox", name))
    assert [word for word in bench.happened if not word.startswith("split")][-1] == said


@pytest.mark.parametrize(
    ("number", "option", "said"), [(0, "Green", "one g"), (1, "Green", "many g"), (2, "Lima", "remote Lima")]
)
def test_select2(bench: Bench, number: int, option: str, said: str) -> None:
    bench.open("select2")
    bench.act(Select(option), bench.all("combobox")[number])
    assert bench.happened[-1] == said


def test_what_is_not_there_is_refused(bench: Bench) -> None:
    bench.open("lists")
    with pytest.raises(ActFailed, match='no option "Purple"'):
        bench.browser.act(Select("Purple"), bench.one("combobox", "Colour"))


def test_jquery_ui(bench: Bench) -> None:
    bench.open("jqueryui")
    bench.act(Select("Fast"), bench.all("combobox")[0])
    assert bench.happened == ["speed Fast"]
