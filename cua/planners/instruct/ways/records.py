"""Making and deleting things."""

from __future__ import annotations

from cua.expect import AnyOf, Exists, Expect, Not
from cua.planners.instruct import intents as it
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.phrases import SECRET_FIELDS, plural
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import plain
from cua.planners.instruct.ways.forms import into, name_field, name_targets, put
from cua.planners.instruct.ways.pressing import YES, leads_on, yes
from cua.planners.instruct.ways.reach import in_list, is_search, lists, there, to_list
from cua.step import Step
from envs.action import Click
from envs.observation import Element
from grounding.target import Target

_GENERIC = (
    "add",
    "new",
    "create",
    "create new",
    "add new",
    "add a new one",
    "create record",
    "new record",
    "add record",
    "+",
    "＋",
    "insert",
)
_DELETES = ("delete", "remove", "delete record", "trash", "delete this", "erase", "destroy", "×", "✕", "🗑")


def create(intent: it.Create, scene: Scene) -> tuple[Step, ...]:
    """Reach a form for a new one, then the name and what else is known into its fields."""
    if not _begun(intent, scene):
        way = _to_form(intent, scene)
        if way is not None:
            return way
    return _fill_in(intent, scene)


def _begun(intent: it.Create, scene: Scene) -> bool:
    return scene.did("add") or scene.did("name") or any(stage.startswith("field") for stage in scene.done)


def _to_form(intent: it.Create, scene: Scene) -> tuple[Step, ...] | None:
    """Steps to the form; None where it is on the screen already."""
    kind, screen = intent.kind, scene.screen
    button = scene.only(screen.named(_names(kind)), f"the way to a new {kind}")
    if button is None and _form_here(kind, scene):
        return None
    button = button or _beside_kind(kind, scene)
    if button is None and lists(kind, scene):
        button = scene.only(screen.named(_GENERIC), f"the way to a new {kind}")
    if button is None and not scene.did("list"):
        link = scene.only(screen.named([plural(kind), kind]), f"the list of {plural(kind)}")
        if link is not None:
            return (scene.on("list", Click(), "open", link),)
    if button is None:
        generic = screen.named(_GENERIC)
        button = generic[0] if len({element.ref for element in generic}) == 1 else None
    if button is None:
        targets = [Target(name, text=name) for name in (f"Add {kind}", f"New {kind}", f"Create {kind}")]
        return scene.wait("add", f"way to a new {kind}", targets)
    if _inline(button, scene):
        return None
    return (scene.on("add", Click(), "press", button),)


def _names(kind: str) -> list[str]:
    return [form.format(kind) for form in (
        "add {}", "new {}", "create {}", "add new {}", "create new {}", "add a {}", "add a new {}", "create a {}",
        "create a new {}", "add an {}", "create an {}", "register {}", "register new {}", "{} add", "{} new",
    )]  # fmt: skip


def _form_here(kind: str, scene: Scene) -> bool:
    """Whether the page is itself a form for a new one."""
    fresh = {"add", "new", "create", "register"}
    heads = [set(plain(head).split()) for head in scene.screen.headings()]
    return any(fresh & head and (set(kind.split()) & head or plural(kind) in head) for head in heads) and _fillable(
        scene
    )


def _fillable(scene: Scene) -> bool:
    return any(not is_search(field, scene) for field in scene.screen.fields)


def _beside_kind(kind: str, scene: Scene) -> Element | None:
    """A plain "Add" in the row, or under the heading, of the kind."""
    screen = scene.screen
    rows = screen.rows(plural(kind)) or screen.rows(kind)
    inside = [e for row in rows for e in screen.named(_GENERIC, (x for x in screen.inside(row) if x in screen.buttons))]
    if inside:
        return scene.only(inside, f"the way to a new {kind}")
    below = [e for e in screen.named(_GENERIC) if _label_before(e, scene) in {plural(kind), kind}]
    if below:
        return scene.only(below, f"the way to a new {kind}")
    heading = next((e for e in screen.elements if e.role == "heading" and plain(e.name) in {plural(kind), kind}), None)
    if heading is None:
        return None
    for above in scene.now.ancestors(heading):
        if above.role in {"region", "section", "group", "article", "listitem", "form", "dialog", "tabpanel", "list"}:
            near = screen.named(_GENERIC, (x for x in screen.inside(above) if x in screen.buttons))
            if near:
                return scene.only(near, f"the way to a new {kind}")
    return None


def _label_before(button: Element, scene: Scene) -> str:
    """The text or heading that a button of a menu stands under: the last one before it."""
    elements = scene.screen.elements
    place = next(n for n, element in enumerate(elements) if element.ref == button.ref)
    said = (e.name for e in reversed(elements[:place]) if e.role in {"text", "heading", "summary"} and e.name.strip())
    return plain(next(said, ""))


