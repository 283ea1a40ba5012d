"""The answer of the grounder: ranked candidates, and the one sentence that says why there is no sure one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from envs.observation import Element
from grounding.errors import Ambiguous, NotFound
from grounding.target import Target


@dataclass(frozen=True, slots=True)
class Vote:
    """What one expert said of one element: confidence 0..1 and the evidence in words ("name equals", "row vda1")."""

    expert: str
    confidence: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element with the joint confidence (calibrated: of candidates said to be 0.9, nine in ten are right)."""

    element: Element
    confidence: float
    votes: tuple[Vote, ...] = ()

    @property
    def expert(self) -> str:
        """The expert whose vote weighed most."""
        return max(self.votes, key=lambda vote: vote.confidence).expert if self.votes else ""

    @property
    def why(self) -> str:
        return "; ".join(word for vote in self.votes for word in vote.evidence)


@dataclass(frozen=True, slots=True)
class Grounding:
    """Candidates from the best down. Sure when the best reaches `floor` and leads the next by `margin`."""

    target: Target
    candidates: tuple[Candidate, ...]
    floor: float
    margin: float
    hinter: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    """Makes the hint. Only asked when the hint is: that looks at the screen a dozen times; waiting asks for none."""

    @property
    def hint(self) -> str:
        """What tells the candidates apart, or what looks like the target but is something else; for the error text."""
        return self.hinter() if self.hinter is not None else ""

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None

    @property
    def lead(self) -> float:
        """How far the best is ahead of the next; its whole confidence when it is alone."""
        if not self.candidates:
            return 0.0
        second = self.candidates[1].confidence if len(self.candidates) > 1 else 0.0
        return self.candidates[0].confidence - second

    @property
    def found(self) -> bool:
        return self.best is not None and self.best.confidence >= self.floor

    @property
    def sure(self) -> bool:
        return self.found and self.lead >= self.margin

    @property
    def why_not(self) -> str:
        """Why there is no sure candidate, in one sentence without the hint; empty when there is one."""
        if self.sure:
            return ""
        return self._ambiguous() if self.found else self._not_found()

    def require(self) -> Candidate:
        """The best candidate. Raises NotFound or Ambiguous, with the candidates and the hint in the message."""
        if self.best is None or not self.found:
            raise NotFound(self._hinted(), self)
        if not self.sure:
            raise Ambiguous(self._hinted(), self)
        return self.best

    def _not_found(self) -> str:
        nearest = ", ".join(f"{c.element} ({c.confidence:.2f})" for c in self.candidates[:3])
        seen = f"; nearest: {nearest}" if nearest else "; nothing on the screen is like it"
        return f"no {self.target} here{seen}"

    def _ambiguous(self) -> str:
        close = [c for c in self.candidates if self.candidates[0].confidence - c.confidence < self.margin]
        listed = ", ".join(f"{c.element} ({c.confidence:.2f})" for c in close[:5])
        more = f" and {len(close) - 5} more" if len(close) > 5 else ""
        return f"{len(close)} elements fit {self.target}: {listed}{more}"

    def _hinted(self) -> str:
        hint = self.hint
        return f"{self.why_not}. {hint}" if hint else self.why_not
