"""The structural expert: what the world itself says of its elements, weighed as a person would.

Confidence is a product: likeness of the name (scoring), fit of the role word (roles) and of the action (verbs), how
well every relation holds (relations), and what is taken off for elements that are covered, foreign or not what they
look like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from envs.action import Action, Click, Download, Hover
from envs.observation import Element, Observation, Source
from grounding.choice import count_out, ranked
from grounding.grounding import Candidate, Vote
from grounding.naming import NAMELESS, Sieve, by_attributes, by_cell, by_name, by_value, summarises
from grounding.parse import readings
from grounding.relations import Anchor, Scene, related
from grounding.roles import CELLS, CONTAINERS, DIALOGS, PUSHABLE, ROWS, TICKABLE, interactive, role_fit
from grounding.scoring import JOINED, Likeness, disguised, tokens
from grounding.screen import Screen, screen_of
from grounding.target import Clause, Relation, Target
from grounding.verbs import verb_fit

LEAST = 0.25
"""Candidates below are not worth mentioning."""
ANCHORED, GOOD_ANCHOR, ANCHOR_SPREAD, PART_ANCHOR = 0.4, 0.8, 0.35, 0.8
"""What an anchor needs; what stops the search for other readings, and an anchor in a row must reach (the row of vda1 is
not that of "backup of vda1"); how far below the best one others still count; the factor for those called so in part."""
EXPLAINED, INNER = 0.65, 0.75
"""Of a control whose name goes on for long (labels of fields explain, buttons do not); of one that has it inside."""
COVERED, VEILED, OFFSCREEN, DISABLED, RENAMED, FOREIGN, DISGUISED = 0.95, 0.7, 0.98, 0.96, 0.85, 0.8, 0.4
FAINT, FAIR = 0.45, 0.6
"""Below the first, names that nobody sees (test ids) are looked at too; below the second, titles and the like."""
SAME = 0.05
"""How much better plain text must answer to the name than a control, to be meant instead of it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An element on its way to being a candidate: `fit` is name and relations alone, `weight` all the rest."""

    element: Element
    fit: float
    weight: float
    evidence: tuple[str, ...]

    @property
    def confidence(self) -> float:
        return self.fit * self.weight


class Structure:
    """Grounds targets on roles, names, tree and boxes. Knows no pixels; the same answer for the same observation."""

    name = "structure"

    def rank(self, target: Target, observation: Observation, action: Action | None = None) -> Sequence[Candidate]:
        """Candidates for one reading of a target, from the best down; `nth` is left to the caller."""
        screen = screen_of(observation)
        found = self._controls_first(self._found(target, screen, action, anchor=False))
        return ranked([self._candidate(one) for one in found if one.confidence >= LEAST], screen)

    def _candidate(self, found: _Found) -> Candidate:
        confidence = min(1.0, found.confidence)
        return Candidate(found.element, confidence, (Vote(self.name, confidence, found.evidence),))

    def _controls_first(self, found: Sequence[_Found]) -> Sequence[_Found]:
        """Without the plain text and boxes that a control answers to the name as well as."""
        best = max((one.fit for one in found if interactive(one.element) and one.weight >= 0.5), default=0.0)
        if not best:
            return found
        return [one for one in found if interactive(one.element) or one.fit > best + SAME]

    def _found(self, target: Target, screen: Screen, action: Action | None, anchor: bool) -> list[_Found]:
        found = list(self._named(target, screen, action, anchor))
        if target.name and max((one.confidence for one in found), default=0.0) < FAIR:
            found = self._with_attributes(target, screen, action, found)
        for clause in target.clauses:
            if not found:
                break
            found = self._related(clause, target, found, screen)
        return found

    def _named(self, target: Target, screen: Screen, action: Action | None, anchor: bool) -> Iterator[_Found]:
        sieve = Sieve(target.name)
        rows = self._rows_called(target, screen)
        for element in screen.visible:
            role = role_fit(target.role, element) if target.role else 1.0
            if not role or (target.nth is not None and target.role == "row" and _header_row(element, screen)):
                continue
            like, source = self._likeness(target, element, screen, sieve, anchor)
            if (content := rows.get(element.ref, 0.0)) > like.score:
                like, source = Likeness(content, "has it in it"), ""
            elif target.name and like.score < JOINED and summarises(element):
                continue
            if like.score:
                verb = self._verb(action, element, target, anchor, screen)
                yield self._weigh(element, like, source, role, verb, screen)

    def _likeness(
        self, target: Target, element: Element, screen: Screen, sieve: Sieve, anchor: bool
    ) -> tuple[Likeness, str]:
        """The best evidence that the element is called so, and where it comes from."""
        if not target.name:
            return Likeness(_nameless(target, element), "only its role was asked for"), ""
        like, source = by_name(target.name, target.exact, element, screen, sieve)
        if like.score < JOINED and any(clause.relation is Relation.ROW for clause in target.clauses):
            headed, where = by_cell(target.name, target.exact, element)
            like, source = (headed, where) if headed.score > like.score else (like, source)
        if like.score < JOINED and anchor:
            held, where = by_value(target.name, target.exact, element)
            like, source = (held, where) if held.score > like.score else (like, source)
        return like, source

    def _verb(self, action: Action | None, element: Element, target: Target, anchor: bool, screen: Screen) -> float:
        return 1.0 if anchor else verb_fit(action, element, target.role is not None, _reacts(element, screen))

    def _rows_called(self, target: Target, screen: Screen) -> dict[str, float]:
        """For "the row with vda1": rows by what stands in them."""
        if target.role not in {"row", "listitem"} or not target.name:
            return {}
        rows: dict[str, float] = {}
        inner = Target(target.name, exact=target.exact)
        for anchor in self.anchors(inner, screen):
            row = screen.row(anchor.element)
            if row is not None:
                rows[row.ref] = max(rows.get(row.ref, 0.0), anchor.confidence * 0.97)
        return rows

    def _with_attributes(
        self, target: Target, screen: Screen, action: Action | None, found: Sequence[_Found]
    ) -> list[_Found]:
        """What is found by names, and by weaker things that controls are called when names say nothing."""
        sieve = Sieve(target.name)
        best = {one.element.ref: one for one in found}
        seen = max(best.values(), default=None, key=lambda one: one.confidence)
        faint = seen is None or seen.confidence < FAINT
        told = faint and not isinstance(action, Click | Hover | Download)
        for element in screen.visible:
            like, source = by_attributes(target.name, target.exact, element, screen, sieve, told)
            role = role_fit(target.role, element) if target.role and like.score else 1.0
            if not like.score or not role:
                continue
            verb = self._verb(action, element, target, False, screen)
            one = self._weigh(element, like, source, role, verb, screen)
            if element.ref not in best or best[element.ref].confidence < one.confidence:
                best[element.ref] = one
        return list(best.values())

    def _weigh(self, element: Element, like: Likeness, source: str, role: float, verb: float, screen: Screen) -> _Found:
        score, evidence = like.score, [f"{source}: {like.how}" if source else like.how]
        if element.role in PUSHABLE | TICKABLE or "listens" in element.states:
            if like.explained:
                score *= EXPLAINED
            elif like.how.startswith("contains"):
                score *= INNER
        if role < 1.0:
            evidence.append(f"a {element.role}")
        if verb < 0.5:
            evidence.append("not what this is done to")
        factor, said = _taken_off(element, screen)
        return _Found(element, score, role * verb * factor, (*evidence, *said))

    def _related(self, clause: Clause, target: Target, found: list[_Found], screen: Screen) -> list[_Found]:
        anchors = self.anchors(clause.target, screen, clause.relation)
        if not anchors:
            return []
        elements = [one.element for one in found]
        scene = Scene(screen, elements, anchors, clause.target, bool(target.name), target.nth is None)
        factors = related(clause.relation, scene)
        said = f"{clause.relation.replace('_', ' ')} {clause.target.text or clause.target.name or clause.target.role}"
        return [
            replace(one, fit=one.fit * factors[one.element.ref], evidence=(*one.evidence, said))
            for one in found
            if one.element.ref in factors
        ]

    def anchors(self, target: Target, screen: Screen, relation: Relation | None = None) -> tuple[Anchor, ...]:
        """The elements that a clause's target can mean, text included; none where nothing is like it."""
        best: dict[str, Anchor] = {}
        for reading in readings(target):
            for anchor in self._anchors(reading, screen, relation):
                known = best.get(anchor.element.ref)
                if known is None or known.confidence < anchor.confidence:
                    best[anchor.element.ref] = anchor
            if max((anchor.confidence for anchor in best.values()), default=0.0) >= GOOD_ANCHOR:
                break
        weighed = [_weigh_anchor(anchor, relation, screen) for anchor in best.values()]
        top = max((anchor.confidence for anchor in weighed), default=0.0)
        least = max(ANCHORED, top - ANCHOR_SPREAD)
        return tuple(anchor for anchor in weighed if anchor.confidence >= least)

    def _anchors(self, target: Target, screen: Screen, relation: Relation | None) -> Iterator[Anchor]:
        found = self._found(target, screen, None, anchor=True)
        if relation is Relation.IN and target.role in CONTAINERS | DIALOGS and target.name:
            titles = self._found(replace(target, role=None), screen, None, anchor=True)
            found += [replace(one, weight=one.weight * 0.97) for one in titles if _titles(one.element)]
        candidates = ranked([self._candidate(one) for one in found if one.confidence >= LEAST], screen)
        for candidate in count_out(candidates, target, screen, 0.1):
            yield Anchor(candidate.element, candidate.confidence)


