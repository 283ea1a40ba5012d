"""What only scripts make clickable: the listeners that the debugging protocol knows, against what our reader says.

An element counts when all of this is true:
- it has a listener of its own for one of KINDS (property, attribute or addEventListener; any shadow root or frame);
- it is no document, html, body or shadow root, and no label: the browser takes a click there to its control;
- it does not delegate: nothing inside it is interactive in Chromium's tree or has such a listener itself, unless it
  shows that it is one thing (cursor: pointer that is its own, or a stop of the Tab key);
- it can be seen (why.js);
- Chromium's tree has neither it nor anything around it as interactive (a click on part of a button is the button's).
Ours says it when it, or an element in the same place (four fifths of the area of both), is interactive.
"""

from __future__ import annotations

from dataclasses import dataclass

from envs.geometry import Box
from tests.names.axtree import Key, ask_nodes
from tests.names.compare import Both, chromium_acts, ours_acts

KINDS = frozenset(["click", "mousedown", "mouseup", "pointerdown", "pointerup", "dblclick", "touchstart"])
NOT_COUNTED = frozenset(("#document", "#document-fragment", "html", "body", "label"))

PLACE = """function () {
  const r = this.getBoundingClientRect(), up = this.assignedSlot ?? this.parentElement ?? this.getRootNode().host;
  let x = r.left, y = r.top;
  for (let w = this.ownerDocument.defaultView; w !== w.parent && w.frameElement; w = w.parent) {
    const f = w.frameElement.getBoundingClientRect();
    x += f.left + w.frameElement.clientLeft;
    y += f.top + w.frameElement.clientTop;
  }
  const pointer = getComputedStyle(this).cursor === 'pointer' && !(up && getComputedStyle(up).cursor === 'pointer');
  return { box: [x, y, r.width, r.height], one: pointer || this.tabIndex >= 0 };
}"""


@dataclass(frozen=True, slots=True)
class Heard:
    """Of `asked` elements that count, ours says `said`; the others are `missed`."""

    asked: int
    said: int
    missed: tuple[str, ...]


def listeners(both: Both) -> dict[Key, set[str]]:
    """The nodes with listeners of KINDS in all frames, by backend id.

    Asked from the page's own world: with the isolated one's document Chromium 156 crashes.
    """
    found: dict[Key, set[str]] = {}
    for number, world in enumerate(both.tab.worlds()):
        document = world.wire.send("Runtime.evaluate", {"expression": "document", "objectGroup": "names"})
        said = world.wire.send(
            "DOMDebugger.getEventListeners",
            {"objectId": document["result"]["objectId"], "depth": -1, "pierce": True},
        )
        for listener in said["listeners"]:
            if listener["type"] in KINDS and "backendNodeId" in listener:
                found.setdefault((number, listener["backendNodeId"]), set()).add(listener["type"])
        world.wire.send("Runtime.releaseObjectGroup", {"objectGroup": "names"})
    return found


def heard(both: Both) -> Heard:
    """How many of what Chromium's tree misses ours says."""
    truth = listeners(both)
    acting = {key for key, node in both.ax.items() if chromium_acts(both, node)}
    asked, missed = 0, []
    boxes = [element.box for element in both.ours.values() if ours_acts(element)]
    alone = [key for key in truth if _may_count(both, key, acting)]
    places = ask_nodes(both.tab, alone, PLACE)
    both.explain(*alone)
    for key in alone:
        dom, place = both.dom[key], places.get(key)
        if not place or (not place["one"] and any(inner in acting or inner in truth for inner in both.inside(key))):
            continue
        if both.explain(key)["unseen"]:
            continue
        asked += 1
        element = both.ours.get(key)
        box = Box(*place["box"])
        if not (element is not None and ours_acts(element)) and not any(same_place(box, other) for other in boxes):
            missed.append(f"{dom} {sorted(truth[key])}")
    return Heard(asked, asked - len(missed), tuple(missed))


def _may_count(both: Both, key: Key, acting: set[Key]) -> bool:
    dom = both.dom.get(key)
    return dom is not None and dom.tag not in NOT_COUNTED and not any(above.key in acting for above in both.above(key))


def same_place(a: Box, b: Box) -> bool:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    shared = max(width, 0.0) * max(height, 0.0)
    return shared > 0 and shared >= 0.8 * max(a.width * a.height, b.width * b.height)
