"""Filling in, choosing and ticking."""

from __future__ import annotations

from collections.abc import Callable

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent
from cua.planners.instruct.meanings.common import (
    SOMETHING,
    clickable,
    field_name,
    vague,
)
from cua.planners.instruct.patterns import Phrase, Slots, Span
from cua.planners.instruct.phrases import (
    FIELD_WORDS,
    PRONOUNS,
    bare,
    field_value,
    items,
    kind_of,
    names,
    one_literal,
    open_secret,
    plain,
    possessive,
    pronoun,
    record,
    value,
)


def rows(*, on: bool) -> Callable[[Slots], Intent | None]:
    def meaning(slots: Slots) -> Intent | None:
        if "names" not in slots:
            return it.Rows((), on)
        found = names(slots["names"], unboxed)
        return it.Rows(found, on) if found else None

    return meaning


def unboxed(span: Span) -> Span:
    """ "the checkbox in the row of Ann" as "Ann"."""
    lows = bare(span).lows
    if lows[0] in {"checkbox", "box", "row", "boxes", "rows", "line"} and len(lows) > 2:
        size = next((n for n in (5, 4, 2) if " ".join(lows[1:n]) in _ROW_OF), 0)
        return bare(span).after(size) if size else span
    return span


_ROW_OF = frozenset({"in the row of", "in row of", "of", "for", "next to", "in the line of", "in the row"})


def choose(slots: Slots) -> Intent | None:
    field = field_name(slots["field"]) if "field" in slots else None
    if "field" in slots and field is None:
        return None
    option = slots["option"] if one_literal(slots["option"]) else bare(slots["option"])
    if field is None and not clickable(option):
        return None
    given = value(option)
    if given is None or vague(option):
        return None
    of = record(slots["record"]) if "record" in slots else None
    return it.Choose(str(given), field, of) if "record" not in slots or of else None


def set_field(slots: Slots) -> Intent | None:
    given = value(slots["value"])
    if given is None or pronoun(slots["value"]):
        return None
    if "owned" in slots:
        parts = possessive(slots["owned"])
        if parts is None:
            return None
        of, field = record(parts[0]), field_name(parts[1])
        return it.Fill(field, given, of) if of and field else None
    field = field_name(slots["field"])
    if field is None or possessive(slots["field"]) or open_secret(field.text, slots["value"]):
        return None
    if "record" in slots:
        of = record(slots["record"])
        gives = slots["head"].lows[0] in {"give", "assign"}
        return it.Fill(field, given, of) if of and not (gives and field.text.casefold() not in FIELD_WORDS) else None
    return it.Fill(field, given)


def rename(slots: Slots) -> Intent | None:
    of, given = record(slots["record"]), value(slots["value"])
    return it.Fill(Phrase("\0name"), given, of) if of and given is not None else None


def fill(slots: Slots) -> Intent | None:
    if "known" in slots:
        pair = field_value(bare(slots["known"]))
        is_known = pair is not None and pair[0].casefold() in FIELD_WORDS
        return it.Fill(Phrase(pair[0]), pair[1]) if pair and is_known else None
    given = value(slots["value"])
    field = field_name(slots["field"])
    unsure = field is None or open_secret(field.text, slots["value"])
    if given is None or field is None or unsure or vague(slots["value"]):
        return None
    if "record" in slots:
        of = record(slots["record"])
        return it.Fill(field, given, of) if of else None
    return it.Fill(field, given)


def append(slots: Slots) -> Intent | None:
    given, field = value(slots["value"]), field_name(slots["field"])
    starts_new = slots["value"].lows[0] in {"a", "an", "new", "another"}
    if given is None or field is None or starts_new or (kind_of(slots["field"].lows[0]) and len(slots["field"]) > 1):
        return None
    return it.Fill(field, given, append=True)


def type_here(slots: Slots) -> Intent | None:
    span = slots["value"]
    given = value(span)
    if given is None or vague(span):
        return None
    placed = not one_literal(span) and {"in", "into", "to", "as", "on", "for"} & set(span.lows)
    return None if placed or len(span) > 6 or span.lows[0] in SOMETHING else it.Fill(None, given)


def clear(slots: Slots) -> Intent | None:
    field = field_name(slots["field"])
    return it.Clear(field) if field else None


def tick(*, on: bool) -> Callable[[Slots], Intent | None]:
    def meaning(slots: Slots) -> Intent | None:
        of = record(slots["record"]) if "record" in slots else None
        if "record" in slots and of is None:
            return None
        span = slots["boxes"]
        if parts := possessive(span):
            of, span = record(parts[0]), parts[1]
        boxes = tuple(field for item in _boxes(span) if (field := field_name(item)) is not None)
        if not boxes or any(box.text.casefold() in PRONOUNS | SOMETHING and not box.quoted for box in boxes):
            return None
        if not clickable(span) or (len(boxes) == 1 and not plain(bare(span)) and of is None and len(span) > 8):
            return None
        return it.Tick(boxes, on, of)

    return meaning


def _boxes(span: Span) -> list[Span]:
    parts = list(items(span))
    words_ = {"box", "boxes", "checkbox", "checkboxes", "tickbox", "option", "options"}
    kept = []
    for part in parts:
        part = bare(part)
        if len(part) > 1 and part.lows[-1] in words_:
            part = part.before(len(part) - 1)
        elif len(part) > 1 and part.lows[0] in words_ and part.lows[1] not in {"next", "in", "of"}:
            part = part.after(1)
        if part.lows[0] in {"labelled", "labeled", "called", "named", "for"} and len(part) > 1:
            part = part.after(1)
        kept.append(part)
    return kept
