"""The script planner against a reference interpreter, and its rules: pure, honest, never twice what commits."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cua.errors import BadInput, Denied, GaveUp
from cua.expect import Text
from cua.planners.script import MOST_TRIES, ScriptPlanner
from cua.run import Done, Json, Rollback, Run
from cua.step import Plan, Step
from cua.taskfile import load
from cua.verdict import Verdict
from envs.action import Look, Open, Secret, Type
from envs.observation import Observation

NOW = Observation(1, "web", "http://127.0.0.1:8000/", "Page")


def script(folder: Path, text: str, values: dict[str, object] | None = None, **files: str) -> ScriptPlanner:
    for name, inside in files.items():
        (folder / f"{name}.yaml").write_text(inside)
    file = folder / "task.yaml"
    file.write_text(text)
    return ScriptPlanner(load(file), values or {})


@dataclass
class World:
    """Does the steps of a plan as the loop would, with answers that depend on the step's id alone."""

    planner: ScriptPlanner
    answers: dict[str, Json] = field(default_factory=dict)
    seed: int = 0
    fails: float = 0.0
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        self.run = Run("r", self.planner.task.goal(self.planner.values))
        self.dice = random.Random(self.seed)

    def plan(self) -> Plan:
        plan = self.planner.plan(self.run.goal, NOW, self.run)
        assert self.planner.plan(self.run.goal, NOW, self.run) == plan  # the same inputs, the same plan
        return plan

    def go(self) -> list[str]:
        """Until the planner has nothing left; what was done, in order."""
        while steps := self.plan().steps:
            for step in steps:
                if not self.do(step):
                    break
        return [said(done.step) for done in self.run.done if done.proved]

    def do(self, step: Step) -> bool:
        if self.run.failures.get(step.id, 0) < MOST_TRIES - 1 and self.dice.random() < self.fails:
            self.fail(step)
            return False
        self.run = self.run.add(Done(step, Verdict.yes("it is so"), dispatched=True, value=self.value(step)))
        return True

    def fail(self, step: Step, why: str = "it is not so", *, dispatched: bool = True) -> None:
        miss = Done(step, Verdict.no(why), dispatched)
        self.run = self.run.undo(miss, Rollback(step.id, "url", "", why, ok=True))

    def value(self, step: Step) -> Json:
        return self.answers[step.id] if step.id in self.answers else answer(step, self.seed)


def answer(step: Step, seed: int) -> Json:
    if step.ask is not None:
        return decision(step.id, seed)
    if step.keep is not None:
        return rows(step.id, seed) if step.keep.what == "rows" else f"read at {step.id}"
    return None


def decision(id_: str, seed: int) -> bool:
    return random.Random(f"{seed} {id_}").random() < 0.5


def rows(id_: str, seed: int) -> list[Json]:
    many = random.Random(f"{seed} rows {id_}").randrange(4)
    return [{"x": f"{id_} row {number}"} for number in range(many)]


def said(step: Step) -> str:
    return f"{step.id} {step.target.name if step.target else step.ask or step.expect}"


# A reference interpreter: the program as Python would run it.


class Enough(Exception):
    """A repeat has been at it too often."""


def interpret(program: list[Any], seed: int, called: list[Any]) -> Iterator[str]:
    yield from block(program, "", {"letters": ["a", "b"]}, seed, called)


