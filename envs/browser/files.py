"""Files into a page, and files that a page sends."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from playwright.sync_api import Error

from envs.action import Download, Upload
from envs.browser.aim import Aim, take
from envs.browser.downloads import Downloads
from envs.browser.settle import Settler
from envs.browser.strike import strike
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.clock import Clock, Deadline
from envs.errors import ActFailed, Stale
from envs.observation import Element

ARRIVING = 60.0
"""Seconds that a download may take."""
CHOOSING = 3.0
"""Seconds that a page may take to ask for a file after a click."""


def upload(tab: Tab, action: Upload, found: Element) -> None:
    """Set the files of a file input, or answer the file chooser that a click on the element opens.

    Raises Stale; ActFailed where a file is not there, or no chooser comes.
    """
    for path in action.paths:
        if not path.is_file():
            raise ActFailed(f"there is no file {path}")
    paths = [str(path.absolute()) for path in action.paths]
    if found.attributes.get("tag") == "input" and found.attributes.get("type") == "file":
        _fill(take(tab, found, to="node"), paths)
        return
    inner = take(tab, found, armed=True)
    if _click_for(tab, lambda: strike(inner), paths):
        return
    aim = take(tab, found)  # a drop zone around a hidden file input: what its own script would open
    number = aim.ask("fileInput")
    if not number:
        raise ActFailed(f"{found}: it opened no file chooser", dispatched=True)
    _fill(Aim(tab, found, aim.world, aim.context, int(number)), paths)


def _click_for(tab: Tab, click: Callable[[], None], paths: list[str]) -> bool:
    """Whether a click opened a file chooser, which is answered then."""
    try:
        with tab.page.expect_file_chooser(timeout=CHOOSING * 1000) as chooser:
            click()
        chooser.value.set_files(paths)
    except Error as error:
        if "Timeout" in error.message:
            return False
        raise ActFailed(f"the file chooser refused: {error.message.splitlines()[0]}", dispatched=True) from error
    return True


def _fill(aim: Aim, paths: list[str]) -> None:
    try:
        handle = aim.world.handle(aim.context, aim.node)
        aim.world.wire.send("DOM.setFileInputFiles", {"files": paths, "objectId": handle})
    except (MovedOn, TargetGone) as error:
        raise Stale(f"{aim.found}: its page has gone") from error
    except Error as error:
        raise ActFailed(f"{aim.found}: {error.message.splitlines()[0]}", dispatched=True) from error


def download(tab: Tab, action: Download, found: Element, downloads: Downloads, settler: Settler, clock: Clock) -> None:
    """Click, wait for the file and move it out of the quarantine. Raises Stale, ActFailed."""
    before = len(downloads.finished)
    strike(take(tab, found, armed=True))
    deadline = Deadline(ARRIVING, clock)
    while len(downloads.finished) == before:
        if deadline.passed:
            raise ActFailed(f"{found}: no file came within {ARRIVING:.0f} s", dispatched=True)
        settler.change(-1, min(1.0, deadline.left))
    got = downloads.finished[before]
    if got.path is None:
        raise ActFailed(f"{found}: the file did not arrive ({got.failure})", dispatched=True)
    to = action.to / got.name if action.to.is_dir() else action.to
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(got.path, to)
