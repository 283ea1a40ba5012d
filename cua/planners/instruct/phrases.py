"""Parts of clauses: records ("the user bob", "bob's"), lists of names, values, lists of fields; and what is too unsure
to be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from cua.planners.instruct.intents import Record, Value
from cua.planners.instruct.lexer import Kind
from cua.planners.instruct.patterns import Phrase, Span

ARTICLES = frozenset(
    {"the", "a", "an", "my", "your", "its", "his", "her", "their", "this", "that", "our", "these", "those"}
)
PRONOUNS = frozenset({"it", "them", "him", "her", "this", "that", "they", "one", "these", "those", "itself", "so"})
KINDS = frozenset(
    [
        "user", "group", "account", "member", "person", "customer", "client", "contact", "company", "organisation",
        "organization", "team", "role", "permission", "issue", "ticket", "bug", "task", "project", "milestone", "story",
        "epic", "page", "article", "post", "blog", "entry", "note", "message", "comment", "topic", "thread", "forum",
        "book", "author", "product", "item", "order", "invoice", "payment", "cart", "category", "tag", "label",
        "keyword", "database", "table", "row", "record", "column", "field", "query", "view", "event", "calendar",
        "appointment", "meeting", "reminder", "file", "folder", "document", "image", "photo", "album", "song",
        "playlist", "list", "card", "board", "column", "job", "report", "form", "question", "answer", "poll", "survey",
        "address", "country", "city", "site", "domain", "server", "host", "network", "disk", "image", "volume",
        "snapshot", "key", "token", "rule", "filter", "collection", "addressbook", "notebook", "tenant", "employee",
        "student", "teacher", "course", "class", "department", "supplier", "recipe",
    ]
)  # fmt: skip
"""Nouns that say what sort of thing a name belongs to. Only English; nothing depends on an application."""

NAMED = ("named", "called", "titled", "labelled", "labeled", "name", "entitled")
FIELD_WORDS = (
    "password confirmation", "confirm password", "email address", "e-mail address", "first name", "last name",
    "user name",
    "full name", "real name", "display name", "phone number", "password", "passphrase", "username", "email", "e-mail",
    "name", "title", "description", "text", "body", "message", "content", "subject", "summary", "comment",
    "priority", "status",
    "phone", "address", "city", "country", "age", "date", "price", "quantity", "amount", "url", "website", "slug",
    "color",
    "colour", "size", "category", "type", "role", "label", "note", "notes", "location", "start", "end", "owner",
    "state",
)  # fmt: skip
SECRET_FIELDS = re.compile(r"\b(password|passwort|passphrase|passcode|passwd|pwd|pin)\b", re.IGNORECASE)
_PREPOSITIONS = frozenset([
    "to", "in", "into", "under", "for", "with", "from", "on", "at", "onto", "of", "by", "as", "using", "via",
    "inside", "within",
])  # fmt: skip


def bare(span: Span) -> Span:
    """Without articles in front."""
    while len(span) > 1 and span.tokens[0].low in ARTICLES:
        span = span.after(1)
    return span


def bare_phrase(span: Span) -> Phrase:
    return bare(span).phrase


def pronoun(span: Span) -> bool:
    return len(span) == 1 and span.tokens[0].low in PRONOUNS


def open_secret(field: str, span: Span) -> bool:
    """Whether this is a password of several words without quotes, of which nobody knows where it ends."""
    return bool(SECRET_FIELDS.search(field)) and len(span) > 1


def one_literal(span: Span) -> bool:
    return len(span) == 1 and span.tokens[0].kind is Kind.QUOTED


def plain(span: Span) -> bool:
    """Whether it can be a name written without quotes: short, no other clause inside, no place or manner tacked on."""
    if one_literal(span):
        return True
    lows = span.lows
    if len(lows) > 8 or any(token.kind in (Kind.COMMA, Kind.STOP) for token in span.tokens):
        return False
    if any(token.kind is Kind.QUOTED for token in span.tokens):
        return False
    if {"with", "named", "called", "whose"} & set(lows[1:]) or any(SECRET_FIELDS.fullmatch(low) for low in lows[1:]):
        return False
    tacked = any(a in _PREPOSITIONS and b in ARTICLES | KINDS for a, b in pairwise(lows))
    return not tacked and not foreign_clause(span)


def foreign_clause(span: Span) -> bool:
    """Whether something after an "and" looks like a clause with a verb we do not know: "X and frobnicate the
    widget"."""
    tokens = span.tokens
    for place, token in enumerate(tokens[:-1]):
        if token.low not in {"and", "then", "but", ","}:
            continue
        right = tokens[place + 1 :]
        if len(right) < 2 or right[0].kind is Kind.QUOTED:
            continue
        determined = right[1].low in ARTICLES | {"all", "some", "any", "it", "them"}
        left_is_name = place > 0 and tokens[place - 1].text[:1].isupper()
        if determined or (left_is_name and right[0].text[:1].islower() and right[0].text.isalpha()):
            return True
    return False


def name(span: Span) -> str | None:
    """A name, None where it cannot be one."""
    return span.phrase.text if span and plain(span) else None


def value(span: Span) -> Value | None:
    """What is to be typed. A value in braces is a secret's name; several words without quotes must be free of
    clauses."""
    if not span:
        return None
    if len(span) > 1 and span.lows[0] in {"with", "as", "until"}:
        return None
    if (len(span) > 1 and any(token.kind is Kind.STOP for token in span.tokens)) or foreign_clause(span):
        return None
    return span.phrase.text


def word(span: Span) -> str | None:
    """One token, quoted or not: a password, a user name."""
    return span.phrase.text if len(span) == 1 else None


