"""The first listener of every window, for frames that our own world comes to late (early.js)."""

from __future__ import annotations

import secrets
from functools import cache
from importlib import resources

MARK = "@EARLY@"


@cache
def word() -> str:
    """The name of the event by which it asks; no page knows it."""
    return f"cua{secrets.token_hex(12)}"


@cache
def source() -> str:
    """What runs in the page's own world, in every frame, before the page's scripts."""
    text = (resources.files("envs.browser") / "early.js").read_text(encoding="utf-8")
    return text.replace(MARK, word())
