"""The examples: all right, all in the schema, and nothing of the format without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cua import resources
from cua.planners.script import ScriptPlanner
from cua.taskfile import load
from cua.taskfile.check import check
from cua.taskfile.expects import WANT
from cua.taskfile.forms import Do, Fields, every
from cua.taskfile.grammar import VERBS
from cua.taskfile.task import TaskFile

FOLDER = resources.tasks() / "examples"
FILES = sorted(FOLDER.rglob("*.yaml"))
ALL = sorted(file for file in resources.tasks().rglob("*.yaml") if "cua:" in file.read_text())


@pytest.mark.parametrize("file", ALL, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_task_file_that_ships_is_right(file: Path) -> None:
    report = check(file)
    assert report.problems == ()
    assert load(file).done is not None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_says_what_it_shows_and_can_be_planned(file: Path) -> None:
    task = load(file)
    given = {param.name: "Ada" for param in task.params if param.default is None}
    assert task.description
    assert ScriptPlanner(task, given).name == "script"
    assert (task.folder / "pages").exists() or task.folder.name == "parts"
    assert all((FOLDER / "pages" / str(start).rpartition("/")[2]).is_file() for start in task.start(given))


def test_every_verb_has_an_example() -> None:
    used = {type(node).__name__.lower() if not isinstance(node, Do) else node.verb for node in nodes()}
    names = {"if": "if", "foreach": "for_each", "repeat": "repeat", "call": "call"}
    assert {names.get(name, name) for name in used} == set(VERBS)


def test_every_expectation_has_an_example() -> None:
    assert {key for task in tasks() for key in wanted(task)} == set(WANT.names)


def tasks() -> list[TaskFile]:
    return [load(file) for file in FILES]


def nodes() -> list[Any]:
    return [node for task in tasks() for node in every(task.steps)]


def wanted(task: TaskFile) -> set[str]:
    keys: set[str] = set()
    for value in (task.done, *(part for node in every(task.steps) for part in node.parts)):
        keys |= expected(value)
    return keys


def expected(value: object) -> set[str]:
    if isinstance(value, tuple):
        return {key for one in value for key in expected(one)}
    if not isinstance(value, Fields):
        return set()
    own = set(value.values) if value.name in (WANT.name, "wait") else set()
    return own | {key for inner in value.values.values() for key in expected(inner)}


def test_the_readme_names_every_file() -> None:
    table = (FOLDER / "README.md").read_text()
    assert [file.name for file in FILES if f"`{file.name}`" not in table and f"/{file.name}`" not in table] == []
