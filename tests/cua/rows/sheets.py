"""Workbooks for tests, written by openpyxl."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook


def save(path: Path, rows: Iterable[Sequence[object]], *, as_texts: bool = False) -> Path:
    """A workbook of one sheet; `as_texts`: what begins with = is no formula, and "#N/A" no error."""
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column, value)
            if as_texts and isinstance(value, str) and value:
                cell.data_type = "s"
    book.save(path)
    return path


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """With something else in one part, as no library writes it."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part].decode(), f"{part} has no {old}"
    parts[part] = parts[part].decode().replace(old, new, 1).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
