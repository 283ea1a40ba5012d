"""Text from pages and programs, made safe to look at: nothing in it steers the terminal, the page or the eye."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINERS = frozenset("\u200c\u200d\u00ad")
"""Zero width joiner and non-joiner are part of ordinary words and emoji; a soft hyphen is seen where it matters."""
_BREAKS = frozenset("\n\t")
_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"  # CSI (ECMA-48 section 5.4)
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"
)
_SUSPECT = re.compile(r"[^\x20-\x7e\n\t\u00a1-\u00ac\u00ae-\u024f]")
"""Everything outside plain Latin is looked at; inside it is passed in one go."""


def visible(text: str) -> str:
    """The text with every character that would be obeyed instead of seen spelt out: controls as ␛, the rest as
    ⟨U+202E⟩.

    Controls, bidirectional marks and overrides, invisible format characters, private use and lone surrogates are such;
    line breaks and tabs are kept. What comes out can be encoded as UTF-8 and stands in XML.
    """
    return _SUSPECT.sub(lambda found: _spelt(found.group()), text)


def one_line(text: str, most: int = 0) -> str:
    """The visible text on one line, spaces run together; with `most`, cut to so many characters, the last one "…"."""
    line = " ".join(visible(text).split())
    return line[: most - 1].rstrip() + "…" if 0 < most < len(line) else line


def stripped(text: str) -> str:
    """The text on one line without escape sequences and without any character that would be obeyed: for a terminal."""
    bare = _ESCAPES.sub("", text)
    kept = (" " if char.isspace() else char for char in bare if char.isspace() or not _obeyed(char))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=1024)
def _spelt(char: str) -> str:
    if not _obeyed(char):
        return char
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _obeyed(char: str) -> bool:
    return char not in _JOINERS and char not in _BREAKS and unicodedata.category(char) in _HIDING
