"""Rows of workbooks: the texts a CSV of the sheet would hold; what cannot be one is refused in a line."""

from __future__ import annotations

import csv
import random
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from cua.errors import BadInput
from cua.rows import table as limits
from cua.rows import workbook
from cua.rows.files import read
from tests.cua.rows.sheets import changed, save

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("Tea", "General", "Tea"),
        (" a\nb ", "General", " a\nb "),
        (42, "General", "42"),
        (42.0, "#,##0.00 €", "42"),
        (-0.0, "General", "0"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (123456789012345, "General", "123456789012345"),
        (1e300, "General", "1e+300"),
        (0.15, "0%", "15%"),
        (0.155, "0%", "15.5%"),
        (-1.5, '"up to" 0.00%', "-150%"),
        (15, '0"%"', "15"),
        (42, "00000", "00042"),
        (True, "General", "true"),
        (False, "General", "false"),
        (date(2026, 1, 2), "dd/mm/yyyy", "2026-01-02"),
        (datetime.fromisoformat("2026-01-02T03:04:05"), "General", "2026-01-02T03:04:05"),
        (time(3, 4), "hh:mm", "03:04:00"),
        (timedelta(hours=36.5), "[h]:mm", "36:30:00"),
        (date(1900, 1, 1), "yyyy-mm-dd", "1900-01-01"),
        ("_x000D_", "General", "\r"),
    ],
)
def test_a_cell_is_the_text_a_csv_would_hold(tmp_path: Path, value: object, form: str, text: str) -> None:
    book = Workbook()
    book.active.append(["name", "n"])
    book.active.append(["a", value])
    if form != "General":
        book.active["B2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    assert [dict(row.values) for row in read(tmp_path / "a.xlsx").rows] == [{"name": "a", "n": text}]


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["d"])
    book.active.append([date(2026, 1, 2)])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").rows[0].values == {"d": "2026-01-02"}


def test_blank_rows_are_no_rows_and_lines_are_those_of_the_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], ["name", "n", None], ["Tea"], [None, " "], ["Coffee", 2]]
    read_ = read(save(tmp_path / "a.XLSX", rows))
    assert read_.columns == {"name": 2, "n": 2}
    assert [(row.number, row.line, dict(row.values)) for row in read_.rows] == [
        (1, 3, {"name": "Tea", "n": ""}),
        (2, 5, {"name": "Coffee", "n": "2"}),
    ]


def test_the_first_sheet_that_is_shown_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_chartsheet("Chart")
    book.create_sheet("Shown").append(["name"])
    book["Shown"].append(["Tea"])
    book.create_sheet("Later").append(["other"])
    book.save(tmp_path / "a.xlsm")
    assert dict(read(tmp_path / "a.xlsm").columns) == {"name": 1}


def test_a_cell_without_a_value_is_a_problem_of_its_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [["name", "n"], ["=A1", 1], ["Tea", "#N/A"], ["Coffee", 2, "more"], ["Milk", 3]]
    problems = [row.problem for row in read(save(tmp_path / "a.xlsx", rows)).rows]
    assert problems[0].startswith("the cell A2 is a formula without a value")
    assert problems[1:] == ["the cell B3 is an error: #N/A", "it has 3 cells, the header has 2", ""]


def test_a_formula_has_the_value_that_was_saved(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [["name", "n", "o"], ["Tea", "=1+1", "=B2"]])
    changed(path, SHEET, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    changed(path, SHEET, '<c r="C2"><f>B2</f><v />', '<c r="C2" t="str"><f>B2</f><v></v>')
    (row,) = read(path).rows
    assert (row.problem, dict(row.values)) == ("", {"name": "Tea", "n": "2", "o": ""})


def test_texts_that_are_shared_formatted_or_spoken(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [["name", "n"], ["Tea", 1]])
    strings = (
        f'<sst xmlns="{SHEET_MAIN_NS}"><si><t>other</t></si><si><r><t>Green</t></r><r><rPr><b/></rPr>'
        '<t xml:space="preserve"> Tea_x005F_x000D_</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si></sst>'
    )
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    kind = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></Types>'
    changed(path, "[Content_Types].xml", "</Types>", kind)
    changed(path, SHEET, '<c r="A2" t="inlineStr"><is><t>Tea</t></is></c>', '<c r="A2" t="s"><v>1</v></c>')
    (row,) = read(path).rows
    assert row.values == {"name": "Green Tea_x000D_", "n": "1"}


def test_a_dimension_that_lies_hides_nothing(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [["name", "n"], ["Tea", 1], ["Coffee", 2]])
    changed(path, SHEET, 'ref="A1:B3"', 'ref="A1:A2"')
    assert [row.values["n"] for row in read(path).rows] == ["1", "2"]


CELL = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12).filter(lambda text: "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    st.sampled_from(["=1+1", "#N/A", "007", "1e5", "a;b,c\td", '"', "TRUE", "+1", "1/2", "<&>", "x\ny", "'"]),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=6))
def test_rows_read_as_the_csv_of_the_same_texts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | int | float]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    whole: list[list[str | int | float]] = [["key", "one", "two"]]
    whole += [[f"row {number}", *cells] for number, cells in enumerate(rows)] or [["row", "", ""]]
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([[_said(cell) for cell in cells] for cells in whole])
    sheet, text = read(save(folder / "a.xlsx", whole, as_texts=True)), read(folder / "a.csv")
    assert list(sheet.columns) == list(text.columns)
    assert [(dict(row.values), row.problem) for row in sheet.rows] == [
        (dict(row.values), row.problem) for row in text.rows
    ]


