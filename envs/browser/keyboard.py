"""The keyboard, by the debugging protocol itself: unlike Playwright's it does not wait for ever for a page that hangs.

Keys are those of a US layout (UI Events `key` and `code` values, Windows virtual key codes); a character that it does
not have comes as a key of its own, without a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from envs.browser.keys import MODIFIERS
from envs.browser.pointer import BITS, PATIENCE
from envs.browser.wire import Pending, Wire
from envs.errors import ActFailed


@dataclass(frozen=True, slots=True)
class Key:
    key: str
    code: str = ""
    number: int = 0
    text: str = ""
    shifted: bool = False
    """Shift is needed to get it."""


def _table() -> dict[str, Key]:
    pairs = [(f"Key{c.upper()}", c + c.upper(), ord(c.upper())) for c in "abcdefghijklmnopqrstuvwxyz"]
    pairs += [(f"Digit{c}", c + s, ord(c)) for c, s in zip("0123456789", ")!@#$%^&*(", strict=True)]
    pairs += [
        ("Semicolon", ";:", 186),
        ("Equal", "=+", 187),
        ("Comma", ",<", 188),
        ("Minus", "-_", 189),
        ("Period", ".>", 190),
        ("Slash", "/?", 191),
        ("Backquote", "`~", 192),
        ("BracketLeft", "[{", 219),
        ("Backslash", "\\|", 220),
        ("BracketRight", "]}", 221),
        ("Quote", "'\"", 222),
    ]
    table: dict[str, Key] = {}
    for code, both, number in pairs:
        plain, shifted = both[0], both[1]
        table[plain] = Key(plain, code, number, plain)
        table[shifted] = Key(shifted, code, number, shifted, shifted=True)
    named = {
        "Backspace": 8, "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowLeft": 37,
        "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "PrintScreen": 44, "Insert": 45, "Delete": 46,
        "ContextMenu": 93, "Pause": 19, "CapsLock": 20, "NumLock": 144, "ScrollLock": 145,
    }  # fmt: skip
    named |= {f"F{n}": 111 + n for n in range(1, 25)}
    table |= {name: Key(name, name, number) for name, number in named.items()}
    sided = {"Shift": 16, "Control": 17, "Alt": 18, "Meta": 91}
    table |= {name: Key(name, f"{name}Left", number) for name, number in sided.items()}
    table["Enter"] = table["\n"] = table["\r"] = Key("Enter", "Enter", 13, "\r")
    table["Tab"] = table["\t"] = Key("Tab", "Tab", 9)
    table["Space"] = table[" "] = Key(" ", "Space", 32, " ")
    return table


KEYS = _table()


def press(wire: Wire, keys: Sequence[str], times: int = 1) -> None:
    """Modifiers and then one key, as `keys.chord` gives them, down and up again.

    Raises ActFailed for a key that there is not, Crashed where the page hangs.
    """
    *held, name = keys
    key = KEYS.get(name) or (Key(name, text=name) if len(name) == 1 else None)
    if key is None:
        raise ActFailed(f'there is no key "{name}"')
    hold(wire, held)
    sent = [event for _ in range(times) for event in _stroke(wire, key, held)]
    sent += _lift(wire, held)
    _wait(sent)


def write(wire: Wire, text: str, *, after: str = "") -> None:
    """Every character by its key; what has none (é, 漢, an emoji) is inserted, as an input method would.

    `after` is inserted at once before them, in the same breath. Raises Crashed where the page hangs.
    """
    sent: list[Pending] = []
    if after:
        sent.append(wire.begin("Input.insertText", {"text": after}, timeout=PATIENCE))
    for char in text:
        key = KEYS.get(char)
        if key is None:
            sent.append(wire.begin("Input.insertText", {"text": char}, timeout=PATIENCE))
        elif key.shifted:
            sent.append(_event(wire, "rawKeyDown", KEYS["Shift"], ["Shift"]))
            sent += _stroke(wire, key, ["Shift"])
            sent.append(_event(wire, "keyUp", KEYS["Shift"], []))
        else:
            sent += _stroke(wire, key, [])
    _wait(sent)


def insert(wire: Wire, text: str) -> None:
    """The whole text at once, as an input method or a paste would."""
    wire.send("Input.insertText", {"text": text}, timeout=PATIENCE)


def hold(wire: Wire, modifiers: Sequence[str]) -> None:
    """Press these modifier keys and keep them down. Raises ActFailed for other keys."""
    if any(name not in MODIFIERS for name in modifiers):
        raise ActFailed(f"{'+'.join(modifiers)}: only Alt, Control, Meta and Shift can be held")
    _wait([_event(wire, "rawKeyDown", KEYS[name], modifiers[: n + 1]) for n, name in enumerate(modifiers)])


def lift(wire: Wire, modifiers: Sequence[str]) -> None:
    """Let go of what `hold` keeps down."""
    _wait(_lift(wire, modifiers))


def _lift(wire: Wire, modifiers: Sequence[str]) -> list[Pending]:
    return [_event(wire, "keyUp", KEYS[modifiers[n]], modifiers[:n]) for n in reversed(range(len(modifiers)))]


def _stroke(wire: Wire, key: Key, held: Sequence[str]) -> list[Pending]:
    shifted = next((k for k in KEYS.values() if k.code == key.code and k.shifted), key) if "Shift" in held else key
    typed = bool(shifted.text) and set(held) <= {"Shift"}
    down = _event(wire, "keyDown" if typed else "rawKeyDown", shifted, held, text=shifted.text if typed else "")
    return [down, _event(wire, "keyUp", shifted, held)]


def _event(wire: Wire, kind: str, key: Key, held: Sequence[str], text: str = "") -> Pending:
    event = {
        "type": kind,
        "modifiers": sum(BITS[name] for name in held),
        "key": key.key,
        "code": key.code,
        "windowsVirtualKeyCode": key.number,
        "location": 1 if key.key in MODIFIERS else 0,
    }
    if text:
        event |= {"text": text, "unmodifiedText": text}
    return wire.begin("Input.dispatchKeyEvent", event, timeout=PATIENCE)


def _wait(sent: Sequence[Pending]) -> None:
    for event in sent:
        event.answer()
