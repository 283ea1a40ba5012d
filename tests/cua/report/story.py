"""A run as it could have happened in Django's admin: nine steps, one of them undone, with pictures drawn by Pillow."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from PIL import Image, ImageDraw

from cua.errors import Outcome
from cua.goal import Goal
from cua.pictures import encode
from cua.run import Done, Effect, Rollback, Run, Seen
from cua.step import Keep, Step
from cua.verdict import Verdict
from envs.action import Action, Click, Look, Open, Secret, Type
from envs.geometry import Box
from envs.observation import Frame
from grounding.target import Target

ORIGIN = "http://127.0.0.1:8000"
NAMES = {"login": "Log in", "index": "Site administration", "users": "Users", "add": "Add group", "list": "Groups"}


class Shelf:
    """The pictures of a run, by digest."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def __call__(self, name: str) -> bytes:
        return self.kept[name]

    def screen(self, *lines: str, mask: tuple[Box, ...] = ()) -> str:
        """Draws a page with these lines and keeps it."""
        image = Image.new("RGB", (640, 360), "white")
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, 0, 640, 36), fill="#417690")
        for row, line in enumerate(lines):
            pen.rectangle((20, 60 + 40 * row, 300, 86 + 40 * row), outline="#888")
            pen.text((28, 66 + 40 * row), line, fill="black")
        data = encode(Frame(np.asarray(image)), mask)
        name = sha256(data).hexdigest()
        self.kept[name] = data
        return name


def step(id: str, action: Action, words: str, target: str | None = None, *, keep: Keep | None = None) -> Step:  # noqa: A002
    aim = Target(target, text=target) if target else None
    return Step(id, action, words, aim, commit=target == "Save", keep=keep, line=int(id) + 8)


def seen(role: str, name: str, row: int, confidence: float = 0.99) -> Seen:
    box = Box(20, 60 + 40 * row, 280, 26)
    return Seen(role, name, box, "web", ORIGIN, "structure", confidence, "exact name")


def story(shelf: Shelf) -> Run:
    """The run; its pictures are put on the shelf."""
    login, named = shelf.screen("Username", "Password", "Log in"), shelf.screen("admin", "Password", "Log in")
    filled = shelf.screen("admin", "secret", "Log in", mask=(Box(20, 100, 281, 27),))
    index, users = shelf.screen("Groups  Add", "Users  Add"), shelf.screen("Select user to change", "admin")
    add, typed = shelf.screen("Name", "", "Save"), shelf.screen("Editors", "", "Save")
    listed = shelf.screen("was added successfully", "Editors")
    yes, no = Verdict.yes, Verdict.no
    wrote = Effect("write", "POST /admin/jsi18n/ answered 204")
    url = ORIGIN + "/admin/"
    done = (
        Done(
            step("1", Open(url), f"open {url}"),
            yes("the page is there"),
            True,
            after="login",
            url=url + "login/",
            ms=412.3,
            pictures=("", login),
        ),
        Done(
            step("2", Type("admin"), 'type "admin" into Username', "Username"),
            yes('the field holds "admin"'),
            True,
            seen("textbox", "Username:", 0),
            "login",
            "login",
            url + "login/",
            ms=64.0,
            pictures=(login, named),
        ),
        Done(
            step("3", Type(Secret("admin_password")), "type the secret admin_password into Password", "Password"),
            yes("the field holds 6 characters"),
            True,
            seen("textbox", "Password:", 1),
            "login",
            "login",
            url + "login/",
            ms=71.0,
            pictures=(named, filled),
        ),
        Done(
            step("4", Click(), "click Log in", "Log in"),
            yes('text "Site administration" appeared'),
            True,
            seen("button", "Log in", 2),
            "login",
            "index",
            url,
            ms=641.0,
            pictures=(filled, index),
        ),
        Done(
            step("5", Click(), "click Add near Groups", "Add near Groups"),
            no('no text "Add group" within 10 s'),
            True,
            seen("link", "Users", 1, 0.71),
            "index",
            "users",
            url + "auth/user/",
            effects=(wrote,),
            undone=True,
            ms=2030.0,
            pictures=(index, users),
            notes=("stale, found again",),
        ),
        Done(
            step("5", Click(), "click Add near Groups", "Add near Groups"),
            yes('the heading "Add group" appeared'),
            True,
            seen("link", "Add", 0, 0.97),
            "index",
            "add",
            url + "auth/group/add/",
            ms=388.0,
            pictures=(index, add),
        ),
        Done(
            step("6", Type("Editors"), 'type "Editors" into Name', "Name"),
            yes('the field holds "Editors"'),
            True,
            seen("textbox", "Name:", 0),
            "add",
            "add",
            url + "auth/group/add/",
            ms=58.0,
            pictures=(add, typed),
        ),
        Done(
            step("7", Click(), "click Save", "Save"),
            yes('text "was added successfully" appeared'),
            True,
            seen("button", "Save", 2, 0.98),
            "add",
            "list",
            url + "auth/group/",
            effects=(Effect("write", "POST /admin/auth/group/add/ answered 302"),),
            ms=702.0,
            pictures=(typed, listed),
        ),
        Done(
            step("8", Look(), "extract the groups", "Groups table", keep=Keep("groups", "rows")),
            yes("1 row"),
            False,
            seen("table", "Groups", 1, 1.0),
            "list",
            "list",
            url + "auth/group/",
            value=[{"Group": "Editors", "Members": 0}],
            ms=31.0,
            pictures=(listed, listed),
        ),
    )
    goal = Goal("Add the group Editors", start=url, params={"name": "Editors"}, name="add-group")
    back = Rollback("5", "history", "index", done[4].verdict.why, True, 311.0)
    return Run("run-1", goal, done, (back,), Outcome.REACHED, 'the text "Editors" is there', 4890.0)