def _said(cell: str | float) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _zip(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "no .xlsx workbook"),
        ("a.xlsx", b"name,n\nTea,1\n", "no .xlsx workbook"),
        ("a.xlsx", _zip(a=b"b"), "no .xlsx workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "it has a password"),
        ("a.xlsx", _zip(**{"[Content_Types].xml": b"<a/>"}), "no .xlsx workbook"),
        ("a.xls", b"", "does not read .xls files; save the sheet as .xlsx"),
        ("a.ods", b"", "does not read .ods files"),
        ("a.numbers", b"", "does not read .numbers files"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    _refused(tmp_path / name, said)


def _refused(path: Path, said: str, line: int | None = None) -> None:
    with pytest.raises(BadInput) as refused:
        read(path)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (refused.value.file, refused.value.line) == (path, line)


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ([], None, "empty"),
        ([["name"]], None, "no row"),
        ([[], ["name", "name"], ["a"]], 2, '"name" is there twice'),
        ([["name", None, "n"], ["a"]], 1, "column 2 has no name"),
        ([["name", "#REF!"], ["a"]], 1, "the cell B1 is an error: #REF!"),
        ([[f"c{number}" for number in range(501)], ["a"]], 1, "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_its_row(
    tmp_path: Path, rows: list[list[object]], line: int | None, said: str
) -> None:
    _refused(save(tmp_path / "a.xlsx", rows), said, line)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "there is a DTD in it"),
        ("xl/styles.xml", "<styleSheet", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><styleSheet', "there is a DTD in it"),
        (SHEET, '<row r="2"', '<row r="1"', "row 1 comes after row 1"),
        (SHEET, '<row r="2"', '<row r="9999999999"', "row 9999999999 comes after"),
        (SHEET, 'r="B2"', 'r="A2"', "out of order"),
        (SHEET, 'r="B2"', 'r="ZZZ2"', "more than 16,384 cells"),
        (SHEET, 'r="B2"', 'r="ZZZZZZZ2"', "no .xlsx workbook"),
        (SHEET, "</sheetData>", "</sheet>", "no .xlsx workbook"),
        ("xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         "http://purl.oclc.org/ooxml/spreadsheetml/main", "Strict Open XML"),
        ("xl/workbook.xml", 'state="visible"', 'state="veryHidden"', "no visible sheet"),
    ],
)  # fmt: skip
def test_a_hostile_workbook_is_refused_in_a_line(tmp_path: Path, part: str, old: str, new: str, said: str) -> None:
    _refused(changed(save(tmp_path / "a.xlsx", [["name", "n"], ["Tea", 1]]), part, old, new), said)


@pytest.mark.parametrize("what", ["<c/>" * 1_000_000, "x" * 270_000_000])
def test_a_bomb_is_refused(tmp_path: Path, what: str) -> None:
    path = changed(save(tmp_path / "a.xlsx", [["name"], ["Tea"]]), SHEET, "<row", f"{what}<row")
    assert path.stat().st_size < limits.MOST_BYTES
    _refused(path, "--data: ")


def test_limits_are_those_of_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.xlsx", [["name"], ["a"], ["b"], ["c"]])
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    _refused(path, "more than 2 rows", 4)
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1000)
    _refused(path, "unpacks to more than")


def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path) -> None:
    whole = save(tmp_path / "a.xlsx", [["name", "n"], ["Tea", date(2026, 1, 2)], ["Coffee", 0.5]]).read_bytes()
    with ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(7)
    for round_ in range(600):
        torn = dict(parts)
        if round_ % 2:
            name = chance.choice(sorted(torn))
            torn[name] = _torn(torn[name], chance)
            data = _zip(**torn)
        else:
            data = _torn(whole, chance)
        path = tmp_path / "torn.xlsx"
        path.write_bytes(data)
        with suppress(BadInput):
            read(path)


def _torn(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out))
        match chance.randrange(3):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randint(1, 20)]
            case _:
                out[at:at] = out[at : at + chance.randint(1, 20)]
        out = out or bytearray(b"x")
    return bytes(out)
