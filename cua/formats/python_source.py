"""Python from a stranger, read as a syntax tree: nothing of it is ever run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cua.errors import BadInput
from cua.formats.flow import joined
from cua.formats.losses import CannotSay
from cua.formats.python_words import ref_of
from cua.taskfile.load import MAX_STEPS
from cua.taskfile.template import Ref, Template

MAX_NODES = 400_000


def tree_of(text: str, file: Path) -> ast.Module:
    """Raises BadInput with the line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise BadInput(f"this is not Python: {error.msg}", file=file, line=error.lineno) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadInput(
            f"this is not Python that can be read: {str(error) or 'it is nested too deep'}", file=file
        ) from None
    statements = 0
    for nodes, node in enumerate(ast.walk(tree)):
        statements += isinstance(node, ast.stmt)
        if nodes > MAX_NODES or statements > MAX_STEPS:
            raise BadInput(
                f"there are more than {MAX_STEPS:,} statements", file=file, line=getattr(node, "lineno", None)
            )
    return tree


@dataclass(frozen=True, slots=True)
class Call:
    """`.name(args)` of a chain; `bare`: a property, without brackets."""

    name: str
    args: tuple[ast.expr, ...] = ()
    named: tuple[tuple[str, ast.expr], ...] = ()
    bare: bool = False

    def option(self, name: str) -> ast.expr | None:
        return next((value for key, value in self.named if key == name), None)


def chain(node: ast.expr) -> tuple[str, tuple[Call, ...]]:
    """`page.a(x).b.c()` as its variable and calls; a call of a plain function begins with that: ("", (field(…), …)).
    Raises CannotSay for what is none."""
    calls: list[Call] = []
    while True:
        match node:
            case ast.Await(value):
                node = value
            case ast.Call(ast.Attribute(value, name), args, keywords):
                calls.append(Call(name, tuple(args), _named(keywords)))
                node = value
            case ast.Attribute(value, name):
                calls.append(Call(name, bare=True))
                node = value
            case ast.Subscript(value, index):
                calls.append(Call("[]", (index,)))
                node = value
            case ast.Call(ast.Name(name), args, keywords):
                calls.append(Call(name, tuple(args), _named(keywords)))
                return "", tuple(reversed(calls))
            case ast.Name(name):
                return name, tuple(reversed(calls))
            case _:
                raise CannotSay(f"this is nothing that a workflow says: {shown(node)}")


def _named(keywords: list[ast.keyword]) -> tuple[tuple[str, ast.expr], ...]:
    return tuple((word.arg, word.value) for word in keywords if word.arg is not None)


def shown(node: ast.AST) -> str:
    """The code in one short line."""
    try:
        text = " ".join(ast.unparse(node).split())
    except (ValueError, RecursionError):
        return "…"
    return text if len(text) <= 80 else f"{text[:79]}…"


def words(node: ast.expr | None) -> Template:
    """Text: literals, variables, and these put together. Raises CannotSay."""
    return joined(tuple(_pieces(node)))


def _pieces(node: ast.expr | None) -> Iterator[str | Ref]:
    match node:
        case ast.Constant(str(text)):
            yield sound(text)
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            yield str(number)
        case ast.Name(name):
            yield Ref(ref_of(name))
        case ast.Subscript(ast.Name(name), ast.Constant(str(key))) if re.fullmatch(r"[^{}]+", key):
            yield Ref(ref_of(name), key)
        case ast.BinOp(left, ast.Add(), right):
            yield from _pieces(left)
            yield from _pieces(right)
        case ast.JoinedStr(values):
            for value in values:
                yield from _pieces(value.value if isinstance(value, ast.FormattedValue) else value)
        case ast.Call(ast.Name("whole" | "part" | "address" | "str"), [inner]):
            yield from _pieces(inner)
        case ast.Call(ast.Attribute(ast.Name("re"), "compile"), [ast.Constant(str(pattern)), *_]):
            yield literal(pattern)
        case _:
            what = "nothing" if node is None else shown(node)
            raise CannotSay(f"this is no plain text: {what}")


def sound(text: str) -> str:
    """The text, when a task file can hold it. Raises CannotSay."""
    if odd := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", text):
        raise CannotSay(f"there is a control character (U+{ord(odd[0]):04X}) in a text")
    return text


def literal(pattern: str) -> str:
    """The text that a simple regular expression stands for: ^Save$ is Save. Raises CannotSay for any other."""
    body = pattern.removeprefix("^").removesuffix("$")
    plain = re.sub(r"\\([^A-Za-z0-9])", r"\1", body)
    if re.search(r"(?<!\\)[.*+?\[\](){}|^$]", body) or re.search(r"\\[A-Za-z0-9]", body):
        raise CannotSay(f"the regular expression {pattern!r} is no text")
    return sound(plain)


def number(node: ast.expr | None) -> float | None:
    """Raises CannotSay for what is no number."""
    match node:
        case None:
            return None
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)):
            return -float(value)
        case _:
            raise CannotSay(f"this is no number: {shown(node)}")


def secret(node: ast.expr) -> str | None:
    """The name of the environment variable that is read: os.environ["X"]; None when it is none."""
    match node:
        case ast.Subscript(ast.Attribute(ast.Name("os"), "environ"), ast.Constant(str(name))):
            return name
        case ast.Call(ast.Attribute(ast.Name("os"), "getenv"), [ast.Constant(str(name)), *_]):
            return name
        case ast.Call(ast.Attribute(ast.Attribute(ast.Name("os"), "environ"), "get"), [ast.Constant(str(name)), *_]):
            return name
        case _:
            return None
