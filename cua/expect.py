"""Expectations as data: what must be true of the screen. How they are judged is in `cua.judge`.

In task files: text, gone, url, title, value, checked, selected, enabled, focused, element, count, window, file,
download, dialog, state, changed, http; put together with all, any, not; `within` gives a deadline of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grounding.target import Target


@dataclass(frozen=True, slots=True)
class Expect:
    """Base of all expectations."""


@dataclass(frozen=True, slots=True)
class Text(Expect):
    """The visible text contains this, as whole words, whatever its case. `inside` narrows it to an element."""

    text: str
    inside: Target | None = None


@dataclass(frozen=True, slots=True)
class Gone(Expect):
    """Neither this visible text nor an element of this name is there."""

    text: str


@dataclass(frozen=True, slots=True)
class Url(Expect):
    """The address: a path ("/admin/"), a whole URL, or with * for any characters; without * it must end so or equal."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Title(Expect):
    text: str


@dataclass(frozen=True, slots=True)
class Value(Expect):
    """The field shows exactly this."""

    target: Target
    value: str


@dataclass(frozen=True, slots=True)
class Checked(Expect):
    target: Target
    on: bool = True


@dataclass(frozen=True, slots=True)
class Selected(Expect):
    """The option is chosen in the field (or, without a field, an element of this name is selected)."""

    option: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Enabled(Expect):
    target: Target
    on: bool = True


@dataclass(frozen=True, slots=True)
class Focused(Expect):
    target: Target


@dataclass(frozen=True, slots=True)
class Exists(Expect):
    """`element`: at least one element fits the target."""

    target: Target


@dataclass(frozen=True, slots=True)
class Count(Expect):
    """So many elements fit the target: exactly `exactly`, or between `at_least` and `at_most`."""

    target: Target
    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class WindowOpen(Expect):
    """A tab or window with this in its title or URL is open."""

    text: str


@dataclass(frozen=True, slots=True)
class FileThere(Expect):
    """The file exists and is not empty; `contains` is looked for in its first mebibyte."""

    path: Path
    contains: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadDone(Expect):
    """A file whose name contains this arrived since the step began."""

    name: str


@dataclass(frozen=True, slots=True)
class DialogSeen(Expect):
    """A native dialog with this in its message was shown, or a dialog element with this text is open."""

    text: str


@dataclass(frozen=True, slots=True)
class InState(Expect):
    """The screen is the one that the application map calls so."""

    name: str


@dataclass(frozen=True, slots=True)
class Changed(Expect):
    """Something (or the target) is different from before the step."""

    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Http(Expect):
    """A request of the step was answered so."""

    status: int | None = None
    method: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class All(Expect):
    parts: tuple[Expect, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Expect):
    parts: tuple[Expect, ...]


@dataclass(frozen=True, slots=True)
class Not(Expect):
    part: Expect


@dataclass(frozen=True, slots=True)
class Within(Expect):
    """The part must hold within so many seconds of the act, whatever the step's own deadline is."""

    part: Expect
    seconds: float
