"""One look at a tab: what has changed since the last one is read, the rest is what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error

from envs.browser.closed import open_closed
from envs.browser.kept import Bunch, Kept, Owner
from envs.browser.listeners import hear
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import Context, World
from envs.parts import Elements, Part


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw."""

    elements: Elements
    url: str
    title: str
    width: float
    height: float
    mutations: int


@dataclass(frozen=True, slots=True)
class _Document:
    """A document with those it may look into, and those of other processes, by the number of the iframe element."""

    tree: Bunch
    scroll: tuple[int, int]
    shown: dict[int, _Document]

    def parts(self) -> tuple[Part, ...]:
        return self.tree.parts(self.scroll, self._shown_in)

    def _shown_in(self, number: int) -> tuple[Part, ...]:
        inner = self.shown.get(number)
        return inner.parts() if inner is not None else ()


def look(tab: Tab, place: str, *, listen: bool = False) -> Look:
    """Read all frames of a tab. Raises MovedOn where the top document went away meanwhile.

    `listen`: where elements have come since the last time, ask who listens for clicks there, too.
    """
    world = tab.world
    context = world.context()
    if listen and context.kept is None:  # who listens is asked before the first reading, or there would be two
        hear(world, context)
        world.begin(context, "cua.listened()")
    said, document = _read(tab, world, context, None, None, place)
    if listen and _listen(tab):
        said, document = _read(tab, world, world.context(), None, None, place)
    url = str(said["url"])
    return Look(
        Elements(document.parts),
        tab.url if url.startswith("chrome-error:") else url,
        str(said["title"]),
        said["width"],
        said["height"],
        said["mutations"],
    )


def _read(
    tab: Tab, world: World, context: Context, spot: list[float] | None, above: str | None, place: str
) -> tuple[dict[str, Any], _Document]:
    """One document and those it may look into, then those it may not. `above`: the ref of the iframe that shows it."""
    kept = context.kept
    if not isinstance(kept, Kept):
        context.kept = kept = Kept()
    owner = Owner(context.key + ".", above, place, tab.id)
    said, tree = kept.take(world.ask(context, "read", context.key, spot, kept.generation), owner)
    if said["suspects"] and open_closed(world, context, said["suspects"]):
        said, tree = kept.take(world.ask(context, "read", context.key, spot, kept.generation), owner)
    shown: dict[int, _Document] = {}
    for number, *area in said["foreign"]:
        inner = _read_closed(tab, f"{context.key}.{number}", area, place)
        if inner is not None:
            shown[number] = inner
    x, y = said["scroll"]
    return said, _Document(tree, (x, y), shown)


def _read_closed(tab: Tab, ref: str, area: list[float], place: str) -> _Document | None:
    """The document of another process that an iframe element shows; None while there is none."""
    shown = tab.shown_in(ref)
    if shown is None:
        return None
    world, frame = shown
    try:
        return _read(tab, world, world.context(frame or world.main), area, ref, place)[1]
    except MovedOn:
        return None  # it is loading something else; the next look shows it
    except (TargetGone, Error):
        tab.lost(world)
        return None


def _listen(tab: Tab) -> bool:
    found = False
    for world in tab.worlds():
        try:
            context = world.context()
            if isinstance(context.kept, Kept) and context.kept.arrivals:
                found |= hear(world, context)
                world.begin(context, "cua.listened()")
                context.kept.arrivals = 0
        except (MovedOn, TargetGone, Error):
            continue  # it is going away: the next document is asked anew
    return found
