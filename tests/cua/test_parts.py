"""What is worked out part by part is what a pass over the whole screen finds, however the screen is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cua.changes import changes
from cua.commits import taken
from cua.effects import inferred
from cua.judge import Judge, View
from cua.parts import differing, differing_content, of_content, same
from cua.step import Step
from cua.tracker import state_of
from cua.vault import Binding, Vault
from cua.wording import texts
from envs.action import Click, Press, Scroll
from envs.geometry import Box
from envs.observation import Element, Observation
from envs.parts import Elements, Part
from grounding.grounder import Grounder

ROLES = ("row", "listitem", "button", "textbox", "text", "alert", "dialog", "heading", "form", "link", "status")
NAMES = ("", "Save", "Item 7", "hunter2 it is", "It failed", "Saved", "Cancel")
STATES = (frozenset[str](), frozenset({"focused"}), frozenset({"hidden"}), frozenset({"password"}))
VAULT = Vault({"pw": Binding("hunter2", "http://a")})


def piece(elements: Sequence[Element]) -> Part:
    kept = tuple(elements)
    return Part(lambda: kept, len(kept))


@st.composite
def elements(draw: st.DrawFn) -> tuple[Element, ...]:
    made: list[Element] = []
    for number in range(draw(st.integers(0, 14))):
        parent = draw(st.none() | st.sampled_from([e.ref for e in made])) if made else None
        box = Box(0, draw(st.integers(0, 3)) * 10, 20, 10)
        role, name, states = (draw(st.sampled_from(some)) for some in (ROLES, NAMES, STATES))
        made.append(Element(f"f.{number}", str(role), str(name), box, None, frozenset(states), parent))
    return tuple(made)


def cut(items: Sequence[Element], at: Sequence[int]) -> list[Part]:
    borders = [0, *sorted({min(border, len(items)) for border in at}), len(items)]
    return [piece(items[start:end]) for start, end in pairwise(borders)]


def screen(items: Sequence[Element], pieces: Sequence[Part] = ()) -> Observation:
    elements = Elements(lambda: tuple(pieces)) if pieces else tuple(items)
    return Observation(1, "web", "http://a/", "A", elements, document="d")


CUTS = st.lists(st.integers(0, 14), max_size=4)


@settings(max_examples=120)
@given(elements(), CUTS, st.data())
def test_cut_or_whole_is_the_same(items: tuple[Element, ...], at: list[int], data: st.DataObject) -> None:
    pieces = cut(items, at)
    changed = data.draw(st.integers(0, len(pieces) - 1))
    other = [
        replace(e, name=data.draw(st.sampled_from(NAMES)), box=Box(0, 5, 20, 10)) for e in pieces[changed].elements
    ]
    later = [*pieces]
    later[changed] = piece(other)
    new = tuple(element for piece in later for element in piece.elements)
    whole = screen(items), screen(new)
    parts = screen(items, pieces), screen(new, later)
    for one, two in zip(whole, parts, strict=True):
        assert state_of(one) == state_of(two)
        assert VAULT.hidden(one) == VAULT.hidden(two)
        assert list(texts(one)) == list(texts(two))
    assert sorted(changes(*whole)) == sorted(changes(*parts))
    assert same(*whole) == same(*parts) == (items == new)
    judge = Judge(Grounder())
    views = [View(after, before) for before, after in (whole, parts)]
    for action in (Click(), Press("Enter"), Scroll(dy=10)):
        step = Step("1", action, "do")
        said, told = (inferred(step, action, None, view, judge).verdict for view in views)
        assert (said.holds, said.final) == (told.holds, told.final)
    assert taken(None, views[0]) == taken(None, views[1])


def test_what_did_not_change_is_not_worked_out_again() -> None:
    kept, old, new = (piece([Element(ref, "text", ref, Box(0, 0, 1, 1))]) for ref in "abc")
    before, after = (
        screen([*kept.elements, *old.elements], [kept, old]),
        screen([*kept.elements, *new.elements], [kept, new]),
    )
    asked: list[str] = []

    def work(items: Sequence[Element]) -> int:
        asked.append(items[0].ref)
        return len(items)

    for now in (before, after, after):
        assert sum(of_content(part, "work", work) for part in now.parts) == 2
    assert asked == ["a", "b", "c"]
    assert differing(before, after) == ([old], [new])


def test_what_only_moved_is_not_worked_out_again() -> None:
    old = piece([Element("a", "button", "Save", Box(0, 0, 1, 1))])
    moved = Part(lambda: (Element("a", "button", "Save", Box(0, 9, 1, 1)),), 1, old.content)
    before, after = screen(old.elements, [old]), screen(moved.elements, [moved])
    assert state_of(before) == state_of(after)
    assert changes(before, after) == ()
    assert differing(before, after) == ([old], [moved])
    assert differing_content(before, after) == ([], [])
    assert not same(before, after)


def test_equal_screens_are_the_same_although_they_were_read_twice() -> None:
    now = screen([Element("a", "text", "a", Box(0, 0, 1, 1))])
    assert same(now, screen(now.elements))
    assert not same(now, screen(()))
