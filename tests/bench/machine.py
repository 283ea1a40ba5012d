"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import sync_playwright

from envs.browser import BrowserOptions
from envs.browser.find import find


def facts() -> str:
    """One line: processor, memory, system, browser, versions, the commit, and how busy the machine was."""
    return ", ".join(
        [
            f"{os.cpu_count()} cores ({_field('/proc/cpuinfo', 'model name') or platform.machine()})",
            f"{_memory()} of memory",
            _field("/etc/os-release", "PRETTY_NAME").strip('"') or platform.system(),
            _browser(),
            f"Playwright {version('playwright')}",
            f"Python {platform.python_version()}",
            f"commit {_commit()}",
            f"load {os.getloadavg()[0]:.1f} at the start",
        ]
    )


def _field(path: str, name: str) -> str:
    try:
        found = re.search(rf"^{name}\s*[:=]\s*(.+)$", Path(path).read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].strip() if found else ""


def _memory() -> str:
    kib = _field("/proc/meminfo", "MemTotal").split()
    return f"{int(kib[0]) / 2**20:.0f} GiB" if kib else "unknown size"


def _browser() -> str:
    with sync_playwright() as playwright:
        executable = find(BrowserOptions(), playwright)
    return " ".join(_said([str(executable), "--version"]).split()[:2]) or "a browser that does not tell its version"


def _commit() -> str:
    changed = "+" if _said(["git", "status", "--porcelain", "--untracked-files=no"]) else ""
    return (_said(["git", "rev-parse", "--short", "HEAD"]) or "unknown") + changed


def _said(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
