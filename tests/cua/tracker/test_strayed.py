"""Whether a text that was meant for one field has come into another."""

from __future__ import annotations

import pytest

from cua.tracker.claims import strayed
from envs.action import Type
from envs.geometry import Box
from envs.observation import Element, Observation

PRICE = Element("2", "textbox", "Price", Box(0, 20, 50, 10), "5")


def screen(name: str, price: str = "5") -> Observation:
    fields = (
        Element("1", "textbox", "Name", Box(0, 0, 50, 10), name),
        Element("2", "textbox", "Price", PRICE.box, price),
    )
    return Observation(1, "web", "", "", fields)


@pytest.mark.parametrize(
    ("before", "now", "text", "told"),
    [
        ("Lamp", "1,299.00Lamp", "1,299.00", True),
        ("Lamp", "Lamp", "1,299.00", False),
        ("1,299.00 Lamp", "1,299.00 Lamp", "1,299.00", False),
        ("Lamp", "Lamps", "s", False),
        ("Office chair", "yOffice chair", "Counted in May", True),
        ("Office chair", "Office Mayr chair", "Counted in May", False),
        ("Office chair", "May", "Counted in May", True),
        ("Office chair", "counted-in-may", "Counted in May", False),
    ],
    ids=[
        "it stands there",
        "it does not",
        "it did before",
        "a letter tells nothing",
        "its last letter is put in there",
        "something else is put in there",
        "its end stands there",
        "made of it by the page",
    ],
)
def test_a_text_in_another_field(before: str, now: str, text: str, told: bool) -> None:
    assert strayed(Type(text), PRICE, screen(before), screen(now, text)) is told
