"""The scroll containers of a tab, in the main document and in its frames."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from envs.browser.kept import Kept
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import Context, World
from envs.errors import Stale
from envs.observation import Element
from envs.scrolling import Scroller

_LISTS = frozenset({"grid", "treegrid", "table", "list", "listbox", "tree", "feed", "log", "menu"})
_PARTS = _LISTS | {
    "region",
    "dialog",
    "alertdialog",
    "tabpanel",
    "navigation",
    "complementary",
    "main",
    "form",
    "group",
}
_UNSEEN = frozenset({"hidden", "offscreen", "covered"})


def scrollers(tab: Tab, around: Element | None = None) -> tuple[Scroller, ...]:
    """Those that are to be seen and that nothing covers; vertical ones first, of these what lies over others, then the
    largest, and windows last. `around`: only those that hold this element or stand in it."""
    key, _, number = around.ref.partition(".") if around is not None else ("", "", "0")
    found: list[dict[str, Any]] = []
    for world, context in _read(tab):
        if around is not None and context.key != key:
            continue
        try:
            said = json.loads(world.ask(context, "scrollers", int(number)))
        except (MovedOn, TargetGone):
            continue
        found += [{**one, "key": context.key} for one in said]
    found.sort(key=lambda one: (one["axis"] == "x", one["window"]))
    return tuple(_scroller(tab, one) for one in found)


def roll(tab: Tab, scroller: Scroller, to: float | None) -> Scroller:
    """Scroll it to `to` CSS px at once (None: leave it), and tell how it stands then. Raises Stale where it is gone."""
    key, _, number = scroller.ref.partition(".")
    where = tab.find(key)
    try:
        said = json.loads(where[0].ask(where[1], "roll", int(number), scroller.axis, to)) if where else None
    except (MovedOn, TargetGone):
        said = None
    if said is None:
        raise Stale(f"{scroller.words} is not there any more")
    return replace(scroller, **said)


def _read(tab: Tab) -> Iterator[tuple[World, Context]]:
    """The documents that the last look read, but those that are not to be seen."""
    for world in tab.worlds():
        for context in world.contexts():
            holder = tab.holder_of(world, context.frame)
            shown = tab.seen.get(holder) if tab.seen is not None and holder is not None else None
            if isinstance(context.kept, Kept) and (shown is None or not shown.states & _UNSEEN):
                yield world, context


def _scroller(tab: Tab, said: dict[str, Any]) -> Scroller:
    key = said["key"]
    around, inner = ([f"{key}.{n}" for n in said[where]] for where in ("around", "inner"))
    words = "the page" if said["window"] else _words(tab, around, inner)
    measures = {name: said[name] for name in ("axis", "at", "least", "most", "part", "start", "overlay")}
    return Scroller(f"{key}.{said['n']}", words, **measures)


def _words(tab: Tab, around: Sequence[str], inner: Sequence[str]) -> str:
    """It is called by the list that it stands in or that stands in it, or else by the nearest part of the page."""
    for refs, roles in ((around[:4], _LISTS), (inner, _LISTS), (around, _PARTS)):
        for ref in refs:
            element = tab.seen.get(ref) if tab.seen is not None else None
            if element is not None and element.role in roles:
                return f"the {element}"
    return "a part of the page"
