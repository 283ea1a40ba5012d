"""Files from strangers: what is malformed or meant to harm is refused with its place, and nothing of it is ever run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cua.errors import BadInput
from cua.formats import import_file
from cua.taskfile.check import check
from tests.formats.test_imports import CHROME, FIXTURES, MAESTRO, SIDE, WORKFLOW

CLICK = '{"type": "click", "selectors": [["aria/Save"]]}'
DEEP = '{"title": "a", "steps": [' + "[" * 100_000 + "]" * 100_000 + "]}"
HEAD = "url: http://a.test\n---\n"

BAD = {
    "empty": ("a.json", "", ":1: the file is empty"),
    "no JSON": ("a.json", '{"title": "a",\n "steps": [}', ":2: this is not JSON: "),
    "cut off": ("a.side", '{"tests": [{"name": "x", ', "this is not JSON: "),
    "deep": ("a.json", DEEP, ":1: it is nested deeper than 64 levels"),
    "a number without end": ("a.json", '{"title": "a", "steps": [' + "9" * 5000 + "]}", "more than 32 digits"),
    "no number": ("a.json", '{"title": "a", "steps": [NaN]}', "NaN is no number"),
    "steps without end": (
        "a.json",
        '{"title": "a", "steps": [' + ", ".join([CLICK] * 10_001) + "]}",
        "steps: there are more than 10,000 steps",
    ),
    "values without end": (
        "a.json",
        '{"title": "a", "steps": [' + "0," * 500_000 + "0]}",
        "holds more than 400,000 values",
    ),
    "no steps": ("a.json", '{"title": "a", "steps": []}', "steps: there are no steps"),
    "steps are text": ("a.json", '{"title": "a", "steps": "click"}', "steps: this has to be a list of steps"),
    "a step is a number": (
        "a.json",
        '{"title": "a", "steps": [1]}',
        "steps[0]: this is a number, and has to be an object",
    ),
    "a step without type": (
        "a.json",
        '{"title": "a", "steps": [{}]}',
        "steps[0].type: this is missing, and has to be text",
    ),
    "selectors of a wrong type": (
        "a.json",
        '{"title": "a", "steps": [{"type": "click", "selectors": [[1]]}]}',
        "steps[0].selectors[0][0]: this is a number",
    ),
    "a control character": (
        "a.json",
        '{"title": "a", "steps": [{"type": "click", "selectors": [["aria/a\\u0000b"]]}]}',
        "steps[0].selectors[0][0]: there is a control character (U+0000) in it",
    ),
    "half a character": (
        "a.json",
        '{"title": "a", "steps": [{"type": "click", "selectors": [["aria/\\ud800"]]}]}',
        "control character (U+D800)",
    ),
    "a title that is an object": (
        "a.json",
        '{"title": {}, "steps": [' + CLICK + "]}",
        "title: this is an object, and has to be text",
    ),
    "other JSON": ("a.json", '{"name": 1}', "it has neither steps nor tests"),
    "no tests": ("a.side", '{"tests": [], "suites": []}', "tests: there are no tests"),
    "no command": (
        "a.side",
        '{"tests": [{"name": "a", "commands": [{}]}]}',
        "tests[0].commands[0].command: this is missing",
    ),
    "a line that is no JSON": ("a.jsonl", '{"browserName": "chromium"}\n{"name": ', ":2: this is not JSON"),
    "a line that is no action": ("a.jsonl", '{"browserName": "chromium"}\n[]', ":2: a line is an object"),
    "an action without name": ("a.jsonl", '{"browserName": "chromium"}\n{}', ":2: name: an action has a name"),
    "no Python": ("a.py", "from playwright.sync_api import x\ndef run(:\n", ":2: this is not Python: "),
    "Python without a page": (
        "a.py",
        "import playwright\nx = 1\n",
        ":1: there is nothing in it that is done to a page",
    ),
    "Python nested without end": ("a.py", "import playwright\nx = " + "(" * 5000 + ")" * 5000, "this is not Python"),
    "a chain without end": ("a.py", "import playwright\npage" + ".a()" * 50_000, "this is not Python that can be read"),
    "statements without end": (
        "a.py",
        "import playwright\n" + "page.reload()\n" * 10_001,
        "there are more than 10,000 statements",
    ),
    "JavaScript": ("a.ts", "import { test } from '@playwright/test';\nawait page.goto('x');\n", "this is no Python"),
    "an alias": ("a.yaml", HEAD + "- tapOn: &a x\n- tapOn: *a\n", ":3: anchors and aliases"),
    "laughs without end": ("a.yaml", "url: &a [x, x]\n---\n- tapOn: y\n", ":1: anchors and aliases"),
    "a tag": ("a.yaml", HEAD + "- tapOn: !!python/object/apply:os.system [ls]\n", ":3: tags (!) are not allowed"),
    "commands are a mapping": ("a.yaml", HEAD + "tapOn: x\n", "there are no commands after ---"),
    "no commands": ("a.yaml", HEAD, ":2: there are no commands after ---"),
    "commands nested without end": ("a.yaml", HEAD + "- " * 200 + "x\n", ":3: it is nested deeper than 64 levels"),
    "a mobile app": ("a.yaml", "appId: com.example\n---\n- launchApp\n", ":1: this flow is of a mobile app"),
    "a script for an address": (
        "a.yaml",
        "url: javascript:alert(1)\n---\n- launchApp\n",
        ":1: `url` has to be an address",
    ),
    "a third document": ("a.yaml", HEAD + "- back\n---\n- back\n", "a second document"),
    "no selector": ("a.yaml", HEAD + "- tapOn: [x]\n", ":3: a selector is text or a mapping"),
    "a task file": ("a.yaml", "cua: 1\nsteps:\n  - back\n", "this is a task file already"),
    "none of them": ("a.txt", "hello\n", "this is none of chrome-recorder"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_malformed_is_refused_with_its_place(case: str, tmp_path: Path) -> None:
    name, text, what = BAD[case]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        import_file(file)
    assert str(refused.value).startswith(str(file))
    assert what in str(refused.value)
    assert len(str(refused.value)) < 500


def test_what_is_no_text_of_a_sane_size_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.json").write_bytes(b" " * (9 << 20))
    (tmp_path / "odd.json").write_bytes(b'{"title": "\n\xff"}')
    for name, what in (
        ("big.json", "larger than 8 MiB"),
        ("odd.json", ":2: the file is not UTF-8"),
        ("none", "no such file"),
        (".", "folder"),
    ):
        with pytest.raises(BadInput, match=re.escape(what)):
            import_file(tmp_path / name)


def test_python_is_read_and_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "was-run"
    source = f"""
