"""Filling in: typing, choosing, ticking, as the field is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Never

from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Value, shown
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import plain
from cua.planners.instruct.ways.reach import is_search, to_record
from cua.step import Step
from envs.action import Action, Check, Clear, Click, Select, Type
from envs.observation import Element
from grounding.roles import TICKABLE
from grounding.target import Target

_YES = frozenset({"yes", "on", "true", "checked", "ticked", "enabled", "1", "active"})
_NO = frozenset({"no", "off", "false", "unchecked", "unticked", "disabled", "0", "inactive"})
_PEOPLE = frozenset({"user", "account", "member", "login"})


def fill(intent: it.Fill, scene: Scene) -> tuple[Step, ...]:
    if scene.did("set"):
        return ()
    if intent.of is not None and (way := to_record(intent.of, scene, last="record")):
        return way
    if intent.field is None:
        return (_into_focus(intent, scene),)
    if intent.field.text == "\0name":
        kind = (intent.of.kind if intent.of else None) or "thing"
        field = name_field(kind, scene)
        if field is None:
            return scene.wait("name", "field for the name", name_targets(kind))
        return (put("set", field, intent.value, scene),)
    return (into("set", intent.field, intent.value, scene, append=intent.append),)


def _into_focus(intent: it.Fill, scene: Scene) -> Step:
    focused = [field for field in scene.screen.fields if "focused" in field.states]
    pool = focused or [field for field in scene.screen.fields if "readonly" not in field.states]
    field = scene.only(pool, "the field to type into")
    if field is None:
        scene.stuck("no field has the focus; say into which field to type")
    return put("set", field, intent.value, scene)


def into(stage: str, name: Phrase, value: Value, scene: Scene, *, append: bool = False) -> Step:
    """A value into the field of that name. Where it is not there yet, the loop waits for it."""
    target = scene.target(name)
    exact = [e for e in scene.screen.all_fields if plain(e.name) == plain(name.text)]
    if len(exact) == 1:
        return put(stage, exact[0], value, scene, append=append)
    kinds: Iterable[Action] = (Type(""), Select(str(value)), Check())
    seen = next((e for action in kinds if (e := scene.seen(target, action)) is not None), None)
    if seen is None:
        return scene.step(stage, Type(value, append), f"type {shown(value)} into {target}", target)
    action = action_for(seen, value, scene, append=append)
    if action is None:
        return _inner(stage, seen, value, scene)
    if scene.seen(target, action) is None:
        return put(stage, seen, value, scene, append=append)
    return scene.step(stage, action, words_for(action, value, target), target)


def put(stage: str, field: Element, value: Value, scene: Scene, *, append: bool = False) -> Step:
    """A value into this field."""
    action = action_for(field, value, scene, append=append)
    if action is None:
        return _inner(stage, field, value, scene)
    target = scene.aim(field, action)
    return scene.step(stage, action, words_for(action, value, target), target)


def words_for(action: Action, value: Value, target: Target) -> str:
    match action:
        case Select(option):
            return f'choose "{option}" in {target}'
        case Check(on):
            return f"{'tick' if on else 'untick'} {target}"
    return f"type {shown(value)} into {target}"


def action_for(field: Element, value: Value, scene: Scene, *, append: bool = False) -> Action | None:
    """How a value gets into a field; None where the choices are elements of their own (a group of radio buttons)."""
    if field.role in TICKABLE and field.role != "radio":
        word = plain(value) if isinstance(value, str) else ""
        if word in _YES | _NO:
            return Check(word in _YES)
        scene.stuck(f"{field} can be ticked or not, and {shown(value)} is neither")
    if is_list(field) and isinstance(value, str):
        return Select(option(field, value, scene))
    if field.role in {"radiogroup", "group", "fieldset", "region", "radio"}:
        return None
    return Type(value, append)


def is_list(field: Element) -> bool:
    """Whether it is chosen from and not typed into."""
    return field.role == "listbox" or "options" in field.attributes or field.attributes.get("tag") == "select"


def options(field: Element) -> list[str]:
    return [line for line in field.attributes.get("options", "").split("\n") if line]


def option(field: Element, wanted: str, scene: Scene) -> str:
    """The option as the list has it. Raises Infeasible where it has none such."""
    known = options(field)
    if not known or wanted in known:
        return wanted
    same = [name for name in known if plain(name) == plain(wanted)]
    if len(same) != 1:
        _no_option(field, wanted, known, scene)
    return same[0]


def _no_option(field: Element, wanted: str, known: list[str], scene: Scene) -> Never:
    listed = ", ".join(f'"{name}"' for name in known[:15]) + (" …" if len(known) > 15 else "")
    scene.stuck(f'{field} has no single option "{wanted}" but {listed}')


def _inner(stage: str, group: Element, value: Value, scene: Scene) -> Step:
    """One of the choices inside a group."""
    if group.role == "radio":
        parent = next(iter(scene.now.ancestors(group)), None)
        group = parent or group
    inside = [e for e in scene.screen.inside(group) if e.role in TICKABLE | {"option"}]
    found = scene.only((e for e in inside if plain(e.name) == plain(str(value))), f"{shown(value)} in {group}")
    if found is None:
        scene.stuck(f"{group} has no choice {shown(value)}")
    action: Action = Check() if found.role in TICKABLE else Click()
    return scene.on(stage, action, "choose", found)


def clear(intent: it.Clear, scene: Scene) -> tuple[Step, ...]:
    target = scene.target(intent.field)
    return () if scene.did("1") else (scene.step("1", Clear(), f"empty {target}", target),)


def choose(intent: it.Choose, scene: Scene) -> tuple[Step, ...]:
    if intent.of is not None and (way := to_record(intent.of, scene, last="record")):
        return way
    if intent.field is None:
        return _choose_anywhere(intent.option, scene)
    several = _several(intent, scene)
    if several:
        return tuple(
            _choose_in(f"set{n}", intent.field, name, scene)
            for n, name in enumerate(several, 1)
            if not scene.did(f"set{n}")
        )
    return () if scene.did("set") or scene.did("set1") else (_choose_in("set", intent.field, intent.option, scene),)


def _choose_in(stage: str, name: Phrase, wanted: str, scene: Scene) -> Step:
    """An option of the list of that name: never typed into a mere text field beside it."""
    target = scene.target(name)
    seen = scene.seen(target, Select(wanted))
    if seen is not None and is_list(seen):
        action = Select(option(seen, wanted, scene))
        return scene.step(stage, action, words_for(action, wanted, target), target)
    if seen is not None and seen.role in TICKABLE | {"radiogroup", "group", "fieldset", "combobox"}:
        return into(stage, name, wanted, scene)
    having = [e for e in scene.screen.all_fields if is_list(e) and plain(wanted) in {plain(o) for o in options(e)}]
    named = [e for e in having if plain(name.text) in plain(e.name)]
    found = scene.only(named or having, f'the list with "{wanted}"')
    if found is not None and (named or seen is not None):
        return put(stage, found, wanted, scene)
    return into(stage, name, wanted, scene)


def _several(intent: it.Choose, scene: Scene) -> list[str]:
    """The options of a list ("Red, Green and Blue") where that is no single option."""
    if scene.did("set1"):
        return _listed(intent.option)
    assert intent.field is not None
    field = scene.seen(scene.target(intent.field), Select(intent.option))
    parts = _listed(intent.option)
    if field is None or len(parts) < 2 or plain(intent.option) in {plain(name) for name in options(field)}:
        return []
    known = {plain(name) for name in options(field)}
    return parts if all(plain(part) in known for part in parts) else []


def _listed(text: str) -> list[str]:
    return [part.strip() for piece in text.split(",") for part in piece.split(" and ") if part.strip()]


def _choose_anywhere(wanted: str, scene: Scene) -> tuple[Step, ...]:
    """An option, radio button, row or tab by its name alone."""
    if scene.did("set") or (
        any(stage.startswith("row") for stage in scene.done) and not _rows_left(_listed(wanted), scene)
    ):
        return ()
    screen = scene.screen
    lists = [e for e in screen.all_fields if is_list(e) and plain(wanted) in {plain(name) for name in options(e)}]
    radios = [e for e in screen.all_fields if e.role in TICKABLE and plain(e.name) == plain(wanted)]
    found = scene.only([*lists, *radios], f'"{wanted}"')
    if found is not None:
        return (put("set", found, wanted if is_list(found) else "yes", scene),) if found.role != "radio" else (
            scene.on("set", Check(), "choose", found),)  # fmt: skip
    parts = _listed(wanted)
    if all(_row_box(part, scene) is not None for part in parts):
        return tick_rows(it.Rows(tuple(parts)), scene)
    target = scene.target(wanted)
    return (scene.step("set", Click(), f"choose {target}", target),)


def tick(intent: it.Tick, scene: Scene) -> tuple[Step, ...]:
    stages = [f"box{n}" for n in range(1, len(intent.boxes) + 1)]
    left = [(stage, box) for stage, box in zip(stages, intent.boxes, strict=True) if not scene.did(stage)]
    if not left:
        return ()
    if intent.of is not None:
        return _tick_of(intent, left, scene)
    return tuple(_tick(stage, box, intent.on, scene) for stage, box in left)


def _tick_of(intent: it.Tick, left: list[tuple[str, Phrase]], scene: Scene) -> tuple[Step, ...]:
    """A box of a record: in its row, or on its page."""
    assert intent.of is not None
    assert intent.of.name is not None
    beside = [e for row in scene.screen.rows(intent.of.name) for e in scene.screen.inside(row) if e.role in TICKABLE]
    steps = []
    for stage, box in left:
        fits = [e for e in beside if plain(box.text) in {plain(e.name), plain(e.attributes.get("colheader", ""))}]
        found = scene.only(fits, f"{box} of {intent.of}")
        if found is None:
            return to_record(intent.of, scene, last="record") or tuple(_tick(s, b, intent.on, scene) for s, b in left)
        steps.append(scene.on(stage, Check(intent.on), "tick" if intent.on else "untick", found))
    return tuple(steps)


def _tick(stage: str, box: Phrase, on: bool, scene: Scene) -> Step:
    target = scene.target(box)
    seen = scene.seen(target, Check(on))
    words = "tick" if on else "untick"
    if seen is None or seen.role not in TICKABLE:
        row = _row_box(box.text, scene)
        if row is not None:
            return scene.on(stage, Check(on), words, row)
        if seen is not None and scene.failed(stage):
            scene.stuck(f"{seen} is nothing to tick")
    return scene.step(stage, Check(on), f"{words} {target}", target)


def _row_box(name: str, scene: Scene) -> Element | None:
    """The box at the row of that name."""
    rows = scene.screen.rows(name)
    boxes = [e for row in rows for e in scene.screen.inside(row) if e.role == "checkbox"]
    return boxes[0] if len(rows) == 1 and len(boxes) == 1 else None


def _rows_left(names: list[str], scene: Scene) -> list[str]:
    return [name for n, name in enumerate(names, 1) if not scene.did(f"row{n}")]


def tick_rows(intent: it.Rows, scene: Scene) -> tuple[Step, ...]:
    if not intent.names:
        return () if scene.did("all") else (_tick_all(intent.on, scene),)
    steps: list[Step] = []
    for number, name in enumerate(intent.names, 1):
        stage = f"row{number}"
        if scene.did(stage):
            continue
        box = _row_box(name, scene)
        if box is None:
            found = scene.only(scene.screen.rows(name), f'the row of "{name}"')
            if found is not None:
                scene.stuck(f'the row of "{name}" has no one box to tick')
            return tuple(steps) or scene.wait(stage, f'row of "{name}"', [Target(name, exact=True, text=f"'{name}'")])
        steps.append(scene.on(stage, Check(intent.on), "tick" if intent.on else "untick", box))
    return tuple(steps)


def _tick_all(on: bool, scene: Scene) -> Step:
    screen = scene.screen
    boxes = [e for e in screen.elements if e.role == "checkbox"]
    named = [e for e in boxes if "all" in plain(e.name).split()]
    head = [e for e in boxes if any(a.role == "columnheader" for a in scene.now.ancestors(e))]
    found = scene.only(head or named, "the box that ticks all rows")
    if found is None:
        scene.stuck("there is no box that ticks all rows")
    return scene.on("all", Check(on), "tick" if on else "untick", found)


def name_labels(kind: str) -> list[str]:
    """How a form calls the name of a thing of this kind, the likeliest first."""
    last = kind.split()[-1]
    people = ["username", "user name", "login name", "login"] if last in _PEOPLE else []
    names = ["name", f"{kind} name", f"{last} name", f"{kind}name", f"name of the {kind}"]
    titles = ["title", f"{kind} title", f"{last} title", "subject", "summary", "label", "display name"]
    return [*people, *names, *titles, kind, f"new {kind}", "full name"]


def name_targets(kind: str) -> list[Target]:
    return [
        Target(label.capitalize(), "textbox", text=f"{label.capitalize()} field") for label in name_labels(kind)[:4]
    ]


def name_field(kind: str, scene: Scene) -> Element | None:
    """The field for the name: by its label, else the only one to type into."""
    fields = [f for f in scene.screen.fields if not is_search(f, scene) and not is_list(f)]
    texts = [f for f in fields if f not in scene.screen.passwords]
    for label in name_labels(kind):
        found = [f for f in texts if plain(label) in {plain(f.name), plain(f.attributes.get("placeholder", ""))}]
        if found:
            return scene.only(found, "the field for the name")
    return texts[0] if len(texts) == 1 else None
