"""The user's own policy, a small YAML file: what every run of theirs may do, whatever a task file asks for.

    origins: [https://intranet.example, "http://127.0.0.1:8000"]    may be visited, beside the one named by --url
    commits: ask                                                     steps that cannot be undone: ask, allow or deny
    uploads: ask                                                     files given to applications: ask, allow or deny

All keys are optional; `ask` is the default. `deny` is stronger than --yes. An origin is scheme://host with a port where
it is not the usual one; `http://127.0.0.1:*` and other patterns are not accepted: every origin is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from cua.errors import BadInput
from cua.options import web_origin
from cua.policy import ALLOWED, Decision
from cua.step import Step
from cua.taskfile.problems import did_you_mean, listed
from cua.taskfile.source import Entries, Items, Node, Scalar, parse, read
from envs.action import Upload
from envs.observation import Element, Observation

T = TypeVar("T")


class Stance(StrEnum):
    ASK = "ask"
    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class UserPolicy:
    """What the file says; the default is what holds without one. `file` is where it was read."""

    origins: frozenset[str] = frozenset()
    commits: Stance = Stance.ASK
    uploads: Stance = Stance.ASK
    file: Path | None = None

    def decide(self, step: Step, found: Element | None, before: Observation) -> Decision:
        """The rule that says no to what the file denies."""
        if step.commit and self.commits is Stance.DENY:
            return Decision(False, f"{step.words} cannot be undone, and {self.file} says `commits: deny`")
        if isinstance(step.action, Upload) and self.uploads is Stance.DENY:
            return Decision(False, f"{step.words}: {self.file} says `uploads: deny`")
        return ALLOWED


KEYS = ("origins", "commits", "uploads")


def load(file: Path) -> UserPolicy:
    """The policy in this file. Raises BadInput with the line."""
    data = read(file)
    if all(line.lstrip().startswith(b"#") for line in data.splitlines() if line.strip()):
        return UserPolicy(file=file)
    values: dict[str, Any] = {}
    for name, node in _entries(data, file).pairs:
        if name.text not in KEYS:
            known = did_you_mean(name.text, KEYS) or f"it has {listed(KEYS, 'and')}"
            raise BadInput(f'a policy has no "{name.text}"; {known}', file=file, line=name.line)
        values[name.text] = _origins(node, file) if name.text == "origins" else _stance(node, name.text, file)
    return UserPolicy(**values, file=file)


def _entries(data: bytes, file: Path) -> Entries:
    try:
        return parse(data, file)
    except BadInput as no:
        if "task file" in str(no):  # the reader's words for a file that is no mapping
            example = "`origins: [https://intranet.example]`"
            raise BadInput(f"a policy is a mapping, as in {example}", file=file, line=no.line) from None
        raise


def _origins(node: Node, file: Path) -> frozenset[str]:
    items = node.items if isinstance(node, Items) else (node,)
    return frozenset(_origin(item, file) for item in items)


def _origin(node: Node, file: Path) -> str:
    text = node.text if isinstance(node, Scalar) else ""
    origin = web_origin(text)
    if origin is None or origin.rstrip("/") != text.rstrip("/").lower():
        hint = f"; did you mean {origin}?" if origin else ", as in https://intranet.example"
        raise BadInput(f'"{text}" is no origin{hint}', file=file, line=node.line)
    return origin


def _stance(node: Node, key: str, file: Path) -> Stance:
    text = node.text if isinstance(node, Scalar) else ""
    if text not in set(Stance):
        known = did_you_mean(text, Stance) or f"it is {listed(Stance)}"
        raise BadInput(f'{key} cannot be "{text}"; {known}', file=file, line=node.line)
    return Stance(text)


def schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    stance = {"enum": [str(one) for one in Stance], "default": "ask"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "provenstep policy",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "origins": {"type": "array", "items": {"type": "string", "pattern": "^https?://[^/]+/?$"}},
            "commits": {**stance, "description": "Steps that cannot be undone."},
            "uploads": {**stance, "description": "Files given to applications."},
        },
    }
