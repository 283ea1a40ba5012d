"""From an element that was seen to the point where input reaches it now, checked in the page just before dispatch."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Error

from envs.action import Held
from envs.browser.surroundings import surroundings
from envs.browser.tab import Tab
from envs.browser.wire import MovedOn, TargetGone
from envs.browser.world import Context, ScriptError, World
from envs.errors import ActFailed, Stale
from envs.observation import Element


@dataclass(frozen=True, slots=True)
class Aim:
    """A node that was checked. x, y: CSS px of the top viewport (0, 0 where no point was asked for)."""

    tab: Tab
    found: Element
    world: World
    context: Context
    node: int
    x: float = 0.0
    y: float = 0.0
    checked: bool = False
    mixed: bool = False
    focused: bool = False
    armed: bool = False
    """The page lets a press through to this node only, as long as it is what was seen (`strike`)."""
    late: bool = False
    """Scripts of the page were there before ours and may hear of a press first."""
    holding: tuple[Held, ...] = ()

    def ask(self, function: str, *arguments: object) -> Any:
        """Call `cua.<function>(node, …)`. Raises Stale where the document went away."""
        try:
            return self.world.ask(self.context, function, self.node, *arguments)
        except (MovedOn, TargetGone) as error:
            raise Stale("its page has gone") from error


def take(
    tab: Tab,
    found: Element,
    *,
    to: str = "point",
    enabled: bool = True,
    fit: str = "",
    armed: bool = False,
    unfocused: bool = False,
    holding: tuple[Held, ...] = (),
) -> Aim:
    """Check that `found` is still what was seen, is to be seen, and can take input.

    `to`: "point" (a hit-tested one) or "node"; `fit`: "type", "select", "check" or "uncheck", where it must take that;
    `armed`: a press follows at once and is checked once more as it arrives (`unfocused`: unless it has the focus);
    `holding`: what fields of the same document have to hold.

    Raises Stale (another node, role, name, target or row, or gone; a field holds something else); ActFailed (disabled,
    covered, not to be seen, does not take this).
    """
    if found.window and found.window != tab.id:
        raise Stale(f"{found} is in another window ({found.window}, not {tab.id}): switch to it first")
    key, _, number = found.ref.partition(".")
    where = tab.find(key)
    if where is None or not number.isdigit():
        raise Stale(f"{found}: its page has gone")
    want: dict[str, object] = {
        "role": found.role,
        "name": found.name,
        "href": found.attributes.get("href"),
        "action": found.attributes.get("action"),
        "around": surroundings(tab.seen, found),
        "box": [found.box.x, found.box.y, found.box.width, found.box.height],
        "aim": to,
        "enabled": enabled,
        "fit": fit,
        "armed": armed,
        "unfocused": unfocused,
        "fields": [
            [int(one.ref.partition(".")[2]), one.value, one.checked] for one in holding if one.ref.startswith(f"{key}.")
        ],
    }
    aim = Aim(tab, found, *where, int(number), holding=holding)
    try:
        return _point(aim, want) if to == "point" else _node(aim, want)
    except (MovedOn, TargetGone) as error:
        raise Stale(f"{found}: its page has gone") from error
    except (Stale, ActFailed):
        if armed:
            _disarm(aim)
        raise


def _disarm(aim: Aim) -> None:
    try:
        aim.world.ask(aim.context, "disarm")
    except (MovedOn, TargetGone):
        return  # and the guard with its page


_GROUP = "cua-aim"
_WITH_NODE = {
    "objectGroup": _GROUP,
    "serializationOptions": {
        "serialization": "deep",
        "maxDepth": 1,
        "additionalParameters": {"maxNodeDepth": 0, "includeShadowTree": "none"},
    },
}
"""An answer of a string and a node, the node as the protocol's own number (backendNodeId), in one round trip."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page says of a node, and the protocol's number of what was hit there (0: not told)."""

    answer: dict[str, Any]
    hit: int


def _node(aim: Aim, want: dict[str, object]) -> Aim:
    answer = _probe(aim, want).answer
    return replace(aim, checked=answer["checked"], mixed=answer["mixed"])


def _point(aim: Aim, want: dict[str, object]) -> Aim:
    said = _probe(aim, want)
    x, y, cover = outwards(aim, said.answer["x"], said.answer["y"])
    top = aim.world is aim.tab.world and aim.context.frame == aim.tab.world.main
    if not top and cover is None and not _visible(aim.tab, x, y):
        said = _probe(aim, {**want, "scroll": True})
        x, y, cover = outwards(aim, said.answer["x"], said.answer["y"])
        if cover is None and not _visible(aim.tab, x, y):
            cover = "the edge of the page"
    if cover is not None:
        raise ActFailed(f"{aim.found}: it is covered by {cover}")
    answer = said.answer
    spot = (answer["x"] + answer["sx"], answer["y"] + answer["sy"])
    left, up = answer["left"], answer["top"]
    if not top:
        left, up, sx, sy = _scrolled(aim.tab)
        if aim.context.frame != aim.world.main:  # of another origin, in the same process
            spot = (x + sx, y + sy)
    free = _unpainted(aim, said.hit, spot)
    if free is not None:
        x, y, cover = outwards(aim, *free)
        if cover is not None:
            raise ActFailed(f"{aim.found}: it is covered by {cover}")
    return replace(
        aim,
        x=x - left,
        y=y - up,
        checked=answer["checked"],
        mixed=answer["mixed"],
        focused=answer["focused"],
        armed=answer["armed"],
        late=answer["late"],
    )


def _probe(aim: Aim, want: dict[str, object]) -> _Said:
    """Raises Stale, ActFailed."""
    wire, unique = aim.world.wire, aim.context.unique
    call = f"cua.probe({aim.node},{json.dumps(want)})"
    said = wire.send(
        "Runtime.evaluate", {"expression": call, "uniqueContextId": unique, "awaitPromise": True, **_WITH_NODE}
    )
    wire.begin("Runtime.releaseObjectGroup", {"objectGroup": _GROUP})
    if "exceptionDetails" in said:
        raise ScriptError(said["exceptionDetails"]["exception"]["description"])
    words, node = said["result"]["deepSerializedValue"]["value"]
    answer: dict[str, Any] = json.loads(words["value"])
    if "stale" in answer:
        raise Stale(f"{aim.found}: {answer['stale']}")
    if "failed" in answer:
        raise ActFailed(f"{aim.found}: {answer['failed']}")
    return _Said(answer, node.get("value", {}).get("backendNodeId", 0))


def _unpainted(aim: Aim, hit: int, spot: tuple[float, float]) -> tuple[float, float] | None:
    """A point, in the viewport of its process, that is not painted over; None where the one there is will do.

    A hit test passes through what takes no clicks (`pointer-events: none`); the protocol's own one can be told not to.
    Where both find the same there is no such thing, and nothing more is asked. `spot`: CSS px of the document that the
    process shows. Raises Stale, ActFailed.
    """
    where = {"x": round(spot[0]), "y": round(spot[1]), "ignorePointerEventsNone": True}
    try:
        shown = aim.world.wire.send("DOM.getNodeForLocation", where)
    except Error:
        return None  # nothing is there for it: a plug-in, or a frame of another process
    if hit and shown["backendNodeId"] == hit:
        return None
    seen: dict[str, Any] = json.loads(aim.world.ask(aim.context, "painted", aim.node))
    if "stale" in seen:
        raise Stale(f"{aim.found}: {seen['stale']}")
    if "failed" in seen:
        raise ActFailed(f"{aim.found}: {seen['failed']}")
    return seen["x"], seen["y"]


def _scrolled(tab: Tab) -> tuple[float, float, float, float]:
    """Where the part of the top viewport begins that a pinched page shows (input is counted from there), and how far
    its document is scrolled."""
    left, up, x, y = tab.world.run(
        tab.world.context(), "[visualViewport.offsetLeft, visualViewport.offsetTop, scrollX, scrollY]"
    )
    return left, up, x, y


def _visible(tab: Tab, x: float, y: float) -> bool:
    width, height = tab.world.run(tab.world.context(), "[innerWidth, innerHeight]")
    return bool(0 <= x < width and 0 <= y < height)


def outwards(aim: Aim, x: float, y: float) -> tuple[float, float, str | None]:
    """A point of a document's viewport as one of the top viewport, and what lies over its frames on the way."""
    world, context = aim.world, aim.context
    while True:
        ref = aim.tab.holder_of(world, context.frame)
        if ref is None:
            return x, y, None
        key, _, number = ref.partition(".")
        where = aim.tab.find(key)
        if where is None:
            raise MovedOn("a frame above has gone")
        world, context = where
        said = json.loads(world.ask(context, "through", int(number), x, y))
        if said.get("gone"):
            raise MovedOn("a frame above has gone")
        x, y = said["x"], said["y"]
        if said["cover"] is not None:
            return x, y, str(said["cover"])
