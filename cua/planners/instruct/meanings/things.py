"""Making and deleting things."""

from __future__ import annotations

import re

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent, Record, Value
from cua.planners.instruct.meanings.common import (
    SOMETHING,
)
from cua.planners.instruct.patterns import Phrase, Slots, Span
from cua.planners.instruct.phrases import (
    PRONOUNS,
    bare,
    fields,
    name,
    record,
    singular,
)


def delete_selected(slots: Slots) -> Intent | None:
    what = slots["what"].text if "what" in slots else ""
    return it.Push((f"Delete selected {what}".strip(), "Delete selected", "Delete"))


def delete(slots: Slots) -> Intent | None:
    if "record" not in slots:
        return it.Delete(Record(None))
    span = slots["record"]
    if set(span.lows) & {"all", "every", "everything", "any", "each", "first", "last", "some"}:
        return None
    meant = record(span)
    if meant is None or (meant.name is None and meant.kind is not None and span.lows[0] not in {"the", "this", "that"}):
        return None
    if meant.name is not None and singular(meant.name.casefold()) in PRONOUNS | SOMETHING:
        return None
    return it.Delete(meant)


def to_cart(slots: Slots) -> Intent | None:
    meant = record(slots["what"])
    place = slots["all"].tokens[-1].low
    return it.Open(Phrase(f"Add to {place}"), meant) if meant and meant.name else None


def create(slots: Slots) -> Intent | None:
    given: tuple[tuple[str, Value], ...] = ()
    for slot in ("fields", "known_fields"):
        if slot in slots:
            pairs = fields(slots[slot], known=slot == "known_fields")
            if pairs is None:
                return None
            given = pairs
    if "plainkind" in slots:
        kind = _kind(slots["plainkind"])
        return it.Create(kind) if kind else None
    if "record" in slots:
        return _create_record(slots["record"], given)
    if "kind" not in slots:
        return it.Create("\0it")
    kind = _kind(slots["kind"])
    if kind is None:
        return None
    if "name" not in slots:
        return it.Create(kind, None, given)
    named = name(slots["name"])
    return it.Create(kind, named, given) if named is not None else None


def _kind(span: Span) -> str | None:
    words_ = [low for low in bare(span).lows if low != "new"]
    if len(bare(span)) > 1 and not all(token.text.islower() for token in bare(span).tokens):
        return None  # "a group Editors" has a name in it
    if not words_ or len(words_) > 4 or "\0" in words_ or not all(re.fullmatch(r"[a-z][a-z-]*", low) for low in words_):
        return None
    if set(words_) & (SOMETHING | PRONOUNS | {"and", "with", "to", "of", "for", "in", "from", "named", "called"}):
        return None
    return " ".join(words_)


def _create_record(span: Span, given: tuple[tuple[str, Value], ...]) -> Intent | None:
    span = bare(span)
    if span.lows[0] == "new" and len(span) > 1:
        span = span.after(1)
    meant = record(span)
    if meant is None or meant.name is None or meant.kind is None:
        return None
    return it.Create(meant.kind, meant.name, given)
