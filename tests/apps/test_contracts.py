"""Contracts in a real browser: the example as it is, and what becomes of it where its promises are not kept."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cua.errors import Outcome
from cua.options import Options
from cua.resources import tasks
from cua.run import Run
from cua.session import open_run

EXAMPLES = tasks() / "examples"
TEXT = (EXAMPLES / "contracts.yaml").read_text()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so it is called in the base class
        pass


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=EXAMPLES / "pages"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ran(folder: Path, origin: str, text: str) -> Run:
    file = shutil.copytree(EXAMPLES, folder / "examples") / "contracts.yaml"
    file.write_text(text)
    with open_run(str(file), Options(url=f"{origin}/order.html", yes=True, runs=folder / "runs")) as session:
        return session.go()


def test_the_remedy_is_what_lets_it_go_on_and_a_commit_that_would_break_the_order_is_not_sent(
    origin: str, tmp_path: Path
) -> None:
    text = TEXT.replace("Returns are free", "Returns are dear").replace("    pre:", "    timeout: 1\n    pre:")
    run = ran(tmp_path, origin, text)
    tried = [(done.step.id, done.proved) for done in run.done]
    assert tried == [("1", False), ("1.recover.1", True), ("1", True), ("2", True), ("3", False)]
    assert run.outcome is Outcome.NOT_REACHED
    assert "it would break the order" in run.why
    assert not any(done.step.commit and done.dispatched for done in run.done)


def test_a_commit_after_which_the_page_says_what_it_must_never_say_is_unclear(origin: str, tmp_path: Path) -> None:
    text = TEXT.replace("click: Read the terms", "click: Accept cookies", 1).replace(
        "    pre:", "    timeout: 2\n    pre:"
    )
    left_out = ("see:", "pre:", "choose", "Size")
    run = ran(
        tmp_path, origin, "".join(f"{line}\n" for line in text.splitlines() if not any(map(line.count, left_out)))
    )
    assert run.outcome is Outcome.UNCLEAR
    assert "the run must never see" in run.why
    assert run.last is not None
    assert "Server error" in run.last.breach
