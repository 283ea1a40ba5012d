"""Searching, filtering, sorting; and looking whether something is so."""

from __future__ import annotations

from dataclasses import replace

from cua.expect import AnyOf, Checked, Expect, Gone, Selected, Text, Title, Url, Value
from cua.planners.instruct import intents as it
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import plain
from cua.planners.instruct.ways.forms import is_list, put
from cua.planners.instruct.ways.reach import link_to, search_field
from cua.step import Step
from envs.action import Click, Look, Press, Type
from envs.observation import Element
from grounding.describe import quoted
from grounding.target import Target

_GO = ("search", "go", "find", "submit search", "apply", "filter", "run", "ok", "submit", "🔍")
LONG = 30.0
"""Seconds that an explicit "wait until" waits."""


def search(intent: it.Search, scene: Scene) -> tuple[Step, ...]:
    if scene.did("go"):
        return ()
    field = _where(intent, scene)
    if not isinstance(field, Element):
        return field
    typed = () if scene.did("query") and field.value == intent.query else (
        scene.on("query", Type(intent.query), f'type "{intent.query}" into', field),)  # fmt: skip
    screen = scene.screen
    inside = screen.form(field) is not None or "action" in field.attributes
    beside = [b for b in screen.named(_GO) if inside and b.role == "button" and screen.together(b, field)]
    if len(beside) == 1:
        return (*typed, scene.on("go", Click(), "press", beside[0]))
    target = scene.aim(field, Press("Enter"))
    return (*typed, scene.step("go", Press("Enter"), f"press Enter in {target}", target))


def _where(intent: it.Search, scene: Scene) -> Element | tuple[Step, ...]:
    """The field to search with, or the steps that lead to it."""
    where = intent.where
    if where is not None:
        named = [f for f in scene.screen.fields if plain(f.name) == plain(where.text)]
        field = scene.only(named, str(where)) or scene.seen(scene.target(where), Type(""))
        if field is not None and field in scene.screen.fields:
            return field
        if not scene.did("open") and (link := link_to(where.text, scene)) is not None:
            return (scene.on("open", Click(), "open", link),)
    field = search_field(scene)
    if field is not None:
        return field
    if not scene.did("show") and not scene.did("wait-field"):
        opener = scene.only(
            scene.screen.named(["search", "find", "open search", "show search"]), "the way to the search"
        )
        if opener is not None:
            return (scene.on("show", Click(), "press", opener),)
    return scene.wait(
        "field",
        "field to search with",
        [Target("", "searchbox", text="search box"), Target("Search", "textbox", text="Search field")],
    )


def filter_(intent: it.Filter, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    screen = scene.screen
    if scene.did("set"):
        return _apply(scene)
    if intent.by is not None and (field := _filter_field(intent.by, scene)) is not None:
        if is_list(field):
            return (put("set", field, intent.value, scene),)
        typed = put("set", field, intent.value, scene)
        return (typed, scene.step("1", Press("Enter"), f"press Enter in {typed.target}", typed.target))
    link = _filter_link(intent, scene)
    if link is not None:
        return (scene.on("1", Click(), "choose", link),)
    opener = screen.named(["filter", "filters", "show filters", "add filter", "filter by"])
    if len(opener) == 1 and not scene.did("show"):
        return (scene.on("show", Click(), "open", opener[0]),)
    words = f'filter "{intent.by}"' if intent.by is not None else f'filter "{intent.value}"'
    return scene.wait("filter", words, [Target(intent.value, "link", text=f"{intent.value} link")])


def _filter_field(by: Phrase, scene: Scene) -> Element | None:
    names = [by.text, f"filter by {by.text}", f"by {by.text}", f"{by.text} filter"]
    return scene.only(scene.screen.named(names, scene.screen.all_fields), f"the filter {by}")


def _filter_link(intent: it.Filter, scene: Scene) -> Element | None:
    """The link of the value in the section of what is filtered by."""
    screen = scene.screen
    links = screen.named([intent.value])
    if intent.by is None:
        return scene.only(links, f'the filter "{intent.value}"')
    heads = {plain(form.format(intent.by.text)) for form in ("{}", "by {}", "filter by {}")}
    chosen = [link for link in links if heads & _above(link, scene)]
    if chosen:
        return scene.only(chosen, f"the filter {intent.by}")
    for form in ("{value} in the {by} section", "{value} under {by}", "{value} below {by}"):
        by, value = quoted(f"By {intent.by.text}"), quoted(intent.value)
        target = scene.target(form.format(value=value, by=by))
        if (
            target.clauses
            and (found := scene.seen(target, Click())) is not None
            and plain(found.name) == plain(intent.value)
        ):
            return found
    return None


def _above(link: Element, scene: Scene) -> set[str]:
    """The names that a link stands under: its containers, and the last heading-like thing before it."""
    names = {plain(above.name) for above in scene.now.ancestors(link) if above.name}
    elements = scene.screen.elements
    place = next(n for n, element in enumerate(elements) if element.ref == link.ref)
    for element in reversed(elements[:place]):
        if (
            element.role in {"heading", "summary", "disclosuretriangle", "text", "columnheader", "term"}
            and element.name.strip()
        ):
            names.add(plain(element.name))
            if element.role != "text":
                break
    return names


def _apply(scene: Scene) -> tuple[Step, ...]:
    """A filter that was chosen may need a button to take effect."""
    found = scene.screen.named(["apply", "filter", "apply filter", "apply filters", "go", "update", "search"])
    buttons = [b for b in found if b.role == "button"]
    if len(buttons) == 1:
        return (scene.on("1", Click(), "press", buttons[0]),)
    return ()


def sort(intent: it.Sort, scene: Scene) -> tuple[Step, ...]:
    """A click on the head of the column; a direction cannot be proved by it, so it is refused."""
    if scene.did("1"):
        return ()
    if intent.descending is not None:
        scene.stuck("the direction of an order cannot be seen for sure; say “click” with the name of the column head")
    screen = scene.screen
    heads = [e for e in screen.elements if e.role == "columnheader" and plain(e.name) == plain(intent.by.text)]
    inner = [
        e
        for head in heads
        for e in screen.inside(head)
        if e in screen.buttons and plain(e.name) == plain(intent.by.text)
    ]
    found = scene.only(inner or heads, f"the column {intent.by}")
    if found is not None:
        return (scene.on("1", Click(), "sort by", found),)
    target = scene.target(intent.by)
    return (scene.step("1", Click(), f"sort by {target}", target),)


def see(intent: it.See, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    step = scene.step("1", Look(), str(intent), expect=expected(intent, scene))
    return (replace(step, timeout=LONG) if intent.wait else step,)


def expected(intent: it.See, scene: Scene | None = None) -> Expect | None:
    """What is looked for, as data."""
    if intent.field is not None:
        target = scene.target(intent.field) if scene is not None else Target(intent.field.text, text=intent.field.text)
        if intent.where in {"ticked", "unticked"}:
            return Checked(target, intent.where == "ticked")
        return AnyOf((Value(target, intent.text), Selected(intent.text, target)))
    if not intent.text:
        return None
    if intent.where == "title":
        return Title(intent.text)
    if intent.where == "url":
        return Url(intent.text if "://" in intent.text else f"*{intent.text}*")
    return Gone(intent.text) if intent.gone else Text(intent.text)
