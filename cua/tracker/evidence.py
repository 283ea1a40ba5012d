"""The features of a screen in order: by the layer they stand in, by kind, and what is particular about the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

NONE: frozenset[str] = frozenset()
LAYERS = ("dialog", "menu", "listbox")
"""What lies over a page, or may; the page itself is ""."""
CONTROLS = ("field", "button", "tab")
"""Kinds that a developer wrote, and that no data makes more or less of."""
REPEATED = 4
"""From so many headings of one level on they are those of records."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands on the page, or in the layers of one kind."""

    kinds: Mapping[str, frozenset[str]]
    """Features by kind."""
    controls: frozenset[str]
    """"kind:what" of all of them."""
    headings: frozenset[str]
    """Those that name the screen or a part of it: few of a level, without numbers and quotations."""

    def of(self, kind: str) -> frozenset[str]:
        return self.kinds.get(kind, NONE)

    @property
    def has_rows(self) -> bool:
        return "has" in self.kinds


NOTHING = Scope({}, NONE, NONE)


@dataclass(frozen=True, slots=True)
class Evidence:
    features: frozenset[str]
    scopes: Mapping[str, Scope]
    """By layer; only those that hold something."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What a developer calls a control → the control, where only one is called so."""

    @property
    def page(self) -> Scope:
        return self.scopes.get("", NOTHING)

    def of(self, kind: str) -> frozenset[str]:
        """What is particular: layers, open, under, picked, complaint, secret."""
        return self.page.of(kind)


@lru_cache(maxsize=2048)
def evidence(features: frozenset[str]) -> Evidence:
    """Features in order."""
    by_layer: dict[str, dict[str, set[str]]] = {}
    keys: dict[str, set[str]] = {}
    for feature in features:
        kind, _, what = feature.partition(":")
        if kind == "key":
            key, _, control = what.partition(" ")
            keys.setdefault(key, set()).add(control)
            continue
        layer, _, kind = kind.rpartition("/")
        by_layer.setdefault(layer, {}).setdefault(kind, set()).add(what)
    return Evidence(
        features,
        {layer: _scope(kinds) for layer, kinds in by_layer.items()},
        {key: min(controls) for key, controls in keys.items() if len(controls) == 1},
    )


def _scope(kinds: Mapping[str, set[str]]) -> Scope:
    levels: dict[str, set[str]] = {}
    for heading in kinds.get("heading", ()):
        levels.setdefault(heading.partition(" ")[0], set()).add(heading)
    return Scope(
        {kind: frozenset(what) for kind, what in kinds.items()},
        frozenset(f"{kind}:{what}" for kind in CONTROLS for what in kinds.get(kind, ())),
        frozenset(
            heading
            for level in levels.values()
            if len(level) < REPEATED
            for heading in level
            if not any(mark in heading for mark in "#…*")
        ),
    )
