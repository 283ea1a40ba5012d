"""Reading rows: CSV and JSON (UTF-8 both), and sheets (.xlsx, .xlsm)."""

from __future__ import annotations

from pathlib import Path

from cua.errors import BadInput
from cua.rows import of_csv, of_json
from cua.rows.table import MOST_BYTES, Table

_SHEETS = (".xlsx", ".xlsm")
_BINARY = (".xls", ".xlsb", ".ods", ".numbers")


def read(path: Path) -> Table:
    """The rows of a file. Raises BadInput."""
    kind = path.suffix.lower()
    if kind in _BINARY:
        raise BadInput(f"--data does not read {kind} files; save the sheet as .xlsx, or as CSV (UTF-8)", file=path)
    data = _bytes(path)
    if kind in _SHEETS:
        from cua.rows import of_xlsx  # openpyxl takes a tenth of a second to load

        table = of_xlsx.table(path, data)
    else:
        text = _text(path, data)
        table = of_json.table(path, text) if kind == ".json" else of_csv.table(path, text)
    if not table.rows:
        raise BadInput("--data: there is no row in it", file=path)
    return table


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"--data: the file has more than {MOST_BYTES // 2**20} MiB; divide it", file=path)
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"--data: the file cannot be read: {error.strerror}", file=path) from None


def _text(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("--data: this is not UTF-8; save it as UTF-8", file=path, line=line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadInput("--data: there is a NUL character in it; this is no text file", file=path, line=line)
    return text
