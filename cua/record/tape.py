"""What was seen and done while a person was watched, in its order; and the acts that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from envs.deeds import Watched
from envs.events import Event
from envs.observation import Observation

Entry = Watched | Observation


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person wanted: the verb of task files, and what it was done to (refs inside out).

    `first` and `last` are places of its deeds on the tape. `before` is None where the page was not seen in time;
    `events` are those from it to the next act.
    """

    verb: str
    path: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    at: float = 0.0
    window: str = ""
    text: str = ""
    """What a field holds, an address, the keys, the name of a window."""
    secret: bool = False
    modifiers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Where the person clicked to come to it: a label, a button that opened the file chooser."""
    before: Observation | None = None
    after: Observation | None = None
    events: tuple[Event, ...] = ()


@dataclass(slots=True)
class Tape:
    """Grows while a person acts. Of the looks between two deeds the first and the last are kept, with all events."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        tail = self.entries[-2:]
        if isinstance(entry, Observation) and len(tail) == 2 and all(isinstance(one, Observation) for one in tail):
            skipped = self.entries.pop()
            assert isinstance(skipped, Observation)
            entry = replace(entry, events=skipped.events + entry.events)
        if isinstance(entry, Observation):
            _ = entry.parts  # made now: the page goes on
        self.entries.append(entry)

    def looks(self, start: int = 0, end: int | None = None) -> Sequence[Observation]:
        return [entry for entry in self.entries[start:end] if isinstance(entry, Observation)]

    def before(self, act: Act) -> Observation | None:
        """The look just before an act; where that does not have what was acted on yet, the first one that does."""
        entry = self.entries[act.first]
        seen = entry.before if isinstance(entry, Watched) else None
        if seen is not None and (not act.path or any(seen.get(ref) for ref in act.path)):
            return seen
        for look in self.looks(act.first):
            if look.window == act.window and any(look.get(ref) for ref in act.path):
                return look
        return seen

    def seen(self, acts: Sequence[Act]) -> list[Act]:
        """The same acts, each with the screens before and after it and what happened from it to the next one."""
        found: list[Act] = []
        everything = [event for look in self.looks() for event in look.events]
        befores = [self._left(act) if not act.path and act.verb != "press" else self.before(act) for act in acts]
        for number, act in enumerate(acts):
            following = acts[number + 1] if number + 1 < len(acts) else None
            until = following.at if following is not None else float("inf")
            looks = self.looks(act.last + 1, following.first if following is not None else None)
            after = looks[-1] if looks else befores[number + 1] if following is not None else befores[number]
            events = tuple(event for event in everything if act.at <= event.at < until)
            found.append(replace(act, before=befores[number], after=after, events=events))
        return found

    def _left(self, act: Act) -> Observation | None:
        """The page that was left by an address or the browser's own buttons: told when the next one is there."""
        looks = self.looks(0, act.first)
        now = looks[-1].document if looks else ""
        return next((look for look in reversed(looks) if look.document != now), looks[-1] if looks else None)
