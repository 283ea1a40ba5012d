"""Whatever is in a file, reading it ends in a task or in one line about it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cua import resources
from cua.errors import BadInput
from cua.planners.script import ScriptPlanner
from cua.taskfile import load
from cua.taskfile.check import check
from cua.taskfile.expects import BESIDE, WANT
from cua.taskfile.grammar import FILE, STEP_KEYS, VERBS

FILES = [file.read_text() for file in sorted((resources.tasks() / "examples").rglob("*.yaml"))]
BITS = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "  ",
    "'",
    '"',
    "|",
    "*a",
    "&a",
    "!x",
    "null",
    "1e9",
    "{name}",
    "#",
    "\t",
    "---",
]
WORDS = [
    *VERBS,
    *WANT.names,
    *FILE.names,
    *(key.name for key in (*STEP_KEYS, *BESIDE)),
    "into",
    "do",
    "then",
    "code",
    "x",
]


def ends_well(text: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "task.yaml"
        file.write_text(text)
        report = check(file)
        assert all("\n" not in str(problem) and problem.what for problem in report.problems)
        if report.good:
            load(file)
        else:
            with pytest.raises(BadInput) as error:
                load_and_plan(file)
            assert str(error.value).startswith(str(file))


def load_and_plan(file: Path) -> None:
    """Defaults that make a step wrong are a problem of the file, and stop the planner."""
    task = load(file)
    ScriptPlanner(task, {param.name: "x" for param in task.params if param.default is None})


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_broken_examples(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.sampled_from([*BITS, ""])) + text[at + gone :]
    ends_well(text)


LEAVES = ["", "a", "{x}", "a near b", "/x", "../y"]
trees = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 9), st.sampled_from(["", "a", "{x}", "a near b", "/x", "../y"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from(WORDS), trees, min_size=1, max_size=3), min_size=1, max_size=3), trees)
def test_words_of_the_format_in_any_order(steps: list[Any], other: Any) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "made.yaml"
        with file.open("w") as out:
            YAML(typ="safe", pure=True).dump({"cua": 1, "params": {"x": "1"}, "steps": steps, "done": other}, out)
        ends_well(file.read_text())
