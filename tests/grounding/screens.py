"""Screens built by hand: a page is a list of lines, a line of things; boxes, parents and refs are worked out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from envs.geometry import Box
from envs.observation import Element, Observation, Source

ORIGIN = "http://shop.test"


class Page:
    """Lays elements out from left to right, lines from the top down."""

    def __init__(self, url: str = f"{ORIGIN}/") -> None:
        self.url = url
        self.elements: list[Element] = []
        self._parents: list[str] = []
        self._x, self._y = 20.0, 20.0

    def put(
        self,
        role: str,
        name: str = "",
        *states: str,
        at: tuple[float, float, float, float] | None = None,
        value: str | None = None,
        origin: str = ORIGIN,
        **attributes: str,
    ) -> Element:
        """One element, to the right of the one before it on the line (or at a place of its own)."""
        width = (
            160.0 if role in {"textbox", "combobox", "searchbox"} else 16.0 if role in {"checkbox", "radio"} else 0.0
        )
        width = width or 8.0 * max(2, len(name))
        box = Box(*at) if at else Box(self._x, self._y, width, 20)
        if at is None:
            self._x += width + 12
        parent = self._parents[-1] if self._parents else None
        element = Element(
            f"e{len(self.elements)}", role, name, box, value, frozenset(states), parent, origin=origin,
            source=Source.FAKE,
            attributes=attributes,
        )  # fmt: skip
        self.elements.append(element)
        return element

    def line(self, x: float = 20.0, gap: float = 32.0) -> None:
        self._x, self._y = x, self._y + gap

    @contextmanager
    def inside(self, role: str, name: str = "", *states: str, **attributes: str) -> Iterator[Element]:
        """A container around what is put within; its box is drawn around them afterwards."""
        here = len(self.elements)
        container = self.put(role, name, *states, at=(self._x, self._y, 0, 0), **attributes)
        self._parents.append(container.ref)
        yield container
        self._parents.pop()
        boxes = [e.box for e in self.elements[here + 1 :]] or [container.box]
        left, top = min(b.x for b in boxes) - 4, min(b.y for b in boxes) - 4
        size = (max(b.right for b in boxes) + 4 - left, max(b.bottom for b in boxes) + 4 - top)
        self.elements[here] = replace(container, box=Box(left, top, *size))

    def seen(self) -> Observation:
        return Observation(1, "web", self.url, "Test", tuple(self.elements), viewport=Box(0, 0, 1280, 720))


def admin_index() -> Observation:
    """The start of an administration: a table of models, each with a link to add and to change."""
    page = Page()
    with page.inside("navigation", "Breadcrumbs"):
        page.put("link", "Home", href="/admin/")
    page.line()
    page.put("heading", "Site administration", level="1")
    page.line()
    with page.inside("table", "Authentication and Authorization"):
        page.put("link", "Authentication and Authorization", href="/admin/auth/")
        page.line()
        for model in ("Groups", "Users"):
            low = model.lower()
            with page.inside("row", f"{model} Add Change"):
                with page.inside("rowheader", model):
                    page.put("link", model, href=f"/admin/auth/{low[:-1]}/")
                with page.inside("cell", "Add"):
                    page.put("link", "Add", at=(400, page.elements[-1].box.y, 40, 20), href=f"/admin/auth/{low}/add/")
                with page.inside("cell", "Change"):
                    page.put("link", "Change", at=(460, page.elements[-1].box.y, 60, 20), href=f"/admin/auth/{low}/")
            page.line()
    with page.inside("complementary"):
        page.put("heading", "Recent actions", level="2")
        page.line()
        page.put("heading", "My actions", level="3")
        page.line()
        page.put("text", "None available")
    return page.seen()


def login() -> Observation:
    page = Page()
    page.put("heading", "Django administration", level="1")
    page.line()
    with page.inside("form"):
        page.put("text", "Username:")
        page.put("textbox", "Username:", "editable", "focused", "required", type="text", labelled="1")
        page.line()
        page.put("text", "Password:")
        page.put("textbox", "Password:", "editable", "password", "required", type="password", labelled="1")
        page.line()
        page.put("button", "Log in", type="submit")
    return page.seen()


def change_list() -> Observation:
    """Rows with a box to tick each, an action to choose and a Go button, a filter at the side."""
    page = Page()
    page.put("heading", "Select user to change", level="1")
    page.put("link", "Add user", href="/admin/auth/user/add/")
    page.line()
    with page.inside("search"):
        page.put("searchbox", "Search users", "editable")
        page.put("button", "Search", type="submit")
    page.line()
    with page.inside("form"):
        page.put("text", "Action:")
        page.put("combobox", "Action:", options="---------\nDelete selected users")
        page.put("button", "Go")
        page.line()
        with page.inside("table"):
            with page.inside("row"):
                with page.inside("columnheader", "Select all", colindex="1"):
                    page.put("checkbox", "Select all objects on this page for an action")
                for at, name in enumerate(("Username", "Email address", "Staff status")):
                    with page.inside("columnheader", name, colindex=str(at + 2)):
                        page.put("link", name, href=f"?o={at}")
            page.line()
            for name in ("admin", "alice", "bob"):
                with page.inside("row"):
                    with page.inside("cell", "", colindex="1"):
                        page.put("checkbox", "Select this object for an action")
                    with page.inside("rowheader", name, colindex="2"):
                        page.put("link", name, href=f"/admin/auth/user/{name}/change/")
                    page.put("cell", f"{name}@example.test", colindex="3")
                    with page.inside("cell", "", colindex="4"):
                        page.put("img", "True" if name == "admin" else "False")
                page.line()
    with page.inside("complementary", "Filter"):
        page.put("heading", "Filter", level="2")
        page.line()
        for by in ("staff status", "superuser status"):
            page.put("heading", f"By {by}", level="3")
            page.line()
            with page.inside("list"):
                for option in ("All", "Yes", "No"):
                    with page.inside("listitem", option):
                        page.put("link", option, href=f"?{by.replace(' ', '_')}={option}")
                    page.line()
    return page.seen()


def save_row() -> Observation:
    page = Page()
    with page.inside("form"):
        page.put("text", "Name:")
        page.put("textbox", "Name:", "editable", labelled="1")
        page.line()
        for name in ("Save", "Save and add another", "Save and continue editing"):
            page.put("button", name, type="submit")
        page.put("link", "Delete", href="delete/")
    return page.seen()


def dialog_over(modal: bool = True) -> Observation:
    """A page of disks, and the question whether one is to be deleted."""
    page = Page()
    states = () if modal else ("covered",)
    page.put("heading", "Disks", level="1")
    page.line()
    with page.inside("table", "Disks"):
        for disk in ("vda1", "vda2"):
            with page.inside("row"):
                page.put("cell", disk)
                with page.inside("cell", ""):
                    page.put("button", "Delete", *states)
            page.line()
    page.put("button", "OK", *states)
    page.line()
    with page.inside("dialog", "Delete disk", *(("modal",) if modal else ())):
        page.put("heading", "Delete disk", level="2")
        page.line()
        page.put("text", "Really delete vda1?")
        page.line()
        page.put("button", "Cancel")
        page.put("button", "Delete")
    return page.seen()


def nameless_fields() -> Observation:
    """Labels that are only text: to the left, above, and to the right of a box to tick."""
    page = Page()
    page.put("text", "Street")
    page.put("textbox", "", "editable", at=(200, 20, 160, 20))
    page.line()
    page.put("text", "City")
    page.put("textbox", "", "editable", at=(200, 52, 160, 20))
    page.line(gap=60)
    page.put("text", "Comment")
    page.line(gap=24)
    page.put("textbox", "", "editable", "multiline", at=(20, page._y, 400, 60))
    page.line(gap=80)
    page.put("checkbox", "")
    page.put("text", "I agree")
    page.line()
    page.put("checkbox", "")
    page.put("text", "Send me news")
    page.line()
    page.put("button", "Order")
    return page.seen()


def price_table() -> Observation:
    page = Page()
    with page.inside("table"):
        with page.inside("row"):
            for at, head in enumerate(("Fruit", "Price", "Stock")):
                page.put("columnheader", head, at=(20 + 200 * at, 20, 160, 20), colindex=str(at + 1))
        for line, fruit in enumerate(("Apples", "Pears", "Plums")):
            y = 52 + 32 * line
            with page.inside("row"):
                page.put("rowheader", fruit, at=(20, y, 160, 20), colindex="1")
                for at, head in enumerate(("Price", "Stock")):
                    x = 220 + 200 * at
                    with page.inside("cell", "", colindex=str(at + 2), colheader=head, rowheader=fruit):
                        page.put("textbox", "", "editable", at=(x, y, 100, 20), value=str(line))
    return page.seen()


def disks() -> Observation:
    """The same buttons in every row; a name that is part of another; a cell that says less than a name."""
    page = Page()
    with page.inside("table", "Disks"):
        with page.inside("row"):
            for head in ("Name", "Size", "Actions"):
                page.put("columnheader", head)
        page.line()
        for name, size in (("vda1", "20 GB"), ("vda10", "20 GB"), ("vda2", "40 GB"), ("backup of vda1", "20 GB")):
            with page.inside("row", f"{name} {size} Edit Delete"):
                page.put("cell", name)
                page.put("cell", size)
                with page.inside("cell", "Edit Delete"):
                    page.put("button", "Edit")
                    page.put("button", "Delete")
            page.line()
    return page.seen()


def two_addresses() -> Observation:
    """Two fieldsets with the same fields."""
    page = Page()
    for group in ("Billing address", "Delivery address"):
        with page.inside("group", group):
            for name in ("Name", "Street"):
                page.put("text", name)
                page.put("textbox", name, "editable", labelled="1")
                page.line()
    with page.inside("radiogroup", "Payment"):
        for name in ("Card", "Invoice", "Cash"):
            page.put("radio", name)
            page.put("text", name)
            page.line()
    page.put("button", "Place order")
    return page.seen()


def headed_sections() -> Observation:
    """Sections that only headings tell apart."""
    page = Page()
    page.put("heading", "Settings", level="1")
    page.line()
    for title in ("Profile", "Notifications"):
        page.put("heading", title, level="2")
        page.line()
        page.put("textbox", "Email", "editable")
        page.line()
        page.put("button", "Save changes")
        page.line()
    return page.seen()


ALL = (
    admin_index, login, change_list, save_row, dialog_over, nameless_fields, price_table, disks, two_addresses,
    headed_sections,
)  # fmt: skip
