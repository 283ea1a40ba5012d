"""What can follow an act on a fake site, as data. A word that names an element is its key; "" is the one acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from envs.events import Event

if TYPE_CHECKING:
    from envs.fake.site import Item


@dataclass(frozen=True)
class Effect:
    """Base of all effects. What belongs to a page ends with it: nothing late happens on a page that was left."""


Effects: TypeAlias = Effect | Sequence[Effect]


def many(effects: Effects) -> tuple[Effect, ...]:
    return (effects,) if isinstance(effects, Effect) else tuple(effects)


# ── time and choice ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Later(Effect):
    """After so many seconds, by a timer of the page: nothing tells an observer that it is coming."""

    seconds: float
    then: Effects


@dataclass(frozen=True)
class When(Effect):
    """If these fields hold these values ("on" or "" for a box to check)."""

    fields: Mapping[str, str]
    then: Effects
    otherwise: Effects = ()


@dataclass(frozen=True)
class Turns(Effect):
    """The first time the first of these, and so on; the last one from then on. () is nothing at all."""

    turns: Sequence[Effects]


# ── pages and windows ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Goes(Effect):
    """To another screen; in `takes` seconds (default: the screen's own). `same_document`: the page changes itself."""

    screen: str
    takes: float | None = None
    status: int = 200
    same_document: bool = False


@dataclass(frozen=True)
class Opens(Effect):
    """Shows the screen in a new window, which stays behind the one acted on until it is switched to."""

    screen: str


@dataclass(frozen=True)
class Closes(Effect):
    """Closes the window."""


@dataclass(frozen=True)
class Crashes(Effect):
    """The program dies: this act and all that follow raise Crashed, until reset."""

    why: str = "the page crashed"


@dataclass(frozen=True)
class Fails(Effect):
    """The act raises ActFailed."""

    why: str
    dispatched: bool = False


# ── the page itself ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Shows(Effect):
    """New elements at the end of the page, or of the element `into`, or right before the element `before`."""

    items: Item | Sequence[Item]
    into: str = ""
    before: str = ""


@dataclass(frozen=True)
class Hides(Effect):
    """Takes the element out of the page."""

    what: str = ""


@dataclass(frozen=True)
class Sets(Effect):
    """Changes an element that stays the same node: its value, its name, its states."""

    what: str = ""
    value: str | None = None
    name: str | None = None
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replaces(Effect):
    """Puts a new node in the place of an old one: the same to the eye, unless `by` says otherwise."""

    what: str = ""
    by: Item | None = None


@dataclass(frozen=True)
class Moves(Effect):
    """By so many CSS px."""

    what: str = ""
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True)
class Focuses(Effect):
    what: str = ""


# ── the outside ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Sends(Effect):
    """A request, answered after `takes` seconds; then `then`, or `otherwise` where it was refused or `lost` (why)."""

    method: str = "GET"
    url: str = ""
    """Default: the page's own."""
    kind: str = "fetch"
    status: int = 200
    takes: float = 0.0
    refusal: str | None = None
    lost: str = ""
    then: Effects = ()
    otherwise: Effects = ()

    @property
    def accepted(self) -> bool:
        return self.status < 400 and self.refusal is None


@dataclass(frozen=True, kw_only=True)
class Saves(Sends):
    """Sends the page's fields, and the server keeps them as a record as soon as they have left (not if it refuses).

    `kept` overrules that, for servers that lie: keep and answer 500, or answer 200 and keep nothing.
    """

    record: str = field(kw_only=False)
    method: str = "POST"
    kept: bool | None = None

    @property
    def keeps(self) -> bool:
        return self.accepted if self.kept is None else self.kept


@dataclass(frozen=True)
class Drops(Effect):
    """The server forgets the record of the row that was acted on."""


@dataclass(frozen=True)
class Asks(Effect):
    """A native dialog (alert, confirm, prompt), answered at once as the environment was told to answer."""

    message: str
    then: Effects = ()
    otherwise: Effects = ()
    kind: str = "confirm"


@dataclass(frozen=True)
class Downloads(Effect):
    """Sends a file; the action Download puts it where it says, a mere click only reports it."""

    name: str
    content: bytes = b""


@dataclass(frozen=True)
class Reports(Effect):
    """Any other event; its time and place are filled in."""

    event: Event
