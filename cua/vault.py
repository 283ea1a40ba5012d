"""Secrets: known by name everywhere, by value only here. Filled in just before dispatch, masked in all that is kept."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

from cua.parts import picked
from envs.action import Action, Secret, Type
from envs.geometry import Box
from envs.observation import Element, Observation

T = TypeVar("T")


@dataclass(frozen=True)
class Binding:
    """A secret's value and the only place where it may be typed: `origin` (scheme://host:port) and, where `field` is
    given, the field of that name; without it, password fields only."""

    value: str = field(repr=False)
    origin: str
    field: str | None = None


@dataclass(frozen=True)
class Vault:
    """The secrets of a run. It has no representation that shows a value."""

    bindings: Mapping[str, Binding] = field(default_factory=dict, repr=False)

    def fill(self, action: Action) -> Action:
        """The action with secrets in the place of their names. Raises KeyError for a name that is not bound."""
        if isinstance(action, Type) and isinstance(action.text, Secret):
            return dataclasses.replace(action, text=self.bindings[action.text.name].value)
        return action

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        """Every spelling under which a value might turn up, the longest first, with what stands in its place."""
        forms: dict[str, str] = {}
        for name, binding in self.bindings.items():
            value = binding.value
            if not value:
                continue
            coded = base64.b64encode(value.encode()).decode().rstrip("=")
            for form in (value, quote(value, safe=""), quote_plus(value), coded):
                forms.setdefault(form, f"‹{name}›")
        return tuple(sorted(forms.items(), key=lambda item: -len(item[0])))

    def mask(self, text: str) -> str:
        """The text with every spelling of every secret replaced by its name in ‹ ›."""
        for form, name in self._forms:
            if form in text:
                text = text.replace(form, name)
        return text

    def masked(self, value: T) -> T:
        """A copy of a tree of frozen dataclasses, tuples and mappings with every text in it masked."""
        return value if not self._forms else _map(value, self)

    def hidden(self, screen: Observation) -> tuple[Box, ...]:
        """What must be blacked out in a picture of this screen: password fields and whatever shows a secret."""
        return tuple(element.box for element, _ in picked(screen, ("hidden", self._forms), self._hidden))

    def _hidden(self, elements: Sequence[Element]) -> list[tuple[int, bool]]:
        return [(at, True) for at, element in enumerate(elements) if element.visible and self._shows(element)]

    def _shows(self, element: Element) -> bool:
        if "password" in element.states:
            return True
        said = f"{element.name}\n{element.value or ''}"
        return any(form in said for form, _ in self._forms)


def _map(value: Any, vault: Vault) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return vault.mask(value)
    if isinstance(value, list):
        return [_map(part, vault) for part in value]
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return tuple(_map(part, vault) for part in value)  # the steps of a run, which makes a trail of them
    if isinstance(value, Mapping):
        return {_map(key, vault): _map(part, vault) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _map(getattr(value, f.name), vault) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **parts)
    return value
