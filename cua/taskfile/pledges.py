"""The part of the format that a step and a run are held to, as tables: contracts."""

from __future__ import annotations

from cua.taskfile.kinds import Either, Fixed, Form, Key, Many, Record, Remedies, Want

MOST_REMEDIES = 4
"""One less than the tries that a step has in a run (`cua.limits`)."""
NO_REMEDY = frozenset({"extract", "ask"})
"""What brings something home, and mends nothing."""

OF_A_STEP = (
    Key("name", Fixed(), "What the rules of `order` call it."),
    Key("pre", Want(), "What must be true before it; waited for, and the step is not done without it."),
    Key("always", Many(Want(), single=True), "What must be true before and after it; of a list, each."),
    Key("never", Many(Want(), single=True), "What must not be seen meanwhile; of a list, none."),
    Key(
        "recover",
        Remedies(MOST_REMEDIES),
        "What to try where it has failed: one of these after the other, and after each the step again.",
    ),
)

_EITHER = Either((Want(), Fixed()))
RULE = Form(
    "rule",
    (
        Key("see", Want(), "This has to be seen …"),
        Key("do", Fixed(), "The step of this name has to be done …"),
        Key("before", _EITHER, "… before this is seen, or the step of this name is done."),
        Key("keep", Want(), "This has to be so on every screen …"),
        Key("until", _EITHER, "… until this is seen, or the step of this name is done; it has to come."),
        Key("eventually", _EITHER, "This has to be seen, or the step of this name done, at some time."),
        Key("name", Fixed(), "What the rule is called when it is told of."),
    ),
    "A rule about the order of things: see or do … before …; keep … until …; eventually …",
    one_of=("before", "until", "eventually"),
    needs=(
        *(("before", ("see", "do")), ("until", ("keep",))),
        *(("see", ("before",)), ("do", ("before",)), ("keep", ("until",))),
    ),
)

OF_A_RUN = (
    Key("always", Many(Want(), single=True), "What must be true on every screen of the run; of a list, each."),
    Key("never", Many(Want(), single=True), "What must be seen on no screen at all; of a list, none."),
    Key("order", Many(Record(RULE), single=True), "Rules about the order of things."),
)
