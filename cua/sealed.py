"""Records as text that shows whether it is still what was written: SQLite notices a torn page, not a flipped bit."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cua.codec import Unreadable

_DIGEST = 8
"""Bytes: one damaged record in 2^64 would pass."""


def seal(value: Any) -> str:
    """A JSON value on one line, and its digest on the next."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n{_digest(text)}"


def unseal(sealed: str) -> Any:
    """What `seal` was given; a text without a digest (of an older version) is believed. Raises Unreadable."""
    text, apart, digest = sealed.partition("\n")
    if apart and digest != _digest(text):
        raise Unreadable("it is not what was written")
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).hexdigest()
