"""A task file written for another tool and read again keeps every step that was not told as lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cua import resources
from cua.errors import BadInput
from cua.formats import EXPORTS, Imported, Loss, Losses, export_file, import_file
from cua.formats.flat import straight
from cua.formats.flow import Act, Aim, Flow, Want, parts_of
from cua.formats.from_task import flow_of
from cua.formats.into_task import task_text
from cua.taskfile import load
from cua.taskfile.check import check
from cua.taskfile.write import write
from tests.formats.canon import placeless, sayings

FILES = [file for file in sorted(resources.tasks().rglob("*.yaml")) if file.name != "suite.yaml"]

NAMES = st.sampled_from(
    [
        "Save",
        "Log in",
        "Name",
        "E-mail",
        "Delete all",
        "Größe",
        "O'Brien",
        'Say "hi"',
        "{braces}",
        "100 %",
        "a, b: c",
        "#1",
        "*",
        "新規",
    ]
)
ROLES = st.sampled_from(["button", "link", "checkbox", "heading", "tab"])
TEXTS = st.one_of(
    NAMES, st.text(st.characters(blacklist_categories=("Cc", "Cs"), max_codepoint=0x2FF), min_size=1, max_size=12)
).filter(lambda text: text == " ".join(text.split()) and text.strip() != "")


def braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@st.composite
def targets(draw: st.DrawFn) -> object:
    name = braced(draw(NAMES))
    match draw(st.integers(0, 4)):
        case 0:
            return {"target": name, "role": draw(ROLES)}
        case 1:
            return {"target": name, "role": draw(ROLES), "nth": draw(st.integers(1, 4))}
        case 2:
            return {"target": name, "role": "button", "row": {"target": braced(draw(NAMES)), "exact": False}}
        case 3:
            return {"target": name, "role": draw(ROLES)}
        case _:
            return {"target": name}


@st.composite
def wants(draw: st.DrawFn) -> dict[str, object]:
    text = braced(draw(TEXTS))
    target = draw(targets())
    return draw(
        st.sampled_from(
            [
                {"text": text},
                {"gone": text},
                {"element": target},
                {"not": {"element": target}},
                {"value": {"target": "Name", "is": text}},
                {"checked": {"target": "I agree", "is": True}},
                {"enabled": {"target": {"target": "Save", "role": "button"}, "is": False}},
                {"title": text},
                {"url": "/form.html"},
                {"count": {"target": {"target": "Greet", "role": "button"}, "exactly": 3}},
                {"text": text, "title": "Form"},
            ]
        )
    )


@st.composite
def steps(draw: st.DrawFn) -> dict[str, object]:
    text = braced(draw(TEXTS))
    target = draw(targets())
    step: dict[str, object] = draw(
        st.sampled_from(
            [
                {"click": target},
                {"double_click": target},
                {"right_click": target},
                {"hover": target},
                {"type": {"into": "Name", "text": text}},
                {"type": {"into": "Notes", "text": text + "{who}"}},
                {"type": {"into": "Notes", "text": text, "append": True}},
                {"type": {"into": "Password", "secret": "password"}},
                {"clear": "Name"},
                {"press": {"keys": "Enter", "into": "Name"}},
                {"press": "Control+s"},
                {"select": {"from": "Colour", "option": text}},
                {"check": "I agree"},
                {"uncheck": "Send me news"},
                {"upload": {"into": "Picture", "file": "files/dot.png"}},
                {"open": "http://127.0.0.1:8000/form.html"},
                {
                    "drag": {
                        "from": {"target": "Apple", "role": "button"},
                        "to": {"target": "Basket", "role": "heading"},
                    }
                },
                {"extract": {"target": {"target": "Total", "role": "heading"}, "as": "total"}},
                {"back": None},
                {"wait": {"text": text}},
            ]
        )
    )
    verb = next(iter(step))
    if verb not in ("wait", "extract") and draw(st.booleans()):
        return {**step, "expect": draw(wants())}
    return step


@st.composite
def tasks(draw: st.DrawFn) -> str:
    task = {
        "cua": 1,
        "name": "made",
        "start": {"url": "http://127.0.0.1:8000/"},
        "params": {"who": "Ada"},
        "secrets": ["password"],
        "steps": [{"click": "Begin"}, *draw(st.lists(steps(), min_size=1, max_size=5))],
    }
    return write(task)


def no_role(aim: Aim) -> Aim:
    return replace(aim, role=None, exact=False)


def by_name(aim: Aim) -> Aim:
    return replace(aim, exact=False)


PLAINER: dict[str, Callable[[Aim], Aim]] = {
    "maestro": no_role,
    "playwright": lambda aim: aim,
    "pytest": lambda aim: aim,
}


def read_back(text: str, name: str) -> Flow:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        return flow_of(load(file), Losses())


def test_workflow_use_is_ended_as_it_asks() -> None:
    """Version 0.2.11 refuses a workflow whose last step extracts nothing."""
    done = export_file(resources.tasks() / "examples" / "history.yaml", "workflow-use")
    steps = json.loads(done.text)["steps"]
    assert [step["type"] for step in steps[-3:]] == ["go_back", "go_forward", "extract_page_content"]


def tried(file: Path) -> Imported | None:
    """None where the export says nothing but where it begins."""
    try:
        return import_file(file)
    except BadInput as error:
        if "nothing in it can be carried over" in str(error) or "does nothing there" in str(error):
            return None
        raise


def was_lost(at: str, losses: tuple[Loss, ...]) -> bool:
    return any(loss.at == at for loss in losses)


def kept(flow: Flow, losses: tuple[Loss, ...], plainer: Callable[[Aim], Aim]) -> list[str]:
    """What should be there again: what stands at a place that no loss names; of checks that follow one another, each
    once."""
    wanted: list[str] = []
    checks: set[str] = set()
    for said, at in sayings(flow, plainer):
        if was_lost(at, losses) or said in checks:
            continue
        checks = {*checks, said} if said.startswith("Want(") else set()
        wanted.append(said)
    return [said for said, before in zip(wanted, ["", *wanted], strict=False) if said != before]


def in_order(wanted: list[str], found: list[str]) -> str:
    """The first of these that is not there, in this order; "" when all are."""
    rest = iter(found)
    return next((one for one in wanted if one not in rest), "")


@given(text=tasks(), format_=st.sampled_from(sorted(EXPORTS)))
@settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_told_as_lost_comes_back(text: str, format_: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "made.yaml"
        file.write_text(text, encoding="utf-8")
        flow = flow_of(load(file), Losses())
        done = export_file(file, format_)
        other = Path(folder) / f"made{EXPORTS[format_][0]}"
        other.write_text(done.text, encoding="utf-8")
        back = tried(other)
        if back is None:
            assert not kept(flow, done.losses, PLAINER.get(format_, by_name))
            return
        file.write_text(back.text, encoding="utf-8")
        assert not check(file).problems, (back.text, done.text)
        again = flow_of(load(file), Losses())
    plainer = PLAINER.get(format_, by_name)
    if not any(param.name == "who" for param in again.params):
        flow = straight(flow, Losses(), "", {})  # written with its value
    found = [said for said, _ in sayings(again, plainer)]
    missing = in_order(kept(flow, done.losses, plainer), found)
    assert not missing, (missing, back.text, done.text, [str(loss) for loss in (*done.losses, *back.losses)])


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_task_file_written_again_says_the_same(file: Path, tmp_path: Path) -> None:
    flow = flow_of(load(file), Losses())
    whole = file.parent
    copy = tmp_path / file.name
    text = task_text(flow)
    for called in re.findall(r"workflow: ([\w./-]+)", text):
        (tmp_path / called).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / called).write_text((whole / called).read_text())
    copy.write_text(text, encoding="utf-8")
    assert placeless(flow_of(load(copy), Losses())) == placeless(flow)


@pytest.mark.parametrize("format_", ["chrome-recorder", "maestro", "playwright", "selenium-ide"])
def test_what_is_exported_of_the_examples_imports_and_is_right(format_: str, tmp_path: Path) -> None:
    for file in (file for file in FILES if file.parent.name == "examples"):
        done = export_file(file, format_)
        other = tmp_path / f"other{EXPORTS[format_][0]}"
        other.write_text(done.text, encoding="utf-8")
        back = tried(other)
        if back is None:
            assert done.losses
            continue
        task = tmp_path / "back.yaml"
        task.write_text(back.text, encoding="utf-8")
        assert not check(task).problems, (file, back.text)


def test_checks_of_one_step_stay_together() -> None:
    parts = parts_of(Want("all", parts=(Want("title"), Want("all", parts=(Want("url"),)))))
    assert [part.kind for part in parts] == ["title", "url"]
    assert not parts_of(Act("wait").want)
