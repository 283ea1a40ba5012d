"""`cua schema`: the JSON Schema of task files, for editors."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def schema(
    policy: Annotated[bool, typer.Option("--policy", help="That of the policy file instead.")] = False,
) -> int:
    """Print the JSON Schema of task files.

    In an editor with YAML support: # yaml-language-server: $schema=task.schema.json
    """
    from cua import policyfile
    from cua.cli.ending import out
    from cua.taskfile.schema import schema as of_tasks

    out(json.dumps(policyfile.schema() if policy else of_tasks(), indent=2, ensure_ascii=False))
    return 0
