"""What is written reads back as the same data, and stays short."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cua.taskfile.source import Entries, Items, Node, Scalar, parse
from cua.taskfile.write import WIDTH, Comment, write

WORDS = st.one_of(
    st.sampled_from(
        [
            "yes",
            "null",
            "~",
            "1e9",
            "0x1f",
            "2026-11-22",
            "- a",
            "a: b",
            "a #b",
            "{x}",
            "[",
            "*a",
            "&a",
            "!t",
            "|",
            "%",
            "?",
            "''",
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=20),
)
DATA = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers(-(10**9), 10**9), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(WORDS.filter(lambda word: word != ""), inner, max_size=4)
    ),
    max_leaves=12,
)


def plain(node: Node) -> object:
    match node:
        case Entries():
            return {name.text: plain(value) for name, value in node.pairs}
        case Items():
            return [plain(one) for one in node.items]
        case Scalar():
            return (
                None
                if node.null
                else node.flag
                if node.flag is not None
                else node.number
                if node.number is not None
                else node.text
            )


@given(data=DATA)
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back(data: object) -> None:
    text = write({"data": data, "steps": [{"click": data}, Comment("a\nb: - [")]})
    assert plain(parse(text.encode(), Path("a.yaml"))) == {"data": data, "steps": [{"click": data}]}


def test_what_is_small_stands_in_one_line_and_what_is_long_in_its_own() -> None:
    long = {"all": [{"text": "a" * 60}, {"text": "b" * 60}]}
    steps = [{"click": "Save", "expect": {"text": "Saved"}}, Comment("by hand"), {"click": "Next", "expect": long}]
    text = write(
        {"cua": 1, "start": {"url": "http://a.test/"}, "steps": [*steps, {"if": {"text": "x", "then": ["back"]}}]}
    )
    assert text.startswith(
        'cua: 1\nstart: {url: "http://a.test/"}\nsteps:\n  - click: Save\n    expect: {text: Saved}\n  # by hand\n'
    )
    assert text.endswith("  - if:\n      text: x\n      then:\n        - back\n")
    assert max(map(len, text.splitlines())) <= WIDTH
