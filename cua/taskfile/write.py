"""Writing task files: plain data in, short YAML in the style of `tasks/examples` out.

What is small stands in one line ({target: Add, near: Groups}), what is not gets lines of its own. `source.parse` reads
back the same data: words that YAML would take for something else are quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cua.taskfile.source import Scalar

Data = Mapping[str, "Data"] | Sequence["Data"] | str | bool | int | float | None
WIDTH = 110
"""Characters of a line, where a choice is left."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](.*\S)?")
_INSIDE = re.compile(r": | #|:$|\t")
_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_WORDS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null", "none", "~"})
_CONTROL = re.compile(r"[\x00-\x1f\ud800-\udfff]")
_ESCAPED = re.compile(r"[\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
SHORT = 60
"""Characters of what is not cut over two lines."""
_BLOCKS = frozenset({"steps", "do", "then", "else", "commands", "anchors"})
"""Keys whose lists always stand in lines of their own."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Among steps: a line that only people read."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Data whose lines are filled like those of a text: what people rarely read."""

    data: Data


def write(task: Mapping[str, object]) -> str:
    """The file as text. Keys stand in the order in which they come; an entry `"": Comment(…)` is a line of its own."""
    return "".join(f"{line}\n" for line in _mapping(task, 0))


def listed(values: Sequence[object]) -> str:
    """A list at the top of a document."""
    return "".join(f"{line}\n" for line in _items(values, 0))


def scalar(value: object, *, flow: bool = True) -> str:
    """A word, number or truth value. Raises TypeError for what is none of these."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and value == int(value) else repr(value)
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} cannot be written")
    return value if _is_plain(value, flow) else _quoted(value)


def _is_plain(text: str, flow: bool) -> bool:
    if (
        not _PLAIN.fullmatch(text)
        or _INSIDE.search(text)
        or text.casefold() in _WORDS
        or _ESCAPED.search(text)
        or _CONTROL.search(text)
    ):
        return False
    if flow and _IN_FLOW.search(text):
        return False
    read = Scalar(text, True, 1)
    return (
        read.number is None
        and not text.startswith(("---", "..."))
        and not re.fullmatch(r"[-+.0-9][\d_.:xobeE+-]*", text)
    )


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def inline(value: object) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    return scalar(value)


def _mapping(task: Mapping[str, object], indent: int) -> Iterator[str]:
    for key, value in task.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: object, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(value, Comment):
        yield f"{pad}# {_one_line(value.text)}"
        return
    if _deep(key, value):
        yield f"{pad}{scalar(key)}:"
        yield from (
            _items(value, indent + 2) if isinstance(value, list | tuple) else _mapping(_entries(value), indent + 2)
        )
        return
    if isinstance(value, Mapping | list | tuple):
        line = f"{pad}{scalar(key)}: {inline(value)}"
        if len(line) <= WIDTH or not value:
            yield line
            return
        yield f"{pad}{scalar(key)}:"
        yield from _items(value, indent + 2) if isinstance(value, list | tuple) else _mapping(value, indent + 2)
        return
    word = "" if value is None else f" {scalar(value, flow=False)}"
    yield f"{pad}{scalar(key)}:{word}"


def _entries(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _deep(key: str, value: object) -> bool:
    """Whether it holds steps, which never stand in one line."""
    if isinstance(value, list | tuple):
        return key in _BLOCKS and bool(value)
    return isinstance(value, Mapping) and any(_deep(inner, one) for inner, one in value.items())


def _items(values: Sequence[object], indent: int) -> Iterator[str]:
    pad = " " * indent
    for value in values:
        if isinstance(value, Comment):
            yield f"{pad}# {_one_line(value.text)}"
        elif isinstance(value, Filled):
            yield from _filled(f"{pad}- ", f"{pad}  ", value.data)
        elif isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, indent + 2)
            yield f"{pad}- {first[indent + 2 :]}"
            yield from rest
        else:
            yield f"{pad}- {inline(value)}"


def _filled(first: str, pad: str, value: Data) -> Iterator[str]:
    line = first
    for number, piece in enumerate(_pieces(value)):
        if number and len(line) + 1 + len(piece) > WIDTH:
            yield line.rstrip()
            line = f"{pad} "
        line += piece if line in (first, f"{pad} ") else f" {piece}"
    yield line


def _pieces(value: Data) -> list[str]:
    """A value in one line, cut where a line may end: after commas, what is short in one piece."""
    whole = inline(value)
    if len(whole) <= SHORT or not isinstance(value, Mapping | list | tuple):
        return [whole]
    found: list[str] = []
    named = value.items() if isinstance(value, Mapping) else (("", one) for one in value)
    for key, one in named:
        inner = _pieces(one)
        head = f"{scalar(key)}: " if isinstance(value, Mapping) else ""
        found += [head + inner[0], *inner[1:]]
        found[-1] += ","
    opens, closes = "{}" if isinstance(value, Mapping) else "[]"
    found[-1] = found[-1][:-1] + closes
    return [opens + found[0], *found[1:]]


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", " ", text).split())
