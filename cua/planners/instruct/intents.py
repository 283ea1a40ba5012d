"""What a clause means, as data. How it is done depends on the screen and is decided later."""

from __future__ import annotations

from dataclasses import dataclass, field

from cua.planners.instruct.patterns import Phrase
from envs.action import Secret

Value = str | Secret


def shown(value: Value) -> str:
    """A value as it may be shown: a secret by its name only."""
    return f"‹{value.name}›" if isinstance(value, Secret) else f'"{value}"'


@dataclass(frozen=True, slots=True)
class Record:
    """A thing in the application: "the user bob" is kind "user", name "bob". Without a name it is the one that is
    meant."""

    name: str | None
    kind: str | None = None

    def __str__(self) -> str:
        name = f'"{self.name}"' if self.name is not None else ""
        return " ".join(part for part in ("the", self.kind, name) if part) if self.kind else name or "it"


@dataclass(frozen=True, slots=True)
class Intent:
    """Base of all meanings."""


@dataclass(frozen=True, slots=True)
class LogIn(Intent):
    user: str | None = None
    password: Value | None = None

    def __str__(self) -> str:
        with_ = f" with password {shown(self.password)}" if self.password is not None else ""
        return "log in" + (f' as "{self.user}"' if self.user is not None else "") + with_


@dataclass(frozen=True, slots=True)
class LogOut(Intent):
    def __str__(self) -> str:
        return "log out"


@dataclass(frozen=True, slots=True)
class Visit(Intent):
    url: str

    def __str__(self) -> str:
        return f"go to the address {self.url}"


@dataclass(frozen=True, slots=True)
class Open(Intent):
    """`what` is a link, page or tab by its name; `of` the record whose it is, or the record itself where `what` is
    None."""

    what: Phrase | None
    of: Record | None = None

    def __str__(self) -> str:
        if self.what is None:
            return f"open {self.of}"
        return f"open {self.what}" + (f" of {self.of}" if self.of else "")


@dataclass(frozen=True, slots=True)
class Click(Intent):
    what: Phrase
    button: str = "left"
    count: int = 1
    modifiers: tuple[str, ...] = ()

    def __str__(self) -> str:
        verb = {"right": "right-click", "middle": "middle-click"}.get(self.button, "click")
        held = "".join(f"{key}-" for key in self.modifiers)
        return f"{held}{'double-' if self.count == 2 else ''}{verb} {self.what}"


