"""Text and values into fields: by real input, and by script only where no input gives the value and nothing else.

A date can be typed, segment by segment, but every digit makes another date (0002-11-22, 0020-11-22, …) that the page is
told of: dates, times, months, weeks and colours are put in at once, with one `input` and one `change`.
"""

from __future__ import annotations

import json

from envs.action import Click, Press, Secret, Type
from envs.browser import keyboard
from envs.browser.aim import Aim, take
from envs.browser.keys import MODIFIERS, chord
from envs.browser.strike import strike
from envs.browser.tab import Tab
from envs.errors import ActFailed
from envs.observation import Element

MOST = 300
"""Characters that are typed key by key where the field lost some of a text that was inserted."""
FURTHEST = 500
"""Keys that a slider may take."""
_SLIDES = ("slider", "separator", "scrollbar")


def press(tab: Tab, action: Press, found: Element | None) -> None:
    """Keys to the element, or to what has the focus. Raises Stale, ActFailed, Crashed."""
    keys = chord(action.keys)
    if keys[-1] not in keyboard.KEYS and len(keys[-1]) != 1:
        raise ActFailed(f'there is no key "{action.keys}"')
    if found is not None:
        aim = take(tab, found)
        if not aim.focused and not aim.ask("focus"):
            strike(take(tab, found, armed=True))
    keyboard.press(tab.wire, keys)


def type_text(tab: Tab, action: Type, found: Element) -> None:
    """Make a field hold the text (`append`: have it at its end). What the field makes of it is to be read afterwards.

    Raises Stale; ActFailed where it takes no text or not this value.
    """
    if isinstance(action.text, Secret):
        raise ActFailed(f"the secret {action.text.name} was not put in")
    text = action.text
    slides = found.role in _SLIDES
    aim = take(tab, found, fit="" if slides else "type", armed=not slides, unfocused=True)
    if not aim.focused and not (slides and aim.ask("focus")):  # a click would move a slider
        _enter(aim)
    match aim.ask("ready", not action.append):
        case "gone" | "unfocused":
            raise ActFailed(f"{found}: it does not take the focus", dispatched=True)
        case "no field":
            raise ActFailed(f"{found}: it takes no text", dispatched=True)
        case "put":
            _put(aim, text)
        case "slide":
            _slide(aim, text)
        case "editor":
            _edit(aim, text, append=action.append)
        case how:
            _fill(aim, text, full=how == "text" and not action.append, append=action.append)


def _enter(aim: Aim) -> None:
    """Click into a field. A calendar or list that comes up at the press may take the release: having the focus is what
    was wanted. Raises Stale, ActFailed."""
    try:
        strike(aim)
    except ActFailed:
        if not aim.ask("focused"):
            raise


def clear(tab: Tab, found: Element) -> None:
    """Make a field empty. Raises Stale, ActFailed."""
    type_text(tab, Type(""), found)


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _fill(aim: Aim, text: str, *, full: bool, append: bool) -> None:
    """Most of it at once, the last character by a real key, for those who listen to keys; all of it by keys where the
    field lost some of it (masks that only know keys)."""
    wire = aim.tab.wire
    if not text:
        if full:
            keyboard.press(wire, ["Delete"])
        return
    head, last = text[:-1], text[-1]
    if last.isprintable() and last.isascii():
        keyboard.write(wire, last, after=head)
    else:
        keyboard.insert(wire, text)
    took = aim.ask("took", text)
    if took == "strayed":
        raise ActFailed(f"{aim.found}: the focus went to another field, and the text with it", dispatched=True)
    if append or len(text) > MOST or "\n" in text or took != "lost":
        return
    aim.ask("ready", True)
    keyboard.press(wire, ["Delete"])
    keyboard.write(wire, text)


def _edit(aim: Aim, text: str, *, append: bool) -> None:
    """Rich text and code editors keep their own selection and show only a part of what they hold: everything is
    selected by key, and the text comes in one piece, so that brackets are not closed and lines not indented (as a paste
    where an editor makes keys of what is inserted: an EditContext)."""
    wire = aim.tab.wire
    if append:
        keyboard.press(wire, ["Control", "End"])
    else:
        keyboard.press(wire, ["Control", "a"])
        keyboard.press(wire, ["Delete"])
    if text and not aim.ask("paste", text):
        keyboard.insert(wire, text)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _put(aim: Aim, value: str) -> None:
    why = aim.ask("put", value)
    if why:
        raise ActFailed(f"{aim.found}: {why}", dispatched=True)


def _slide(aim: Aim, wanted: str) -> None:
    """A slider by its keys: what a key does is seen from the value after it."""
    try:
        goal = float(wanted)
    except ValueError as error:
        raise ActFailed(f'{aim.found}: it does not take "{wanted}" (it is a slider)', dispatched=True) from error
    now, low, high = json.loads(aim.ask("level"))
    if not low <= goal <= high:
        raise ActFailed(f"{aim.found}: it does not take {wanted}: it goes from {low:g} to {high:g}", dispatched=True)
    left = FURTHEST
    for up, down in (("PageUp", "PageDown"), ("ArrowUp", "ArrowDown"), ("ArrowRight", "ArrowLeft")):
        step = 0.0
        while now != goal and left > 0 and abs(goal - now) >= step:
            key = up if goal > now else down
            times = max(1, min(int(abs(goal - now) / step + 1e-9), left)) if step else 1
            after = _level(aim, key, times)
            left -= times
            if after == now:
                break
            if (after > now) != (goal > now):  # these keys are the other way round here
                up, down = down, up
            step, now = abs(after - now) / times, after
    if abs(now - goal) > 1e-9:
        raise ActFailed(f"{aim.found}: it does not take {wanted}: its keys stop at {now:g}", dispatched=True)


def _level(aim: Aim, key: str, times: int) -> float:
    """The value after a key; widgets show it a frame later."""
    keyboard.press(aim.tab.wire, [key], times)
    aim.ask("frame")
    value: float = json.loads(aim.ask("level"))[0]
    return value


def click(aim: Aim, how: Click) -> None:
    """With the modifier keys held down. Raises Stale, ActFailed, Crashed."""
    held = [chord(key)[-1] for key in how.modifiers]
    if how.button not in ("left", "right", "middle") or not set(held) <= set(MODIFIERS):
        raise ActFailed(f"there is no such click: {how}")
    if not held:
        strike(aim, button=how.button, count=how.count)
        return
    keyboard.hold(aim.tab.wire, held)
    try:
        strike(aim, button=how.button, count=how.count, modifiers=held)
    finally:
        keyboard.lift(aim.tab.wire, held)
