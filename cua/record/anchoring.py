"""What a recording keeps of targets: only where a run can heal by it, and nothing that looks like a key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cua.taskfile.recalled import AIMS, page_of
from cua.taskfile.write import Filled
from cua.tracker.address import pattern
from envs.observation import Element, Observation
from grounding import Anchor, anchor

KEY = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}[\w.~+=-]*")
"""What looks like a token, a session or an API key: letters and digits, longer than a word."""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A step of the file, the element that it was done to, and the screen before it."""

    form: Mapping[str, object]
    element: Element
    screen: Observation


def anchors(steps: Iterable[Aimed]) -> list[Filled]:
    """The section of the file. A run heals only a step that says what must be true afterwards and that can be undone,
    and whose target does not depend on a param."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for step in steps:
        verb = next(iter(step.form))
        words = _target(step.form[verb])
        if "expect" not in step.form or step.form.get("commit") or words is None or "{" in words:
            continue
        data = clean(anchor(step.element, step.screen).as_data())
        kept.setdefault((f"{verb} {words}", page_of(pattern(step.screen.url))), data)
    several = Counter(whose for whose, _ in kept)
    return [
        Filled({"for": whose, **({"at": page} if several[whose] > 1 else {}), **data})
        for (whose, page), data in kept.items()
    ]


def _target(form: object) -> str | None:
    """The words of the step's own target."""
    if isinstance(form, Mapping):
        form = next((form[key] for key in AIMS if key in form), None)
    return form if isinstance(form, str) else None


def clean(data: Mapping[str, Any]) -> dict[str, Any]:
    """An anchor without what looks like a key, in links as in texts. What is typed into fields is never part of it."""
    found = _clean(data)
    assert isinstance(found, dict)
    Anchor.from_data(found)  # what is written is what can be read
    return found


def _clean(data: object) -> object:
    if isinstance(data, Mapping):
        whole = {key: _clean(value) for key, value in data.items()}
        return {key: value for key, value in whole.items() if value or value is False}
    if isinstance(data, list | tuple):
        cleaned = [_clean(value) for value in data]
        return [value for value in cleaned if value not in ("", {})]
    return KEY.sub("", data) if isinstance(data, str) else data
