"""`cua doctor`: what is missing on this machine."""

from __future__ import annotations

import json

from cua.cli import given


def doctor(as_json: given.Json = False, runs: given.Runs = None) -> int:
    """Say what is missing on this machine, and the command that mends it.

    --json: {"ok", "checks": [{"name", "status": "ok|note|missing", "what", "mend"}]}. Exit code 0, or 4 where tasks
    would fail.
    """
    from cua import folders
    from cua.cli.ending import out
    from cua.doctor import Status, examine
    from cua.errors import Outcome

    findings = examine(folders.runs(runs))
    ok = all(finding.status is not Status.MISSING for finding in findings)
    if as_json:
        checks = [
            {"name": one.name, "status": str(one.status), "what": one.what, "mend": one.mend or None}
            for one in findings
        ]
        out(json.dumps({"ok": ok, "checks": checks}))
    else:
        marks = {Status.OK: "✓", Status.NOTE: "·", Status.MISSING: "✗"}
        for one in findings:
            out(f"{marks[one.status]} {one.name:<9} {one.what}")
            if one.mend:
                out(f"            type: {one.mend}")
    return 0 if ok else Outcome.ENVIRONMENT.exit_code
