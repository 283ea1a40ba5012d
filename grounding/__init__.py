"""Targets in a person's words to elements on a screen: parse, score, relate, choose; refuse rather than guess."""

from grounding.anchoring import anchor, confirmed
from grounding.anchors import Anchor
from grounding.describe import describe, from_mapping
from grounding.errors import Ambiguous, BadTarget, GroundingError, NotFound
from grounding.grounder import Expert, Grounder
from grounding.grounding import Candidate, Grounding, Vote
from grounding.parse import parse, readings
from grounding.plain import BadAnchor
from grounding.resolving import resolve
from grounding.shortest import shortest_target
from grounding.structure import Structure
from grounding.target import Clause, Relation, Target

__all__ = [
    "Ambiguous",
    "Anchor",
    "BadAnchor",
    "BadTarget",
    "Candidate",
    "Clause",
    "Expert",
    "Grounder",
    "Grounding",
    "GroundingError",
    "NotFound",
    "Relation",
    "Structure",
    "Target",
    "Vote",
    "anchor",
    "confirmed",
    "describe",
    "from_mapping",
    "parse",
    "readings",
    "resolve",
    "shortest_target",
]
