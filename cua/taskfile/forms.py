"""What a task file says, read and checked, its names not yet filled in: frozen data between reader and compiler."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cua.run import Json
from cua.taskfile.template import Ref, Scope, Template
from grounding.anchors import Anchor
from grounding.target import Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TargetForm:
    """A target whose names are stand-ins (`holes`: stand-in and what it stands for), so that a value put in later can
    never be taken for grammar. `words` is how it was written."""

    target: Target
    holes: tuple[tuple[str, Ref], ...]
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class PathForm:
    """A path below the folder of the file."""

    template: Template

    @property
    def line(self) -> int:
        return self.template.line


@dataclass(frozen=True, slots=True)
class RowsForm:
    """A list written in the file: values (texts are templates) or mappings of them."""

    rows: tuple[Cell | tuple[tuple[str, Cell], ...], ...]
    line: int


Cell = Template | bool | int | float | None


@dataclass(frozen=True, slots=True)
class GivenForm:
    """Values for the params of a workflow."""

    values: tuple[tuple[str, Cell | tuple[Cell, ...]], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """An anchor, and the target that it is of: that of the steps with this verb and these words, on the page `at`."""

    verb: str
    words: str
    at: str
    anchor: Anchor
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping read by its form: every key that was there, its value in the type of its kind, and its line."""

    name: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def get(self, key: str, type_: type[T]) -> T | None:
        """The value of an optional key; None when it is not there. Raises TypeError if the grammar says otherwise."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, type_):
            raise TypeError(f"{self.name}.{key} is {type(value).__name__}, not {type_.__name__}")
        return value

    def need(self, key: str, type_: type[T]) -> T:
        """The value of a required key."""
        value = self.get(key, type_)
        if value is None:
            raise KeyError(f"{self.name}.{key}")
        return value

    def many(self, key: str, type_: type[T]) -> tuple[T, ...]:
        """The values of a list key; none when it is not there."""
        values = self.get(key, tuple) or ()
        return tuple(value for value in values if isinstance(value, type_))

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


@dataclass(frozen=True, slots=True)
class Do:
    """A step that acts or looks."""

    verb: str
    fields: Fields
    line: int
    expect: Fields | None = None
    commit: bool = False
    already: Fields | None = None
    timeout: float | None = None
    within: float | None = None
    name: str = ""
    pre: Fields | None = None
    always: tuple[Fields, ...] = ()
    never: tuple[Fields, ...] = ()
    recover: tuple[Do, ...] = ()

    @property
    def parts(self) -> tuple[object, ...]:
        """Where names can stand."""
        own = (self.fields, self.expect, self.already, self.pre, self.always, self.never)
        return (*own, *(part for remedy in self.recover for part in remedy.parts))


@dataclass(frozen=True, slots=True)
class If:
    question: Fields
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]
    line: int
    timeout: float | None = None

    @property
    def parts(self) -> tuple[object, ...]:
        """Where names can stand."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class ForEach:
    row: str
    rows: RowsForm | Ref | TargetForm
    do: tuple[Node, ...]
    line: int
    timeout: float | None = None

    @property
    def parts(self) -> tuple[object, ...]:
        """Where names can stand."""
        return (self.rows,)


@dataclass(frozen=True, slots=True)
class Repeat:
    do: tuple[Node, ...]
    until: Fields
    at_most: int | Ref
    line: int
    timeout: float | None = None

    @property
    def parts(self) -> tuple[object, ...]:
        """Where names can stand."""
        return (self.until, self.at_most)


@dataclass(frozen=True, slots=True)
class Call:
    """`workflow` is the path as it is written."""

    workflow: str
    given: GivenForm
    name: str | None
    line: int

    @property
    def parts(self) -> tuple[object, ...]:
        """Where names can stand."""
        return (self.given,)


Node = Do | If | ForEach | Repeat | Call


def blocks(node: Node) -> tuple[tuple[str, tuple[Node, ...]], ...]:
    """The lists of steps inside a node, by the key they stand under."""
    match node:
        case If():
            return ("then", node.then), ("else", node.otherwise)
        case ForEach() | Repeat():
            return (("do", node.do),)
        case _:
            return ()


def every(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """All nodes, those inside others too, in the order of the file; called files not included."""
    for node in nodes:
        yield node
        for _, inside in blocks(node):
            yield from every(inside)


def templates(value: object) -> Iterator[tuple[Ref, int]]:
    """Every name that is used in what was read for one key, with its line."""
    match value:
        case Template():
            for ref in value.refs:
                yield ref, value.line
        case Ref():
            yield value, 0
        case TargetForm():
            for _, ref in value.holes:
                yield ref, value.line
        case Fields():
            for key, inner in value.values.items():
                yield from ((inner, value.line_of(key)),) if isinstance(inner, Ref) else templates(inner)
        case PathForm() | RowsForm() | GivenForm():
            inner = value.template if isinstance(value, PathForm) else _cells(value)
            yield from templates(inner)
        case tuple():
            for inner in value:
                yield from templates(inner)
        case _:
            return


def _cells(form: RowsForm | GivenForm) -> tuple[object, ...]:
    return form.rows if isinstance(form, RowsForm) else form.values


def cell_value(cell: Cell, scope: Scope) -> Json:
    """The value of a cell; a lone name keeps its type. Raises NoValue."""
    if not isinstance(cell, Template):
        return cell
    return scope.value(cell.only) if cell.only is not None else cell.fill(scope)


def given_value(cell: Cell | tuple[Cell, ...], scope: Scope) -> Json:
    """A value that is given to a workflow. Raises NoValue."""
    return [cell_value(one, scope) for one in cell] if isinstance(cell, tuple) else cell_value(cell, scope)


def row_value(form: Cell | tuple[tuple[str, Cell], ...], scope: Scope) -> Json:
    """A row of a list. Raises NoValue."""
    if not isinstance(form, tuple):
        return cell_value(form, scope)
    return {name: cell_value(cell, scope) for name, cell in form}


def literal(cell: Cell | tuple[Cell, ...]) -> Json:
    """A cell without names as the value that it is."""
    if isinstance(cell, tuple):
        return [literal(one) for one in cell]
    return str(cell.plain) if isinstance(cell, Template) else cell
