"""The goals of the suite reached by plain Playwright, knowing every screen: a reference solution for each check.

They show that each goal can be reached, that the texts in the task files are what the applications show, and that a run
which does the right thing is judged so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Dialog, Page, expect


def log_in_to_django(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_title("Site administration | Django site admin")


def open_in_django(page: Page, kind: str, name: str) -> None:
    """From the start page to the form of the user or group."""
    page.get_by_role("link", name=kind).click()
    page.get_by_role("link", name=name, exact=True).click()


def save_in_django(page: Page, message: str, button: str = "Save") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(message)


def group_added(page: Page, name: str) -> None:
    log_in_to_django(page)
    page.get_by_role("row", name="Groups").get_by_role("link", name="Add").click()
    page.get_by_label("Name").fill(name)
    save_in_django(page, "was added successfully")
    expect(page.get_by_role("link", name=name, exact=True).last).to_be_visible()


def user_added(page: Page, username: str, password: str) -> None:
    log_in_to_django(page)
    page.get_by_role("row", name="Users").get_by_role("link", name="Add").click()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password:", exact=True).fill(password)
    page.get_by_label("Password confirmation").fill(password)
    save_in_django(page, "was added successfully")
    expect(page).to_have_title(f"{username} | Change user | Django site admin")


def user_changed(page: Page, username: str, email: str = "", first_name: str = "", is_active: int = 0) -> None:
    log_in_to_django(page)
    page.get_by_role("link", name="Users").click()
    if is_active:
        page.locator("details", has_text="By active").get_by_role("link", name="No").click()
        expect(page.get_by_role("link", name="Clear all filters")).to_be_visible()
    else:
        page.get_by_role("textbox", name="Search").fill(username)
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("search")).to_contain_text("1 result")
    page.get_by_role("link", name=username, exact=True).click()
    if is_active:
        page.get_by_label("Active").check()
        save_in_django(page, "was changed successfully")
        expect(page.get_by_text(f"{username}@example.com")).to_have_count(0)
        return
    if email:
        page.get_by_label("Email address").fill(email)
    if first_name:
        page.get_by_label("First name").fill(first_name)
    save_in_django(page, "was changed successfully", "Save and continue editing")
    page.get_by_role("link", name="History").click()
    expect(page).to_have_title(f"Change history: {username} | Django site admin")
    expect(page.get_by_text("Changed Email address." if email else "Changed First name.")).to_be_visible()


def user_deleted(page: Page, username: str) -> None:
    log_in_to_django(page)
    open_in_django(page, "Users", username)
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("main")).to_contain_text("Are you sure you want to delete the user")
    save_in_django(page, "was deleted successfully", "Yes, I’m sure")
    expect(page.get_by_text(f"{username}@example.com")).to_have_count(0)


def groups_deleted(page: Page, names: list[str]) -> None:
    log_in_to_django(page)
    page.get_by_role("link", name="Groups").click()
    for name in names:
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    expect(page.get_by_text(f"{len(names)} of 5 selected")).to_be_visible()
    page.get_by_role("combobox", name="Action:").select_option("Delete selected groups")
    page.get_by_role("button", name="Go").click()
    save_in_django(page, f"Successfully deleted {len(names)} groups.", "Yes, I’m sure")


def permission_granted(page: Page, group: str, codename: str) -> None:
    log_in_to_django(page)
    open_in_django(page, "Groups", group)
    permission = f"Authentication and Authorization | {codename.split('_')[1]} | Can {codename.replace('_', ' ')}"
    page.get_by_role("listbox", name="Available permissions").select_option(permission)
    page.get_by_role("button", name="Choose selected permissions").click()
    save_in_django(page, "was changed successfully", "Save and continue editing")
    expect(page.get_by_role("listbox", name="Chosen permissions").get_by_role("option", name=permission)).to_have_count(
        1
    )


def user_joined(page: Page, username: str, group: str, is_staff: int) -> None:
    log_in_to_django(page)
    open_in_django(page, "Users", username)
    page.get_by_role("listbox", name="Available groups").select_option(group)
    page.get_by_role("button", name="Choose selected groups").click()
    page.get_by_label("Staff status").set_checked(bool(is_staff))
    save_in_django(page, "was changed successfully")


def password_set(page: Page, username: str, password: str) -> None:
    log_in_to_django(page)
    open_in_django(page, "Users", username)
    page.get_by_role("link", name="Reset password").click()
    expect(page.get_by_role("main")).to_contain_text("Enter a new password for the user")
    page.get_by_label("Password:", exact=True).fill(password)
    page.get_by_label("Password confirmation").fill(password)
    save_in_django(page, "Password changed successfully.", "Change password")


def open_in_shop(page: Page, kind: str, tab: str = "") -> None:
    page.get_by_role("link", name=kind).click()
    if tab:
        page.get_by_role("link", name=tab).click()


def save_in_shop(page: Page, message: str) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(message)).to_be_visible()


def customer_added(page: Page, name: str, email: str, city: str, newsletter: int) -> None:
    open_in_shop(page, "Customers", "Create")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("City").fill(city)
    page.get_by_label("Newsletter").set_checked(bool(newsletter))
    save_in_shop(page, "Record was successfully created.")
    expect(page.get_by_role("link", name="List (7)")).to_be_visible()


def customer_deleted(page: Page, name: str) -> None:
    open_in_shop(page, "Customers")
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.wait_for_load_state("load")  # before its script is there, the button asks nothing
    page.once("dialog", accept)
    page.get_by_role("row", name=name).get_by_title("Delete Record").click()
    expect(page.get_by_text("Record was successfully deleted.")).to_be_visible()
    assert asked == ["Are you sure you want to delete this record?"]


def product_added(page: Page, name: str, price: int, stock: int) -> None:
    open_in_shop(page, "Products", "Create")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Price").fill(f"{price}.00")
    page.get_by_label("Stock").fill(str(stock))
    save_in_shop(page, "Record was successfully created.")


def product_changed(page: Page, name: str, price: int) -> None:
    open_in_shop(page, "Products")
    page.get_by_placeholder("name").fill(name)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="List (1)")).to_be_visible()
    page.get_by_role("row", name=name).get_by_title("Edit Record").click()
    page.get_by_label("Price").fill(f"{price}.00")
    save_in_shop(page, "Record was successfully saved.")
    expect(page.get_by_text(f"{price}.00")).to_be_visible()


def orders_changed(page: Page, numbers: list[int], status: str) -> None:
    open_in_shop(page, "Orders")
    if status == "shipped":
        for number in numbers:
            row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=str(number), exact=True)).first
            row.get_by_role("checkbox").check()
        page.get_by_role("button", name="With selected").click()
        page.get_by_role("link", name="Mark as shipped").click()
        expect(page.get_by_text(f"Marked as shipped: {len(numbers)}")).to_be_visible()
        return
    (number,) = numbers
    page.locator("tr", has=page.locator(".col-id", has_text=str(number))).get_by_title("Edit Record").click()
    page.locator(".select2-container", has=page.get_by_text("New", exact=True)).click()
    page.get_by_role("option", name=status.capitalize()).click()
    save_in_shop(page, "Record was successfully saved.")


def log_in_to_roundup(page: Page) -> None:
    page.get_by_placeholder("username").fill("admin")
    page.get_by_placeholder("password").fill("secret")
    page.get_by_role("button", name="Login").click()
    expect(page.get_by_text("Hello, admin")).to_be_visible()


def issue_added(page: Page, title: str, priority: str, status: str) -> None:
    log_in_to_roundup(page)
    page.get_by_role("link", name="Create New").first.click()
    expect(page.get_by_role("heading", name="New Issue Editing")).to_be_visible()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Priority").select_option(priority)
    page.get_by_role("button", name="Submit New Entry").click()
    expect(page).to_have_title(f"Issue 5: {title} - Roundup issue tracker")
    expect(page.get_by_label("Status").locator("option:checked")).to_have_text(status)


def issue_changed(page: Page, title: str, status: str = "", assignedto: str = "") -> None:
    log_in_to_roundup(page)
    page.get_by_role("link", name=title).click()
    if status:
        page.get_by_label("Status").select_option(status)
    if assignedto:
        page.get_by_label("Assigned to").select_option(assignedto)
    page.get_by_role("button", name="Submit Changes").click()
    expect(page.get_by_role("alert")).to_contain_text("edited ok")


def solve(page: Page, check: str, given: dict[str, Any]) -> None:
    """Reach on `page`, the start page of the application, what the check of this name asks for."""
    solution: Callable[..., None] = globals()[check]
    solution(page, **given)
