"""What all meanings share: names of elements and fields, text to look for, keys; and the words that say nothing."""

from __future__ import annotations

import re

from cua.planners.instruct.lexer import Kind
from cua.planners.instruct.patterns import Phrase, Span
from cua.planners.instruct.phrases import (
    PRONOUNS,
    bare,
    bare_phrase,
    foreign_clause,
    one_literal,
    pronoun,
    value,
)

URL = re.compile(
    r"(https?|file)://\S+|about:blank|www\.\S+\.\S+|localhost(:\d+)?(/\S*)?|/\S*|\d+\.\d+\.\d+\.\d+(:\d+)?(/\S*)?"
)

SOMETHING = frozenset(
    [
        "something", "anything", "everything", "stuff", "things", "whatever", "rest", "form", "data", "details",
        "information", "fields", "blanks", "all", "some", "any",
    ]
)  # fmt: skip

"""Words that stand for what was not said: nothing can be typed, opened or ticked by them."""

LEADING = frozenset([
    "in", "into", "on", "to", "with", "as", "for", "until", "of", "by", "from", "using", "that", "at", "within",
    "inside", "over", "and",
])  # fmt: skip

"""Words that belong before a name and never begin one."""

_KEYS = {
    "enter": "Enter", "return": "Enter", "escape": "Escape", "esc": "Escape", "tab": "Tab", "space": "Space",
    "spacebar": "Space", "backspace": "Backspace", "delete key": "Delete", "del": "Delete", "home": "Home", "end":
    "End",
    "page up": "PageUp", "pageup": "PageUp", "page down": "PageDown", "pagedown": "PageDown", "insert key": "Insert",
    "up": "ArrowUp", "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight", "arrow up": "ArrowUp",
    "arrow down": "ArrowDown", "arrow left": "ArrowLeft", "arrow right": "ArrowRight", "up arrow": "ArrowUp",
    "down arrow": "ArrowDown", "left arrow": "ArrowLeft", "right arrow": "ArrowRight", "enter key": "Enter",
    **{f"f{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip

_MODIFIERS = {
    "ctrl": "Control", "control": "Control", "strg": "Control", "alt": "Alt", "option": "Alt", "shift": "Shift",
    "cmd": "Meta", "command": "Meta", "meta": "Meta", "win": "Meta", "super": "Meta",
}  # fmt: skip


def key_names(text: str) -> str | None:
    """ "ctrl+s" as "Control+S"; None where these are no keys."""
    whole = " ".join(text.casefold().split())
    if whole in _KEYS:
        return _KEYS[whole]
    parts = [part for part in re.split(r"\s*\+\s*|-(?=\w)", whole) if part]
    if len(parts) < 2 or any(part not in _MODIFIERS for part in parts[:-1]):
        return None
    last = _KEYS.get(parts[-1]) or (parts[-1].upper() if len(parts[-1]) == 1 else None)
    return "+".join([*(_MODIFIERS[part] for part in parts[:-1]), last]) if last else None


def vague(span: Span) -> bool:
    """Whether it stands for a text that was not said. In quotes it is that text."""
    return not one_literal(span) and span.phrase.text.casefold() in SOMETHING | PRONOUNS


def target(span: Span) -> Phrase | None:
    """Words that name one element on the screen."""
    if span and span.tokens[0].low in LEADING and span.tokens[0].text.islower():
        return None
    if not span or (span.lows[-1] in SOMETHING and not one_literal(span) and len(bare(span)) == 1):
        return None
    if any(token.kind in (Kind.COMMA, Kind.STOP) for token in span.tokens) or len(span) > 16:
        return None
    return bare_phrase(span)


def field_name(span: Span) -> Phrase | None:
    span = bare(span)
    lows = span.lows
    if len(lows) > 1 and lows[-1] in {"field", "box", "input", "textbox"} and lows[0] != "\0":
        span = span.before(len(span) - 1)
    return target(span) if span and not pronoun(span) else None


def shown_text(span: Span) -> str | None:
    """Text to look for: a literal, or words without a trace of another clause."""
    if one_literal(span):
        return span.phrase.text
    span = bare(span)
    if span.lows[0] in {"text", "message", "words", "word"} and len(span) > 1:
        span = span.after(1)
    if len(span) > 1 and span.lows[-1] in {"text", "message"}:
        span = span.before(len(span) - 1)
    text = value(span) if span.lows[0] not in {"until", "for", "that", "till"} else None
    return str(text) if text is not None and len(span) <= 12 and not set(span.lows) & {"everything", "all"} else None


def clickable(span: Span) -> bool:
    """Whether what is to be clicked has no other clause in it."""
    return not foreign_clause(span)
