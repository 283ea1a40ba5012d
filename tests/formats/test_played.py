"""In a real browser: what codegen recorded is replayed and proved by us, what we export is played and checks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from cua import resources
from cua.errors import Outcome
from cua.formats import export_file, import_file
from cua.options import Options, SecretSource
from cua.session import open_run
from tests.apps.test_examples import Quiet
from tests.formats.test_imports import FIXTURES

EXAMPLES = resources.tasks() / "examples"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=EXAMPLES / "pages"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_codegen_recorded_is_replayed_and_every_step_is_proved(origin: str, tmp_path: Path) -> None:
    recording = (FIXTURES / "codegen-form.py.txt").read_text().replace("http://127.0.0.1:8791", origin)
    (tmp_path / "form.py").write_text(recording)
    (tmp_path / "form.yaml").write_text(import_file(tmp_path / "form.py").text)
    shutil.copy(EXAMPLES / "files" / "dot.png", tmp_path)
    secrets = (SecretSource("password", value="a long secret"),)
    options = Options(secrets=secrets, yes=True, runs=tmp_path / "runs")
    with open_run(str(tmp_path / "form.yaml"), options) as session:
        run = session.go()
    assert run.outcome is Outcome.REACHED, run.why
    assert [done.verdict.holds for done in run.done] == [True] * 9


PLAY = """
import sys
from playwright.sync_api import sync_playwright
from envs.browser.find import find
from envs.browser.options import BrowserOptions
with sync_playwright() as playwright:
    chromium = find(BrowserOptions(), playwright)
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    for name in sys.argv[1:]:
        page = browser.new_page()
        page.set_default_timeout(8000)
        try:
            getattr(__import__(f"played_{name}"), name.rstrip("_"))(page)
            print("green", name, flush=True)
        except AssertionError:
            print("red", name, flush=True)
        page.close()
    browser.close()
"""


def test_our_scripts_play_and_check(origin: str, tmp_path: Path) -> None:
    names = ["commit", "choose", "repeat"]
    for name in names:
        script = export_file(EXAMPLES / f"{name}.yaml", "playwright").text.replace("http://127.0.0.1:8000", origin)
        (tmp_path / f"played_{name}.py").write_text(script, encoding="utf-8")
    wrong = (tmp_path / "played_commit.py").read_text().replace('"Saved "', '"Not saved "')
    wrong = wrong.replace(
        "import re", "import re\nfrom playwright.sync_api import expect as _e\n_e.set_options(timeout=500)", 1
    )
    (tmp_path / "played_wrong.py").write_text(wrong.replace("def commit(", "def wrong("), encoding="utf-8")
    (tmp_path / "play.py").write_text(PLAY)
    told = subprocess.run(
        [sys.executable, "play.py", *names, "wrong"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.stdout.splitlines() == [*(f"green {name}" for name in names), "red wrong"], told.stderr
