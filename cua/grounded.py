"""What a target was grounded on, told: as the object of `cua ground --json`, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cua.visible import stripped
from envs.geometry import Box
from envs.observation import Observation
from grounding.grounding import Candidate, Grounding
from grounding.paint import MOST, in_view, whereabouts
from grounding.roles import interactive
from grounding.screen import screen_of

Point = tuple[float, float]
MOST_HERE = 12
"""Controls that are named where nothing is like the target."""


def as_object(answer: Grounding, now: Observation, target: str) -> dict[str, object]:
    """The fields of docs/ground.md. Boxes and points are CSS px of the visible area (of the picture, where there is
    one): [x, y, width, height] and [x, y]."""
    best = answer.best if answer.sure else None
    element = best.element if best is not None else None
    return {
        "target": target,
        "url": now.url,
        "found": answer.sure,
        "refusal": None if answer.sure else "ambiguous" if answer.found else "not_found",
        "element": str(element) if element is not None else None,
        "role": element.role if element is not None else None,
        "name": element.name if element is not None else None,
        "box": _box(element.box) if element is not None else None,
        "point": point_of(best, now) if best is not None else None,
        "confidence": _number(answer.best.confidence if answer.best is not None else 0.0),
        "margin": _number(answer.lead),
        "expert": answer.best.expert if answer.best is not None else None,
        "why": why(answer),
        "hint": answer.hint or None,
        "here": [] if answer.candidates else here(now),
        "candidates": [_candidate(candidate, now) for candidate in answer.candidates[:MOST]],
    }


def why(answer: Grounding) -> str:
    """What speaks for the element that was found, or why there is none; one sentence, without the hint."""
    return answer.best.why if answer.sure and answer.best is not None else answer.why_not


def point_of(candidate: Candidate, now: Observation) -> Point:
    """The middle of what is in view of it, CSS px; of its whole box where none is."""
    box, view = candidate.element.box, now.viewport
    left, top = max(box.x, view.x), max(box.y, view.y)
    right, bottom = min(box.right, view.right), min(box.bottom, view.bottom)
    if right <= left or bottom <= top:
        return _px(box.center.x), _px(box.center.y)
    return _px((left + right) / 2), _px((top + bottom) / 2)


def lines(answer: Grounding, now: Observation) -> list[str]:
    """The candidates from the best down, numbered as in the picture; the one that is meant has an arrow."""
    out = []
    for number, candidate in enumerate(answer.candidates[:MOST], 1):
        mark = "→" if answer.sure and number == 1 else " "
        x, y = point_of(candidate, now)
        where = f"at {x:g}, {y:g}" if in_view(candidate, now) else whereabouts(candidate, now)
        states = ", ".join(sorted(candidate.element.states - {"listens", "offscreen"}))
        said = f"{candidate.why}; {states}" if states else candidate.why
        name = stripped(str(candidate.element))
        out.append(f"{mark} {number}  {candidate.confidence:.2f}  {name}  {where}  ({stripped(said)})")
    more = len(answer.candidates) - MOST
    return [*out, f"  and {more} more"] if more > 0 else out


def refusal(answer: Grounding, now: Observation) -> Iterator[str]:
    """Why there is none, and what would do; where nothing would, what is there instead."""
    yield answer.why_not
    if answer.hint:
        yield answer.hint
    elif not answer.candidates:
        names = here(now)
        yield f"Here are {', '.join(names)}" if names else "There is nothing here that anything could be done to"


def here(now: Observation) -> list[str]:
    """The controls that can be used now, each kind once, the first ones in the order of the page."""
    controls = (str(element) for element in screen_of(now).visible if interactive(element) and element.name.strip())
    return list(islice(dict.fromkeys(controls), MOST_HERE))


def _candidate(candidate: Candidate, now: Observation) -> dict[str, object]:
    element = candidate.element
    return {
        "element": str(element),
        "role": element.role,
        "name": element.name,
        "states": sorted(element.states),
        "box": _box(element.box),
        "point": point_of(candidate, now),
        "in_view": in_view(candidate, now),
        "confidence": _number(candidate.confidence),
        "votes": [
            {"expert": vote.expert, "confidence": _number(vote.confidence), "evidence": list(vote.evidence)}
            for vote in candidate.votes
        ],
    }


def _box(box: Box) -> list[float]:
    return [_px(side) for side in (box.x, box.y, box.width, box.height)]


def _px(value: float) -> float:
    return round(float(value), 1)


def _number(value: float) -> float:
    return round(float(value), 3)
