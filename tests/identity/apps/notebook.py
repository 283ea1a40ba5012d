"""Jupyter Notebook: the file browser, folders, menus, dialogs, a notebook, a text file."""

from __future__ import annotations

from tests.identity.walk import Site, Walk
from tests.names.packages import notebook


def new(w: Walk, what: str) -> None:
    """A new file or folder, under the name that is offered."""
    w.click("New", "menuitem")
    w.click(what, "menuitem")
    w.tab.locator(".jp-DirListing-editor").wait_for()
    w.press("Enter")
    w.tab.locator(".jp-DirListing-editor").wait_for(state="hidden")


def files(w: Walk) -> None:
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.see("files", shows="New")
    w.click("New", "menuitem")
    w.see("files, menu New", shows="New Folder")
    w.press("Escape")
    for _ in range(2):
        new(w, "New Folder")
    new(w, "New File")
    w.open("/tree")
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.see("files", "more of them", shows="~untitled.txt")
    w.open("/tree/Untitled%20Folder")
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.see("files", "of an empty folder", shows="New")
    new(w, "New File")
    w.open("/tree/Untitled%20Folder")
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.see("files", "of a folder", shows="~untitled.txt")
    w.open("/tree/Untitled%20Folder%201")
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.see("files", "of another empty folder", shows="New")
    w.click("Running", "tab")
    w.see("running programs", shows="~Shut Down All|Kernels")
    w.open("/tree")
    w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
    w.tick('~Select file "untitled.txt"')
    w.see("files, one selected", shows="~Rename|Delete")
    w.tab.locator(".jp-DirListing-itemText", has_text="untitled.txt").click(button="right")
    w.see("files, menu of a file", shows="~^Rename|Copy Path")
    w.press("Escape")
    w.click("Settings", "menuitem")
    w.see("files, menu Settings", shows="~Settings Editor")
    w.press("Escape")
    w.click("Help", "menuitem")
    w.see("files, menu Help", shows="~About")
    w.click("~About Jupyter Notebook", "menuitem")
    w.see("files, dialog About", shows="~About|Dismiss")
    w.click("Dismiss", "button")


def notebooks(w: Walk) -> None:
    for note in ("new", "another"):
        w.open("/tree")
        w.tab.locator(".jp-DirListing-content").first.wait_for(timeout=30_000)
        w.click("New", "menuitem")
        with w.tab.context.expect_page() as opened:
            w.click("~Python 3", "menuitem")
        url = opened.value.url
        opened.value.close()
        w.open(url.split("?")[0])
        w.tab.locator(".jp-Notebook").first.wait_for(timeout=30_000)
        w.see("notebook", note, shows="Kernel")
    w.click("Kernel", "menuitem")
    w.see("notebook, menu Kernel", shows="~^Restart Kernel…?$|Interrupt Kernel")
    w.click("~^Restart Kernel…( |$)", "menuitem")
    w.see("notebook, dialog Restart", shows="~Restart Kernel\\?")
    w.click("Cancel Kernel Restart", "button")
    w.click("Edit", "menuitem")
    w.see("notebook, menu Edit", shows="~Cut Cell")
    w.press("Escape")
    for name in ("untitled.txt", "Untitled%20Folder/untitled.txt"):
        w.open(f"/edit/{name}")
        w.tab.locator(".jp-FileEditor").first.wait_for(timeout=30_000)
        w.see("text file", name, shows="View")


def walk(w: Walk) -> None:
    files(w)
    notebooks(w)


SITE = Site("Notebook", notebook, walk, "/tree")
