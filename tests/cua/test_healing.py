"""A target that is called otherwise now is found by what earlier runs remember of it, and proposed as a diff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cua import expect as ex
from cua.errors import BadInput, Outcome
from cua.goal import Goal
from cua.healing import Proposal, apply, diff, healed, holding, promote, proposals
from cua.journal import Journal, Request
from cua.run import Done, Run
from cua.step import Step
from cua.taskfile.load import load
from cua.taskfile.recalled import recall, remembered
from cua.tracker.memory import MapMemory
from cua.verdict import Verdict
from envs.fake import Fake, FakeSite, Goes, Item, button, heading, link, screen, textbox
from grounding import Anchor, parse
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


def drive(
    folder: Path, world: FakeSite, step: Step = ADD, recorded: Callable[[Step, str], Anchor | None] = lambda *_: None
) -> Run:
    made = agent(Fake(world), (step,), folder)
    memory = made.tracker.memory = MapMemory(made.journal, ORIGIN, recorded)
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


def test_braces_in_a_name_are_braces_in_the_file() -> None:
    """A page chooses what its buttons are called; what the file's params hold is not the page's to ask for."""
    new, _ = healed(FLOW, [proposal(4, "Send {what}"), proposal(6, "{what}")])
    assert new.split("\n")[3] == '  - click: "Send {{what}}"  # was: Add group'
    assert new.split("\n")[5] == '  - click: "{{what}}"  # once more'
    again, left = healed(new, [Proposal(4, "Send {what}", "Post", "click", "seen")])
    assert again.split("\n")[3] == '  - click: "Post"  # was: Add group'
    assert not left


def test_what_is_written_already_is_no_news() -> None:
    once, _ = healed(FLOW, [proposal(4)])
    assert healed(once, [proposal(4)]) == (once, [])


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


RECORDED = """cua: 1
start: {url: "http://127.0.0.1:1/"}
steps:
  - click: Add group
    expect: {text: New group}
  - click: Groups
    expect: {text: Groups}
  - hover: Groups
  - click: Groups
done: {text: Groups}
anchors:
  - {for: click Add group, v: 1, role: button, name: Add group, kind: push, keys: {id: add},
     within: [heading Administration], before: [Search, Groups, Administration], after: [Export], path: [button 1/2],
     spot: [10, 90, 200, 24, 800], order: [3, 4], others: [{role: textbox, name: Search}, {role: button, name: Export}]}
  - {for: click Groups, v: 1, role: link, name: Groups}
"""


def test_an_anchor_in_the_file_goes_with_its_step() -> None:
    groups = Proposal(6, "Groups", "Teams", "click", "seen")
    new, left = healed(RECORDED, [proposal(4), groups])
    assert '- {for: "click Create: a group", v: 1, role: button, name: Add group, kind: push, keys: {id: add},\n' in new
    assert "- {for: click Groups, v: 1, role: link, name: Groups}" in new  # another step is called so
    assert not left


def test_what_was_recorded_finds_a_renamed_target_where_no_run_was_proved(tmp_path: Path) -> None:
    file = tmp_path / "flow.yaml"
    file.write_text(RECORDED)
    known = remembered(load(file))
    here = drive(tmp_path / "new", site(RENAMED), recorded=partial(recall, known))
    assert [done.healed for done in here.done] == ["'Create a group'"]
    other = replace(ADD, target=parse("Groups"))
    assert recall(known, other, f"{ORIGIN}/home") is not None
    assert recall(known, replace(other, target=parse("Export")), f"{ORIGIN}/home") is None


def test_what_a_run_has_proved_counts_more_than_what_was_recorded(tmp_path: Path) -> None:
    asked: list[str] = []

    def recorded(step: Step, address: str) -> None:
        asked.append(step.words)

    drive(tmp_path, site(AS_IT_WAS), recorded=recorded)
    asked.clear()
    assert drive(tmp_path, site(RENAMED), recorded=recorded).outcome is Outcome.REACHED
    assert not asked


@pytest.mark.parametrize("step", [replace(ADD, commit=True), replace(ADD, expect=None)], ids=["a commit", "no proof"])
def test_what_was_recorded_heals_no_commit_and_nothing_without_proof(tmp_path: Path, step: Step) -> None:
    file = tmp_path / "flow.yaml"
    file.write_text(RECORDED)
    known = partial(recall, remembered(load(file)))
    assert drive(tmp_path / "new", site(RENAMED), step, recorded=known).outcome is not Outcome.REACHED


def test_the_same_words_on_two_pages_are_two_targets(tmp_path: Path) -> None:
    file = tmp_path / "flow.yaml"
    whose = "  - {for: click Groups, at: /%s, v: 1, role: link, name: Groups}\n"
    one = RECORDED.replace(whose.replace(", at: /%s", ""), whose % "home" + whose % "list")
    file.write_text(one)
    step = replace(ADD, target=parse("Groups"))
    known = remembered(load(file))
    assert [recall(known, step, f"{ORIGIN}/{page}") is None for page in ("home", "list", "new")] == [False, False, True]


def reached(*healed_as: str, outcome: Outcome = Outcome.REACHED) -> Run:
    done = tuple(
        Done(replace(ADD, line=line), Verdict.yes("seen"), dispatched=True, healed=words)
        for line, words in enumerate(healed_as, 4)
    )
    return Run("run", Goal("open it"), done, outcome=outcome)


@pytest.mark.parametrize(
    ("earlier", "times", "lines"),
    [
        ([], 1, [4, 5]),
        ([], 2, []),
        ([("A", "B")], 2, [4, 5]),
        ([("A", "C")], 2, [4]),
        ([("A", "B"), ("", "B")], 3, [5]),
        ([("A", "B"), ("A", "B")], 0, []),
    ],
)
def test_what_healed_the_same_way_on_end_holds(earlier: list[tuple[str, str]], times: int, lines: list[int]) -> None:
    before = [reached(*words) for words in earlier]
    failed = [reached("X", outcome=Outcome.NOT_REACHED)]
    assert [one.line for one in holding(reached("A", "B"), [*failed, *before, *failed], times)] == lines
    assert not holding(reached("A", "B", outcome=Outcome.NOT_REACHED), before, times)


def test_the_third_time_it_goes_into_the_file_and_an_edited_file_begins_anew(tmp_path: Path) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text(FLOW.replace('  - click: "{what} Add group"\n', ""))
    asked = Request(str(flow), digest=load(flow).digest)
    journal = Journal(tmp_path)
    runs, told = [], []
    for _ in range(3):
        run = replace(reached("Create"), id=journal.begin(Goal("open it"), asked).id)
        journal.append(run)
        told.append(promote(run, asked, journal, 3))
        runs.append(run)
    assert told[:2] == [[], []]
    assert told[2] == [f'{flow}:4: "Add group" is "Create" now: it has held in 3 runs']
    assert flow.read_text().split("\n")[3] == "  - click: Create  # was: Add group"
    assert promote(runs[-1], asked, journal, 3) == []  # it is another file now
    journal.close()
