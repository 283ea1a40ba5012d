"""From the tokens of a text to drafts of clauses: where one ends and the next begins.

A sentence is cut at "and", commas, "then" and line breaks, as often as both sides make sense and the right one begins
like a
clause; a part that does not is taken to belong to the name or text before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cua.planners.instruct import fillers, grammar, refusals
from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Intent
from cua.planners.instruct.lexer import Kind, Token
from cua.planners.instruct.lexer import tokens as lex
from cua.planners.instruct.patterns import Phrase, Span
from cua.planners.instruct.phrases import foreign_clause

SEPARATORS = frozenset({"and", "then", "&", "but", "afterwards", "plus", "—", "–", "-"})
PAGES = frozenset({"page", "screen", "site", "website", "app", "application", "homepage", "dashboard"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause as it was read: the words with fillers, and without them (`core`)."""

    span: Span
    core: Span
    intents: tuple[Intent, ...]
    weak: bool = False
    joined: Intent | None = None
    verb: Token | None = None
    """The verb of the clause before, for a part without one."""

    @property
    def intent(self) -> Intent:
        return self.intents[0]


@dataclass(frozen=True, slots=True)
class Failure:
    """The words that make no sense, why, and what was read before them."""

    span: Span
    why: str
    before: tuple[Draft, ...]


