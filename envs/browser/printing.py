"""Pages that want to be printed: told, and never waited for.

Without a screen Chromium prints nothing. With one it shows a preview in which a person chooses a printer, and the
script of the page stands still until then: that preview is closed, as a person would who presses Cancel.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

from envs import events
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.browser.world import NAME
from envs.clock import Clock

_BINDING = "cuaPrints"
_LISTEN = f"""if (!globalThis.cuaPrinting) {{  // at once and with a new document: it may run twice in one
  globalThis.cuaPrinting = true;
  addEventListener('beforeprint', () => {{ globalThis.{_BINDING}?.(''); }});
}}"""
_CANCEL = "chrome.send('closePrintPreviewDialog'); chrome.send('dialogClose');"


def listen(wire: Wire, clock: Clock, tell: Callable[[events.Event], None]) -> None:
    """Tell when the page of this tab is printed; from our own world, so that the page does not notice."""

    def called(event: dict[str, Any]) -> None:
        if event["name"] == _BINDING:
            tell(events.Asked(at=clock.now(), kind="print", what="the page asks to be printed"))

    wire.on("Runtime.bindingCalled", called)
    wire.begin("Runtime.addBinding", {"name": _BINDING, "executionContextName": NAME})
    wire.begin("Page.addScriptToEvaluateOnNewDocument", {"source": _LISTEN, "worldName": NAME, "runImmediately": True})


def cancel_previews(wire: Wire) -> None:
    """Close every print preview of a browser (its own session) the moment it comes up."""
    seen: set[str] = set()

    def changed(event: dict[str, Any]) -> None:
        target = event["targetInfo"]
        if target["type"] != "page" or not target["url"].startswith("chrome://print") or target["targetId"] in seen:
            return
        seen.add(target["targetId"])
        message = json.dumps({"id": 1, "method": "Runtime.evaluate", "params": {"expression": _CANCEL}})
        try:
            session = wire.send("Target.attachToTarget", {"targetId": target["targetId"], "flatten": False})
            wire.send("Target.sendMessageToTarget", {"sessionId": session["sessionId"], "message": message})
        except (MovedOn, TargetGone, Error):
            return  # somebody else was faster

    wire.on("Target.targetInfoChanged", changed)
    wire.begin("Target.setDiscoverTargets", {"discover": True})
