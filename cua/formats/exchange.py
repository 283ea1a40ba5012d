"""From a file of another tool to a task file, and back: which format it is, and what was lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cua.errors import BadInput
from cua.formats import (
    chrome_recorder,
    chrome_recorder_out,
    maestro,
    maestro_out,
    playwright_jsonl,
    playwright_python,
    playwright_script,
    selenium_ide,
    selenium_ide_out,
    workflow_use,
)
from cua.formats.flow import Flow
from cua.formats.from_task import flow_of
from cua.formats.into_task import task_text
from cua.formats.losses import Loss, Losses
from cua.formats.reading import Value, lines_of, parsed, text_of
from cua.formats.tidy import sound, tidied
from cua.taskfile.check import check
from cua.taskfile.load import load
from cua.taskfile.problems import did_you_mean, listed

Write = Callable[[Flow, Losses, Mapping[str, str]], str]

IMPORTS = ("chrome-recorder", "selenium-ide", "playwright", "playwright-jsonl", "maestro", "workflow-use")
EXPORTS: dict[str, tuple[str, Write]] = {
    "chrome-recorder": (".json", chrome_recorder_out.write),
    "selenium-ide": (".side", selenium_ide_out.write),
    "playwright": (".py", playwright_script.script),
    "pytest": (".py", playwright_script.pytest_file),
    "playwright-jsonl": (".jsonl", playwright_jsonl.write),
    "maestro": (".yaml", maestro_out.write),
    "workflow-use": (".json", workflow_use.write),
}
"""The formats that can be written, with the suffix of their files."""


@dataclass(frozen=True, slots=True)
class Imported:
    """`text` is the task file. `losses` is what it does not say, `notes` what is worth a look."""

    format: str
    text: str
    steps: int
    losses: tuple[Loss, ...]
    notes: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    format: str
    text: str
    losses: tuple[Loss, ...]
    notes: tuple[Loss, ...]


def import_file(path: Path, format_: str | None = None, test: str | None = None) -> Imported:
    """The task file that says what this file says. `format_`: which it is, when its content shall not decide; `test`:
    which one of a project's. Raises BadInput for a file that is malformed, too large, or none of the formats."""
    if format_ is not None and format_ not in IMPORTS:
        raise _unknown(format_, IMPORTS)
    text = text_of(path)
    losses = Losses()
    chosen = format_ or recognised(text, path)
    flow = sound(tidied(_read(chosen, text, path, losses, test)), losses)
    if not flow.steps:
        raise BadInput("nothing in it can be carried over", file=path)
    written = task_text(flow)
    _prove(written, path)
    return Imported(chosen, written, len(flow.steps), tuple(losses.found), tuple(losses.notes))


def _prove(text: str, path: Path) -> None:
    """Reads the task file that was made, so that none is ever written that is not right. Raises BadInput."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "task.yaml"
        file.write_text(text, encoding="utf-8")
        problems = check(file).problems
    if problems:
        raise BadInput(f"no task file can be made of it: {problems[0].sentence}", file=path)


def _read(format_: str, text: str, path: Path, losses: Losses, test: str | None) -> Flow:
    match format_:
        case "playwright":
            return playwright_python.read(text, path, losses)
        case "playwright-jsonl":
            return playwright_jsonl.read(text, path, losses)
        case "maestro":
            return maestro.read(text, path, losses)
        case "selenium-ide":
            return selenium_ide.read(parsed(text, path), losses, test)
        case "workflow-use":
            return workflow_use.read(parsed(text, path), losses)
        case _:
            return chrome_recorder.read(parsed(text, path), losses)


def recognised(text: str, path: Path) -> str:
    """The format, from what is in the file. Raises BadInput when it is none that is known."""
    head = text.lstrip()
    if not head:
        raise BadInput("the file is empty", file=path, line=1)
    if head[0] == "{":
        return _of_json(text, path)
    if re.search(r"^cua\s*:", text, re.MULTILINE) and re.search(r"^steps\s*:", text, re.MULTILINE):
        raise BadInput("this is a task file already", file=path)
    if re.search(r"^(url|appId)\s*:", text, re.MULTILINE) and re.search(r"^---(\s|$)", text, re.MULTILINE):
        return "maestro"
    if "playwright" in text or re.search(r"\bpage\.(goto|get_by_|locator)", text):
        if re.search(r"^\s*(const|let|var|await|import \{|using|package) ", text, re.MULTILINE) and "def " not in text:
            raise BadInput("this is no Python; record it with: playwright codegen --target python", file=path)
        return "playwright"
    raise BadInput(f"this is none of {listed(IMPORTS)}; say which with --from", file=path)


def _of_json(text: str, path: Path) -> str:
    number, first = next(lines_of(text))
    try:
        options = parsed(first, path, number)
    except BadInput:
        options = None
    if options is not None and (options.has("browserName") or options.has("launchOptions") or options.has("pageGuid")):
        return "playwright-jsonl"
    root = parsed(text, path)
    if root.has("tests") or root.has("suites"):
        return "selenium-ide"
    if root.has("steps"):
        return "workflow-use" if _of_workflow_use(root) else "chrome-recorder"
    raise BadInput(f"this JSON is none of {listed(IMPORTS)}: it has neither steps nor tests", file=path)


def _of_workflow_use(root: Value) -> bool:
    if root.has("input_schema") or root.has("workflow_analysis"):
        return True
    return root.has("version") and not root.has("title")


def export_file(path: Path, format_: str, given: Mapping[str, str] | None = None) -> Exported:
    """The task file in another format. `given`: values of params. Raises BadInput."""
    if format_ not in EXPORTS:
        raise _unknown(format_, EXPORTS)
    task = load(path)
    values = dict(given or {})
    known = {param.name for param in task.params}
    for name in values:
        if name not in known:
            raise BadInput(f'there is no param "{name}"{_hint(name, known)}', file=path)
    losses = Losses()
    _, write = EXPORTS[format_]
    text = write(flow_of(task, losses), losses, values)
    return Exported(format_, text, tuple(losses.found), tuple(losses.notes))


def _hint(name: str, known: set[str]) -> str:
    hint = did_you_mean(name, known)
    return f"; {hint}" if hint else ""


def _unknown(format_: str, known: Mapping[str, object] | tuple[str, ...]) -> BadInput:
    hint = did_you_mean(format_, known) or f"the formats are {listed(known, 'and')}"
    return BadInput(f'there is no format "{format_}"; {hint}')
