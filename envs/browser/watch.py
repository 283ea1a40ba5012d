"""Watching a person act in the browser: what they do is told as deeds, each with the look just before it.

Our isolated world listens in every frame, planted only while somebody watches. It tells by a binding that only our
world has (CDP Runtime.addBinding, `executionContextName`), so that the page can neither see it nor tell anything by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import Error

from envs import events
from envs.browser.downloads import harmless
from envs.browser.tab import Tab
from envs.browser.wire import Bell, MovedOn, Pending, TargetGone
from envs.browser.world import NAME, ScriptError, World
from envs.deeds import Deed, Watched
from envs.errors import Crashed
from envs.observation import Observation

if TYPE_CHECKING:
    from envs.browser.browser import Browser

BINDING = "cuaTold"
PLAIN = ("button", "count", "key", "secret", "checked", "multiple", "lines", "editing", "widget")
LISTS = ("path", "keys", "options", "files")
TYPED = frozenset({"typed", "auto_bookmark", "generated", "keyword"})
"""How a person enters an address (CDP Page.TransitionType)."""


@cache
def _source() -> str:
    return (resources.files("envs.browser") / "record.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _History:
    """Where a tab is in its history (CDP Page.getNavigationHistory)."""

    at: int
    ids: tuple[int, ...]
    how: str
    document: str

    @classmethod
    def of(cls, said: dict[str, Any], document: str) -> Self:
        at, entries = int(said["currentIndex"]), said["entries"]
        return cls(at, tuple(int(entry["id"]) for entry in entries), str(entries[at]["transitionType"]), document)

    def since(self, before: _History) -> str:
        """What the person did to the browser itself to come here: open, back, forward, reload; "" for none of them."""
        if self.document == before.document:
            return ""
        if self.at != before.at and self.ids[self.at] in before.ids:
            return "back" if self.at < before.at else "forward"
        if self.at > before.at and self.how in TYPED:
            return "open"
        return "reload" if self.at == before.at and self.how == "reload" else ""


class Watcher:
    """While it is entered, what the person does is put into `sink`, and the person answers dialogs and chooses files.

    A Watching. The owner calls `look` again and again; between two calls nothing is told.
    """

    def __init__(self, browser: Browser, sink: Callable[[Watched], None]) -> None:
        self._browser, self._sink = browser, sink
        self._planted: dict[World, Tab] = {}
        self._contexts: set[str] = set()
        self._histories: dict[str, _History] = {}
        """By window."""
        self._asking: list[tuple[Tab, Pending, str]] = []
        self._open: dict[Tab, dict[str, Any]] = {}
        """Dialogs that wait for the person."""
        self._bell: Bell | None = None
        """Rung when a dialog opens or is answered: it holds the page's answers back."""
        self.over = False
        """The window was closed."""

    def __enter__(self) -> Self:
        self._browser.by_hand(True)
        self._plant()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for world in self._planted:
            try:
                for context in world.contexts():
                    world.run(context, "cua.recording = false", timeout=5.0)
                world.wire.send("Runtime.removeBinding", {"name": BINDING})
                world.wire.by_hand(False)
            except (Error, MovedOn, TargetGone, Crashed, ScriptError):
                continue  # it went away, and the listeners with it
        try:
            self._browser.by_hand(False)
        except (Error, Crashed):
            return  # there is nobody left to answer

    def look(self, seconds: float) -> Observation | None:
        """Look once something has changed and come to rest, or so many seconds are over. None while a dialog is open,
        and when the window was closed."""
        try:
            self._wait(seconds)
            if self._open:
                return None
            self._plant()
            now = self._browser.settle(timeout=0.5)
            self._plant()
            self._ask_where()
            return None if self._open else now
        except (MovedOn, TargetGone, Error):
            self.over = self._gone()  # or another page is coming, or a dialog has opened
        except Crashed:
            self.over = self._gone()
            if not self.over and not self._open and self._browser.active.crashed:
                raise
            # else it is busy: it is looked at again
        return None

    def follow(self, window: str) -> bool:
        """Look at this window from now on. False where it is closed."""
        return self._browser.follow(window)

    def _wait(self, seconds: float) -> None:
        """Until something changes. A dialog holds the page's answers back until the person has answered it."""
        bell = self._bell = Bell(self._browser.active.wire)
        bell.wait(seconds, None if self._open else self._browser.changing(seconds))

    def _gone(self) -> bool:
        try:
            return self._browser.active.page.is_closed()
        except Crashed:
            return True

    # ── planting ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _plant(self) -> None:
        for tab in self._browser.tabs:
            for world in tab.worlds():
                try:
                    if world not in self._planted:
                        self._listen(world, tab)
                    for context in world.contexts():
                        if context.unique not in self._contexts:
                            world.run(context, f"cua.key ||= {json.dumps(context.key)};{_source()}")
                            self._contexts.add(context.unique)
                except (Error, MovedOn, TargetGone, ScriptError):
                    continue  # it is going away, or coming: it is planted at the next look

    def _listen(self, world: World, tab: Tab) -> None:
        world.wire.on("Runtime.bindingCalled", lambda event: self._told(tab, event))
        world.wire.send("Runtime.addBinding", {"name": BINDING, "executionContextName": NAME})
        world.wire.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {"source": _source(), "worldName": NAME, "runImmediately": True},
        )
        if world is tab.world:
            world.wire.on("Page.javascriptDialogOpening", lambda event: self._asks(tab, event))
            world.wire.on("Page.javascriptDialogClosed", lambda event: self._answered(tab, event))
            world.wire.on("Page.downloadWillBegin", lambda event: self._downloads(tab, event))
            said = world.wire.send("Page.getNavigationHistory")
            self._histories[tab.id] = _History.of(said, tab.document)
            world.wire.on("Page.frameNavigated", lambda event: self._navigated(tab, event))
        world.wire.by_hand(True)
        self._planted[world] = tab

    # ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _told(self, tab: Tab, event: dict[str, Any]) -> None:
        if event.get("name") != BINDING:
            return
        said = json.loads(event["payload"])
        more: dict[str, Any] = {name: said[name] for name in PLAIN if name in said}
        more |= {name: tuple(said[name]) for name in LISTS if name in said}
        deed = Deed(
            kind=str(said["kind"]),
            window=tab.id,
            at=self._browser.clock.now(),
            value=said.get("value") or "",
            **more,
        )
        self._sink(Watched(deed, tab.seen))

    def _asks(self, tab: Tab, event: dict[str, Any]) -> None:
        self._open[tab] = event
        self._hold(tab, on=True)
        self._ring()

    def _hold(self, tab: Tab, *, on: bool) -> None:
        for world, owner in self._planted.items():
            if owner is tab:
                world.wire.hold(on)

    def _ring(self) -> None:
        if self._bell is not None:
            self._bell.ring()

    def _answered(self, tab: Tab, event: dict[str, Any]) -> None:
        self._hold(tab, on=False)
        self._ring()
        asked = self._open.pop(tab, {})
        at, kind, accepted = self._browser.clock.now(), str(asked.get("type", "alert")), bool(event["result"])
        self._browser.tell(events.Dialog(at=at, kind=kind, message=str(asked.get("message", "")), accepted=accepted))
        self._sink(
            Watched(
                Deed(kind="dialog", window=tab.id, at=at, key=kind, checked=accepted, value=event["userInput"]),
                tab.seen,
            )
        )

    def _downloads(self, tab: Tab, event: dict[str, Any]) -> None:
        name = harmless(str(event["suggestedFilename"]))
        self._sink(Watched(Deed(kind="download", window=tab.id, at=self._browser.clock.now(), value=name), tab.seen))

    def _navigated(self, tab: Tab, event: dict[str, Any]) -> None:
        """How did that come about? The history of the tab knows; it cannot be asked while an event is handed out."""
        if "parentId" not in event["frame"]:
            self._asking.append((tab, tab.wire.begin("Page.getNavigationHistory"), str(event["frame"]["loaderId"])))

    def _ask_where(self) -> None:
        asking, self._asking = self._asking, []
        for tab, pending, document in asking:
            try:
                said = pending.answer()
            except (Error, MovedOn, TargetGone):
                continue
            now, before = _History.of(said, document), self._histories.get(tab.id)
            self._histories[tab.id] = now
            kind = now.since(before) if before is not None else ""
            entry = said["entries"][now.at]
            if kind:
                self._sink(
                    Watched(
                        Deed(kind=kind, window=tab.id, at=self._browser.clock.now(), value=str(entry["url"])), tab.seen
                    )
                )
