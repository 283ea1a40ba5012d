"""The mouse, by the debugging protocol itself: unlike Playwright's it does not wait for ever for a page that hangs."""

from __future__ import annotations

from collections.abc import Sequence

from envs.browser.wire import Wire

PATIENCE = 15.0
"""Seconds that a page may take to handle one event (its dialogs are answered meanwhile)."""
_BITS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
_HELD = {"left": 1, "right": 2, "middle": 4}


def move(wire: Wire, x: float, y: float, modifiers: Sequence[str] = ()) -> None:
    """CSS px of the top viewport. Raises Crashed where the page hangs."""
    _send(wire, "mouseMoved", x, y, modifiers, button="none", buttons=0)


def click(
    wire: Wire, x: float, y: float, *, button: str = "left", count: int = 1, modifiers: Sequence[str] = ()
) -> None:
    """Move there, then press and release `count` times. Raises Crashed where the page hangs."""
    move(wire, x, y, modifiers)
    for nth in range(1, count + 1):
        _send(wire, "mousePressed", x, y, modifiers, button=button, buttons=_HELD[button], clickCount=nth)
        _send(wire, "mouseReleased", x, y, modifiers, button=button, buttons=0, clickCount=nth)


def _send(wire: Wire, kind: str, x: float, y: float, modifiers: Sequence[str], **more: str | int) -> None:
    bits = sum(_BITS[name] for name in modifiers)
    wire.send("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "modifiers": bits, **more}, timeout=PATIENCE)
