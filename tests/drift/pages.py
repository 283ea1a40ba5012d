# ruff: noqa: E501 - a table, a line a site
"""Pages of applications that we did not write, split before anything was measured: those that anchors were made with, and
those that were looked at only at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import Error
from playwright.sync_api import Page as Tab

from cua.bench.drift import Visit
from envs.browser import Browser, BrowserOptions
from envs.errors import ActFailed
from envs.observation import Observation
from tests.identity import packages as more
from tests.names import packages
from tests.names.corpus import HELD_WIDGETS, HERE, Page, Site, app, click, django, wait, widgets
from tests.widgets import farm

Wanted = Callable[[str], bool]
Tell = Callable[[str], None]


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


def development(browser: Browser, wanted: Wanted, tell: Tell) -> Iterator[Visit]:
    """Those that anchors were made with."""
    return _visits(DEVELOPMENT, browser, wanted, tell)


def held(browser: Browser, wanted: Wanted, tell: Tell) -> Iterator[Visit]:
    """Those that were not looked at while anchors were made."""
    return _visits(HELD, browser, wanted, tell)


def _visits(sites: tuple[Site, ...], browser: Browser, wanted: Wanted, tell: Tell) -> Iterator[Visit]:
    for site in sites:
        pages = [page for page in site.pages if wanted(f"{site.name}: {page.name}")]
        if not pages:
            continue
        try:
            with site.serve() as url:
                browser.options = BrowserOptions(url=url + site.start)
                browser.reset()
                site.enter(browser.active.page)
                browser.settle()
                for page in pages:
                    yield Visit(site.name, page.name, _loading(url, page))
        except (packages.NotThere, farm.NotThere) as missing:
            tell(f"{site.name}: left out: {str(missing).splitlines()[0]}")


def _loading(url: str, page: Page) -> Callable[[Browser], Observation]:
    def load(browser: Browser) -> Observation:
        tab = browser.active.page
        try:
            tab.goto("about:blank")  # so that it is loaded anew where only a fragment differs
            tab.goto(url + page.path)
            browser.settle()
            page.then(tab)
        except Error as why:
            raise ActFailed(str(why).splitlines()[0]) from why
        return browser.settle()

    return load
