"""What the real tools write becomes a task file that reads as a person would say it.

How their files were made is said in `fixtures/README.md`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from cua.errors import BadInput
from cua.formats import IMPORTS, Imported, import_file, recognised
from cua.taskfile.check import check

FIXTURES = Path(__file__).parent / "fixtures"


def imported(name: str, tmp_path: Path) -> Imported:
    """The import, after its task file was seen to be right."""
    done = import_file(FIXTURES / name)
    task = tmp_path / "task.yaml"
    task.write_text(done.text, encoding="utf-8")
    assert not check(task).problems, done.text
    return done


def steps_of(done: Imported) -> str:
    return done.text.partition("steps:\n")[2]


FORM = """\
  - type: {into: Name, text: Ada}
  - press: {keys: Tab, into: Name field}
  - type: {into: Notes, text: first notes}
  - type: {into: Password, secret: password}
  - select: {from: Colour, option: Green}
  - upload: {into: Picture, file: dot.png}
  - check: I agree
  - uncheck: Send me news
  - click: Save button
"""
TOUR = (
    FORM
    + """\
  - click: Press me button
  - double_click: Open twice button
  - click: Say hello button
  - click: button in the row of Ada London Greet
  - download: {target: People as CSV link, to: downloads/file-1}
  - click: {target: Second page in a new tab, role: link}
  - switch: new
  - click: {target: Second page, role: heading}
"""
)


@pytest.mark.parametrize(
    ("name", "format_", "steps"),
    [
        ("codegen.py.txt", "playwright", TOUR),
        ("codegen-pytest.py.txt", "playwright", TOUR),
        ("codegen.jsonl", "playwright-jsonl", TOUR),
        ("codegen-form.py.txt", "playwright", FORM),
        ("codegen-form.jsonl", "playwright-jsonl", FORM),
    ],
)
def test_codegen(name: str, format_: str, steps: str, tmp_path: Path) -> None:
    done = imported(name, tmp_path)
    assert (done.format, steps_of(done)) == (format_, steps)
    assert 'start: {url: "http://127.0.0.1:8791/form.html"}' in done.text


@pytest.mark.parametrize("name", ["codegen.py.txt", "codegen-pytest.py.txt", "codegen.jsonl", "codegen-form.jsonl"])
def test_what_was_typed_into_a_password_field_is_nowhere(name: str, tmp_path: Path) -> None:
    assert "s3cret-pw" in (FIXTURES / name).read_text()
    done = imported(name, tmp_path)
    assert "s3cret-pw" not in done.text + str(done.losses) + str(done.notes)
    assert "secrets: [password]" in done.text


CHROME = {
    "title": "A recording",
    "steps": [
        {"type": "setViewport", "width": 900, "height": 700, "deviceScaleFactor": 1, "isMobile": False},
        {
            "type": "navigate",
            "url": "http://127.0.0.1:8000/login?next=/",
            "assertedEvents": [{"type": "navigation", "url": "x", "title": ""}],
        },
        {"type": "click", "selectors": [["aria/Username"], ["#user"]], "target": "main", "offsetX": 1, "offsetY": 1},
        {"type": "change", "value": "ada", "selectors": [["aria/Username"], ["#user"]], "target": "main"},
        {"type": "change", "value": "hunter2", "selectors": [["aria/Password"], ["#pw"]], "target": "main"},
        {
            "type": "click",
            "selectors": [["aria/Log in", 'aria/[role="generic"]'], ['aria/Log in[role="button"]']],
            "target": "main",
            "assertedEvents": [{"type": "navigation", "url": "http://127.0.0.1:8000/home?session=1", "title": "Home"}],
        },
        {"type": "doubleClick", "selectors": ["#main > div:nth-child(3)"], "offsetX": 1, "offsetY": 1},
        {"type": "click", "selectors": [["#saveButton"], ['xpath///*[@id="saveButton"]']], "button": "secondary"},
        {"type": "keyDown", "key": "Control"},
        {"type": "keyDown", "key": "s"},
        {"type": "keyUp", "key": "s"},
        {"type": "keyUp", "key": "Control"},
        {"type": "scroll", "x": 0, "y": 400},
        {"type": "scroll", "x": 0, "y": 100},
        {"type": "hover", "selectors": [["pierce/button[aria-label='Help']"]]},
        {"type": "waitForElement", "selectors": ["text/Saved"]},
        {"type": "waitForElement", "selectors": [['aria/Row[role="row"]']], "operator": "==", "count": 3},
        {"type": "waitForExpression", "expression": "new Promise(r => setTimeout(() => r(true), 500))"},
        {"type": "customStep", "name": "x", "parameters": {}},
    ],
}
SIDE = {
    "id": "1",
    "version": "2.0",
    "name": "Shop",
    "url": "http://127.0.0.1:8000",
    "urls": [],
    "plugins": [],
    "suites": [],
    "tests": [
        {
            "id": "2",
            "name": "log in",
            "commands": [
                {"id": "", "comment": "", "command": "open", "target": "/login", "targets": [], "value": ""},
                {"command": "setWindowSize", "target": "900x700", "value": ""},
                {"command": "store", "target": "ada", "value": "user"},
                {
                    "command": "type",
                    "target": "id=username",
                    "targets": [["css=#username", "css"], ["xpath=//input[@placeholder='User']", "x"]],
                    "value": "${user}",
                },
                {"command": "type", "target": "name=password", "value": "hunter2"},
                {"command": "sendKeys", "target": "id=search_box", "value": "milk${KEY_ENTER}"},
                {
                    "command": "click",
                    "target": "css=.btn-3:nth-child(2)",
                    "targets": [["xpath=//button[contains(.,'Log in')]", "xpath:innerText"]],
                    "value": "",
                },
                {"command": "click", "target": "css=div:nth-child(2) > span", "targets": [], "value": ""},
                {"command": "click", "target": "linkText=Orders"},
                {"command": "select", "target": "id=colour", "value": "label=Green"},
                {"command": "assertTitle", "target": "Orders"},
                {"command": "assertText", "target": "css=h1", "value": "Your orders"},
                {"command": "executeScript", "target": "return 1", "value": "x"},
                {"command": "if", "target": "${x} === 1"},
                {"command": "click", "target": "linkText=Never"},
                {"command": "end"},
                {"command": "times", "target": "2"},
                {"command": "click", "target": "linkText=Next"},
                {"command": "end"},
                {"command": "run", "target": "leave"},
                {"command": "//click", "target": "linkText=Off"},
            ],
        },
        {"id": "3", "name": "leave", "commands": [{"command": "click", "target": "linkText=Log out", "value": ""}]},
    ],
}
MAESTRO = """\
url: http://127.0.0.1:8000/
name: Log in
env:
  USER: ada
  PASSWORD: hunter2
