"""The map that is left on disk: counted, drawn, forgotten; never a reason to stop a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cua.goal import Goal
from cua.journal import Journal
from cua.report.graph import as_text
from cua.run import Done, Run
from cua.step import Step
from cua.tracker import State, memory
from cua.tracker.memory import MapMemory, app_of
from cua.vault import Binding, Vault
from cua.verdict import Verdict
from envs.action import Click

APP = "http://a.example/admin"


def state(name: str) -> State:
    return State(name.lower(), name, "web", f"{APP}/{name}", frozenset({f"button:{name}"}))


def step(words: str) -> Step:
    return Step("1", Click(), words)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path, Vault({"pw": Binding("hush", "http://a.example")}))


def test_what_was_seen_and_where_it_led_adds_up(journal: Journal) -> None:
    for ms in (10.0, 30.0):
        learned = MapMemory(journal, APP)
        learned.saw(state("List"))
        learned.went(state("List"), step("click Add"), state("Form"), ok=True, ms=ms)
        learned.saw(state("Form"))
        learned.went(state("Form"), step("click hush"), state("Form"), ok=False, ms=5)
        learned.close()
    (one,) = memory.apps(journal)
    assert (one.app, one.states, one.ways) == (APP, 2, 2)
    assert [(s.name, s.seen) for s in memory.states(journal, APP)] == [("List", 2), ("Form", 2)]
    added, failed = memory.ways(journal, APP)
    assert (added.ok, added.failed, added.ms) == (2, 0, 20.0)
    assert (failed.step, failed.ok, failed.failed) == ("click ‹pw›", 0, 2)
    assert as_text(memory.graph(journal, APP)).splitlines()[1].strip() == "→ 2. Form: click Add"
    assert memory.forget(journal, APP) == 2
    assert memory.apps(journal) == ()


def test_a_state_looks_as_it_did_last(journal: Journal) -> None:
    learned = MapMemory(journal, APP)
    learned.saw(state("Form"))
    done = Done(step("click Add"), Verdict.yes("seen"), True, before="list", after="form", pictures=("a", "b"))
    learned.pictured(Run("r", Goal("do it")).add(done))
    learned.flush()
    assert memory.states(journal, APP)[0].picture == "b"


def test_writing_in_batches_loses_nothing_and_a_broken_disk_stops_nothing(journal: Journal) -> None:
    learned = MapMemory(journal, APP)
    for _ in range(memory.BATCH + 1):
        learned.saw(state("List"))
    assert memory.states(journal, APP)[0].seen == memory.BATCH
    journal.db.execute("drop table states")
    learned.flush()
    assert not journal.db.in_transaction


@pytest.mark.parametrize(
    ("url", "app"),
    [
        ("http://a.example/admin/auth/?x=1", APP),
        ("http://a.example", "http://a.example"),
        ("http://a.example:80/", "http://a.example"),
        (None, "application"),
    ],
)
def test_an_application_is_an_origin_and_a_leading_path(url: str | None, app: str) -> None:
    assert app_of(url) == app
