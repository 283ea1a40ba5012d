"""The cells of a workbook's first visible sheet (Office Open XML), read as they come.

openpyxl knows the forms; what is opened, and how much of it, is decided here: of the package only the parts that say
something about the cells, no part with a DTD, nothing that unpacks to more than it may. Its own `load_workbook` reads
everything there is and does not tell an empty cell from a formula that was never calculated.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from openpyxl.cell.text import Text
from openpyxl.packaging.relationship import get_rels_path
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.worksheet import _reader as sheets
from openpyxl.xml.constants import ARC_CONTENT_TYPES, SHARED_STRINGS, SHEET_MAIN_NS

from cua.errors import BadInput

MOST_UNPACKED = 256 * 2**20
"""Bytes of all parts."""
_MOST_WHOLE = 8 * 2**20
"""Bytes of a part that is read at once: the list of the sheets, and what belongs to it."""
_MOST_PARTS = 10_000
_MOST_STRINGS = 4_000_000
_MOST_IN_A_ROW = 8 * 2**14
"""Elements between two ends of rows; a sheet is 2**14 columns wide."""
_LAST_ROW, _LAST_COLUMN = 2**20, 2**14
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = "http://purl.oclc.org/ooxml/"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MAIN = f"{{{SHEET_MAIN_NS}}}"

_DAMAGE = (
    *(BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, RuntimeError),  # zipfile
    *(SyntaxError, ExpatError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)
"""What reading a damaged file raises."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind` is that of the file ("n", "s", "b", "d", "e", "str"), `shown` the format of its number; `value` None is an
    empty cell, or with `formula` one that was never calculated."""

    row: int
    column: int
    kind: str
    value: object
    shown: str
    formula: bool

    @property
    def name(self) -> str:
        """As it is called in the sheet: B7."""
        letters, left = "", self.column
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row}"


def cells(path: Path, data: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the first visible sheet that have cells, with their numbers. Raises BadInput."""
    if data.startswith(_OLE):
        why = "--data: this is an old .xls, or it has a password; save it as .xlsx without one, or as CSV (UTF-8)"
        raise BadInput(why, file=path)
    with _damage(path), ZipFile(BytesIO(data)) as archive:
        _weighed(archive)
        reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with _quiet():
            _small(archive, ARC_CONTENT_TYPES)
            reader.read_manifest()
            book = _find_workbook_part(reader.package).PartName[1:]
            _small(archive, book, get_rels_path(book))
            reader.read_workbook()
            sheet = _first(archive, reader)
        strings = _strings(archive, _part(reader, SHARED_STRINGS))
        formats = _formats(archive, _part(reader, _STYLES))
        parser = sheets.WorkSheetParser(
            None,
            strings,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats={at for at, form in enumerate(formats) if is_date_format(form)},
            timedelta_formats={at for at, form in enumerate(formats) if is_timedelta_format(form)},
        )
        with archive.open(sheet) as source:
            yield from _rows(source, parser, formats)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except BadInput:
        raise
    except _Refused as error:
        raise BadInput(f"--data: {error}", file=path) from None
    except _DAMAGE as error:
        said = " ".join(str(error).split())[:120]
        raise BadInput(f"--data: this is no .xlsx workbook, or a damaged one ({said})", file=path) from None


class _Refused(Exception):
    """What this module itself says no to, in words."""


