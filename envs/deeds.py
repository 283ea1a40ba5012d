"""What a person does to a world while somebody watches. Plain data, as it happened; what it means is not said here."""

from __future__ import annotations

from dataclasses import dataclass

from envs.observation import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that a person did.

    `kind`: down, up (far from where it went down), click, double, menu (right button), over (the pointer came over it),
    drag, drop, type, choose, check, files, key, submit; of the browser itself: open (an address was entered), back,
    forward, reload; dialog (one was answered), download (a file called `value` comes); note (of the recorder's panel,
    about what was done last: `key` says commit, check or param, `value` the text beside it). `path` are the refs of the
    node it was done to and of all above it, inside out; a ref need not be one of an element.
    """

    kind: str
    path: tuple[str, ...] = ()
    window: str = ""
    at: float = 0.0
    """Monotonic seconds, of the clock that events have, too."""
    button: int = 0
    """0 left, 1 middle, 2 right."""
    count: int = 0
    """Of a click, as W3C UI Events count: 0 where no pointer clicked."""
    keys: tuple[str, ...] = ()
    """Modifiers that were held."""
    key: str = ""
    value: str = ""
    """What a field holds afterwards, an address, what was answered to a prompt."""
    secret: bool = False
    """It was typed where what is typed is not shown; `value` is empty."""
    checked: bool = False
    options: tuple[str, ...] = ()
    """All options that are chosen afterwards, as they are labelled."""
    multiple: bool = False
    files: tuple[str, ...] = ()
    """Names without folders."""
    lines: bool = False
    """Of a key: the field has lines, so that Enter is typed."""
    editing: bool = False
    """Of a key: it moves within a text, unless the field is a `widget`, too."""
    widget: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """A deed, and the last look at its window before it (None where there was none)."""

    deed: Deed
    before: Observation | None
