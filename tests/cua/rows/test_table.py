"""Files of rows: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.rows.files import read
from cua.rows.plan import planned
from cua.taskfile.load import load

TASK = """cua: 1
params:
  name: {type: text}
  n: {type: integer}
  note: {type: text, required: false}
  kind: {type: choice, options: [Small, Large], default: Small}
steps:
  - type: {into: Name, text: "{name} {n} {note} {kind}"}
"""


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("a.csv", "name,n\nTea,1\n\nCoffee,2\n", [(2, {"name": "Tea", "n": "1"}), (4, {"name": "Coffee", "n": "2"})]),
        ("b.csv", "\ufeffname;n\r\n\"a; b\nc\";1\r\nd;2\r\n",
         [(2, {"name": "a; b\nc", "n": "1"}), (4, {"name": "d", "n": "2"})]),
        ("a.tsv", "name\tn\na,b\t1\n", [(2, {"name": "a,b", "n": "1"})]),
        ("a.json", '[{"name": "Tea", "n": 1},\n\n {"n": [2]}]', [(1, {"name": "Tea", "n": 1}), (3, {"n": [2]})]),
    ],
)  # fmt: skip
def test_rows_and_their_lines(tmp_path: Path, name: str, data: str, rows: list[tuple[int, dict[str, object]]]) -> None:
    path = tmp_path / name
    path.write_bytes(data.encode())
    assert [(row.line, row.values) for row in read(path).rows] == rows


@pytest.mark.parametrize(
    ("name", "data", "line", "said"),
    [
        ("a.csv", b"", None, "empty"),
        ("a.csv", b"name,n\n", None, "no row"),
        ("a.csv", b"name,name\n1,2\n", 1, '"name" is there twice'),
        ("a.csv", b"name,\n1,2\n", 1, "column 2 has no name"),
        ("a.csv", b'name,n\nx,1\n"y,2\n', 3, "no CSV from here on"),
        ("a.csv", b"name,n\nx,1\n\xff,2\n", 3, "not UTF-8"),
        ("a.csv", b"name,n\nx\0,1\n", 2, "NUL"),
        ("a.json", b'{"name": 1}', 1, "no list of objects"),
        ("a.json", b'[{"name": 1},\n {"name": }]', 2, "no JSON"),
        ("a.json", b'[{"name": 1}\n {"name": 2}]', 2, "a comma or ]"),
        ("a.json", b'[{"name": 1,\n "name": 2}]', 1, '"name" is there twice'),
        ("a.json", b'[{"name": NaN}]', 1, "NaN is no JSON"),
        ("a.json", b"[" * 100_000, 1, "no JSON"),
        ("a.json", b'[{"name": 1}] x', 1, "something follows"),
        ("a.xls", b"", None, "save the sheet as .xlsx, or as CSV"),
        ("nowhere.csv", None, None, "No such file"),
    ],
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, name: str, data: bytes | None, line: int | None, said: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        read(path)
    assert said in str(refused.value)
    assert (refused.value.file, refused.value.line) == (path, line)


def _planned(tmp_path: Path, data: str, **fixed: object) -> list[tuple[str, dict[str, object]]]:
    (tmp_path / "t.yaml").write_text(TASK)
    (tmp_path / "a.csv").write_text(data)
    rows = planned(read(tmp_path / "a.csv"), load(tmp_path / "t.yaml"), fixed)
    return [(row.problem, dict(row.values)) for row in rows]


def test_a_bad_row_says_why_and_the_others_are_typed(tmp_path: Path) -> None:
    data = "name,n,note,kind\nTea,3,,Large\nTea,x,,Tiny\n,1,a,Small\nTea,1\nTea,1,,\n"
    good, typed, empty, short, blank = _planned(tmp_path, data)
    assert good == ("", {"name": "Tea", "n": 3, "kind": "Large"})
    assert '"n" has to be a whole number, not "x"; "kind" has to be Small or Large' in typed[0]
    assert empty[0] == 'the cell of "name" is empty'
    assert short[0] == "it has 2 cells, the header has 4"
    assert blank[0] == 'the cell of "kind" is empty', "its default would be a guess"


@pytest.mark.parametrize(
    ("data", "fixed", "said"),
    [
        ("nam,n\na,1\n", {}, 'a.csv:1: --data: the column "nam" is no param; did you mean "name"?'),
        ("name\na\n", {}, 'a.csv:1: --data: there is no column for the param "n"; add one, or say --param n=NUMBER'),
        ("name,n\na,1\n", {"n": "2"}, 'a.csv:1: --param n: the rows have a column "n", too'),
        ("name\na\n", {"n": "x"}, 't.yaml: the param "n" has to be a whole number'),
        ("name,n\na,1\n", {"colour": "red"}, 't.yaml: there is no param "colour"'),
    ],
)
def test_what_is_wrong_with_all_rows_is_refused(tmp_path: Path, data: str, fixed: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        _planned(tmp_path, data, **fixed)
    assert said in str(refused.value)


def test_a_row_has_its_key_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(TASK)
    keys = []
    for data in ("name,n\na,1\nb,2\na,1\n", "n,name\n2,b\n1,a\n1,a\n"):
        (tmp_path / "a.csv").write_text(data)
        keys.append([row.key for row in planned(read(tmp_path / "a.csv"), load(tmp_path / "t.yaml"), {})])
    (a, b, a2), (b_, a_, a2_) = keys
    assert (a, b, a2) == (a_, b_, a2_)
    assert len({a, b, a2}) == 3
