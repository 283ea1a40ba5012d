"""The steps of a run as a value that grows at constant cost: runs of one trajectory share one log, each sees its own
length of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from cua.run import Done


class _Log:
    """Steps in their order, and where each id was proved and has failed."""

    __slots__ = ("failed", "first", "proved", "steps")

    def __init__(self) -> None:
        self.steps: list[Done] = []
        self.proved: dict[str, int | list[int]] = {}
        """By id, in the order in which they were first proved: the places, one or several."""
        self.failed: dict[str, list[int]] = {}
        self.first: list[int] = []
        """The places at which an id was proved for the first time."""

    def append(self, done: Done) -> None:
        at, id_ = len(self.steps), done.step.id
        self.steps.append(done)
        if done.proved:
            places = self.proved.get(id_)
            if places is None:
                self.proved[id_] = at
                self.first.append(at)
            else:
                self.proved[id_] = [places, at] if isinstance(places, int) else [*places, at]
        if not done.verdict.holds:
            self.failed.setdefault(id_, []).append(at)


class Trail(Sequence["Done"]):
    """An immutable sequence of steps. Adding one costs the same however many there are; changing earlier ones costs a
    new log."""

    __slots__ = ("_length", "_log")

    def __init__(self, steps: Iterable[Done] = ()) -> None:
        self._log = _Log()
        for done in steps:
            self._log.append(done)
        self._length = len(self._log.steps)

    def add(self, done: Done) -> Trail:
        if len(self._log.steps) > self._length:  # somebody else has gone on from here
            return Trail((*self, done))
        longer = Trail.__new__(Trail)
        self._log.append(done)
        longer._log, longer._length = self._log, self._length + 1
        return longer

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
            return tuple(self._log.steps[one] for one in range(*at.indices(self._length)))
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return self._log.steps[at % self._length]

    def __iter__(self) -> Iterator[Done]:
        for at in range(self._length):
            yield self._log.steps[at]

    def __reversed__(self) -> Iterator[Done]:
        for at in range(self._length - 1, -1, -1):
            yield self._log.steps[at]

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
        places = self._log.proved[id_]
        if not isinstance(places, int):
            before = bisect_left(places, self._length)
            places = places[before - 1] if before else self._length
        if places >= self._length:
            raise KeyError(id_)
        return self._log.steps[places]

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
