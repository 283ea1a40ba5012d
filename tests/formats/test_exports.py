"""What is written for other tools: the texts of a file stay texts there, and its checks are carried."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cua import resources
from cua.errors import BadInput
from cua.formats import EXPORTS, export_file
from cua.formats.maestro_source import documents
from cua.formats.xpath import literal
from cua.taskfile.source import Entries, Items, Node, Scalar
from cua.taskfile.write import write
from tests.formats.test_hostile import HOSTILE

EXAMPLES = resources.tasks() / "examples"
EVIL = [
    *HOSTILE,
    '"); import os; os.system("x"); ("',
    "'); process.exit(); ('",
    '"""',
    "\\",
    '\\"',
    "*/ alert(1) /*",
    "</script>",
    "${KEY_ENTER}",
    "'] | //script | //*['",
    '")]//*[("',
    "\r\n",
    "\u2029",
    "{{7*7}}",
    "`x`",
    "$(x)",
    "${output.x}",
    "é\u0301",
    "\U0001f600",
]
PLAIN = "Words"


def braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def task_of(text: str) -> str:
    words = braced(text)
    return write(
        {
            "cua": 1,
            "name": "made",
            "goal": words,
            "description": text if text.strip() else PLAIN,
            "start": {"url": "http://127.0.0.1:8000/"},
            "params": {"who": text},
            "steps": [
                {
                    "click": {"target": words, "role": "button"},
                    "expect": {"text": words, "title": words, "url": f"/{words}"},
                },
                {"type": {"into": {"target": words, "role": "textbox"}, "text": words}, "expect": {"value": words}},
                {"type": {"into": "Notes", "text": words + "{who}"}},
                {"click": {"target": words, "role": "link", "row": {"target": words, "exact": True}}},
                {"click": {"target": words, "exact": True, "near": "Groups"}},
                {
                    "select": {"from": "Colour", "option": words},
                    "expect": {"not": {"element": {"target": words, "role": "row"}}},
                },
                {"if": {"text": words, "then": [{"click": "A"}]}},
                {"for_each": {"in": [words], "do": [{"click": "B"}]}},
                {"for_each": {"in": [{text: words}], "do": [{"click": "C"}]}},
            ],
        }
    )


