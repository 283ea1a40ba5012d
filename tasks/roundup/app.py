"""The Roundup issue tracker, unchanged, as one program on one tracker home: an application that we did not write.

    python tasks/roundup/app.py --dir DIR [--port 0] [--password secret] [--seed none|demo] [--prepare]

The folder is Roundup's tracker home of the template `jinja2` on SQLite: `db/db` is the database, `db/files` holds the
texts of messages. It is made when it is missing (the user `admin`, the seed) and left as it is otherwise, but for the
address of the tracker in `config.ini`, which follows the port. No mail is sent. When the port is open one line says so
on stdout: `READY http://127.0.0.1:PORT/`. With `--prepare` the folder is filled and nothing is served. The seed is
fixed data, but for the times at which it is made.
"""

from __future__ import annotations

import argparse
import socketserver
import sys
import sysconfig
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from roundup import configuration, init, instance
from roundup.cgi.wsgi_handler import RequestDispatcher
from roundup.password import Password

# username, real name
DEMO_USERS = (("maria", "Maria Moss"), ("nils", "Nils Noor"))

# title, priority, status, assigned to
DEMO_ISSUES = (
    ("Login page shows a blank screen", "critical", "unread", None),
    ("Printer on floor 2 is out of toner", "bug", "chatting", "maria"),
    ("Add a dark theme", "wish", "deferred", None),
    ("Export to CSV loses umlauts", "bug", "in-progress", "nils"),
)

DEMO_KEYWORDS = ("web", "hardware")


class ThreadedServer(socketserver.ThreadingMixIn, WSGIServer):
    """One thread a request: browsers keep a second connection open without using it."""

    daemon_threads = True


def prepare(home: Path, password: str, seed: str) -> None:
    """Make the tracker home, the user `admin` and the seed."""
    template = Path(sysconfig.get_path("data")) / "share" / "roundup" / "templates" / "jinja2"
    settings = {
        "rdbms_backend": "sqlite",
        "template_engine": "jinja2",
        "static_files": "static",
        "tracker_web": "http://127.0.0.1:8080/",
        "mail_domain": "example.com",
        "mail_host": "localhost",
    }
    init.install(str(home), str(template), settings=settings)
    (home / "detectors" / "nosyreaction.py").unlink()  # it sends mail
    keep_editor_offline(home / "html" / "issue.item.html")
    tracker = instance.open(str(home))
    tracker.init(Password(password, config=tracker.config))
    if seed == "demo":
        seed_demo(tracker)


def keep_editor_offline(page: Path) -> None:
    """Switch off what the editor of notes would load from content networks: an icon font and dictionaries."""
    text = page.read_text(encoding="utf-8")
    options = "new SimpleMDE({ spellChecker: false, autoDownloadFontAwesome: false,"
    page.write_text(text.replace("new SimpleMDE({", options), encoding="utf-8")


def seed_demo(tracker: Any) -> None:
    """Two users without passwords, two keywords and four issues."""
    db = tracker.open("admin")
    for username, realname in DEMO_USERS:
        db.user.create(username=username, realname=realname, address=f"{username}@example.com", roles="User")
    for keyword in DEMO_KEYWORDS:
        db.keyword.create(name=keyword)
    for title, priority, status, assignee in DEMO_ISSUES:
        db.issue.create(
            title=title,
            priority=db.priority.lookup(priority),
            status=db.status.lookup(status),
            assignedto=db.user.lookup(assignee) if assignee else None,
        )
    db.commit()
    db.close()


def serve(home: Path, port: int) -> None:
    """Answer on the loopback interface until the process is told to end."""
    with ThreadedServer(("127.0.0.1", port), WSGIRequestHandler) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        config = configuration.CoreConfig(str(home))
        config["TRACKER_WEB"] = url  # Roundup refuses forms that were posted from another address
        config.save()
        server.set_app(RequestDispatcher(str(home)))
        print(f"READY {url}", flush=True)
        server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description="the Roundup issue tracker on SQLite, on the loopback interface")
    options.add_argument("--dir", type=Path, required=True, help="the tracker home; made when missing")
    options.add_argument("--port", type=int, default=0, help="0: a free one")
    options.add_argument("--password", default="secret", help="of the user admin, when the folder is made")
    options.add_argument("--seed", choices=("none", "demo"), default="none", help="the rows, when the folder is made")
    options.add_argument("--prepare", action="store_true", help="make the folder, then leave")
    given = options.parse_args()
    home: Path = given.dir.resolve()
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "config.ini").exists():
        prepare(home, given.password, given.seed)
    if not given.prepare:
        serve(home, given.port)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
