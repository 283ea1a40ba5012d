"""The whole format of task files, as tables. What a file may say is said here and nowhere else."""

from __future__ import annotations

from cua.taskfile.expects import SECONDS, WANT
from cua.taskfile.kinds import (
    Aim,
    Either,
    FilePath,
    Fixed,
    Flag,
    Form,
    Given,
    Key,
    Keys,
    Literal,
    Many,
    Map,
    Memory,
    Name,
    Number,
    OneOf,
    Record,
    Rows,
    Steps,
    Url,
    Want,
    Words,
)
from cua.taskfile.pledges import OF_A_RUN, OF_A_STEP

VERSION = 1
PARAM_TYPES = ("text", "number", "integer", "boolean", "date", "choice", "email", "list")
READ = ("text", "value", "rows")
"""What extract reads by name; anything else is the name of an attribute."""
TO_SCROLL = ("up", "down", "left", "right", "top", "bottom")
PARTS = ("top", "bottom", "left", "right")
MODIFIERS = ("Alt", "Control", "Meta", "Shift")

_TARGET = Key("target", Aim(), 'What to act on, in words: "Save button", "Delete in the row of vda1".', required=True)


def _aimed(name: str, doc: str, *more: Key) -> Form:
    return Form(name, (_TARGET, *more), doc, short="target", aimed="target")


def _bare(name: str, doc: str) -> Form:
    return Form(name, (), doc)


WAIT_HINT = "wait for something that can be seen, as in `wait: {text: Saved, within: 5}`"


# The verbs.
_DO = Key("do", Steps(), "The steps to do each time.", required=True)
VERBS: dict[str, Form] = {
    form.name: form
    for form in (
        Form(
            "open",
            (
                Key("url", Url(path=True), "The address, or its path on the site where the run began.", required=True),
                Key("place", Fixed(), "In which place of `start`."),
            ),
            "Go to an address.",
            short="url",
        ),
        _aimed(
            "click", "Click it.", Key("modifiers", Many(OneOf(MODIFIERS), single=True), "Keys held down meanwhile.")
        ),
        _aimed("double_click", "Click it twice."),
        _aimed("right_click", "Click it with the right button."),
        _aimed("hover", "Move the pointer over it."),
        Form(
            "drag",
            (
                Key("from", Aim(), required=True),
                Key("to", Aim(), required=True),
                Key("at", OneOf(PARTS), "On which part of it; its middle, if left out."),
            ),
            "Drag one onto the other.",
        ),
        Form(
            "type",
            (
                Key("into", Aim(), "The field.", required=True),
                Key("text", Words(empty=True), "What to type."),
                Key("secret", Name(), "The name of a secret to type."),
                Key("append", Flag(), "Add to what is there; else it is replaced."),
            ),
            "Type into a field.",
            aimed="into",
            one_of=("text", "secret"),
        ),
        _aimed("clear", "Empty the field."),
        Form(
            "press",
            (
                Key("keys", Keys(), "Enter, Control+S, …", required=True),
                Key("into", Aim(), "Where; else what has the focus."),
            ),
            "Press keys.",
            short="keys",
            aimed="into",
        ),
        Form(
            "select",
            (Key("from", Aim(), "The field.", required=True), Key("option", Words(), "Its label.", required=True)),
            "Choose an option.",
            aimed="from",
        ),
        _aimed("check", "Make the box checked."),
        _aimed("uncheck", "Make the box not checked."),
        Form(
            "upload",
            (
                Key("into", Aim(), "The field.", required=True),
                Key("file", Many(FilePath(), single=True), "The file or files.", required=True),
            ),
            "Give files to a field.",
            aimed="into",
        ),
        Form(
            "download",
            (_TARGET, Key("to", FilePath(), "Where the file goes.", required=True)),
            "Click it and keep the file that it sends.",
            aimed="target",
        ),
        Form(
            "scroll",
            (
                Key("to", OneOf(TO_SCROLL), "Where to."),
                Key("by", Number(least=1), "How far, in CSS px."),
                Key("target", Aim(), "Which part of the screen; else the page."),
            ),
            "Scroll.",
            short="to",
            aimed="target",
            some_of=("to", "target"),
        ),
        _bare("back", "Go back one page."),
        _bare("forward", "Go forward one page."),
        _bare("reload", "Load the page again."),
        Form(
            "switch",
            (
                Key(
                    "to",
                    Words(),
                    "Title, address, number from 1, new (the one opened last), or a place.",
                    required=True,
                ),
            ),
            "Go on in another tab, window or place.",
            short="to",
        ),
        Form("wait", WANT.keys, "Wait until this can be seen."),
        Form(
            "extract",
            (
                _TARGET,
                Key("as", Name(), "The name under which it can be used: {name}."),
                Key("into", FilePath(), "A .json or .csv file to add it to."),
                Key(
                    "what",
                    Fixed("[A-Za-z][A-Za-z0-9_-]*", "text, value, rows or the name of an attribute"),
                    "What to read.",
                ),
            ),
            "Read something.",
            short="target",
            aimed="target",
            some_of=("as", "into"),
        ),
        Form(
            "ask",
            (
                Key("question", Words(), required=True),
                Key("as", Name(), "The name under which the answer can be used."),
            ),
            "Ask the person at the terminal.",
            short="question",
        ),
        Form(
            "call",
            (
                Key("workflow", FilePath(fixed=True), "Another task file.", required=True),
                Key("with", Given(), "Values for its params."),
                Key("as", Name(), "The name under which what it extracts can be used: {name.x}."),
            ),
            "Do the steps of another file.",
            short="workflow",
        ),
        Form(
            "if",
            (
                Key("expect", Want(), "The question."),
                *WANT.keys,
                Key("then", Steps(), "The steps if it is so.", required=True),
                Key("else", Steps(), "The steps if it is not."),
            ),
            "Ask the screen, and do one or the other.",
        ),
        Form(
            "for_each",
            (
                Key("row", Name(), 'The name of the current one; "row" if left out.'),
                Key(
                    "in",
                    Either((Rows(), Aim())),
                    "A list, {a list}, or a target: its rows on the screen.",
                    required=True,
                ),
                _DO,
            ),
            "Do steps for each one.",
        ),
        Form(
            "repeat",
            (
                _DO,
                Key("until", Want(), "Asked after each round.", required=True),
                Key("at_most", Number(whole=True, least=1, names=True), "So many rounds, then give up.", required=True),
            ),
            "Do steps again and again.",
        ),
    )
}
NOT_YET = {"code": "code is not available yet"}
CONTROLS = frozenset({"if", "for_each", "repeat", "call"})
NO_COMMIT = frozenset({"wait", "extract", "ask", "scroll", "hover", "switch"})
"""What changes nothing that could not be undone."""
BARE = frozenset({"back", "forward", "reload"})
AIMING = frozenset({"drag", *(form.name for form in VERBS.values() if form.aimed is not None)})
"""What is done to a target."""

