"""The indexed way gives the answers of the slow one: on any screen, in any parts, for any words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.action import Action, Check, Click, Select, Type
from envs.geometry import Box
from envs.observation import Element, Observation
from envs.parts import Elements, Part
from grounding import Grounder, index, parse
from grounding.grounding import Grounding
from grounding.scoring import likeness
from grounding.screen import screen_of
from grounding.sieve import Texts, sieve_of
from grounding.vocabulary import CANON
from tests.grounding.reference import SlowStructure, cut
from tests.grounding.screens import ALL, ORIGIN, disks

FAST = Grounder()
ACTIONS: st.SearchStrategy[Action | None] = st.sampled_from([Click(), Type("x"), Check(), Select("x"), None])
_NAMED = """
    Save|save…|Save changes|Sav|Svae|Delete|Remove|Delete all|Log in|Sign in|login|E-mail|Email:|Mail address|vda1|
    vda10|vda 1|Order 17|Order 1042|Item (3)|User name|Usernme|Müller|Muller|Mueller|Größe|保存|保存する|保存しない|
    ที่อยู่|שמירה|Ѕave|Ｓａｖｅ|don't save|Terms & Conditions|terms and conditions|+|→|×|plus|Close|on line|
    Online|Zip|Postal code|Speichern|first name|Vorname|Price|Berlin|Alice Berlin|Cancel|Abbrechen|إلغاء|الغاء
"""
NAMES = st.one_of(
    st.sampled_from([name.strip() for name in _NAMED.split("|")]),
    st.text(max_size=12),
    st.text(alphabet="saveolin -'.1", max_size=9),
)
ROLES = [
    "button", "link", "textbox", "checkbox", "text", "label", "heading", "cell", "rowheader", "columnheader", "row",
    "listitem", "table", "combobox", "dialog", "img", "generic", "group", "radio", "listbox", "term",
]  # fmt: skip
STATES = ["hidden", "covered", "modal", "listens", "editable", "disabled", "offscreen", "password", "haspopup"]
ATTRIBUTES = ["placeholder", "title", "alt", "testid", "id", "name", "colheader", "rowheader"]

Made = tuple[str, str, int, int, set[str], int, dict[str, str], str | None]
MADE = st.tuples(
    st.sampled_from(ROLES),
    st.one_of(st.just(""), NAMES),
    st.integers(0, 6),
    st.integers(0, 12),
    st.one_of(st.just(set[str]()), st.sets(st.sampled_from(STATES), max_size=2)),
    st.integers(0, 4),
    st.one_of(st.just({}), st.dictionaries(st.sampled_from(ATTRIBUTES), NAMES, max_size=2)),
    st.one_of(st.none(), NAMES),
)
PATTERNS = (
    "{}", "{}", "{} button", "the {} field", "checkbox", "button", "last {}", "second {}", "{} near {}",
    "{} in the row of {}", "row 2", "checkbox in the row of {}", "{} in {}", "{} in the dialog", "{} in the {} column",
    "row with {}", "'{}'", "{} below {}", "field in the row of {}", "{} next to {}", "{} in row 1", "{} link",
)  # fmt: skip
WORDS = st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(PATTERNS), NAMES, NAMES).filter(str.strip)


def screen(made: Sequence[Made]) -> Observation:
    """Elements as a tree in document order, on a coarse grid so that they line up."""
    elements: list[Element] = []
    path: list[str] = []
    for at, (role, name, x, y, states, up, attributes, value) in enumerate(made):
        del path[len(path) - min(up, len(path)) :]
        box = Box(x * 60.0, y * 24.0, 10 + len(name) * 7, 20)
        elements.append(
            Element(f"e{at}", role, name, box, value, frozenset(states), path[-1] if path else None, origin=ORIGIN,
                    attributes=attributes)
        )  # fmt: skip
        path.append(f"e{at}")
    return Observation(1, "web", f"{ORIGIN}/", "made", tuple(elements))


def outcome(answer: Grounding) -> list[tuple[str, float, str]]:
    return [(c.element.ref, round(c.confidence, 9), c.why) for c in answer.candidates]


def in_parts(seen: Observation, size: int) -> Observation:
    """The same observation in parts of this size."""
    return replace(seen, elements=whole(cut(seen.elements, size)))


def whole(parts: tuple[Part, ...]) -> Elements:
    return Elements(lambda: parts)


@given(st.lists(MADE, max_size=22), WORDS, ACTIONS, st.integers(1, 8))
def test_indexed_is_slow_on_any_screen(made: list[Made], words: str, action: Action | None, size: int) -> None:
    seen = screen(made)
    slow = outcome(Grounder([SlowStructure()]).ground(words, seen, action))
    assert outcome(FAST.ground(words, in_parts(seen, size), action)) == slow


PHRASES = st.one_of(NAMES, st.sampled_from(sorted(CANON)))


@st.composite
def alike(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts, of which one may be the other with letters or signs changed, words left out, added or turned round."""
    wanted = " ".join(draw(st.lists(PHRASES, min_size=1, max_size=3)))
    name = draw(st.one_of(PHRASES, st.just(wanted)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(name)))
        piece = draw(st.sampled_from(["s", "e", " ", "-", ".", "'", ":", "é", "x", "5", "", "\u00ad", " (", "、"]))
        name = name[:at] + piece + name[at + draw(st.integers(0, 2)) :]
    if draw(st.booleans()):
        name = " ".join(reversed(name.split()))
    return (wanted, name) if draw(st.booleans()) else (name, wanted)


