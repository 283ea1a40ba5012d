"""Words of politeness and order, which say nothing about what to do."""

from __future__ import annotations

from dataclasses import replace

from cua.planners.instruct.lexer import Kind, Token
from cua.planners.instruct.patterns import Pattern, Span, compiled, matches
from cua.planners.instruct.phrases import SECRET_FIELDS

LEADING = (
    "please|kindly|now|then|next|first|first of all|firstly|second|secondly|third|thirdly|finally|lastly|at last|"
    "also|just|simply",
    "after that|after this|afterwards|afterward|subsequently|and|but|so|ok|okay|hey|hi|hello|well|great|alright|"
    "once more|"
    "additionally|in addition|at the end|in the end|to start|to start with|to begin|to begin with|immediately|quickly|"
    "carefully|directly|straight away|when done|when you are done|when you're done|once done|as a first step|as a "
    "last step|"
    "as the first step|as the last step|from there|there|on that page|on this page|in there|in that form|in this form",
    "(i want|i would like|i'd like|i need|we need|we want|we'd like) [you] to",
    "you (should|must|need to|have to|can|may|will|shall)",
    "(could|can|would|will) (you|we) [please|kindly]",
    "(let's|let us|go ahead [and]|make sure to|make sure you|make sure that you|be sure to|be sure you|remember to|"
    "don't forget to|"
    "do not forget to|try to|help me [to]|help me and|all you have to do is|dear agent)",
    "(your|the|my) (task|goal|job|aim|objective|mission) is to",
    "(task|goal|instruction|instructions|todo|steps|objective) :",
    "(after|once|when) [you|you've|you have|you are|you're|the|i am|we are] [been] "
    "(logging in|logged in|signing in|signed in|having logged in|login|login is done|saving|saved|done|ready|finished|"
    "page is loaded|page has loaded|doing that|doing this|doing so|that is done|this is done|it is saved|it has "
    "loaded|logged on)",
    "in order to", "step {number} :", "step {number}",
)  # fmt: skip
TRAILING = (
    "please", "thanks", "thank you", "thank you very much", "many thanks", "thanks a lot", "for me", "for me please",
    "thx", "cheers", "right away", "immediately", "will you", "would you", "if you please", "please "
    "thank you",
)  # fmt: skip
_LEADING = tuple(compiled(pattern) for pattern in LEADING)
_TRAILING = tuple(tuple(words.split()) for words in TRAILING)


def strip(span: Span) -> Span:
    """The span without fillers at either end; empty where there is nothing else."""
    return _strip_end(_strip_start(span))


MERE = frozenset({
    "and", "then", "but", "so", "please", "kindly", "thanks", "thank", "you", "thx", "cheers", "many", "a", "lot",
    "very", "much", "also", "finally", "lastly", "afterwards", "after", "that", "for", "me",
})  # fmt: skip


def mere(span: Span) -> bool:
    """Whether it is nothing but politeness and order. "Next", "OK" or "There" behind a verb may be a button's name."""
    return all(_says_nothing(token) for token in span.tokens)


def _says_nothing(token: Token) -> bool:
    quiet = not token.word or token.text.endswith("?") or not any(map(str.isalnum, token.text))
    return quiet or token.low.rstrip(".") in MERE


def _strip_start(span: Span) -> Span:
    changed = True
    while span and changed:
        changed = False
        if not span.tokens[0].word or span.tokens[0].text in {":", "-", "&", "—", "–", "!", "?"}:
            span, changed = span.after(1), True
            continue
        size = max((_prefix(pattern, span) for pattern in _LEADING), default=0)
        if size:
            span, changed = span.after(size), True
    return span


def _prefix(pattern: Pattern, span: Span) -> int:
    most = min(len(span), 8)
    for size in range(most, 0, -1):
        number_too_long = size > 3 and span.tokens[0].low == "step"
        if not number_too_long and next(matches(pattern, span.before(size)), None) is not None:
            return size
    return 0


def _secret_before(span: Span) -> bool:
    """Whether the last word may be a password, in which a ! counts."""
    return any(SECRET_FIELDS.fullmatch(low) for low in span.lows[-3:-1])


def _strip_end(span: Span) -> Span:
    changed = True
    while span and changed:
        changed = False
        last = span.tokens[-1]
        if not last.word or (last.kind is Kind.WORD and last.text in {"!", "?", "-", "—", "–"}):
            span, changed = span.before(len(span) - 1), True
            continue
        exclaimed = last.kind is Kind.WORD and last.text[-1] in "!?" and not _secret_before(span)
        if exclaimed:
            kept = last.text.rstrip("!?")
            if not kept:
                span, changed = span.before(len(span) - 1), True
                continue
            span, changed = (
                Span(span.source, (*span.tokens[:-1], replace(last, text=kept, end=last.start + len(kept)))),
                True,
            )
            continue
        for words in _TRAILING:
            if tuple(low.rstrip(".") for low in span.lows[-len(words) :]) == words:
                span, changed = span.before(len(span) - len(words)), True
                break
    return span
