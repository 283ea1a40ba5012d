"""How well candidates lie to the elements that a clause names: hard constraints with a preference for the obvious one.

Every function maps candidates to a factor 0..1; a candidate that is missing does not satisfy the relation at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from envs.geometry import Box
from envs.observation import Element
from grounding.roles import CONTAINERS, ROWS, interactive
from grounding.scoring import WHOLE, likeness
from grounding.screen import Screen, same_column, same_line
from grounding.target import Relation, Target

Factors = dict[str, float]

NEARBY, FAR = 250.0, 1200.0
"""CSS px up to which nothing is taken off for distance, and from which on 0.4 is."""
SOFTEN = 10.0
"""CSS px added to distances before they are compared, so that 2 and 4 px do not count as half as far."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An element that a clause's own target may mean, and how sure that is."""

    element: Element
    confidence: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What a relation is judged on. `ranked`: prefer the nearest; not so when `nth` counts one of them out."""

    screen: Screen
    candidates: Sequence[Element]
    anchors: Sequence[Anchor]
    target: Target
    named: bool = True
    """Whether the wanted element has a name of its own; one without may be labelled by the anchor."""
    ranked: bool = True


def related(relation: Relation, scene: Scene) -> Factors:
    """By ref of the candidates that satisfy the relation: how well."""
    return _RULES[relation](scene)


def _row(scene: Scene) -> Factors:
    rows, loose = _rows_of(scene)
    found: Factors = {}
    for candidate in scene.candidates:
        held = max((rows.get(row.ref, 0.0) for row in scene.screen.rows_around(candidate)), default=0.0)
        lined = [
            a.confidence * 0.92
            for a in loose
            if a.element.ref != candidate.ref and same_line(a.element.box, candidate.box)
        ]
        if (best := max([held, *lined])) > 0:
            found[candidate.ref] = best
    return found


def _rows_of(scene: Scene) -> tuple[dict[str, float], list[Anchor]]:
    """The rows that the anchors stand in, and the anchors that stand in none."""
    rows: dict[str, float] = {}
    loose: list[Anchor] = []
    for anchor in scene.anchors:
        around = list(scene.screen.rows_around(anchor.element))
        if not around:
            loose.append(anchor)
            continue
        _keep(rows, around[0].ref, anchor.confidence)
        if around[0].role != "row" and len(around) > 1 and around[1].role == "row":  # a list in a table cell
            _keep(rows, around[1].ref, anchor.confidence * 0.95)
    return rows, loose


def _keep(factors: dict[str, float], ref: str, factor: float) -> None:
    factors[ref] = max(factors.get(ref, 0.0), factor)


def _in(scene: Scene) -> Factors:
    found: Factors = {}
    for anchor in scene.anchors:
        for candidate, factor in _inside(scene, anchor):
            if candidate.ref != anchor.element.ref:
                _keep(found, candidate.ref, factor * anchor.confidence)
    return found


def _inside(scene: Scene, anchor: Anchor) -> Iterable[tuple[Element, float]]:
    element, screen = anchor.element, scene.screen
    if element.role in CONTAINERS or element.role in ROWS:
        return ((c, 1.0) for c in scene.candidates if screen.within(c, element))
    if element.role == "heading":
        start, end = screen.sections(element)
        return ((c, 0.97) for c in scene.candidates if start < screen.order[c.ref] < end)
    if element.role == "tab":
        panels = [e for e in screen.visible if e.role == "tabpanel"]
        only = panels[0] if len(panels) == 1 and element.is_("selected") else None
        return ((c, 0.9) for c in scene.candidates if only is not None and screen.within(c, only))
    if screen.row(element) is not None:
        alone = Scene(screen, scene.candidates, [anchor], scene.target)
        factors = {ref: factor / anchor.confidence for ref, factor in _row(alone).items()}
        return ((c, 0.85 * factors[c.ref]) for c in scene.candidates if c.ref in factors)
    return _under_caption(scene, element)


def _under_caption(scene: Scene, caption: Element) -> Iterable[tuple[Element, float]]:
    """A text that is no heading heads what follows beside it in the tree, the next one surely, the others perhaps."""
    screen = scene.screen
    holder = screen.observation.get(caption.parent) if caption.parent is not None else None
    start = screen.order[caption.ref]
    end = screen.end(holder) if holder is not None else screen.size
    following = [c for c in scene.candidates if start < screen.order[c.ref] < end and c.box.y >= caption.box.y - 4]
    return ((c, 0.8 if at == 0 else 0.6) for at, c in enumerate(following))


def _near(scene: Scene) -> Factors:
    rows, _ = _rows_of(scene)
    tied = {c.ref for c in scene.candidates if any(row.ref in rows for row in scene.screen.rows_around(c))}
    if len(tied) == len(scene.candidates):
        tied = set()
    return _by_distance(scene, _distance, aside=lambda c: bool(tied) and c.ref not in tied)


def _distance(a: Box, b: Box) -> float | None:
    """What a person sees as far: along a line of text less than across lines."""
    dx = max(0.0, b.x - a.right, a.x - b.right)
    dy = max(0.0, b.y - a.bottom, a.y - b.bottom)
    return dx * 0.25 if same_line(a, b) else hypot(dx, dy)


def _by_distance(
    scene: Scene,
    distance: Callable[[Box, Box], float | None],
    aside: Callable[[Element], bool] = lambda _: False,
    reach: float = FAR,
    tie: Callable[[Scene, Element, Element], float | None] | None = None,
) -> Factors:
    """Factors that fall with the distance to the best anchor in proportion to the nearest candidate's."""
    nearest: dict[str, tuple[float, float]] = {}
    for candidate in scene.candidates:
        for anchor in scene.anchors:
            if anchor.element.ref == candidate.ref:
                if not scene.named:
                    nearest[candidate.ref] = (anchor.confidence, 0.0)
                continue
            far = tie(scene, anchor.element, candidate) if tie is not None else None
            far = distance(anchor.element.box, candidate.box) if far is None else far
            if far is None or far > reach:
                continue
            known = nearest.get(candidate.ref)
            if known is None or anchor.confidence / (far + SOFTEN) > known[0] / (known[1] + SOFTEN):
                nearest[candidate.ref] = (anchor.confidence, far)
    least = min((far for ref, (_, far) in nearest.items() if not aside(_of(scene, ref))), default=0.0)
    found: Factors = {}
    for ref, (confidence, far) in nearest.items():
        ratio = min(1.0, (least + SOFTEN) / (far + SOFTEN))
        factor = confidence * (1 - 0.4 * min(1.0, max(0.0, far - NEARBY) / (FAR - NEARBY)))
        if scene.ranked:
            factor *= min(sqrt(ratio), 0.6 if aside(_of(scene, ref)) else 1.0)
        found[ref] = factor
    return found