@given(alike())
def test_no_likeness_without_a_trace(pair: tuple[str, str]) -> None:
    wanted, name = pair
    like = likeness(wanted, name)
    if like.score:
        assert Texts({name: [0]}).holders(sieve_of(wanted), slipped=like.slipped) == (0,)


@pytest.mark.parametrize("made", ALL)
@pytest.mark.parametrize("size", [1, 7])
def test_indexed_is_slow_on_known_screens(made: object, size: int) -> None:
    assert callable(made)
    seen: Observation = made()
    parted = in_parts(seen, size)
    names = {element.name for element in seen.elements}
    for name in sorted(names):
        for form in ("{}", "{} in the row of alice", "last {}", "{} near Groups", "field next to {}"):
            words = form.format(name)
            if words.strip():
                slow = outcome(Grounder([SlowStructure()]).ground(words, seen, Click()))
                assert outcome(FAST.ground(words, parted, Click())) == slow, words


def test_what_did_not_change_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[int, tuple[Part, int]] = {}  # where stretches begin is drawn by lot from addresses: here by a fixed one

    def begins(part: Part) -> bool:
        _, number = seen.setdefault(id(part), (part, len(seen)))
        return (number * 2_654_435_761 >> 16) % index.STRETCH == 0

    monkeypatch.setattr(index, "_begins", begins)
    parts = cut([element for _ in range(40) for element in disks().elements], 2)
    before = replace(disks(), elements=whole(parts))
    known = {id(one) for one in screen_of(before).indexes}
    assert len(known) >= 5
    for changed in (0, len(parts) // 2, len(parts) - 1):
        for put_in in (1, 3):
            inner = cut(parts[changed].elements * put_in, 2)
            after = replace(before, elements=whole((*parts[:changed], *inner, *parts[changed + 1 :])))
            assert sum(id(one) not in known for one in screen_of(after).indexes) <= 3


def test_the_same_question_is_answered_once() -> None:
    seen = disks()
    assert FAST.ground("Delete for vda1", seen, Click()) is FAST.ground("Delete for vda1", seen, Click())
    assert FAST.ground(parse("vda1"), seen) is not FAST.ground(parse("vda1"), seen, Click())
    assert screen_of(seen) is screen_of(seen)
