"""The tree of an observation, and its picture."""

from __future__ import annotations

import numpy as np
import pytest

from envs.geometry import Box
from envs.observation import Element, Frame, Observation

SPOT = Box(0, 0, 10, 10)


def element(ref: str, parent: str | None = None, *states: str) -> Element:
    return Element(ref, "group", ref, SPOT, parent=parent, states=frozenset(states))


TREE = Observation(
    seq=1,
    place="web",
    url="",
    title="",
    elements=(element("a"), element("b", "a"), element("c", "b"), element("d", "a"), element("e")),
)


def refs(elements: object) -> list[str]:
    return [found.ref for found in elements]  # type: ignore[attr-defined]


def test_the_tree_is_walked_in_document_order() -> None:
    a, c = TREE.elements[0], TREE.elements[2]
    assert refs(TREE.children(None)) == ["a", "e"]
    assert refs(TREE.children(a)) == ["b", "d"]
    assert refs(TREE.inside(a)) == ["b", "c", "d"]
    assert refs(TREE.ancestors(c)) == ["b", "a"]
    assert TREE.get("d") is TREE.elements[3]
    assert TREE.get("z") is None


def test_an_element_says_what_it_is() -> None:
    found = element("a", None, "checked", "focused")
    assert found.is_("checked", "focused")
    assert not found.is_("checked", "disabled")
    assert found.visible
    assert not element("a", None, "hidden").visible
    assert str(found) == 'group "a"'
    assert str(Element("x", "row", "", SPOT)) == "row"


def test_a_picture_is_taken_once_and_only_when_asked_for() -> None:
    taken: list[Frame] = []

    def picture() -> Frame:
        taken.append(Frame(np.zeros((2, 3, 3), dtype=np.uint8)))
        return taken[-1]

    now = Observation(seq=1, place="web", url="", title="", picture=picture)
    assert not taken
    assert now.frame() is now.frame()
    assert len(taken) == 1


def test_no_picture_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        TREE.frame()
