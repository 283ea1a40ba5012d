"""Which browser would be used here, and does it start?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from envs.browser.launch import launch
from envs.browser.options import BrowserOptions


@dataclass(frozen=True, slots=True)
class Installed:
    path: Path
    version: str


def examine(options: BrowserOptions | None = None) -> Installed:
    """Starts the browser and closes it again. Raises Unavailable with the command that mends it."""
    launched = launch(options or BrowserOptions())
    try:
        return Installed(
            launched.executable or Path(), launched.browser.version if launched.browser is not None else ""
        )
    finally:
        launched.close()
