"""The applications that we did not write, each on fresh state: started on a free port, and ended whatever happens.

    with start("django-admin", tmp_path / "django") as server:
        before = server.oracle.tables()
        ...                                   # drive server.url
        assert server.oracle.groups() == ["Editors"]

An application migrates and seeds itself once per session; a test gets a copy of that.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import re
import select
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

APPS = ("django-admin", "flask-admin", "roundup")

ROOT = Path(__file__).resolve().parents[2]

READY = re.compile(r"READY (http://127\.0\.0\.1:\d+/\S*)\n")

# Linux ends the server when the thread that started it ends, even by SIGKILL (prctl 1 is PR_SET_PDEATHSIG). The child
# itself asks for it, as a `preexec_fn` is unsafe, and warned about, where there are threads.
TIED_TO_PARENT = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class NotStarted(Exception):
    """The application ended, or did not say in time that it is ready; with the end of its log."""


@dataclass(frozen=True)
class Server:
    """An application that runs. `oracle` reads what it has stored; its class is in `tasks/<app>/oracle.py`."""

    app: str
    url: str
    directory: Path
    log: Path
    process: subprocess.Popen[str]
    oracle: Any

    def stop(self) -> None:
        """End it and wait until it is gone; again is harmless. SQLite needs no goodbye."""
        end(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(app: str, directory: Path, deadline: float = 20.0, **options: str) -> Server:
    """Start the application in `directory` and return when it answers; raises NotStarted after `deadline` seconds.

    A directory that is not there yet gets fresh state, with the demo rows unless `options`, those of `app.py`, say
    otherwise: `seed="none"`, `password="..."`. One that is there is gone on with.
    """
    if not directory.exists():
        shutil.copytree(fresh(app, **({"seed": "demo"} | options)), directory)
    log = directory.with_name(f"{directory.name}.log")
    program = [str(ROOT / "tasks" / app / "app.py"), "--dir", str(directory), "--port", "0"]
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", TIED_TO_PARENT, *program],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        url = announced(process, deadline)
    except BaseException:
        end(process)
        raise
    if url is None:
        end(process)
        raise NotStarted(f"{app}: {log.read_text()[-2000:] or 'nothing was logged'}")
    return Server(app, url, directory, log, process, oracle_of(app).Oracle(directory))


def announced(process: subprocess.Popen[str], deadline: float) -> str | None:
    """The address at which the application says within so many seconds that it is ready, or None."""
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], deadline)[0]:
        return None
    line = READY.fullmatch(process.stdout.readline())
    return line and line[1]


def end(process: subprocess.Popen[str]) -> None:
    """Kill it, wait until it is gone and let go of its pipe; again is harmless."""
    process.kill()
    with process:
        pass


@functools.cache
def fresh(app: str, **options: str) -> Path:
    """A directory with the state that the application starts from; to be copied, never written to. Gone at exit."""
    directory = Path(tempfile.mkdtemp(prefix=f"fresh-{app}-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    program = [sys.executable, str(ROOT / "tasks" / app / "app.py"), "--dir", str(directory), "--prepare"]
    asked = [word for name, value in options.items() for word in (f"--{name}", value)]
    done = subprocess.run([*program, *asked], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise NotStarted(f"{app}: {done.stderr[-2000:]}")
    return directory


def oracle_of(app: str) -> Any:
    """The module with the class `Oracle` of the application and its checks."""
    return importlib.import_module(f"tasks.{app}.oracle")