def _inline(button: Element, scene: Scene) -> bool:
    """Whether the button is the submit of a small form with the field right beside it (a list of things to do)."""
    if leads_on(button) or button.role != "button":
        return False
    screen = scene.screen
    known = screen.form(button) is not None or button.attributes.get("action")
    return bool(known) and any(screen.together(button, field) for field in screen.fields if not is_search(field, scene))


def _fill_in(intent: it.Create, scene: Scene) -> tuple[Step, ...]:
    steps: list[Step] = []
    if intent.name is not None and not scene.did("name"):
        field = name_field(intent.kind, scene)
        if field is None:
            return scene.wait("name", f"field for the name of the {intent.kind}", name_targets(intent.kind))
        steps.append(put("name", field, intent.name, scene))
    for number, (label, value) in enumerate(intent.fields, 1):
        stage = f"field{number}"
        if SECRET_FIELDS.search(label):
            steps += _password(stage, label, value, scene)
        elif not scene.did(stage):
            steps.append(into(stage, Phrase(label), value, scene))
    return tuple(steps)


def _password(stage: str, label: str, value: it.Value, scene: Scene) -> list[Step]:
    """A password, and the same again where the form asks for it twice."""
    fields = scene.screen.passwords
    if not fields:
        return [] if scene.did(stage) else [into(stage, Phrase(label), value, scene)]
    twice = {"confirm", "confirmation", "again", "repeat", "verify", "retype", "2", "second", "re-enter", "reenter"}
    asked_again = [
        f
        for f in fields
        if twice & set(plain(f.name).split()) or twice & set(plain(f.attributes.get("placeholder", "")).split())
    ]
    first = [f for f in fields if f not in asked_again]
    named = [f for f in first if plain(f.name) == plain(label)]
    field = scene.only(named or first, "the field for the password")
    if field is None:
        scene.stuck("there is no field for the password")
    steps = [] if scene.did(stage) else [put(stage, field, value, scene)]
    if "confirm" not in plain(label):
        again = [f for f in asked_again if scene.screen.together(f, field)]
        steps += [put(f"{stage}-{n}", f, value, scene) for n, f in enumerate(again, 2) if not scene.did(f"{stage}-{n}")]
    return steps


def delete(intent: it.Delete, scene: Scene) -> tuple[Step, ...]:
    if scene.did("confirm"):
        return ()
    if scene.did("delete"):
        return _confirm(intent, scene)
    name = intent.what.name
    assert name is not None
    screen = scene.screen
    rows = screen.rows(name)
    beside = [e for row in rows for e in screen.named(_DELETES, (x for x in screen.inside(row) if x in screen.buttons))]
    button = scene.only(beside or screen.named([f"delete {name}", f"remove {name}"]), f"what deletes {intent.what}")
    if button is None and (scene.did("record") or there(intent.what, scene)):
        kinds = [f"delete {intent.what.kind}", f"delete this {intent.what.kind}"] if intent.what.kind else []
        button = scene.only(screen.named([*kinds, *_DELETES]), f"what deletes {intent.what}")
        if button is None:
            return scene.wait("delete", f"button or link to delete {intent.what}", [Target("Delete", text="Delete")])
    if button is not None:
        commit = not leads_on(button)
        expect = _asked_or_gone(name) if commit and button.attributes.get("type") != "submit" else None
        return (scene.on("delete", Click(), "press", button, commit=commit, expect=expect),)
    found = in_list(name, scene)
    if found is not None:
        return (scene.on("record", Click(), "open", found),)
    return to_list(intent.what, scene)


def _asked_or_gone(name: str) -> Expect:
    """A button of a script either asks first or does it at once."""
    asks = [
        Exists(Target(word, "button", exact=True, text=f"'{word}' button"))
        for word in ("Yes", "OK", "Confirm", "Yes, delete")
    ]
    dialogs = [Exists(Target("", role, text=role)) for role in ("dialog", "alertdialog")]
    return AnyOf((*dialogs, *asks, Not(Exists(Target(name, exact=True, text=f"'{name}'")))))


def _confirm(intent: it.Delete, scene: Scene) -> tuple[Step, ...]:
    """Answer the question, where one is asked."""
    if not intent.confirm:
        return ()
    before = scene.done["delete"]
    question = yes(scene, intent.answer)
    if question is not None and not _only_deletes(question, scene):
        return (scene.on("confirm", Click(), "say", question, commit=True),)
    if before.step.commit or any(effect.kind == "dialog" for effect in before.effects):
        return ()  # it is done: the proof of that step says so
    return scene.wait(
        "confirm",
        "question whether to delete it",
        [Target(w.capitalize(), "button", text=f"{w} button") for w in YES[:6]],
    )


def _only_deletes(button: Element, scene: Scene) -> bool:
    """Whether it is the button of the list that was pressed before, and no answer to a question."""
    return plain(button.name) in {"delete", "remove"} and any(
        above.role in {"row", "listitem"} for above in scene.now.ancestors(button)
    )
