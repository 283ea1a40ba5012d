"""What a user gets wrong and what a machine lacks: one clear line, the documented code, nothing opened or lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cua.cli.command import run
from tests.cua.cli.conftest import ADD, Cua
from tests.cua.cli.site import Site

pytestmark = pytest.mark.timeout(180)

URL = "http://127.0.0.1:9/"
FIELDS = {"run", "outcome", "why", "steps", "rollbacks", "effects", "extracted", "model_calls", "ms", "error"}
SECRET = ADD.replace("params:", "secrets: [pw]\nparams:").replace('text: "{name}"', "secret: pw", 1)

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """A command in this process, which must not come as far as opening a browser."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CUA_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("envs.browser.Browser.reset", lambda self: pytest.fail("a browser was opened"))

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = run(list(map(str, arguments)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


MISTAKES = {
    "no-file": (["run", "nowhere.yaml", "--url", URL], "nowhere.yaml: there is no such file"),
    "folder": (["run", ".", "--url", URL], "folder"),
    "no-yaml": (["run", "a: b: c", "--url", URL], "f.yaml:1: this is not YAML"),
    "unknown-key": (["run", "cua: 1\nstpes: []\n", "--url", URL], 'f.yaml:2: a task file has no "stpes"; did you'),
    "unknown-verb": (["run", "cua: 1\nsteps:\n  - clik: Save\n", "--url", URL], "f.yaml:3: "),
    "unknown-suite": (["bench", "drif"], 'no suite is called "drif"; did you mean'),
    "suite-and-url": (["bench", "drift", "--url", URL, "--held"], "--url is a page of its own"),
    "missing-param": (["run", ADD.replace(", default: Milk", ""), "--url", URL], "--param name=VALUE"),
    "unknown-param": (["run", ADD, "--url", URL, "--param", "nam=x"], 'did you mean "name"?'),
    "half-param": (["run", ADD, "--url", URL, "--param", "name"], "NAME=VALUE"),
    "missing-secret": (["run", SECRET, "--url", URL], "--secret pw=ENV_VARIABLE@http://127.0.0.1:9"),
    "unset-variable": (["run", SECRET, "--url", URL, "--secret", "pw=NOT_SET_HERE"], "NOT_SET_HERE is not set"),
    "value-for-variable": (["run", SECRET, "--url", URL, "--secret", "pw=hunter2!"], "never the value itself"),
    "unknown-secret": (["run", ADD, "--url", URL, "--secret", "pw=HOME"], 'names no secret "pw"'),
    "outside": (["run", "cua: 1\nsteps:\n  - upload: {into: A, file: ../x}\n", "--url", URL], "f.yaml:3: "),
    "no-start": (["run", ADD], "f.yaml: the file does not say where to start; name it with --url"),
    "no-address": (["run", ADD, "--url", "localhost:8000"], "did you mean http://localhost:8000?"),
    "script-address": (["run", ADD, "--url", "javascript:alert(1)"], "begins with http:// or https://"),
    "no-step": (["run", ADD, "--url", URL, "--from", "9"], "there is no step 9; the file has 2"),
    "no-planner": (["run", ADD, "--url", URL, "--planner", "scrpt"], 'did you mean "script"?'),
    "wrong-planner": (["run", ADD, "--url", URL, "--planner", "instruct"], "for instructions"),
    "instruction-start": (["run", "click Save"], "--url"),
    "instruction-sense": (["run", "frobnicate the gizmo", "--url", URL], "frobnicate"),
    "instruction-file": (["run", "flows/add", "--url", URL], "there is no file flows/add"),
    "viewport": (["run", ADD, "--url", URL, "--viewport", "wide"], "1280x720"),
    "policy": (["run", ADD, "--url", URL, "--policy", "p.yaml"], 'p.yaml:2: a policy has no "commit"; did'),
    "step-alone": (["run", ADD, "--url", URL, "--step"], "--step needs somebody at a terminal"),
    "events": (["run", ADD, "--url", URL, "--events", "no/where.jsonl"], "no/where.jsonl: --events"),
    "no-run": (["resume", "2020"], "no runs in"),
    "option": (["run", ADD, "--ulr", URL], "--url"),
    "number": (["run", ADD, "--from", "two"], "--from"),
    "nothing": (["run"], "WHAT"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_2_and_one_clear_line(command: Command, tmp_path: Path, name: str) -> None:
    arguments, expected = MISTAKES[name]
    (tmp_path / "p.yaml").write_text("# mine\ncommit: allow\n")
    if (len(arguments) > 1 and "\n" in arguments[1]) or name == "no-yaml":
        (tmp_path / "f.yaml").write_text(arguments[1])
        arguments = [arguments[0], "f.yaml", *arguments[2:]]
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert expected in err
    assert len(err.splitlines()) == 1
    assert "hunter2" not in err
    code, out, err = command(*arguments, "--json")
    told = json.loads(out)
    assert (code, len(out.splitlines())) == (2, 1)
    assert told.keys() == FIELDS
    assert (told["outcome"], told["run"], told["steps"]) == ("not_reached", None, [])
    assert not (tmp_path / "runs" / "bugs").exists()


def test_the_error_names_file_and_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("cua: 1\nstpes: []\n")
    _, out, _ = command("run", "f.yaml", "--url", URL, "--json")
    told = json.loads(out)["error"]
    assert (told["file"], told["line"]) == ("f.yaml", 2)
    assert told["what"].startswith('a task file has no "stpes"')


def test_unknown_commands_are_2(command: Command) -> None:
    code, out, err = command("rnu")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "'run'" in err


def test_help_version_and_schema_are_0(command: Command) -> None:
    assert command()[0] == 0
    for asked in (["--help"], ["run", "--help"], ["--version"]):
        code, out, err = command(*asked)
        assert (code, bool(out), err) == (0, True, "")
    assert json.loads(command("schema")[1])["type"] == "object"
    assert json.loads(command("schema", "--policy")[1])["additionalProperties"] is False


def test_check_tells_all_problems_and_what_it_asks_for(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("cua: 1\nsteps:\n  - clik: A\n  - click: B\n    expct: {text: C}\n")
    code, out, _ = command("check", "bad.yaml")
    assert code == 2
    assert [line.split(":")[1] for line in out.splitlines()] == ["3", "5"]
    code, out, _ = command("check", "bad.yaml", "--json")
    assert (code, [one["line"] for one in json.loads(out)["problems"]]) == (2, [3, 5])
    (tmp_path / "good.yaml").write_text(ADD.replace("steps:", f"start: {{url: '{URL}'}}\nsteps:", 1))
    code, out, _ = command("check", "good.yaml")
    assert code == 0
    assert "asks to open http://127.0.0.1:9" in out
    assert "cannot be undone: click" in out
    assert json.loads(command("check", "good.yaml", "--json")[1])["asks"]["origins"] == ["http://127.0.0.1:9"]
    assert command("check", "nowhere.yaml")[0] == 2


def test_a_bug_is_70_saved_and_without_secrets(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("it broke over hunter2hunter2")

    monkeypatch.setattr("cua.agent.Agent.run", fail)
    monkeypatch.setenv("PW", "hunter2hunter2")
    (tmp_path / "f.yaml").write_text(SECRET)
    code, out, err = command("run", "f.yaml", "--url", URL, "--secret", "pw=PW", "--json")
    assert (code, json.loads(out)["outcome"], len(err.splitlines())) == (70, "not_reached", 1)
    (saved,) = (tmp_path / "runs" / "bugs").iterdir()
    assert str(saved) in err
    assert "it broke over ‹pw›" in saved.read_text()
    assert "hunter2" not in saved.read_text() + out + err


# The machine


@pytest.mark.parametrize(
    "variables", [{"CUA_BROWSER": "/nowhere/chromium"}, {"PATH": "/nowhere"}], ids=["named", "none"]
)
def test_no_browser_is_4_and_says_what_to_type(cua: Cua, flow: Path, variables: dict[str, str]) -> None:
    variables = {"PLAYWRIGHT_BROWSERS_PATH": "/nowhere", **variables}
    ended = cua("run", flow, "--url", URL, "--yes", "--json", **variables)
    assert (ended.code, ended.result["outcome"]) == (4, "environment")
    assert "/nowhere" in ended.err or "install chromium" in ended.err
    examined = cua("doctor", "--json", **variables)
    (browser,) = [one for one in examined.result["checks"] if one["name"] == "browser"]
    assert (examined.code, browser["status"]) == (4, "missing")


def test_a_desktop_program_is_4(cua: Cua) -> None:
    flow = cua.file("f.yaml", "cua: 1\nstart: {app: [xterm]}\nsteps:\n  - click: A\n")
    ended = cua("run", flow, "--yes", "--json")
    assert (ended.code, ended.result["outcome"]) == (4, "environment")
    assert "not available yet" in ended.err


def test_a_machine_that_is_right_is_0(cua: Cua) -> None:
    ended = cua("doctor", "--json")
    assert (ended.code, ended.result["ok"]) == (0, True), ended.out
    assert {one["name"] for one in ended.result["checks"]} >= {"python", "package", "browser", "fonts", "runs"}


@pytest.mark.parametrize("folder", ["/proc/nowhere/runs", "/dev/null/runs"])
def test_runs_that_cannot_be_written_are_4(cua: Cua, flow: Path, site: Site, folder: str) -> None:
    ended = cua("run", flow, "--url", site.url, "--yes", "--json", "--runs", folder)
    assert (ended.code, ended.result["outcome"]) == (4, "environment")
    assert folder in ended.err
    assert site.visits == 0


def test_a_full_disk_stops_before_the_act(cua: Cua, flow: Path, site: Site) -> None:
    """The disk is full once the browser is up: nothing is done that cannot be written down first."""
    program = (
        "import resource\nfrom cua import progress\nfrom cua.cli import main\n"
        "def trying(self, step):\n"
        "    if step.commit: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))\n"
        "progress.Plain.trying = trying\nmain()\n"
    )
    arguments = ["run", str(flow), "--url", site.url, "--yes", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cua.folder, env=cua.env(), capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["outcome"]) == (4, "environment"), done.stderr
    assert "Traceback" not in done.stderr
    assert site.saved == []
    assert cua("resume", "--yes").code == 0
    assert site.saved == ["Milk"]


def test_a_reader_that_goes_away_is_no_traceback(cua: Cua) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "cua", "schema"],
        env=cua.env(), stdout=writing, stderr=subprocess.PIPE, text=True, timeout=30, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
