"""The map that is left on disk: one over all runs; never a reason to stop one; mended where it is wrong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cua.goal import Goal
from cua.journal import Journal
from cua.report.graph import as_text
from cua.run import Done, Effect, Run
from cua.step import Step
from cua.tables import VERSION
from cua.tracker import State, chart, memory, state_of
from cua.tracker.identity import digest
from cua.tracker.memory import MapMemory
from cua.tracker.ways import Walk
from cua.vault import Binding, Vault
from cua.verdict import Verdict
from envs.action import Action, Click, Open, Type
from envs.fake import Fake, FakeSite, heading, link, screen, textbox
from grounding.target import Target

APP = "http://a.example/admin"


def state(name: str, *features: str, path: str | None = None) -> State:
    address = f"{APP}/{name.lower() if path is None else path}"
    found = frozenset(features or {f"button:button {name}", f"heading:1 {name}"})
    return State(digest("web", address, found), name, "web", address, found)


def done(words: str, *, ok: bool = True, ms: float = 1.0, action: Action | None = None, url: str = "") -> Done:
    step = Step("1", action or Click(), words, Target(words))
    return Done(step, Verdict(ok, "seen"), True, url=url, ms=ms)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path, Vault({"pw": Binding("hush", "http://a.example")}))


def learned(journal: Journal, *looks: State) -> MapMemory:
    """A map that has seen these, and has written it down."""
    kept = MapMemory(journal, APP)
    for look in looks:
        kept.saw(look)
    kept.flush()
    return kept


def test_what_was_seen_and_where_it_led_adds_up(journal: Journal) -> None:
    for ms in (10.0, 30.0):
        kept = MapMemory(journal, APP)
        kept.saw(state("List"))
        kept.went(state("List"), done("click Add", ms=ms), state("Form"), Walk())
        kept.saw(state("Form"))
        kept.went(state("Form"), done("click hush", ok=False), state("Form"), Walk())
        kept.close()
    (one,) = chart.apps(journal)
    assert (one.app, one.states, one.ways) == (APP, 2, 2)
    assert [(s.name, s.seen) for s in chart.states(journal, APP)] == [("List", 2), ("Form", 2)]
    added, failed = chart.ways(journal, APP)
    assert (added.ok, added.failed, added.ms) == (2, 0, 20.0)
    assert (failed.step, failed.ok, failed.failed) == ("click ‹pw›", 0, 2)
    assert as_text(chart.graph(journal, APP)).splitlines()[1].strip() == "→ 2. Form: click Add"


def test_forgetting_forgets_looks_and_routes_too(journal: Journal) -> None:
    kept = learned(journal, state("List"), state("Form"))
    kept.went(state("List"), done("click Add"), state("Form"), Walk())
    kept.returned("click", "history", 20.0, ok=True)
    kept.flush()
    assert chart.forget(journal, APP) == 2
    assert chart.apps(journal) == ()
    for table in chart.TABLES:
        assert journal.db.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_state_looks_as_it_did_last(journal: Journal) -> None:
    form = state("Form")
    kept = learned(journal, form)
    run = Run("r", Goal("do it")).add(replace(done("click Add"), after=form.id, pictures=("a", "b")))
    kept.pictured(run)
    kept.flush()
    assert chart.states(journal, APP)[0].picture == "b"


def test_writing_in_batches_loses_nothing_and_a_broken_disk_stops_nothing(journal: Journal) -> None:
    kept = MapMemory(journal, APP)
    for _ in range(memory.BATCH):
        kept.saw(state("List"))
    kept.flush()
    assert chart.states(journal, APP)[0].seen == memory.BATCH
    journal.db.execute("drop table states")
    kept.saw(state("List"))
    kept.flush()
    assert not journal.db.in_transaction
    fresh = MapMemory(journal, APP)
    assert fresh.saw(state("List")).name == "List"
    assert "cannot be read" in fresh.notes[0]


# ── one map over all runs ────────────────────────────────────────────────────────────────────────────────────────────


def test_another_look_of_a_state_has_its_id_and_its_name_in_a_later_run(journal: Journal) -> None:
    fields = ["field:textbox a", "field:textbox b", "button:button Save", "heading:1 person"]
    first = learned(journal, state("Person", *fields, path="p")).saw(state("Person", *fields, path="p"))
    other = state("Someone", *fields, "row:link @", path="p")
    assert other.id != first.id
    later = MapMemory(journal, APP)
    assert later.known(other) == later.saw(other) == first
    later.flush()
    assert [(one.id, one.name, one.seen) for one in chart.states(journal, APP)] == [(first.id, "Person", 2)]


def test_an_application_that_changes_by_and_by_keeps_its_states(journal: Journal) -> None:
    fields = [f"field:textbox {number}" for number in range(12)]
    first = learned(journal, state("Form", *fields)).known(state("Form", *fields))
    for version in range(1, 9):
        now = [f"field:textbox new {number}" if number < version else one for number, one in enumerate(fields)]
        assert learned(journal, state("Form", *now)).known(state("Form", *now)).id == first.id
    (looks,) = journal.db.execute("select count(*) from looks").fetchone()
    assert looks == 4, "the first and the latest three"
    assert learned(journal).known(state("Form", *fields)).id == first.id


def test_names_tell_states_apart_over_runs(journal: Journal) -> None:
    tabs = ("tab:tab general", "tab:tab advanced", "tab:tab mail")
    shown = [state("Settings", *tabs, f"picked:tab:tab {tab}") for tab in ("general", "advanced", "mail")]
    names = [learned(journal, one).known(one).name for one in shown]
    assert names == ["Settings", "Settings (advanced tab)", "Settings (mail tab)"]


def test_two_applications_on_one_port_have_a_map_each(journal: Journal) -> None:
    shop = state("Shop", "heading:1 shop", "link:link orders", "button:button buy", "title:shop", path="")
    wiki = state("Wiki", "heading:1 wiki", "link:link recent", "button:button edit", "title:wiki", path="")
    apps = [learned(journal, one).app for one in (shop, wiki, shop, wiki)]
    assert apps[0] == apps[2] == APP
    assert apps[1] == apps[3] != APP
    newer = state("Shop", *shop.features, "link:link help", path="")
    assert learned(journal, newer).app == APP
    assert [one.states for one in chart.apps(journal)] == [1, 1]


def test_only_what_is_needed_is_read(journal: Journal) -> None:
    many = [state(f"Page {number}", path="abcdefgh"[number % 8] * 3) for number in range(40)]
    learned(journal, *many)
    later = MapMemory(journal, APP)
    assert later.known(many[0]).name == "Page 0"
    assert len(later._atlas) == 1
    assert later.known(replace(many[1], id="other")).id == many[1].id
    assert len(later._atlas) == 6, "that one and those at the address of the other"
    assert later.saw(state("New")).name == "New"
    assert len(later._atlas) == 7, "no other address goes with it"


def test_of_many_at_one_address_only_those_are_read_that_are_made_of_the_same(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "CROWD", 10)
    many = [
        state("Form", *(f"field:textbox {form} {number}" for number in range(6)), "title:form", path="x")
        for form in range(14)
    ]
    learned(journal, *many)
    later = MapMemory(journal, APP)
    assert later.known(state("Form", *many[3].features, "row:link @", path="x")).id == many[3].id
    assert len(later._atlas) == 1, "the one with these fields"
    fewer = state("Form", *(many[4].features - {"field:textbox 4 0"}), path="x")
    assert later.known(fewer).id == many[4].id
    assert len(later._atlas) == 14, "where none has these all are read"


def test_a_new_screen_is_called_by_the_name_that_it_will_have(journal: Journal) -> None:
    """`state: Settings` is not fulfilled by a screen that only says so."""
    pages = {"a": screen("Settings", heading("Mail"), textbox("Host")), "b": screen("Settings", link("Users"))}
    env = Fake(FakeSite("a", pages))
    kept = MapMemory(journal, "https://fake.test/a")
    kept.saw(state_of(env.reset()))
    env.act(Open("https://fake.test/b"))
    other = env.settle()
    assert kept.called(other) == "Settings (b)"
    assert kept.called(other) == kept.saw(state_of(other)).name == kept.called(other)


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_secret_reaches_the_map(journal: Journal, tmp_path: Path) -> None:
    secretive = state("hush", "heading:1 hush", "button:button save", path="x")
    kept = learned(journal, secretive)
    kept.went(secretive, done("click hush", url=f"{APP}/?t=hush"), secretive, Walk(f"{APP}/?t=hush"))
    kept.flush()
    assert learned(journal).known(secretive).name == "‹pw›"
    journal.close()
    assert all(b"hush" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


# ── what can be done again ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_way_is_kept_with_what_it_takes_to_go_it_again(journal: Journal) -> None:
    kept = learned(journal, state("List"), state("Form"))
    kept.went(state("List"), done("click Add", ms=20.0), state("Form"), Walk(APP, f"{APP}/form?n=1"))
    (way,) = kept.ways()
    assert (way.before, way.after, way.walk) == (state("List").id, state("Form").id, Walk(APP, f"{APP}/form?n=1"))
    assert (way.step.action, way.step.target, way.cost) == (Click(), Target("click Add"), 20.0)


NOT_KEPT: dict[str, tuple[Done, bool]] = {
    "typing": (done("type", action=Type("x")), False),
    "a commit": (replace(done("save"), step=Step("1", Click(), "save", commit=True)), False),
    "what was followed by a write": (done("click Add"), True),
    "what left a file behind": (replace(done("click Add"), effects=(Effect("file", "a.csv"),)), False),
    "what goes by position": (replace(done("x"), step=Step("1", Click(), "first", Target("row", nth=1))), False),
    "what names a secret": (done("click ‹pw›"), False),
    "what failed": (done("click Add", ok=False), False),
}


@pytest.mark.parametrize(("one", "wrote"), NOT_KEPT.values(), ids=NOT_KEPT.keys())
def test_some_steps_are_no_ways(journal: Journal, one: Done, wrote: bool) -> None:
    kept = learned(journal, state("List"), state("Form"))
    kept.went(state("List"), one, state("Form"), Walk(APP, wrote=wrote))
    assert kept.ways() == ()


def test_a_step_that_wrote_once_is_no_way_ever_after(journal: Journal) -> None:
    kept = learned(journal, state("List"), state("Form"))
    for wrote in (False, True, False):
        kept.went(state("List"), done("click Add"), state("Form"), Walk(APP, wrote=wrote))
    assert kept.ways() == ()


def test_a_way_that_fails_or_leads_elsewhere_loses_its_weight_and_may_win_it_again(journal: Journal) -> None:
    kept = learned(journal, state("List"), state("Form"))
    rates = []
    for ok, after in ((True, "Form"), (False, "List"), (True, "List"), (True, "Form")):
        kept.went(state("List"), done("click Add", ok=ok), state(after), Walk(APP))
        rates.append(round(next(way.rate for way in kept.ways() if way.after == state("Form").id), 3))
    assert rates == [1.0, 0.7, 0.49, 0.643]


# ── a map that is wrong ──────────────────────────────────────────────────────────────────────────────────────────────

WRONG: dict[str, str] = {
    "JSON that is broken": "update looks set features = '[\"a'",
    "no JSON list": "update looks set features = '7'",
    "numbers in the place of words": "update looks set features = '[1]'",
    "features of another page": "update looks set features = '[\"heading:1 elsewhere\"]'",
    "bytes that are no text": "update looks set features = x'ff'",
    "another address": "update looks set address = 'http://b.example/'",
    "a state that is not there": "update looks set state = 'nobody'",
    "no states": "delete from states",
    "names that are numbers": "update states set name = 7",
}


@pytest.mark.parametrize("damage", WRONG.values(), ids=WRONG.keys())
def test_a_poisoned_map_stops_nothing_and_heals(journal: Journal, damage: str) -> None:
    page = state("List")
    learned(journal, page, state("Form"))
    journal.db.execute(damage)
    mended = learned(journal, page)
    assert mended.known(page).id == page.id
    healed = learned(journal)
    assert healed.known(page).id == page.id
    assert healed.notes == []
    assert healed.app == APP


def test_a_look_that_is_said_to_be_of_another_page_is_not_believed(journal: Journal) -> None:
    learned(journal, state("List"), state("Form"))
    journal.db.execute("update looks set state = ? where id = ?", (state("Form").id, state("List").id))
    later = MapMemory(journal, APP)
    assert later.known(state("List")).id == state("List").id
    assert "dropped" in later.notes[0]


@pytest.mark.parametrize(
    "damage",
    ["act = '{'", "act = act || 'x'", "step = 'click else'", "rate = 7", "rate = 'much'", "ms = -1", "act = x'ff'"],
)
def test_a_way_that_was_changed_by_hand_is_dropped(journal: Journal, damage: str) -> None:
    kept = learned(journal, state("List"), state("Form"))
    kept.went(state("List"), done("click Add"), state("Form"), Walk(APP))
    kept.flush()
    journal.db.execute(f"update transitions set {damage}")
    later = learned(journal, state("List"))
    assert later.ways() == ()
    assert len(later.notes) == 1
    assert later.ways() == ()
    assert chart.ways(journal, APP) == ()


# ── older files ──────────────────────────────────────────────────────────────────────────────────────────────────────

VERSION_1 = """
create table runs (id text primary key, started real not null, request text not null, goal text not null, outcome text,
    why text not null default '', ms real not null default 0, owner text not null default '');
