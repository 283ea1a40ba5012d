"""Native dialogs: answered by a policy the moment they come, and told as events."""

from __future__ import annotations

from collections.abc import Callable

Answering = Callable[[str, str], "bool | str"]
"""Kind (alert, confirm, prompt, beforeunload) and message → accept it or not; a prompt may be accepted with a text."""


def careful(kind: str, message: str) -> bool:
    """Nothing is agreed to: alerts are closed, leaving a page is allowed, questions are answered with no."""
    return kind in ("alert", "beforeunload")