def items(span: Span) -> Iterator[Span]:
    """The parts of a list: "alice, bob and carol"."""
    start = 0
    for place, token in enumerate(span.tokens):
        if token.kind is Kind.COMMA or token.low in {"and", "&"}:
            if place > start:
                yield span[start:place]
            start = place + 1
    if start < len(span):
        yield span[start:]


def names(span: Span, cleaned: Callable[[Span], Span] = bare) -> tuple[str, ...] | None:
    """The names of a list, without articles; None where one of them cannot be a name."""
    found = [name(bare(cleaned(item))) for item in items(span)]
    kept = tuple(item for item in found if item)
    return kept if kept and len(kept) == len(found) else None


def kind_of(word_: str) -> str | None:
    """The singular of a noun that we know as a kind of things."""
    low = word_.casefold()
    for single in (low, singular(low)):
        if single in KINDS:
            return single
    return None


def singular(word_: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if word_.endswith(ending) and not word_.endswith("ss") and len(word_) > len(ending) + 1:
            return word_[: -len(ending)] + instead
    return word_


def plural(word_: str) -> str:
    if word_.endswith("y") and word_[-2:-1] not in "aeiou":
        return word_[:-1] + "ies"
    return word_ + ("es" if word_.endswith(("s", "x", "ch", "sh")) else "s")


def record(span: Span) -> Record | None:
    """The thing that is meant: "the user bob", "group named Editors", "the Editors group", "bob", "it"."""
    if not span:
        return None
    if pronoun(span):
        return Record(None)
    determined = span.tokens[0].low in ARTICLES
    span = bare(span)
    lows = span.lows
    for place, low in enumerate(lows[1:-1], 1):
        if low in NAMED and place <= 3 and (named := name(span.after(place + 1))):
            kind = " ".join(lows[:place]).removesuffix(" with the").removesuffix(" with")
            return Record(named, kind)
    return _kind_first(span, determined=determined) or _kind_last(span) or _named_only(span)


def _kind_first(span: Span, *, determined: bool) -> Record | None:
    lows = span.lows
    for size in (2, 1):
        if len(lows) <= size or kind_of(lows[size - 1]) is None or "\0" in lows[:size]:
            continue
        if not all(token.text.islower() for token in span.tokens[:size]):
            continue
        rest = span.after(size)
        if size == 2 and kind_of(lows[0]) and not one_literal(rest):
            continue  # "the user group Editors" is a kind of two words, "user note x" is not
        if named := name(rest):
            return Record(named, " ".join(lows[:size]))
    first, rest = span.tokens[0], span.after(1)
    unknown_kind = determined and rest and first.text.islower() and first.text.isalpha()
    if unknown_kind and (one_literal(rest) or rest.tokens[0].text[:1].isupper()) and (named := name(rest)):
        return Record(named, first.low)
    return None


def _kind_last(span: Span) -> Record | None:
    if len(span) < 2:
        return None
    last = span.tokens[-1]
    if last.kind is Kind.QUOTED or not last.text.islower() or last.low not in KINDS:
        return None
    named = name(span.before(len(span) - 1))
    return Record(named, last.low) if named else None


def _named_only(span: Span) -> Record | None:
    lone = len(span) == 1 and not one_literal(span) and span.tokens[0].text.islower() and kind_of(span.tokens[0].low)
    if lone:
        return Record(None, span.tokens[0].low)
    named = name(span)
    return Record(named) if named else None


def possessive(span: Span) -> tuple[Span, Span] | None:
    """ "bob's email address" as (bob, email address); the first token keeps its place in the source without the 's."""
    for place, token in enumerate(span.tokens[:-1]):
        if token.kind is Kind.WORD and token.text[-2:] in {"'s", "’s"} and len(token.text) > 2:
            owner = type(token)(token.kind, token.text[:-2], token.start, token.end - 2)
            return Span(span.source, (*span.tokens[:place], owner)), span.after(place + 1)
    return None


def fields(span: Span, *, known: bool = False) -> tuple[tuple[str, Value], ...] | None:
    """ "password x, first name Dave and email d@x.org" as pairs; None where it cannot be split for sure."""
    found: list[tuple[str, Value]] = []
    for item in items(span):
        pair = field_value(bare(item))
        sure = pair is not None and (pair[0].casefold() in FIELD_WORDS or len(item) > 2 or one_literal(item.after(1)))
        if pair is None or ((known or found) and not sure):
            return None  # "frobnicate Save" is no field with a value
        found.append(pair)
    return tuple(found) or None


def field_value(span: Span) -> tuple[str, Value] | None:
    """ "password x" as (password, x). A password of several words has to stand in quotes."""
    pair = _pair(span)
    if pair is not None and SECRET_FIELDS.search(pair[0]) and " " in str(pair[1]) and not one_literal(span[-1:]):
        return None
    return pair


def _pair(span: Span) -> tuple[str, Value] | None:
    lows = span.lows
    for place, low in enumerate(lows[1:-1], 1):
        if low in {"is", "=", ":", "of", "as", "to"} or lows[place : place + 2] == ("set", "to"):
            skip = 2 if low == "set" else 1
            given = value(bare(span.after(place + skip)) if low == "of" else span.after(place + skip))
            return (span.before(place).phrase.text, given) if given is not None else None
    for known in FIELD_WORDS:
        size = len(known.split())
        if " ".join(lows[:size]) == known and len(span) > size:
            given = value(span.after(size))
            return (span.before(size).phrase.text, given) if given is not None else None
    if len(span) >= 2 and (one_literal(span.after(len(span) - 1)) or len(span) == 2):
        return span.before(len(span) - 1).phrase.text, span.after(len(span) - 1).phrase.text
    return None
