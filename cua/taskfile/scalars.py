"""Reading values that are one word, number or text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cua.taskfile import kinds as k
from cua.taskfile.forms import PathForm
from cua.taskfile.keys import BadKeys, keys_of
from cua.taskfile.paths import BadPath, look_at
from cua.taskfile.problems import Missing, Problems, did_you_mean, listed
from cua.taskfile.shapes import name_hint, shape
from cua.taskfile.source import Node, Scalar
from cua.taskfile.template import NAME, BadTemplate, Template

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S|\{[A-Za-z_]")
"""An address with a scheme, or one that a name begins: whether it is one will be seen."""
_PATH = re.compile(r"/(?![/\\])")


@dataclass(frozen=True, slots=True)
class Scalars:
    """Reads one value; what is wrong goes on the list, and MISSING comes back."""

    problems: Problems

    def wrong(self, node: Node, what: str, hint: str = "") -> Missing:
        return self.problems.add(node.line, what, hint)

    def expected(self, node: Node, key: str, wanted: str) -> Missing:
        return self.wrong(node, f"{key} is {shape(node)}, and has to be {wanted}", name_hint(node))

    def words(self, node: Node, kind: k.Words, key: str) -> object:
        if not isinstance(node, Scalar):
            return self.expected(node, key, "text")
        if not kind.empty and not node.text.strip():
            return self.wrong(node, f"{key} is empty")
        return self.template(node, node.text)

    def url(self, node: Node, kind: k.Url, key: str) -> object:
        wanted = "an address that begins with http:// or https://"
        wanted += ", or a path that begins with /" if kind.path else ""
        if not isinstance(node, Scalar):
            return self.expected(node, key, wanted)
        if not _SCHEME.match(node.text) and not (kind.path and _PATH.match(node.text)):
            return self.expected(node, key, wanted)
        return self.template(node, node.text)

    def template(self, node: Node, text: str) -> Template | Missing:
        try:
            return Template.parse(text, node.line)
        except BadTemplate as error:
            return self.wrong(node, str(error))

    def name(self, node: Node, kind: k.Name, key: str) -> object:
        if not isinstance(node, Scalar) or not re.fullmatch(NAME, node.text):
            return self.expected(node, key, "a name of letters, digits and _ that begins with a letter")
        return node.text

    def fixed(self, node: Node, kind: k.Fixed, key: str) -> object:
        if not isinstance(node, Scalar):
            return self.expected(node, key, kind.like or "text")
        if not node.text.strip():
            return self.wrong(node, f"{key} is empty")
        if kind.pattern and not re.fullmatch(kind.pattern, node.text):
            return self.expected(node, key, kind.like)
        return node.text

    def number(self, node: Node, kind: k.Number, key: str) -> object:
        wanted = "a whole number" if kind.whole else "a number"
        if kind.least is not None:
            wanted += f" from {kind.least:g} up"
        if not isinstance(node, Scalar):
            return self.expected(node, key, wanted)
        if kind.names and not node.plain and node.text.strip().startswith("{"):
            template = self.template(node, node.text.strip())
            if isinstance(template, Template) and template.only is not None:
                return template.only
            return self.expected(node, key, wanted) if isinstance(template, Template) else template
        value = node.number
        if value is None or (kind.whole and not isinstance(value, int)):
            return self.expected(node, key, wanted)
        if kind.least is not None and not kind.least <= value < 1e9:
            return self.expected(node, key, wanted)
        return value if kind.whole else float(value)

    def flag(self, node: Node, kind: k.Flag, key: str) -> object:
        value = node.flag if isinstance(node, Scalar) else None
        if value is None:
            return self.expected(node, key, "true or false" if kind.only is None else str(kind.only).lower())
        if kind.only is not None and value is not kind.only:
            return self.expected(node, key, str(kind.only).lower())
        return value

    def one_of(self, node: Node, kind: k.OneOf, key: str) -> object:
        if not isinstance(node, Scalar):
            return self.expected(node, key, listed(kind.options))
        if node.text not in kind.options:
            hint = did_you_mean(node.text, kind.options)
            return self.wrong(node, f"{key} is {shape(node)}, and has to be {listed(kind.options)}", hint)
        return node.text

    def keys(self, node: Node, kind: k.Keys, key: str) -> object:
        if not isinstance(node, Scalar):
            return self.expected(node, key, "keys joined by +, as in Control+S")
        try:
            return keys_of(node.text)
        except BadKeys as error:
            return self.wrong(node, str(error))

    def path(self, node: Node, kind: k.FilePath, key: str) -> object:
        if not isinstance(node, Scalar) or not node.text.strip():
            return self.expected(node, key, "the path of a file")
        template = self.template(node, node.text)
        if isinstance(template, Missing):
            return template
        if kind.fixed and template.refs:
            return self.wrong(node, f"{key} cannot have names in braces: which file it is has to be plain to see")
        try:
            look_at(str(template))
        except BadPath as error:
            return self.wrong(node, str(error))
        return str(template.plain) if kind.fixed else PathForm(template)
