# ruff: noqa: E501 - pages are written on one line
"""Fields hold what was typed, chosen or ticked, and the page hears of it as of a person's doing."""

from __future__ import annotations

from pathlib import Path

import pytest

from envs.action import Check, Clear, Press, Select, Type, Upload
from envs.errors import ActFailed
from tests.envs.browser.conftest import Seen
from tests.envs.browser.told import LOG, log


def test_type_replaces_appends_and_clears(seen: Seen) -> None:
    seen.open(
        "<input aria-label=i value=old><textarea aria-label=t>one</textarea><div contenteditable aria-label=e>was</div><input type=number aria-label=n value=3>"
    )
    for name, role in (("i", "textbox"), ("t", "textbox"), ("e", "textbox"), ("n", "spinbutton")):
        seen.browser.act(Type("12"), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == "12"
        seen.browser.act(Type("34", append=True), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == "1234"
        seen.browser.act(Clear(), seen.one(role, name))
        seen.settle()
        assert seen.one(role, name).value == ""


def test_typing_is_heard(seen: Seen) -> None:
    seen.open(
        LOG
        + "<input aria-label=i oninput='log(\"in\" + event.isTrusted)' onkeyup='log(event.key)' onchange='log(\"change\")'><input aria-label=j>"
    )
    seen.browser.act(Type("Ünï¢ode ok"), seen.one("textbox", "i"))
    seen.browser.act(Type("x"), seen.one("textbox", "j"))
    assert log(seen) == "intrue intrue k change"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2026-11-22"),
        ("time", "13:45"),
        ("datetime-local", "2026-11-22T13:45"),
        ("color", "#ff0000"),
        ("range", "42"),
        ("month", "2026-11"),
    ],
)
def test_special_fields(seen: Seen, kind: str, value: str) -> None:
    seen.open(f"{LOG}<input type={kind} aria-label=f onchange='log(this.value)'>")
    field = next(e for e in seen.now.elements if e.name == "f")
    seen.browser.act(Type(value), field)
    assert log(seen).split()[-1] == value
    assert kind == "range" or log(seen) == value


def test_a_field_that_does_not_take_the_value(seen: Seen) -> None:
    seen.open("<input type=date aria-label=f>")
    with pytest.raises(ActFailed, match="does not take"):
        seen.browser.act(Type("tomorrow"), seen.one("textbox", "f"))


def test_a_text_that_went_to_another_field_is_told(seen: Seen) -> None:
    seen.open(
        "<input aria-label=Name value=Lamp><input aria-label=Price value=5><script>"
        "const [name, price] = document.querySelectorAll('input');"
        "price.addEventListener('beforeinput', () => name.focus(), {once: true})</script>"
    )
    with pytest.raises(ActFailed, match="went to another field") as told:
        seen.browser.act(Type("1,299.00"), seen.one("textbox", "Price"))
    assert told.value.dispatched


def test_press(seen: Seen) -> None:
    seen.open(
        LOG
        + "<form onsubmit='log(\"sent\"); return false'><input aria-label=i></form><script>onkeydown = e => log((e.ctrlKey ? 'C+' : '') + (e.shiftKey ? 'S+' : '') + e.key)</script>"
    )
    seen.browser.act(Press("Enter"), seen.one("textbox"))
    seen.browser.act(Press("Control+S"))
    seen.browser.act(Press("shift+tab"))
    assert log(seen) == "Enter sent Control C+ C+s Shift S+ S+Tab".replace("Control C+", "C+Control").replace(
        "Shift S+ ", "S+Shift "
    )
    for wrong in ("Nokey", "", "A+B", "Control+"):
        with pytest.raises(ActFailed):
            seen.browser.act(Press(wrong))


def test_native_select(seen: Seen) -> None:
    seen.open(
        LOG
        + "<select aria-label=s onchange='log(this.value)'><option value=1>One<option value=2>Two<option value=3 disabled>Three</select>"
    )
    seen.browser.act(Select("Two"), seen.one("combobox"))
    seen.browser.act(Select("1"), seen.one("combobox"))
    assert log(seen) == "2 1"
    with pytest.raises(ActFailed, match='no option "Four"; it has: One, Two') as failed:
        seen.browser.act(Select("Four"), seen.one("combobox"))
    assert not failed.value.dispatched
    with pytest.raises(ActFailed, match="disabled"):
        seen.browser.act(Select("Three"), seen.one("combobox"))


COMBO = """<div role=combobox tabindex=0 aria-label=c aria-controls=l aria-expanded=false onclick="
  setTimeout(() => { l.hidden = false; this.setAttribute('aria-expanded', true) }, 120)">Pick</div>
<ul role=listbox id=l hidden><li role=option onclick="log('red')">Red</li><li role=option onclick="log('blue'); l.hidden = true">Blue</li></ul>"""


def test_custom_select(seen: Seen) -> None:
    seen.open(LOG + COMBO)
    seen.browser.act(Select("Blue"), seen.one("combobox"))
    assert log(seen) == "blue"


def test_custom_select_without_the_option(seen: Seen) -> None:
    seen.open(LOG + COMBO)
    with pytest.raises(ActFailed, match="Red, Blue") as failed:
        seen.browser.act(Select("Green"), seen.one("combobox"))
    assert failed.value.dispatched


def test_check(seen: Seen) -> None:
    seen.open(
        LOG
        + "<label><input type=checkbox onchange='log(this.checked)'> A</label><label style='display:block'><input type=checkbox style='opacity:0;position:absolute' onchange='log(\"s\" + this.checked)'> Styled</label>"
        '<div role=switch tabindex=0 aria-checked=false onclick=\'this.setAttribute("aria-checked", true); log("on")\'>W</div>'
    )
    box = seen.one("checkbox", "A")
    seen.browser.act(Check(), box)
    seen.browser.act(Check(), box)
    seen.browser.act(Check(on=False), box)
    seen.browser.act(Check(), seen.one("checkbox", "Styled"))
    seen.browser.act(Check(), seen.one("switch"))
    seen.browser.act(Check(), seen.one("switch"))
    assert log(seen) == "true false strue on"


def test_upload(seen: Seen, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("hello")
    seen.open(
        LOG
        + "<input type=file aria-label=F onchange='log(this.files[0].name)'><button onclick='f.click()'>Choose</button><input type=file hidden id=f onchange='log(\"b\" + this.files[0].size)'>"
    )
    seen.browser.act(Upload((file,)), seen.one("button", "F"))
    seen.browser.act(Upload((file,)), seen.one("button", "Choose"))
    seen.settle()
    assert log(seen) == "a.txt b5"
    with pytest.raises(ActFailed, match="no file"):
        seen.browser.act(Upload((tmp_path / "none",)), seen.one("button", "F"))
