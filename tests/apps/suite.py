"""`tasks/suite.yaml` as data, and the judgement of one run of one of its goals."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator
from ruamel.yaml import YAML

from tasks.tables import Tables
from tests.apps.servers import ROOT, oracle_of

SUITE = ROOT / "tasks" / "suite.yaml"


class Entry(BaseModel):
    """One goal: a task file or an instruction, and how the database tells whether it was reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    app: str
    file: str | None = None
    instruction: str | None = None
    params: dict[str, str] = {}
    secrets: dict[str, str] = {}
    check: str
    given: dict[str, Any]
    needs: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _asks_in_one_way(self) -> Self:
        if (self.file is None) == (self.instruction is None):
            raise ValueError("either a file or an instruction")
        return self

    @property
    def path(self) -> Path | None:
        """The task file, where there is one."""
        return ROOT / "tasks" / self.app / self.file if self.file else None

    def wrong(self, before: Tables, after: Tables) -> str | None:
        """None when the run stored what the goal asks for and nothing else; else a sentence that says what is wrong."""
        check = getattr(oracle_of(self.app), self.check)
        why: str | None = check(before, after, **self.given)
        return why


class Suite(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    tasks: tuple[Entry, ...]


def entries() -> tuple[Entry, ...]:
    """All goals, in the order of the file; raises ValueError when it is malformed."""
    return Suite.model_validate(YAML(typ="safe", pure=True).load(SUITE)).tasks
