"""What "it", "them" and "another one" stand for: the last thing made, opened or looked for; otherwise nothing is
guessed."""

from __future__ import annotations

from dataclasses import replace

from cua.planners.instruct import intents as it
from cua.planners.instruct.commits import keeps
from cua.planners.instruct.intents import Intent, Record
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.phrases import PRONOUNS


class Unresolved(Exception):
    """A pronoun without anything before it that it could stand for. The text says so; it never leaves this package."""


def resolve(intents: tuple[Intent, ...], before: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """The readings with their pronouns filled in from the clauses before. Raises Unresolved."""
    return tuple(dict.fromkeys(_one(intent, before) for intent in intents))


def _one(intent: Intent, before: tuple[Intent, ...]) -> Intent:
    match intent:
        case it.Delete(Record(None)):
            return _delete(intent, before)
        case it.Open(None, Record(None, kind)):
            found = _meant(before, kind)
            if found is None and kind is not None:
                return it.Open(Phrase(kind))
            return replace(intent, of=_required(found, "it"))
        case (
            it.Open(_, Record(None)) | it.Fill(of=Record(None)) | it.Choose(of=Record(None)) | it.Tick(of=Record(None))
        ):
            kind = intent.of.kind if intent.of is not None else None
            return replace(intent, of=_required(_meant(before, kind), "it"))
        case it.Create("\0it"):
            kind = next((past.kind for past in reversed(before) if isinstance(past, it.Create)), None)
            if kind is None:
                raise Unresolved("“another” of what? Nothing was added before it")
            return replace(intent, kind=kind)
        case it.See(text="\0it") | it.Search(query="\0it"):
            name = _required(_meant(before, None), "it").name or ""
            return replace(intent, text=name) if isinstance(intent, it.See) else replace(intent, query=name)
        case it.Click(Phrase(text, False)) | it.Hover(Phrase(text, False)) if text.casefold() in PRONOUNS:
            return replace(intent, what=Phrase(_required(_meant(before, None), text).name or ""))
    return intent


def _delete(intent: it.Delete, before: tuple[Intent, ...]) -> Intent:
    last = before[-1] if before else None
    several = isinstance(last, it.Choose) and last.field is None and (" and " in last.option or "," in last.option)
    if several or (isinstance(last, it.Rows) and len(last.names) != 1):
        return it.Push(("Delete selected", "Delete"))
    return replace(intent, what=_required(_meant(before, intent.what.kind), intent.what.kind or "it"))


def _required(found: Record | None, word: str) -> Record:
    if found is None or found.name is None:
        raise Unresolved(f"it is not clear what “{word}” stands for; say its name")
    return found


def _meant(before: tuple[Intent, ...], kind: str | None) -> Record | None:
    """The last thing that was named, of the kind where one is given."""
    for past in reversed(before):
        found = _named(past)
        if found is not None and (kind is None or found.kind in (None, kind)):
            return found
        if isinstance(past, it.Delete | it.LogOut):
            return None
    return None


def _named(past: Intent) -> Record | None:
    match past:
        case it.Create(kind, name):
            return Record(name, kind) if name is not None else None
        case it.Fill(Phrase("\0name"), value, of):
            return Record(value, of.kind if of else None) if isinstance(value, str) else None
        case (
            it.Open(_, Record() as of)
            | it.Fill(of=Record() as of)
            | it.Choose(of=Record() as of)
            | it.Tick(of=Record() as of)
        ):
            return of
        case it.Open(Phrase(text)):
            return Record(text)
        case it.Search(query):
            return Record(query)
        case it.Rows((only,)):
            return Record(only)
        case it.Click(Phrase(text)):
            return Record(text) if not keeps(text) else None
    return None
