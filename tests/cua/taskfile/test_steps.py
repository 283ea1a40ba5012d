"""What every verb and every expectation comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.expect import (
    All,
    AnyOf,
    Changed,
    Checked,
    Count,
    DialogSeen,
    DownloadDone,
    Enabled,
    Exists,
    Expect,
    FileThere,
    Focused,
    Gone,
    Http,
    InState,
    Not,
    Selected,
    Text,
    Title,
    Url,
    Value,
    WindowOpen,
    Within,
)
from cua.step import Keep, Step
from cua.taskfile import load
from cua.taskfile.forms import Do
from cua.taskfile.template import Known
from envs.action import (
    Action,
    Ask,
    Back,
    Check,
    Clear,
    Click,
    Download,
    Drag,
    Forward,
    Hover,
    Look,
    Open,
    Press,
    Reload,
    Scroll,
    Secret,
    Select,
    Switch,
    Type,
    Upload,
)
from grounding.parse import parse

HERE = Path("/work/nowhere")
P = parse


def step(folder: Path, text: str, head: str = "") -> Step:
    file = folder / "task.yaml"
    file.write_text(f"cua: 1\nparams: {{n: 3, name: Ada}}\n{head}steps:\n- {text}\n")
    task = load(file)
    (node,) = task.steps
    assert isinstance(node, Do)
    return task.compiler.step(node, "1", Known({"n": 3, "name": "Ada"}))


VERBS: list[tuple[str, Action, str, str | None]] = [
    ("open: 'http://a.test/{name}'", Open("http://a.test/Ada"), "open http://a.test/Ada", None),
    ("open: {url: /x, place: web}", Open("/x", "web"), "open /x", None),
    ("click: Save", Click(), 'click "Save"', "Save"),
    ("click: {target: Save, modifiers: [Control, Shift]}", Click(modifiers=("Control", "Shift")),
     'click "Save" with Control+Shift held', "Save"),
    ("double_click: Save", Click(count=2), 'double-click "Save"', "Save"),
    ("right_click: Save", Click(button="right"), 'right-click "Save"', "Save"),
    ("hover: Save", Hover(), 'hover over "Save"', "Save"),
    ("drag: {from: A, to: B}", Drag(""), 'drag "A" onto "B"', "A"),
    ("type: {into: Name, text: '{name}'}", Type("Ada"), 'type "Ada" into "Name"', "Name"),
    ("type: {into: Name, text: 007}", Type("007"), 'type "007" into "Name"', "Name"),
    ("type: {into: Name, text: true, append: true}", Type("true", append=True), 'type "true" into "Name"', "Name"),
    ("type: {into: Name, text: ''}", Type(""), 'type "" into "Name"', "Name"),
    ("type: {into: Name, secret: pw}", Type(Secret("pw")), 'type ‹pw› into "Name"', "Name"),
    ("clear: Name", Clear(), 'clear "Name"', "Name"),
    ("press: ctrl + shift + s", Press("Control+Shift+s"), "press Control+Shift+s", None),
    ("press: {keys: 1, into: Name}", Press("1"), 'press 1 in "Name"', "Name"),
    ("select: {from: Colour, option: Red}", Select("Red"), 'select "Red" from "Colour"', "Colour"),
    ("check: I agree", Check(), 'check "I agree"', "I agree"),
    ("uncheck: I agree", Check(on=False), 'uncheck "I agree"', "I agree"),
    ("scroll: down", Scroll(0, 600), "scroll down", None),
    ("scroll: {to: left, by: 10, target: List}", Scroll(-10, 0), 'scroll "List" left', "List"),
    ("scroll: bottom", Scroll(to="bottom"), "scroll bottom", None),
    ("scroll: {target: End}", Scroll(), 'scroll "End" into view', "End"),
    ("back:", Back(), "go back", None),
    ("back", Back(), "go back", None),
    ("forward: true", Forward(), "go forward", None),
    ("reload:", Reload(), "load the page again", None),
    ("switch: 2", Switch("2"), "switch to 2", None),
    ("switch: {to: new}", Switch("new"), "switch to new", None),
    ("ask: Who is {name}?", Ask("Who is Ada?"), 'ask "Who is Ada?"', None),
    ("wait: {text: Saved}", Look(), 'wait until the text "Saved" is there', None),
    ("extract: {target: Total, as: t}", Look(), 'read "Total" as t', "Total"),
    ("extract: {target: List, what: rows, as: t}", Look(), 'read the rows of "List" as t', "List"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "action", "words", "target"), VERBS, ids=range(len(VERBS)))
def test_every_verb(text: str, action: Action, words: str, target: str | None, tmp_path: Path) -> None:
    made = step(tmp_path, text, "secrets: [pw]\n")
    assert (made.action, made.words) == (action, words)
    assert made.target == (P(target) if target else None)
    assert (made.id, made.line, made.timeout, made.commit) == ("1", 5, 10.0, False)


def test_the_second_target_of_a_drag(tmp_path: Path) -> None:
    assert step(tmp_path, "drag: {from: A, to: {target: B, near: C}}").to == P("B near C")


def test_files(tmp_path: Path) -> None:
    up = step(tmp_path, "upload: {into: Picture, file: [a.png, 'sub/{name}.png']}")
    assert up.action == Upload((tmp_path / "a.png", tmp_path / "sub/Ada.png"))
    assert step(tmp_path, "download: {target: Report, to: out/r.csv}").action == Download(tmp_path / "out/r.csv")
    assert step(tmp_path, "extract: {target: T, into: out/r.csv}").keep == Keep("r", "text", tmp_path / "out/r.csv")


RELATIONS = [
    ("click: {target: Add, near: Groups}", "Add near Groups"),
    ("click: Add\n  near: Groups", "Add near Groups"),
    ("click: {target: Add, row: '{name}'}", "Add in the row of Ada"),
    ("click: {target: Add, in: {target: Users, role: dialog}}", "Add in the Users dialog"),
    ("click: {role: checkbox, nth: 2}", "second checkbox"),
    ("click: {target: Add, nth: last}", "last Add"),
    ("select: {from: Colour, in: Filter, option: Red}", "Colour in Filter"),
    ("type: {into: {target: Name, below: Users}, text: a}", "Name below Users"),
    ("extract: Total\n  as: t\n  below: Sum", "Total below Sum"),
]


@pytest.mark.parametrize(("text", "same"), RELATIONS, ids=range(len(RELATIONS)))
def test_relations_stand_beside_or_below(text: str, same: str, tmp_path: Path) -> None:
    made = step(tmp_path, text).target
    assert made is not None
    assert (made.name, made.role, made.nth) == (P(same).name, P(same).role, P(same).nth)
    assert [(c.relation, c.target.name) for c in made.clauses] == [(c.relation, c.target.name) for c in P(same).clauses]


WANTS: list[tuple[str, Expect]] = [
    ("{text: a}", Text("a")),
    ("{text: [a, '{name}']}", All((Text("a"), Text("Ada")))),
    ("{text: {text: a, in: List}}", Text("a", P("List"))),
    ("{gone: a}", Gone("a")),
    ("{gone: [a, b]}", All((Gone("a"), Gone("b")))),
    ("{url: '/x/*'}", Url("/x/*")),
    ("{title: A}", Title("A")),
    ("{value: 5}", Value(P("Own"), "5")),
    ("{value: {target: Name, is: '{name}'}}", Value(P("Name"), "Ada")),
    ("{value: {target: Name, value: ''}}", Value(P("Name"), "")),
    ("{checked: true}", Checked(P("Own"))),
    ("{checked: I agree}", Checked(P("I agree"))),
    ("{checked: {target: I agree, is: false}}", Checked(P("I agree"), on=False)),
    ("{selected: Red}", Selected("Red")),
    ("{selected: {option: Red, from: Colour}}", Selected("Red", P("Colour"))),
    ("{enabled: false}", Enabled(P("Own"), on=False)),
    ("{focused: Name}", Focused(P("Name"))),
    ("{focused: false}", Not(Focused(P("Own")))),
    ("{element: {target: Add, near: Groups}}", Exists(P("Add near Groups"))),
    ("{count: {target: row, exactly: 3}}", Count(P("row"), 3)),
    ("{count: {target: row, is: '{n}'}}", Count(P("row"), 3)),
    ("{count: {target: row, at_least: 1, at_most: 4}}", Count(P("row"), None, 1, 4)),
    ("{window: A}", WindowOpen("A")),
    ("{file: a.csv}", FileThere(HERE / "a.csv")),
    ("{file: {path: a.csv, contains: b}}", FileThere(HERE / "a.csv", "b")),
    ("{download: a}", DownloadDone("a")),
    ("{dialog: a}", DialogSeen("a")),
    ("{state: a}", InState("a")),
    ("{changed: true}", Changed()),
    ("{changed: Counter}", Changed(P("Counter"))),
    ("{http: 201}", Http(201)),
    ("{http: {status: 200, method: POST, url: /x}}", Http(200, "POST", "/x")),
    ("{text: a, gone: b}", All((Text("a"), Gone("b")))),
    ("[{text: a}, {gone: b}]", All((Text("a"), Gone("b")))),
    ("{all: [{text: a}, {gone: b}]}", All((Text("a"), Gone("b")))),
    ("{any: [{text: a}, {gone: b}]}", AnyOf((Text("a"), Gone("b")))),
    ("{not: {text: a}}", Not(Text("a"))),
    ("{text: a, within: 3}", Within(Text("a"), 3.0)),
    ("{any: [{text: a, within: 3}, {gone: b}]}", AnyOf((Within(Text("a"), 3.0), Gone("b")))),
]


@pytest.mark.parametrize(("text", "want"), WANTS, ids=range(len(WANTS)))
def test_every_expectation(text: str, want: Expect, tmp_path: Path) -> None:
    made = step(tmp_path, f"click: Own\n  expect: {text}").expect
    if isinstance(want, FileThere):
        want = FileThere(tmp_path / want.path.name, want.contains)
    assert made == want


TIMES = [
    ("click: A\n  timeout: 3", 3.0, None),
    ("click: A\n  within: 30", 30.0, None),
    ("click: A\n  within: 30\n  expect: {text: a}", 30.0, Within(Text("a"), 30.0)),
    ("click: A\n  within: 2\n  timeout: 5\n  expect: {text: a}", 5.0, Within(Text("a"), 2.0)),
    ("wait: {text: a, within: 60}", 60.0, Within(Text("a"), 60.0)),
    ("wait: {text: a, within: 1}", 10.0, Within(Text("a"), 1.0)),
]


@pytest.mark.parametrize(("text", "seconds", "expect"), TIMES, ids=range(len(TIMES)))
def test_times(text: str, seconds: float, expect: Expect | None, tmp_path: Path) -> None:
    made = step(tmp_path, text)
    assert (made.timeout, made.expect) == (seconds, expect)
    assert step(tmp_path, "click: A", "timeout: 4\n").timeout == 4.0


def test_commit_and_already(tmp_path: Path) -> None:
    made = step(tmp_path, "click: Save\n  commit: true\n  already: {text: '{name}'}\n  expect: {text: saved}")
    assert (made.commit, made.already, made.expect) == (True, Text("Ada"), Text("saved"))


def test_the_goal(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    file.write_text(
        "cua: 1\nname: add\ngoal: Add {name}\n"
        "start:\n  web: {url: 'http://a.test/{name}'}\n  sheet: {app: [calc, '{name} b']}\n"
        "params: {name: Ada}\nsteps:\n- if: {text: a, then: [{click: Save, commit: true, expect: {text: b}}]}\n"
        "done: {text: '{name}'}\n"
    )
    task = load(file)
    goal = task.goal({"name": "a in the row of b"})
    assert (goal.words, goal.done, goal.name) == ("Add a in the row of b", Text("a in the row of b"), "add")
    assert (goal.commits, goal.reads, goal.params) == (True, False, {"name": "a in the row of b"})
    assert goal.start == "http://a.test/a in the row of b"
    assert [(start.place, str(start)) for start in task.start({})] == [
        ("web", "http://a.test/Ada"),
        ("sheet", "calc 'Ada b'"),
    ]
    with pytest.raises(BadInput, match='there is no param "nme"; did you mean "name"'):
        task.goal({"nme": "a"})


def test_the_digest_knows_of_called_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("cua: 1\nsteps:\n- call: b.yaml\n")
    (tmp_path / "b.yaml").write_text("cua: 1\nsecrets: [pw]\nsteps:\n- click: A\n")
    before = load(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text("cua: 1\nsecrets: [pw]\nsteps:\n- click: B\n")
    after = load(tmp_path / "a.yaml")
    assert before.digest != after.digest == load(tmp_path / "a.yaml").digest
    assert after.secrets == ("pw",)
