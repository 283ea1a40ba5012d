"""Params: typed values, or one line that says what to give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.run import Json
from cua.taskfile import TaskFile, load

PARAMS = """
  text: {type: text, default: a}
  number: {type: number, default: 1.5}
  integer: {type: integer, default: 2}
  boolean: {type: boolean, default: false}
  date: {type: date, default: 2026-01-31}
  choice: {type: choice, options: [Red, 7], default: Red}
  email: {type: email, default: a@b.test}
  list: {type: list, default: [a, 2]}
  optional: {required: false}
  short: b
  short_number: 3
  short_code: 007
  short_flag: true
  short_list: [x, y]
"""


def task(folder: Path, params: str = PARAMS) -> TaskFile:
    file = folder / "task.yaml"
    file.write_text(f"cua: 1\nparams:{params}\nsteps: [back]\n")
    return load(file)


def test_defaults(tmp_path: Path) -> None:
    assert task(tmp_path).parse_params({}) == {
        "text": "a", "number": 1.5, "integer": 2, "boolean": False, "date": "2026-01-31", "choice": "Red",
        "email": "a@b.test", "list": ["a", 2], "optional": "", "short": "b", "short_number": 3, "short_code": "007",
        "short_flag": True, "short_list": ["x", "y"],
    }  # fmt: skip


GOOD: list[tuple[str, object, Json]] = [
    ("text", "  a in the row of b ", "  a in the row of b "),
    ("text", 5, "5"),
    ("number", "2", 2),
    ("number", "-2.5e3", -2500.0),
    ("integer", "42", 42),
    ("boolean", "Yes", True),
    ("boolean", "0", False),
    ("date", " 2024-02-29", "2024-02-29"),
    ("date", date(2024, 2, 29), "2024-02-29"),
    ("choice", "7", "7"),
    ("choice", 7, "7"),
    ("email", "x@y.test", "x@y.test"),
    ("list", "a, b,,c", ["a", "b", "c"]),
    ("list", '[1, {"x": "y"}]', [1, {"x": "y"}]),
    ("list", ("a", {"x": 1}), ["a", {"x": 1}]),
    ("short_number", "9", 9),
    ("short_list", "a", ["a"]),
]


@pytest.mark.parametrize(("name", "given", "value"), GOOD, ids=range(len(GOOD)))
def test_values(name: str, given: object, value: Json, tmp_path: Path) -> None:
    parsed = task(tmp_path).parse_params({name: given})
    assert parsed[name] == value
    assert task(tmp_path).parse_params(parsed) == parsed  # parsing twice is parsing once


BAD: list[tuple[str, object, str]] = [
    ("number", "much", 'the param "number" has to be a number'),
    ("number", "nan", 'the param "number" has to be a number'),
    ("number", "1e999", 'the param "number" has to be a number'),
    ("integer", "1.5", 'the param "integer" has to be a whole number'),
    ("integer", True, 'the param "integer" has to be a whole number'),
    ("boolean", "maybe", 'the param "boolean" has to be true or false'),
    ("date", "31.1.2026", 'the param "date" has to be a date as YYYY-MM-DD'),
    ("date", "2026-02-30", 'the param "date" has to be a date as YYYY-MM-DD'),
    ("choice", "red", 'the param "choice" has to be Red or 7; did you mean "Red"?'),
    ("email", "a", 'the param "email" has to be an e-mail address'),
    ("list", "[1", 'the param "list" begins with [ and is no JSON list'),
    ("list", "[[1]]", 'the param "list" has to be a list of values, or of mappings of values'),
    ("text", ["a"], 'the param "text" has to be text'),
    ("txt", "a", 'there is no param "txt"; did you mean "text"?'),
]


@pytest.mark.parametrize(("name", "given", "says"), BAD, ids=range(len(BAD)))
def test_bad_values(name: str, given: object, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        task(tmp_path).parse_params({name: given})
    assert str(error.value).startswith(f"{tmp_path / 'task.yaml'}: {says}")


def test_a_missing_param_says_how_to_give_it(tmp_path: Path) -> None:
    needing = task(
        tmp_path, " {name: {type: text}, colour: {type: choice, options: [Red, Blue]}, day: {type: date}, x: }"
    )
    with pytest.raises(BadInput) as error:
        needing.parse_params({"day": "2026-01-01", "x": "1"})
    assert str(error.value).endswith(
        'the params "name" (text) and "colour" (choice) needs a value; '
        "give it with --param name=VALUE --param colour=Red|Blue"
    )
    with pytest.raises(BadInput, match=r'the param "day" \(date\) needs a value; give it with --param day=YYYY-MM-DD$'):
        needing.parse_params({"name": "a", "colour": "Red", "x": "1"})
