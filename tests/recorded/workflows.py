"""What a person does in applications that we did not write, and how these tell that it has been done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.names import packages
from tests.recorded.fresh import Fresh, Opened, admin, component, framed, packaged
from tests.recorded.person import Person


@dataclass(frozen=True)
class Workflow:
    """`stored` says what is wrong with what the application has stored afterwards, or None. `shows`: what of a browser
    it uses. `files` lie beside the task file; `came` is one that has come there, with a text that it holds."""

    name: str
    app: str
    opened: Opened
    does: Callable[[Person], None]
    shows: str = ""
    stored: Callable[[Fresh], str | None] = lambda fresh: None
    secrets: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    came: tuple[str, str] | None = None


PASSWORD = "secret"
"""Of the administrators of Django's admin and Roundup."""


# ── Django's admin ───────────────────────────────────────────────────────────────────────────────────────────────────


def signs_in(p: Person) -> None:
    p.into(p.page.get_by_label("Username"), "admin")
    p.into(p.page.get_by_label("Password"), PASSWORD)
    p.click(p.page.get_by_role("button", name="Log in"))
    p.sees("Site administration")


def adds_a_group(p: Person) -> None:
    signs_in(p)
    p.click(p.page.get_by_role("row", name="Groups").get_by_role("link", name="Add"))
    p.sees(p.page.get_by_role("heading", name="Add group"))
    p.into(p.page.get_by_label("Name"), "Editers")
    p.into(p.page.get_by_label("Name"), "Editors")
    p.click(p.page.get_by_role("button", name="Save", exact=True))
    p.sees("was added successfully")


def deletes_groups(p: Person) -> None:
    signs_in(p)
    p.click(p.page.get_by_role("link", name="Groups"))
    p.sees("Select group to change")
    names = p.page.locator("th.field-__str__ a").all_inner_texts()[:2]
    for name in names:
        p.click(p.page.get_by_role("row", name=name).get_by_role("checkbox"))
    p.picks(p.page.get_by_role("combobox", name="Action:"), "Delete selected groups")
    p.click(p.page.get_by_role("button", name="Go"))
    p.sees("Are you sure")
    p.click(p.page.get_by_role("button", name="Yes, I’m sure"))
    p.sees("Successfully deleted")


# ── Flask-Admin ──────────────────────────────────────────────────────────────────────────────────────────────────────


def adds_a_customer(p: Person) -> None:
    p.click(p.page.get_by_role("link", name="Customers"))
    p.sees("finn@example.com")
    p.click(p.page.get_by_role("link", name="Create"))
    p.sees(p.page.get_by_label("City"))
    p.into(p.page.get_by_label("Name"), "Gil Gray")
    p.into(p.page.get_by_label("Email"), "gil@example.com")
    p.into(p.page.get_by_label("City"), "Ghent")
    p.click(p.page.get_by_label("Newsletter"))
    p.click(p.page.get_by_role("button", name="Save", exact=True))
    p.sees("Record was successfully created.")


def deletes_a_customer(p: Person) -> None:
    p.click(p.page.get_by_role("link", name="Customers"))
    p.sees("finn@example.com")
    p.click(p.page.get_by_role("row", name="Finn Fox").get_by_title("Delete record"))
    p.agrees()
    p.sees("Record was successfully deleted.")


def changes_a_price(p: Person) -> None:
    shop = p.frame()
    p.click(shop.get_by_role("link", name="Products"))
    p.sees(shop.get_by_text("Office chair"))
    p.click(shop.get_by_role("row", name="Office chair").get_by_title("Edit Record"))
    p.sees(shop.get_by_label("Price"))
    p.into(shop.get_by_label("Price"), "77.00")
    p.click(shop.get_by_role("button", name="Save", exact=True))
    p.sees(shop.get_by_role("row", name="Office chair").get_by_text("77.00"))


# ── Roundup ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def attaches_a_file(p: Person) -> None:
    p.into(p.page.get_by_placeholder("username"), "admin")
    p.into(p.page.get_by_placeholder("password"), PASSWORD)
    p.click(p.page.get_by_role("button", name="Login"))
    p.sees(p.page.get_by_role("link", name="Create New").first)
    p.click(p.page.get_by_role("link", name="Create New").first)
    p.sees(p.page.get_by_label("Title"))
    p.into(p.page.get_by_label("Title"), "Coffee machine leaks")
    p.picks(p.page.get_by_label("Priority"), "urgent")
    p.gives(p.page.locator("input[type=file]"), p.folder / "leak.txt")
    p.click(p.page.get_by_role("button", name="Submit New Entry"))
    p.sees("leak.txt")


def issue_with_a_file(fresh: Fresh) -> str | None:
    assert fresh.server is not None
    titles = fresh.server.oracle.issues()
    files = fresh.server.oracle.tables().all("_file")
    names = [row["_name"] for row in files if not row["__retired__"]]
    if titles.count("Coffee machine leaks") != 1 or names != ["leak.txt"]:
        return f"issues {titles}, files {names}"
    return None


def takes_the_list(p: Person) -> None:
    p.sees(p.page.get_by_role("link", name="Show All").first)
    p.click(p.page.get_by_role("link", name="Show All").first)
    p.sees("Add a dark theme")
    p.click(p.page.get_by_role("link", name="Download as CSV").first)
    p.rest()
    p.rest()