# What may stand beside the verb.
STEP_KEYS = (
    Key("expect", Want(), "What must be true afterwards."),
    Key(
        "commit",
        Flag(),
        "It cannot be undone: it needs permission before and proof after, and is never repeated blindly.",
    ),
    Key("already", Want(), "How to see, after a crash, that it has happened."),
    Key("timeout", SECONDS, "Seconds that the target may take to appear, and the proof to come."),
    Key("within", SECONDS, "Seconds that `expect` may take."),
    *OF_A_STEP,
)
CONTROL_KEYS = ("timeout",)

# The file.
PARAM = Form(
    "param",
    (
        Key("type", OneOf(PARAM_TYPES), "text, if left out."),
        Key("default", Literal(), "Its value when none is given."),
        Key("options", Many(Literal()), "What can be chosen, of a choice."),
        Key("required", Flag(), "false: it may stay empty."),
        Key("description", Fixed(), "What it is for."),
    ),
    "A value that the person running the file can set.",
)
PLACE = Form(
    "place",
    (
        Key("url", Url(), "The address at which it begins."),
        Key("app", Many(Words(), single=True), "A program and its arguments."),
    ),
    "Where a run begins.",
    one_of=("url", "app"),
)
FILE = Form(
    "task file",
    (
        Key("cua", Number(whole=True), "The version of the format.", required=True),
        Key(
            "name",
            Fixed("[A-Za-z0-9][A-Za-z0-9 ._-]*", "letters, digits, - and _"),
            "Its name; the file's if left out.",
        ),
        Key("description", Fixed(), "What it is for."),
        Key("goal", Words(), "What is to be reached, in words."),
        Key(
            "start",
            Either((Url(), Map(Record(PLACE)), Record(PLACE))),
            "Where it begins: {url: …}, {app: […]}, or several places.",
        ),
        Key("params", Map(Either((Record(PARAM), Literal()))), "Values that can be set; `name: default` is short."),
        Key("secrets", Many(Name()), "Names of secrets; the person running it binds them to values and origins."),
        Key("timeout", SECONDS, "Seconds that each step may take, where it does not say."),
        *OF_A_RUN,
        Key("steps", Steps(), "What to do.", required=True),
        Key("done", Want(), "How to see that the goal is reached."),
        Key("anchors", Many(Memory()), "What was recorded of targets, to find them again when they are not called so."),
    ),
    "A task for the computer-use agent.",
)
