"""From an element that was seen to the point where input reaches it now, checked in the page just before dispatch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import Context, World
from envs.errors import ActFailed, Stale
from envs.observation import Element


@dataclass(frozen=True, slots=True)
class Aim:
    """A node that was checked. x, y: CSS px of the top viewport (0, 0 where no point was asked for)."""

    tab: Tab
    world: World
    context: Context
    node: int
    x: float
    y: float
    checked: bool
    mixed: bool
    focused: bool

    def ask(self, function: str, *arguments: object) -> Any:
        """Call `cua.<function>(node, …)`. Raises Stale where the document went away."""
        try:
            return self.world.ask(self.context, function, self.node, *arguments)
        except (MovedOn, TargetGone) as error:
            raise Stale("its page has gone") from error


def take(tab: Tab, found: Element, *, to: str = "point", enabled: bool = True, fit: str = "") -> Aim:
    """Check that `found` is still what was seen and can take input.

    `to`: "point" (a hit-tested one) or "node"; `fit`: "type", "select", "check" or "uncheck", where it must take that.

    Raises Stale (another node, role, name, target, or gone) or ActFailed (disabled, covered, does not take this).
    """
    if found.window and found.window != tab.id:
        raise Stale(f"{found} is in another window ({found.window}, not {tab.id}): switch to it first")
    key, _, number = found.ref.partition(".")
    where = tab.find(key)
    if where is None or not number.isdigit():
        raise Stale(f"{found}: its page has gone")
    world, context = where
    want: dict[str, object] = {
        "role": found.role,
        "name": found.name,
        "href": found.attributes.get("href"),
        "action": found.attributes.get("action"),
        "box": [found.box.x, found.box.y, found.box.width, found.box.height],
        "aim": to,
        "enabled": enabled,
        "fit": fit,
    }
    try:
        said = _probe(tab, world, context, int(number), found, want)
        if to == "point":
            x, y, cover = _outwards(tab, world, context, said["x"], said["y"])
            if not (0 <= x < said["width"] and 0 <= y < said["height"]) and cover is None:
                said = _probe(tab, world, context, int(number), found, {**want, "scroll": True})
                x, y, cover = _outwards(tab, world, context, said["x"], said["y"])
            if cover is not None:
                raise ActFailed(f"{found}: it is covered by {cover}")
            said["x"], said["y"] = x, y
    except (MovedOn, TargetGone) as error:
        raise Stale(f"{found}: its page has gone") from error
    return Aim(
        tab,
        world,
        context,
        int(number),
        said["x"],
        said["y"],
        said["checked"],
        said["mixed"],
        said.get("focused", False),
    )


def _probe(
    tab: Tab, world: World, context: Context, node: int, found: Element, want: dict[str, object]
) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(world.ask(context, "probe", node, want))
    if "stale" in said:
        raise Stale(f"{found}: {said['stale']}")
    if "failed" in said:
        raise ActFailed(f"{found}: {said['failed']}")
    said.setdefault("width", float("inf"))
    said.setdefault("height", float("inf"))
    if context.frame != tab.world.main and want["aim"] == "point":
        size = tab.world.run(tab.world.context(), "[innerWidth, innerHeight]")
        said["width"], said["height"] = size
    return said


def _outwards(tab: Tab, world: World, context: Context, x: float, y: float) -> tuple[float, float, str | None]:
    """A point of a document's viewport as one of the top viewport, and what lies over its frames on the way."""
    while True:
        ref = tab.holder_of(world, context.frame)
        if ref is None:
            return x, y, None
        key, _, number = ref.partition(".")
        where = tab.find(key)
        if where is None:
            raise MovedOn("a frame above has gone")
        world, context = where
        said = json.loads(world.ask(context, "through", int(number), x, y))
        if said.get("gone"):
            raise MovedOn("a frame above has gone")
        x, y = said["x"], said["y"]
        if said["cover"] is not None:
            return x, y, str(said["cover"])
