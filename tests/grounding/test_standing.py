"""What an element stands in or under decides: rows, dialogs, links around it, frames, and whether it is seen at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grounding import Ambiguous, NotFound
from tests.grounding.places import CHECK, CLICK, GROUNDER, TYPE, place
from tests.grounding.screens import Page, dialog_over, disks


def test_an_open_dialog_that_covers_the_page_counts_as_modal() -> None:
    seen = dialog_over(modal=False)
    assert "Delete disk/Delete" in place(seen, GROUNDER.ground("Delete", seen, CLICK).require().element.ref)
    with pytest.raises(NotFound):
        GROUNDER.ground("OK", seen, CLICK).require()


def test_the_same_link_twice_is_one() -> None:
    page = Page()
    page.put("link", "Groups", href="/groups/")
    page.put("link", "Groups", href="/groups/")
    assert GROUNDER.ground("Groups", page.seen(), CLICK).sure
    page.put("link", "Groups", href="/other/")
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Groups", page.seen(), CLICK).require()


@pytest.mark.parametrize("href", ["#", "javascript:void(0)", "", "/page#"])
def test_links_that_scripts_hang_on_are_not_the_same(href: str) -> None:
    page = Page()
    page.put("link", "Vote", href=href)
    page.put("link", "Vote", href=href)
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Vote", page.seen(), CLICK).require()


def test_a_link_around_a_button_is_the_button() -> None:
    page = Page()
    with page.inside("link", "Buy now", href="/buy"):
        page.put("button", "Buy now")
    assert GROUNDER.ground("Buy now", page.seen(), CLICK).require().element.role == "button"


def test_the_row_of_a_thing_that_is_gone_is_not_that_of_its_namesake() -> None:
    seen = disks()
    cell = next(e for e in seen.elements if e.role == "cell" and e.name == "vda1")
    row = next(seen.ancestors(cell))
    gone = {row.ref, *(e.ref for e in seen.inside(row))}
    left = replace(seen, elements=tuple(e for e in seen.elements if e.ref not in gone))
    for words in ("Delete in the row of vda1", "Delete near vda1", "Delete next to vda1", "Delete for vda1"):
        assert not GROUNDER.ground(words, left, CLICK).found
    hint = GROUNDER.ground("Delete in the row of vda1", left, CLICK).hint
    assert 'Did you mean "Delete in the row of backup of vda1"?' in hint


def test_rows_are_counted_a_table_each_without_their_heads() -> None:
    page = Page()
    with page.inside("table", "Models"):
        for name in ("Groups", "Users"):
            with page.inside("row"):
                page.put("cell", name)
            page.line()
    with page.inside("table", "People"):
        with page.inside("row"):
            page.put("columnheader", "Name")
        page.line()
        for name in ("Ada", "Grace"):
            with page.inside("row"):
                page.put("cell", name)
                page.put("checkbox", "")
            page.line()
    seen = page.seen()
    assert "Grace/" in place(seen, GROUNDER.ground("checkbox in row 2", seen, CHECK).require().element.ref)
    assert "Ada/" in place(seen, GROUNDER.ground("checkbox in the first row", seen, CHECK).require().element.ref)
    with pytest.raises(Ambiguous):
        GROUNDER.ground("second row", seen, CLICK).require()


def test_a_row_is_told_by_several_of_its_cells() -> None:
    page = Page()
    with page.inside("table"):
        for cells in (("Alice Smith", "Berlin"), ("Alice Smith", "Paris"), ("Bob Stone", "Berlin")):
            with page.inside("row"):
                for cell in cells:
                    page.put("cell", cell)
                page.put("button", "Delete")
            page.line()
    seen = page.seen()
    assert "Paris/Delete" in {
        f"{cell.name}/Delete"
        for cell in seen.children(
            next(seen.ancestors(GROUNDER.ground("Delete in the row of Alice Paris", seen, CLICK).require().element))
        )
    }
    for words in ("Alice Smith", "Bob Paris", "Bob Stonewall Berlin", "Alice Stone"):
        assert not GROUNDER.ground(f"Delete in the row of {words}", seen, CLICK).sure


def test_a_field_is_called_by_the_head_of_its_row_when_it_is_the_only_one_of_its_kind() -> None:
    page = Page()
    with page.inside("table"):
        for head in ("Title", "Status"):
            with page.inside("row"):
                page.put("rowheader", head)
                with page.inside("cell", "", rowheader=head, colheader="Filter on"):
                    page.put("textbox", "", "editable")
                with page.inside("cell", "", rowheader=head, colheader="Display"):
                    page.put("checkbox", "")
            page.line()
    seen = page.seen()
    assert "Title/Filter on" in place(seen, GROUNDER.ground("Title", seen, TYPE).require().element.ref)
    assert "Status/Display" in place(
        seen, GROUNDER.ground("Display in the Status row", seen, CHECK).require().element.ref
    )


def test_hidden_elements_are_never_picked_but_said() -> None:
    page = Page()
    page.put("button", "Save", "hidden")
    grounding = GROUNDER.ground("Save", page.seen(), CLICK)
    assert not grounding.found
    assert "hidden" in grounding.hint


@pytest.mark.parametrize("state", ["disabled", "offscreen", "covered"])
def test_a_state_does_not_decide_between_equals(state: str) -> None:
    page = Page()
    page.put("button", "Other")
    page.put("button", "Delete", state)
    assert GROUNDER.ground("Delete", page.seen(), CLICK).sure
    page.put("button", "Delete")
    with pytest.raises(Ambiguous):
        GROUNDER.ground("Delete", page.seen(), CLICK).require()


def test_what_is_not_what_it_looks_like_is_less_sure() -> None:
    page = Page()
    page.put("button", "Save", "renamed")
    page.put("button", "Ѕave")
    best = GROUNDER.ground("Save", page.seen(), CLICK).require()
    assert best.confidence < 0.9
    assert "not what is seen" in best.why
    alone = Page()
    alone.put("button", "Ѕave")
    assert not GROUNDER.ground("Save", alone.seen(), CLICK).found


def test_a_foreign_frame_is_not_preferred() -> None:
    page = Page("http://shop.test/")
    page.put("button", "Pay", origin="http://evil.test")
    assert "frame of http://evil.test" in GROUNDER.ground("Pay", page.seen(), CLICK).require().why
    own = page.put("button", "Pay", origin="http://shop.test")
    assert GROUNDER.ground("Pay", page.seen(), CLICK).require().element.ref == own.ref
