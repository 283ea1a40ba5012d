"""The steps of a run as a value that grows at constant cost: runs of one trajectory share one log, each sees its own
length of it. Steps that lie far behind are kept packed, and unpacked when somebody asks for more than how they came
out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from cua.packed import Packed

if TYPE_CHECKING:
    from cua.run import Done

BLOCK = 128
"""So many steps are packed together, and as many at least are not."""


class _Log:
    """Steps in their order, and where each id was proved and has failed."""

    __slots__ = ("blocks", "failed", "first", "proved", "recent")

    def __init__(self) -> None:
        self.blocks: list[Packed] = []
        self.recent: list[Done] = []
        self.proved: dict[str, int | tuple[int, ...]] = {}
        """By id, in the order in which they were first proved: the places, one or several."""
        self.failed: dict[str, list[int]] = {}
        self.first: list[int] = []
        """The places at which an id was proved for the first time."""

    def __len__(self) -> int:
        return len(self.blocks) * BLOCK + len(self.recent)

    def append(self, done: Done) -> None:
        at, id_ = len(self), done.step.id
        self.recent.append(done)
        if done.proved:
            places = self.places(id_)
            self.proved[id_] = (*places, at) if places else at
            if not places:
                self.first.append(at)
        if not done.verdict.holds:
            self.failed.setdefault(id_, []).append(at)
        if len(self.recent) >= 2 * BLOCK:
            self.blocks.append(Packed(self.recent[:BLOCK]))
            self.recent = self.recent[BLOCK:]

    def places(self, id_: str) -> tuple[int, ...]:
        """Where this step was proved."""
        places = self.proved.get(id_, ())
        return places if isinstance(places, tuple) else (places,)

    def at(self, place: int) -> Done:
        block, number = divmod(place, BLOCK)
        if block < len(self.blocks):
            return self.blocks[block].steps()[number]
        return self.recent[place - len(self.blocks) * BLOCK]

    def glance(self, place: int) -> Done:
        """The same; of a packed step only what is asked for is unpacked."""
        block, number = divmod(place, BLOCK)
        return self.blocks[block].glance(number) if block < len(self.blocks) else self.at(place)

    def without(self, ids: Collection[str]) -> _Log:
        """Another log, in which these steps are undone."""
        other = _Log()
        other.blocks, other.recent = list(self.blocks), list(self.recent)
        other.failed = {id_: list(places) for id_, places in self.failed.items()}
        for place in sorted(place for id_ in ids for place in self.places(id_)):
            other.put(place, replace(self.at(place), undone=True))
        kept = {id_: places for id_, places in self.proved.items() if id_ not in ids}
        other.proved, other.first = kept, [min(self.places(id_)) for id_ in kept]
        return other

    def put(self, place: int, done: Done) -> None:
        block, number = divmod(place, BLOCK)
        if block < len(self.blocks):
            steps = self.blocks[block].steps()
            self.blocks[block] = Packed([*steps[:number], done, *steps[number + 1 :]])
        else:
            self.recent[place - len(self.blocks) * BLOCK] = done


class Trail(Sequence["Done"]):
    """An immutable sequence of steps. Adding one costs the same however many there are."""

    __slots__ = ("_length", "_log")

    def __init__(self, steps: Iterable[Done] = ()) -> None:
        self._log = _Log()
        for done in steps:
            self._log.append(done)
        self._length = len(self._log)

    def add(self, done: Done) -> Trail:
        if len(self._log) > self._length:  # somebody else has gone on from here
            return Trail((*self, done))
        self._log.append(done)
        return self._seen(self._log)

    def goes_on_from(self, other: Trail) -> bool:
        """Whether these are the other's steps, as they were, and perhaps more."""
        if self._log is other._log:
            return len(other) <= len(self)
        return len(other) <= len(self) and all(map(_equal, other, self))

    def undone(self, ids: Collection[str]) -> Trail:
        """The same steps, those of these ids undone."""
        whole = self if len(self._log) == self._length else Trail(self)
        return self._seen(whole._log.without(ids))

    @staticmethod
    def _seen(log: _Log) -> Trail:
        """All of this log."""
        trail = Trail.__new__(Trail)
        trail._log, trail._length = log, len(log)
        return trail

    @property
    def proved(self) -> Mapping[str, Done]:
        """The steps that hold, by their id; the latest where one was done more than once."""
        return _Proved(self._log, self._length)

    @property
    def failures(self) -> Mapping[str, int]:
        """How often each step has failed, by its id."""
        return _Failures(self._log, self._length)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Done: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Done, ...]: ...

    def __getitem__(self, at: int | slice) -> Done | tuple[Done, ...]:
        if isinstance(at, slice):
            return tuple(self._log.at(one) for one in range(*at.indices(self._length)))
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return self._log.at(at % self._length)

    def __iter__(self) -> Iterator[Done]:
        return map(self._log.at, range(self._length))

    def __reversed__(self) -> Iterator[Done]:
        return map(self._log.at, range(self._length - 1, -1, -1))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trail | tuple) and len(self) == len(other) and all(map(_equal, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def _equal(one: Done, other: Done) -> bool:
    return one is other or one == other


class _Proved(Mapping[str, "Done"]):
    """What was proved among the first so many steps."""

    __slots__ = ("_length", "_log")

    def __init__(self, log: _Log, length: int) -> None:
        self._log, self._length = log, length

    def __getitem__(self, id_: str) -> Done:
        places = self._log.places(id_)
        before = bisect_left(places, self._length)
        if not before:
            raise KeyError(id_)
        return self._log.glance(places[before - 1])

    def __iter__(self) -> Iterator[str]:
        for id_, _ in zip(self._log.proved, range(len(self)), strict=False):
            yield id_

    def __len__(self) -> int:
        return bisect_left(self._log.first, self._length)


class _Failures(Mapping[str, int]):
    """How often each of the first so many steps has failed."""

    __slots__ = ("_length", "_log")

    def __init__(self, log: _Log, length: int) -> None:
        self._log, self._length = log, length

    def __getitem__(self, id_: str) -> int:
        count = bisect_left(self._log.failed[id_], self._length)
        if not count:
            raise KeyError(id_)
        return count

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, places in self._log.failed.items() if places[0] < self._length)

    def __len__(self) -> int:
        return sum(1 for _ in self)
