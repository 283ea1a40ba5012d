"""The grounder: what several experts say of a target, as one answer; a refusal with a hint where it is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from envs.action import Action
from envs.observation import Element, Observation
from grounding.choice import collapse, count_out, ranked
from grounding.grounding import Candidate, Grounding, Vote
from grounding.hints import Hint
from grounding.parse import parse, readings
from grounding.screen import screen_of
from grounding.structure import Structure
from grounding.target import Target

FLOOR, MARGIN = 0.5, 0.1
"""What the best candidate must reach, and how far the next must stay behind it."""
GOOD = 0.8
"""A reading whose best candidate reaches this is taken; less literal ones are not looked at."""
AGREEMENT = 0.5
"""How far a second expert of the same opinion closes the gap to certainty, of what it says itself."""


class Expert(Protocol):
    """One way of finding elements. Confidence is calibrated: of candidates said to be 0.9, nine in ten are right."""

    name: str

    def rank(self, target: Target, observation: Observation, action: Action | None = None) -> Sequence[Candidate]:
        """The elements that may be meant by this one reading of a target; `nth` is not counted out."""
        ...


class Grounder:
    """Maps targets to elements. Pure: the same observation, target and action give the same answer."""

    def __init__(self, experts: Sequence[Expert] | None = None, floor: float = FLOOR, margin: float = MARGIN) -> None:
        self.experts: tuple[Expert, ...] = (Structure(),) if experts is None else tuple(experts)
        self.floor = floor
        self.margin = margin

    def ground(self, target: Target | str, observation: Observation, action: Action | None = None) -> Grounding:
        """Ranked candidates for the target, given what will be done to it. Raises BadTarget for words without sense.

        Never guesses: `.require()` of the answer raises NotFound or Ambiguous; its `hint` then says what would do.
        """
        known = screen_of(observation).memo
        key = (self, target, action)
        if key not in known:
            known[key] = self._ground(target, observation, action)
        answer: Grounding = known[key]
        return answer

    def _ground(self, target: Target | str, observation: Observation, action: Action | None) -> Grounding:
        asked = parse(target) if isinstance(target, str) else target
        candidates = self._look(target, observation, action)
        answer = Grounding(asked, candidates, self.floor, self.margin)
        return answer if answer.sure else replace(answer, hinter=Hint(answer, observation, action, self))

    def _look(self, target: Target | str, observation: Observation, action: Action | None) -> tuple[Candidate, ...]:
        pooled: dict[str, Candidate] = {}
        for reading in readings(target):
            candidates = self._candidates(reading, observation, action)
            if candidates and candidates[0].confidence >= GOOD:
                return candidates
            for candidate in candidates:
                known = pooled.get(candidate.element.ref)
                if known is None or known.confidence < candidate.confidence:
                    pooled[candidate.element.ref] = candidate
        return ranked(list(pooled.values()), screen_of(observation))

    def _candidates(self, reading: Target, observation: Observation, action: Action | None) -> tuple[Candidate, ...]:
        """What the experts say together, the same thing twice collapsed, `nth` counted out."""
        screen = screen_of(observation)
        votes: dict[str, tuple[Element, list[Vote]]] = {}
        for expert in self.experts:
            for candidate in expert.rank(reading, observation, action):
                votes.setdefault(candidate.element.ref, (candidate.element, []))[1].extend(candidate.votes)
        joint = [Candidate(element, together(said), tuple(said)) for element, said in votes.values()]
        single = collapse(ranked(joint, screen), screen, self.margin)
        return count_out(single, reading, screen, self.margin)


def together(votes: Sequence[Vote]) -> float:
    """The joint confidence of experts on one element: the surest one's, and a part of the rest for each that agrees."""
    joint = 0.0
    for at, confidence in enumerate(sorted((vote.confidence for vote in votes), reverse=True)):
        joint = confidence if at == 0 else joint + (1 - joint) * AGREEMENT * confidence
    return min(1.0, joint)
