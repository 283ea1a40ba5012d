"""Text arrives as it was meant, in fields, masks and editors; what they make of it is what is read."""

from __future__ import annotations

import pytest

from envs.action import Clear, Press, Type
from tests.widgets.conftest import Bench

CODE = 'function f(a) {\n  return [a, "x"];\n}\n'


@pytest.mark.parametrize(
    ("page", "name", "text", "held"),
    [
        ("codemirror", "Code", CODE, "code.state.doc.toString()"),
        ("codemirror", "Plain", "new (text)", "plain.state.doc.toString()"),
        ("quill", "Story", "Hello (world)", "quill.getText().trim()"),
        ("tiptap", "Story", 'Hello "world"', "editor.getText()"),
        ("monaco", "Code", CODE, "code.getValue()"),
    ],
)
def test_editors(bench: Bench, page: str, name: str, text: str, held: str) -> None:
    bench.open(page)
    bench.settle(lambda now: any(e.role == "textbox" and e.name == name for e in now.elements))
    field = bench.one("textbox", name)
    bench.act(Type(text), field)
    assert bench.js(held) == text
    assert (bench.one("textbox", name).value or "").rstrip() == text.rstrip()
    bench.act(Type(" more", append=True), bench.one("textbox", name))
    assert bench.js(held) == f"{text} more"
    bench.act(Clear(), bench.one("textbox", name))
    assert bench.js(held) == ""


@pytest.mark.parametrize(("number", "text", "held"), [(0, CODE, "code"), (1, "new (text)", "plain")])
def test_ace(bench: Bench, number: int, text: str, held: str) -> None:
    """It names its field anew whenever that has the focus."""
    bench.open("ace")
    bench.act(Type(text), bench.all("textbox")[number])
    assert bench.js(f"{held}.getValue()") == text
    assert bench.all("textbox")[number].value == text
    bench.act(Type(" more", append=True), bench.all("textbox")[number])
    assert bench.js(f"{held}.getValue()") == f"{text} more"
    bench.act(Clear(), bench.all("textbox")[number])
    assert bench.js(f"{held}.getValue()") == ""


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("Phone", "9261234567", "+7(926)123-45-67"),
        ("Price", "1234567.89", "1,234,567.89"),
        ("Day", "24122026", "24/12/2026"),
        ("Plate", "ab123", "AB-123"),
        ("Card", "4111111111111111", "4111 1111 1111 1111"),
        ("Day", "xx", "__/__/____"),
    ],
)
def test_masks(bench: Bench, name: str, text: str, value: str) -> None:
    bench.open("masks")
    bench.act(Type(text), bench.one("textbox", name))
    assert bench.one("textbox", name).value == value


def test_any_script_and_several_lines(bench: Bench) -> None:
    bench.open("shoelace")
    text = "Ünïcode e\u0301 漢字 👍🏽"
    bench.act(Type(text), bench.one("textbox", "Full name"))
    bench.act(Type("one\ntwo"), bench.one("textbox", "Notes"))
    bench.act(Type("2026-11-22"), bench.one("textbox", "Born on"))
    bench.act(Type("12.5"), bench.one("spinbutton", "Amount"))
    at = "document.getElementById('{}').value"
    held = [bench.js(at.format(name)) for name in ("name", "notes", "born", "amount")]
    assert held == [text, "one\ntwo", "2026-11-22", "12.5"]


def test_fields_that_show_a_field_of_their_own(bench: Bench) -> None:
    bench.open("material")
    bench.act(Type("Ann"), bench.one("textbox", "Full name"))
    bench.act(Type("one\ntwo"), bench.one("textbox", "Notes"))
    bench.act(Type("a@b.example"), bench.one("textbox", "E-mail"))
    held = [bench.js(f"document.getElementById('{name}').value") for name in ("name", "notes", "mail")]
    assert held == ["Ann", "one\ntwo", "a@b.example"]


def test_react_hears_of_it(bench: Bench) -> None:
    bench.open("mui")
    bench.act(Type("Ann"), bench.one("textbox", "Full name"))
    bench.act(Type("7"), bench.one("spinbutton", "Amount"))
    assert {"name Ann", "amount 7"} <= set(bench.happened)


def test_a_calendar_that_opens_under_the_pointer(bench: Bench) -> None:
    bench.open("flatpickr")
    bench.act(Type("2026-05-06"), bench.one("textbox", "Typed"))
    assert bench.js("typed.value") == "2026-05-06"


def test_copy_and_paste(bench: Bench) -> None:
    bench.open("shoelace")
    bench.act(Type("cut me"), bench.one("textbox", "Full name"))
    bench.act(Press("Control+A"), bench.one("textbox", "Full name"))
    bench.act(Press("Control+X"))
    bench.act(Press("Control+V"), bench.one("textbox", "Notes"))
    assert [bench.js(f"document.getElementById('{n}').value") for n in ("name", "notes")] == ["", "cut me"]
