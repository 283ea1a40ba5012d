"""What is wanted, and how to see that it is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cua.contract import Contract
from cua.expect import Expect


@dataclass(frozen=True, slots=True)
class Goal:
    """`words` with parameters filled in and secrets masked; `done` is the expectation that proves it.

    `commits`: the plan holds a step that cannot be undone, `reads`: one that brings something home (extract,
    download, ask); "already true" is an outcome of neither.
    """

    words: str
    done: Expect | None = None
    start: str | None = None
    """The URL (or the program's command line) at which the run begins."""
    params: Mapping[str, object] = field(default_factory=dict)
    commits: bool = False
    reads: bool = False
    name: str = ""
    contract: Contract = field(default_factory=Contract)
    """What holds of the whole run."""