def block(nodes: list[Any], prefix: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    for number, node in enumerate(nodes, 1):
        ((verb, value),) = node.items()
        yield from do(verb, value, f"{prefix}{number}", names, seed, called)


def do(verb: str, value: Any, id_: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    match verb:
        case "click":
            yield f"{id_} {fill(value, names)}"
        case "extract":
            yield f"{id_} {fill(value['target'], names)}"
            names[value["as"]] = f"read at {id_}"
        case "if":
            yield f"{id_} {Text(fill(value['text'], names))}"
            branch = "then" if decision(id_, seed) else "else"
            yield from block(value.get(branch, []), f"{id_}.{branch}.", names, seed, called)
        case "for_each":
            yield from for_each(value, id_, names, seed, called)
        case "repeat":
            for number in range(1, value["at_most"] + 1):
                yield from block(value["do"], f"{id_}[{number}].do.", names, seed, called)
                yield f"{id_}[{number}].until {Text(fill(value['until']['text'], names))}"
                if decision(f"{id_}[{number}].until", seed):
                    return
            raise Enough
        case "call":
            yield from block(called, f"{id_}.call.", {"p": fill(value["with"]["p"], names)}, seed, [])
            yield f"{id_}.done {Text('called')}"


def for_each(value: Any, id_: str, names: dict[str, Any], seed: int, called: list[Any]) -> Iterator[str]:
    source = value["in"]
    if isinstance(source, dict):
        yield f"{id_} {fill(source['target'], names)}"
        items: list[Any] = rows(id_, seed)
    else:
        items = names["letters"] if source == "{letters}" else source
    for number, item in enumerate(items, 1):
        inner = names | {value["row"]: item}
        yield from block(value["do"], f"{id_}[{number}].do.", inner, seed, called)
        names |= {name: made for name, made in inner.items() if name != value["row"]}


def fill(text: str, names: dict[str, Any]) -> str:
    for name, value in names.items():
        if isinstance(value, dict):
            text = text.replace(f"{{{name}.x}}", str(value["x"]))
        elif not isinstance(value, list):
            text = text.replace(f"{{{name}}}", str(value))
    return text


# Random programs


SOURCES = {"list": ["one", "in the row of two"], "param": "{letters}"}


@st.composite
def programs(draw: st.DrawFn, names: tuple[str, ...] = (), depth: int = 0, calls: bool = True) -> list[Any]:
    """A block of steps; the names that it may use grow as its steps are drawn."""
    nodes: list[Any] = []
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["click", "click", "extract"]
        if depth < 3:
            kinds += ["if", "list", "screen", "param", "repeat"] if calls else ["if", "list", "screen", "repeat"]
        if calls:
            kinds.append("call")
        word = f"Word {draw(st.integers(0, 99))}"
        text = (
            " ".join([word, *(f"{{{name}}}" for name in draw(st.lists(st.sampled_from(names), max_size=2)))])
            if names
            else word
        )
        kind = draw(st.sampled_from(kinds))
        row = f"r{depth}{'' if calls else 'c'}"
        match kind:
            case "click":
                nodes.append({"click": text})
            case "extract":
                name = f"v{draw(st.integers(0, 3))}"
                nodes.append({"extract": {"target": text, "as": name}})
                if depth == 0:  # inside a branch it may never get a value
                    names = (*names, name)
            case "if":
                value = {"text": text, "then": draw(programs(names, depth + 1, calls))}
                if draw(st.booleans()):
                    value["else"] = draw(programs(names, depth + 1, calls))
                nodes.append({"if": value})
            case "repeat":
                body = draw(programs(names, depth + 1, calls))
                nodes.append({"repeat": {"do": body, "until": {"text": text}, "at_most": draw(st.integers(1, 5))}})
            case "call":
                nodes.append({"call": {"workflow": "called.yaml", "with": {"p": text}}})
            case _:
                source: Any = {"list": ["one", "in the row of two"], "screen": {"target": text}, "param": "{letters}"}[
                    kind
                ]
                inner = (*names, f"{row}.x" if kind == "screen" else row)
                nodes.append({"for_each": {"row": row, "in": source, "do": draw(programs(inner, depth + 1, calls))}})
    return nodes


@settings(deadline=None, max_examples=150)
@given(programs(), programs(("p",), 1, calls=False), st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_same_steps_as_the_reference(program: list[Any], called: list[Any], seed: int, fails: float) -> None:
    with TemporaryDirectory() as folder:
        task = {"cua": 1, "params": {"letters": {"type": "list", "default": ["a", "b"]}}, "steps": program}
        other = {"cua": 1, "params": {"p": {"type": "text"}}, "steps": called, "done": {"text": "called"}}
        planner = script(Path(folder), json.dumps(task), called=json.dumps(other))
    expected: list[str] = []
    world = World(planner, seed=seed, fails=fails)
    try:
        for step in interpret(program, seed, called):
            expected.append(step)  # noqa: PERF402 - what came before the end counts
    except Enough:
        with pytest.raises(GaveUp, match="it is still not so"):
            world.go()
        assert [said(done.step) for done in world.run.done if done.proved] == expected
    else:
        assert world.go() == expected


# One line at a time


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


# Failure

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
        tmp_path,
        "cua: 1\nsteps:\n- if: {text: A, then: [{extract: {target: T, as: t}}]}\n- click: '{t}'\n",
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
