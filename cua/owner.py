"""Which process owns a run or a batch, and whether it is alive."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def owner() -> str:
    """This process: its number and the boot it belongs to."""
    return f"{os.getpid()}@{_boot()}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        return ""


def alive(other: str) -> bool:
    """Whether that process is running."""
    pid, _, boot = other.partition("@")
    if boot != _boot():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
