"""Closed shadow roots: no script may look into them, the debugging protocol may."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Error

from envs.browser.wire import MovedOn
from envs.browser.world import Context, World

DEEP = {
    "serialization": "deep",
    "maxDepth": 1,
    "additionalParameters": {"maxNodeDepth": 0, "includeShadowTree": "all"},
}
"""One answer for many nodes, each with its shadow root, closed ones too."""


def open_closed(world: World, context: Context, suspects: Sequence[int]) -> bool:
    """Hand the closed shadow roots of these nodes to our world. True where there was any."""
    nodes = ",".join(map(str, suspects))
    answer = world.wire.send(
        "Runtime.evaluate",
        {
            "expression": f"cua.nodesOf([{nodes}])",
            "uniqueContextId": context.unique,
            "serializationOptions": DEEP,
        },
    )
    found = False
    for node in answer["result"].get("deepSerializedValue", {}).get("value", ()):
        root = (node.get("value") or {}).get("shadowRoot") if node.get("type") == "node" else None
        if root is None or root.get("value", {}).get("mode") != "closed":
            continue
        try:
            said = world.wire.send(
                "DOM.resolveNode",
                {"backendNodeId": root["value"]["backendNodeId"], "executionContextId": context.number},
            )
            world.wire.send(
                "Runtime.callFunctionOn",
                {"objectId": said["object"]["objectId"], "functionDeclaration": "function() { cua.opened(this); }"},
            )
        except (MovedOn, Error):
            continue  # it went away meanwhile
        found = True
    return found