@dataclass(frozen=True, slots=True)
class Push(Intent):
    """A button named by the verb itself ("publish the article", "send"): any of the names."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"press {self.names[0]}"


@dataclass(frozen=True, slots=True)
class Hover(Intent):
    what: Phrase

    def __str__(self) -> str:
        return f"move the pointer over {self.what}"


@dataclass(frozen=True, slots=True)
class Fill(Intent):
    """Give a field a value: by typing, choosing or ticking, as the field is. Without a field, the one that has the
    focus."""

    field: Phrase | None
    value: Value
    of: Record | None = None
    append: bool = False

    def __str__(self) -> str:
        into = " the field in focus" if self.field is None else f" {self.field}".replace("\0", "the ")
        whose = f" of {self.of}" if self.of else ""
        return f"{'add' if self.append else 'set'}{into}{whose}{' +=' if self.append else ' to'} {shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Clear(Intent):
    field: Phrase

    def __str__(self) -> str:
        return f"empty {self.field}"


@dataclass(frozen=True, slots=True)
class Choose(Intent):
    """Choose an option of a list or a radio button; `field` may be left open."""

    option: str
    field: Phrase | None = None
    of: Record | None = None

    def __str__(self) -> str:
        where = f" in {self.field}" if self.field else ""
        return f'choose "{self.option}"{where}' + (f" of {self.of}" if self.of else "")


@dataclass(frozen=True, slots=True)
class Tick(Intent):
    boxes: tuple[Phrase, ...]
    on: bool = True
    of: Record | None = None

    def __str__(self) -> str:
        names = " and ".join(str(box) for box in self.boxes)
        return f"{'tick' if self.on else 'untick'} {names}" + (f" of {self.of}" if self.of else "")


@dataclass(frozen=True, slots=True)
class Rows(Intent):
    """Tick the rows with these names; none means all rows."""

    names: tuple[str, ...]
    on: bool = True

    def __str__(self) -> str:
        which = "the rows of " + " and ".join(f'"{name}"' for name in self.names) if self.names else "all rows"
        return f"{'select' if self.on else 'deselect'} {which}"


@dataclass(frozen=True, slots=True)
class Create(Intent):
    """Reach a form for a new thing and fill in what is known. Saving it is a clause of its own."""

    kind: str
    name: str | None = None
    fields: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        named = f' named "{self.name}"' if self.name is not None else ""
        fields = "".join(f", {name} {shown(value)}" for name, value in self.fields)
        return f"start a new {self.kind}{named}{fields}"


@dataclass(frozen=True, slots=True)
class Delete(Intent):
    """`confirmed`: the text says itself that the question afterwards is answered with yes; `confirm` False: with no
    answer."""

    what: Record
    confirmed: bool = False
    confirm: bool = True
    answer: Phrase | None = None
    """What the button that confirms is called, where the text says so."""

    def __str__(self) -> str:
        return f"delete {self.what}" + (" and confirm" if self.confirm else " without confirming")


@dataclass(frozen=True, slots=True)
class Save(Intent):
    """The submit that keeps what the form holds. `implied`: not written, but what was written makes no sense without
    it.
    `needed` False: where the screen has no such button there is nothing to save."""

    name: Phrase | None = None
    implied: bool = False
    needed: bool = True

    def __str__(self) -> str:
        if self.name is not None:
            return f"save with {self.name}"
        return "save it" + (" (follows from the above)" if self.implied else "")


@dataclass(frozen=True, slots=True)
class Confirm(Intent):
    name: Phrase | None = None
    """What the button is called, where the text says so."""

    def __str__(self) -> str:
        return "say yes to the question" + (f" with {self.name}" if self.name else "")


@dataclass(frozen=True, slots=True)
class Dismiss(Intent):
    """Cancel or close what is open. `what`: a dialog by its name."""

    what: Phrase | None = None
    close: bool = False

    def __str__(self) -> str:
        return f"{'close' if self.close else 'cancel'} {self.what or 'it'}"


@dataclass(frozen=True, slots=True)
class Search(Intent):
    query: str
    where: Phrase | None = None

    def __str__(self) -> str:
        return f'search for "{self.query}"' + (f" in {self.where}" if self.where else "")


@dataclass(frozen=True, slots=True)
class Filter(Intent):
    value: str
    by: Phrase | None = None

    def __str__(self) -> str:
        return f'filter by {self.by}: "{self.value}"' if self.by else f'filter: "{self.value}"'


@dataclass(frozen=True, slots=True)
class Sort(Intent):
    by: Phrase
    descending: bool | None = None

    def __str__(self) -> str:
        order = {None: "", True: ", descending", False: ", ascending"}[self.descending]
        return f"sort by {self.by}{order}"


@dataclass(frozen=True, slots=True)
class Keys(Intent):
    keys: str
    where: Phrase | None = None

    def __str__(self) -> str:
        return f"press the key {self.keys}" + (f" in {self.where}" if self.where else "")


@dataclass(frozen=True, slots=True)
class See(Intent):
    """Look, and go on only if it is so. `wait`: give it longer to come."""

    text: str = ""
    gone: bool = False
    where: str = "text"
    """text, title, url, value (of `field`), ticked or unticked (`field`), chosen (in `field`)."""
    field: Phrase | None = None
    wait: bool = False

    def __str__(self) -> str:
        verb = "wait until" if self.wait else "check that"
        if not self.text and self.field is None:
            return f"{verb} the page has loaded"
        if self.where in {"ticked", "unticked"}:
            return f"{verb} {self.field} is {self.where}"
        what = {"text": "the page shows", "title": "the title says", "url": "the address is"}.get(self.where)
        what = what or f"{self.field} holds"
        return f'{verb} {"not: " if self.gone else ""}{what} "{self.text}"'


@dataclass(frozen=True, slots=True)
class Move(Intent):
    """Back, forward, reload."""

    to: str

    def __str__(self) -> str:
        return {"back": "go back", "forward": "go forward", "reload": "load the page again"}[self.to]


@dataclass(frozen=True, slots=True)
class Scrolling(Intent):
    direction: str
    """down, up, left, right, top, bottom, or "to" an element."""
    to: Phrase | None = None

    def __str__(self) -> str:
        return f"scroll to {self.to}" if self.to else f"scroll {self.direction}"


@dataclass(frozen=True, slots=True)
class Uploading(Intent):
    path: str
    to: Phrase | None = None

    def __str__(self) -> str:
        return f'upload "{self.path}"' + (f" to {self.to}" if self.to else "")


@dataclass(frozen=True, slots=True)
class Downloading(Intent):
    what: Phrase
    to: str | None = None

    def __str__(self) -> str:
        return f"download {self.what}" + (f' to "{self.to}"' if self.to else "")


@dataclass(frozen=True, slots=True)
class Switching(Intent):
    to: str

    def __str__(self) -> str:
        return f"switch to {self.to}"


@dataclass(frozen=True, slots=True)
class Dragging(Intent):
    what: Phrase
    to: Phrase

    def __str__(self) -> str:
        return f"drag {self.what} to {self.to}"


@dataclass(frozen=True, slots=True)
class Avoid(Intent):
    """Something that must not be done: "save", "confirm"."""

    what: str

    def __str__(self) -> str:
        return f"do not {self.what}"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the text with its meaning. `others` are further readings, of which the screen chooses.

    `joined` is set where this clause and the one after it could also be one thing with an "and" in its name
    ("Save and add another"): the reading of both together, taken when exactly that is on the screen.
    """

    number: int
    words: str
    """As it was written, passwords masked."""
    intent: Intent
    others: tuple[Intent, ...] = ()
    joined: Intent | None = None
    spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Where it stands in the text."""

    def __str__(self) -> str:
        return f"{self.number}. {self.intent}"
