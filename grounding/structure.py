"""The structural expert: what the world itself says of its elements, weighed as a person would.

Confidence is a product: likeness of the name (scoring), fit of the role word (roles) and of the action (verbs), how
well every relation holds (relations), and what is taken off for elements that are covered, foreign or not what they
look like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from envs.action import Action, Click, Download, Hover
from envs.observation import Element, Observation, Source
from grounding.choice import count_out, ranked
from grounding.grounding import Candidate, Vote
from grounding.naming import NAMELESS, by_attributes, by_cell, by_name, by_tongue, by_value, summarises
from grounding.parse import readings
from grounding.relations import Anchor, Scene, related
from grounding.roles import CELLS, CONTAINERS, DIALOGS, PUSHABLE, ROWS, TICKABLE, interactive, role_fit
from grounding.rows import rows_of_cells
from grounding.scoring import JOINED, NONE, WHOLE, Likeness, disguised, tokens
from grounding.screen import Placed, Screen, screen_of
from grounding.sieve import sieve_of
from grounding.target import Clause, Relation, Target
from grounding.tongues import elsewhere
from grounding.verbs import verb_fit

LEAST = 0.25
"""Candidates below are not worth mentioning."""
ANCHORED, GOOD_ANCHOR, ANCHOR_SPREAD, PART_ANCHOR = 0.4, 0.8, 0.35, 0.8
"""What an anchor needs; what stops the search for other readings, and an anchor in a row must reach (the row of vda1 is
not that of "backup of vda1"); how far below the best one others still count; the factor for those called so in part."""
EXPLAINED, TICKED, INNER = 0.65, 0.85, 0.75
"""Of a control whose name goes on for long (labels of fields explain, buttons do not), of a box to tick that begins
with several of the words said; of one that has it inside."""
MISTAKEN, RIVAL = 0.75, 0.3
"""Of one that is not quite what the role word says, where one that is has a name of which so much is alike."""
NOTHING = 0.3
"""Below this confidence nothing on the screen is called so in English, and other languages are looked at."""
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One reading of a target on one screen. `anchor`: it only says where something else is. `rows`: the refs of all
    that lies in the rows that its clauses name; None for no such clause."""

    target: Target
    screen: Screen
    action: Action | None
    anchor: bool
    rows: frozenset[str] | None


@dataclass(slots=True)
class _Hits:
    """What was found so far, by ref; `surest` and `fittest` are of the best of them."""

    found: dict[str, _Found]
    surest: float = 0.0
    fittest: float = 0.0

    def __post_init__(self) -> None:
        self.surest = max((one.confidence for one in self.found.values()), default=0.0)
        self.fittest = max((one.fit for one in self.found.values()), default=0.0)

    def add(self, one: _Found) -> None:
        known = self.found.get(one.element.ref)
        if known is None or known.confidence < one.confidence:
            self.found[one.element.ref] = one
            self.surest = max(self.surest, one.confidence)
            self.fittest = max(self.fittest, one.fit)

    @property
    def enough(self) -> bool:
        """Whether what else is found cannot change where it is looked for."""
        return self.surest >= FAIR and self.fittest >= WHOLE

    def within(self, refs: frozenset[str] | None) -> list[_Found]:
        return [one for ref, one in self.found.items() if refs is None or ref in refs]


