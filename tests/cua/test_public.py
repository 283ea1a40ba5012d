"""The public names are a list, and importing them opens and loads nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cua

PUBLIC = [
    "Agent",
    "BadInput",
    "CuaError",
    "Flow",
    "Options",
    "Outcome",
    "Run",
    "Step",
    "Target",
    "Task",
    "expect",
    "instruct",
    "load",
]


def test_the_public_names_are_these() -> None:
    assert sorted(cua.__all__) == PUBLIC
    assert all(getattr(cua, name) is not None for name in PUBLIC)
    assert set(PUBLIC) <= set(dir(cua))


def test_what_users_write_works() -> None:
    from cua import Agent, Step, Target, Task, expect, load

    assert Agent.__module__ == "cua.agent"
    assert Step("1", None, "look").words == "look"  # type: ignore[arg-type]
    assert Task.__module__ == "cua.task"
    assert Target("Save").name == "Save"
    assert expect.Text("Saved").text == "Saved"
    assert callable(load)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = cua.nothing


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"numpy", "openpyxl", "playwright", "pyotp", "rich", "sqlite3", "typer"}
    program = f"import sys, cua; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_reads_sheets_is_loaded_when_one_is_read() -> None:
    program = "import sys, cua.cli.run, cua.rows.files; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
