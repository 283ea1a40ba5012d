"""Are the names right? What stands in braces must be known by then, secrets must be declared, calls must fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cua.taskfile.forms import (
    Call,
    Cell,
    Do,
    ForEach,
    If,
    Node,
    Repeat,
    RowsForm,
    TargetForm,
    literal,
    templates,
)
from cua.taskfile.params import BadValue, Param
from cua.taskfile.problems import Problems, did_you_mean, listed
from cua.taskfile.template import Ref, Template


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is known of a name: `word` what it is, `parts` its parts (None: not known, empty: it has none)."""

    word: str
    parts: frozenset[str] | None = None


_ONE = frozenset[str]()
Called = Mapping[str, tuple[Param, ...]]
"""The params of the files that are called, by the path as written."""


class Names:
    """Walks the program in its order."""

    def __init__(self, params: tuple[Param, ...], secrets: tuple[str, ...], called: Called, problems: Problems) -> None:
        self.known = {param.name: _Kind("a param", None if param.type == "list" else _ONE) for param in params}
        self.secrets = secrets
        self.called = called
        self.problems = problems
        self.rows: list[str] = []
        for param in params:
            if param.name in secrets:
                problems.add(param.line, f'"{param.name}" is a param and a secret', "it can be only one of them")

    def fixed(self, value: object, what: str) -> None:
        """What is filled in before the run: goal, start, done."""
        for ref, line in templates(value):
            self.use(ref, line, f"{what} can use only params")

    def program(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            self.node(node)

    def node(self, node: Node) -> None:
        match node:
            case Do():
                self.do(node)
            case If():
                self.uses(node.question)
                self.program(node.then)
                self.program(node.otherwise)
            case ForEach():
                self.for_each(node)
            case Repeat():
                if isinstance(node.at_most, Ref):
                    self.use(node.at_most, node.line)
                self.program(node.do)
                self.uses(node.until)
            case Call():
                self.call(node)

    def uses(self, *values: object) -> None:
        for value in values:
            for ref, line in templates(value):
                self.use(ref, line)

    def use(self, ref: Ref, line: int, hint: str = "") -> None:
        kind = self.known.get(ref.name)
        if kind is None and ref.name in self.secrets:
            self.problems.add(
                line, f"{ref} is a secret, which can only be typed", f"type: {{into: …, secret: {ref.name}}}"
            )
        elif kind is None:
            known = f"known here: {listed(self.known, 'and')}" if self.known else "no names are known here"
            self.problems.add(line, f"{ref} is not known", did_you_mean(ref.name, self.known) or hint or known)
        elif ref.key is not None and kind.parts is not None and not _has(kind.parts, ref.key):
            what = (
                f"{ref.name} has only {listed(sorted(kind.parts), 'and')}"
                if kind.parts
                else f"{ref.name} is {kind.word}"
            )
            self.problems.add(line, f"{ref} is not known", what)
        elif ref.key is None and kind.parts:
            parts = listed(sorted(kind.parts))
            self.problems.add(line, f"{ref} has parts", f"write {{{ref.name}.PART}} with {parts}")

    def do(self, node: Do) -> None:
        self.uses(node.fields, node.expect, node.already, node.pre, node.always, node.never)
        for remedy in node.recover:
            self.do(remedy)
        secret = node.fields.values.get("secret") if node.verb == "type" else None
        if isinstance(secret, str) and secret not in self.secrets:
            hint = did_you_mean(secret, self.secrets) or f"declare it: secrets: [{secret}]"
            self.problems.add(node.fields.line_of("secret"), f'the secret "{secret}" is not declared', hint)
        name = node.fields.values.get("as")
        if isinstance(name, str):
            self.make(name, node.fields.line_of("as"), "an extracted value" if node.verb == "extract" else "an answer")

    def make(self, name: str, line: int, word: str) -> None:
        """A step gives a value to this name."""
        known = self.known.get(name)
        if known is not None and known.word in ("a param", "a row"):
            self.problems.add(line, f'"{name}" is {known.word} already', "take another name")
        elif name in self.secrets:
            self.problems.add(line, f'"{name}" is a secret already', "take another name")
        else:
            self.known[name] = _Kind(
                word, None if word == "an extracted value" else _ONE if word == "an answer" else None
            )

    def for_each(self, node: ForEach) -> None:
        parts: frozenset[str] | None = None
        match node.rows:
            case RowsForm():
                self.uses(node.rows)
                parts = self.parts(node.rows)
            case Ref():
                self.use(node.rows, node.line)
            case TargetForm():
                self.uses(node.rows)
        if node.row in self.known or node.row in self.secrets:
            word = self.known[node.row].word if node.row in self.known else "a secret"
            self.problems.add(node.line, f'"{node.row}" is {word} already', "name the row otherwise: row: NAME")
            return
        self.known[node.row] = _Kind("a row", parts)
        self.program(node.do)
        del self.known[node.row]

    def parts(self, form: RowsForm) -> frozenset[str]:
        """The parts that every row has."""
        sets = [frozenset(name for name, _ in row) if isinstance(row, tuple) else _ONE for row in form.rows]
        first = sets[0]
        for row in sets[1:]:
            if bool(row) != bool(first):
                self.problems.add(form.line, "some rows have parts and some have none")
                return first
            first &= row
        return first

    def call(self, node: Call) -> None:
        self.uses(node.given)
        params = self.called.get(node.workflow)
        if params is not None:
            for line, what, hint in _fits(node, params):
                self.problems.add(line, what, hint)
        if node.name is not None:
            self.make(node.name, node.line, "what a workflow extracted")


def _has(parts: frozenset[str], key: str) -> bool:
    return key.casefold() in {part.casefold() for part in parts}


def _fits(node: Call, params: tuple[Param, ...]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the values that are given to a workflow."""
    known = {param.name: param for param in params}
    for name, cell in node.given.values:
        if name not in known:
            hint = did_you_mean(name, known) or (f"it has {listed(known, 'and')}" if known else "it has none")
            yield node.given.line, f'{node.workflow} has no param "{name}"', hint
        elif not _open(cell):
            try:
                known[name].parse(literal(cell))
            except BadValue as error:
                yield node.given.line, f'the param "{name}" of {node.workflow} {error}', ""
    given = {name for name, _ in node.given.values}
    for param in params:
        if param.default is None and param.name not in given:
            yield (
                node.line,
                f'{node.workflow} needs the param "{param.name}" ({param.type})',
                f"with: {{{param.name}: …}}",
            )


def _open(cell: Cell | tuple[Cell, ...]) -> bool:
    """Whether there are names in it."""
    cells = cell if isinstance(cell, tuple) else (cell,)
    return any(isinstance(one, Template) and one.refs for one in cells)