create table steps (run text not null, seq integer not null, done text not null, primary key (run, seq)) without rowid;
create table rollbacks (run text not null, seq integer not null, rollback text not null, primary key (run, seq))
    without rowid;
create table intents (run text not null, seq integer not null, step text not null, at real not null,
    primary key (run, seq)) without rowid;
create table states (app text not null, id text not null, name text not null, address text not null,
    features text not null, seen integer not null default 0, picture text not null default '', primary key (app, id))
    without rowid;
create table transitions (app text not null, before text not null, step text not null, after text not null,
    ok integer not null default 0, failed integer not null default 0, ms real not null default 0,
    primary key (app, before, step, after)) without rowid;
pragma user_version = 1;
"""


@pytest.fixture
def old(tmp_path: Path) -> Callable[[], Journal]:
    """A file of version 1 that knows a page and a way."""
    page = state("List")
    with sqlite3.connect(tmp_path / "cua.sqlite") as db:
        db.executescript(VERSION_1)
        features = json.dumps(sorted(page.features))
        db.execute("insert into states values (?, ?, 'List', ?, ?, 3, 'pic')", (APP, page.id, page.address, features))
        db.execute("insert into transitions values (?, ?, 'click Add', ?, 3, 1, 20)", (APP, page.id, page.id))
    db.close()
    return lambda: Journal(tmp_path)


def test_a_map_of_version_1_is_gone_on_with(old: Callable[[], Journal]) -> None:
    for _ in range(2):
        journal = old()
        assert journal.db.execute("pragma user_version").fetchone() == (VERSION,)
        page = state("List")
        (known,) = chart.states(journal, APP)
        assert (known.id, known.name, known.picture) == (page.id, "List", "pic")
        assert MapMemory(journal, APP).known(replace(page, id="another look")).id == page.id
        (way,) = chart.ways(journal, APP)
        assert (way.ok, way.failed, way.rate) == (3, 1, 0.75)
        assert learned(journal, page).ways() == ()
        journal.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(old: Callable[[], Journal], tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cua.sqlite") as db:
        db.execute("create table looks (id text)")
    with pytest.raises(Exception, match="looks already exists"):
        old()
    with sqlite3.connect(tmp_path / "cua.sqlite") as db:
        assert db.execute("pragma user_version").fetchone() == (1,)
        assert db.execute("select count(*) from states").fetchone() == (1,)
