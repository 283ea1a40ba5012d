"""The shortest words for an element: grounding them gives it back, and they are what a person would say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from envs.action import Action, Click, Type
from envs.observation import Element, Observation
from grounding import Grounder, shortest_target
from grounding.roles import editable, interactive
from grounding.screen import screen_of
from grounding.shortest import why_nameless
from tests.grounding import screens
from tests.grounding.screens import Page

GROUNDER = Grounder()
SCREENS = (
    screens.admin_index, screens.login, screens.change_list, screens.disks, screens.headed_sections, screens.save_row,
    screens.two_addresses,
)  # fmt: skip


def words(element: Element, seen: Observation, action: Action | None = None) -> str | None:
    return shortest_target(element, seen, GROUNDER, action)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_control_has_words_and_they_mean_it_alone(screen: Callable[[], Observation]) -> None:
    seen = screen()
    for element in screen_of(seen).visible:
        if interactive(element):
            action: Action = Type("") if editable(element) else Click()
            said = words(element, seen, action)
            assert said is not None, str(element)
            answer = GROUNDER.ground(said, seen, action)
            assert answer.require().element.ref == element.ref, said
            assert answer.lead >= answer.margin


def test_a_name_is_enough_where_it_is_the_only_one() -> None:
    page = Page()
    save = page.put("button", "Save")
    page.put("button", "Save as new")
    assert words(save, page.seen()) == "Save"


def test_what_a_name_says_of_its_state_is_left_away() -> None:
    page = Page()
    theme = page.put("button", "Toggle theme (current theme: auto)")
    page.put("button", "Save")
    assert words(theme, page.seen()) == "Toggle theme"
    two = page.put("button", "Toggle theme (footer)")
    assert words(two, page.seen()) != "Toggle theme"


def test_the_shorter_place_is_said() -> None:
    page = Page()
    with page.inside("toolbar", "Tools of the whole site"):
        link = page.put("link", "Orders", href="/a")
    page.line(gap=100)
    with page.inside("main"):
        page.put("link", "Orders", href="/b")
    assert words(link, page.seen()) == "Orders in the toolbar"


def test_neighbours_tell_apart_what_no_container_does() -> None:
    page = Page()
    boxes = []
    for name in ("Alpha", "Beta", "Gamma"):
        page.put("text", name)
        boxes.append(page.put("button", "Open"))
        page.line(gap=60)
    said = [words(box, page.seen()) for box in boxes]
    assert len(set(said)) == 3
    for box, text in zip(boxes, said, strict=True):
        assert text is not None
        assert GROUNDER.ground(text, page.seen()).require().element.ref == box.ref


def test_a_long_name_is_begun() -> None:
    page = Page()
    long = page.put("link", "Type into this box to filter down the list of available user permissions of this site")
    page.put("link", "Something else")
    said = words(long, page.seen())
    assert said is not None
    assert len(said) < 40
    assert not said.endswith(" to")


@pytest.mark.parametrize(
    "name",
    [
        "Speichern unter",
        "Prénom de l’élève",
        "保存して閉じる",
        "حفظ التغييرات",
        "Сохранить",
        "Salvar & sair",
        "1",
        "…",
        "A near B",
    ],
)
def test_names_of_any_language_and_kind(name: str) -> None:
    page = Page()
    wanted = page.put("button", name)
    page.put("button", "OK")
    said = words(wanted, page.seen())
    assert said is not None
    assert GROUNDER.ground(said, page.seen()).require().element.ref == wanted.ref


def test_why_there_are_none() -> None:
    page = Page()
    hidden = page.put("button", "Hidden", "hidden")
    behind = page.put("button", "Behind")
    with page.inside("dialog", "Sure?", "modal"):
        page.put("button", "Yes")
    seen = page.seen()
    assert words(hidden, seen) is None
    assert why_nameless(hidden, seen).endswith("hidden")
    assert words(behind, seen) is None
    assert "outside of the open dialog" in why_nameless(behind, seen)
