"""One tab: its protocol session, its worlds, and whether a navigation is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Page

from envs import events
from envs.browser.wire import MovedOn, TargetGone, Wire
from envs.browser.world import Context, World
from envs.clock import Clock
from envs.observation import Observation

REQUESTED = 0.5
"""Seconds after which a navigation that was asked for and did not begin counts as refused by the browser."""
MOST_WANTED = 1000
"""Windows that a page wants to open and that are remembered."""
Tell = Callable[[events.Event], None]


class Tab:
    """A page with everything that is known of it. `tell` takes events, `wake` is called when something changed."""

    def __init__(
        self, id_: str, page: Page, context: BrowserContext, clock: Clock, tell: Tell, wake: Callable[[], None]
    ) -> None:
        self.id = id_
        self.page = page
        self.crashed = ""
        """Why nothing can be asked of it any more, in words; "" while it lives."""
        self.url = ""
        self.failed = False
        """It shows the browser's own page about why `url` did not come."""
        self.document = ""
        self.popups = 0
        """Windows that the page has opened and that have not come up yet."""
        self._wanted: list[str] = []
        self.seen: Observation | None = None
        """The last look at it: what stood around an element when it was read."""
        self._context, self._clock, self._tell, self._wake = context, clock, tell, wake
        self._asked: dict[str, float] = {}
        self._loading: set[str] = set()
        self._remote: dict[Frame, World | None] = {}
        self._owners: dict[str, tuple[World, str]] = {}
        """The ref of an iframe element → the world and frame it shows."""
        self._placed: set[str] = set()
        wire = Wire(context.new_cdp_session(page))
        self.wire = wire
        self.world = World(wire)
        self.world.on_document = self._document
        for event, handler in (
            ("Page.frameRequestedNavigation", self._requested),
            ("Page.frameStartedNavigating", self._began),
            ("Page.frameStoppedLoading", self._stopped),
            ("Page.frameDetached", self._stopped),
            ("Page.domContentEventFired", self._parsed),
            ("Page.navigatedWithinDocument", self._within),
            ("Page.windowOpen", self._opens),
        ):
            wire.on(event, handler)
        page.on("framenavigated", self._maybe_remote)
        page.on("framedetached", self.drop)
        self.world.start()

    # ── navigation ───────────────────────────────────────────────────────────────────────────────────────────────────

    def navigating(self) -> bool:
        """A document is on its way, or not parsed to its end yet."""
        now = self._clock.now()
        self._asked = {frame: at for frame, at in self._asked.items() if now - at < REQUESTED}
        return bool(self._asked or self._loading)

    def _requested(self, event: dict[str, Any]) -> None:
        if event.get("disposition", "currentTab") == "currentTab":
            self._asked[event["frameId"]] = self._clock.now()
        self._wake()

    def _began(self, event: dict[str, Any]) -> None:
        self._asked.pop(event["frameId"], None)
        if event["navigationType"] not in ("sameDocument", "historySameDocument"):
            self._loading.add(event["frameId"])
            self._wake()

    def _stopped(self, event: dict[str, Any]) -> None:
        self._asked.pop(event["frameId"], None)
        self._loading.discard(event["frameId"])
        self._wake()

    def _parsed(self, _: dict[str, Any]) -> None:
        self._loading.discard(self.world.main)
        self._asked.pop(self.world.main, None)
        self._wake()

    def _document(self, frame: dict[str, Any]) -> None:
        if "parentId" in frame:
            return
        first = not self.document
        self.failed = "unreachableUrl" in frame
        self.url = frame.get("unreachableUrl") or frame["url"] + frame.get("urlFragment", "")
        self.document = frame["loaderId"]
        self._owners.clear()
        self._placed.clear()
        if not first:
            self._tell(events.Navigated(at=self._clock.now(), url=self.url))
            self._wake()

    def _within(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self.world.main and event["url"] != self.url:
            self.url = event["url"]
            self._tell(events.Navigated(at=self._clock.now(), url=self.url, same_document=True))
            self._wake()

    def _opens(self, event: dict[str, Any]) -> None:
        self.popups += 1
        if len(self._wanted) < MOST_WANTED:
            self._wanted.append(str(event["url"]))

    def arrived(self, url: str) -> None:
        """One of the windows that it opened has come up."""
        self.popups = max(0, self.popups - 1)
        if self._wanted:
            self._wanted.remove(url if url in self._wanted else self._wanted[0])

    def unopened(self) -> list[str]:
        """The addresses of windows that it wanted to open and that are not waited for any more; told once."""
        if self.popups:
            return []
        wanted, self._wanted = self._wanted, []
        return wanted

    # ── frames ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def worlds(self) -> list[World]:
        """The worlds of this tab: the page's process, and one for each frame that has a process of its own."""
        return [self.world, *(world for world in self._remote.values() if world is not None)]

    def find(self, key: str) -> tuple[World, Context] | None:
        """The world a ref's first part names."""
        for world in self.worlds():
            context = world.by_key(key)
            if context is not None:
                return world, context
        return None

    def shown_in(self, ref: str) -> tuple[World, str] | None:
        """The frame that an iframe element shows, where its parent may not look into it."""
        if ref not in self._owners:
            self._place_frames()
        return self._owners.get(ref)

    def holder_of(self, world: World, frame: str) -> str | None:
        """The ref of the iframe element that shows this frame of another origin; None at the top."""
        return next((ref for ref, (w, f) in self._owners.items() if w is world and f == frame), None)

    def _maybe_remote(self, frame: Frame) -> None:
        if self._remote.get(frame) is None:  # another document may live in another process
            self._remote.pop(frame, None)

    def drop(self, frame: Frame) -> None:
        world = self._remote.pop(frame, None)
        if world is not None:
            self._owners = {ref: shown for ref, shown in self._owners.items() if shown[0] is not world}

    def lost(self, world: World) -> None:
        """The process of this world is gone; its frames are looked for anew."""
        for frame in [f for f, w in self._remote.items() if w is world]:
            self._placed.discard(world.main)
            self.drop(frame)

    def _place_frames(self) -> None:
        self._attach_remote()
        main = self.world
        for world in self.worlds():
            for frame, above in list(world.parents.items()):
                self._place(world, frame, world, above)
            if world is not main:
                holder = self._above(world)
                if holder is not None:
                    self._place(world, world.main, *holder)

    def _place(self, world: World, frame: str, holder: World, above: str) -> None:
        if frame in self._placed:
            return
        try:
            ref = world.owner(frame, holder, above)
        except (MovedOn, TargetGone, Error):
            return  # it is going away, or its parent has not been read yet; the next look tries again
        if ref is not None and not ref.startswith("."):
            self._placed.add(frame)
            self._owners[ref] = (world, frame)

    def _attach_remote(self) -> None:
        """Open a session for every frame that lives in a process of its own."""
        for frame in self.page.frames[1:]:
            if frame in self._remote or frame.is_detached():
                continue
            try:
                world = World(Wire(self._context.new_cdp_session(frame)))
                world.start()
            except (Error, TargetGone, MovedOn):
                self._remote[frame] = None  # part of its parent's session
                continue
            self._remote[frame] = world
            self._placed.discard(world.main)

    def _above(self, world: World) -> tuple[World, str] | None:
        """The world and frame in which a remote world's main frame stands."""
        frame = next((f for f, w in self._remote.items() if w is world), None)
        parent = frame.parent_frame if frame is not None else None
        if parent is None:
            return None
        if parent is self.page.main_frame:
            return self.world, self.world.main
        remote = self._remote.get(parent)
        if remote is not None:
            return remote, remote.main
        for (
            candidate
        ) in self.worlds():  # a frame inside the process of another: the one that knows this frame as a child
            if world.main in candidate.parents:
                return candidate, candidate.parents[world.main]
        return None
