# ruff: noqa: E501 - a table, a line a site
"""The pages that names and roles are compared on, and how to get to each; all are served from this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page as Tab

from tests.apps import servers
from tests.names import packages
from tests.widgets import farm

HERE = Path(__file__).resolve().parent
Doing = Callable[[Tab], None]


def _nothing(_: Tab) -> None:
    return


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site: its path, and what is done there before it is looked at (open a menu, fill a field)."""

    name: str
    path: str = "/"
    then: Doing = _nothing


@dataclass(frozen=True, slots=True)
class Site:
    """Pages of one server. `enter` signs in, at its start page."""

    group: str
    name: str
    serve: Callable[[], AbstractContextManager[str]]
    pages: tuple[Page, ...]
    enter: Doing = _nothing
    start: str = "/"
    held: bool = False
    """Not looked at while the reader was mended: what it has not been fitted to."""


def wait(selector: str) -> Doing:
    """For a page that is put together long after it has loaded."""
    return lambda tab: tab.locator(selector).first.wait_for(timeout=30_000)


def click(selector: str) -> Doing:
    return lambda tab: tab.locator(selector).first.click(timeout=5000)


# ── pages of our own: patterns of the ARIA Authoring Practices, and the rules of accname and HTML-AAM one by one ──────


def _own() -> tuple[Page, ...]:
    return tuple(
        Page(file.stem, f"/{file.name}")
        for file in sorted((HERE / "pages").glob("*.html"))
        if file.stem not in HELD_PAGES
    )


HELD_PAGES = ("apg-held-a", "apg-held-b")

# ── component libraries from npm ─────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def widgets() -> Iterator[str]:
    server = farm.serve()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


WIDGETS = [
    "ace",
    "aggrid",
    "awesomplete",
    "bootstrap",
    "choices",
    "clusterize",
    "codemirror",
    "colours",
    "dragula",
    "dropzone",
    "flatpickr",
    "fullcalendar",
    "interact",
    "jqueryui",
    "lists",
    "masks",
    "material",
    "monaco",
    "nouislider",
    "quill",
    "select2",
    "shoelace",
    "sortable",
    "split",
    "tabulator",
    "tiptap",
    "tomselect",
    "vaadin",
]
HELD_WIDGETS = ["filepond", "fluent", "jstree", "mui"]

# ── applications that the project starts already ─────────────────────────────────────────────────────────────────────


def app(name: str) -> Callable[[], AbstractContextManager[str]]:
    @contextmanager
    def run() -> Iterator[str]:
        with tempfile.TemporaryDirectory(prefix="names-") as home, servers.start(name, Path(home) / "state") as server:
            scheme, _, rest = server.url.partition("://")
            yield f"{scheme}://{rest.partition('/')[0]}"

    return run


def django(tab: Tab) -> None:
    tab.fill("#id_username", "admin")
    tab.fill("#id_password", "secret")
    tab.click("[type=submit]")


SITES = (
    Site("own", "patterns", lambda: packages.folder(HERE / "pages"), _own()),
    Site("own", "patterns, held out", lambda: packages.folder(HERE / "pages"),
         tuple(Page(name, f"/{name}.html") for name in HELD_PAGES), held=True),
    Site("npm", "widgets", widgets, tuple(Page(name, f"/{name}.html") for name in WIDGETS)),
    Site("npm", "widgets, opened", widgets, (
        Page("shoelace, menu", "/shoelace.html", click("sl-dropdown sl-button")),
        Page("shoelace, dialog", "/shoelace.html", click("#open")),
        Page("shoelace, select", "/shoelace.html", click("sl-select#size")),
        Page("flatpickr, calendar", "/flatpickr.html", click("input")),
        Page("select2, list", "/select2.html", click(".select2-selection")),
    )),
    Site("npm", "widgets, held out", widgets, tuple(Page(name, f"/{name}.html") for name in HELD_WIDGETS), held=True),
    Site("django-admin", "Django's admin", app("django-admin"), (
        Page("index", "/admin/"), Page("users", "/admin/auth/user/"), Page("add user", "/admin/auth/user/add/"),
        Page("change user", "/admin/auth/user/1/change/"), Page("groups", "/admin/auth/group/"),
        Page("add group", "/admin/auth/group/add/"), Page("history", "/admin/auth/user/1/history/"),
    ), django, "/admin/"),
    Site("django-admin", "Django's admin, signed out", app("django-admin"), (Page("login", "/admin/"),)),
    Site("flask-admin", "Flask-Admin", app("flask-admin"), (
        Page("home", "/admin/"), Page("customers", "/admin/customers/"), Page("new customer", "/admin/customers/new/"),
        Page("products", "/admin/products/"),
    )),
    Site("roundup", "Roundup", app("roundup"), (
        Page("home", "/"), Page("issues", "/issue"), Page("search", "/issue?@template=search"),
    )),
    Site("roundup", "Roundup, held out", app("roundup"), (
        Page("an issue", "/issue1"), Page("register", "/user?@template=register"),
    ), held=True),
    Site("pypi", "Datasette", packages.datasette, (
        Page("home", "/"), Page("database", "/shop"), Page("table", "/shop/items?_facet=category"), Page("row", "/shop/items/1"),
        Page("query", "/shop?sql=select+1"),
    )),
    Site("pypi", "NiceGUI (Quasar)", packages.nicegui, (Page("gallery", "/"),)),
    Site("pypi", "Material for MkDocs", packages.mkdocs, (Page("guide", "/index.html"),)),
    Site("pypi", "Sphinx, alabaster", lambda: packages.sphinx("alabaster"), (Page("guide", "/index.html"),)),
    Site("pypi", "Sphinx, Read the Docs", lambda: packages.sphinx("sphinx_rtd_theme"), (Page("guide", "/index.html"),)),
    Site("pypi", "Sphinx, PyData", lambda: packages.sphinx("pydata_sphinx_theme"), (Page("guide", "/index.html"),)),
    Site("pypi", "Sphinx, Book", lambda: packages.sphinx("sphinx_book_theme"), (Page("guide", "/index.html"),)),
    Site("pypi", "Notebook", packages.notebook, (Page("files", "/tree", wait(".jp-DirListing-content")),), start="/tree"),
    Site("pypi", "Sphinx, Furo", lambda: packages.sphinx("furo"), (Page("guide", "/index.html"),), held=True),
    Site("pypi", "JupyterLab", packages.jupyter, (Page("launcher", "/lab", wait(".jp-LauncherCard")),), start="/lab", held=True),
    Site("pypi", "Panel (Bokeh)", packages.panel, (Page("gallery", "/gallery_panel", wait("text=Gallery")),), start="/gallery_panel", held=True),
    Site("pypi", "Radicale", packages.radicale, (Page("web", "/.web/"),), start="/.web/", held=True),
)  # fmt: skip
