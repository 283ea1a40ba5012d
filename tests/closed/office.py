"""An office with two ways to everything: links in a menu, and others. Any link or button of it can be closed, in one of
several manners, from the moment on that its page is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

KINDS = ("gone", "disabled", "dead", "missing", "elsewhere", "renamed", "covered")
"""How a way is closed: not there; there and disabled; without effect; leading to a 404; leading to another page; called
otherwise; under something that stays."""
PEOPLE = {4: "Ann", 5: "Ben", 6: "Cleo"}
PROJECTS = {17: "Apollo", 18: "Borealis"}
MENU = {"Home": "/", "Projects": "/projects", "People": "/people", "Reports": "/reports", "Plan": "/plan"}
REPORTS = """<h1>Reports</h1><div role="tablist"><button role="tab" id="year" aria-selected="true">Year</button>
<button role="tab" id="month" aria-selected="false" {closed}>{month}</button></div><section id="shown" role="tabpanel">
<h2>Figures of the year</h2></section><p><button id="more">Show more</button></p><script>
const show = (what) => {{ for (const tab of [year, month]) tab.ariaSelected = String(tab.id === what);
  shown.innerHTML = `<h2>Figures of the ${{what}}</h2>`; fetch('/seen/' + what) }};
year.onclick = () => show('year'); more.onclick = () => show('month');
if (!month.hasAttribute('data-dead')) month.onclick = () => show('month')</script>"""
COVER = """<div style="position:fixed;inset:0;background:#fffd;z-index:9">Please wait</div>"""


@dataclass
class Office:
    """`closed`: the page and the words of a link, and the kind; None while everything is open. `burnt`: a page that is
    not there any more, whoever asks. `seen`: what was asked for, in order."""

    url: str = ""
    seed: int = 0
    closed: tuple[str, str, str] | None = None
    burnt: str = ""
    seen: list[str] = field(default_factory=list)

    def page(self, path: str) -> tuple[str, str] | None:
        """Title and body; None where nothing is there."""
        name, _, rest = path.strip("/").partition("/")
        number, _, part = rest.partition("/")
        match name, number.isdigit() and int(number), part:
            case "", _, _:
                return "Office", f"<h1>Office</h1><p>Good morning.</p><p>{self.link(path, 'All pages', '/all')}</p>"
            case "all", _, _:
                names = {
                    "The projects": "/projects",
                    "Staff": "/people",
                    "Yearly reports": "/reports",
                    "Agenda": "/plan",
                }
                return "All pages", "<h1>All pages</h1>" + self.listed(path, names)
            case "projects", False, _:
                rows = [(f"/projects/{n}", name, f"/projects/{n}/budget") for n, name in PROJECTS.items()]
                return "Projects", "<h1>Projects</h1>" + self.table(path, rows, "Budget of {}")
            case "projects", project, "" if project in PROJECTS:
                links = {"Budget": f"{path}/budget", "Team": f"{path}/team"}
                return PROJECTS[project], f"<h1>{PROJECTS[project]}</h1>" + self.listed(path, links)
            case "projects", project, "budget" if project in PROJECTS:
                return f"Budget of {PROJECTS[project]}", f"<h1>Budget of {PROJECTS[project]}</h1><p>12,000</p>"
            case "projects", project, "team" if project in PROJECTS:
                return f"Team of {PROJECTS[project]}", f"<h1>Team of {PROJECTS[project]}</h1>"
            case "people", False, _:
                rows = [(f"/people/{n}", name, f"/people/{n}/edit") for n, name in PEOPLE.items()]
                return "People", "<h1>People</h1>" + self.table(path, rows, "Edit {}")
            case "people", person, "" if person in PEOPLE:
                return PEOPLE[person], f"<h1>{PEOPLE[person]}</h1>" + self.listed(path, {"Edit": f"{path}/edit"})
            case "people", person, "edit" if person in PEOPLE:
                field = f'<label>Name <input value="{PEOPLE[person]}"></label> <button>Save</button>'
                return "Edit a person", f"<h1>Edit a person</h1><form>{field}</form>"
            case "reports", _, _:
                kind = self.kind(path, "Month")
                marks = {"disabled": "disabled", "dead": "data-dead", "gone": "hidden"}.get(kind, "")
                month = "Thirty days" if kind == "renamed" else "Month"
                return "Reports", REPORTS.format(closed=marks, month=month) + (COVER if kind == "covered" else "")
            case "plan", _, _:
                return "Plan", "<h1>Plan</h1><p>Nothing today.</p>"
        return None

    def kind(self, path: str, words: str) -> str:
        return self.closed[2] if self.closed is not None and self.closed[:2] == (path, words) else ""

    def link(self, path: str, words: str, to: str) -> str:
        match self.kind(path, words):
            case "gone":
                return ""
            case "disabled":
                return f'<a aria-disabled="true" role="link">{words}</a>'
            case "dead":
                return f'<a href="{to}" onclick="return false">{words}</a>'
            case "elsewhere":
                return f'<a href="/plan">{words}</a>'
            case "missing":
                return f'<a href="/missing">{words}</a>'
            case "renamed":
                return f'<a href="{to}">Further</a>'
            case "covered":
                cover = '<i style="position:absolute;inset:-4px;background:#ddd"></i>'
                return f'<span style="position:relative"><a href="{to}">{words}</a>{cover}</span>'
        return f'<a href="{to}">{escape(words)}</a>'

    def listed(self, path: str, links: dict[str, str]) -> str:
        entries = [f"<li>{self.link(path, words, to)}</li>" for words, to in links.items()]
        Random(f"{self.seed}{path}").shuffle(entries)
        return f"<ul>{''.join(entries)}</ul>"

    def table(self, path: str, rows: Sequence[tuple[str, str, str]], more: str) -> str:
        lines = [
            f"<tr><td>{self.link(path, name, to)}</td><td>{self.link(path, more.format(name), further)}</td></tr>"
            for to, name, further in rows
        ]
        Random(f"{self.seed}{path}").shuffle(lines)
        return f"<table><tr><th>Name</th><th>More</th></tr>{''.join(lines)}</table>"

    def html(self, path: str) -> str | None:
        found = self.page(path) if path != self.burnt else None
        if found is None:
            return None
        menu = "".join(self.link(path, words, to) + " " for words, to in MENU.items())
        return (
            f'<!doctype html><html lang="en"><title>{found[0]}</title><link rel="icon" href="data:,">'
            f'<nav aria-label="Main">{menu}</nav><main>{found[1]}</main></html>'
        )


class Handler(BaseHTTPRequestHandler):
    office: Office

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.office.seen.append(path)
        html = "" if path.startswith("/seen/") else self.office.html(path)
        body = (
            "<!doctype html><title>Missing</title><h1>There is no such page</h1>" if html is None else html
        ).encode()
        self.send_response(404 if html is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing on stderr."""


@contextmanager
def opened(port: int = 0) -> Iterator[Office]:
    office = Office()
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"office": office}))
    server.daemon_threads = True
    office.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
