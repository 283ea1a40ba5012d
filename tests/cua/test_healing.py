"""A target that is called otherwise now is found by what earlier runs remember of it, and proposed as a diff."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import BadInput, Outcome
from cua.goal import Goal
from cua.healing import Proposal, apply, diff, healed, proposals
from cua.run import Run
from cua.step import Step
from cua.tracker.memory import MapMemory
from envs.fake import Fake, FakeSite, Goes, Item, button, heading, link, screen, textbox
from tests.cua.world import ASKED, ORIGIN, agent, click

NEW = ex.Text("New group")
ADD = replace(click("1", "Add group", NEW), line=4)


def site(*shown: Item) -> FakeSite:
    beside = (heading("Administration"), link("Groups", Goes("list")), textbox("Search"))
    return FakeSite(
        "home",
        {
            "home": screen("Home", *beside, *shown, button("Export", Goes("list"))),
            "new": screen("New group", heading("New group"), textbox("Name")),
            "list": screen("Groups", heading("Groups")),
        },
    )


def drive(folder: Path, world: FakeSite, step: Step = ADD) -> Run:
    made = agent(Fake(world), (step,), folder)
    memory = made.tracker.memory = MapMemory(made.journal, ORIGIN)
    try:
        return made.run(Goal("open it", start=f"{ORIGIN}/home"), ASKED)
    finally:
        memory.close()
        made.journal.close()


AS_IT_WAS = button("Add group", Goes("new")).having(id="add")
RENAMED = button("Create a group", Goes("new")).having(id="add")


def test_a_target_that_was_renamed_is_found_proved_and_proposed(tmp_path: Path) -> None:
    assert drive(tmp_path, site(AS_IT_WAS)).outcome is Outcome.REACHED
    run = drive(tmp_path, site(RENAMED))
    assert run.outcome is Outcome.REACHED, run.why
    assert [done.healed for done in run.done] == ["'Create a group'"]
    assert proposals(run) == (Proposal(4, "Add group", "'Create a group'", ADD.words, run.done[0].verdict.why),)


def test_without_an_earlier_run_nothing_is_guessed(tmp_path: Path) -> None:
    run = drive(tmp_path, site(RENAMED))
    assert run.outcome is Outcome.NOT_REACHED
    assert not proposals(run)


def test_what_took_its_place_is_not_it(tmp_path: Path) -> None:
    drive(tmp_path, site(AS_IT_WAS))
    run = drive(tmp_path, site(button("Delete everything", Goes("list")).having(id="wipe")))
    assert not proposals(run)  # it is reached another way, by its address
    assert not any(done.dispatched and done.found and done.found.name == "Delete everything" for done in run.done)


def test_what_does_not_prove_itself_has_not_healed(tmp_path: Path) -> None:
    drive(tmp_path, site(AS_IT_WAS))
    run = drive(tmp_path, site(button("Create a group", Goes("list")).having(id="add")))
    assert [done.verdict.holds for done in run.done if done.dispatched][:1] == [False]
    assert not any(done.healed for done in run.done)  # the last of them was reached by its address


@pytest.mark.parametrize("step", [replace(ADD, commit=True), replace(ADD, expect=None)], ids=["a commit", "no proof"])
def test_a_commit_and_a_step_that_states_nothing_do_not_heal(tmp_path: Path, step: Step) -> None:
    drive(tmp_path, site(AS_IT_WAS), step)
    assert drive(tmp_path, site(RENAMED), step).outcome is not Outcome.REACHED


FLOW = """cua: 1
start: {url: "http://127.0.0.1:1/"}
steps:
  - click: Add group
    expect: {text: New group}
  - click: "Add group"  # once more
  - click: {target: Add group, near: Groups}
  - click: "{what} Add group"
"""


def proposal(line: int, new: str = "Create: a group") -> Proposal:
    return Proposal(line, "Add group", new, "click", "seen")


def test_the_file_gets_the_new_words_and_keeps_the_old_ones() -> None:
    new, left = healed(FLOW, [proposal(4), proposal(6), proposal(7)])
    lines = new.split("\n")
    assert lines[3] == '  - click: "Create: a group"  # was: Add group'
    assert lines[5] == '  - click: "Create: a group"  # once more'
    assert lines[6] == '  - click: {target: "Create: a group", near: Groups}  # was: Add group'
    assert not left
    assert "-  - click: Add group\n" in diff(Path("flow.yaml"), FLOW, new)


def test_what_is_not_written_so_is_told_and_left() -> None:
    new, left = healed(FLOW, [proposal(8), proposal(99)])
    assert new == FLOW
    assert [one.split(":")[0] for one in left] == ["line 8", "line 99"]


def test_a_file_that_would_be_wrong_is_not_written(tmp_path: Path) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text(FLOW.replace('  - click: "{what} Add group"\n', ""))
    new, _ = healed(flow.read_text(), [proposal(4)])
    apply(flow, new)
    assert "# was: Add group" in flow.read_text()
    with pytest.raises(BadInput):
        apply(flow, "cua: 1\nsteps: [}")
    assert "# was: Add group" in flow.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["flow.yaml"]
