"""Keys as people write them (Ctrl+S, Esc) to the names of W3C UI Events joined by + (Control+s, Escape)."""

from __future__ import annotations

from cua.taskfile.problems import did_you_mean

NAMED = (
    *("Enter", "Tab", "Escape", "Backspace", "Delete", "Insert", "Space", "Plus", "Home", "End", "PageUp", "PageDown"),
    *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Alt", "AltGraph", "Control", "Meta", "Shift", "CapsLock"),
    *("NumLock", "ScrollLock", "PrintScreen", "Pause", "ContextMenu", "Help"),
    *(f"F{number}" for number in range(1, 25)),
)
MEANT = {
    **dict.fromkeys(("ctrl", "ctl", "strg"), "Control"),
    **dict.fromkeys(("cmd", "command", "win", "super"), "Meta"),
    **dict.fromkeys(("option", "opt"), "Alt"),
    **dict.fromkeys(("pgup", "page up"), "PageUp"),
    **dict.fromkeys(("pgdn", "pgdown", "page down"), "PageDown"),
    **{side: f"Arrow{side.capitalize()}" for side in ("up", "down", "left", "right")},
    "esc": "Escape",
    "return": "Enter",
    "del": "Delete",
    "ins": "Insert",
    "spacebar": "Space",
    "bksp": "Backspace",
    "menu": "ContextMenu",
}
_KNOWN = {name.casefold(): name for name in NAMED} | MEANT


class BadKeys(ValueError):
    """No such key; the message says which."""


def keys_of(text: str) -> str:
    """The keys by their W3C names, joined by +. Raises BadKeys. A + of its own is written Plus."""
    parts = [part.strip() for part in text.split("+")]
    if not all(parts):
        raise BadKeys(f'"{text}" is not keys joined by +, as in Control+S; the key + itself is written Plus')
    return "+".join(_key(part) for part in parts)


def _key(part: str) -> str:
    if len(part) == 1:
        return part
    known = _KNOWN.get(part.casefold())
    if known is None:
        hint = did_you_mean(part, _KNOWN.values()) or "press takes keys, as in Enter or Control+S; text is for `type`"
        raise BadKeys(f'there is no key "{part}"; {hint}')
    return known
