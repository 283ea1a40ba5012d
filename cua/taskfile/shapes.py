"""The shape of what is written in a file, against the shape that a kind of value has, and both in words."""

from __future__ import annotations

import re

from cua.taskfile import kinds as k
from cua.taskfile.problems import listed
from cua.taskfile.source import Entries, Items, Node, Scalar
from cua.taskfile.template import NAME

_SIGNS = re.compile(r"[\x00-\x1f\x7f]")


def shape(node: Node) -> str:
    """What is written, in words."""
    match node:
        case Items():
            return "a list"
        case Entries():
            return "a mapping"
        case Scalar() if node.null:
            return "nothing"
        case Scalar() if node.flag is not None:
            return node.text
        case Scalar() if node.number is not None:
            return f"the number {node.text}"
        case _:
            return f'"{short(node.text)}"'


def short(text: str, most: int = 60) -> str:
    """In one line, cut where it gets long."""
    text = " ".join(_SIGNS.sub(" ", text).split()) if _SIGNS.search(text) else text
    return text if len(text) <= most else f"{text[: most - 1]}…"


def name_hint(node: Node) -> str:
    """`text: {name}` without quotes is a mapping in YAML; everybody writes it once."""
    if isinstance(node, Entries) and len(node.pairs) == 1:
        name, value = node.pairs[0]
        if isinstance(value, Scalar) and value.null and re.fullmatch(rf"{NAME}(\..+)?", name.text):
            return f'a name in braces needs quotes: "{{{name.text}}}"'
    return ""


def may_be_null(kind: k.Kind) -> bool:
    return isinstance(kind, k.Steps | k.Remedies | k.Literal) or (
        isinstance(kind, k.Either) and any(map(may_be_null, kind.kinds))
    )


_SCALARS = (k.Words, k.Url, k.Name, k.Fixed, k.Keys, k.FilePath)


def fits(node: Node, kind: k.Kind) -> bool:
    """Whether what is written has the shape of this kind; what is in it is not looked at."""
    match kind:
        case k.Record() if isinstance(node, Entries):
            return True
        case k.Record(form):
            return form.short is not None and isinstance(node, Scalar)
        case k.Many(of, single):
            return isinstance(node, Items) or (single and fits(node, of))
        case k.Rows():
            return isinstance(node, Items)
        case k.Map(k.Record()):
            return isinstance(node, Entries) and all(isinstance(value, Entries) for _, value in node.pairs)
        case k.Map() | k.Given() | k.Memory():
            return isinstance(node, Entries)
        case k.Want() | k.Steps() | k.Remedies():
            return not isinstance(node, Scalar)
        case k.Aim() | k.Relations():
            return isinstance(node, Entries) or (isinstance(node, Scalar) and node.flag is None)
        case k.Literal():
            return not isinstance(node, Entries)
        case _:
            return isinstance(node, Scalar) and _fits(node, kind)


def _fits(node: Scalar, kind: k.Kind) -> bool:
    match kind:
        case k.Flag():
            return node.flag is not None
        case k.Number():
            return node.number is not None
        case k.OneOf(options):
            return node.text in options
        case _:
            return isinstance(kind, _SCALARS)


def called(kind: k.Kind) -> str:
    """A kind in words."""
    match kind:
        case k.Flag(only):
            return "true or false" if only is None else str(only).lower()
        case k.Number():
            return "a number"
        case k.Many() | k.Rows() | k.Steps() | k.Remedies():
            return "a list"
        case k.Record(form):
            return f"{{{', '.join(form.names)}}}"
        case k.Aim():
            return "a target"
        case k.Map():
            return "a mapping of names"
        case k.OneOf(options):
            return listed(options)
        case _:
            return "text"
