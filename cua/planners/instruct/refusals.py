"""What is never guessed: conditions, loops, questions, wishes without a definite meaning; and the words of a
refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from cua.errors import BadInput
from cua.planners.instruct import grammar
from cua.planners.instruct.forms import FORMS
from cua.planners.instruct.intents import Intent, Rows, Scrolling, See
from cua.planners.instruct.lexer import Kind, Token
from cua.planners.instruct.patterns import Span
from cua.planners.instruct.phrases import SECRET_FIELDS

CONDITIONS = frozenset([
    "if", "unless", "when", "whenever", "otherwise", "else", "in-case", "provided", "assuming", "should",
])  # fmt: skip
LOOPS = frozenset(["repeat", "loop", "keep", "while", "each", "every"])
QUESTIONS = frozenset(
    [
        "what", "who", "whom", "whose", "where", "why", "how", "which", "is", "are", "was", "were", "does", "did",
        "has", "have", "had", "am", "shall", "may", "might",
    ]
)  # fmt: skip
VAGUE = frozenset(
    [
        "do", "clean", "tidy", "fix", "improve", "handle", "organise", "organize", "optimise", "optimize", "sort-out",
        "figure", "deal", "manage", "prettify", "think", "decide", "consider", "surprise", "help", "work",
        "play-around", "explore", "experiment", "test-out", "review", "analyse", "analyze", "summarise", "summarize",
    ]
)  # fmt: skip
NEGATIONS = ("don't", "do not", "dont", "never", "without", "not", "avoid", "refrain from", "make sure not to",
             "be careful not to", "no", "please don't", "do no", "make sure you don't", "try not to")  # fmt: skip
INSIDE = frozenset(
    [
        "if", "unless", "until", "till", "while", "otherwise", "except", "or", "whenever", "depending", "maybe",
        "perhaps", "possibly", "either", "instead", "not", "never",
    ]
)  # fmt: skip
TIMES = frozenset(["twice", "thrice", "times", "repeatedly"])
PARTICIPLES = {
    "saving": "save", "submitting": "submit", "confirming": "confirm", "clicking": "click", "deleting": "delete",
    "pressing": "press", "opening": "open", "changing": "change", "removing": "remove", "sending": "send",
    "publishing": "publish", "ticking": "tick", "closing": "close", "typing": "type", "logging": "log", "adding": "add",
    "creating": "create", "touching": "touch", "paying": "pay", "selecting": "select", "checking": "check",
    "unchecking": "uncheck", "editing": "edit", "accepting": "accept", "cancelling": "cancel", "leaving": "leave",
}  # fmt: skip


def negation(span: Span) -> int:
    """How many words in front say "not"; 0 where none."""
    lows = span.lows
    sizes = [len(words.split()) for words in NEGATIONS if lows[: len(words.split())] == tuple(words.split())]
    return max(sizes, default=0)


def opening(span: Span) -> str | None:
    """Why a clause that begins so is refused."""
    low = span.tokens[0].low
    if low in CONDITIONS:
        return "it is a condition; an instruction is done from beginning to end (a task file has `if`)"
    if low in LOOPS or span.lows[:2] in {
        ("for", "each"),
        ("for", "every"),
        ("for", "all"),
        ("as", "long"),
        ("as", "often"),
    }:
        return "it is a loop; say each thing by itself (a task file has `for_each` and `repeat`)"
    if low in {"before", "after", "once", "during"}:
        return "it speaks about an order of things; say them in the order in which they are to be done"
    if low in QUESTIONS:
        return "it is a question; an instruction says what to do"
    if low in VAGUE:
        return "it does not say what to do on the screen"
    if low in {"wait", "pause", "sleep"}:
        return "a wait needs something to wait for (wait until “X” appears); time proves nothing"
    return None


def inside(span: Span, intent: Intent) -> str | None:
    """Why a clause with these words in it is refused although a form fits."""
    if isinstance(intent, See | Scrolling):
        return None
    words = [token.text for token in span.tokens if token.kind is Kind.WORD]
    found = next((word for word in words[1:] if word in INSIDE), None)
    if found:
        return f"“{found}” in it makes it unsure; where it is part of a name or text, put that in quotes"
    if not isinstance(intent, Rows) and (many := next((w for w in words[1:] if w in {"every", "each"}), None)):
        return f"“{many}” stands for an unknown number of things; name them"
    if words and words[-1].casefold() in TIMES and len(words) > 2:
        return "it asks for the same thing several times; say each by itself"
    return None


def meant(word: str) -> str | None:
    """The known word that this one surely is: a letter too many, too few, or two swapped; None where it is not sure."""
    low = word.casefold()
    if len(low) < 4 or low in VAGUE or not low.isalpha():
        return None
    near = {head for head in grammar.heads() if OSA.distance(low, head, score_cutoff=1) == 1}
    if len(near) != 1:
        return None
    head = near.pop()
    swapped_or_missed = len(head) != len(low) or sorted(head) == sorted(low)
    return head if swapped_or_missed and len(head) >= 4 else None


def similar(word: str) -> str | None:
    """A known word that may have been meant, for "did you mean"."""
    low = word.casefold()
    ranked = sorted((OSA.normalized_distance(low, head), head) for head in grammar.heads() if head.isalpha())
    return ranked[0][1] if ranked and ranked[0][0] <= 0.4 else None


def shown(span: Span) -> str:
    """A clause for a message, with what may be a password masked."""
    text = span.text
    if not SECRET_FIELDS.search(text):
        return text
    parts: list[str] = []
    lows = span.lows
    place = next((n for n, low in enumerate(lows) if SECRET_FIELDS.fullmatch(low)), 0)
    into = max((n for n in range(place) if lows[n] in {"in", "into", "as", "for"}), default=0)
    hide = False
    for number, token in enumerate(span.tokens):
        written = span.source[token.start : token.end]
        before = 0 < number < into
        hidden = before or (
            (hide and _hideable(token))
            or token.kind is Kind.QUOTED
            or (not written.rstrip(".,!?:").isalpha() and token.word)
        )
        parts.append("‹hidden›" if hidden and written not in {":", "="} else written)
        if SECRET_FIELDS.fullmatch(token.low):
            hide = True
        elif hidden:
            hide = False
    return " ".join(part for part in parts if part.strip())


def _hideable(token: Token) -> bool:
    return token.kind is Kind.QUOTED or token.low not in {
        "is",
        "to",
        "of",
        "as",
        "with",
        "the",
        ":",
        "=",
        "and",
        "field",
        "box",
    }


def refuse(span: Span, why: str, understood: Sequence[Intent]) -> BadInput:
    """The one line that says which clause is meant, why it is refused, what was understood before it, and the known
    forms that are most like it."""
    so_far = _numbered(understood) if understood else "nothing"
    return BadInput(
        f"cannot make sense of “{shown(span)}” (clause {len(understood) + 1}): {why}. "
        f"Understood so far: {so_far}. Nothing has been done. Forms like it: {'; '.join(nearest_forms(span))}"
    )


def _numbered(intents: Iterable[Intent]) -> str:
    return " ".join(f"{number}. {intent}" + ";" for number, intent in enumerate(intents, 1)).rstrip(";")


def known_forms() -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.example for form in FORMS))


def nearest_forms(span: Span, most: int = 4) -> tuple[str, ...]:
    """The known forms whose words are most like these, the nearest first."""
    ranked = process.extract(
        shown(span), known_forms(), scorer=fuzz.token_set_ratio, processor=str.casefold, limit=most
    )
    return tuple(form for form, _, _ in ranked)


def unknown(span: Span) -> str:
    """Why no form fits."""
    if not span:
        return "it is empty"
    word = span.tokens[0]
    if word.kind is Kind.QUOTED:
        return "it has no verb"
    if word.low in {"the", "it", "there", "this", "you", "should", "yes"}:
        return "it says nothing to do"
    if word.low in grammar.heads():
        return f"“{word.text}” is known, but not with what follows it; where a name or text is meant, put it in quotes"
    near = similar(word.text)
    hint = f"; did you mean “{near}”?" if near else ""
    return f"“{word.text}” is no verb that is known{hint}"
