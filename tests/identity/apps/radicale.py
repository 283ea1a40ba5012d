"""Radicale's web interface: one address, a scene after the other."""

from __future__ import annotations

from tests.identity.walk import Fit, Site, Walk
from tests.names.packages import radicale


def sign_in(w: Walk, user: str) -> None:
    w.browser.settle()
    w.tab.get_by_placeholder("Username").fill(user)
    w.tab.get_by_placeholder("Password").fill("any")
    w.tab.get_by_placeholder("Password").press("Enter")
    w.look("Refresh")


def scene(w: Walk, link: str, nth: int = 0) -> None:
    """Through one of the icons above the list, or of a collection, which shows them when it is pointed at."""
    w.browser.settle()
    place = "article:not(.hidden) " if link in ("edit", "delete") else ""
    w.tab.locator(f"#collectionsscene {place}[data-name={link}]").nth(nth).dispatch_event("click")


def anew(w: Walk, user: str) -> None:
    """The list after the page was loaded again: once a collection was made the links do nothing until then."""
    w.open("/.web/")
    w.look("~Sign in|Refresh")
    if any(e.name == "Sign in" and e.visible for e in w.now.elements):
        sign_in(w, user)


def create(w: Walk, user: str, title: str, kind: str = "") -> None:
    anew(w, user)
    scene(w, "new")
    w.look("Create a new Collection")
    w.tab.fill("#create_displayname", title)
    if kind:
        w.tab.locator("#createcollectionscene [data-name=type]").select_option(kind)
    w.browser.settle()
    w.tab.locator("#createcollectionscene [data-name=submit]").click()
    w.look(title)


def walk(w: Walk) -> None:
    w.see("sign-in", shows="Sign in")
    sign_in(w, "ada")
    w.see("collections", "none", shows="Refresh")
    scene(w, "new")
    w.see("new collection", shows="Create a new Collection")
    w.tab.fill("#create_displayname", "Birthdays")
    w.see("new collection", "filled in", shows="Create a new Collection")
    w.tab.locator("[data-name=cancel]:visible").click()
    for title, kind in (("Team", ""), ("Birthdays", "CALENDAR"), ("Friends", "ADDRESSBOOK")):
        create(w, "ada", title, kind)
        w.see("collections", f"with {title}", shows=title)
    for nth in range(2):
        anew(w, "ada")
        w.look("Friends")
        scene(w, "edit", nth)
        w.see("edit collection", f"number {nth}", shows="Edit Collection")
        anew(w, "ada")
        w.look("Friends")
        scene(w, "delete", nth)
        w.see("delete a collection?", f"number {nth}", shows="Delete Collection")
        w.tab.locator("#deleteconfirmationscene [data-name=delete]").click()
        w.see("delete a collection?", f"number {nth}, refused as it was before", shows="~Please type")
    anew(w, "ada")
    scene(w, "upload")
    w.see("upload", shows="Upload Collection")
    w.tab.locator("#uploadcollectionscene [data-name=close]").click()
    w.tab.locator("[data-name=logout]:visible").click()
    w.see("sign-in", "after signing out", shows="Sign in")
    sign_in(w, "ben")
    w.see("collections", "of another person, none", shows="Refresh")
    create(w, "ben", "Chores")
    w.see("collections", "of another person", shows="Chores")
    anew(w, "ben")
    w.look("Chores")
    scene(w, "edit")
    w.see("edit collection", "of another person", shows="Edit Collection")


SITE = Site("Radicale", radicale, walk, "/.web/", fit=Fit.MENDED)
