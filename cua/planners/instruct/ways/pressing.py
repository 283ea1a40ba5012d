"""Clicking, and the buttons that keep, confirm or drop what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cua.planners.instruct import intents as it
from cua.planners.instruct.commits import final
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import LOG_IN, plain
from cua.planners.instruct.ways.forms import is_list, options
from cua.step import Step
from envs.action import Click, Press, Select
from envs.observation import Element
from grounding.target import Target

SAVES = (
    "save", "save changes", "create", "submit", "submit changes", "add", "update", "apply", "apply changes", "store",
    "ok", "done", "finish", "confirm", "send", "register", "post", "publish", "save and close", "submit form",
)  # fmt: skip
YES = (
    "yes, i'm sure", "yes, i am sure", "yes", "ok", "okay", "confirm", "i'm sure", "yes, delete", "yes, delete it",
    "delete", "remove", "yes, remove", "yes, continue", "continue", "proceed", "accept", "agree", "confirm deletion",
    "confirm delete", "delete permanently", "delete anyway",
)  # fmt: skip
CLOSES = ("close", "×", "x", "dismiss", "cancel", "ok")
CANCELS = ("cancel", "no, take me back", "no", "dismiss", "close", "back", "never mind", "abort")


def leads_on(element: Element) -> bool:
    """Whether it is a link to another page, which changes nothing by itself."""
    href = element.attributes.get("href", "")
    return element.role == "link" and bool(href) and not href.startswith(("javascript:", "#")) and href.rstrip() != "#"


def commits(element: Element | None, name: str, scene: Scene) -> bool:
    """Whether pressing it cannot be undone: its name says so, and it is neither a link to a page nor part of a search
    or sign-in."""
    if not final(name) or plain(name) in LOG_IN:
        return False
    if element is None:
        return True
    if leads_on(element) or element.role not in {"button", "link", "menuitem", "text", "img", "generic", "cell"}:
        return False
    return not any(above.role == "search" for above in scene.now.ancestors(element))


def click(intent: it.Click, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    action = Click(intent.button, intent.count, intent.modifiers)
    target = scene.target(intent.what)
    exact = scene.screen.named([intent.what.text]) if not intent.what.quoted else ()
    if len(exact) == 1 and scene.seen(target, action) is None:
        target = scene.aim(exact[0], action)
    found = scene.seen(target, action)
    plain_click = intent.button == "left" and intent.count == 1
    commit = plain_click and commits(found, found.name if found else intent.what.text, scene)
    return (scene.step("1", action, str(intent).replace(str(intent.what), str(target)), target, commit=commit),)


def push(intent: it.Push, scene: Scene) -> tuple[Step, ...]:
    """A button of one of the names; a choice of a list of actions with a button beside it, where that is the way."""
    if scene.did("1"):
        return ()
    screen = scene.screen
    found = scene.only(screen.named(intent.names), f'"{intent.names[0]}"')
    if found is not None:
        return (scene.on("1", Click(), "press", found, commit=commits(found, found.name, scene)),)
    lists = [
        e
        for e in screen.all_fields
        if is_list(e) and any(plain(o).startswith(plain(intent.names[0])) for o in options(e))
    ]
    chooser = scene.only(lists, f'"{intent.names[0]}"')
    if chooser is not None:
        fits = [o for o in options(chooser) if plain(o).startswith(plain(intent.names[0]))]
        go = scene.only(screen.named(["go", "apply", "run", "ok", "submit"]), "the button beside the list of actions")
        if len(fits) == 1 and go is not None:
            chosen = (
                () if scene.did("choose") else (scene.on("choose", Select(fits[0]), f'choose "{fits[0]}" in', chooser),)
            )
            return (*chosen, scene.on("1", Click(), "press", go))
    for name in intent.names:
        target = scene.target(name)
        if (seen := scene.seen(target, Click())) is not None:
            return (scene.step("1", Click(), f"press {target}", target, commit=commits(seen, seen.name, scene)),)
    return scene.wait("1", f'button "{intent.names[0]}"', [Target(name, text=name) for name in intent.names])


def save(intent: it.Save, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    screen = scene.screen
    if intent.name is not None:
        target = scene.target(intent.name)
        named = scene.only(screen.named([intent.name.text]), str(target))
        if named is not None:
            return (scene.on("1", Click(), "press", named, commit=True),)
        return (scene.step("1", Click(), f"press {target}", target, commit=True),)
    found = saving(scene)
    if found is not None:
        return (scene.on("1", Click(), "press", found, commit=True),)
    if intent.implied and not intent.needed:
        return ()
    return scene.wait(
        "1",
        "button to save with",
        [Target(name, "button", text=f"{name} button") for name in ("Save", "Submit", "Create")],
    )


def saving(scene: Scene) -> Element | None:
    """The button that keeps the form being filled in: by its name, else the one submit button of that form."""
    screen = scene.screen
    pool = [b for b in screen.buttons if not leads_on(b) and b.role in {"button", "link", "menuitem"}]
    field = last_field(scene)
    if field is not None:
        beside = [b for b in pool if screen.together(b, field) and (screen.form(field) or b.attributes.get("action"))]
        pool = beside or pool
    kinds = [
        word for name in made(scene) for word in (f"create {name}", f"add {name}", f"save {name}", f"submit {name}")
    ]
    found = screen.named([*SAVES[:2], *kinds, *SAVES[2:]], pool)
    if not found:
        found = tuple(b for b in pool if plain(b.name).split(" ")[0] in {"save", "submit", "create", "update", "add"}
                      and not {"another", "new"} & set(plain(b.name).split()[1:2]))  # fmt: skip
    if not found:
        submits = [b for b in pool if b.attributes.get("type") == "submit"]
        found = tuple(submits) if len(submits) == 1 else ()
    return _one_of_equals(found, scene)


def _one_of_equals(found: Sequence[Element], scene: Scene) -> Element | None:
    """The same button at the top and the bottom of one form is one way."""
    names = {plain(element.name) for element in found}
    if len(found) > 1 and len(names) == 1 and all(scene.screen.together(found[0], other) for other in found[1:]):
        return found[-1]
    return scene.only(found, "the button to save with")


def last_field(scene: Scene) -> Element | None:
    """The field that the run filled in last, where it is on the screen."""
    for done in reversed(scene.run.done):
        if (
            done.proved
            and done.step.action.verb in {"type", "select", "check", "upload"}
            and done.step.target is not None
        ):
            return scene.seen(done.step.target, done.step.action)
    return None


def made(scene: Scene) -> Iterable[str]:
    """The kind of the thing that is being made, from the steps that began it."""
    for done in reversed(scene.run.done):
        if done.proved and done.step.id.endswith(".add") and done.found is not None:
            yield plain(done.found.name).split(" ", 1)[-1]


def confirm(intent: it.Confirm, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    found = yes(scene, intent.name)
    if found is not None:
        return (scene.on("1", Click(), "say", found, commit=True),)
    last = scene.run.last
    if last is not None and last.proved and any(effect.kind == "dialog" for effect in last.effects):
        return ()  # the browser's own question, answered on the spot
    return scene.wait(
        "1",
        "question to say yes to",
        [Target(name, "button", text=f"{name} button") for name in ("Yes", "OK", "Confirm")],
    )


def yes(scene: Scene, name: Phrase | None = None) -> Element | None:
    """The button that says yes to a question on the screen."""
    screen = scene.screen
    pool = [b for b in screen.buttons if not leads_on(b)]
    if name is not None:
        return scene.only(screen.named([name.text], pool), str(name))
    found = screen.named(YES, pool)
    if not found:
        found = tuple(b for b in pool if plain(b.name).startswith(("yes", "confirm")))
    return _one_of_equals(found, scene)


def dismiss(intent: it.Dismiss, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    screen = scene.screen
    if intent.what is not None:
        box = next(
            (
                e
                for e in screen.elements
                if e.role in {"dialog", "alertdialog"} and plain(intent.what.text) in plain(e.name)
            ),
            None,
        )
        pool = [b for b in screen.buttons if box is None or b.ref in {e.ref for e in screen.inside(box)}]
    else:
        pool = list(screen.buttons)
    found = scene.only(screen.named(CLOSES if intent.close else CANCELS, pool), "what closes it")
    if found is None:
        return scene.wait("1", "button to close or cancel", [Target(name, text=name) for name in ("Cancel", "Close")])
    return (scene.on("1", Click(), "press", found),)


def keys(intent: it.Keys, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    target = scene.target(intent.where) if intent.where is not None else None
    commit = intent.keys == "Enter" and _enter_commits(scene, target)
    return (
        scene.step(
            "1", Press(intent.keys), f"press {intent.keys}" + (f" in {target}" if target else ""), target, commit=commit
        ),
    )


def _enter_commits(scene: Scene, target: Target | None) -> bool:
    """Enter in a field sends its form: by the button that the form has."""
    field = scene.seen(target, Press("Enter")) if target is not None else next(
        (e for e in scene.screen.fields if "focused" in e.states), None)  # fmt: skip
    if field is None or "multiline" in field.states or scene.screen.form(field) is None:
        return False
    return any(commits(b, b.name, scene) for b in scene.screen.buttons if scene.screen.together(b, field))
