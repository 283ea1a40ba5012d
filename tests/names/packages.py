"""Applications from PyPI that bring pages of their own, in an environment apart from the project's.

    python -m tests.names.packages          make tests/names/.venv, once, with a package index in reach

They are started by code, keep their state in a folder that goes away, and need no network afterwards.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.client import HTTPException
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
MEND = "python -m tests.names.packages"


class NotThere(Exception):
    """They are not installed, or one does not start; with what helps."""


def install() -> None:
    """Make the environment, or bring it up to what is asked for."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "-r", str(HERE / "requirements.txt")], check=True)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


@contextmanager
def folder(path: Path) -> Iterator[str]:
    """Its files over HTTP; the address, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(path)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def program(
    command: Callable[[str], list[str]],
    path: str = "/",
    deadline: float = 60.0,
    *,
    python: Path = PYTHON,
    mend: str = MEND,
) -> Iterator[str]:
    """One that serves at the port it is given, once it answers at `path`; raises NotThere after `deadline` seconds."""
    if not python.exists():
        raise NotThere(f"the applications are not installed: {mend}")
    with tempfile.TemporaryDirectory(prefix="names-") as home:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        log = Path(home) / "log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [str(python), *command(port)], cwd=home, stdout=out, stderr=out, env={**os.environ, "HOME": home}
            )
        try:
            _await(process, f"http://127.0.0.1:{port}{path}", log, deadline)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path, deadline: float) -> None:
    until = time.monotonic() + deadline
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except (OSError, HTTPException):  # some answer with other things than HTTP while they start
            time.sleep(0.1)
    raise NotThere(f"{url} does not answer: {log.read_text(errors='replace')[-600:]}")


@contextmanager
def datasette() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="names-") as home:
        base = Path(home) / "shop.db"
        with sqlite3.connect(base) as db:
            db.execute("create table items (id integer primary key, name text, price real, category integer)")
            db.executemany(
                "insert into items (name, price, category) values (?, ?, ?)",
                [(f"item {n}", n, n % 3) for n in range(30)],
            )
            db.execute("create table categories (id integer primary key, name text)")
        db.close()
        with program(lambda port: ["-m", "datasette", "serve", str(base), "-p", port]) as url:
            yield url


def radicale() -> AbstractContextManager[str]:
    options = ["--auth-type", "none", "--storage-filesystem-folder", "store"]
    return program(lambda port: ["-m", "radicale", "--hosts", f"127.0.0.1:{port}", *options], "/.web/")


JUPYTER = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--ServerApp.token=", "--ServerApp.password="]


def jupyter() -> AbstractContextManager[str]:
    return program(lambda port: ["-m", "jupyterlab", *JUPYTER, f"--port={port}"], "/lab")


def notebook() -> AbstractContextManager[str]:
    return program(lambda port: ["-m", "notebook", *JUPYTER, f"--port={port}"], "/tree")


def nicegui() -> AbstractContextManager[str]:
    return program(lambda port: [str(HERE / "gallery_nicegui.py"), port])


def panel() -> AbstractContextManager[str]:
    return program(
        lambda port: ["-m", "panel", "serve", str(HERE / "gallery_panel.py"), "--port", port, "--address", "127.0.0.1"],
        "/gallery_panel",
    )


@contextmanager
def sphinx(theme: str) -> Iterator[str]:
    """The guide as one of Sphinx's themes shows it."""
    with tempfile.TemporaryDirectory(prefix="names-") as home:
        at = Path(home)
        for page in ("index", "second"):
            (at / f"{page}.rst").write_text(_rst(page), encoding="utf-8")
        options = [f"-Dhtml_theme={theme}", "-Dproject=Guide", "-Dhtml_show_sourcelink=1"]
        _run(["-m", "sphinx", "-C", "-q", *options, str(at), str(at / "out")])
        with folder(at / "out") as url:
            yield url


def _rst(page: str) -> str:
    toc = "\n.. toctree::\n   :caption: Contents\n\n   second\n" if page == "index" else ""
    title = "Guide" if page == "index" else "Second page"
    return f"""{title}
{"=" * len(title)}
{toc}
A small document with :doc:`links <index>` and `another <https://example.org>`_.

First part
----------

.. code-block:: python

   def code(): return "a block"

.. list-table::
   :header-rows: 1

   * - name
     - size
   * - one
     - 1

Second part
-----------

Text [#note]_.

.. [#note] A footnote.
"""


@contextmanager
def mkdocs() -> Iterator[str]:
    """The guide as Material for MkDocs shows it."""
    with tempfile.TemporaryDirectory(prefix="names-") as home:
        at = Path(home)
        (at / "mkdocs.yml").write_text(
            f"site_name: Guide\ndocs_dir: {HERE / 'guide'}\nuse_directory_urls: false\n"
            "theme:\n  name: material\n  font: false\n"
            "  features: [navigation.tabs, navigation.instant, search.suggest, content.code.copy, navigation.top]\n"
            "  palette:\n    - scheme: default\n      toggle: {icon: material/weather-night, name: Dark mode}\n"
            "    - scheme: slate\n      toggle: {icon: material/weather-sunny, name: Light mode}\n",
            encoding="utf-8",
        )
        _run(["-m", "mkdocs", "build", "-q", "-f", str(at / "mkdocs.yml"), "-d", str(at / "out")])
        with folder(at / "out") as url:
            yield url


def _run(command: list[str]) -> None:
    if not PYTHON.exists():
        raise NotThere(f"the applications are not installed: {MEND}")
    done = subprocess.run([str(PYTHON), *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotThere(f"{' '.join(command[:2])}: {done.stderr[-600:]}")


if __name__ == "__main__":
    install()