# ── Jupyter ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def makes_a_text_file(p: Person) -> None:
    menu = p.page.get_by_role("menuitem")
    p.sees(p.page.locator(".jp-LauncherCard").first)
    p.click(p.page.get_by_role("button", name="No"))
    p.click(menu.filter(has_text="File").first)
    p.over(p.page.locator(".lm-Menu-item", has_text="New").first, at=(0.1, 0.5))  # down: beside it is another menu
    p.click(p.page.locator(".lm-Menu-item", has_text="Text File").first)
    p.sees(p.page.locator(".jp-FileEditor"))


def opens_a_file(p: Person) -> None:
    p.sees(p.page.get_by_role("menuitem", name="New"))
    p.click(p.page.get_by_role("menuitem", name="New"))
    p.click(p.page.get_by_role("menuitem", name="New File"))
    p.sees(p.page.locator(".jp-DirListing-editor"))
    p.key("Enter")
    item = p.page.locator(".jp-DirListing-item", has_text="untitled.txt")
    p.sees(item)
    p.double_click(item.locator(".jp-DirListing-itemText"))
    p.looks_at("untitled.txt")
    p.sees(p.page.locator(".cm-content"))
    p.click(p.page.locator(".cm-content"))
    p.types("buy bread")
    p.key("Control+s")
    p.rest()


def in_folder(path: str, wanted: list[str], fresh: Fresh) -> str | None:
    there = [name for name in fresh.listed(path) if name != "log"]  # the server's own
    return None if there == wanted else f"{path} lists {there}"


def written(fresh: Fresh) -> str | None:
    text = fresh.get("/api/contents/untitled.txt")
    return None if "buy bread" in text else text


# ── component libraries ──────────────────────────────────────────────────────────────────────────────────────────────


def fills_in_shoelace(p: Person) -> None:
    p.sees(p.page.get_by_label("Full name"))
    p.into(p.page.get_by_label("Full name"), "Ada Lovelace")
    p.click(p.page.locator("#terms"), at=(0.3, 0.5))
    p.click(p.page.locator("#open"))
    p.sees(p.page.get_by_label("Reason"))
    p.into(p.page.get_by_label("Reason"), "because")
    p.click(p.page.locator("#close"))
    p.until("the dialog to close", lambda: not p.page.get_by_label("Reason").is_visible())


def shares_by_a_menu(p: Person) -> None:
    p.sees(p.page.get_by_label("Full name"))
    p.click(p.page.locator("#actions sl-button"))
    p.over(p.page.locator("#actions sl-menu-item", has_text="Share").first, at=(0.3, 0.5))
    p.click(p.page.locator("sl-menu-item[value=link]"))


def sorts_with_dragula(p: Person) -> None:
    p.drag(p.page.get_by_text("Anna"), p.page.get_by_text("Cleo"), at=(0.5, 0.7))


def sorts_with_sortable(p: Person) -> None:
    p.drag(p.page.get_by_text("Plan", exact=True), p.page.get_by_text("Read", exact=True), at=(0.5, 0.3))


def picks_a_day(p: Person) -> None:
    p.click(p.page.get_by_label("Start"))
    p.click(p.page.locator(".flatpickr-calendar.open .flatpickr-day:not(.prevMonthDay)").nth(16))


WORKFLOWS: tuple[Workflow, ...] = (
    Workflow(
        "group", "Django admin", admin("django-admin"), adds_a_group, "form, secret, param",
        lambda fresh: fresh.wrong("group_added", name="Editors"), secrets=("password",),
    ),
    Workflow(
        "groups", "Django admin", admin("django-admin"), deletes_groups, "boxes of rows, list, question on a page",
        secrets=("password",),
    ),
    Workflow(
        "newcomer", "Flask-Admin", admin("flask-admin"), adds_a_customer, "form, box, several params",
        lambda fresh: fresh.wrong(
            "customer_added", name="Gil Gray", email="gil@example.com", city="Ghent", newsletter=True
        ),
    ),
    Workflow(
        "customer", "Flask-Admin", admin("flask-admin"), deletes_a_customer, "native dialog",
        lambda fresh: fresh.wrong("customer_deleted", name="Finn Fox"),
    ),
    Workflow(
        "price", "Flask-Admin", framed("flask-admin"), changes_a_price, "cross-origin frame",
        lambda fresh: fresh.wrong("product_changed", name="Office chair", price=77),
    ),
    Workflow(
        "attach", "Roundup", admin("roundup"), attaches_a_file, "upload by the system's chooser", issue_with_a_file,
        secrets=("password",), files={"leak.txt": "It drips.\n"},
    ),
    Workflow(
        "list", "Roundup", admin("roundup"), takes_the_list, "download", came=("query.csv", "Add a dark theme"),
    ),
    Workflow(
        "textfile", "JupyterLab", packaged(packages.jupyter, "/lab"), makes_a_text_file, "menu that opens on hover",
        partial(in_folder, "/api/contents", ["untitled.txt"]),
    ),
    Workflow(
        "note", "Jupyter Notebook", packaged(packages.notebook, "/tree"), opens_a_file, "new tab, editor, shortcut",
        written,
    ),
    Workflow("form", "Shoelace", component("shoelace"), fills_in_shoelace, "shadow DOM, dialog"),
    Workflow("share", "Shoelace", component("shoelace"), shares_by_a_menu, "shadow DOM, menu that opens on hover"),
    Workflow("sort", "dragula", component("dragula"), sorts_with_dragula, "drag that changes an order"),
    Workflow("done", "SortableJS", component("sortable"), sorts_with_sortable, "drag from list to list"),
    Workflow("day", "flatpickr", component("flatpickr"), picks_a_day, "calendar"),
)  # fmt: skip
