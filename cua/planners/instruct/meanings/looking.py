"""Looking whether something is so, searching, filtering, sorting."""

from __future__ import annotations

from collections.abc import Callable

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent
from cua.planners.instruct.meanings.common import (
    LEADING,
    field_name,
    shown_text,
    target,
    vague,
)
from cua.planners.instruct.patterns import Phrase, Slots, Span
from cua.planners.instruct.phrases import (
    ARTICLES,
    PRONOUNS,
    bare,
    field_value,
    name,
    one_literal,
    pronoun,
    record,
    value,
)


def gone(*, wait: bool) -> Callable[[Slots], Intent | None]:
    def meaning(slots: Slots) -> Intent | None:
        if pronoun(slots["text"]):
            return it.See("\0it", gone=True, wait=wait)
        text = shown_text(slots["text"])
        return it.See(text, gone=True, wait=wait) if text else None

    return meaning


_STATES = {
    "ticked": "ticked", "checked": "ticked", "on": "ticked", "enabled": "ticked", "selected": "ticked", "active":
    "ticked",
    "unticked": "unticked", "unchecked": "unticked", "off": "unticked", "disabled": "unticked",
    "not ticked": "unticked", "not checked": "unticked", "not selected": "unticked",
}  # fmt: skip


def see(*, wait: bool) -> Callable[[Slots], Intent | None]:
    def meaning(slots: Slots) -> Intent | None:
        if "title" in slots:
            return it.See(slots["title"].phrase.text, where="title", wait=wait)
        if "url" in slots:
            return it.See(slots["url"].phrase.text, where="url", wait=wait)
        if "loaded" in slots:
            return _loaded(slots["loaded"])
        if "state" in slots:
            state, box = _STATES.get(" ".join(slots["state"].lows)), field_name(slots["box"])
            return it.See(where=state, field=box, wait=wait) if state and box else None
        if "value" in slots:
            field, given = field_name(slots["field"]), value(slots["value"])
            if not field or given is None or field.text.casefold() in PRONOUNS or "not" in slots["value"].lows:
                return None
            return it.See(str(given), where="value", field=field, wait=wait)
        if pronoun(slots["text"]):
            return it.See("\0it", wait=wait)
        text = shown_text(slots["text"])
        return it.See(text, wait=wait) if text else None

    return meaning


def _loaded(span: Span) -> Intent | None:
    words = [low for low in span.lows if low not in ARTICLES]
    page = {"page", "screen", "site", "it", "everything"}
    loads = {"load", "loads", "loaded", "ready", "settle", "settles", "finish", "finishes", "done"}
    if (words and words[0] in page and words[-1] in loads) or words in (["loading"], ["page"]):
        return it.See(wait=True)
    if one_literal(span) or span.text[:1].isupper():
        text = shown_text(span)
        return it.See(text, wait=True) if text else None
    return None


def sort(slots: Slots) -> Intent | None:
    by = target(slots["by"])
    said = slots["all"].lows
    descending = True if {"descending", "desc"} & set(said) else False if {"ascending", "asc"} & set(said) else None
    if (
        descending is None
        and by is not None
        and slots["by"].lows[-1] in {"descending", "desc", "ascending", "asc", "order"}
    ):
        return None
    return it.Sort(by, descending) if by else None


def filter_(slots: Slots) -> Intent | None:
    if "pair" in slots:
        pair = slots["pair"]
        split = field_value(bare(pair)) if len(pair) > 1 and not one_literal(pair) else None
        if split is not None:
            return it.Filter(str(split[1]), Phrase(split[0]))
        only = name(bare(pair))
        return it.Filter(only) if only else None
    by = target(slots["by"]) if "by" in slots else None
    given = value(slots["value"])
    if given is None or ("by" in slots and by is None) or ("by" not in slots and not name(slots["value"])):
        return None
    return it.Filter(str(given), by)


def search(slots: Slots) -> Intent | None:
    where = target(slots["where"]) if "where" in slots else None
    if ("where" in slots and where is None) or not slots["query"]:
        return None
    if slots["query"].lows[0] in LEADING:
        return None
    query = bare(slots["query"]) if not one_literal(slots["query"]) else slots["query"]
    meant = record(query)
    if meant is not None and meant.name is not None and meant.kind is not None:
        return it.Search(meant.name, where)
    if pronoun(query):
        return it.Search("\0it", where)
    given = value(query)
    if given is None or vague(query):
        return None
    return it.Search(str(given), where)