def exported(text: str, format_: str) -> str | None:
    """None for a text that no task file can hold there."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "made.yaml"
        file.write_text(task_of(text), encoding="utf-8")
        try:
            return export_file(file, format_).text
        except BadInput:
            return None


def skeleton(source: str) -> str:
    """The code with every literal text taken out, and texts that are put together counted as one."""
    tree = ast.parse(source)

    class Texts(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Constant("") if isinstance(node.value, str) else node

        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            self.generic_visit(node)
            empty = isinstance(node.left, ast.Constant) and node.left.value == ""
            return node.right if empty and isinstance(node.op, ast.Add) else node

    return ast.dump(Texts().visit(tree))


def no_texts(value: Any) -> Any:
    """The shape of JSON, its texts taken out."""
    if isinstance(value, dict):
        return {key: no_texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [no_texts(one) for one in value]
    return "" if isinstance(value, str) else value


@given(text=st.one_of(st.sampled_from(EVIL), st.text(min_size=1, max_size=15)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_becomes_python(text: str) -> None:
    for format_ in ("playwright", "pytest"):
        source, plain = exported(text, format_), exported(PLAIN, format_)
        assert plain is not None
        if source is None:
            continue
        kept = [
            line for line in source.split("\n") if "NotImplementedError" not in line and "# not checked" not in line
        ]
        assert skeleton("\n".join(kept)) == skeleton(
            "\n".join(
                line for line in plain.split("\n") if "NotImplementedError" not in line and "# not checked" not in line
            )
        )


def test_what_is_meant_to_harm_can_be_written_in_a_task_file() -> None:
    """So that the tests here test something."""
    assert [text for text in EVIL if text.strip() and exported(text, "playwright") is None] == []


SCRIPT = re.compile(
    r"document\.title\.toLowerCase\(\)\.includes\(\"(?:[^\"\\\n\u2028\u2029]|\\.)*\"\)"
    r" /\* \"(?:[^\"\\*]|\\.|\*(?!/))*\" \*/"
    r"|new RegExp\(\"(?:[^\"\\\n\u2028\u2029]|\\.)*\"\)\.test\(location\.href\) /\* \"(?:[^\"\\*]|\\.|\*(?!/))*\" \*/"
)


@given(text=st.one_of(st.sampled_from(EVIL), st.text(min_size=1, max_size=15)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_becomes_javascript_or_another_command(text: str) -> None:
    recording = exported(text, "chrome-recorder")
    if recording is None:
        return
    for step in json.loads(recording)["steps"]:
        assert step["type"] in {"setViewport", "navigate", "click", "change", "waitForElement", "waitForExpression"}
        assert SCRIPT.fullmatch(step.get("expression", 'new RegExp("").test(location.href) /* "" */'))
    project = exported(text, "selenium-ide")
    assert project is not None
    for command in json.loads(project)["tests"][0]["commands"]:
        assert command["command"] in {
            "store",
            "open",
            "click",
            "type",
            "select",
            "waitForElementVisible",
            "assertValue",
            "waitForElementNotPresent",
        }
        for said in re.findall(r"\$\{[^}]*\}?", command["target"] + command["value"]):
            assert said == "${who}" or "${" not in text
    flow = exported(text, "maestro")
    assert flow is not None
    _, commands = documents(flow, Path("a.yaml"))
    assert names_of(commands) <= {
        "launchApp",
        "tapOn",
        "eraseText",
        "inputText",
        "assertVisible",
        "assertNotVisible",
        "runFlow",
    }
    workflow = exported(text, "workflow-use")
    assert workflow is not None
    assert {step["type"] for step in json.loads(workflow)["steps"]} <= {
        "navigation",
        "click",
        "input",
        "select_change",
        "extract_page_content",
    }


def names_of(commands: Node) -> set[str]:
    assert isinstance(commands, Items)
    return {
        one.text if isinstance(one, Scalar) else one.keys[0]
        for one in commands.items
        if isinstance(one, Scalar | Entries)
    }


@given(text=st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_an_xpath_literal_holds_just_the_text(text: str) -> None:
    written = literal(text)
    pieces = re.findall(r"'[^']*'|\"[^\"]*\"", written)
    assert "".join(piece[1:-1] for piece in pieces) == text
    assert re.sub(r"'[^']*'|\"[^\"]*\"", "", written) in ("", f"concat({', ' * (len(pieces) - 1)})")


def test_a_secret_is_read_when_it_is_played_and_never_written(tmp_path: Path) -> None:
    for format_ in EXPORTS:
        done = export_file(EXAMPLES / "secret.yaml", format_)
        said = [str(one) for one in (*done.losses, *done.notes)]
        in_place = {
            "playwright": 'os.environ["PASSPHRASE"]',
            "pytest": 'os.environ["PASSPHRASE"]',
            "selenium-ide": "${passphrase}",
            "maestro": "${passphrase}",
            "workflow-use": '"{passphrase}"',
        }.get(format_)
        assert in_place is None or in_place in done.text
        assert in_place is not None or any("the secret passphrase is never written" in one for one in said)


def test_what_is_lost_is_told_in_words_with_its_place() -> None:
    lost = [str(loss) for loss in export_file(EXAMPLES / "targets.yaml", "playwright").losses]
    assert lost == [
        'line 15: "next to People as CSV" has no locator',
        'line 19: "row Linus column Name" has no locator',
    ]
    script = export_file(EXAMPLES / "targets.yaml", "playwright").text
    assert """raise NotImplementedError('line 15: "next to People as CSV" has no locator')""" in script
    lost = [str(loss) for loss in export_file(EXAMPLES / "commit.yaml", "pytest").losses]
    assert any(one.startswith("line 10: `commit` is not carried over") for one in lost)
    lost = [str(loss) for loss in export_file(EXAMPLES / "windows.yaml", "playwright").losses]
    assert any('"Second page in a new tab" may be the name of one thing' in one for one in lost)


def test_what_is_called_and_gone_through_is_written_out() -> None:
    script = export_file(EXAMPLES / "call.yaml", "playwright").text
    assert script.count("Greet") >= 2
    flow = export_file(EXAMPLES / "for_each.yaml", "maestro")
    assert "for_each over" not in flow.text
    assert any("its steps are left out" in loss.what for loss in flow.losses)
    assert "repeat" in export_file(EXAMPLES / "repeat.yaml", "maestro").text
    assert "for _ in range(10):" in export_file(EXAMPLES / "repeat.yaml", "playwright").text
    assert "if field(page, " in export_file(EXAMPLES / "if.yaml", "playwright").text


def test_a_param_is_given_to_a_format_without_variables() -> None:
    done = export_file(EXAMPLES / "commit.yaml", "chrome-recorder", {"name": "Grace"})
    assert '"value": "Grace"' in done.text
    assert not any("has no variables" in loss.what for loss in done.losses)
    with pytest.raises(BadInput, match=r'no param "nam"; did you mean "name"\?'):
        export_file(EXAMPLES / "commit.yaml", "chrome-recorder", {"nam": "x"})
    with pytest.raises(BadInput, match=r'no format "playwrite"; did you mean "playwright"\?'):
        export_file(EXAMPLES / "commit.yaml", "playwrite")


def written(tmp_path: Path, to: str, *steps: Mapping[str, object]) -> Any:
    file = tmp_path / "made.yaml"
    file.write_text(
        write({"cua": 1, "start": {"url": "http://127.0.0.1:8000/"}, "steps": [dict(step) for step in steps]})
    )
    return json.loads(export_file(file, to).text)


def test_keys_have_the_names_that_the_runner_of_side_files_knows(tmp_path: Path) -> None:
    keys = ("Control+a", "Escape", "Backspace", "Enter")
    steps = ({"press": {"into": "Name", "keys": key}} for key in keys)
    (test,) = written(tmp_path, "selenium-ide", *steps)["tests"]
    assert [one["value"] for one in test["commands"][1:]] == [
        "${KEY_CONTROL}a", "${KEY_ESCAPE}", "${KEY_BACK_SPACE}", "${KEY_ENTER}",
    ]  # fmt: skip


def test_a_value_is_read_of_a_field_and_not_of_its_label(tmp_path: Path) -> None:
    step = {"extract": {"target": "Name", "what": "value", "as": "name"}}
    (test,) = written(tmp_path, "selenium-ide", step)["tests"]
    assert "self::textarea" in test["commands"][1]["target"]


def test_a_role_in_the_words_may_be_part_of_the_name(tmp_path: Path) -> None:
    step = written(tmp_path, "chrome-recorder", {"click": "Right button"})["steps"][-1]
    assert [one[0] for one in step["selectors"] if one[0].startswith("aria/")] == [
        'aria/Right[role="button"]',
        'aria/Right button[role="button"]',
    ]
    counted = written(
        tmp_path, "chrome-recorder", {"click": "Go", "expect": {"count": {"target": "Right button", "is": 2}}}
    )
    assert [len(one["selectors"]) for one in counted["steps"] if one.get("count") == 2] == [1]
