"""The mouse, by the debugging protocol itself: unlike Playwright's it does not wait for ever for a page that hangs."""

from __future__ import annotations

from collections.abc import Sequence

from envs.browser.wire import Pending, Wire

PATIENCE = 15.0
"""Seconds that a page may take to handle one event (its dialogs are answered meanwhile)."""
BITS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
"""Modifier keys as the protocol counts them."""
HELD = {"left": 1, "right": 2, "middle": 4}
"""Buttons as the protocol counts them while they are down."""


def move(wire: Wire, x: float, y: float, modifiers: Sequence[str] = ()) -> None:
    """CSS px of the top viewport. Raises Crashed where the page hangs."""
    _begin(wire, "mouseMoved", x, y, modifiers, button="none", buttons=0).answer()


def click(
    wire: Wire, x: float, y: float, *, button: str = "left", count: int = 1, modifiers: Sequence[str] = ()
) -> None:
    """Move there, then press and release `count` times. Raises Crashed where the page hangs.

    All of it is sent at once and in order: a move alone would wait for the next frame.
    """
    sent = [_begin(wire, "mouseMoved", x, y, modifiers, button="none", buttons=0)]
    for nth in range(1, count + 1):
        sent.append(_begin(wire, "mousePressed", x, y, modifiers, button=button, buttons=HELD[button], clickCount=nth))
        sent.append(_begin(wire, "mouseReleased", x, y, modifiers, button=button, buttons=0, clickCount=nth))
    for event in sent:
        event.answer()


def press(wire: Wire, x: float, y: float) -> None:
    """The left button goes down. Raises Crashed where the page hangs."""
    _begin(wire, "mousePressed", x, y, (), button="left", buttons=1, clickCount=1).answer()


def draw(wire: Wire, x: float, y: float) -> None:
    """Move there with the left button down. Raises Crashed where the page hangs."""
    _begin(wire, "mouseMoved", x, y, (), button="left", buttons=1).answer()


def release(wire: Wire, x: float, y: float) -> None:
    """The left button comes up. Raises Crashed where the page hangs."""
    _begin(wire, "mouseReleased", x, y, (), button="left", buttons=0, clickCount=1).answer()


def wheel(wire: Wire, x: float, y: float, dx: float, dy: float) -> None:
    """Turn the wheel there by `dx`, `dy` CSS px (positive: right, down). Raises Crashed where the page hangs."""
    move(wire, x, y)
    _begin(wire, "mouseWheel", x, y, (), button="none", buttons=0, deltaX=dx, deltaY=dy).answer()


def _begin(wire: Wire, kind: str, x: float, y: float, modifiers: Sequence[str], **more: str | float) -> Pending:
    bits = sum(BITS[name] for name in modifiers)
    event = {"type": kind, "x": x, "y": y, "modifiers": bits, **more}
    return wire.begin("Input.dispatchMouseEvent", event, timeout=PATIENCE)
