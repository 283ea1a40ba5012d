"""What is there on this machine, what is missing, and the command that mends it. Looking changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.util import find_spec
from pathlib import Path

from envs.errors import Unavailable

NAME = "provenstep"
LEAST_PYTHON = (3, 11)
LITTLE = 200 << 20
"""Bytes below which the disk of the runs is nearly full: some hundred steps with their pictures."""
_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
_NOT_NEEDED = "not needed for browser tasks"


class Status(StrEnum):
    """ok; note: worth knowing; missing: tasks will fail."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` is the command to type, "" where there is nothing to mend."""

    name: str
    status: Status
    what: str
    mend: str = ""


def examine(runs: Path) -> tuple[Finding, ...]:
    """Everything, in the order in which it is needed. A browser is started for it."""
    return (*_python(), *_package(), *_browser(), *_sandbox(), *_fonts(), *_runs(runs), *_later())


def _python() -> Iterator[Finding]:
    words = f"Python {platform.python_version()} ({sys.executable})"
    if sys.version_info >= LEAST_PYTHON:
        yield Finding("python", Status.OK, words)
    else:
        yield Finding("python", Status.MISSING, f"{words} is too old", "install Python 3.11 or later")


def _package() -> Iterator[Finding]:
    try:
        yield Finding("package", Status.OK, f"{NAME} {version(NAME)}")
    except PackageNotFoundError:
        yield Finding("package", Status.NOTE, f"{NAME} runs from a checkout and is not installed")
    for name, number in sorted(set(_foreign())):
        what = f"{name} {number} is installed beside {NAME}, and has a package of the same name: one hides the other"
        yield Finding(
            "package", Status.MISSING, what, f"pip uninstall {name} && pip install --force-reinstall --no-deps {NAME}"
        )


def _foreign() -> Iterator[tuple[str, str]]:
    """Other distributions that bring a package `cua`, such as the one of that name on PyPI."""
    for found in distributions():
        name = found.metadata["Name"] or ""
        if name.lower() == NAME:
            continue
        tops = (found.read_text("top_level.txt") or "").split()
        files = found.files or ()
        if name.lower() == "cua" or "cua" in tops or any(file.parts[:2] == ("cua", "__init__.py") for file in files):
            yield name, found.version


def _browser() -> Iterator[Finding]:
    from envs.browser.examine import examine as start

    try:
        found = start()
    except Unavailable as no:
        what, _, mend = str(no).partition("; install one: ")
        yield Finding("browser", Status.MISSING, what, mend)
    else:
        yield Finding("browser", Status.OK, f"{found.path}, version {found.version}, starts")


def _sandbox() -> Iterator[Finding]:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        what = "you are root: the browser runs without its sandbox; use an ordinary account for sites you do not trust"
        yield Finding("sandbox", Status.NOTE, what)
    else:
        yield Finding("sandbox", Status.OK, "the browser runs in its sandbox")


def _fonts() -> Iterator[Finding]:
    folders = [Path(folder).expanduser() for folder in _FONTS]
    found = next((True for folder in folders if folder.is_dir() for _ in folder.rglob("*.[ot]tf")), False)
    if found:
        yield Finding("fonts", Status.OK, "fonts are installed")
    else:
        what = "no fonts: pages and pictures are full of boxes"
        yield Finding("fonts", Status.NOTE, what, "apt-get install fonts-liberation fonts-dejavu-core")


def _runs(runs: Path) -> Iterator[Finding]:
    there = runs.absolute()
    while not there.exists():
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        what = f"{runs} cannot be written: {error.strerror or error}"
        yield Finding("runs", Status.MISSING, what, "name another folder with --runs DIR or CUA_RUNS")
        return
    room = f"{free / (1 << 30):.1f} GiB free"
    if free < LITTLE:
        yield Finding("runs", Status.MISSING, f"{runs}, only {room}", "cua clean --older 7")
    else:
        yield Finding("runs", Status.OK, f"{runs}, {room}")


def _later() -> Iterator[Finding]:
    """What only the desktop and the eye for pixels need."""
    seen = {
        "display": os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "",
        "tesseract": shutil.which("tesseract") or "",
        "opencv": "installed" if find_spec("cv2") is not None else "",
    }
    for name, there in seen.items():
        status = Status.OK if there else Status.NOTE
        yield Finding(name, status, f"{there or 'none'} ({_NOT_NEEDED})")
