"""Every exit code, with a real browser on a site that counts: what is said is what happened."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cua.cli.conftest import ADD, Cua
from tests.cua.cli.site import Site

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]

FIELDS = {"run", "outcome", "why", "steps", "rollbacks", "effects", "extracted", "model_calls", "ms"}
STEP_FIELDS = {"action", "target", "element", "expert", "confidence", "verified", "why", "undone", "ms"}


def test_reached_is_0_and_told_everywhere(cua: Cua, site: Site, flow: Path) -> None:
    told = ["--json", "--junit", "j.xml", "--events", "e.jsonl"]
    ended = cua("run", flow, "--url", site.url, "--yes", "--param", "name=Tea & cake", *told)
    assert ended.code == 0, ended.err
    assert site.saved == ["Tea & cake"]
    result = ended.result
    assert result.keys() == FIELDS
    assert result["outcome"] == "reached"
    assert [step.keys() == STEP_FIELDS and step["verified"] for step in result["steps"]] == [True, True]
    events = [json.loads(line) for line in (cua.folder / "e.jsonl").read_text().splitlines()]
    assert [events[0]["event"], events[-1]["event"]] == ["started", "finished"]
    assert events[-1]["result"]["outcome"] == "reached"
    suite = ET.parse(cua.folder / "j.xml").getroot()[0]
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
    report = Path(ended.err.splitlines()[-1].removeprefix("report: "))
    assert report.parent == cua.runs / "reports"
    assert "Tea &amp; cake" in report.read_text()


def test_what_was_run_can_be_shown_listed_and_mapped(cua: Cua, site: Site, flow: Path) -> None:
    run = cua("run", flow, "--url", site.url, "--yes", "--json").result
    shown = cua("show")
    assert shown.code == 0
    assert Path(shown.out.strip()).stem == run["run"]
    assert cua("show", run["run"][:15], "--json").result == run
    assert run["run"] in cua("show", "--list").out
    (entry,) = json.loads(cua("show", "--list", "--json").out)
    assert (entry["run"], entry["outcome"]) == (run["run"], "reached")
    assert 'click "Save"' in cua("map").out
    told = cua("map", site.url, "--json").result
    assert {way["step"] for way in told["ways"]} >= {'click "Save"'}
    assert "<svg" in Path(cua("map", "--html").out.strip()).read_text()
    assert "forgotten" in cua("map", "--forget").out
    assert cua("map").code == 2
    assert cua("clean").out.startswith("0 runs forgotten, 1 kept")
    assert cua("clean", "--older", "0").out.startswith("1 run forgotten")
    assert not list((cua.runs / "reports").glob("2*.html"))
    assert cua("show").code == 2


def test_already_true_is_0_and_does_nothing(cua: Cua, site: Site) -> None:
    flow = cua.file("look.yaml", "cua: 1\nsteps:\n  - click: Gate\ndone: {text: Notes}\n")
    ended = cua("run", flow, "--url", site.url, "--json")
    assert (ended.code, ended.result["outcome"], ended.result["steps"]) == (0, "already", [])


def test_not_proved_is_1(cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\nsteps:\n  - click: Gate\ndone: {text: Never said, within: 1}\n")
    ended = cua("run", flow, "--url", site.url, "--json", "--junit", "j.xml")
    assert (ended.code, ended.result["outcome"]) == (1, "not_reached")
    assert ET.parse(cua.folder / "j.xml").getroot()[0].get("failures") == "1"


def test_a_target_that_is_not_there_is_1_and_says_what_is(cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\ntimeout: 0.5\nsteps:\n  - click: Publish\n")
    ended = cua("run", flow, "--url", site.url, "--json")
    assert (ended.code, ended.result["outcome"]) == (1, "not_reached")
    assert "Publish" in ended.result["why"]


def test_a_commit_without_a_yes_is_3_and_resumable(cua: Cua, site: Site, flow: Path) -> None:
    ended = cua("run", flow, "--url", site.url, "--json")
    assert (ended.code, ended.result["outcome"]) == (3, "needs_approval")
    assert site.saved == []
    assert f"cua resume {ended.result['run']} --yes" in ended.err
    again = cua("resume", ended.result["run"], "--yes", "--json")
    assert (again.code, again.result["outcome"]) == (0, "reached"), again.err
    assert again.result["run"] == ended.result["run"]
    assert site.saved == ["Milk"]
    assert cua("resume", "--yes").code == 2
    assert site.saved == ["Milk"]


def test_a_start_that_only_the_file_names_is_3(cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", f"cua: 1\nstart: {{url: '{site.elsewhere}'}}\nsteps:\n  - click: Gate\n")
    ended = cua("run", flow, "--json")
    assert (ended.code, ended.result["outcome"], ended.result["run"]) == (3, "needs_approval", None)
    assert f"the file asks to open {site.elsewhere}: name it with --url, or say --yes" in ended.err
    assert site.visits == 0
    assert cua("run", flow, "--yes").code == 0


def test_a_forbidden_origin_is_3(cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\nsteps:\n  - open: http://127.0.0.2:9/\n")
    ended = cua("run", flow, "--url", site.url, "--json", "--yes")
    assert (ended.code, ended.result["outcome"]) == (3, "denied")
    assert "http://127.0.0.2:9" in ended.result["why"]


def test_the_policy_file_grants_and_denies(cua: Cua, site: Site, flow: Path) -> None:
    started = cua.file("f.yaml", ADD.replace("steps:", f"start: {{url: '{site.elsewhere}'}}\nsteps:", 1))
    policy = cua.file("p.yaml", f"origins: ['{site.elsewhere.rstrip('/')}']\ncommits: allow\n")
    assert cua("run", started, "--policy", policy).code == 0
    assert site.saved == ["Milk"]
    own = cua.folder / ".config" / "provenstep" / "policy.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("commits: deny\n")
    ended = cua("run", flow, "--url", site.url, "--yes", "--json")
    assert (ended.code, ended.result["outcome"]) == (3, "denied")
    assert site.saved == ["Milk"]


def test_a_dead_address_is_4(cua: Cua, flow: Path) -> None:
    ended = cua("run", flow, "--url", "http://127.0.0.1:9/", "--yes", "--json")
    assert (ended.code, ended.result["outcome"]) == (4, "environment")
    assert "http://127.0.0.1:9/" in ended.result["why"]


def test_a_commit_that_nobody_answered_is_5(cua: Cua, site: Site) -> None:
    flow = cua.file(
        "f.yaml",
        "cua: 1\nsteps:\n  - type: {into: Title, text: x}\n"
        "  - click: Send away\n    commit: true\n    expect: {text: Sent}\n",
    )
    ended = cua("run", flow, "--url", site.url, "--yes", "--json")
    assert (ended.code, ended.result["outcome"]) == (5, "unclear"), ended.err
    assert "before running this again" in ended.err
    sent = site.lost
    assert sent >= 1
    again = cua("resume", "--yes", "--json")
    assert (again.code, again.result["outcome"]) == (5, "unclear"), again.err
    assert site.lost == sent


def test_a_secret_goes_where_it_is_bound_and_is_written_nowhere(cua: Cua, site: Site) -> None:
    flow = cua.file(
        "f.yaml",
        "cua: 1\ngoal: Sign in\nsecrets: [pw]\nsteps:\n  - click: Sign in\n  - type: {into: User, text: ada}\n"
        "  - type: {into: Password, secret: pw}\n  - click: Log in\n    expect: {text: Welcome}\n",
    )
    ended = cua("run", flow, "--url", site.url, "--secret", "pw=PW", "--json", PW="hunter2hunter2")
    assert ended.code == 0, ended.err
    assert site.entered == ["hunter2hunter2"]
    other = cua("run", flow, "--url", site.url, "--secret", "pw=PW@http://127.0.0.2:1", "--json", PW="hunter2hunter2")
    assert (other.code, other.result["outcome"]) == (3, "denied")
    assert site.entered == ["hunter2hunter2"]
    assert "hunter2" not in ended.out + ended.err + other.out + other.err
    assert not [path for path in cua.runs.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]


def test_an_instruction_with_a_password_in_it(cua: Cua, site: Site) -> None:
    words = 'Click "Sign in", log in as ada with password hunter2hunter2'
    ended = cua("run", words, "--url", site.url, "--json")
    assert ended.code == 0, ended.err
    assert site.entered == ["hunter2hunter2"]
    assert "hunter2" not in ended.out + ended.err
    assert not [path for path in cua.runs.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]


def test_from_begins_at_that_step(cua: Cua, site: Site) -> None:
    flow = cua.file("f.yaml", "cua: 1\nsteps:\n  - click: Nowhere\n  - click: Gate\n")
    ended = cua("run", flow, "--url", site.url, "--from", "2", "--json")
    assert ended.code == 0, ended.err
    assert [step["target"] for step in ended.result["steps"]] == ["Gate"]
    assert not re.search(r"Nowhere", ended.err)
