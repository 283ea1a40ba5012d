# ruff: noqa: E501 - a table, a line a site
"""Pages of applications that we did not write, split before anything was measured: those that anchors were made with, and
those that were looked at only at the end."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page as Tab

from tests.identity import packages as more
from tests.names import packages
from tests.names.corpus import HERE, HELD_WIDGETS, Page, Site, app, click, django, wait, widgets


def _own(*names: str) -> tuple[Page, ...]:
    return tuple(Page(name, f"/{name}.html") for name in names)


def _wagtail(tab: Tab) -> None:
    tab.fill("[name=username]", "admin")
    tab.fill("[name=password]", "secret")
    tab.click("[type=submit]")
    tab.wait_for_load_state()




DEVELOPMENT = (
    Site("own", "patterns", lambda: packages.folder(HERE / "pages"), _own("apg-menubar", "apg-grid", "apg-radio", "apg-tabs", "apg-toolbar", "apg-tree")),
    Site("npm", "widgets", widgets, tuple(Page(n, f"/{n}.html") for n in ("bootstrap", "shoelace", "tabulator", "jqueryui", "material", "choices", "fullcalendar", "vaadin", "lists"))),
    Site("django-admin", "Django's admin", app("django-admin"), (
        Page("index", "/admin/"), Page("users", "/admin/auth/user/"), Page("add user", "/admin/auth/user/add/"), Page("change user", "/admin/auth/user/1/change/"), Page("groups", "/admin/auth/group/"),
    ), django, "/admin/"),
    Site("pypi", "Datasette", packages.datasette, (Page("database", "/shop"), Page("table", "/shop/items?_facet=category"), Page("query", "/shop?sql=select+1"))),
    Site("pypi", "NiceGUI (Quasar)", packages.nicegui, (Page("gallery", "/"),)),
    Site("pypi", "Material for MkDocs", packages.mkdocs, (Page("guide", "/index.html"),)),
    Site("pypi", "Sphinx, Read the Docs", lambda: packages.sphinx("sphinx_rtd_theme"), (Page("guide", "/index.html"),)),
    Site("pypi", "Notebook", packages.notebook, (Page("files", "/tree", wait(".jp-DirListing-content")),), start="/tree"),
    Site("roundup", "Roundup", app("roundup"), (Page("issues", "/issue"), Page("search", "/issue?@template=search"), Page("register", "/user?@template=register"))),
    Site("pypi", "sqlite-web", more.sqlite_web, (Page("home", "/"), Page("table", "/product/"), Page("contents", "/product/content/"))),
)  # fmt: skip

HELD = (
    Site("own", "patterns, held out", lambda: packages.folder(HERE / "pages"), _own("apg-held-a", "apg-held-b", "apg-accordion", "apg-combobox", "apg-slider")),
    Site("npm", "widgets, held out", widgets, (*(Page(n, f"/{n}.html") for n in (*HELD_WIDGETS, "aggrid", "quill", "flatpickr", "tomselect")), Page("shoelace, dialog", "/shoelace.html", click("#open")))),
    Site("flask-admin", "Flask-Admin", app("flask-admin"), (Page("home", "/admin/"), Page("customers", "/admin/customers/"), Page("new customer", "/admin/customers/new/"), Page("products", "/admin/products/"))),
    Site("pypi", "Trac", more.trac, (Page("wiki", "/wiki"), Page("new ticket", "/newticket"), Page("roadmap", "/roadmap"), Page("query", "/query"), Page("admin", "/admin/ticket/components"))),
    Site("pypi", "Wagtail", more.wagtail, (Page("dashboard", "/admin/"), Page("pages", "/admin/pages/3/"), Page("users", "/admin/users/")), _wagtail, "/admin/login/"),
    Site("npm", "TiddlyWiki", more.tiddlywiki, (Page("home", "/", wait(".tc-tiddler-title, .tc-site-title")),)),
    Site("npm", "Node-RED", more.node_red, (Page("editor", "/", wait("#red-ui-palette .red-ui-palette-node")),)),
    Site("pypi", "OctoPrint", more.octoprint, (Page("home", "/", wait("#login-user, #navbar")),)),
    Site("pypi", "Sphinx, Furo", lambda: packages.sphinx("furo"), (Page("guide", "/index.html"),)),
    Site("pypi", "JupyterLab", packages.jupyter, (Page("launcher", "/lab", wait(".jp-LauncherCard")),), start="/lab"),
    Site("pypi", "Panel (Bokeh)", packages.panel, (Page("gallery", "/gallery_panel", wait("text=Gallery")),), start="/gallery_panel"),
    Site("pypi", "Radicale", packages.radicale, (Page("web", "/.web/"),), start="/.web/"),
)  # fmt: skip
