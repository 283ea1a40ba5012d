"""Not found and ambiguous are errors, never a guess; both carry the ranked candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.errors import CuaError

if TYPE_CHECKING:
    from grounding.grounding import Grounding


class GroundingError(CuaError):
    """A target that could not be mapped to one element. `grounding` holds what was considered."""

    def __init__(self, why: str, grounding: Grounding) -> None:
        super().__init__(why)
        self.grounding = grounding


class NotFound(GroundingError):
    """No candidate reached the floor of confidence."""


class Ambiguous(GroundingError):
    """Two or more candidates stand within the margin of each other."""


class BadTarget(CuaError):
    """A target's words make no sense (an ordinal without a name, an unknown relation)."""