def _of(scene: Scene, ref: str) -> Element:
    element = scene.screen.observation.get(ref)
    assert element is not None
    return element


def _next_to(scene: Scene) -> Factors:
    return _by_distance(scene, _beside, reach=300.0, tie=_one_row)


def _one_row(scene: Scene, anchor: Element, candidate: Element) -> float | None:
    """Far apart in a wide table row is side by side all the same."""
    rows = scene.screen.row(anchor), scene.screen.row(candidate)
    if rows[0] is None or rows[1] is None or rows[0].ref != rows[1].ref or not same_line(anchor.box, candidate.box):
        return None
    return 0.25 * anchor.box.gap(candidate.box)


def _beside(a: Box, b: Box) -> float | None:
    """Side by side on one line, or stacked with hardly a gap."""
    dx = max(0.0, b.x - a.right, a.x - b.right)
    if same_line(a, b):
        return dx
    dy = max(0.0, b.y - a.bottom, a.y - b.bottom)
    return 60 + 4 * dy if dy <= 14 and same_column(a, b) else None


def _towards(dx: int, dy: int) -> Callable[[Scene], Factors]:
    """The relation "lies in this direction of": straight ahead is nearer than to the side."""

    def distance(anchor: Box, candidate: Box) -> float | None:
        if dy:
            gap = candidate.y - anchor.bottom if dy > 0 else anchor.y - candidate.bottom
            aside = max(0.0, candidate.x - anchor.right, anchor.x - candidate.right)
            size = min(anchor.height, candidate.height)
        else:
            gap = candidate.x - anchor.right if dx > 0 else anchor.x - candidate.right
            aside = max(0.0, candidate.y - anchor.bottom, anchor.y - candidate.bottom)
            size = min(anchor.width, candidate.width)
            if aside > 0 or not same_line(anchor, candidate):
                return None
        return max(0.0, gap) + 2 * aside if gap >= -0.3 * size else None

    def factors(scene: Scene) -> Factors:
        own = {
            a.element.ref for a in scene.anchors if a.element.name
        }  # not those that a text labels by where it stands
        others = [c for c in scene.candidates if c.ref not in own]
        return _by_distance(Scene(scene.screen, others, scene.anchors, scene.target, True, scene.ranked), distance)

    return factors


def _in_order(step: int) -> Callable[[Scene], Factors]:
    def factors(scene: Scene) -> Factors:
        order = scene.screen.order
        usable = [a for a in scene.anchors if interactive(a.element)] or list(scene.anchors)
        found: Factors = {}
        for anchor in usable:
            at = order[anchor.element.ref]
            beyond = [c for c in scene.candidates if (order[c.ref] - at) * step > 0]
            for place, candidate in enumerate(sorted(beyond, key=lambda c: order[c.ref] * step)):
                factor = 0.97 if place == 0 or not scene.ranked else 0.6
                _keep(found, candidate.ref, anchor.confidence * factor)
        return found

    return factors


def _column(scene: Scene) -> Factors:
    heads = [a for a in scene.anchors if a.element.role == "columnheader"] or list(scene.anchors)
    found: Factors = {}
    for candidate in scene.candidates:
        cell = scene.screen.cell(candidate) or candidate
        if cell.role == "columnheader":
            continue
        head = cell.attributes.get("colheader") or candidate.attributes.get("colheader")
        if head and scene.target.name:
            if (like := likeness(scene.target.name, head, scene.target.exact)).score >= WHOLE:
                found[candidate.ref] = like.score
            continue
        for anchor in heads:
            if _same_column(scene.screen, cell, anchor.element):
                _keep(found, candidate.ref, anchor.confidence * 0.97)
    return found


def _same_column(screen: Screen, cell: Element, head: Element) -> bool:
    tables = [next((a.ref for a in screen.observation.ancestors(e) if a.role in {"table", "grid", "treegrid"}), None)
              for e in (cell, head)]  # fmt: skip
    if tables[0] != tables[1]:
        return False
    a, b = cell.attributes.get("colindex"), head.attributes.get("colindex")
    if a and b:
        return a == b
    return cell.box.y >= head.box.y and same_column(cell.box, head.box)


_RULES: Mapping[Relation, Callable[[Scene], Factors]] = {
    Relation.ROW: _row,
    Relation.IN: _in,
    Relation.NEAR: _near,
    Relation.NEXT_TO: _next_to,
    Relation.ABOVE: _towards(0, -1),
    Relation.BELOW: _towards(0, 1),
    Relation.LEFT_OF: _towards(-1, 0),
    Relation.RIGHT_OF: _towards(1, 0),
    Relation.AFTER: _in_order(1),
    Relation.BEFORE: _in_order(-1),
    Relation.COLUMN: _column,
}
