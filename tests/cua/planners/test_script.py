"""The script planner's rules: pure, honest, never twice what commits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cua.errors import BadInput, Denied, GaveUp
from cua.expect import Text
from cua.planners.script import MOST_TRIES
from cua.step import Plan
from envs.action import Look, Open, Secret, Type
from tests.cua.planners.scripted import World, script


def test_a_line_ends_with_the_question_that_decides(tmp_path: Path) -> None:
    planner = script(
        tmp_path, "cua: 1\nsteps:\n- click: A\n- if: {text: B, then: [{click: C}], else: [{click: D}]}\n- click: E\n"
    )
    world = World(planner, {"2": True})
    first = world.plan().steps
    assert [step.id for step in first] == ["1", "2"]
    assert first[1].action == Look()
    assert first[1].ask == Text("B")
    assert world.go() == ["1 A", f"2 {Text('B')}", "2.then.1 C", "3 E"]
    assert world.plan() == Plan((), "task.yaml: all steps are done")


def test_a_line_ends_before_what_needs_a_reading(tmp_path: Path) -> None:
    planner = script(
        tmp_path,
        "cua: 1\nsteps:\n- extract: {target: Total, as: t}\n- click: A\n"
        "- type: {into: N, text: 'is {t}'}\n- click: B\n",
    )
    world = World(planner, {"1": "7 €"})
    assert [step.id for step in world.plan().steps] == ["1", "2"]
    world.do(world.plan().steps[0])
    plan = world.plan()
    assert [step.id for step in plan.steps] == ["2", "3", "4"]
    assert plan.steps[1].action == Type("is 7 €")


def test_rows_of_the_screen(tmp_path: Path) -> None:
    planner = script(
        tmp_path,
        "cua: 1\nsteps:\n- for_each: {row: p, in: {target: People}, do: [{click: 'Greet in the row of {p.Name}'}]}\n",
    )
    world = World(planner, {"1": [{"Name": "Ada"}, {"Name": "x near y"}]})
    (look,) = world.plan().steps
    assert (look.action, look.keep and look.keep.what) == (Look(), "rows")
    world.do(look)
    steps = world.plan().steps
    assert [step.id for step in steps] == ["1[1].do.1", "1[2].do.1"]
    assert [step.target and step.target.clauses[0].target.name for step in steps] == ["Ada", "x near y"]


def test_no_rows_no_steps(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsteps:\n- for_each: {in: {target: People}, do: [{click: A}]}\n- click: B\n")
    assert World(planner, {"1": []}).go() == ["1 People", "2 B"]


def test_what_is_read_from_the_screen_is_never_filled_in_again(tmp_path: Path) -> None:
    planner = script(
        tmp_path, "cua: 1\nparams: {p: secret}\nsteps:\n- extract: {target: T, as: t}\n- type: {into: N, text: '{t}'}\n"
    )
    world = World(planner, {"1": "{p} {{t}}"})
    world.do(world.plan().steps[0])
    assert world.plan().steps[0].action == Type("{p} {{t}}")


def test_a_secret_stays_a_name(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsecrets: [pw]\nsteps:\n- type: {into: Password, secret: pw}\n")
    (step,) = World(planner).plan().steps
    assert step.action == Type(Secret("pw"))
    assert step.words == 'type ‹pw› into "Password"'


def test_text_for_a_password_field_is_not_said(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsteps:\n- type: {into: New password, text: hunter2}\n")
    (step,) = World(planner).plan().steps
    assert "hunter2" not in step.words


def test_a_path_is_opened_where_the_run_began(tmp_path: Path) -> None:
    planner = script(
        tmp_path, "cua: 1\nstart: 'http://a.test:81/x/'\nsteps:\n- open: /admin/\n- open: 'http://b.test/'\n"
    )
    world = World(planner)
    assert [step.action for step in world.plan().steps] == [Open("http://a.test:81/admin/"), Open("http://b.test/")]
    world.run = replace(world.run, goal=replace(world.run.goal, start="http://c.test/"))
    assert world.plan().steps[0].action == Open("http://c.test/admin/")


def test_a_called_file_gives_back_what_it_read(tmp_path: Path) -> None:
    planner = script(
        tmp_path,
        "cua: 1\nsteps:\n- call: {workflow: b.yaml, with: {n: 3}, as: got}\n- click: 'Open {got.t}'\n",
        b="cua: 1\nparams: {n: {type: integer}}\nsteps:\n- extract: {target: 'Total {n}', as: t}\n",
    )
    assert World(planner, {"1.call.1": "42"}).go() == ["1.call.1 Total 3", "2 Open 42"]


def test_begin_with_a_later_step(tmp_path: Path) -> None:
    planner = replace(script(tmp_path, "cua: 1\nsteps:\n- click: A\n- click: B\n- click: C\n"), first=2)
    assert World(planner).go() == ["2 B", "3 C"]
    with pytest.raises(BadInput, match="there is no step 4; the file has 3"):
        replace(planner, first=4)


TWO = "cua: 1\nsteps:\n- click: A\n- click: Save\n  commit: true\n  expect: {text: saved}\n"


def test_a_failed_step_is_tried_once_more(tmp_path: Path) -> None:
    world = World(script(tmp_path, TWO))
    for _ in range(MOST_TRIES):
        assert world.plan().steps[0].id == "1"
        world.fail(world.plan().steps[0], "no such button")
    with pytest.raises(GaveUp, match=r'^step 1 \(click "A"\) failed 2 times: no such button$'):
        world.plan()


def test_a_commit_that_was_sent_is_not_repeated(tmp_path: Path) -> None:
    world = World(script(tmp_path, TWO))
    world.do(world.plan().steps[0])
    world.fail(world.plan().steps[0], "no button", dispatched=False)
    assert [step.id for step in world.plan().steps] == ["2"]
    world.fail(world.plan().steps[0], "no message")
    with pytest.raises(GaveUp, match="cannot be undone, was sent, and is not repeated: no message"):
        world.plan()


def test_what_failed_before_a_later_step_does_not_stop_the_line(tmp_path: Path) -> None:
    """The proof of an earlier step was taken back after a later one had failed too often."""
    world = World(script(tmp_path, "cua: 1\nsteps:\n- click: A\n- click: B\n- click: C\n"))
    one, two, _ = world.plan().steps
    for _ in range(3):
        world.fail(two)
    assert world.plan().steps == (one,)


def test_a_value_that_never_came(tmp_path: Path) -> None:
    planner = script(
        tmp_path, "cua: 1\nsteps:\n- if: {text: A, then: [{extract: {target: T, as: t}}]}\n- click: '{t}'\n"
    )
    with pytest.raises(
        GaveUp, match=r"step 2 \(task.yaml, line 4\): \{t\} has no value: the step that gives it one was not"
    ):
        World(planner, {"1": False}).go()


def test_a_path_from_the_screen_does_not_leave_the_folder(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsteps:\n- extract: {target: T, as: t}\n- upload: {into: P, file: '{t}'}\n")
    with pytest.raises(Denied, match="leaves the folder"):
        World(planner, {"1": "../../etc/passwd"}).go()


def test_a_star_from_the_screen_is_no_wildcard(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsteps:\n- extract: {target: T, as: t}\n- wait: {url: '/x/{t}'}\n")
    with pytest.raises(GaveUp, match="stands for any characters"):
        World(planner, {"1": "*"}).go()


def test_the_run_has_an_end(tmp_path: Path) -> None:
    planner = script(tmp_path, "cua: 1\nsteps:\n- for_each: {in: {target: T}, do: [{click: 'A {row}'}]}\n")
    world = World(planner, {"1": [str(number) for number in range(10_001)]})
    world.do(world.plan().steps[0])
    assert len(world.plan().steps) == 9_999


def test_params_are_looked_at_before_anything_is_done(tmp_path: Path) -> None:
    text = "cua: 1\nparams: {n: {type: text}}\nsteps:\n- if: {text: A, then: [{click: 'Delete {n}'}]}\n"
    with pytest.raises(BadInput, match='the param "n" \\(text\\) needs a value; give it with --param n=VALUE'):
        script(tmp_path, text)
    with pytest.raises(BadInput, match=r"task.yaml:4: \{n\} is empty"):
        script(tmp_path, text, {"n": " "})
    assert script(tmp_path, text, {"n": "x"}).name == "script"
