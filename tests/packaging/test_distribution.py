"""What is built is complete: it installs into an empty environment and runs there."""

import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.packaging.conftest import ROOT, Installed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


INSTALLED = {"__pycache__", "node_modules", ".venv"}
"""Folders that a tool made in the checkout: nobody's sources."""


def sources(folder: Path, pattern: str = "*") -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob(pattern)
        if path.is_file() and INSTALLED.isdisjoint(path.relative_to(folder).parts)
    }


def test_wheel_holds_all_packages_and_tasks_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"{package}/{name}" for package in ("cua", "grounding", "envs") for name in sources(ROOT / package)}
    assert names == expected | {f"cua/_tasks/{name}" for name in sources(ROOT / "tasks")}


def test_wheel_carries_types_licence_and_both_commands(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
        licence = archive.read(f"{info}/licenses/LICENSE").decode()
        commands = archive.read(f"{info}/entry_points.txt").decode()
    assert {"cua/py.typed", "grounding/py.typed", "envs/py.typed"} <= set(names)
    assert "Apache License" in licence
    assert re.findall(r"^(\w+) = (\S+)$", commands, re.MULTILINE) == [
        ("cua", "cua.cli:main"),
        ("provenstep", "cua.cli:main"),
    ]


def test_source_distribution_can_run_the_gate(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "scripts/test", "scripts/setup"} <= names
    assert {f"requirements/{name}" for name in sources(ROOT / "requirements")} <= names
    assert {f"tests/{name}" for name in sources(ROOT / "tests")} <= names


def test_installed_needs_only_what_it_declares(installed: Installed) -> None:
    assert installed.run("python", "-m", "pip", "check").stdout == "No broken requirements found.\n"
    imported = installed.run("python", "-W", "error", "-c", "import cua, grounding, envs, cua.cli; print(cua.__file__)")
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.startswith(str(installed.bin.parent))


def test_installed_finds_its_tasks(installed: Installed) -> None:
    found = installed.run("python", "-c", "from cua import resources; print(resources.tasks())")
    assert sources(Path(found.stdout.strip()), "*.yaml") == sources(ROOT / "tasks", "*.yaml")


@pytest.mark.parametrize("command", ["cua", "provenstep"])
def test_installed_command_explains_itself(installed: Installed, command: str) -> None:
    outcome = installed.run(command, "--help")
    assert outcome.returncode == 0, outcome.stderr
    assert "run" in outcome.stdout


def test_installed_command_prints_the_schema(installed: Installed) -> None:
    schema = json.loads(installed.run("cua", "schema").stdout)
    assert schema["type"] == "object"


def test_installed_command_examines_the_machine(installed: Installed) -> None:
    outcome = installed.run("cua", "doctor", "--json")
    assert outcome.returncode in (0, 4), outcome.stderr
    json.loads(outcome.stdout)


PAGE = b"""<!doctype html><title>Greeter</title>
<label>Name <input id=name></label>
<button onclick="document.querySelector('output').textContent = 'Hello, ' + document.querySelector('#name').value">
Greet</button><output></output>"""

FLOW = """cua: 1
name: greet
goal: Greet {name}
params: {name: {type: text, default: Ada}}
steps:
  - type: {into: Name, text: "{name}"}
  - click: Greet
    expect: {text: "Hello, {name}"}
done: {text: "Hello, {name}"}
"""


class Greeter(BaseHTTPRequestHandler):
    """Answers every address with the one page, and keeps quiet about it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def greeter() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Greeter) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_installed_command_runs_a_task_in_a_browser(installed: Installed, greeter: str) -> None:
    (installed.elsewhere / "greet.yaml").write_text(FLOW)
    runs = str(installed.elsewhere / "runs")
    outcome = installed.run("cua", "run", "greet.yaml", "--url", greeter, "--runs", runs, "--json")
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout)["outcome"] == "reached"
