"""The answer to "is it so?": yes or no, and the reason in words either way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds`, and `why`: the evidence when it holds, what is there instead when it does not.

    It has no truth value of its own: `verdict or other` would take a no for nothing at all.
    """

    holds: bool
    why: str
    final: bool = False
    """No later look can change it: waiting is useless (the server has refused)."""

    def __bool__(self) -> bool:
        raise TypeError("ask a verdict for `holds`")

    @classmethod
    def yes(cls, why: str) -> Verdict:
        return cls(True, why)

    @classmethod
    def no(cls, why: str, *, final: bool = False) -> Verdict:
        return cls(False, why, final)
