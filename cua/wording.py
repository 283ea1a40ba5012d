"""What is written on a screen, and how words are compared: as a person reads them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from cua.parts import picked
from envs.observation import Element, Observation

FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"})
"""Roles that do not draw their own name."""

AUTHORED = frozenset(
    {
        "application",
        "article",
        "banner",
        "complementary",
        "contentinfo",
        "dialog",
        "directory",
        "document",
        "feed",
        "figure",
        "form",
        "graphics-document",
        "grid",
        "group",
        "iframe",
        "image",
        "img",
        "list",
        "main",
        "math",
        "menu",
        "menubar",
        "meter",
        "navigation",
        "progressbar",
        "radiogroup",
        "region",
        "rowgroup",
        "scrollbar",
        "search",
        "separator",
        "table",
        "tablist",
        "tabpanel",
        "toolbar",
        "tree",
        "treegrid",
    }
)
"""Roles that are named by their author only (WAI-ARIA 1.2 section 5.2.8.4): that name is drawn nowhere."""

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " "})


def fold(text: str) -> str:
    """Text as it is compared: NFKC, one kind of quotes, white space collapsed, case folded."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split()).casefold()


def _spaced(char: str) -> bool:
    """Whether words of this character's script stand between spaces, so that a word has borders."""
    return char.isalnum() and not (
        "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\u0e00" <= char <= "\u0eff"
    )


def says(wanted: str, text: str) -> bool:
    """Whether `wanted` stands in `text` as whole words (both folded)."""
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        left = start > 0 and _spaced(text[start - 1]) and _spaced(wanted[0])
        right = end < len(text) and _spaced(text[end]) and _spaced(wanted[-1])
        if not left and not right:
            return True
        start = text.find(wanted, start + 1)
    return False


def texts(screen: Observation) -> Iterator[Element]:
    """The elements whose name is drawn on the screen."""
    return (element for element, _ in drawn_where(screen, lambda role, text: True))


def drawn_where(screen: Observation, fits: Callable[[str, str], bool]) -> Iterator[tuple[Element, str]]:
    """The elements whose name is drawn on the screen, and fits by role and folded text, each with that text."""
    found = picked(screen, "drawn", drawn, lambda said: fits(*said))
    return ((element, text) for element, (_, text) in found)


def drawn(elements: Sequence[Element]) -> list[tuple[int, tuple[str, str]]]:
    """Those of these elements whose name is drawn: place, role and folded text."""
    return [
        (at, (element.role, fold(element.name)))
        for at, element in enumerate(elements)
        if element.name and element.visible and "renamed" not in element.states and _drawn(element)
    ]


def _drawn(element: Element) -> bool:
    """The name of a field is on the screen only when a label says it (not a placeholder, not an attribute)."""
    if element.role in AUTHORED:
        return False
    return element.role not in FIELDS or element.attributes.get("labelled") == "1"
