"""The part of the format that names elements and says what is expected of a screen, as tables."""

from __future__ import annotations

from cua.taskfile.kinds import (
    Aim,
    Either,
    FilePath,
    Fixed,
    Flag,
    Form,
    Key,
    Many,
    Number,
    OneOf,
    Record,
    Relations,
    Want,
    Words,
)
from grounding.target import Relation

SECONDS = Number(least=0)
_NUMBER = Number(whole=True, least=0, names=True)

# Targets: what may stand beside the words.
RELATIONS = tuple(
    Key(relation.value, Relations(), f"The element is {relation.value} this one.") for relation in Relation
)
TARGET = Form(
    "target",
    (
        Key("target", Words(), "What it is called."),
        Key("role", Fixed("[a-z]+", "an ARIA role"), "Its ARIA role: button, link, textbox, …"),
        Key("nth", Either((Number(whole=True), OneOf(("last",)))), "Which one of several, from 1; -1 is the last."),
        Key("exact", Flag(), "The name has to be equal, not similar."),
        *RELATIONS,
    ),
    "An element as a person names it.",
    some_of=("target", "role"),
)
BESIDE = tuple(key for key in TARGET.keys if key.name != "target")
"""What may stand beside the key that holds a target."""

# What can be expected.
_OF = Key("target", Aim(), "Which field or element; the step's own when it is left out.", required=True)


def _state(name: str, doc: str) -> Key:
    form = Form(name, (_OF, Key("is", Flag(), "Whether it is (true) or is not (false).")), aimed="target")
    return Key(name, Either((Flag(), Record(form), Aim())), doc)


WANT = Form(
    "expectation",
    (
        Key(
            "text",
            Either(
                (
                    Words(),
                    Many(Words()),
                    Record(Form("text", (Key("text", Words(), required=True), Key("in", Aim(), "Only inside this.")))),
                )
            ),
            "This text can be seen; of a list, all of them.",
        ),
        Key("gone", Many(Words(), single=True), "Neither such a text nor an element of that name is there."),
        Key("url", Words(), 'The address: a path ("/admin/"), a whole URL, * for any characters.'),
        Key("title", Words(), "The title contains this."),
        Key(
            "value",
            Either(
                (
                    Words(empty=True),
                    Record(
                        Form(
                            "value",
                            (_OF, Key("is", Words(empty=True), "What it shows."), Key("value", Words(empty=True))),
                            aimed="target",
                            one_of=("is", "value"),
                        )
                    ),
                )
            ),
            "The field shows exactly this.",
        ),
        _state("checked", "The box is checked."),
        Key(
            "selected",
            Either(
                (
                    Words(),
                    Record(
                        Form("selected", (Key("option", Words(), required=True), Key("from", Aim(), "In this field.")))
                    ),
                )
            ),
            "The option is chosen.",
        ),
        _state("enabled", "It can be used."),
        _state("focused", "It has the keyboard's focus."),
        Key("element", Aim(), "Such an element is there."),
        Key(
            "count",
            Record(
                Form(
                    "count",
                    (
                        Key("target", Aim(), "What to count.", required=True),
                        Key("is", _NUMBER, "Exactly so many."),
                        Key("exactly", _NUMBER, "Exactly so many."),
                        Key("at_least", _NUMBER),
                        Key("at_most", _NUMBER),
                    ),
                    aimed="target",
                    some_of=("is", "exactly", "at_least", "at_most"),
                )
            ),
            "So many elements are there.",
        ),
        Key("window", Words(), "A tab or window with this in its title or address is open."),
        Key(
            "file",
            Record(
                Form(
                    "file",
                    (Key("path", FilePath(), required=True), Key("contains", Words(), "This text is in it.")),
                    short="path",
                )
            ),
            "The file is there and not empty.",
        ),
        Key("download", Words(), "A file with this in its name has arrived."),
        Key("dialog", Words(), "A dialog with this in its message was shown."),
        Key("state", Words(), "The screen is the one that the application map calls so."),
        Key("changed", Either((Flag(only=True), Aim())), "Something, or this element, is different from before."),
        Key(
            "http",
            Record(
                Form(
                    "http",
                    (
                        Key("status", Number(whole=True, least=100), "The answer's status: 200."),
                        Key("method", OneOf(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))),
                        Key("url", Words(), "Of a request to this address."),
                    ),
                    short="status",
                    some_of=("status", "method", "url"),
                )
            ),
            "A request of the step was answered so.",
        ),
        Key("all", Many(Want()), "All of these hold."),
        Key("any", Many(Want()), "At least one of these holds."),
        Key("not", Want(), "This does not hold."),
        Key("within", SECONDS, "Seconds that it may take."),
    ),
    "What must be true of the screen; several keys: all of them.",
)
