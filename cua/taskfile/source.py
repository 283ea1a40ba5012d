"""Reading YAML from a stranger: text in, a tree of scalars, lists and mappings with line numbers out.

Nothing is constructed from the file: the parser's events are put together here, tags and aliases are refused as they
come by, and size, depth and number of nodes are capped while reading, so that no file can take more than a moment.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from cua.errors import BadInput

MAX_BYTES = 1 << 20
MAX_DEPTH = 64
MAX_NODES = 100_000

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, number or truth value as it was written; `plain`: without quotes. yes and no are words (YAML 1.2)."""

    text: str
    plain: bool
    line: int

    @property
    def null(self) -> bool:
        return self.plain and self.text in _NULL

    @property
    def flag(self) -> bool | None:
        """true or false; None when it is neither."""
        if not self.plain:
            return None
        return True if self.text in _TRUE else False if self.text in _FALSE else None

    @property
    def number(self) -> int | float | None:
        if not self.plain or len(self.text) > 32:
            return None
        if _INT.fullmatch(self.text):
            return int(self.text)
        return float(self.text) if _FLOAT.fullmatch(self.text) else None


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    pairs: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.text == key), None)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(name.text for name, _ in self.pairs)


Node = Scalar | Items | Entries


def read(path: Path) -> bytes:
    """The file's bytes. Raises BadInput for what is no plain, readable file of a sane size."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput("this is a folder; name the task file in it", file=path)
        if not stat.S_ISREG(mode):
            raise BadInput("this is not a plain file", file=path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput("there is no such file", file=path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(f"the file cannot be read: {reason}", file=path) from None
    if len(data) > MAX_BYTES:
        raise BadInput(f"the file is larger than {MAX_BYTES // 1024} KiB", file=path)
    return data


def parse(data: bytes, file: Path) -> Entries:
    """The mapping that the file holds. Raises BadInput with the line."""
    text = _decoded(data, file)
    try:
        node = _Composer(file).document(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        words, mark = _yaml_words(error)
        raise BadInput(f"this is not YAML: {words}", file=file, line=mark.line + 1 if mark else None) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise BadInput(f"this is not YAML: {str(error).splitlines()[0]}", file=file) from None
    if node is None or (isinstance(node, Scalar) and node.null):
        raise BadInput("the file is empty; a task file begins with `cua: 1`", file=file, line=1)
    if not isinstance(node, Entries):
        kind = "a list" if isinstance(node, Items) else "a text"
        raise BadInput(f"a task file is a mapping that begins with `cua: 1`; this is {kind}", file=file, line=node.line)
    return node


def _decoded(data: bytes, file: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("the file is not UTF-8", file=file, line=line) from None
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise BadInput(f"there is a control character (U+{ord(odd[0]):04X}) in the file", file=file, line=line)
    return text


def _yaml_words(error: MarkedYAMLError) -> tuple[str, Any]:
    """What is wrong and where."""
    problem = " ".join(str(error.problem or error.context or "it cannot be parsed").split())
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in str(error.context) and "end of stream" in problem:
        return "a quote that opens here is not closed", error.context_mark or mark
    if "\\t" in problem:
        return "a tab indents this line; use spaces", mark
    if "cannot start any token" in problem:
        return f"{problem}; put the text in quotes", mark
    if "mapping values are not allowed" in problem:
        return "a second colon in one line; put the text in quotes", mark
    if "expected <block end>" in problem:
        return "this does not fit to what is before it; text that begins with { or [ needs quotes", mark
    return problem, mark


class _Composer:
    """Puts the parser's events together, and stops at the first one that is not allowed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.nodes = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        seen = False
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                if seen:
                    raise self.wrong("there is a second document in the file; one file holds one task", event)
                seen = True
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"}:
                root = self.node(event, events, 1)
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        kind = type(event).__name__
        self.allow(event, kind, depth)
        line = event.start_mark.line + 1
        if kind == "ScalarEvent":
            return Scalar(str(event.value), event.style in (None, ""), line)
        if kind == "SequenceStartEvent":
            items: list[Node] = []
            while type(event := next(events)).__name__ != "SequenceEndEvent":
                items.append(self.node(event, events, depth + 1))
            return Items(tuple(items), line)
        return self.mapping(events, depth, line)

    def mapping(self, events: Iterator[Any], depth: int, line: int) -> Entries:
        pairs: list[tuple[Scalar, Node]] = []
        lines: dict[str, int] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            key = self.node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                raise self.wrong("a key has to be a word; text with braces or brackets needs quotes", event)
            if key.text in lines:
                raise self.wrong(f'"{key.text}" is here twice; the first is in line {lines[key.text]}', event)
            lines[key.text] = key.line
            pairs.append((key, self.node(next(events), events, depth + 1)))
        return Entries(tuple(pairs), line)

    def allow(self, event: Any, kind: str, depth: int) -> None:
        self.nodes += 1
        if kind == "AliasEvent" or event.anchor is not None:
            raise self.wrong("anchors and aliases (& and *) are not allowed; text with * or & needs quotes", event)
        if getattr(event, "tag", None) is not None:
            raise self.wrong("tags (!) are not allowed; text that begins with ! needs quotes", event)
        if depth > MAX_DEPTH:
            raise self.wrong(f"it is nested deeper than {MAX_DEPTH} levels", event)
        if self.nodes > MAX_NODES:
            raise self.wrong(f"the file holds more than {MAX_NODES} values", event)

    def wrong(self, why: str, event: Any) -> BadInput:
        return BadInput(why, file=self.file, line=event.start_mark.line + 1)
