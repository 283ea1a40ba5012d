"""Applications that only these walks use, in an environment of their own.

python -m tests.identity.packages       make tests/identity/.venv and node_modules, once, with registries in reach
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from tests.names import packages

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
MEND = "python -m tests.identity.packages"


def install() -> None:
    """Make the environment, or bring it up to what is asked for."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "-r", str(HERE / "requirements.txt")], check=True)
    subprocess.run(["npm", "ci", "--prefix", str(HERE)], check=True)


program = partial(packages.program, python=PYTHON, mend=MEND)


def twofactor() -> AbstractContextManager[str]:
    return program(lambda port: [str(PROGRAMS / "twofactor.py"), port], "/account/login/")


def wagtail() -> AbstractContextManager[str]:
    return program(lambda port: [str(PROGRAMS / "wagtailsite.py"), port], "/admin/login/", 180.0)


def octoprint() -> AbstractContextManager[str]:
    options = ["--iknowwhatimdoing", "--host", "127.0.0.1", "-b", "octoprint"]
    return program(lambda port: ["-m", "octoprint", "serve", *options, "--port", port], "/api/version", 180.0)


@contextmanager
def tiddlywiki() -> Iterator[str]:
    wiki = HERE / "node_modules" / "tiddlywiki" / "tiddlywiki.js"
    node = shutil.which("node")
    if node is None or not wiki.exists():
        raise packages.NotThere(f"TiddlyWiki is not installed: {MEND}")
    with tempfile.TemporaryDirectory(prefix="wiki-") as home:
        subprocess.run([node, str(wiki), home, "--init", "server"], check=True, stdout=subprocess.DEVNULL)
        serve = [str(wiki), home, "--listen", "host=127.0.0.1"]
        with packages.program(lambda port: [*serve, f"port={port}"], python=Path(node), mend=MEND) as url:
            yield url


@contextmanager
def trac() -> Iterator[str]:
    """A project whose visitors may do everything."""
    with tempfile.TemporaryDirectory(prefix="trac-") as home:
        project = Path(home) / "project"
        for words in (["initenv", "Bakery", "sqlite:db/trac.db"], ["permission", "add", "anonymous", "TRAC_ADMIN"]):
            _made([str(VENV / "bin" / "trac-admin"), str(project), *words])
        with program(lambda port: [*TRACD, "-p", port, "--hostname=127.0.0.1", "-s", str(project)]) as url:
            yield url


TRACD = [str(VENV / "bin" / "tracd")]


@contextmanager
def sqlite_web() -> Iterator[str]:
    """A database of two tables."""
    with tempfile.TemporaryDirectory(prefix="sqlite-web-") as home:
        base = Path(home) / "shop.db"
        with sqlite3.connect(base) as db:
            db.execute("create table product (id integer primary key, name text not null, price real)")
            db.execute("create table customer (id integer primary key, name text not null, city text)")
            db.executemany("insert into product (name, price) values (?, ?)", [(f"thing {n}", n) for n in range(60)])
            db.executemany("insert into customer (name, city) values (?, ?)", [("Ada", "Oslo"), ("Ben", "Rome")])
        db.close()
        options = ["-H", "127.0.0.1", "-x"]
        with program(lambda port: [str(VENV / "bin" / "sqlite_web"), *options, "-p", port, str(base)]) as url:
            yield url


@contextmanager
def node_red() -> Iterator[str]:
    red = HERE / "node_modules" / "node-red" / "red.js"
    node = shutil.which("node")
    if node is None or not red.exists():
        raise packages.NotThere(f"Node-RED is not installed: {MEND}")
    with tempfile.TemporaryDirectory(prefix="red-") as home:
        start = [str(red), "-u", home]
        with packages.program(lambda port: [*start, "-p", port], python=Path(node), mend=MEND) as url:
            yield url


def _made(command: list[str]) -> None:
    """Run a program that prepares something; raises NotThere with what it said."""
    if not Path(command[0]).exists():
        raise packages.NotThere(f"the applications are not installed: {MEND}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise packages.NotThere(f"{' '.join(command[:2])}: {(done.stderr or done.stdout)[-600:]}")


if __name__ == "__main__":
    install()
