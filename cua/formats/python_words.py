"""Text as Python: literals that can only ever be literals, and names that hide nothing."""

from __future__ import annotations

import builtins
import keyword

from cua.taskfile.template import Ref, Template

RESERVED = (
    frozenset(
        {
            "page",
            "expect",
            "os",
            "re",
            "run",
            "field",
            "called",
            "within",
            "tab",
            "whole",
            "part",
            "scope",
            "playwright",
            "popup",
            "download",
            "browser",
            "Page",
            "Locator",
            "Playwright",
            "Path",
            "sync_playwright",
            "_",
        }
    )
    | frozenset(keyword.kwlist)
    | frozenset(dir(builtins))
)


def quote(text: str) -> str:
    """A Python literal of the text: in double quotes where nothing has to be escaped for it."""
    literal = repr(text)
    if literal[0] == "'" and '"' not in text and "\\" not in literal:
        return f'"{literal[1:-1]}"'
    return literal


def name_of(ref: str) -> str:
    """A name that can be assigned to."""
    return f"{ref}_" if ref in RESERVED or ref.endswith("_") or ref.startswith("__") else ref


def ref_of(name: str) -> str:
    """The name in braces for a Python name; the inverse of `name_of`."""
    base = name.removesuffix("_")
    return base if name != base and name_of(base) == name else name


def expression(words: Template | None) -> str:
    """The text as an expression; names are variables."""
    if words is None or not words.parts:
        return '""'
    return " + ".join(quote(part) if isinstance(part, str) else _value(part) for part in words.parts)


def _value(ref: Ref) -> str:
    return name_of(ref.name) if ref.key is None else f"{name_of(ref.name)}[{quote(ref.key)}]"


def held(keys: str) -> list[str]:
    """Keys pressed together, as browsers name them: the letter of Control+S is s, as long as Shift is not held."""
    parts = keys.split("+")
    small = len(parts) > 1 and "Shift" not in parts
    return [part.lower() if small and len(part) == 1 else _SIGNS.get(part, part) for part in parts]


_SIGNS = {"Plus": "+"}


def comment(text: str) -> str:
    """One line behind a #."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