def _nameless(target: Target, element: Element) -> float:
    """How well an element answers to its role alone; "the search box" is not one that says it is for something else."""
    other = target.role == "searchbox" and element.name and not {"search", "find"} & set(tokens(element.name))
    return NAMELESS / 2 if other else NAMELESS


def _weigh_anchor(anchor: Anchor, relation: Relation | None, screen: Screen) -> Anchor:
    """An anchor that is called so only in part is less sure, and none at all where it tells rows of data apart."""
    if anchor.confidence >= GOOD_ANCHOR or relation is None:
        return anchor
    inner = anchor.element.role not in CONTAINERS | ROWS and screen.row(anchor.element) is not None
    return Anchor(anchor.element, 0.0 if relation is Relation.ROW or inner else anchor.confidence * PART_ANCHOR)


def _reacts(element: Element, screen: Screen) -> bool:
    """Whether a click on it would reach something that reacts: itself, what holds it, or pixels (not known)."""
    if interactive(element) or element.source in {Source.OCR, Source.VISUAL}:
        return True
    return any(interactive(above) for above in screen.observation.ancestors(element))


def _titles(element: Element) -> bool:
    return element.role in {"heading", "text", "legend", "caption", "summary", "tab"} or "expanded" in element.states


def _header_row(element: Element, screen: Screen) -> bool:
    """A row of nothing but column headers is not counted: "row 1" is the first one below it."""
    if element.role not in ROWS:
        return False
    cells = [child for child in screen.observation.inside(element) if child.role in CELLS]
    return bool(cells) and all(cell.role == "columnheader" for cell in cells)


def _taken_off(element: Element, screen: Screen) -> tuple[float, list[str]]:
    """The factor for what speaks against using an element, and the words for it."""
    factor, said = 1.0, []
    states = element.states
    if states:
        if "covered" in states:
            factor *= VEILED if screen.veiled else COVERED
            said.append("something covers it")
        if "offscreen" in states:
            factor *= OFFSCREEN
        if "disabled" in states:
            factor *= DISABLED
            said.append("disabled")
        if "renamed" in states:
            factor *= RENAMED
            said.append("its name is not what is seen")
    if element.origin and screen.origin and element.origin != screen.origin:
        factor *= FOREIGN
        said.append(f"in a frame of {element.origin}")
    if disguised(element.name):
        factor *= DISGUISED
        said.append("written with letters of two scripts")
    return factor, said
