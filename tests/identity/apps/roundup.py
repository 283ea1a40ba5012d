"""The Roundup issue tracker: lists, searches, issues, users, refusals."""

from __future__ import annotations

from tests.identity.walk import Fit, Site, Walk
from tests.names.corpus import app


def sign_in(w: Walk, user: str, password: str) -> None:
    w.tab.get_by_placeholder("username").fill(user)
    w.tab.get_by_placeholder("password").fill(password)
    w.click("Login", "button")


def walk(w: Walk) -> None:
    w.see("issues, signed out", shows="~Login page shows")
    sign_in(w, "admin", "wrong")
    w.see("issues, sign-in refused", shows="~Invalid login")
    w.open("/")
    sign_in(w, "admin", "secret")
    w.see("issues", shows="~Hello, admin")
    issues(w)
    people(w)
    w.open("/issue")
    w.click("~Logout|logout")
    w.see("issues, signed out", "again", shows="Login")


def issues(w: Walk) -> None:
    w.open("/issue")
    w.see("issues", "all", shows="~Login page shows")
    w.open("/issue?@sort=-id&@columns=title,status,priority,assignedto&@filter=status&status=1")
    w.see("issues", "unread ones", shows="~Login page shows")
    w.open("/issue?@search_text=umlauts&@columns=title,status,priority,assignedto")
    w.see("issues", "found by a word, none", shows="~Hello, admin")
    for number in (1, 2, 4):
        w.open(f"/issue{number}")
        w.see("issue", f"number {number}", shows="Submit Changes")
    w.choose("~^Status", "resolved")
    w.click("Submit Changes", "button")
    w.see("issue", "just changed", shows="~edited ok")
    w.open("/issue3")
    w.fill("~^Title", "")
    w.tab.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    w.click("Submit Changes", "button")
    w.see("issue, refused", shows="~not empty|equired|rror")
    w.open("/issue?@template=item")
    w.see("new issue", shows="Submit New Entry")
    w.fill("~^Title", "The lift is stuck")
    w.see("new issue", "filled in", shows="Submit New Entry")
    w.choose("Priority", "bug")
    w.click("Submit New Entry", "button")
    w.see("issue", "just created", shows="~created ok|created")
    w.open("/issue?@template=item")
    w.tab.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    w.click("Submit New Entry", "button")
    w.see("new issue, refused", shows="~Required|required|rror")
    w.open("/issue?@template=search")
    w.see("search for issues", shows="Search")
    w.open("/issue77")
    w.see("not there", shows="~[Nn]ot [Ff]ound|no issue")


def people(w: Walk) -> None:
    w.open("/user")
    w.see("users", shows="maria")
    w.open("/user?@sort=-username")
    w.see("users", "sorted", shows="maria")
    for number, name in ((1, "admin"), (3, "testuser"), (4, "maria")):
        w.open(f"/user{number}")
        w.see("user", name, shows=f"User {number} editing")
    w.open("/user?@template=item")
    w.see("new user", shows="~New User|Submit New Entry")
    w.open("/keyword?@template=item")
    w.see("keywords", shows="~hardware")


SITE = Site("Roundup", app("roundup"), walk, fit=Fit.MENDED)
