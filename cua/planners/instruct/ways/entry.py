"""Signing in and out."""

from __future__ import annotations

import re

from cua.expect import Exists, Expect, Not, Text
from cua.planners.instruct import intents as it
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import LOG_IN, LOG_OUT
from cua.step import Step
from envs.action import Click, Press, Type
from envs.observation import Element
from grounding.target import Target

_USER = re.compile(r"user|login|e-?mail|account|\bname\b|\bid\b", re.IGNORECASE)
_ON = ("next", "continue", "proceed", *LOG_IN)
_SUBMIT = (*LOG_IN, "submit", "continue", "next", "ok", "enter", "go", "connect", "log me in", "sign me in", "unlock")


def log_in(intent: it.LogIn, scene: Scene) -> tuple[Step, ...]:
    """User name and password into the form that asks for them, then its button; a link to that form before it."""
    if scene.did("submit"):
        return ()
    screen = scene.screen
    if not screen.passwords:
        return _no_form(intent, scene)
    password = _password(scene)
    steps = []
    user = _user_field(scene, password)
    if intent.user is not None and not _holds(scene, "user", user, intent.user):
        if user is None:
            scene.stuck("there is a field for a password and none for a user name")
        steps.append(scene.on("user", Type(intent.user), f'type "{intent.user}" into', user))
    if intent.password is not None:
        if not (scene.did("password") and password.value):
            steps.append(scene.on("password", Type(intent.password), "type the password into", password))
    elif not password.value:
        scene.stuck("a password is asked for and the instruction gives none (log in as USER with password PASSWORD)")
    return (*steps, _submit(scene, password))


def _no_form(intent: it.LogIn, scene: Scene) -> tuple[Step, ...]:
    screen = scene.screen
    if not scene.done and screen.named(LOG_OUT):
        if intent.user is None or screen.says(intent.user):
            shown = screen.named(LOG_OUT)[0].name if intent.user is None else intent.user
            return scene.look("submit", f'see that "{shown}" is shown: signed in already', Text(shown))
        scene.stuck(f'somebody is signed in already, and nothing says that it is "{intent.user}"; say “log out” first')
    user = next((field for field in screen.fields if _USER.search(_words(field))), None)
    onward = screen.named(_ON)
    if user is not None and intent.user is not None and any(screen.together(user, button) for button in onward):
        button = scene.only((b for b in onward if screen.together(user, b)), "the button to go on with")
        assert button is not None
        if scene.did("next"):
            return scene.wait(
                "password", "field for the password", [Target("Password", "textbox", text="Password field")]
            )
        typed = () if _holds(scene, "user", user, intent.user) else (
            scene.on("user", Type(intent.user), f'type "{intent.user}" into', user),)  # fmt: skip
        return (*typed, scene.on("next", Click(), "click", button))
    link = scene.only(screen.named(LOG_IN), "the way to sign in")
    if link is not None and not scene.did("open"):
        return (scene.on("open", Click(), "click", link),)
    asked = [
        Target("Password", "textbox", text="Password field"),
        Target("Log in", text="Log in"),
        Target("Sign in", text="Sign in"),
    ]
    return scene.wait("form", "form to sign in", asked)


def _password(scene: Scene) -> Element:
    screen = scene.screen
    found = [p for p in screen.passwords if any(screen.together(p, b) for b in screen.named(LOG_IN))]
    chosen = scene.only(found if len(screen.passwords) > 1 else screen.passwords, "the field for the password")
    if chosen is None:
        scene.stuck(f"there are {len(screen.passwords)} fields for passwords and none beside a button to sign in")
    return chosen


def _user_field(scene: Scene, password: Element) -> Element | None:
    """The field before the password in its form; where there are several, the one that is called so."""
    screen = scene.screen
    order = {element.ref: place for place, element in enumerate(screen.elements)}
    before = [
        field for field in screen.fields
        if field.ref != password.ref and screen.together(field, password) and order[field.ref] < order[password.ref]
    ]  # fmt: skip
    called = [field for field in before if _USER.search(_words(field))]
    return called[-1] if called else before[-1] if before else None


def _words(field: Element) -> str:
    keys = ("name", "id", "autocomplete", "placeholder", "type")
    return " ".join([field.name, *(field.attributes.get(key, "") for key in keys)]).replace("_", " ")


def _holds(scene: Scene, stage: str, field: Element | None, value: str) -> bool:
    return scene.did(stage) and (field is None or field.value == value)


def _submit(scene: Scene, password: Element) -> Step:
    screen = scene.screen
    beside = [button for button in screen.buttons if screen.together(button, password) and button.role == "button"]
    named = screen.named(_SUBMIT, beside) or screen.named(_SUBMIT)
    kept = [button for button in named if button.role == "button"] or list(named)
    lone = [button for button in beside if button.attributes.get("type") == "submit"]
    button = scene.only(kept or (lone if len(lone) == 1 else ()), "the button to sign in")
    gone = _gone(password)
    if button is None:
        target = scene.aim(password, Press("Enter"))
        return scene.step("submit", Press("Enter"), f"press Enter in {target}", target, expect=gone)
    return scene.on("submit", Click(), "click", button, expect=gone)


def _gone(password: Element) -> Expect | None:
    """A sign-in that succeeded asks for no password any more."""
    if not password.name:
        return None
    return Not(Exists(Target(password.name, "textbox", exact=True, text=f"'{password.name}' field")))


def log_out(intent: it.LogOut, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    found = scene.only(scene.screen.named(LOG_OUT), "the way to sign out")
    if found is None:
        return scene.wait(
            "out",
            "button or link to sign out",
            [Target("Log out", text="Log out"), Target("Sign out", text="Sign out")],
        )
    return (scene.on("1", Click(), "click", found),)
