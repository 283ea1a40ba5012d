"""Key names: W3C UI Events names and the everyday ones, as Playwright wants them."""

from __future__ import annotations

from envs.errors import ActFailed

_NAMES = {
    "ctrl": "Control",
    "control": "Control",
    "alt": "Alt",
    "option": "Alt",
    "shift": "Shift",
    "meta": "Meta",
    "cmd": "Meta",
    "command": "Meta",
    "win": "Meta",
    "super": "Meta",
    "enter": "Enter",
    "return": "Enter",
    "esc": "Escape",
    "escape": "Escape",
    "del": "Delete",
    "delete": "Delete",
    "backspace": "Backspace",
    "tab": "Tab",
    "space": "Space",
    "up": "ArrowUp",
    "down": "ArrowDown",
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "pageup": "PageUp",
    "page up": "PageUp",
    "pagedown": "PageDown",
    "page down": "PageDown",
    "home": "Home",
    "end": "End",
    "insert": "Insert",
    "plus": "+",
}
MODIFIERS = ("Control", "Alt", "Shift", "Meta")


def chord(keys: str) -> list[str]:
    """The keys of "Control+S", modifiers first. Raises ActFailed where a part is empty or in the wrong place."""
    parts = [part.strip() for part in keys.split("+")] if keys.strip() != "+" else ["+"]
    if keys.strip().endswith("++"):
        parts = [*parts[:-2], "+"]
    names = [_NAMES.get(part.lower(), part) for part in parts]
    if not all(names) or any(name not in MODIFIERS for name in names[:-1]):
        raise ActFailed(f'"{keys}" is no key: write modifiers and then one key, like Control+S')
    if len(names) > 1 and len(names[-1]) == 1 and "Shift" not in names[:-1]:
        names[-1] = names[-1].lower()  # Control+S is not Control+Shift+S
    if len(names[-1]) > 1 and names[-1].isascii() and names[-1].islower():
        names[-1] = names[-1].capitalize()
    return names
