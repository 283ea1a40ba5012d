"""A click that arrives at what it was aimed at, or does not arrive at all."""

from __future__ import annotations

from collections.abc import Sequence

from envs.browser import pointer
from envs.browser.aim import Aim, take
from envs.browser.wire import MovedOn, TargetGone
from envs.errors import ActFailed, Stale


def strike(aim: Aim, *, button: str = "left", count: int = 1, modifiers: Sequence[str] = ()) -> None:
    """Move there, press and release. The page checks once more as the press arrives (aim.js, the guard).

    Raises Stale where it is not what was seen any more or something came over it: nothing was let through then. Raises
    ActFailed where what came in its place took the rest of the click, and Crashed where the page hangs.
    """
    if aim.late:  # what only comes under the pointer is met before anything is pressed
        pointer.move(aim.tab.wire, aim.x, aim.y, modifiers)
    if aim.late or not aim.armed:
        aim = take(aim.tab, aim.found, armed=True, holding=aim.holding)
    pointer.click(aim.tab.wire, aim.x, aim.y, button=button, count=count, modifiers=modifiers)
    state, why = _verdict(aim, count)
    if not aim.armed or state == "passed":
        return
    if state == "refused":
        raise Stale(f"{aim.found}: {why}")
    raise ActFailed(f"{aim.found}: {why or 'the click went somewhere else'}", dispatched=True)


def _verdict(aim: Aim, count: int) -> tuple[str, str]:
    try:
        state, why = aim.world.ask(aim.context, "verdict", count)
    except (MovedOn, TargetGone):
        return "passed", ""  # the click took the page away
    return state, why
