"""From a table to what each row asks for: columns are params of the task file, a cell fits the type of its param."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cua.errors import BadInput
from cua.rows.table import Row, Table
from cua.run import Json
from cua.taskfile.params import BadValue, Param
from cua.taskfile.problems import did_you_mean, listed
from cua.taskfile.task import TaskFile

_SHOWN = 40
"""Characters of a cell in a message."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with the values for its params, or the `problem` that makes it a bad one. `key` is made of what stands in
    it: the same row of the same file has the same key wherever it stands; the second of two equal ones has another."""

    row: Row
    key: str
    values: Mapping[str, Json]
    problem: str = ""


def planned(table: Table, file: TaskFile, fixed: Mapping[str, object]) -> tuple[Planned, ...]:
    """Each row, with the params that are `fixed` for all of them. Raises BadInput where a column is no param, or a
    param has no value in any row."""
    params = {param.name: param for param in file.params}
    for name, line in table.columns.items():
        if name not in params:
            hint = did_you_mean(name, params) or (
                f"{file.path.name} has {listed(params, 'and')}" if params else f"{file.path.name} has none"
            )
            raise BadInput(f'--data: the column "{name}" is no param; {hint}', file=table.path, line=line)
        if name in fixed:
            raise BadInput(f'--param {name}: the rows have a column "{name}", too', file=table.path, line=line)
    _given_for_all(params, fixed, file)
    for param in params.values():
        if param.default is None and param.name not in table.columns and param.name not in fixed:
            why = f'--data: there is no column for the param "{param.name}"; add one, or say {param.how} for all rows'
            raise BadInput(why, file=table.path, line=min(table.columns.values(), default=1))
    seen: Counter[str] = Counter()
    rows = []
    for row in table.rows:
        digest = _digest(row.values)
        seen[digest] += 1
        values, problem = _typed(row, params, fixed)
        rows.append(Planned(row, f"{digest}.{seen[digest]}", {**fixed_texts(fixed), **values}, problem))
    return tuple(rows)


def fixed_texts(fixed: Mapping[str, object]) -> dict[str, Json]:
    """As they came from the command line: the run itself gives them their type."""
    return {
        name: value if isinstance(value, int | float | bool | list) else str(value) for name, value in fixed.items()
    }


def _given_for_all(params: Mapping[str, Param], fixed: Mapping[str, object], file: TaskFile) -> None:
    for name, value in fixed.items():
        if name not in params:
            hint = did_you_mean(name, params) or (f"it has {listed(params, 'and')}" if params else "it has none")
            raise BadInput(f'there is no param "{name}"; {hint}', file=file.path)
        try:
            params[name].parse(value)
        except BadValue as error:
            raise BadInput(f'the param "{name}" {error}', file=file.path) from None


def _typed(row: Row, params: Mapping[str, Param], fixed: Mapping[str, object]) -> tuple[dict[str, Json], str]:
    """The values of a row in their types, and what is wrong with it."""
    if row.problem:
        return {}, row.problem
    values: dict[str, Json] = {}
    wrong: list[str] = []
    for name, given in row.values.items():
        param = params[name]
        if given is None or (isinstance(given, str) and not given.strip()):
            if param.default not in ("", []):  # any other default in its place would be a guess
                wrong.append(f'the cell of "{name}" is empty')
            continue
        try:
            values[name] = param.parse(given)
        except BadValue as error:
            wrong.append(f'"{name}" {error}, not {_short(given)}')
    given_names = row.values.keys() | fixed.keys()
    wrong += [
        f'"{one.name}" is missing' for one in params.values() if one.default is None and one.name not in given_names
    ]
    return values, "; ".join(wrong)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _digest(values: Mapping[str, object]) -> str:
    text = json.dumps(sorted(values.items()), ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