@contextmanager
def _quiet() -> Iterator[None]:
    """openpyxl warns of what it does not know; none of it is of any use here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# The package


def _weighed(archive: ZipFile) -> None:
    """Raises _Refused for what would unpack to too much, or declares entities."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise _Refused(f"the workbook has more than {_MOST_PARTS:,} parts")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _Refused(f"the workbook unpacks to more than {MOST_UNPACKED // 2**20} MiB; divide it")
    for part in parts:
        with archive.open(part) as source:
            _plain(source)


def _small(archive: ZipFile, *parts: str) -> None:
    """Raises _Refused for one that is too large to be read at once."""
    for part in parts:
        if archive.getinfo(part).file_size > _MOST_WHOLE:
            raise _Refused(f"the workbook's {part} has more than {_MOST_WHOLE // 2**20} MiB")


def _plain(source: IO[bytes]) -> None:
    """Raises _Refused for a document type (entities), which would stand before the first element."""
    parser = ParserCreate(namespace_separator=" ")
    begun: list[str] = []

    def declared(*_: object) -> None:
        raise _Refused("there is a DTD in it, which no spreadsheet program writes")

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda name, _: begun.append(name)
    with suppress(ExpatError):  # told when the part is read, if it is
        while not begun and (chunk := source.read(2**14)):
            parser.Parse(chunk)
    if begun and begun[0].startswith(_STRICT):
        raise _Refused('it was saved as "Strict Open XML"; save it as an ordinary .xlsx')


def _part(reader: Any, kind: str) -> str | None:
    found = reader.package.find(kind)
    return found.PartName.lstrip("/") if found is not None else None


def _first(archive: ZipFile, reader: Any) -> str:
    """The part of the first sheet that is shown and has cells."""
    for sheet, link in reader.parser.find_sheets():
        if sheet.state == "visible" and link.Type.endswith("/worksheet") and link.target in archive.namelist():
            return str(link.target)
    raise _Refused("there is no visible sheet in it")


def _strings(archive: ZipFile, part: str | None) -> list[str]:
    """The texts that cells point at."""
    texts: list[str] = []
    if part is None or part not in archive.namelist():
        return texts
    with archive.open(part) as source:
        for element in _each(source, f"{_MAIN}si"):
            if len(texts) == _MOST_STRINGS:
                raise _Refused(f"there are more than {_MOST_STRINGS:,} texts in it; divide it")
            texts.append(_unescaped(Text.from_tree(element).content))
    return texts


def _formats(archive: ZipFile, part: str | None) -> list[str]:
    """The number format of each style."""
    own: dict[int, str] = {}
    formats: list[str] = []
    if part is None or part not in archive.namelist():
        return ["General"]
    with archive.open(part) as source:
        for element in _each(source, f"{_MAIN}numFmts", f"{_MAIN}cellXfs"):
            for one in element:
                number = int(one.get("numFmtId", 0))
                if element.tag.endswith("numFmts"):
                    own[number] = one.get("formatCode", "General")
                else:
                    formats.append(own.get(number) or BUILTIN_FORMATS.get(number, "General"))
    return formats or ["General"]


def _unescaped(text: str) -> str:
    """ST_Xstring (ECMA-376, 22.9.2.19): what XML cannot hold is written as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _each(source: IO[bytes], *tags: str) -> Iterator[Element]:
    """The elements of these tags, each forgotten when the next is asked for."""
    open_: list[Element] = []
    since = 0
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            open_.append(element)
            since += 1
            if since > _MOST_IN_A_ROW:
                raise _Refused("a part of it is larger than a spreadsheet program writes")
            continue
        open_.pop()
        if element.tag in tags:
            yield element
            since = 0
            if open_:
                del open_[-1][:]


# The sheet


def _rows(source: IO[bytes], parser: Any, formats: list[str]) -> Iterator[tuple[int, list[Cell]]]:
    last = 0
    for element in _each(source, sheets.ROW_TAG, sheets.DATA_TAG):
        if element.tag == sheets.DATA_TAG:
            return  # what follows the cells says how they look
        with _quiet():
            number, read = parser.parse_row(element)
        if not last < number <= _LAST_ROW:
            raise _Refused(f"row {number} comes after row {last}")
        last = number
        found = [_cell(one, form, formats) for one, form in zip(read, element, strict=True)]
        columns = [cell.column for cell in found]
        if any(cell.row != number for cell in found) or columns != sorted(set(columns)):
            raise _Refused(f"the cells of row {number} are out of order")
        if columns and columns[-1] > _LAST_COLUMN:
            raise _Refused(f"row {number} has more than {_LAST_COLUMN:,} cells")
        yield number, found


def _cell(read: Any, element: Element, formats: list[str]) -> Cell:
    value, kind = read["value"], read["data_type"]
    if kind in ("s", "inlineStr", "str") and isinstance(value, str) and element.get("t") != "s":
        value = _unescaped(value)
    shown = formats[read["style_id"]] if 0 <= read["style_id"] < len(formats) else "General"
    formula = element.find(sheets.FORMULA_TAG) is not None
    return Cell(read["row"], read["column"], element.get("t", kind) if kind != "e" else kind, value, shown, formula)