---
- launchApp
- tapOn: Username
- eraseText
- inputText: ${USER}
- tapOn: {text: Password}
- inputText: ${PASSWORD}
- tapOn:
    id: log_in_button
- assertVisible: .*Welcome.*
- extendedWaitUntil: {notVisible: Loading, timeout: 5000}
- tapOn: {text: Delete, below: Orders, index: 1}
- tapOn: {point: "50%,50%"}
- runFlow:
    when: {visible: Cookies}
    commands:
      - tapOn: Accept
- repeat:
    times: 3
    while: {notVisible: The end}
    commands:
      - scroll
- runFlow: other.yaml
- evalScript: ${output.x = 1}
- inputText: ${1 + 1}
- copyTextFrom: {id: firstHeading}
- assertTrue: ${maestro.copiedText == 'x'}
"""
WORKFLOW = {
    "name": "Log in",
    "description": "Logs in",
    "version": "1.0",
    "input_schema": [{"name": "user", "type": "string", "required": True}],
    "steps": [
        {"type": "navigation", "url": "http://127.0.0.1:8000/", "timestamp": 1, "tabId": 2},
        {
            "type": "input",
            "cssSelector": 'input#username[name="username"]',
            "xpath": 'id("f")/input[1]',
            "elementTag": "INPUT",
            "value": "{user}",
        },
        {
            "type": "input",
            "cssSelector": 'input[type="password"]',
            "targetText": "Password",
            "elementTag": "INPUT",
            "value": "hunter2",
        },
        {
            "type": "click",
            "cssSelector": "button.primary",
            "xpath": "/html/body/button",
            "elementTag": "BUTTON",
            "elementText": "Log in",
        },
        {
            "type": "select_change",
            "cssSelector": 'select[name="colour"]',
            "elementTag": "SELECT",
            "selectedText": "Green",
        },
        {"type": "key_press", "cssSelector": 'input[placeholder="Find"]', "elementTag": "INPUT", "key": "Enter"},
        {
            "type": "click",
            "cssSelector": "div > div:nth-child(2)",
            "xpath": "/html/body/div/div[2]",
            "elementTag": "DIV",
            "elementText": "",
        },
        {"type": "agent", "task": "find the cheapest", "max_steps": 5},
        {"type": "scroll", "scrollX": 0, "scrollY": 300},
        {"type": "click", "target_text": "Edit", "container_hint": "Orders", "position_hint": "item 2 of 3"},
        {
            "type": "input",
            "value": "x",
            "selectorStrategies": [{"type": "role_text", "value": 1}, {"type": "placeholder", "value": "Find"}],
        },
        {"type": "extract_page_content", "goal": "say it"},
    ],
}


def made(text: str | Mapping[str, object], name: str, tmp_path: Path) -> Imported:
    file = tmp_path / name
    file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    done = import_file(file)
    task = tmp_path / "task.yaml"
    task.write_text(done.text, encoding="utf-8")
    assert not check(task).problems, done.text
    assert "hunter2" not in done.text + str(done.losses) + str(done.notes)
    return done


def test_chrome_recorder(tmp_path: Path) -> None:
    done = made(CHROME, "a.json", tmp_path)
    assert done.format == "chrome-recorder"
    assert (
        steps_of(done)
        == """\
  - type: {into: Username, text: ada}
  - type: {into: Password, secret: password}
  - click: Log in button
    expect: {title: Home}
  - right_click: save button
  - press: Control+s
  - scroll: {to: down, by: 400}
  - scroll: {to: up, by: 300}
  - hover: Help button
    expect: {text: Saved, count: {target: Row, role: row, exactly: 3}}
