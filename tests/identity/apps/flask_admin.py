"""Flask-Admin: lists with filters and menus, forms with select2, validation errors."""

from __future__ import annotations

from tests.identity.walk import Site, Walk
from tests.names.corpus import app


def walk(w: Walk) -> None:
    w.see("home", shows="Shop")
    customers(w)
    products(w)
    orders(w)


def customers(w: Walk) -> None:
    w.open("/admin/customers/")
    w.see("customers", shows="List (6)")
    w.click("City", "link")
    w.see("customers", "sorted", shows="List (6)")
    w.fill("name, email", "ada")
    w.click("Search", "button")
    w.see("customers", "found one", shows="List (1)")
    w.fill("~name, email|Search", "nobody at all")
    w.press("Enter")
    w.see("customers", "found none", shows="~There are no items")
    w.open("/admin/customers/")
    w.click("With selected")
    w.see("customers, menu of what is selected", shows="Delete")
    w.open("/admin/customers/")
    w.click("Add Filter")
    w.see("customers, menu of filters", shows="Newsletter")
    w.open("/admin/customers/new/")
    w.see("new customer", shows="Save and Add Another")
    w.fill("~^Name", "Gus Gold")
    w.see("new customer", "half filled in", shows="Save and Add Another")
    w.tab.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    w.click("Save", "button")
    w.see("new customer, errors", shows="~field is required")
    w.fill("~^Email", "ada@example.com")
    w.click("Save", "button")
    w.see("new customer, errors", "another: the database refused", shows="~Failed to create record")
    w.fill("~^Email", "gus@example.com")
    w.click("Save", "button")
    w.see("customers", "just created one", shows="~successfully created")
    w.open("/admin/customers/edit/?id=1")
    w.see("edit customer", shows="Save and Continue Editing")
    w.open("/admin/customers/edit/?id=3")
    w.see("edit customer", "another", shows="Save and Continue Editing")
    w.click("Save and Continue Editing", "button")
    w.see("edit customer", "just saved", shows="~successfully saved")
    w.fill("~^Name", "")
    w.tab.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    w.click("Save", "button")
    w.see("edit customer, errors", shows="~field is required")


def products(w: Walk) -> None:
    w.open("/admin/products/")
    w.see("products", shows="List (4)")
    w.open("/admin/products/?sort=1&desc=1")
    w.see("products", "sorted", shows="List (4)")
    w.open("/admin/products/new/")
    w.see("new product", shows="Save and Add Another")
    w.open("/admin/products/edit/?id=2")
    w.see("edit product", shows="Save and Continue Editing")
    w.open("/admin/products/edit/?id=4")
    w.see("edit product", "another", shows="Save and Continue Editing")


def orders(w: Walk) -> None:
    w.open("/admin/orders/")
    w.see("orders", shows="List (6)")
    w.tick("Select record", nth=1)
    w.see("orders", "one ticked", shows="List (6)")
    w.click("With selected")
    w.see("orders, menu of what is selected", shows="Mark as shipped")
    w.click("Mark as shipped")
    w.see("orders", "just shipped one", shows="~Marked as shipped")
    w.open("/admin/orders/?flt0_0=shipped")
    w.see("orders", "filtered", shows="Reset Filters")
    w.open("/admin/orders/new/")
    w.see("new order", shows="Save and Add Another")
    w.open("/admin/orders/edit/?id=1")
    w.see("edit order", shows="Save and Continue Editing")
    w.open("/admin/orders/edit/?id=4")
    w.see("edit order", "another", shows="Save and Continue Editing")
    w.tab.locator(".select2-container").first.click()
    w.see("edit order, list of customers open", shows="Cleo Cruz")
    w.press("Escape")
    w.tab.locator("#ordered_on").click()
    w.see("edit order, calendar open", shows="Su")


SITE = Site("Flask-Admin", app("flask-admin"), walk, "/admin/")
