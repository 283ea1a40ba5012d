"""Reading JSON from a stranger: sizes are capped before it is parsed, and every value knows its place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cua.errors import BadInput
from cua.taskfile.load import MAX_STEPS

MAX_BYTES = 8 << 20
"""Recordings may hold pictures, which are skipped."""
MAX_DEPTH = 64
MAX_VALUES = 400_000
MAX_NUMBER = 1e9
"""Of what is read as a number: pixels, milliseconds, counts."""

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{},\n]")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_of(path: Path) -> str:
    """The text of a plain file. Raises BadInput."""
    try:
        if path.is_dir():
            raise BadInput("this is a folder", file=path)
        if not path.exists():
            raise BadInput("there is no such file", file=path)
        if not path.is_file():
            raise BadInput("this is not a plain file", file=path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadInput(f"the file cannot be read: {error}", file=path) from None
    if len(data) > MAX_BYTES:
        raise BadInput(f"the file is larger than {MAX_BYTES >> 20} MiB", file=path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("the file is not UTF-8", file=path, line=data.count(b"\n", 0, error.start) + 1) from None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a JSON file. `at` is its place: steps[3].selectors[0]."""

    value: object
    at: str
    file: Path
    line: int | None = None

    def wrong(self, what: str) -> BadInput:
        return BadInput(f"{self.at}: {what}" if self.at else what, file=self.file, line=self.line)

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def get(self, key: str) -> Value:
        """What stands under a key; null where nothing does. Raises BadInput where there can be no keys."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"this is {_called(self.value)}, and has to be an object")
        return Value(self.value.get(key), f"{self.at}.{key}" if self.at else key, self.file, self.line)

    @property
    def items(self) -> tuple[Value, ...]:
        """The values of a list; none of null. Raises BadInput."""
        if self.value is None:
            return ()
        if not isinstance(self.value, list):
            raise self.wrong(f"this is {_called(self.value)}, and has to be a list")
        return tuple(Value(one, f"{self.at}[{number}]", self.file, self.line) for number, one in enumerate(self.value))

    @property
    def steps(self) -> tuple[Value, ...]:
        """The values of a list of steps. Raises BadInput, for too many too."""
        if not isinstance(self.value, list) or not self.value:
            raise self.wrong("there are no steps" if not self.value else "this has to be a list of steps")
        if len(self.value) > MAX_STEPS:
            raise self.wrong(f"there are more than {MAX_STEPS:,} steps")
        return self.items

    @property
    def text(self) -> str:
        """Raises BadInput for what is no text, or has control characters in it."""
        if not isinstance(self.value, str):
            raise self.wrong(f"this is {_called(self.value)}, and has to be text")
        if odd := _ODD.search(self.value):
            raise self.wrong(f"there is a control character (U+{ord(odd[0]):04X}) in it")
        return self.value

    @property
    def words(self) -> str:
        """The text; "" of null."""
        return "" if self.value is None else self.text

    @property
    def number(self) -> float | None:
        """Raises BadInput for what is neither a number nor null."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong(f"this is {_called(self.value)}, and has to be a number")
        if not abs(self.value) < MAX_NUMBER:
            raise self.wrong("this number is too large")
        return float(self.value)


def _called(value: object) -> str:
    match value:
        case None:
            return "missing"
        case bool():
            return str(value).lower()
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return "text"
        case _:
            return "a number"


def parsed(text: str, file: Path, line: int | None = None) -> Value:
    """The value that the text holds. `line`: where it stands, of a file with a value a line. Raises BadInput."""
    _measure(text, file, line)
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_int=_int)
    except json.JSONDecodeError as error:
        raise BadInput(f"this is not JSON: {error.msg}", file=file, line=line or error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise BadInput(f"this is not JSON: {error}", file=file, line=line) from None
    return Value(value, "", file, line)


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _int(digits: str) -> int:
    if len(digits) > 32:
        raise ValueError("there is a number of more than 32 digits")
    return int(digits)


def _measure(text: str, file: Path, line: int | None) -> None:
    depth = values = 0
    at = line or 1
    for sign in _BRACKET.finditer(_STRING.sub("", text)):
        match sign[0]:
            case "{" | "[":
                depth += 1
            case "}" | "]":
                depth -= 1
            case "\n":
                at += 1 if line is None else 0
                continue
        values += 1
        if depth > MAX_DEPTH:
            raise BadInput(f"it is nested deeper than {MAX_DEPTH} levels", file=file, line=at)
        if values > MAX_VALUES:
            raise BadInput(f"the file holds more than {MAX_VALUES:,} values", file=file, line=at)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line
