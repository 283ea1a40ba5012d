"""Getting to pages, lists and records."""

from __future__ import annotations

from cua.expect import AnyOf, Expect, Text, Title, Value
from cua.planners.instruct import intents as it
from cua.planners.instruct.intents import Record
from cua.planners.instruct.patterns import Phrase
from cua.planners.instruct.phrases import plural, singular
from cua.planners.instruct.scene import Scene
from cua.planners.instruct.screen import plain
from cua.step import Step
from envs.action import Click, Press, Type
from envs.observation import Element
from grounding.target import Target

_OPENS = ("edit", "edit record", "change", "open", "view", "view record", "details", "show", "modify", "properties")
_SEARCH = ("search", "find", "filter", "query", "suche", "q", "keyword", "keywords", "look up")


def open_(intent: it.Open, scene: Scene) -> tuple[Step, ...]:
    if scene.did("1"):
        return ()
    if intent.what is None:
        assert intent.of is not None
        way = to_record(intent.of, scene, last="1")
        return way or scene.look("1", f"see that {intent.of} is open", _shows(intent.of, scene))
    if intent.of is not None:
        return _part(intent.what, intent.of, scene)
    return _page(intent.what, scene)


def _page(what: Phrase, scene: Scene) -> tuple[Step, ...]:
    """A link, tab or button of that name; nothing where we are there already."""
    found = (
        link_to(what.text, scene) if not what.quoted else scene.only(scene.screen.named([what.text]), f'"{what.text}"')
    )
    if found is not None:
        return (scene.on("1", Click(), "open", found),)
    target = scene.target(what)
    grounding = scene.grounder.ground(target, scene.now, Click())
    if not grounding.found and any(plain(words) == plain(what.text) for words in scene.screen.headings()):
        return scene.look("1", f"see that {target} is open", AnyOf((Title(what.text), Text(what.text))))
    rows = scene.screen.rows(what.text)
    if not grounding.found and len(rows) == 1:
        return to_record(Record(what.text), scene, last="1")
    return (scene.step("1", Click(), f"open {target}", target),)


def link_to(name: str, scene: Scene) -> Element | None:
    """The one link or button of that name, singular or plural where the name itself is not there."""
    names = [name, plural(name.casefold()), singular(name.casefold())]
    return scene.only(scene.screen.named(names), f'"{name}"')


def _part(what: Phrase, of: Record, scene: Scene) -> tuple[Step, ...]:
    """Something of a record: in its row, or on its page."""
    assert of.name is not None
    screen = scene.screen
    rows = screen.rows(of.name)
    beside = [
        e for row in rows for e in screen.named([what.text], (x for x in screen.inside(row) if x in screen.buttons))
    ]
    if beside:
        found = scene.only(beside, f"{what} of {of}")
        assert found is not None
        return (scene.on("1", Click(), "open", found),)
    if there(of, scene) or scene.did("record"):
        found = scene.only(screen.named([what.text]), f"{what} of {of}")
        if found is not None:
            return (scene.on("1", Click(), "open", found),)
        target = scene.target(what)
        return (scene.step("1", Click(), f"open {target}", target),)
    return to_record(of, scene, last="record")


def _shows(of: Record, scene: Scene) -> Expect:
    """The page of the record is shown: in a heading or the title, or a field holds its name."""
    assert of.name is not None
    fields = [field for field in scene.screen.fields if plain(field.value or "") == plain(of.name)]
    held = [Value(scene.aim(field, Type(of.name)), field.value or "") for field in fields[:1]]
    return AnyOf((Title(of.name), Text(of.name), *held))


def there(of: Record, scene: Scene) -> bool:
    """Whether the page is the record's own: a heading or the title names it, or a field holds the name."""
    assert of.name is not None
    screen = scene.screen
    wanted = plain(of.name)
    heads = [plain(words) for words in screen.headings()]
    headed = any(wanted == head or head.endswith(f" {wanted}") or head.startswith(f"{wanted} ") for head in heads)
    held = any(plain(field.value or "") == wanted for field in screen.fields if not is_search(field, scene))
    return (headed and bool(screen.all_fields or screen.named(["delete", "edit", "history"]))) or held


def to_record(of: Record, scene: Scene, *, last: str) -> tuple[Step, ...]:
    """Steps to the page of a record; `last` is the stage of the one that opens it. () when it is open."""
    assert of.name is not None
    screen = scene.screen
    if scene.did(last) or (there(of, scene) and not screen.rows(of.name)):
        return ()
    if (found := in_list(of.name, scene)) is not None:
        return (scene.on(last, Click(), "open", found),)
    return to_list(of, scene)


def in_list(name: str, scene: Scene) -> Element | None:
    """What opens the record from a list: the link of its name, or what its row has for that."""
    screen = scene.screen
    links = [link for link in screen.named([name]) if link.role in {"link", "button", "treeitem", "tab", "menuitem"}]
    if links:
        return scene.only(links, f'"{name}"')
    rows = screen.rows(name)
    row = scene.only(rows, f'the row of "{name}"')
    if row is None:
        return None
    inside = [element for element in screen.inside(row) if element in screen.buttons]
    named = screen.named(_OPENS, inside)
    if named:
        return scene.only(named, f'what opens "{name}"')
    links = [element for element in inside if element.role == "link"]
    if len(links) == 1:
        return links[0]
    return row if "listens" in row.states else None


def to_list(of: Record, scene: Scene) -> tuple[Step, ...]:
    """Towards the list in which the record is: the link of its kind, then a search in that list."""
    screen = scene.screen
    if of.kind and not scene.did("list") and not lists(of.kind, scene):
        link = scene.only(
            screen.named([plural(of.kind), of.kind, f"{of.kind} list", f"all {plural(of.kind)}"]),
            f"the list of {of.kind}s",
        )
        if link is not None:
            return (scene.on("list", Click(), "open", link),)
    field = search_field(scene)
    if field is not None and not scene.did("find"):
        assert of.name is not None
        typed = scene.on("query", Type(of.name), f'type "{of.name}" into', field)
        target = typed.target
        return (typed, scene.step("find", Press("Enter"), f"press Enter in {target}", target))
    names = [Target(of.name or "", exact=True, text=f"'{of.name}'")]
    return scene.wait("record", str(of), names)


def lists(kind: str, scene: Scene) -> bool:
    """Whether the page is a list of this kind."""
    words = {plural(kind), kind}
    rows = sum(element.role in {"row", "listitem"} for element in scene.screen.elements) >= 1
    return rows and any(words & set(plain(head).split()) or plain(head) in words for head in scene.screen.headings())


def search_field(scene: Scene) -> Element | None:
    """The field to search with. Raises Infeasible where there are several and none is in the main part."""
    found = [field for field in scene.screen.fields if is_search(field, scene)]
    if len(found) > 1:
        main = [
            f
            for f in found
            if not any(a.role in {"banner", "navigation", "complementary"} for a in scene.now.ancestors(f))
        ]
        found = main or found
    return scene.only(found, "the field to search with")


def is_search(field: Element, scene: Scene) -> bool:
    if field.role == "searchbox" or field.attributes.get("type") == "search":
        return True
    if any(above.role == "search" for above in scene.now.ancestors(field)):
        return field.role in {"textbox", "combobox"}
    words = [field.name, field.attributes.get("placeholder", ""), field.attributes.get("name", "")]
    return any(
        plain(word) in _SEARCH or plain(word).split(" ")[0].rstrip(".…") in _SEARCH[:2] for word in words if word
    )
