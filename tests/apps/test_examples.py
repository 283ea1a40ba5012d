"""Every example of `tasks/examples` runs green in a real browser, as its README says."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cua.errors import Outcome
from cua.options import Options, SecretSource
from cua.resources import tasks
from cua.session import Around, open_run
from cua.taskfile import load

pytestmark = pytest.mark.slow

EXAMPLES = tasks() / "examples"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so it is called in the base class
        pass


class Person:
    """Somebody at the terminal who says yes, and is called Ada."""

    def approve(self, question: str) -> bool:
        return True

    def answer(self, question: str) -> str:
        return "Ada"

    def secret(self, name: str) -> str:
        raise EOFError


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=EXAMPLES / "pages"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_an_example_runs_green(name: str, origin: str, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES, tmp_path / "examples")
    task = load(folder / f"{name}.yaml")
    page = (task.start()[0].url or "").rpartition("/")[2]
    secrets = tuple(SecretSource(secret, value="a long secret") for secret in task.secrets)
    options = Options(url=f"{origin}/{page}", secrets=secrets, yes=True, runs=tmp_path / "runs")
    with open_run(str(folder / f"{name}.yaml"), options, Around(asker=Person())) as session:
        run = session.go()
    assert run.outcome is Outcome.REACHED, run.why
