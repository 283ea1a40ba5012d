"""Secrets: known by name everywhere, by value only here. Filled in just before dispatch, masked in all that is kept."""

from __future__ import annotations

import base64
import dataclasses
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

from cua.parts import picked
from cua.totp import MARGIN, Totp, grouped
from envs.action import Action, Secret, Type
from envs.geometry import Box
from envs.observation import Element, Observation

T = TypeVar("T")

_OURS = re.compile(r"(?=\d*[a-f])[0-9a-f]{12,64}|(rows-)?\d{8}-\d{6}-[0-9a-f]{4}")
"""Names that this program makes: digests, and the ids of runs and batches."""


@dataclass(frozen=True)
class Binding:
    """A secret's value and the only place where it may be typed: `origin` (scheme://host:port) and, where `field` is
    given, the field of that name; without it, password fields only. With `totp` the value is what codes are made of:
    a code is typed in its place, and into text fields as well."""

    value: str = field(repr=False)
    origin: str
    field: str | None = None
    totp: Totp | None = None


@dataclass(slots=True)
class _Codes:
    """The codes of a secret that were made in this run; `last` is the turn of the newest, `typed` of the last that was
    typed."""

    made: dict[str, None] = field(default_factory=dict)
    last: int = -1
    typed: int = -1


@dataclass(frozen=True)
class Vault:
    """The secrets of a run. It has no representation that shows a value. `unix` tells the time for one-time codes; each
    of these is typed once at most, as servers accept it."""

    bindings: Mapping[str, Binding] = field(default_factory=dict, repr=False)
    unix: Callable[[], float] = field(default=time.time, repr=False)
    _codes: dict[str, _Codes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def fill(self, action: Action) -> Action:
        """The action with secrets in the place of their names, or with the code of this moment. Raises KeyError for a
        name that is not bound."""
        if not isinstance(action, Type) or not isinstance(action.text, Secret):
            return action
        value = self.bindings[action.text.name].value
        totp, codes = self._of(action)
        if totp is None:
            return dataclasses.replace(action, text=value)
        codes.last = totp.turn(self.unix())
        code = totp.code(codes.last)
        codes.made[code] = None
        self.__dict__.pop("_forms", None)  # there is one more
        return dataclasses.replace(action, text=code, code=True)

    def wait(self, action: Action) -> float:
        """Seconds until `fill` has a code that is not about to end and was not typed before; 0 for anything else."""
        totp, codes = self._of(action)
        if totp is None:
            return 0.0
        now = self.unix()
        left = totp.left(now)
        return left if left < MARGIN or codes.typed == totp.turn(now) else 0.0

    def typed(self, action: Action, at: float | None = None) -> None:
        """The code that was made last for this action has been sent to the world, or was by an earlier run `at` that
        Unix time."""
        totp, codes = self._of(action)
        if totp is not None:
            codes.typed = codes.last if at is None else totp.turn(at)

    def _of(self, action: Action) -> tuple[Totp | None, _Codes]:
        name = action.text.name if isinstance(action, Type) and isinstance(action.text, Secret) else ""
        binding = self.bindings.get(name)
        if binding is None or binding.totp is None:
            return None, _Codes()
        return binding.totp, self._codes.setdefault(name, _Codes())

    @cached_property
    def _kept(self) -> tuple[tuple[str, str], ...]:
        """Every spelling under which a value might turn up, the longest first, with what stands in its place."""
        return _sorted((form, f"‹{name}›") for name in self.bindings for form in self._spelled(name))

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        """The same, with the codes that were made."""
        made = ((code, name) for name, codes in self._codes.items() for code in codes.made)
        return _sorted((*self._kept, *((form, f"‹{name}›") for code, name in made for form in _digits(code))))

    def _spelled(self, name: str) -> Iterator[str]:
        binding = self.bindings[name]
        yield from _written(binding.value)
        if binding.totp is not None:
            yield from binding.totp.spellings()

    def mask(self, text: str) -> str:
        """The text with every spelling of every secret replaced by its name in ‹ ›. Six digits may stand by chance in
        what we call runs, pictures and states: codes are not looked for there."""
        for form, name in self._kept if self._codes and _OURS.fullmatch(text) else self._forms:
            if form in text:
                text = text.replace(form, name)
        return text

    def masked(self, value: T) -> T:
        """A copy of a tree of frozen dataclasses, tuples and mappings with every text in it masked."""
        return value if not self._forms else _map(value, self)

    def hidden(self, screen: Observation) -> tuple[Box, ...]:
        """What must be blacked out in a picture of this screen: password fields and whatever shows a secret."""
        found = picked(screen, ("hidden", self._forms), self._hidden)
        return (*(element.box for element, _ in found), *self._apart(screen))

    def _hidden(self, elements: Sequence[Element]) -> list[tuple[int, bool]]:
        return [(at, True) for at, element in enumerate(elements) if element.visible and self._shows(element)]

    def _apart(self, screen: Observation) -> Iterator[Box]:
        """Where a code, or nearly all of it, is shown in boxes of one digit each."""
        codes = [code for codes in self._codes.values() for code in codes.made]
        single = list(picked(screen, "single digits", _single)) if codes else []
        row = "".join(digit for _, digit in single)
        shown: set[int] = set()
        for part in {part for code in codes for part in (code[1:], code[:-1])}:
            starts = (at for at in range(len(row)) if row.startswith(part, at))
            shown.update(at for start in starts for at in range(start, start + len(part)))
        return (single[at][0].box for at in sorted(shown))

    def _shows(self, element: Element) -> bool:
        if "password" in element.states:
            return True
        said = f"{element.name}\n{element.value or ''}"
        return any(form in said for form, _ in self._forms)


def _sorted(forms: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    first: dict[str, str] = {}
    for form, name in forms:
        if form:
            first.setdefault(form, name)
    return tuple(sorted(first.items(), key=lambda item: -len(item[0])))


def _written(value: str) -> Iterator[str]:
    yield value
    yield quote(value, safe="")
    yield quote_plus(value)
    yield base64.b64encode(value.encode()).decode().rstrip("=")


def _digits(code: str) -> Iterator[str]:
    yield from _written(code)
    yield from grouped(code)
    yield from (" ".join(part) for part in (code[1:], code[:-1]))  # boxes of one digit each, without the one in focus


def _single(elements: Sequence[Element]) -> list[tuple[int, str]]:
    said = ((at, (element.value or element.name).strip()) for at, element in enumerate(elements) if element.visible)
    return [(at, text) for at, text in said if len(text) == 1 and text.isdigit()]


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
