"""Clicking, keys, files, and the buttons that keep, confirm or drop."""

from __future__ import annotations

import re
from collections.abc import Callable

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent
from cua.planners.instruct.lexer import Kind
from cua.planners.instruct.meanings.common import (
    SOMETHING,
    clickable,
    field_name,
    key_names,
    target,
)
from cua.planners.instruct.patterns import Phrase, Slots
from cua.planners.instruct.phrases import (
    PRONOUNS,
    bare,
    kind_of,
    plain,
    pronoun,
    word,
)


def keys(slots: Slots) -> Intent | None:
    if any(token.kind is Kind.QUOTED for token in slots["keys"].tokens):
        return None
    named = key_names(slots["keys"].text)
    if named is None or slots["head"].lows[0] not in {"press", "hit", "tap", "push", "use"}:
        return None
    where = target(slots["where"]) if "where" in slots else None
    return it.Keys(named, where)


def click(*, button: str = "left", count: int = 1, modifiers: tuple[str, ...] = ()) -> Callable[[Slots], Intent | None]:
    def meaning(slots: Slots) -> Intent | None:
        what = target(slots["what"])
        if what is None or (re.search(r"\b(twice|\w+ times)$", what.text) and not what.quoted):
            return None
        if slots["what"].tokens[0].low == "on" or not clickable(slots["what"]):
            return None
        return it.Click(what, button, count, modifiers)

    return meaning


def hover(slots: Slots) -> Intent | None:
    what = target(slots["what"])
    return it.Hover(what) if what else None


def scroll(slots: Slots) -> Intent | None:
    if "what" in slots:
        what = target(slots["what"])
        return it.Scrolling("to", what) if what else None
    said = set(slots["all"].lows)
    for word_, direction in (("top", "top"), ("start", "top"), ("bottom", "bottom"), ("end", "bottom")):
        if word_ in said:
            return it.Scrolling(direction)
    return next((it.Scrolling(way) for way in ("down", "up", "left", "right") if way in said), None)


def upload(slots: Slots) -> Intent | None:
    path = word(slots["path"])
    field = field_name(slots["field"]) if "field" in slots else None
    if path is None or path.casefold() in PRONOUNS | SOMETHING or ("field" in slots and field is None):
        return None
    return it.Uploading(path, field)


def download(slots: Slots) -> Intent | None:
    what = target(slots["what"])
    path = word(slots["path"]) if "path" in slots else None
    if what is None or ("path" in slots and path is None):
        return None
    return it.Downloading(what, path)


def drag(slots: Slots) -> Intent | None:
    what, to = target(slots["what"]), target(slots["to"])
    return it.Dragging(what, to) if what and to else None


def confirm(slots: Slots) -> Intent | None:
    if "with" not in slots:
        return it.Confirm()
    named = target(slots["with"])
    return it.Confirm(named) if named else None


def dismiss(slots: Slots) -> Intent | None:
    close = slots["all"].lows[0] == "close"
    span = slots.get("closed") or slots.get("what")
    if span is None:
        return it.Dismiss(close=close)
    if set(span.lows) & {"browser", "window", "tab"}:
        return None
    if pronoun(span) or span.lows in {("dialog",), ("popup",), ("message",), ("form",), ("menu",)}:
        return it.Dismiss(close=close)
    what = target(span)
    return it.Dismiss(what, close) if what else None


def save(slots: Slots) -> Intent | None:
    head = slots["all"].lows[0]
    if "what" not in slots:
        return it.Save()
    span = slots["what"]
    if not clickable(span) or any(token.kind is Kind.COMMA for token in span.tokens):
        return None
    known = kind_of(span.lows[-1]) is not None and len(span) <= 3
    if known or span.lows[-1] in {"changes", "form", "settings", "values", "edits", "details", "profile", "work"}:
        return it.Save()
    text = span.text
    if span.lows[0] in {"as", "and"}:
        return it.Save(Phrase(f"{head.capitalize()} {text}"))
    return it.Push((f"{head.capitalize()} {text}", head.capitalize())) if plain(span) else None


def push(slots: Slots) -> Intent | None:
    span = slots["all"]
    verb = (
        span.tokens[0].low
        if span.lows[:2] not in (("check", "out"), ("sign", "up"), ("pay", "now"))
        else " ".join(span.lows[:2])
    )
    verb = verb.capitalize()
    if "what" not in slots:
        return it.Push((verb,))
    what = bare(slots["what"])
    if not plain(what) or pronoun(what):
        return None
    return it.Push((f"{verb} {what.text}", verb))
