"""Which browser of the Chromium family is on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright

from envs.browser.options import BrowserOptions
from envs.errors import Unavailable

VARIABLE = "CUA_BROWSER"
"""The environment variable that names an executable."""

INSTALL = "apt-get install chromium   (or: python -m playwright install chromium)"

_COMMANDS = {
    "chromium": ("chromium", "chromium-browser"),
    "chrome": ("google-chrome", "google-chrome-stable", "chrome"),
    "chrome-beta": ("google-chrome-beta",),
    "chrome-dev": ("google-chrome-unstable",),
    "msedge": ("microsoft-edge", "microsoft-edge-stable", "msedge"),
    "msedge-beta": ("microsoft-edge-beta",),
    "msedge-dev": ("microsoft-edge-dev",),
}
_MAC = {
    "chromium": "Chromium",
    "chrome": "Google Chrome",
    "msedge": "Microsoft Edge",
}
_OTHER = ("firefox", "webkit", "safari")


def find(options: BrowserOptions, playwright: Playwright) -> Path:
    """The executable to start. Raises Unavailable with what was looked for and the command that installs one."""
    if options.executable is not None:
        return _existing(options.executable, "the executable that was asked for")
    if options.channel is not None:
        return _channel(options.channel, playwright)
    named = os.environ.get(VARIABLE)
    if named:
        _refuse_other(Path(named).name)
        return _existing(Path(shutil.which(named) or named), f"{VARIABLE}={named}")
    for channel in ("chromium", "chrome", "msedge"):
        path = _installed(channel)
        if path is not None:
            return path
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        return own
    raise Unavailable(f"no Chromium, Chrome or Edge was found; install one: {INSTALL}")


def _channel(channel: str, playwright: Playwright) -> Path:
    _refuse_other(channel)
    if channel not in _COMMANDS:
        raise Unavailable(f'there is no channel "{channel}"; there are: {", ".join(_COMMANDS)}')
    path = _installed(channel)
    if path is None and channel == "chromium" and Path(playwright.chromium.executable_path).exists():
        path = Path(playwright.chromium.executable_path)
    if path is None:
        looked = ", ".join(_COMMANDS[channel])
        raise Unavailable(f"{channel} is not installed here (looked for {looked}); install it, or: {INSTALL}")
    return path


def _refuse_other(name: str) -> None:
    for other in _OTHER:
        if name.lower().startswith(other):
            raise Unavailable(f"{other} is not supported: only the Chromium family is (chromium, chrome, msedge)")


def _existing(path: Path, what: str) -> Path:
    _refuse_other(path.name)
    if not path.exists():
        raise Unavailable(f"{what} does not exist: {path}")
    return path


def _installed(channel: str) -> Path | None:
    for command in _COMMANDS[channel]:
        found = shutil.which(command)
        if found:
            return Path(found)
    if sys.platform == "darwin" and channel in _MAC:
        app = Path(f"/Applications/{_MAC[channel]}.app/Contents/MacOS/{_MAC[channel]}")
        return app if app.exists() else None
    return None
