"""Pages of component libraries: dialogs, tabs, menus, lists and calendars that open over a page and close again."""

from __future__ import annotations

from tests.identity.walk import Site, Walk
from tests.names.corpus import widgets


def shoelace(w: Walk) -> None:
    w.open("/shoelace.html")
    w.see("Shoelace: page", shows="Full name")
    w.fill("Full name", "Ada Lovelace")
    w.tick("Accept terms")
    w.see("Shoelace: page", "filled in", shows="Full name")
    w.click("Open dialog", "button")
    w.see("Shoelace: dialog", shows="Reason")
    w.fill("Reason", "because")
    w.see("Shoelace: dialog", "filled in", shows="Reason")
    w.click("Close it", "button")
    w.see("Shoelace: page", "dialog closed", shows="Full name")
    w.click("Advanced", "tab")
    w.see("Shoelace: other tab", shows="Advanced")
    w.click("General", "tab")
    w.see("Shoelace: page", "back at the first tab", shows="General")
    w.tab.locator("sl-dropdown sl-button").first.click()
    w.see("Shoelace: menu", shows="Share")
    w.press("Escape")
    w.tab.locator("sl-select#size").click()
    w.see("Shoelace: list of sizes", shows="Medium")
    w.press("Escape")
    w.see("Shoelace: page", "everything closed", shows="Full name")


def material(w: Walk) -> None:
    w.open("/material.html")
    w.see("Material: page", shows="Full name")
    w.click("Open dialog", "button")
    w.see("Material: dialog", shows="Really?")
    w.click("OK", "button")
    w.see("Material: page", "dialog closed", shows="Full name")
    w.click("Actions", "button")
    w.see("Material: menu", shows="Copy")
    w.press("Escape")
    w.see("Material: page", "menu closed", shows="Full name")


def jquery(w: Walk) -> None:
    w.open("/jqueryui.html")
    w.see("jQuery UI: page", shows="Ask")
    w.fill("Count", "12")
    w.see("jQuery UI: page", "filled in", shows="Ask")
    w.click("Ask", "button")
    w.see("jQuery UI: dialog", shows="Sure?")
    w.click("Yes", "button")
    w.see("jQuery UI: page", "dialog closed", shows="Ask")
    w.click("Beta", "tab")
    w.see("jQuery UI: other tab", shows="B")
    w.click("Alpha", "tab")
    w.see("jQuery UI: page", "back at the first tab", shows="Ask")
    w.tab.locator("#due").click()
    w.see("jQuery UI: calendar", shows="Su")
    w.tab.locator(".ui-datepicker-next").click()
    w.see("jQuery UI: calendar", "another month", shows="Su")


def bootstrap(w: Walk) -> None:
    w.open("/bootstrap.html")
    w.see("Bootstrap: page", shows="Open dialog")
    w.click("Open dialog", "button")
    w.see("Bootstrap: dialog", shows="Question")
    w.fill("Reason", "because")
    w.see("Bootstrap: dialog", "filled in", shows="Question")
    w.click("Close", "button")
    w.tab.locator("#modal").wait_for(state="hidden")
    w.see("Bootstrap: page", "dialog closed", shows="Open dialog")
    w.click("Actions", "button")
    w.see("Bootstrap: menu", shows="Delete")
    w.press("Escape")
    w.see("Bootstrap: page", "menu closed", shows="Open dialog")


def walk(w: Walk) -> None:
    shoelace(w)
    material(w)
    jquery(w)
    bootstrap(w)


SITE = Site("Component libraries", widgets, walk, "/shoelace.html")