"""
    )
    assert [loss.at for loss in done.losses] == ["steps[6]", "steps[17]", "steps[18]"]
    assert "nothing in the selectors could be seen by a person: #main > div:nth-child(3)" in done.losses[0].what
    assert any("nothing but an id names" in note.what for note in done.notes)


def test_selenium_ide(tmp_path: Path) -> None:
    done = made(SIDE, "a.side", tmp_path)
    assert done.format == "selenium-ide"
    assert "params: {user: ada}" in done.text
    assert (
        steps_of(done)
        == """\
  - type: {into: User, text: "{user}"}
  - type: {into: password, secret: password}
  - type: {into: search box, text: milk, append: true}
  - press: {keys: Enter, into: search box}
  - click: Log in button
  - click: Orders link
  - select: {from: colour, option: Green}
    expect: {title: Orders, text: Your orders}
  - for_each:
      row: round
      in: ["1", "2"]
      do:
        - click: Next link
  - click: Log out link
"""
    )
    assert [loss.at for loss in done.losses] == [
        "tests[1]",
        "tests[0].commands[7]",
        "tests[0].commands[12]",
        "tests[0].commands[13]",
    ]
    other = import_file(tmp_path / "a.side", test="leave")
    assert steps_of(other) == "  - click: Log out link\n"
    with pytest.raises(BadInput, match='there is no test "nope"; there are: log in, leave'):
        import_file(tmp_path / "a.side", test="nope")


def test_maestro(tmp_path: Path) -> None:
    done = made(MAESTRO, "a.yaml", tmp_path)
    assert done.format == "maestro"
    assert "params: {USER: ada}\nsecrets: [PASSWORD]" in done.text
    assert (
        steps_of(done)
        == """\
  - type: {into: Username, text: "{USER}"}
  - type: {into: Password, secret: PASSWORD, append: true}
  - click: log in button
    expect: {all: [{text: Welcome}, {gone: Loading, within: 5}]}
  - click: second Delete below Orders
  - if:
      text: Cookies
      then:
        - click: Accept
  - repeat:
      do:
        - scroll: down
      until: {text: The end}
      at_most: 3
  - extract: {target: {target: first heading, exact: true}, as: copied_text}
"""
    )
    assert [loss.at for loss in done.losses] == ["line 18", "line 28", "line 29", "line 30", "line 32"]


def test_workflow_use(tmp_path: Path) -> None:
    done = made(WORKFLOW, "a.json", tmp_path)
    assert done.format == "workflow-use"
    assert (
        steps_of(done)
        == """\
  - type: {into: username, text: "{user}"}
  - type: {into: Password, secret: password}
  - click: Log in button
  - select: {from: colour, option: Green}
  - press: {keys: Enter, into: Find field}
  - scroll: {to: down, by: 300}
  - click: second Edit in Orders
  - type: {into: Find, text: x}
"""
    )
    assert [loss.at for loss in done.losses] == ["steps[6]", "steps[7]"]


def test_keys_held_down_are_those_of_a_click(tmp_path: Path) -> None:
    held = {"type": "keyDown", "key": "Shift"}
    steps = [held, {"type": "click", "selectors": [["text/A"]]}, {"type": "hover", "selectors": [["text/B"]]}]
    done = made({"title": "a", "steps": [*steps, {"type": "keyUp", "key": "Shift"}]}, "a.json", tmp_path)
    assert steps_of(done) == "  - click: {target: A, modifiers: Shift}\n  - hover: B\n"
    assert [str(loss) for loss in done.losses] == [
        "steps[2]: the keys held down in `hover` (Shift) are not carried over"
    ]


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ('{"title": "a", "steps": []}', "chrome-recorder"),
        ('{"tests": [], "version": "2.0"}', "selenium-ide"),
        ('{"name": "a", "version": "1", "input_schema": [], "steps": []}', "workflow-use"),
        ('{"browserName":"chromium"}\n{"name":"openPage"}', "playwright-jsonl"),
        ("# a flow\nurl: http://a.test\n---\n- launchApp\n", "maestro"),
        ("from playwright.sync_api import sync_playwright\n", "playwright"),
    ],
)
def test_the_format_is_seen_in_the_content(text: str, format_: str) -> None:
    assert recognised(text, Path("a.txt")) == format_
    assert format_ in IMPORTS
