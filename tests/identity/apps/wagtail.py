"""Wagtail: an editor for sites with tabs, dialogs, side panels, refusals."""

from __future__ import annotations

from tests.identity.packages import wagtail
from tests.identity.walk import Fit, Site, Walk

LAX = "document.querySelectorAll('form').forEach(f => f.noValidate = true)"
"""So that it is the server that refuses."""


def sign_in(w: Walk, user: str, password: str = "secret") -> None:
    w.open("/admin/login/")
    w.fill("~^Username", user)
    w.fill("~^Password", password)
    w.click("Sign in", "button")


def walk(w: Walk) -> None:
    w.see("sign-in", shows="Sign in to Wagtail")
    sign_in(w, "admin", "wrong")
    w.see("sign-in, refused", shows="~didn.t match")
    sign_in(w, "nobody", "wrong")
    w.see("sign-in, refused", "somebody else", shows="~didn.t match")
    sign_in(w, "admin")
    w.see("dashboard", shows="~Pages created")
    w.click("Pages", "button")
    w.see("dashboard, menu of pages", shows="~^Home|Explore")
    pages(w)
    edit(w)
    people(w)
    w.tab.context.clear_cookies()
    sign_in(w, "edith")
    w.see("dashboard", "another person, who may less", shows="~Pages created")
    w.open("/admin/pages/3/")
    w.see("pages", "another person, who may less", shows="White rolls")


def pages(w: Walk) -> None:
    w.open("/admin/pages/3/")
    w.see("pages", shows="Rye bread")
    w.open("/admin/pages/3/?ordering=title")
    w.see("pages", "sorted", shows="Rye bread")
    w.open("/admin/pages/4/")
    w.see("pages", "below another one, none", shows="~Bread")
    w.open("/admin/images/")
    w.see("images", "none", shows="~Images")
    w.open("/admin/documents/")
    w.see("documents", "none", shows="~Documents")
    w.open("/admin/pages/3/")
    w.click("Actions", "button")
    w.see("pages, menu of actions", shows="~Delete|Move")
    w.open("/admin/pages/5/delete/")
    w.see("delete a page?", shows="~Are you sure")
    w.open("/admin/pages/6/delete/")
    w.see("delete a page?", "another", shows="~Are you sure")
    w.open("/admin/pages/4/history/")
    w.see("history of a page", shows="~History")
    w.open("/admin/pages/5/history/")
    w.see("history of a page", "another", shows="~History")
    w.open("/admin/pages/5/move/")
    w.see("move a page", shows="~Move")


def edit(w: Walk) -> None:
    for number, name in ((4, "Bread"), (5, "Rye bread")):
        w.open(f"/admin/pages/{number}/edit/")
        w.see("edit page", name, shows="Save draft")
        w.click("Promote", "tab")
        w.see("edit page, tab Promote", name, shows="~^Slug")
    w.click("Content", "tab")
    w.fill("~^Title", "Rye bread, dark")
    w.click("Save draft", "button")
    w.see("edit page", "just saved", shows="~has been updated|saved|Saved")
    w.open("/admin/pages/6/edit/")
    w.fill("~^Title", "")
    w.tab.evaluate(LAX)
    w.click("Save draft", "button")
    w.see("edit page, refused", shows="~could not be saved|This field is required|errors")
    w.open("/admin/pages/7/edit/")
    w.click("More actions", "button")
    w.see("edit page, menu of actions", shows="Publish")
    w.open("/admin/pages/4/edit/")
    w.click("Toggle status", "button")
    w.see("edit page, side panel of its status", shows="~Privacy|Change privacy")
    w.open("/admin/pages/add/home/homepage/3/")
    w.see("new page", shows="Save draft")
    w.fill("~^Title", "Cakes")
    w.see("new page", "filled in", shows="Save draft")


def people(w: Walk) -> None:
    w.open("/admin/users/")
    w.see("users", shows="~edith")
    w.open("/admin/users/?ordering=-name")
    w.see("users", "sorted", shows="~edith")
    w.open("/admin/users/new/")
    w.see("new user", shows="~^Username")
    w.click("Roles", "tab")
    w.see("new user, tab Roles", shows="~Administrator")
    w.open("/admin/users/edit/2/")
    w.see("edit user", shows="~^Username")
    w.click("Roles", "tab")
    w.see("edit user, tab Roles", shows="~Administrator")
    w.open("/admin/groups/")
    w.see("groups", shows="Moderators")
    w.open("/admin/account/")
    w.see("account", shows="~^First Name")
    w.click("Notifications", "tab")
    w.see("account, tab Notifications", shows="~^Submitted|Notifications")
    w.open("/admin/sites/")
    w.see("sites", shows="~localhost")
    w.open("/admin/redirects/")
    w.see("redirects", "none", shows="~Redirects")


SITE = Site("Wagtail", wagtail, walk, "/admin/login/", fit=Fit.MENDED)
