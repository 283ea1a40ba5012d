"""Widgets that we did not write, from npm, and pages that use them as their users would.

    npm ci --prefix tests/widgets      once, with a registry in reach; the lock has versions and digests, no addresses

`pages/<name>.html` is served at `/<name>.html`; what `pages/<name>.js` imports is bundled by esbuild to
`/bundles/<name>.js`. A page keeps in `happened` what its widgets told it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
MEND = "npm ci --prefix tests/widgets"


class NotThere(Exception):
    """The packages are not installed, with the command that mends it."""


def check() -> None:
    """Raises NotThere unless what is installed is what the lock says."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NotThere(f"{program} is not on the PATH: install Node.js 20 or later, then: {MEND}")
    installed = MODULES / ".package-lock.json"  # written by npm after all the rest
    if not installed.is_file():
        raise NotThere(f"the widgets are not installed: {MEND}")
    locked = _versions(HERE / "package-lock.json")
    there = _versions(installed)
    wrong = sorted(name for name, version in there.items() if locked.get(name) != version)
    wrong += sorted(name for name in _direct() if f"node_modules/{name}" not in there)
    if wrong:
        raise NotThere(f"the widgets that are installed are not those of the lock ({wrong[0]}): {MEND}")


def _versions(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: package["version"] for name, package in packages.items() if name}


def _direct() -> list[str]:
    return list(json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"])


def bundle() -> Path:
    """The folder with the bundles, built where pages or packages have changed since. Raises CalledProcessError."""
    digest = hashlib.sha256()
    for file in sorted([*HERE.glob("pages/*.js"), HERE / "package-lock.json", HERE / "bundle.mjs"]):
        digest.update(file.name.encode() + file.read_bytes())
    done = MODULES / ".bundles" / digest.hexdigest()[:16]
    if done.is_dir():
        return done
    done.parent.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=done.parent))
    subprocess.run(["node", "bundle.mjs", str(fresh)], cwd=HERE, check=True, capture_output=True, text=True)
    try:
        fresh.rename(done)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)
    for old in done.parent.iterdir():
        if old.name != done.name and len(old.name) == len(done.name):
            shutil.rmtree(old, ignore_errors=True)
    return done


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, bundles: Path) -> None:
        self._bundles = bundles
        super().__init__(*args)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        parts = [part for part in unquote(urlsplit(path).path).split("/") if part not in ("", ".", "..")]
        match parts:
            case ["node_modules", *rest]:
                root = MODULES
            case ["bundles", *rest]:
                root = self._bundles
            case rest:
                root = HERE / "pages"
        return str(root.joinpath(*rest))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


def serve() -> ThreadingHTTPServer:
    """A server on a free port of 127.0.0.1, running. Raises NotThere, CalledProcessError."""
    check()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, bundles=bundle()))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
