"""Extracted values as files: added to within a run, written whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cua.exports import NotWritten, export
from cua.run import Json

ROWS: list[Json] = [{"Name": "Ann", "City": 'Ghent, "B"'}, {"Name": "Bo", "Age": 3}]


def test_rows_become_a_table_with_every_column(tmp_path: Path) -> None:
    file = tmp_path / "out" / "people.csv"
    export(file, "people", [*ROWS], fresh=True)
    export(file, "people", [{"Name": "Cy"}], fresh=False)
    with file.open(newline="") as text:
        lines = list(csv.DictReader(text))
    assert [line["Name"] for line in lines] == ["Ann", "Bo", "Cy"]
    assert lines[0]["City"] == 'Ghent, "B"'
    assert lines[1]["Age"] == "3"


def test_values_become_a_list(tmp_path: Path) -> None:
    file = tmp_path / "total.json"
    export(file, "total", "12", fresh=True)
    export(file, "rows", [*ROWS], fresh=False)
    assert json.loads(file.read_text()) == [{"total": "12"}, *ROWS]
    export(file, "total", "13", fresh=True)
    assert json.loads(file.read_text()) == [{"total": "13"}]


def test_what_cannot_be_written_is_told_and_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritten, match="cannot be written"):
        export(tmp_path / "file" / "x.csv", "x", "1", fresh=True)
    broken = tmp_path / "old.json"
    broken.write_text("{")
    with pytest.raises(NotWritten):
        export(broken, "x", "1", fresh=False)
    assert broken.read_text() == "{"
