"""JupyterLab: one page for everything, with side bars, documents in tabs, menus and dialogs."""

from __future__ import annotations

from tests.identity.walk import Site, Walk
from tests.names.packages import jupyter


def walk(w: Walk) -> None:
    w.tab.locator(".jp-LauncherCard").first.wait_for(timeout=30_000)
    w.click("No", "button")
    w.see("launcher", shows="Markdown File")
    w.click("New Folder", "button")
    w.tab.locator(".jp-DirListing-editor").wait_for()
    w.press("Enter")
    w.see("launcher", "another file beside it", shows="Untitled Folder")
    for name in ("File", "Settings"):
        w.click(name, "menuitem")
        w.see(f"launcher, menu {name}", shows="~^New Launcher|Settings Editor")
        w.press("Escape")
    w.click("Help", "menuitem")
    w.click("About JupyterLab", "menuitem")
    w.see("launcher, dialog About", shows="~ABOUT PROJECT")
    w.click("Close", "button")
    w.click("Running Terminals and Kernels", "tab")
    w.see("launcher, side bar of what runs", shows="~^Kernels|Shut Down")
    w.click("Table of Contents", "tab")
    w.see("launcher, side bar of contents", shows="~Table of Contents|No Headings")
    w.click("~^File Browser", "tab")
    w.see("launcher", "side bar of files again", shows="Untitled Folder")
    w.click("Text File", "button")
    w.tab.locator(".jp-FileEditor").first.wait_for()
    w.see("text file", shows="~^untitled.txt")
    w.click("Settings", "menuitem")
    w.click("~^Settings Editor", "menuitem")
    w.tab.locator(".jp-SettingsPanel").first.wait_for()
    w.see("settings", shows="~^Settings")


SITE = Site("JupyterLab", jupyter, walk, "/lab")
