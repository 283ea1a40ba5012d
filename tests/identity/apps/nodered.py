"""Node-RED: one page with a palette, a canvas, side bars in tabs, menus, dialogs and trays."""

from __future__ import annotations

from tests.identity.packages import node_red
from tests.identity.walk import Fit, Site, Walk


def menu(w: Walk, item: str) -> None:
    w.tab.locator("#red-ui-header-button-sidemenu").click()
    w.tab.locator(f"#{item}").click()


def walk(w: Walk) -> None:
    w.tab.locator("#red-ui-palette-search input").wait_for(timeout=60_000)
    w.see("question about notifications", shows="Enable Update Notifications")
    w.tab.locator("button", has_text="No, do not enable").click()
    tour = w.tab.locator(".red-ui-tourGuide-popover button")
    tour.first.wait_for()
    w.see("welcome tour", shows="~^Start")
    tour.first.click()
    w.tab.locator(".red-ui-tourGuide-shade").wait_for(state="detached")
    for again in ("", "again"):
        side_bars(w, again)
        dialogs(w, again)
        settings(w, again)


def side_bars(w: Walk, again: str) -> None:
    for tab in ("help", "config", "info"):
        w.tab.evaluate(f"RED.sidebar.show('{tab}')")
        w.see(f"flow, side bar {tab}", again, shows="~Deploy")
    w.tab.locator("#red-ui-header-button-sidemenu").click()
    w.see("flow, menu", again, shows="~Import")
    w.tab.locator("#red-ui-header-button-sidemenu").click()
    w.tab.locator("#menu-item-import").wait_for(state="hidden")


def dialogs(w: Walk, again: str) -> None:
    for item, name in (("menu-item-import", "import"), ("menu-item-export", "export")):
        menu(w, item)
        w.tab.locator(".ui-dialog:visible").first.wait_for()
        w.see(f"dialog {name}", again, shows="~Cancel")
        w.tab.locator(".ui-dialog:visible button", has_text="Cancel").first.click()
        w.tab.locator(".ui-dialog:visible").first.wait_for(state="hidden")


def settings(w: Walk, again: str) -> None:
    for tab in ("view", "palette", "keyboard"):
        w.tab.evaluate(f"RED.userSettings.show('{tab}')")
        w.tab.locator(f"#red-ui-settings-tab-{tab}").wait_for()
        w.see(f"settings, {tab}", again, shows="Close")
        w.tab.locator("#node-dialog-ok").click()
        w.tab.locator(".red-ui-tray").first.wait_for(state="detached")


SITE = Site("Node-RED", node_red, walk, fit=Fit.FIRST_LOOK)
