"""Signing in and out, and getting from page to page."""

from __future__ import annotations

import re
from collections.abc import Callable

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent, Record
from cua.planners.instruct.meanings.common import (
    URL,
    clickable,
    target,
)
from cua.planners.instruct.patterns import Phrase, Slots, Span
from cua.planners.instruct.phrases import (
    PRONOUNS,
    bare,
    name,
    one_literal,
    plural,
    possessive,
    pronoun,
    record,
    word,
)


def log_in(slots: Slots) -> Intent | None:
    for place in ("place", "place2"):
        if place in slots and (
            len(slots[place]) > 4 or set(slots[place].lows) & {"as", "password", "with", "and", ","}
        ):
            return None
    if "pair" in slots:
        pair = re.fullmatch(r"([^\s/:]+)[/:](\S+)", slots["pair"].text)
        return it.LogIn(pair[1], pair[2]) if pair else None
    user, password = slots.get("user"), slots.get("password")
    if password is not None and (not word(password) or password.lows[0] in {"and", "as", "the"}):
        return None
    if user is None:
        return it.LogIn(None, word(password)) if password else it.LogIn()
    user = bare(user)
    if len(user) > 1 and user.lows[-1] in {"user", "account"}:
        user = user.before(len(user) - 1)
    if len(user) > 1 and user.lows[0] in {"user", "username", "account"}:
        user = user.after(1)
    named = name(user)
    if named is None or len(user) > 3 or set(user.lows) & {"password", "and", "with", "/", ","} or "/" in user.text:
        return None
    return it.LogIn(named, word(password) if password else None)


def log_out(slots: Slots) -> Intent | None:
    return it.LogOut() if "place" not in slots or len(slots["place"]) <= 4 else None


def visit(slots: Slots) -> Intent | None:
    url = word(slots["url"])
    if url is None or not URL.fullmatch(url):
        return None
    return it.Visit(url if "://" in url or url.startswith(("/", "about:")) else f"http://{url}")


def move(to: str) -> Callable[[Slots], Intent]:
    return lambda slots: it.Move(to)


def switch(slots: Slots) -> Intent | None:
    if "to" in slots:
        to = name(slots["to"])
        return it.Switching(to) if to and to.casefold() not in PRONOUNS | {"new", "other"} else None
    which = next(
        (low for low in slots["all"].lows if low in {"new", "other", "next", "previous", "first", "last"}), "new"
    )
    return it.Switching({"first": "1"}.get(which, "new")) if which in {"new", "other", "first", "last"} else None


_LISTS = frozenset({"page", "section", "screen", "list", "view", "area", "panel", "overview", "listing", "module"})


def open_(slots: Slots) -> Intent | None:
    if "page" in slots:
        page = target(slots["page"])
        sure = page and clickable(slots["page"]) and not possessive(slots["page"]) and not pronoun(slots["page"])
        return it.Open(page) if page and sure else None
    if "what" not in slots:
        meant = record(slots["record"])
        return it.Open(None, meant) if meant else None
    if "record" in slots:
        return _part_of(slots["what"], slots["record"])
    span = slots["what"]
    if pronoun(span):
        return it.Open(None, Record(None))
    if parts := possessive(span):
        return _part_of(parts[1], parts[0])
    span = bare(span)
    if len(span) > 1 and span.lows[-1] in _LISTS and not one_literal(span.before(1)):
        span = span.before(len(span) - 1)
    if not clickable(span) or span.lows[0] == "new":
        return None
    meant = record(span)
    if (
        meant is not None
        and meant.kind is not None
        and span.lows[0] not in {"first", "second", "third", "last", "next"}
    ):
        return it.Open(None, meant)
    what = target(span)
    return it.Open(what) if what else None


def _part_of(part: Span, owner: Span) -> Intent | None:
    what, of = target(part), record(owner)
    if what is None or of is None or pronoun(part) or not clickable(part) or len(part) > 5:
        return None
    if what.text.casefold() in {"list", "page", "details", "detail page", "record"} and not what.quoted:
        if what.text.casefold() == "list":
            return it.Open(Phrase(plural(of.kind) if of.kind and not of.name else of.name or ""))
        return it.Open(None, of)
    return it.Open(what, of)
