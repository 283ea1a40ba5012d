"""Reading any value of a task file by its kind: targets, lists and mappings here, the rest in `scalars`."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from cua.taskfile import kinds as k
from cua.taskfile.aims import Pieces, aim, aim_at
from cua.taskfile.expects import BESIDE, TARGET, WANT
from cua.taskfile.forms import Cell, Fields, GivenForm, Recalled, RowsForm, TargetForm
from cua.taskfile.problems import MISSING, Missing, closest, did_you_mean, listed
from cua.taskfile.scalars import Scalars
from cua.taskfile.shapes import called, fits, may_be_null, short
from cua.taskfile.source import Entries, Items, Node, Scalar
from cua.taskfile.template import Template
from grounding.anchors import Anchor
from grounding.errors import BadTarget
from grounding.plain import BadAnchor


@dataclass(frozen=True, slots=True)
class Values(Scalars):
    """Reads any value. `steps` and `remedies` read lists of steps: they are what knows the verbs."""

    steps: Callable[[Node, str], object]
    remedies: Callable[[Node, k.Remedies, str], object]
    aiming: Set[str] = frozenset()
    """The verbs that have a target."""

    def read(self, node: Node, kind: k.Kind, key: str) -> object:
        """The value, or MISSING after adding to the problems. `key` is the name it stands under."""
        if isinstance(node, Scalar) and node.null and not may_be_null(kind):
            return self.wrong(node, f"{key} has no value")
        return _READ[type(kind)](self, node, kind, key)

    # Targets

    def aim(self, node: Node, kind: k.Aim, key: str) -> object:
        if isinstance(node, Entries):
            return self.target(node, key)
        if not isinstance(node, Scalar) or node.flag is not None:
            return self.expected(node, key, "a target: words, or {target: …, near: …}")
        template = self.words(node, k.Words(), key)
        if not isinstance(template, Template):
            return template
        try:
            return aim(template)
        except BadTarget as error:
            return self.wrong(node, str(error))

    def target(self, node: Entries, key: str, beside: Node | None = None) -> TargetForm | Missing:
        """The object form of a target; `beside` is its `target` when that stands under a key of its own."""
        pieces = self.pieces(node, key, beside)
        if isinstance(pieces, Missing):
            return pieces
        try:
            return aim_at(pieces, node.line if beside is None else beside.line)
        except BadTarget as error:
            return self.wrong(node, str(error))

    def pieces(self, node: Entries, key: str, beside: Node | None = None) -> Pieces | Missing:
        pieces: dict[str, Template | bool | int | Pieces] = {}
        good = True
        if isinstance(beside, Entries):
            inner = self.pieces(beside, key)
            if isinstance(inner, Missing):
                return inner
            pieces.update(inner)
            beside = None
        elif beside is not None:
            node = Entries(((Scalar("target", True, beside.line), beside), *node.pairs), node.line)
        for name, value in node.pairs:
            piece = self.piece(name, value, key)
            if name.text in pieces:
                self.wrong(name, f"{name.text} is said twice about {key}")
            elif not isinstance(piece, Missing):
                pieces[name.text] = piece
                continue
            good = False
        if good and not {"target", "role"} & pieces.keys():
            return self.wrong(node, f"{key} needs `target`: words that say what it is")
        return pieces if good else MISSING

    def piece(self, name: Scalar, value: Node, key: str) -> Template | bool | int | Pieces | Missing:
        known = TARGET.key(name.text)
        if known is None:
            return self.wrong(
                name,
                f'{key} has no "{name.text}"',
                did_you_mean(name.text, TARGET.names) or f"it has {listed(TARGET.names, 'and')}",
            )
        read: Any = self.read(value, known.kind, name.text)
        return Template((read,), value.line) if isinstance(read, str) else read

    def relation(self, node: Node, kind: k.Relations, key: str) -> object:
        if isinstance(node, Entries):
            return self.pieces(node, key)
        if isinstance(node, Scalar) and isinstance(node.number, int):
            return node.number
        return self.words(node, k.Words(), key)

    # Lists and mappings

    def many(self, node: Node, kind: k.Many, key: str) -> object:
        if not isinstance(node, Items):
            if not kind.single:
                return self.expected(node, key, "a list")
            one = self.read(node, kind.of, key)
            return one if isinstance(one, Missing) else (one,)
        if not node.items:
            return self.wrong(node, f"{key} is an empty list")
        read = [self.read(item, kind.of, key) for item in node.items]
        return MISSING if any(isinstance(one, Missing) for one in read) else tuple(read)

    def either(self, node: Node, kind: k.Either, key: str) -> object:
        for one in kind.kinds:
            if fits(node, one):
                return self.read(node, one, key)
        return self.expected(node, key, listed(dict.fromkeys(called(one) for one in kind.kinds)))

    def map(self, node: Node, kind: k.Map, key: str) -> object:
        if not isinstance(node, Entries):
            return self.expected(node, key, "a mapping of names")
        values: dict[str, object] = {}
        for name, value in node.pairs:
            if isinstance(self.name(name, k.Name(), f"a name under {key}"), Missing):
                continue
            read = self.read(value, kind.of, name.text)
            if not isinstance(read, Missing):
                values[name.text] = read
        return Fields(key, node.line, values, {name.text: name.line for name, _ in node.pairs})

    def record(self, node: Node, kind: k.Record, key: str) -> object:
        return self.fields(node, kind.form, key)

    def want(self, node: Node, kind: k.Want, key: str) -> object:
        if isinstance(node, Scalar):
            wanted = "an expectation, as in {text: Saved}"
            return self.expected(node, key, wanted)
        if isinstance(node, Items):
            node = Entries(((Scalar("all", True, node.line), node),), node.line)
        if not node.pairs:
            return self.wrong(node, f"{key} expects nothing", f"it has {listed(WANT.names, 'and')}")
        if node.keys == ("within",):
            return self.wrong(node, f"{key} says how long, and not what", "as in {text: Saved, within: 5}")
        return self.fields(node, WANT, key)

    def step_list(self, node: Node, kind: k.Steps, key: str) -> object:
        return self.steps(node, key)

    def rows(self, node: Node, kind: k.Rows, key: str) -> object:
        if not isinstance(node, Items):
            return self.expected(node, key, "a list")
        if not node.items:
            return self.wrong(node, f"{key} is an empty list")
        read = [self.row(item, key) for item in node.items]
        good = tuple(row for row in read if not isinstance(row, Missing))
        return RowsForm(good, node.line) if len(good) == len(read) else MISSING

    def row(self, node: Node, key: str) -> Cell | tuple[tuple[str, Cell], ...] | Missing:
        if not isinstance(node, Entries):
            return self.cell(node, f"a value in {key}")
        pairs = [(name.text, self.cell(value, name.text)) for name, value in node.pairs]
        good = tuple((name, cell) for name, cell in pairs if not isinstance(cell, Missing))
        return good if len(good) == len(pairs) else MISSING

    def cell(self, node: Node, key: str) -> Cell | Missing:
        if not isinstance(node, Scalar):
            return self.expected(node, key, "text, a number, true or false")
        if node.null:
            return None
        if node.flag is not None:
            return node.flag
        number = node.number
        return number if number is not None and str(number) == node.text else self.template(node, node.text)

    def given(self, node: Node, kind: k.Given, key: str) -> object:
        if not isinstance(node, Entries):
            return self.expected(node, key, "a mapping of names to values")
        pairs: list[tuple[str, Cell | tuple[Cell, ...]]] = []
        good = True
        for name, value in node.pairs:
            nodes = value.items if isinstance(value, Items) else (value,)
            cells = [self.cell(one, name.text) for one in nodes]
            right = tuple(cell for cell in cells if not isinstance(cell, Missing))
            good = good and len(right) == len(cells)
            pairs.append((name.text, right if isinstance(value, Items) else right[0] if right else None))
        return GivenForm(tuple(pairs), node.line) if good else MISSING

    def literal(self, node: Node, kind: k.Literal, key: str) -> object:
        if isinstance(node, Entries):
            return self.expected(node, key, "text, a number, true, false or a list of these")
        if isinstance(node, Items):
            cells = [self.plain(item, key) for item in node.items]
            return MISSING if any(isinstance(cell, Missing) for cell in cells) else tuple(cells)
        return self.plain(node, key)

    def memory(self, node: Node, kind: k.Memory, key: str) -> object:
        """An anchor and whose it is."""
        if not isinstance(node, Entries):
            return self.expected(node, key, "what was recorded of a target: {for: click Save, …}")
        of, at = node.get("for"), node.get("at")
        if not isinstance(of, Scalar) or not of.text.strip():
            return self.wrong(
                node, f'{key}: an anchor needs "for"', "the verb and the target of its step: for: click Save"
            )
        if at is not None and not isinstance(at, Scalar):
            return self.expected(at, "at", "the address of a page: /admin/")
        verb, _, words = of.text.strip().partition(" ")
        if verb not in self.aiming or not words.strip():
            return self.wrong(of, f'for: "{short(of.text)}" is no verb with its target', "as in for: click Save")
        rest = tuple(pair for pair in node.pairs if pair[0].text not in {"for", "at"})
        try:
            anchor = Anchor.from_data(_as_data(Entries(rest, node.line)))
        except BadAnchor as error:
            return self.wrong(node, str(error))
        return Recalled(verb, words.strip(), at.text if isinstance(at, Scalar) else "", anchor, node.line)

    def plain(self, node: Node, key: str) -> Template | bool | int | float | Missing | None:
        """A cell in which braces mean nothing."""
        if isinstance(node, Scalar) and node.flag is None and not node.null:
            number = node.number
            return number if number is not None and str(number) == node.text else Template((node.text,), node.line)
        return self.cell(node, key)

    def fields(self, node: Node, form: k.Form, key: str, meant: frozenset[str] = frozenset()) -> Fields | Missing:
        """A mapping by its form. `meant`: keys that stand in the wrong place, which is said already."""
        if not isinstance(node, Entries):
            if form.short is None:
                return self.expected(node, key, f"a mapping with {listed(form.names, 'and')}")
            node = Entries(((Scalar(form.short, True, node.line), node),), node.line)
        known = (*form.names, *(beside.name for beside in BESIDE)) if form.aimed else form.names
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        relations: list[tuple[Scalar, Node]] = []
        good = True
        for name, value in node.pairs:
            lines[name.text] = name.line
            one = form.key(name.text)
            if one is None and form.aimed and name.text in known:
                relations.append((name, value))
            elif one is None:
                good = False
                like = closest(name.text, known)
                meant |= {like}
                self.wrong(
                    name, f'{key} has no "{short(name.text)}"', f'did you mean "{like}"?' if like else _has(form)
                )
            elif name.text != form.aimed:
                values[name.text] = self.read(value, one.kind, name.text)
        if form.aimed is not None:
            self.aimed(node, form, key, relations, values)
        good = self.complete(node, form, key, values.keys() | meant) and good
        good = good and not any(isinstance(value, Missing) for value in values.values())
        return Fields(form.name, node.line, values, lines) if good else MISSING

    def aimed(
        self, node: Entries, form: k.Form, key: str, relations: list[tuple[Scalar, Node]], values: dict[str, object]
    ) -> None:
        """Puts the target of the form together with the relations that stand beside it."""
        assert form.aimed is not None
        words = node.get(form.aimed)
        if words is None and relations and "role" not in {name.text for name, _ in relations}:
            self.wrong(relations[0][0], f"{relations[0][0].text} needs `{form.aimed}` beside it in {key}")
            values[form.aimed] = MISSING
        elif relations:
            beside = Entries(tuple(relations), node.line)
            values[form.aimed] = self.target(beside, form.aimed, words)
        elif words is not None:
            values[form.aimed] = self.read(words, k.Aim(), form.aimed)

    def complete(self, node: Node, form: k.Form, key: str, named: Set[str]) -> bool:
        """Whether the keys that have to be there are."""
        lack = [one.name for one in form.keys if one.required and one.name not in named]
        for name in lack:
            self.wrong(node, f'{key} needs "{name}"', _as_in(form))
        there = [name for name in form.one_of if name in named]
        if form.one_of and len(there) != 1:
            what = "needs one of" if not there else "can have only one of"
            self.wrong(node, f"{key} {what} {listed(form.one_of, 'and')}")
            return False
        if form.some_of and not any(name in named for name in form.some_of):
            self.wrong(node, f"{key} needs {listed(form.some_of)}")
            return False
        for name, beside in form.needs:
            if name in named and sum(one in named for one in beside) != 1:
                many = "one of " if len(beside) > 1 else ""
                self.wrong(node, f"{key}: {name} needs {many}{listed(beside, 'and')} beside it")
                return False
        return not lack


def _as_data(node: Node) -> Any:
    """What is written, as plain data."""
    match node:
        case Entries():
            return {name.text: _as_data(value) for name, value in node.pairs}
        case Items():
            return [_as_data(item) for item in node.items]
        case Scalar() if node.flag is not None:
            return node.flag
        case Scalar():
            return node.number if isinstance(node.number, int) else node.text


def _as_in(form: k.Form) -> str:
    if " " in form.name:
        return ""
    required = [key.name for key in form.keys if key.required]
    return f"as in {form.name}: {{{', '.join(f'{name}: …' for name in required)}}}"


def _has(form: k.Form) -> str:
    return f"it has {listed(form.names, 'and')}"


_READ: dict[type[k.Kind], Callable[[Values, Node, Any, str], object]] = {
    k.Words: Values.words,
    k.Url: Values.url,
    k.Name: Values.name,
    k.Fixed: Values.fixed,
    k.Number: Values.number,
    k.Flag: Values.flag,
    k.OneOf: Values.one_of,
    k.Keys: Values.keys,
    k.FilePath: Values.path,
    k.Aim: Values.aim,
    k.Relations: Values.relation,
    k.Many: Values.many,
    k.Either: Values.either,
    k.Map: Values.map,
    k.Record: Values.record,
    k.Want: Values.want,
    k.Steps: Values.step_list,
    k.Remedies: lambda values, node, kind, key: values.remedies(node, kind, key),
    k.Rows: Values.rows,
    k.Given: Values.given,
    k.Literal: Values.literal,
    k.Memory: Values.memory,
}
