"""What differs between two screens, in words; what changes by itself (clocks, counters, hover, scrolling) does not
count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from cua.parts import differing_content, of_content
from envs.observation import Element, Observation
from envs.parts import Part

_RESTLESS = frozenset({"focused", "offscreen", "covered", "busy", "listens", "renamed"})
"""States that come and go without the application having done anything."""

_DIGITS = re.compile(r"\d+")

Look = tuple[str, str, str, frozenset[str]]


def _looks(parts: Iterable[Part]) -> Counter[Look]:
    """Each element as it looks: role, name without its digits, value, states; a multiset, since tables repeat."""
    found: Counter[Look] = Counter()
    for part in parts:
        found.update(of_content(part, "looks", _counted))
    return found


def _counted(elements: Sequence[Element]) -> Counter[Look]:
    return Counter(map(_look, filter(lambda element: element.visible, elements)))


def _look(element: Element) -> Look:
    return (
        element.role,
        _DIGITS.sub("0", element.name),
        _DIGITS.sub("0", element.value or "") if element.role in {"progressbar", "timer"} else element.value or "",
        element.states - _RESTLESS,
    )


def changes(before: Observation, after: Observation) -> tuple[str, ...]:
    """The differences in words, the weightiest first; empty when the screens are the same."""
    found: list[str] = []
    if after.url != before.url:
        found.append(f"the address became {after.url}")
    elif after.document != before.document:
        found.append("the page was loaded anew")
    if after.title != before.title and _DIGITS.sub("0", after.title) != _DIGITS.sub("0", before.title):
        found.append(f'the title became "{after.title}"')
    opened = {window.id for window in after.windows} - {window.id for window in before.windows}
    closed = {window.id for window in before.windows} - {window.id for window in after.windows}
    if opened:
        found.append("a window opened")
    if closed:
        found.append("a window closed")
    old, new = map(_looks, differing_content(before, after))
    found += [f"{_say(look)} appeared" for look in (new - old)]
    found += [f"{_say(look)} went away" for look in (old - new)]
    return tuple(found)


def _say(look: Look) -> str:
    role, name, value, states = look
    said = f'{role} "{name[:60]}"' if name else role
    if value:
        said += f' with "{value[:40]}"'
    marks = sorted(states & {"checked", "selected", "expanded", "pressed", "disabled", "invalid"})
    return f"{said} ({', '.join(marks)})" if marks else said