def sentences(source: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """The runs of tokens between full stops, semicolons and items."""
    run: list[Token] = []
    for token in tokens:
        if token.kind is Kind.STOP:
            if run:
                yield Span(source, tuple(run))
            run = []
        else:
            run.append(token)
    if run:
        yield Span(source, tuple(run))


def drafts(source: str, tokens: Sequence[Token]) -> tuple[Draft, ...] | Failure:
    """All clauses of the text, or the first failure."""
    found: tuple[Draft, ...] = ()
    for sentence in sentences(source, tokens):
        read = Sentence(sentence, found[-1] if found else None).read()
        if isinstance(read, Failure):
            return replace(read, before=found + read.before)
        found += read
    return found


MOST_PARTS = 12
"""How many parts between separators one clause may take up: a text with more commas belongs in quotes."""


def _inherits(before: tuple[Draft, ...]) -> object:
    """What a part without a verb can take over from the clause before it."""
    if not before:
        return None
    verb = before[-1].verb or before[-1].core.tokens[0]
    return type(before[-1].intent), verb.text, before[-1].weak


class Sentence:
    """One sentence being cut. `parts` are what stands between possible separators."""

    def __init__(self, span: Span, last: Draft | None) -> None:
        self.span = span
        self.last = last
        self.parts = _parts(span)
        self.deepest: Failure | None = None
        self._depth = -1
        self._hopeless: set[tuple[int, object]] = set()

    def read(self) -> tuple[Draft, ...] | Failure:
        if not self.parts:
            return ()
        found = self._from(0, ())
        if found is not None:
            return found
        assert self.deepest is not None
        return self.deepest

    def _from(self, first: int, before: tuple[Draft, ...]) -> tuple[Draft, ...] | None:
        """The drafts of all parts from `first` on."""
        if first == len(self.parts):
            return ()
        part = self._span(first, first + 1)
        greeting = first == 0 < len(self.parts) - 1 and not fillers.strip(part)  # "Hello, …", "Next, …"
        if greeting or fillers.mere(part):
            return self._from(first + 1, before)
        key = (first, _inherits(before))
        if key in self._hopeless:
            return None
        why = ""
        for last in range(first + 1, min(len(self.parts), first + MOST_PARTS) + 1):
            draft, reason = self._draft(first, last, before)
            why = why or reason
            if draft is None or (last < len(self.parts) and not self._begins(last, draft)):
                continue
            rest = self._from(last, (*before, draft))
            if rest is not None:
                return (self._joined(draft, rest), *rest)
        self._fail(first, why, before)
        self._hopeless.add(key)
        return None

    def _fail(self, first: int, why: str, before: tuple[Draft, ...]) -> None:
        """Remember the failure that came furthest."""
        if first <= self._depth:
            return
        slip = None if why else self._slip(first)
        if slip is not None:
            cut, draft = slip
            first, before = cut, (*before, draft)
        end = next((n for n in range(first + 1, len(self.parts)) if self._begins(n, None)), len(self.parts))
        span = fillers.strip(self._span(first, end)) or self._span(first, end)
        self._depth = first
        self.deepest = Failure(span, why or refusals.unknown(span), before)

    def _slip(self, first: int) -> tuple[int, Draft] | None:
        """A later part that would be a clause if its first word were the verb it resembles, and the clause before
        it."""
        for part in range(first + 1, len(self.parts)):
            core = fillers.strip(self._span(part, len(self.parts)))
            if len(core) < 2 or core.tokens[0].kind is not Kind.WORD or core.tokens[0].low in grammar.heads():
                continue
            draft, _ = self._draft(first, part, ())
            if draft is not None and foreign_clause(self._span(first, part + 1)):
                return part, draft
            verb = refusals.similar(core.tokens[0].text)
            if verb is None:
                continue
            fixed = Span(core.source, (replace(core.tokens[0], text=verb), *core.tokens[1:]))
            if draft is not None and Sentence(fixed, None).reads():
                return part, draft
        return None

    def reads(self) -> bool:
        """Whether it can be understood."""
        return not isinstance(self.read(), Failure)

    def _span(self, first: int, last: int) -> Span:
        start, end = self.parts[first][0], self.parts[last - 1][1]
        return self.span[start:end]

    def _draft(self, first: int, last: int, before: tuple[Draft, ...]) -> tuple[Draft | None, str]:
        span = self._span(first, last)
        core = fillers.strip(span) or span
        draft, why = clause(span, core)
        previous = before[-1] if before else None
        then = self._after_then(first)
        if draft is None and previous is not None and (again := _inherited(core, previous, then=then)) is not None:
            return Draft(span, core, again, verb=previous.verb or previous.core.tokens[0]), ""
        return draft, why

    def _begins(self, part: int, previous: Draft | None) -> bool:
        """Whether a clause may begin at this part."""
        span = fillers.strip(self._span(part, part + 1))
        if not span:
            return True
        longest = fillers.strip(self._span(part, len(self.parts)))
        if refusals.negation(span) or (refusals.opening(span) and span.tokens[0].text.islower()):
            return True
        low = span.tokens[0].low
        if span.tokens[0].kind is Kind.WORD and (low in grammar.heads() or (len(longest) > 1 and _corrected(longest))):
            return True
        if span.tokens[0].low in {"in", "on", "for", "at", "under"} and part + 1 < len(self.parts):
            return True
        return previous is not None and _inherited(span, previous, then=self._after_then(part)) is not None

    def _after_then(self, part: int) -> bool:
        """Whether "then" stands before this part: "open Users, then erin"."""
        start = self.parts[part - 1][1] if part else 0
        return "then" in self.span.lows[start : self.parts[part][0]]

    def _joined(self, draft: Draft, rest: tuple[Draft, ...]) -> Draft:
        """With the other reading, where an "and" between this clause and the next may be part of one name."""
        if not rest or any(token.kind is Kind.QUOTED for token in rest[0].core.tokens):
            return draft
        between = [t.low for t in self.span.tokens if draft.core.end <= t.start and t.end <= rest[0].core.start]
        if between not in (["and"], ["&"]):
            return draft
        return replace(draft, joined=together(draft.intent, between[0], rest[0].core.text))


def together(first: Intent, word: str, rest: str) -> Intent | None:
    """The two as one name: "Save and add another"."""
    match first:
        case it.Click(Phrase(text, False)):
            return replace(first, what=Phrase(f"{text} {word} {rest}"))
        case it.Open(Phrase(text, False), None):
            return replace(first, what=Phrase(f"{text} {word} {rest}"))
        case it.Save(None):
            return it.Save(Phrase(f"Save {word} {rest}"))
        case it.Tick(boxes) if boxes and not boxes[-1].quoted:
            return replace(first, boxes=(*boxes[:-1], Phrase(f"{boxes[-1].text} {word} {rest}")))
        case it.Push(names):
            return it.Click(Phrase(f"{names[0]} {word} {rest}"))
    return None


def clause(span: Span, core: Span) -> tuple[Draft | None, str]:
    """The meaning of one clause, or None and why not."""
    if not core:
        return None, "nothing is said"
    if negated := refusals.negation(core):
        return _negative(span, core, negated)
    reading = grammar.read(core)
    if reading is None:
        why = refusals.opening(core)
        reading = _placed(core) if why is None else None
        if reading is None and why is None and (fixed := _corrected(core)) is not None:
            reading = grammar.read(fixed)
        if reading is None:
            return None, why or ""
    why = refusals.inside(core, reading.intents[0])
    return (None, why) if why else (Draft(span, core, reading.intents, reading.weak), "")


def _negative(span: Span, core: Span, size: int) -> tuple[Draft | None, str]:
    rest = core.after(size)
    if not rest:
        return None, "it says not to do something, and not what"
    first = rest.tokens[0]
    verb = refusals.PARTICIPLES.get(first.low)
    if verb is not None:
        rest = Span(rest.source, (replace(first, text=verb), *rest.tokens[1:]))
    reading = grammar.read(rest)
    if reading is None:
        return None, "it says not to do something that is not understood"
    intent = reading.intents[0]
    word = {it.Save: "save", it.Confirm: "confirm"}.get(type(intent), str(intent))
    return Draft(span, core, (it.Avoid(word),)), ""


def _placed(core: Span) -> grammar.Reading | None:
    """ "In the row of bob, click Delete": the place belongs to what follows; "On the login page, …" says nothing
    more."""
    if core.tokens[0].low not in {"in", "on", "for", "at", "under", "from", "inside", "within"}:
        return None
    comma = next((n for n, token in enumerate(core.tokens) if token.kind is Kind.COMMA), None)
    if comma is None or comma < 2:
        return None
    place, rest = core.before(comma), fillers.strip(core.after(comma + 1))
    if not rest or rest.tokens[0].low not in grammar.heads():
        return None
    if place.lows[-1] in PAGES:
        return grammar.read(rest)
    text = f"{rest.text} {place.text[:1].lower()}{place.text[1:]}"
    return grammar.read(Span(text, lex(text)))


def _inherited(core: Span, previous: Draft, *, then: bool = False) -> tuple[Intent, ...] | None:
    """A part without a verb after one that has it: "set first name to Ann, last name to Bell"."""
    pair = isinstance(previous.intent, it.Fill | it.Choose | it.Filter) and not previous.weak
    named = len(core) == 1 or (bool(core) and (core.tokens[0].kind is Kind.QUOTED or core.text[:1].isupper()))
    chain = then and named and isinstance(previous.intent, it.Open | it.Click)
    known = bool(core) and core.tokens[0].low in grammar.heads() and not (chain and core.tokens[0].text[:1].isupper())
    if not (pair or chain) or not core or known:
        return None
    if isinstance(previous.intent, it.Fill | it.Choose) and previous.intent.field is None:
        return None
    verb = previous.verb or previous.core.tokens[0]
    if chain:
        verb = replace(verb, text="open" if isinstance(previous.intent, it.Open) else "click")
    reading = grammar.read(Span(core.source, (replace(verb, kind=Kind.WORD), *core.tokens)))
    if reading is None or reading.weak or type(reading.intents[0]) is not type(previous.intent):
        return None
    return reading.intents


def _corrected(core: Span) -> Span | None:
    """With a slip of the pen in the verb mended, where it is surely one."""
    first = core.tokens[0]
    if first.kind is not Kind.WORD or first.low in grammar.heads():
        return None
    verb = refusals.meant(first.text)
    if verb is None:
        return None
    fixed = Span(core.source, (replace(first, text=verb), *core.tokens[1:]))
    return fixed if grammar.read(fixed) is not None else None


def _parts(span: Span) -> list[tuple[int, int]]:
    """Where the parts between separators stand, as places of tokens."""
    parts: list[tuple[int, int]] = []
    start = 0
    for place, token in enumerate(span.tokens):
        cuts = token.kind in (Kind.COMMA, Kind.BREAK) or (token.kind is Kind.WORD and token.low in SEPARATORS)
        if cuts:
            if place > start:
                parts.append((start, place))
            start = place + 1
        elif _without(span, place) and place > start:
            parts.append((start, place))
            start = place
    if start < len(span):
        parts.append((start, len(span)))
    return parts


def _without(span: Span, place: int) -> bool:
    """A clause begins without a separator before "without saving"."""
    return (
        span.tokens[place].low == "without" and place + 1 < len(span) and span.lows[place + 1] in refusals.PARTICIPLES
    )
