"""The applications start fresh and fast, end for sure, and their oracles read the truth."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.servers import APPS, ROOT, NotStarted, fresh, start


@pytest.mark.parametrize("app", APPS)
def test_it_answers_on_a_port_of_its_own_and_is_gone_afterwards(app: str, tmp_path: Path) -> None:
    with start(app, tmp_path / "one") as one, start(app, tmp_path / "two") as two:
        assert one.url != two.url
        with urllib.request.urlopen(one.url) as answer:
            assert answer.status == 200
    assert one.process.returncode == two.process.returncode == -signal.SIGKILL
    one.stop()


@pytest.mark.parametrize("app", APPS)
def test_fresh_state_is_the_same_each_time_and_goes_on_where_it_was(app: str, tmp_path: Path) -> None:
    with start(app, tmp_path / "one") as one, start(app, tmp_path / "two") as two:
        seeded = one.oracle.tables()
        assert two.oracle.tables() == seeded
    with start(app, tmp_path / "one") as again:
        assert again.oracle.tables() == seeded


@pytest.mark.parametrize("app", APPS)
def test_fresh_state_costs_little(app: str, tmp_path: Path) -> None:
    fresh(app, seed="demo")
    began = time.monotonic()
    with start(app, tmp_path / "state"):
        assert time.monotonic() - began < 10  # 0.3 s on an idle machine


def test_what_cannot_be_prepared_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotStarted, match="invalid choice"):
        start("django-admin", tmp_path / "state", seed="unheard of")


def test_what_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "config.ini").write_text("[main]\n")
    with pytest.raises(NotStarted, match="Error"):
        start("roundup", tmp_path / "state")


def test_what_is_not_ready_in_time_is_ended(tmp_path: Path) -> None:
    with pytest.raises(NotStarted, match="nothing was logged"):
        start("django-admin", tmp_path / "state", deadline=0.0)


@pytest.fixture
def orphan(tmp_path: Path) -> Iterator[int]:
    """The process number of a server whose starter was killed."""
    code = (
        "import sys; from pathlib import Path; from tests.apps.servers import start\n"
        f"server = start('flask-admin', Path({str(tmp_path / 'state')!r}))\n"
        "print(server.process.pid, flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    environment = os.environ | {"TMPDIR": str(tmp_path)}  # nobody is left to tidy up
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as starter:
        assert starter.stdout is not None
        number = int(starter.stdout.readline())
        starter.kill()
    yield number
    if is_running(number):
        os.kill(number, signal.SIGKILL)


def test_a_server_does_not_outlive_a_killed_session(orphan: int) -> None:
    deadline = time.monotonic() + 5
    while is_running(orphan):
        assert time.monotonic() < deadline, "the server still runs"


def is_running(number: int) -> bool:
    """Is there such a process, and is it more than a zombie?"""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_oracle_of_django_reads_users_groups_permissions_and_passwords(tmp_path: Path) -> None:
    with start("django-admin", tmp_path / "state", password="open sesame") as server:
        oracle = server.oracle
        assert oracle.groups() == ["Interns", "Old staff", "Reviewers", "Translators", "Writers"]
        assert oracle.users() == ["admin", "alice", "bob", "carol", "dave", "erin", "frank", "grace"]
        assert oracle.user("dave")["is_active"] == 0
        assert oracle.user_groups("carol") == ["Reviewers", "Writers"]
        assert oracle.group_permissions("Reviewers") == ["view_group", "view_user"]
        assert oracle.history() == []
        assert oracle.check_password("admin", "open sesame")
        assert not oracle.check_password("admin", "secret")


def test_an_unseeded_django_has_the_administrator_only(tmp_path: Path) -> None:
    with start("django-admin", tmp_path / "state", seed="none") as server:
        assert server.oracle.users() == ["admin"]
        assert server.oracle.groups() == []


def test_the_oracle_of_the_shop_reads_customers_products_and_orders(tmp_path: Path) -> None:
    with start("flask-admin", tmp_path / "state") as server:
        assert server.oracle.customers()[:2] == ["Ada Abbott", "Ben Baker"]
        assert server.oracle.product("Notebook A5")["stock"] == 240
        assert server.oracle.order_statuses()[4] == "shipped"


def test_the_oracle_of_roundup_reads_issues_by_name(tmp_path: Path) -> None:
    with start("roundup", tmp_path / "state") as server:
        assert server.oracle.issues()[0] == "Login page shows a blank screen"
        found = server.oracle.issue("Export to CSV loses umlauts")
        assert found == {"priority": "bug", "status": "in-progress", "assignedto": "nils"}
