"""A page as Chromium's accessibility tree and DOM say it is, by backend node id (the protocol's name of a node)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error

from envs.browser.tab import Tab
from envs.browser.wire import Pending
from envs.browser.world import Context, World
from envs.observation import Element

Key = tuple[int, int]
"""The world (a process of the tab) and the backend id of a node in it."""

DEEP = {
    "serialization": "deep",
    "maxDepth": 1,
    "additionalParameters": {"maxNodeDepth": 0, "includeShadowTree": "none"},
}
"""An array of nodes comes back as the list of their backend ids, in one message."""


@dataclass(frozen=True, slots=True)
class AxNode:
    """One node of the accessibility tree. `states` are its properties that say true."""

    key: Key
    role: str
    name: str
    description: str
    ignored: bool
    why: tuple[str, ...] = ()
    """Why it is ignored, in Chromium's words."""
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DomNode:
    """One node of the DOM, through shadow roots and frames of the same process."""

    key: Key
    tag: str
    attributes: dict[str, str]
    above: Key | None
    internal: bool
    """Part of a control that the browser itself builds (the spin buttons of a number input)."""
    below: list[Key] = field(default_factory=list)
    """What is shown in it, in order: of a host its shadow root, of a slot what is put there (the flat tree)."""

    def __str__(self) -> str:
        at = self.attributes
        shown = [f'{name}="{at[name][:40]}"' for name in ("id", "type", "role", "class", "tabindex") if at.get(name)]
        return "<" + " ".join([self.tag, *shown]) + ">"


def ax_nodes(tab: Tab) -> dict[Key, AxNode]:
    """The accessibility trees of all frames; nodes that stand for no DOM node are left out of the answer."""
    found: dict[Key, AxNode] = {}
    for number, world in enumerate(tab.worlds()):
        for frame in frames(world):
            for node in _tree(number, world, frame):
                if node.key[1]:
                    found.setdefault(node.key, node)
    return found


def frames(world: World) -> Iterator[str]:
    """The frames of one process, the outer before the inner."""

    def walk(tree: dict[str, Any]) -> Iterator[str]:
        yield tree["frame"]["id"]
        for child in tree.get("childFrames", ()):
            yield from walk(child)

    return walk(world.wire.send("Page.getFrameTree")["frameTree"])


def _tree(number: int, world: World, frame: str) -> list[AxNode]:
    said = world.wire.send("Accessibility.getFullAXTree", {"frameId": frame})["nodes"]
    return [
        AxNode(
            (number, node.get("backendDOMNodeId", 0)),
            str(node.get("role", {}).get("value", "")),
            str(node.get("name", {}).get("value", "")),
            str(node.get("description", {}).get("value", "")),
            bool(node["ignored"]),
            tuple(reason["name"] for reason in node.get("ignoredReasons", ())),
            frozenset(p["name"] for p in node.get("properties", ()) if p["value"].get("value") is True),
        )
        for node in said
    ]


def dom_nodes(tab: Tab) -> dict[Key, DomNode]:
    """Every element of the tab, closed shadow roots and those of the browser's own controls included."""
    found: dict[Key, DomNode] = {}
    for number, world in enumerate(tab.worlds()):
        root = world.wire.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        waiting: list[tuple[dict[str, Any], Key | None, bool]] = [(root, None, False)]
        while waiting:
            node, above, internal = waiting.pop()
            key = (number, int(node["backendNodeId"]))
            internal = internal or node.get("shadowRootType") == "user-agent"
            pairs = node.get("attributes", [])
            attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
            found[key] = DomNode(key, node["localName"] or node["nodeName"], attributes, above, internal)
            roots = node.get("shadowRoots", [])
            inner = [*node.get("children", ()), *node.get("pseudoElements", ()), *roots]
            open_roots = [root for root in roots if root["shadowRootType"] != "user-agent"]
            shown = open_roots or node.get("distributedNodes") or inner
            found[key].below.extend((number, int(child["backendNodeId"])) for child in shown)
            if "contentDocument" in node:
                inner.append(node["contentDocument"])
                found[key].below.append((number, int(node["contentDocument"]["backendNodeId"])))
            waiting.extend((child, key, internal) for child in reversed(inner))
        world.wire.send("DOM.disable")
    return found


def keys_of(tab: Tab, elements: Sequence[Element]) -> dict[Key, Element]:
    """Our elements by the backend ids of their nodes."""
    by_context: dict[str, list[Element]] = {}
    for element in elements:
        by_context.setdefault(element.ref.partition(".")[0], []).append(element)
    found: dict[Key, Element] = {}
    for prefix, mine in by_context.items():
        place = tab.find(prefix)
        if place is None:
            continue
        world, context = place
        number = tab.worlds().index(world)
        for start in range(0, len(mine), 2000):
            part = mine[start : start + 2000]
            numbers = [int(element.ref.partition(".")[2]) for element in part]
            for element, backend in zip(part, backend_ids(world, context, numbers), strict=True):
                if backend is not None:
                    found[number, backend] = element
    return found


def backend_ids(world: World, context: Context, numbers: list[int]) -> list[int | None]:
    """The backend ids of our node numbers; None for a node that is gone."""
    answer = world.wire.send(
        "Runtime.evaluate",
        {
            "expression": f"{json.dumps(numbers)}.map(cua.nodeOf)",
            "uniqueContextId": context.unique,
            "serializationOptions": DEEP,
        },
    )
    nodes = answer["result"]["deepSerializedValue"]["value"]
    return [int(node["value"]["backendNodeId"]) if node["type"] == "node" else None for node in nodes]


def ask_nodes(tab: Tab, keys: Sequence[Key], function: str) -> dict[Key, Any]:
    """What a function of the page's own world says of each node (`this`), as JSON; nodes that are gone are left out."""
    said: dict[Key, Any] = {}
    for number, world in enumerate(tab.worlds()):
        mine = [key for key in keys if key[0] == number]
        for start in range(0, len(mine), 100):
            part = mine[start : start + 100]
            asked = [
                world.wire.begin("DOM.resolveNode", {"backendNodeId": key[1], "objectGroup": "names"}) for key in part
            ]
            nodes = dict(zip(part, map(_object, asked), strict=True))
            there = {key: node for key, node in nodes.items() if node}
            for frame in _by_context(there.values()):
                theirs = [key for key, node in there.items() if _context(node) == frame]
                answer = world.wire.send(
                    "Runtime.callFunctionOn",
                    {
                        "objectId": there[theirs[0]],
                        "functionDeclaration": f"function (...all) {{ return all.map((n) => ({function}).call(n)); }}",
                        "arguments": [{"objectId": there[key]} for key in theirs],
                        "returnByValue": True,
                    },
                )
                said.update(zip(theirs, answer["result"].get("value") or (), strict=False))
            world.wire.send("Runtime.releaseObjectGroup", {"objectGroup": "names"})
    return said


def _resolve(world: World, key: Key) -> Pending:
    return world.wire.begin("DOM.resolveNode", {"backendNodeId": key[1], "objectGroup": "names"})


def _object(asked: Pending) -> str:
    try:
        return str(asked.answer()["object"]["objectId"])
    except Error:
        return ""  # the node is gone


def _context(node: str) -> str:
    """The world that an object belongs to: the ids of V8 are isolate.world.number."""
    return node.rpartition(".")[0]


def _by_context(nodes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(_context, nodes)))
