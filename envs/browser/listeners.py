"""What only scripts make clickable: the nodes that listen for a click, as the debugging protocol knows them."""

from __future__ import annotations

from playwright.sync_api import Error

from envs.browser.wire import MovedOn, Params, Wire
from envs.browser.world import Context, World

CLICKS = frozenset({"click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"})
GROUP = "cua-listeners"
AT_ONCE = 64
"""Nodes that are asked for together."""


def hear(world: World, context: Context) -> bool:
    """Tell our world which nodes of its document listen for clicks. True where there were new ones.

    The document that is asked for must be the page's own object: that of an isolated world brings the renderer down.
    """
    wire = world.wire
    try:
        page = wire.send("Runtime.evaluate", {"expression": "document", "objectGroup": GROUP})["result"]
        said = wire.send("DOMDebugger.getEventListeners", {"objectId": page["objectId"], "depth": -1, "pierce": True})[
            "listeners"
        ]
        nodes = {entry["backendNodeId"] for entry in said if entry["type"] in CLICKS and "backendNodeId" in entry}
        fresh = sorted(nodes - context.heard)
        context.heard |= nodes
        found = False
        for start in range(0, len(fresh), AT_ONCE):
            objects = _resolved(wire, context, fresh[start : start + AT_ONCE])
            if objects:
                found |= _told(wire, objects)
        return found
    except (MovedOn, Error, KeyError):
        return False  # the document is going away; that of the next look is asked anew
    finally:
        wire.begin("Runtime.releaseObjectGroup", {"objectGroup": GROUP})


def _resolved(wire: Wire, context: Context, nodes: list[int]) -> list[str]:
    """The nodes as objects of our world, in one go; those that went away meanwhile are left out."""
    asked = [
        wire.begin(
            "DOM.resolveNode",
            {"backendNodeId": node, "executionContextId": context.number, "objectGroup": GROUP},
        )
        for node in nodes
    ]
    objects = []
    for answer in asked:
        try:
            objects.append(str(answer.answer()["object"]["objectId"]))
        except (MovedOn, Error):
            continue  # of another document, or gone
    return objects


def _told(wire: Wire, objects: list[str]) -> bool:
    call: Params = {
        "objectId": objects[0],
        "functionDeclaration": "function(...nodes) { return cua.heard(nodes); }",
        "arguments": [{"objectId": one} for one in objects],
        "returnByValue": True,
    }
    return bool(wire.send("Runtime.callFunctionOn", call)["result"].get("value"))
