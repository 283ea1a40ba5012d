"""Text of strangers: nothing in it may steer the terminal, the page or the eye."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cua.visible import one_line, stripped, visible

ANY = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain — “text” 日本 مرحبا 👩\u200d💻", "plain — “text” 日本 مرحبا 👩\u200d💻"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x00\x7f\x85", "␀␡⟨U+0085⟩"),
        ("exe\u202egnp", "exe⟨U+202E⟩gnp"),
        ("\u200b\ufeff\ue000\ud800\uffff", "⟨U+200B⟩⟨U+FEFF⟩⟨U+E000⟩⟨U+D800⟩⟨U+FFFF⟩"),
    ],
)
def test_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "xlink"),
        ("\x9b2Ja\x1bPq#0\x1b\\b\x1b(Bc", "abc"),
        ("a\u202eb\r\nc\x08\x07", "ab c"),
        ("\x1b]never ended", ""),
    ],
)
def test_stripped(text: str, seen: str) -> None:
    assert stripped(text) == seen


@given(ANY)
def test_nothing_is_left_to_obey(text: str) -> None:
    for clean in (visible(text), stripped(text), one_line(text, 20)):
        clean.encode("utf-8")
        left = {unicodedata.category(char) for char in clean if char not in "\n\t\u200c\u200d\u00ad"}
        assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANY)
def test_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert stripped(stripped(text)) == stripped(text)


@given(ANY, st.integers(1, 40))
def test_one_line_is_one_line_of_that_length(text: str, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most
    assert "\n" not in line
