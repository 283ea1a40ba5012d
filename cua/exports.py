"""What extract steps read, as a file: .json (a list) or .csv (a table), added to by every step that names it."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

from cua.run import Json
from envs.errors import CuaError


class NotWritten(CuaError):
    """The file cannot be written: disk full, read-only, no such folder."""


def export(path: Path, name: str, value: Json, *, fresh: bool) -> None:
    """Write what was read under `name` into the file; `fresh` begins it anew, else it is added to.

    A list goes in one entry or line an item, anything else as one. The file is replaced whole or not at all.
    Raises NotWritten.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        items: list[Json] = value if isinstance(value, list) else [{name: value}]
        old = "" if fresh or not path.exists() else path.read_text("utf-8")
        text = _table(old, items) if path.suffix.lower() == ".csv" else _list(old, items)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_text(text, "utf-8", newline="")
        part.replace(path)
    except (OSError, ValueError) as error:
        raise NotWritten(f"{path.name} cannot be written: {error}") from error


def _list(old: str, items: list[Json]) -> str:
    kept = json.loads(old) if old else []
    return json.dumps([*kept, *items], ensure_ascii=False, indent=2) + "\n"


def _table(old: str, items: list[Json]) -> str:
    """One column for every key that any line has, in the order in which they come."""
    lines: list[dict[str, Any]] = [dict(line) for line in csv.DictReader(io.StringIO(old))]
    lines += [item if isinstance(item, dict) else {"value": item} for item in items]
    columns = list(dict.fromkeys(key for line in lines for key in line))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    if columns:
        writer.writeheader()
    writer.writerows({key: _cell(part) for key, part in line.items()} for line in lines)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