class Structure:
    """Grounds targets on roles, names, tree and boxes. Knows no pixels; the same answer for the same observation."""

    name = "structure"

    def __init__(self, look: Callable[[Observation], Screen] = screen_of) -> None:
        self.look = look

    def rank(self, target: Target, observation: Observation, action: Action | None = None) -> Sequence[Candidate]:
        """Candidates for one reading of a target, from the best down; `nth` is left to the caller."""
        screen = self.look(observation)
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
        wanted = _Wanted(target, screen, action, anchor, self._held_rows(target, screen))
        hits = self._named(wanted)
        if target.name and hits.surest < FAIR:
            hits = self._with_attributes(wanted, hits)
        if target.name and not target.exact and hits.surest < NOTHING and elsewhere(target.name):
            hits = self._in_other_languages(wanted, hits)
        found = _mistaken(hits, target, wanted.rows)
        for clause in target.clauses:
            if not found:
                break
            found = self._related(clause, target, found, screen)
        return found

    def _held_rows(self, target: Target, screen: Screen) -> frozenset[str] | None:
        """The refs of all that lies in the rows that the clauses ask for, so that a thousand others of the same name
        need not be weighed; None where no clause asks for a row, or one may be meant that only looks like one."""
        held: frozenset[str] | None = None
        for clause in target.clauses:
            if clause.relation is not Relation.ROW:
                continue
            refs: set[str] = set()
            for anchor in self.anchors(clause.target, screen, clause.relation):
                around = list(screen.rows_around(anchor.element))[:2]
                if not around:
                    return None
                for row in around:
                    refs |= {row.ref, *(element.ref for element in screen.observation.inside(row))}
            held = frozenset(refs) if held is None else held & refs
        return held

    def _named(self, wanted: _Wanted) -> _Hits:
        """What is called so; only where nothing is, what would be but for a slip of the pen."""
        hits = self._scored(wanted, slipped=False)
        target = wanted.target
        if not target.name or target.exact or hits.fittest >= WHOLE or not sieve_of(target.name).slippery:
            return hits
        return self._scored(wanted, slipped=True)

    def _scored(self, wanted: _Wanted, slipped: bool) -> _Hits:
        target, screen, rows = wanted.target, wanted.screen, wanted.rows
        contents = self._rows_called(target, screen)
        hits = _Hits({})
        enough = not target.name
        for place, element in self._pool(wanted, slipped, contents):
            if rows is not None and element.ref not in rows and (enough or (enough := hits.enough)):
                continue
            role = role_fit(target.role, element) if target.role else 1.0
            if not role or (target.nth is not None and target.role == "row" and _header_row(element, screen)):
                continue
            like, source = self._likeness(wanted, element)
            if like.slipped and not slipped:
                like, source = NONE, ""
            if (content := contents.get(element.ref, 0.0)) > like.score:
                like, source = Likeness(content, "has it in it"), ""
            elif target.name and like.score < JOINED and summarises(element):
                continue
            if like.score and screen.usable(element):
                screen.order.known[element.ref] = place
                hits.add(self._weigh(wanted, element, like, source, role))
        return hits

    def _pool(self, wanted: _Wanted, slipped: bool, contents: Mapping[str, float]) -> Placed:
        """What could be meant at all."""
        target, screen = wanted.target, wanted.screen
        if not target.name:
            return screen.answering(target.role) if target.role else screen.everything()
        columns = any(clause.relation is Relation.ROW for clause in target.clauses)
        called = screen.called(sieve_of(target.name), slipped, held=wanted.anchor, columns=columns)
        if not contents:
            return called
        rows = {screen.order[ref]: row for ref in contents if (row := screen.observation.get(ref)) is not None}
        return sorted({**rows, **dict(called)}.items())

    def _likeness(self, wanted: _Wanted, element: Element) -> tuple[Likeness, str]:
        """The best evidence that the element is called so, and where it comes from."""
        target = wanted.target
        if not target.name:
            return Likeness(_nameless(target, element), "only its role was asked for"), ""
        like, source = by_name(target.name, target.exact, element, wanted.screen)
        if like.score < JOINED and any(clause.relation is Relation.ROW for clause in target.clauses):
            headed, where = by_cell(target.name, target.exact, element)
            like, source = (headed, where) if headed.score > like.score else (like, source)
        if like.score < JOINED and wanted.anchor:
            held, where = by_value(target.name, target.exact, element)
            like, source = (held, where) if held.score > like.score else (like, source)
        return like, source

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

    def _in_other_languages(self, wanted: _Wanted, hits: _Hits) -> _Hits:
        """What is found by names, and what the words are called in other languages where nothing else is."""
        target, screen = wanted.target, wanted.screen
        placed: dict[int, Element] = {}
        for form, _ in elsewhere(target.name):
            placed |= dict(screen.called(sieve_of(form)))
        both = _Hits(dict(hits.found))
        for place, element in sorted(placed.items()):
            like, source = by_tongue(target.name, element, screen)
            role = role_fit(target.role, element) if target.role and like.score else 1.0
            if like.score and role and not summarises(element) and screen.usable(element):
                screen.order.known[element.ref] = place
                both.add(self._weigh(wanted, element, like, source, role))
        return both

    def _with_attributes(self, wanted: _Wanted, hits: _Hits) -> _Hits:
        """What is found by names, and by weaker things that controls are called when names say nothing."""
        target, screen = wanted.target, wanted.screen
        told = hits.surest < FAINT and not isinstance(wanted.action, Click | Hover | Download)
        both = _Hits(dict(hits.found))
        for place, element in screen.attributed(sieve_of(target.name), slipped=not target.exact):
            like, source = by_attributes(target.name, target.exact, element, screen, told)
            role = role_fit(target.role, element) if target.role and like.score else 1.0
            if like.score and role and screen.usable(element):
                screen.order.known[element.ref] = place
                both.add(self._weigh(replace(wanted, anchor=False), element, like, source, role))
        return both

    def _weigh(self, wanted: _Wanted, element: Element, like: Likeness, source: str, role: float) -> _Found:
        target, screen = wanted.target, wanted.screen
        score, evidence = like.score, [f"{source}: {like.how}" if source else like.how]
        if element.role in PUSHABLE | TICKABLE or "listens" in element.states:
            if like.explained:
                score *= TICKED if element.role in TICKABLE and len(tokens(target.name)) > 1 else EXPLAINED
            elif like.how.startswith("contains"):
                score *= INNER
        verb = 1.0
        if not wanted.anchor:
            verb = verb_fit(wanted.action, element, target.role is not None, _reacts(element, screen))
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
        key = (self, "anchors", target, relation)
        if key not in screen.memo:
            screen.memo[key] = self._all_anchors(target, screen, relation)
        known: tuple[Anchor, ...] = screen.memo[key]
        return known

    def _all_anchors(self, target: Target, screen: Screen, relation: Relation | None) -> tuple[Anchor, ...]:
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
        found = tuple(anchor for anchor in weighed if anchor.confidence >= least)
        if found or relation is not Relation.ROW or target.role or target.nth or target.clauses or target.exact:
            return found
        return tuple(Anchor(row, sure) for row, sure in rows_of_cells(target.name, screen))

    def _anchors(self, target: Target, screen: Screen, relation: Relation | None) -> Iterator[Anchor]:
        found = self._found(target, screen, None, anchor=True)
        if relation is Relation.IN and target.role in CONTAINERS | DIALOGS and target.name:
            titles = self._found(replace(target, role=None), screen, None, anchor=True)
            found += [replace(one, weight=one.weight * 0.97) for one in titles if _titles(one.element)]
        candidates = ranked([self._candidate(one) for one in found if one.confidence >= LEAST], screen)
        for candidate in count_out(candidates, target, screen, 0.1):
            yield Anchor(candidate.element, candidate.confidence)


def _mistaken(hits: _Hits, target: Target, rows: frozenset[str] | None) -> list[_Found]:
    """What was found in these rows; less sure where the role word fits another thing with a name that is alike: the
    link "Save" is hardly "the Save button" beside a button "Save draft"."""
    found = hits.within(rows)
    if target.role is None or not target.name:
        return found
    just = {one.element.ref for one in found if role_fit(target.role, one.element) == 1.0}
    if not any(one.fit >= RIVAL for one in found if one.element.ref in just):
        return found
    return [one if one.element.ref in just else replace(one, weight=one.weight * MISTAKEN) for one in found]


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
    above = screen.reacting(element)
    return above is not None and (not above.box.area or above.box.contains(element.box.center))


def _titles(element: Element) -> bool:
    return element.role in {"heading", "text", "legend", "caption", "summary", "tab"} or "expanded" in element.states


def _header_row(element: Element, screen: Screen) -> bool:
    """A row of nothing but column headers is not counted: "row 1" is the first one below it."""
    if element.role not in ROWS:
        return False
    heads = (child.role == "columnheader" for child in screen.observation.inside(element) if child.role in CELLS)
    return next(heads, False) and all(heads)


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