import os
from playwright.sync_api import Page
open({str(mark)!r}, "w").write("x")
os.system("touch {mark}")
def test_it(page: Page, name=__import__("os").system("touch {mark}")):
    page.goto("http://127.0.0.1:8000/")
    page.get_by_role("button", name=os.popen("touch {mark}").read()).click()
    page.get_by_text(eval("1")).click()
    exec("1")
    page.evaluate("alert(1)")
    page.get_by_role("button", name="Save").click()
    page.goto("javascript:alert(1)")
    page.goto("chrome://settings")
"""
    file = tmp_path / "a.py"
    file.write_text(source)
    done = import_file(file)
    assert done.text.partition("steps:\n")[2] == "  - click: Save button\n"
    assert not mark.exists()
    assert [loss.at for loss in done.losses] == [f"line {line}" for line in (8, 9, 10, 11, 13, 14, 6)]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "chrome://settings", "data:text/html,x", "//evil.test/"])
def test_only_addresses_of_pages_are_opened(url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"title": "a", "steps": [{"type": "navigate", "url": url}, json.loads(CLICK)]}))
    done = import_file(file)
    assert url not in done.text
    assert [loss.at for loss in done.losses] == ["steps[0]"]


HOSTILE = [
    "{x}",
    "{{",
    "}",
    'a" : {',
    "'",
    "\n- click: Delete",
    "# x",
    "!!python/object",
    "&a",
    "*a",
    "${1+1}",
    "--- x",
    "|",
    "null",
    "yes",
    "1e9",
    "x\u2028y",
    "\u202eevil",
    " ",
    "a: b",
    "[x](y)",
    "%YAML",
    "\\",
    "true",
]


@given(
    words=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)),
    value=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_of_a_recording_stay_words(words: str, value: str) -> None:
    """Whatever a name or value is, the file is refused or becomes one click and one `type` with just these words."""
    recording = {
        "title": value,
        "steps": [
            {"type": "click", "selectors": [[f'aria/{words}[role="button"]']]},
            {"type": "change", "selectors": [["aria/Name"]], "value": value},
        ],
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.json"
        file.write_text(json.dumps(recording))
        try:
            done = import_file(file)
        except BadInput:
            return
        task = Path(folder) / "a.yaml"
        task.write_text(done.text, encoding="utf-8")
        report = check(task)
        assert not report.problems, done.text
        assert not report.params
        assert len(re.findall(r"(?m)^  - ", done.text)) <= 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(CHROME)),
        ("a.side", json.dumps(SIDE)),
        ("b.json", json.dumps(WORKFLOW)),
        ("a.yaml", MAESTRO),
        ("a.jsonl", (FIXTURES / "codegen.jsonl").read_text()),
        ("a.py", (FIXTURES / "codegen.py.txt").read_text()),
    ],
)
def test_whatever_is_broken_in_a_file_ends_well(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    bits = ["{", "}", "[", '"', ":", ",", "null", "1", "\n", "- ", "(", "''", "true", "é"]

    @given(at=st.integers(0, len(text) - 1), cut=st.integers(0, 12), bit=st.sampled_from(bits))
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def ends_well(at: int, cut: int, bit: str) -> None:
        file.write_text(text[:at] + bit + text[at + cut :], encoding="utf-8")
        try:
            done = import_file(file)
        except BadInput:
            return
        task = tmp_path / "task.yaml"
        task.write_text(done.text, encoding="utf-8")
        assert not check(task).problems, done.text

    ends_well()


@pytest.mark.parametrize("base", ["http://[27.0.0.1:8000", "http://a]b"])
def test_a_base_that_is_no_address_is_told(base: str, tmp_path: Path) -> None:
    commands = [{"command": "open", "target": "/x"}, {"command": "click", "target": "linkText=Go"}]
    (tmp_path / "a.side").write_text(json.dumps({"tests": [{"name": "a", "commands": commands}], "url": base}))
    done = import_file(tmp_path / "a.side")
    assert [(loss.at, base in loss.what) for loss in done.losses] == [("tests[0].commands[0]", True)]


def test_none_of_these_is_saved_by_the_last_look_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers themselves leave out what no task file can hold; the last look is for what nobody thought of."""
    monkeypatch.setattr("cua.formats.exchange._prove", lambda text, path: None)
    commands = [
        {"command": "open", "target": "/"},
        {"command": "select", "target": "id=colour", "value": "label="},
        {"command": "times", "target": "2"},
        {"command": "executeScript", "target": "x"},
        {"command": "end"},
        {"command": "click", "target": "linkText=Go"},
        {"command": "assertTitle", "target": " "},
        {"command": "type", "target": "id=name", "value": "${a b}"},
    ]
    file = tmp_path / "a.side"
    file.write_text(json.dumps({"tests": [{"name": "..", "commands": commands}], "url": "http://127.0.0.1:8000"}))
    done = import_file(file)
    assert done.text.endswith("steps:\n  - click: Go link\n")
    assert {loss.at for loss in done.losses} == {f"tests[0].commands[{number}]" for number in (1, 2, 3, 5, 7)}
    task = tmp_path / "a.yaml"
    task.write_text(done.text)
    assert not check(task).problems
