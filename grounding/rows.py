"""Rows that are told by several of their cells: "the row of Alice Berlin"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from envs.observation import Element
from grounding.naming import summarises
from grounding.scoring import JOINED, likeness, tokens
from grounding.screen import Screen
from grounding.sieve import sieve_of

WHOLE_CELLS, IN_PART = 0.95, 0.85
"""How sure a row is of which every piece is a whole cell, or at least one is and others are words in a cell."""
MOST_WORDS, MOST_PIECES = 7, 4


def rows_of_cells(words: str, screen: Screen) -> list[tuple[Element, float]]:
    """Rows of which the words, cut into pieces, name at least two cells, one of them in full, each with how sure it is;
    in document order."""
    said = [word.strip(",;") for word in words.split() if word not in {"and", "&", ",", ";"}]
    if not 2 <= len(said) <= MOST_WORDS:
        return []
    known: dict[str, dict[str, tuple[Element, bool]]] = {}
    best: dict[str, tuple[Element, float]] = {}
    for pieces in _cut(said):
        found = []
        for piece in pieces:
            if piece not in known:
                known[piece] = _rows_with(piece, screen)
            if not known[piece]:
                break
            found.append(known[piece])
        else:
            for ref in set(found[0]).intersection(*found[1:]):
                whole = [rows[ref][1] for rows in found]
                if any(whole):
                    sure = WHOLE_CELLS if all(whole) else IN_PART
                    if ref not in best or best[ref][1] < sure:
                        best[ref] = found[0][ref][0], sure
    return sorted(best.values(), key=lambda row: screen.order[row[0].ref])


def _cut(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The ways to cut the words into pieces, few pieces first."""
    for size in range(2, min(len(said), MOST_PIECES) + 1):
        for places in combinations(range(1, len(said)), size - 1):
            edges = (0, *places, len(said))
            yield tuple(" ".join(said[a:b]) for a, b in pairwise(edges))


def _rows_with(piece: str, screen: Screen) -> dict[str, tuple[Element, bool]]:
    """By ref: the rows with a cell that the piece names, and whether it names the whole of it."""
    rows: dict[str, tuple[Element, bool]] = {}
    wanted = tokens(piece)
    for _, element in screen.called(sieve_of(piece)):
        if summarises(element) or not screen.usable(element):
            continue
        whole = likeness(piece, element.name).score >= JOINED
        if not whole and not _within(wanted, tokens(element.name)):
            continue
        row = screen.row(element)
        if row is not None:
            rows[row.ref] = row, whole or (row.ref in rows and rows[row.ref][1])
    return rows


def _within(wanted: Sequence[str], name: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(tuple(name[at : at + size]) == tuple(wanted) for at in range(len(name) - size + 1))
