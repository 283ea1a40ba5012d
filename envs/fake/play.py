"""What each effect means: the data of `effects` played on a stage."""

from __future__ import annotations

from functools import singledispatchmethod

from envs.errors import ActFailed, Crashed
from envs.events import Dialog, Downloaded
from envs.fake.effects import (
    Asks,
    Closes,
    Crashes,
    Downloads,
    Drops,
    Effect,
    Effects,
    Fails,
    Focuses,
    Goes,
    Hides,
    Later,
    Moves,
    Opens,
    Replaces,
    Reports,
    Saves,
    Sends,
    Sets,
    Shows,
    Turns,
    When,
    many,
)
from envs.fake.page import Node, Page, Record, grow
from envs.fake.site import Item
from envs.fake.stage import Stage


class Player:
    """Plays effects for one environment. `accepts`: how native dialogs are answered. `files` were sent."""

    def __init__(self, accepts: bool) -> None:
        self.accepts = accepts
        self.stage: Stage
        self.files: list[Downloads] = []
        self._turns: dict[int, int] = {}

    def play(self, effects: Effects, page: Page, node: Node | None) -> None:
        for effect in many(effects):
            self._play(effect, page, node)

    def _what(self, key: str, page: Page, node: Node | None) -> Node | None:
        """The element meant; None where it is not on the page any more."""
        return page.find(key) if key else node

    @singledispatchmethod
    def _play(self, effect: Effect, page: Page, node: Node | None) -> None:
        raise TypeError(f"nobody plays {effect!r}")

    # ── time and choice ──────────────────────────────────────────────────────────────────────────────────────────────

    @_play.register
    def _(self, effect: Later, page: Page, node: Node | None) -> None:
        self.stage.later(effect.seconds, effect.then, page, node)

    @_play.register
    def _(self, effect: When, page: Page, node: Node | None) -> None:
        held = page.fields()
        holds = all(held.get(key) == value for key, value in effect.fields.items())
        self.play(effect.then if holds else effect.otherwise, page, node)

    @_play.register
    def _(self, effect: Turns, page: Page, node: Node | None) -> None:
        turn = self._turns.get(id(effect), 0)
        self._turns[id(effect)] = turn + 1
        self.play(effect.turns[min(turn, len(effect.turns) - 1)], page, node)

    # ── pages and windows ────────────────────────────────────────────────────────────────────────────────────────────

    @_play.register
    def _(self, effect: Goes, page: Page, node: Node | None) -> None:
        self.stage.go(self.stage.tab_of(page), effect)

    @_play.register
    def _(self, effect: Opens, page: Page, node: Node | None) -> None:
        self.stage.open(effect.screen)

    @_play.register
    def _(self, effect: Closes, page: Page, node: Node | None) -> None:
        self.stage.close(self.stage.tab_of(page))

    @_play.register
    def _(self, effect: Crashes, page: Page, node: Node | None) -> None:
        self.stage.crashed = effect.why
        raise Crashed(effect.why)

    @_play.register
    def _(self, effect: Fails, page: Page, node: Node | None) -> None:
        raise ActFailed(effect.why, dispatched=effect.dispatched)

    # ── the page itself ──────────────────────────────────────────────────────────────────────────────────────────────

    @_play.register
    def _(self, effect: Shows, page: Page, node: Node | None) -> None:
        items = [effect.items] if isinstance(effect.items, Item) else effect.items
        into = page.find(effect.into) if effect.into else None
        before = page.find(effect.before) if effect.before else None
        page.insert(grow(items, self.stage.server.records, self.stage.numbers), into, before)

    @_play.register
    def _(self, effect: Hides, page: Page, node: Node | None) -> None:
        gone = self._what(effect.what, page, node)
        if gone is not None:
            page.remove(gone)

    @_play.register
    def _(self, effect: Sets, page: Page, node: Node | None) -> None:
        changed = self._what(effect.what, page, node)
        if changed is not None:
            changed.value = changed.value if effect.value is None else effect.value
            changed.name = changed.name if effect.name is None else effect.name
            changed.states = (changed.states | set(effect.add)) - set(effect.drop)
            page.touch()

    @_play.register
    def _(self, effect: Replaces, page: Page, node: Node | None) -> None:
        old = self._what(effect.what, page, node)
        if old is not None:
            fresh = list(grow([effect.by or old.item], self.stage.server.records, self.stage.numbers))
            for new in fresh:
                new.record = old.record
            page.insert(fresh, before=old)
            page.remove(old)

    @_play.register
    def _(self, effect: Moves, page: Page, node: Node | None) -> None:
        moved = self._what(effect.what, page, node)
        if moved is not None:
            moved.dx, moved.dy = moved.dx + effect.dx, moved.dy + effect.dy
            page.touch()

    @_play.register
    def _(self, effect: Focuses, page: Page, node: Node | None) -> None:
        page.focus = self._what(effect.what, page, node)
        page.touch()

    # ── the outside ──────────────────────────────────────────────────────────────────────────────────────────────────

    @_play.register
    def _(self, effect: Sends, page: Page, node: Node | None) -> None:
        self.stage.send(effect, page, node)

    @_play.register
    def _(self, effect: Saves, page: Page, node: Node | None) -> None:
        if effect.keeps:
            self.stage.server.keep(Record(effect.record, page.fields(), self.stage.now))
        self.stage.send(effect, page, node)

    @_play.register
    def _(self, effect: Drops, page: Page, node: Node | None) -> None:
        record = next((above.record for above in node.chain() if above.record), None) if node else None
        if record is not None and any(held is record for held in self.stage.server.records):
            self.stage.server.records = [held for held in self.stage.server.records if held is not record]

    @_play.register
    def _(self, effect: Asks, page: Page, node: Node | None) -> None:
        self.stage.emit(Dialog(kind=effect.kind, message=effect.message, accepted=self.accepts))
        self.play(effect.then if self.accepts else effect.otherwise, page, node)

    @_play.register
    def _(self, effect: Downloads, page: Page, node: Node | None) -> None:
        self.files.append(effect)
        self.stage.emit(Downloaded(name=effect.name, url=page.url, path=None))

    @_play.register
    def _(self, effect: Reports, page: Page, node: Node | None) -> None:
        self.stage.emit(effect.event)
