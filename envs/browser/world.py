"""Our own JavaScript world beside the page's: one in every document, which the page can neither see nor tamper with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import count
from typing import Any

from envs.browser import early
from envs.browser.wire import MovedOn, Pending, Wire

NAME = "cua"
READING = ("dom", "names", "sheets", "walk", "hits", "changes", "units", "pass", "answer")
PARTS = (*READING, "watch", "paint", "aim", "scrollers", "hands")
"""One closure, but for the last: a name is declared once in all of them."""
_numbers = count(1)


@cache
def source() -> str:
    """The code that runs in it."""
    folder = resources.files("envs.browser")
    shared, *parts = ((folder / f"{name}.js").read_text(encoding="utf-8") for name in PARTS)
    once = "if (Object.hasOwn(globalThis, 'cua')) return;"
    reader = "\n".join((shared, *parts[:-1]))
    return f"(() => {{ 'use strict'; {once}\n{reader}}})();\n{parts[-1]}".replace(early.MARK, early.word())


class ScriptError(RuntimeError):
    """Our own code threw: a bug of ours."""


@dataclass(slots=True)
class Context:
    """The world of one document. `key` begins the refs of its nodes and is never given twice in a process."""

    frame: str
    unique: str
    number: int
    key: str
    kept: object = None
    """What the reader keeps of it."""
    heard: set[int] = field(default_factory=set)
    """Nodes of the protocol that are known to listen for clicks."""


class World:
    """The isolated worlds of all frames that one CDP session sees (those of its own process)."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.main = ""
        self.parents: dict[str, str] = {}
        """Frames below the main one → the frame above."""
        self._contexts: dict[str, Context] = {}
        self.on_document: Callable[[dict[str, Any]], None] = lambda frame: None

    def start(self) -> None:
        wire = self.wire
        wire.on("Runtime.executionContextCreated", self._created)
        wire.on("Runtime.executionContextDestroyed", self._destroyed)
        wire.on("Runtime.executionContextsCleared", lambda _: self._contexts.clear())
        wire.on("Page.frameAttached", lambda e: self.parents.__setitem__(e["frameId"], e["parentFrameId"]))
        wire.on("Page.frameDetached", self._detached)
        wire.on("Page.frameNavigated", self._navigated)
        wire.send("Page.enable")
        tree = wire.send("Page.getFrameTree")["frameTree"]
        self.main = tree["frame"]["id"]
        self._plant(tree)
        wire.send("Runtime.enable")
        wire.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {"source": source(), "worldName": NAME, "runImmediately": True},
        )
        self.on_document(tree["frame"])

    def _plant(self, tree: dict[str, Any]) -> None:
        for child in tree.get("childFrames", ()):
            self.parents[child["frame"]["id"]] = tree["frame"]["id"]
            self._plant(child)

    def _created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["name"] == NAME:
            frame = context["auxData"]["frameId"]
            self._contexts[frame] = Context(frame, context["uniqueId"], context["id"], f"f{next(_numbers)}")

    def _destroyed(self, event: dict[str, Any]) -> None:
        unique = event.get("executionContextUniqueId")
        for frame, context in list(self._contexts.items()):
            if context.unique == unique:
                del self._contexts[frame]

    def _detached(self, event: dict[str, Any]) -> None:
        self.parents.pop(event["frameId"], None)
        self._contexts.pop(event["frameId"], None)

    def _navigated(self, event: dict[str, Any]) -> None:
        frame = event["frame"]
        if "parentId" in frame:
            self.parents[frame["id"]] = frame["parentId"]
        else:
            self.main = frame["id"]
        self.on_document(frame)

    def context(self, frame: str = "") -> Context:
        """The world of a frame (default: the main one), made if need be. Raises MovedOn."""
        frame = frame or self.main
        found = self._contexts.get(frame)
        if found is None:
            made = self.wire.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": NAME})
            found = self._contexts.get(frame)
            if found is None or found.number != made["executionContextId"]:
                raise MovedOn("the frame navigated while its world was made")
            self.run(found, source())
        return found

    def contexts(self) -> list[Context]:
        """Those that are there."""
        return list(self._contexts.values())

    def by_key(self, key: str) -> Context | None:
        return next((context for context in self._contexts.values() if context.key == key), None)

    def run(self, context: Context, expression: str, timeout: float = 30.0) -> Any:
        """The value of an expression, its promise awaited. Raises MovedOn where the document went away meanwhile."""
        answer = self.wire.send("Runtime.evaluate", _question(context, expression), timeout)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise ScriptError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def begin(self, context: Context, expression: str, *, after: Pending | None = None) -> Pending:
        """The same, not waited for: the answer is the protocol's (`["result"]["value"]`)."""
        return self.wire.begin("Runtime.evaluate", _question(context, expression), after=after)

    def ask(self, context: Context, function: str, *arguments: object, timeout: float = 30.0) -> Any:
        """Call `cua.<function>` with plain values."""
        return self.run(context, f"cua.{function}({','.join(map(json.dumps, arguments))})", timeout)

    def handle(self, context: Context, node: int) -> str:
        """The protocol's name (objectId) of a node. Raises MovedOn where it is gone."""
        answer = self.wire.send(
            "Runtime.evaluate", {"expression": f"cua.nodeOf({node})", "uniqueContextId": context.unique}
        )
        if "objectId" not in answer["result"]:
            raise MovedOn("the node is gone")
        return str(answer["result"]["objectId"])

    def owner(self, frame: str, holder: World, above: str) -> str | None:
        """The ref of the iframe element that shows `frame`; `above` is the frame of `holder` it stands in."""
        found = holder.wire.send("DOM.getFrameOwner", {"frameId": frame})
        context = holder.context(above)
        node = holder.wire.send(
            "DOM.resolveNode", {"backendNodeId": found["backendNodeId"], "executionContextId": context.number}
        )
        answer = holder.wire.send(
            "Runtime.callFunctionOn",
            {
                "objectId": node["object"]["objectId"],
                "functionDeclaration": "function() { return cua.id(this); }",
                "returnByValue": True,
            },
        )
        ref = answer["result"].get("value")
        return str(ref) if ref else None


def _question(context: Context, expression: str) -> dict[str, Any]:
    return {
        "expression": expression,
        "uniqueContextId": context.unique,
        "returnByValue": True,
        "awaitPromise": True,
    }
