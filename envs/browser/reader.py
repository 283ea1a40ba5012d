"""One look at a tab: the rows that reader.js yields become elements.

The seam for incremental reading: `look` is the only caller of `cua.read` and `elements_of` the only place where rows
become objects; both may one day take what changed in place of everything.
"""

from __future__ import annotations

import gc
import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import Context, World
from envs.geometry import Box
from envs.observation import Element

STATES: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        "checked mixed selected pressed expanded collapsed disabled focused required invalid readonly editable "
        "multiline multiselectable modal busy current haspopup password hidden offscreen covered listens renamed",
    )
)
"""In the order of the bits in a row (reader.js)."""

Row = list[Any]
_masks: dict[int, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """What one pass saw."""

    elements: tuple[Element, ...]
    url: str
    title: str
    width: float
    height: float
    mutations: int


def look(tab: Tab, place: str) -> Look:
    """Read all frames of a tab. Raises MovedOn where the top document went away meanwhile."""
    world = tab.world
    context = world.context()
    elements: list[Element] = []
    said = _read(tab, world, context, None, ("", place), elements)
    url = str(said["url"])
    return Look(
        tuple(elements),
        tab.url if url.startswith("chrome-error:") else url,
        str(said["title"]),
        said["width"],
        said["height"],
        said["mutations"],
    )


def _read(
    tab: Tab, world: World, context: Context, spot: list[float] | None, above: tuple[str, str], out: list[Element]
) -> dict[str, Any]:
    """One document and those it may look into, then those it may not, each after its iframe element."""
    owner, place = above
    said: dict[str, Any] = json.loads(world.ask(context, "read", context.key, spot))
    closed = {entry[0]: entry[1:] for entry in said["foreign"]}
    elements = elements_of(said, context.key, owner, place, tab.id)
    if not closed:
        out.extend(elements)
        return said
    prefix = len(context.key) + 1
    for element in elements:
        out.append(element)
        if element.role == "iframe" and (area := closed.get(int(element.ref[prefix:]))) is not None:
            _read_closed(tab, element.ref, area, place, out)
    return said


def _read_closed(tab: Tab, ref: str, area: list[float], place: str, out: list[Element]) -> None:
    shown = tab.shown_in(ref)
    if shown is None:
        return
    world, frame = shown
    try:
        _read(tab, world, world.context(frame or world.main), area, (ref, place), out)
    except MovedOn:
        return  # it is loading something else; the next look shows it
    except TargetGone:
        tab.lost(world)
    except Error:
        tab.lost(world)


def elements_of(said: dict[str, Any], key: str, owner: str, place: str, window: str) -> list[Element]:
    """`owner` is the ref of the iframe element that shows the topmost of these frames, "" at the top."""
    prefix = key + "."
    collecting = gc.isenabled()
    gc.disable()  # thousands of small objects that all stay: collecting on the way doubles the time
    try:
        return _make(said, prefix, owner, place, window)
    finally:
        if collecting:
            gc.enable()


def _make(said: dict[str, Any], prefix: str, owner: str, place: str, window: str) -> list[Element]:
    frames = [(prefix + str(entry[0]) if entry[0] else owner, entry[1]) for entry in said["frames"]]
    made: list[Element] = []
    for n, parent, role, name, value, mask, x, y, width, height, frame, attributes in said["rows"]:
        holder, origin = frames[frame]
        states = _masks.get(mask)
        if states is None:
            states = _masks[mask] = frozenset(word for bit, word in enumerate(STATES) if mask >> bit & 1)
        made.append(
            Element(
                prefix + str(n),
                role,
                name,
                Box(x, y, width, height),
                value,
                states,
                prefix + str(parent) if parent else owner or None,
                place,
                window,
                holder,
                origin,
                attributes=attributes,
            )
        )
    return made
