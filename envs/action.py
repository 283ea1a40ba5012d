"""What can be done to a world, as data. An action says what, never where: the element is given beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Secret:
    """The name of a secret in the place of its value; the value is put in just before dispatch and written nowhere."""

    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """Base of all actions. `aimed` actions need an element."""

    @property
    def verb(self) -> str:
        """The word for it in task files."""
        return VERBS[type(self)]

    @property
    def aimed(self) -> bool:
        return type(self) in AIMED


@dataclass(frozen=True, slots=True)
class Open(Action):
    url: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What the field with this ref shows: its value, and whether it is checked."""

    ref: str
    value: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Click(Action):
    """button: left, right, middle; count 2 is a double click; modifiers: Alt, Control, Meta, Shift. `agrees`: native
    questions (confirm) that it raises are answered with yes; they are answered with no otherwise. `holding`: fields
    that have to hold this as the press arrives; else it is Stale, and nothing is sent."""

    button: str = "left"
    count: int = 1
    modifiers: tuple[str, ...] = ()
    agrees: bool = False
    holding: tuple[Held, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Hover(Action):
    pass


@dataclass(frozen=True, slots=True)
class Drag(Action):
    """From the element given to the element with the ref `to`: its middle, or (`at`) its top, bottom, left or right
    part."""

    to: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Type(Action):
    """Replace what the field holds by `text` (`append`: add to it). `code`: it is a one-time code, which fields may
    show in groups (123 456)."""

    text: str | Secret
    append: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Clear(Action):
    pass


@dataclass(frozen=True, slots=True)
class Press(Action):
    """Keys in W3C UI Events names joined by + ("Control+S", "Enter"); to the element given or to what has the focus.
    `agrees`: as for Click."""

    keys: str
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Select(Action):
    """Choose the option with this label (or, failing that, this value)."""

    option: str


@dataclass(frozen=True, slots=True)
class Check(Action):
    """Make the box checked (`on`) or not; does nothing where it is so already."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class Upload(Action):
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Download(Action):
    """Click the element and wait for the file it sends; it is moved from the quarantine to `to`."""

    to: Path


@dataclass(frozen=True, slots=True)
class Scroll(Action):
    """By `dx`, `dy` CSS px (positive: right, down); the element given, or the page. `to`: "top", "bottom" or None."""

    dx: float = 0.0
    dy: float = 0.0
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Back(Action):
    pass


@dataclass(frozen=True, slots=True)
class Forward(Action):
    pass


@dataclass(frozen=True, slots=True)
class Reload(Action):
    pass


@dataclass(frozen=True, slots=True)
class Switch(Action):
    """To another tab or window, by title, URL, number (from 1) or "new" (the one opened last), or to another place."""

    to: str


@dataclass(frozen=True, slots=True)
class Look(Action):
    """Do nothing to the world: wait, extract and the control steps only look."""


@dataclass(frozen=True, slots=True)
class Ask(Action):
    """Put a question to the person at the terminal; the answer is the value of the step."""

    question: str


VERBS: dict[type[Action], str] = {
    Open: "open",
    Click: "click",
    Hover: "hover",
    Drag: "drag",
    Type: "type",
    Clear: "clear",
    Press: "press",
    Select: "select",
    Check: "check",
    Upload: "upload",
    Download: "download",
    Scroll: "scroll",
    Back: "back",
    Forward: "forward",
    Reload: "reload",
    Switch: "switch",
    Look: "look",
    Ask: "ask",
}
AIMED = frozenset({Click, Hover, Drag, Type, Clear, Select, Check, Upload, Download})
