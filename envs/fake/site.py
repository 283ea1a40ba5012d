"""A graphical application as plain data: screens made of items; what happens when they are acted on is in `effects`.

FakeSite(
    start="login",
    screens={
        "login": screen("Log in", textbox("Username"), password("Password"), button("Log in", Goes("home"))),
        "home": screen("Home", heading("Welcome")),
    },
)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from envs.fake.effects import Asks, Effect, Effects, Goes, Later, Opens, Sends, Shows, Turns, When, many
from envs.geometry import Box


@dataclass(frozen=True)
class Item:
    """What an element is when its screen is shown. `triggers` maps what is done to it to what follows: click,
    double_click, right_click, hover, drag, type, select, check, upload, "press Enter" ...

    `key` is the word by which effects and saved records call it: its name, unless `known_as` says otherwise.
    """

    role: str
    name: str = ""
    value: str | None = None
    states: frozenset[str] = frozenset()
    children: tuple[Item | Each, ...] = ()
    options: tuple[str, ...] = ()
    triggers: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    box: Box | None = None

    @property
    def key(self) -> str:
        return self.label or self.name

    def on(self, trigger: str, *effects: Effect) -> Item:
        """This item, followed by these effects when that is done to it."""
        return replace(self, triggers={**self.triggers, trigger: effects})

    def being(self, *states: str) -> Item:
        return replace(self, states=self.states.union(states))

    def having(self, **attributes: str) -> Item:
        """This item with attributes of its own: placeholder, href, type, maxlength, action ..."""
        return replace(self, attributes={**self.attributes, **attributes})

    def known_as(self, key: str) -> Item:
        return replace(self, label=key)

    def at(self, x: float, y: float, width: float = 200, height: float = 24) -> Item:
        """At a fixed place of the page (CSS px) instead of the next free line."""
        return replace(self, box=Box(x, y, width, height))


@dataclass(frozen=True)
class Each:
    """The item once for every record of this kind that the server holds; {Name} in it is the record's field Name."""

    kind: str
    item: Item


@dataclass(frozen=True)
class Screen:
    """One page. `then` starts when it is shown; `takes` is how long its document loads (seconds); `keys` are shortcuts;
    a page that is not `kept` is loaded anew when somebody goes back to it."""

    title: str
    items: tuple[Item | Each, ...] = ()
    url: str = ""
    then: Effects = ()
    takes: float = 0.0
    keys: Mapping[str, Effects] = field(default_factory=dict)
    kept: bool = True


@dataclass(frozen=True)
class FakeSite:
    """Screens by name, and the one that is shown first. Raises ValueError where an effect leads to no screen.

    A screen without a URL has the path of its name. `viewport` is width and height in CSS px.
    """

    start: str
    screens: Mapping[str, Screen]
    origin: str = "https://fake.test"
    viewport: tuple[float, float] = (800.0, 600.0)

    def __post_init__(self) -> None:
        asked = {"start": self.start}
        for name, shown in self.screens.items():
            asked.update({f"screen {name}, {by}": to for by, to in _ways_out(shown)})
        for where, name in asked.items():
            if name not in self.screens:
                raise ValueError(f'{where}: no screen is called "{name}"; there are: {", ".join(self.screens)}')

    def url(self, name: str) -> str:
        """Raises KeyError."""
        return self.absolute(self.screens[name].url or f"/{name}")

    def absolute(self, url: str) -> str:
        return url if "://" in url else f"{self.origin}/{url.removeprefix('/')}"

    def screen_at(self, url: str) -> str | None:
        """The name of the screen at this URL, path or name."""
        if url in self.screens:
            return url
        return next(
            (name for name in self.screens if self.url(name).rstrip("/") == self.absolute(url).rstrip("/")), None
        )


def _ways_out(shown: Screen) -> Iterator[tuple[str, str]]:
    yield from _targets("then", shown.then)
    for key, effects in shown.keys.items():
        yield from _targets(key, effects)
    yield from _from_items(shown.items)


def _from_items(items: Sequence[Item | Each]) -> Iterator[tuple[str, str]]:
    for entry in items:
        found = entry.item if isinstance(entry, Each) else entry
        for trigger, effects in found.triggers.items():
            yield from _targets(f"{trigger} {found.role} {found.name}", effects)
        yield from _from_items(found.children)


def _targets(by: str, effects: Effects) -> Iterator[tuple[str, str]]:
    for effect in many(effects):
        match effect:
            case Goes(screen=name) | Opens(screen=name):
                yield by, name
            case Later(then=then):
                yield from _targets(by, then)
            case When() | Asks() | Sends():
                yield from _targets(by, effect.then)
                yield from _targets(by, effect.otherwise)
            case Turns(turns=turns):
                for turn in turns:
                    yield from _targets(by, turn)
            case Shows(items=shown):
                yield from _from_items([shown] if isinstance(shown, Item) else shown)
            case _:
                pass


# ── the words of a site ──────────────────────────────────────────────────────────────────────────────────────────────


def screen(
    title: str,
    *items: Item | Each,
    url: str = "",
    then: Effects = (),
    takes: float = 0.0,
    keys: Mapping[str, Effects] = MappingProxyType({}),
    kept: bool = True,
) -> Screen:
    return Screen(title, items, url, then, takes, keys, kept)


def item(role: str, name: str = "", *children: Item | Each) -> Item:
    """Anything else, and anything with children: item("dialog", "Sure?", button("Yes"))."""
    return Item(role, name, children=children)


def text(words: str) -> Item:
    return Item("text", words)


def heading(words: str) -> Item:
    return Item("heading", words)


def button(name: str, *effects: Effect) -> Item:
    return Item("button", name, triggers={"click": effects})


def link(name: str, *effects: Effect) -> Item:
    return Item("link", name, triggers={"click": effects})


def textbox(name: str, value: str = "") -> Item:
    return Item("textbox", name, value)


def password(name: str, value: str = "") -> Item:
    return Item("textbox", name, value, frozenset({"password"}), attributes={"type": "password"})


def checkbox(name: str, on: bool = False) -> Item:
    return Item("checkbox", name, states=frozenset({"checked"} if on else ()))


def radio(name: str, on: bool = False) -> Item:
    """Radios of one parent are one group."""
    return Item("radio", name, states=frozenset({"checked"} if on else ()))


def select(name: str, options: Sequence[str], value: str | None = None) -> Item:
    """A list to choose from; the first option is chosen where `value` says nothing."""
    chosen = value if value is not None else next(iter(options), "")
    return Item("combobox", name, chosen, options=tuple(options))


def form(*children: Item | Each) -> Item:
    """Enter in one of its fields clicks its first button."""
    return Item("form", children=children)


def row(*cells: Item | Each) -> Item:
    """One line of a table; the row is called by the names of its cells."""
    named = [cell.name for cell in cells if isinstance(cell, Item) and cell.name]
    return Item("row", " ".join(named), children=cells)
